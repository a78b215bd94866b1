#include "mail/sender/sender.h"

#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"

#include <stdlib.h>
#include <string.h>

void sender_init(struct sender *sender, const struct profile *profile)
{
    memset(sender, 0, sizeof *sender);
    sender->profile = profile;
    settings_init(&sender->settings, profile);
}

void sender_clear_downs(struct sender *sender)
{
    for (size_t i = 0; i < sender->down_count; i++)
        free(sender->downs[i].host);
    sender->down_count = 0;
}

void sender_clear(struct sender *sender)
{
    settings_clear(&sender->settings);
    security_clear(&sender->security);
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
    security_copy(&to->security, &from->security);
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

void sender_set_security(struct sender *sender, const struct security *security)
{
    struct security old = sender->security;

    security_copy(&sender->security, security);
    security_clear(&old);
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
                *why = tr("not an IPv4 or IPv6 address");
            return STATUS_SYNTAX;
        }
        ARRAY_PUSH(sender->own, sender->own_count, sender->own_capacity, address);
    }
    return STATUS_OK;
}

enum { DOWN_TEXT = NAME_TEXT + 64 };

enum status sender_add_down(struct sender *sender, const char *downs, const char **why)
{
    size_t before = sender->down_count;
    enum status status = STATUS_OK;
    const char *unused;
    bool more;

    if (!why)
        why = &unused;
    do {
        char piece[DOWN_TEXT];
        struct down down;
        size_t length = strcspn(downs, ",");
        if (length == 0 || length >= sizeof piece) {
            *why = length ? tr("the name is too long") : tr("a host, an address or * is missing");
            status = STATUS_SYNTAX;
            break;
        }
        memcpy(piece, downs, length);
        piece[length] = '\0';
        more = downs[length] == ',';
        downs += length + more;
        status = down_read(piece, &down, why);
        if (status == STATUS_OK)
            ARRAY_PUSH(sender->downs, sender->down_count, sender->down_capacity, down);
    } while (status == STATUS_OK && more);
    while (status != STATUS_OK && sender->down_count > before)
        free(sender->downs[--sender->down_count].host);
    return status;
}

void sender_put(struct sender *sender, const char *host, struct address address, enum stage stage)
{
    struct down down = {.address = address, .stage = stage};
    size_t kept = 0;

    for (size_t i = 0; i < sender->down_count; i++)
        if (down_is_of(sender->downs + i, host, &address))
            free(sender->downs[i].host);
        else
            sender->downs[kept++] = sender->downs[i];
    sender->down_count = kept;
    if (!address.family)
        down.host = memory_dup(host);
    ARRAY_PUSH(sender->downs, sender->down_count, sender->down_capacity, down);
}

enum stage sender_stage(const struct sender *sender, const char *host, const char *alias_of,
                        const struct address *address, int64_t at)
{
    enum stage stage = STAGE_ACCEPTS;
    int closest = 0;

    for (size_t i = 0; i < sender->down_count; i++) {
        const struct down *down = sender->downs + i;
        int close = down_closeness(down, host, alias_of, address);
        if (down->bounded && (at < down->from || at >= down->until))
            continue;
        if (close >= closest && close > 0) {
            closest = close;
            stage = down->stage;
        }
    }
    return stage;
}
