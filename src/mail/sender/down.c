#include "mail/sender/sender.h"

#include "base/array.h"
#include "base/memory.h"
#include "dns/name.h"

#include <stdlib.h>
#include <string.h>

enum { DOWN_TEXT = NAME_TEXT + 64 };

void sender_clear_downs(struct sender *sender)
{
    for (size_t i = 0; i < sender->down_count; i++)
        free(sender->downs[i].host);
    sender->down_count = 0;
}

/* "90", "30m", "6h", "2d": a bare number is seconds. Moves *text behind it. */
static bool read_duration(const char **text, int64_t *seconds)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
    const char *start = *text;
    int64_t number = 0;

    while (**text >= '0' && **text <= '9' && *text - start < 9)
        number = number * 10 + (*(*text)++ - '0');
    if (*text == start)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (**text == units[i].unit) {
            number *= units[i].seconds;
            ++*text;
            break;
        }
    *seconds = number;
    return true;
}

/* "0h-6h" */
static bool read_interval(const char *text, struct down *down)
{
    down->bounded = true;
    return read_duration(&text, &down->from) && *text++ == '-' &&
           read_duration(&text, &down->until) && *text == '\0' && down->from < down->until;
}

static enum status read_host(const char *text, struct down *down, const char **why)
{
    char name[NAME_TEXT];
    enum status status;

    down->all = strcmp(text, "*") == 0;
    if (down->all || address_parse(text, &down->address))
        return STATUS_OK;
    status = name_canonical(text, name, why);
    if (status == STATUS_OK)
        down->host = memory_dup(name);
    return status;
}

/* Reads one "HOST[=STAGE][@FROM-UNTIL]", cutting it apart in place. */
static enum status read_down(char *text, struct down *down, const char **why)
{
    char *interval = strchr(text, '@'), *stage;

    if (interval)
        *interval++ = '\0';
    stage = strchr(text, '=');
    if (stage)
        *stage++ = '\0';
    *down = (struct down){.stage = STAGE_REFUSED};
    if (stage && (!stage_parse(stage, &down->stage) || down->stage == STAGE_ACCEPTS)) {
        *why = "stages are: refused timeout greeting4 greeting5 ehlo4 ehlo5 mail4 rcpt4 rcpt5 "
               "data4";
        return STATUS_RANGE;
    }
    if (interval && !read_interval(interval, down)) {
        *why = "an outage is written HOST@FROM-UNTIL, as in mx1.example.com@0h-6h";
        return STATUS_SYNTAX;
    }
    return read_host(text, down, why);
}

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
            *why = "a host, an address or * is missing";
            status = STATUS_SYNTAX;
            break;
        }
        memcpy(piece, downs, length);
        piece[length] = '\0';
        more = downs[length] == ',';
        downs += length + more;
        status = read_down(piece, &down, why);
        if (status == STATUS_OK)
            ARRAY_PUSH(sender->downs, sender->down_count, sender->down_capacity, down);
    } while (status == STATUS_OK && more);
    while (status != STATUS_OK && sender->down_count > before)
        free(sender->downs[--sender->down_count].host);
    return status;
}

static bool same_target(const struct down *down, const char *host, const struct address *address)
{
    if (address->family)
        return address_equal(&down->address, address);
    return down->host && strcmp(down->host, host) == 0;
}

void sender_put(struct sender *sender, const char *host, struct address address, enum stage stage)
{
    struct down down = {.address = address, .stage = stage};
    size_t kept = 0;

    for (size_t i = 0; i < sender->down_count; i++)
        if (same_target(sender->downs + i, host, &address))
            free(sender->downs[i].host);
        else
            sender->downs[kept++] = sender->downs[i];
    sender->down_count = kept;
    if (!address.family)
        down.host = memory_dup(host);
    ARRAY_PUSH(sender->downs, sender->down_count, sender->down_capacity, down);
}

/* How closely an entry speaks of the address of the host: 0 not at all. */
static int closeness(const struct down *down, const char *host, const char *alias_of,
                     const struct address *address)
{
    if (down->all)
        return 1;
    if (down->host)
        return strcmp(down->host, host) == 0 || (alias_of && strcmp(down->host, alias_of) == 0) ? 2
                                                                                                : 0;
    return address_equal(&down->address, address) ? 3 : 0;
}

enum stage sender_stage(const struct sender *sender, const char *host, const char *alias_of,
                        const struct address *address, int64_t at)
{
    enum stage stage = STAGE_ACCEPTS;
    int closest = 0;

    for (size_t i = 0; i < sender->down_count; i++) {
        const struct down *down = sender->downs + i;
        int close = closeness(down, host, alias_of, address);
        if (down->bounded && (at < down->from || at >= down->until))
            continue;
        if (close >= closest && close > 0) {
            closest = close;
            stage = down->stage;
        }
    }
    return stage;
}
