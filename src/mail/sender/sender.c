#include "mail/sender/sender.h"

#include "base/array.h"
#include "base/memory.h"
#include "dns/name.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *sentence;
} stages[STAGE_COUNT] = {
    [STAGE_ACCEPTS] = {"accepts", "accepted the message"},
    [STAGE_REFUSED] = {"refused", "refused the connection"},
    [STAGE_TIMEOUT] = {"timeout", "did not answer"},
    [STAGE_GREETING4] = {"greeting4", "greeted with 421, try later"},
    [STAGE_GREETING5] = {"greeting5", "greeted with 554, no service"},
    [STAGE_EHLO4] = {"ehlo4", "answered EHLO and HELO with 450"},
    [STAGE_EHLO5] = {"ehlo5", "answered EHLO and HELO with 550"},
    [STAGE_MAIL4] = {"mail4", "answered MAIL with 451"},
    [STAGE_RCPT4] = {"rcpt4", "answered RCPT with 450"},
    [STAGE_RCPT5] = {"rcpt5", "answered RCPT with 550, no such user"},
    [STAGE_DATA4] = {"data4", "answered DATA with 451"},
};

const char *stage_text(enum stage stage)
{
    return stages[stage].name;
}

const char *stage_sentence(enum stage stage)
{
    return stages[stage].sentence;
}

bool stage_parse(const char *text, enum stage *stage)
{
    for (int i = 0; i < STAGE_COUNT; i++)
        if (strcmp(stages[i].name, text) == 0) {
            *stage = (enum stage)i;
            return true;
        }
    return false;
}

void sender_init(struct sender *sender, const struct profile *profile)
{
    memset(sender, 0, sizeof *sender);
    sender->profile = profile;
    settings_init(&sender->settings, profile);
}

void sender_clear(struct sender *sender)
{
    settings_clear(&sender->settings);
    sender_clear_downs(sender);
    free(sender->downs);
    free(sender->own);
    free(sender->as);
    memset(sender, 0, sizeof *sender);
}

void sender_copy(struct sender *to, const struct sender *from)
{
    *to = *from;
    settings_copy(&to->settings, &from->settings);
    to->as = from->as ? memory_dup(from->as) : NULL;
    to->own = from->own_count
                  ? (struct address *)memory_dup_bytes(from->own, from->own_count * sizeof *to->own)
                  : NULL;
    to->own_capacity = from->own_count;
    to->downs = from->down_count ? memory_new(from->down_count, sizeof *to->downs) : NULL;
    to->down_capacity = from->down_count;
    for (size_t i = 0; i < from->down_count; i++) {
        to->downs[i] = from->downs[i];
        if (from->downs[i].host)
            to->downs[i].host = memory_dup(from->downs[i].host);
    }
}

void sender_set_profile(struct sender *sender, const struct profile *profile)
{
    settings_clear(&sender->settings);
    settings_init(&sender->settings, profile);
    sender->profile = profile;
}

enum status sender_set_as(struct sender *sender, const char *host, const char **why)
{
    char name[NAME_TEXT];
    enum status status = STATUS_OK;

    if (host)
        status = name_canonical(host, name, why);
    if (status == STATUS_OK) {
        free(sender->as);
        sender->as = host ? memory_dup(name) : NULL;
    }
    return status;
}

/* Reads the address before the next comma or the end, which *list is moved behind. */
static bool next_address(const char **list, struct address *address, bool *more)
{
    size_t length = strcspn(*list, ",");
    char text[ADDRESS_TEXT];

    if (length == 0 || length >= sizeof text)
        return false;
    memcpy(text, *list, length);
    text[length] = '\0';
    *more = (*list)[length] == ',';
    *list += length + *more;
    return address_parse(text, address);
}

enum status sender_add_own(struct sender *sender, const char *addresses, const char **why)
{
    size_t before = sender->own_count;
    struct address address;
    bool more = true;

    while (more) {
        if (!next_address(&addresses, &address, &more)) {
            sender->own_count = before;
            if (why)
                *why = "not an IPv4 or IPv6 address";
            return STATUS_SYNTAX;
        }
        ARRAY_PUSH(sender->own, sender->own_count, sender->own_capacity, address);
    }
    return STATUS_OK;
}
