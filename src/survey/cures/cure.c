#include "survey/cures/cure.h"

#include "base/message.h"

#include "dns/name.h"
#include "dns/type.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

void cure_say(struct cure *cure, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    cure->fix = arena_format_list(cure->arena, tr(format), arguments);
    va_end(arguments);
}

void cure_tell(struct cure *cure, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    cure->told = arena_format_list(cure->arena, tr(format), arguments);
    va_end(arguments);
}

void cure_remove(struct cure *cure, const struct record *record)
{
    for (size_t i = 0; i < cure->removed_count; i++)
        if (cure->removed[i] == record)
            return;
    if (cure->removed_count == CURE_LINES_MAX)
        cure->overfull = true;
    else
        cure->removed[cure->removed_count++] = record;
}

static void push(struct cure *cure, struct cure_line line)
{
    if (cure->added_count == CURE_LINES_MAX)
        cure->overfull = true;
    else
        cure->added[cure->added_count++] = line;
}

void cure_add(struct cure *cure, const char *owner, uint16_t type, uint32_t ttl, const char *format,
              ...)
{
    va_list arguments;

    va_start(arguments, format);
    push(cure,
         (struct cure_line){owner, type, ttl, arena_format_list(cure->arena, format, arguments)});
    va_end(arguments);
}

void cure_replace(struct cure *cure, const struct record *record, const char *format, ...)
{
    va_list arguments;

    cure_remove(cure, record);
    va_start(arguments, format);
    push(cure, (struct cure_line){record->owner, record->type, record->ttl,
                                  arena_format_list(cure->arena, format, arguments)});
    va_end(arguments);
}

/* One octet of a quoted string (RFC 1035 5.1). */
static void add_octet(struct text *text, uint8_t octet)
{
    if (octet == '"' || octet == '\\')
        text_format(text, "\\%c", octet);
    else if (octet < ' ' || octet > '~')
        text_format(text, "\\%03u", octet);
    else
        text_add_char(text, (char)octet);
}

void cure_add_text(struct cure *cure, const char *owner, uint32_t ttl, struct octets text)
{
    enum { STRING_MAX = 255, TEXT_MAX = 4096 };
    struct text rdata = {0};

    text = cure_spf_once(cure->arena, text);
    cure->overfull |= text.length > TEXT_MAX;
    for (size_t i = 0; i < text.length || i == 0; i++) {
        if (i % STRING_MAX == 0)
            text_add(&rdata, i > 0 ? "\" \"" : "\"");
        if (i < text.length)
            add_octet(&rdata, text.bytes[i]);
    }
    text_add_char(&rdata, '"');
    cure_add(cure, owner, TYPE_TXT, ttl, "%s", text_get(&rdata));
    text_clear(&rdata);
}

void cure_replace_text(struct cure *cure, const struct record *record, struct octets text)
{
    cure_remove(cure, record);
    cure_add_text(cure, record->owner, record->ttl, text);
}

void cure_drop(struct cure *cure)
{
    cure->removed_count = cure->added_count = 0;
}

/* ---- asking ---- */

const struct reply *cure_lookup(struct cure *cure, const char *name, uint16_t type)
{
    const struct reply *reply = lookup_find(cure->setup->view->lookup, name, type);

    cure->waiting |= !reply;
    return reply;
}

bool cure_is_own(const struct cure *cure, const char *name)
{
    return name_is_within(name, cure->setup->dmarc->organisational_by_suffix);
}

static bool host_has_address(struct host_addresses replies)
{
    return (replies.a && replies.a->outcome == OUTCOME_ANSWERED) ||
           (replies.aaaa && replies.aaaa->outcome == OUTCOME_ANSWERED);
}

static const struct reply *aliased(struct host_addresses replies)
{
    if (replies.a && replies.a->alias_count > 0)
        return replies.a;
    return replies.aaaa && replies.aaaa->alias_count > 0 ? replies.aaaa : NULL;
}

const char *cure_host_behind(struct host_addresses replies)
{
    const struct reply *alias = aliased(replies);

    if (!alias || alias->alias_loop || !name_is_host(alias->canonical))
        return NULL;
    return host_has_address(replies) ? alias->canonical : NULL;
}

const char *cure_meant(struct cure *cure, const char *target)
{
    bool complete = true;
    const char *meant = setup_meant(cure->setup, target, cure->arena, &complete);
    struct host_addresses replies = {NULL, NULL};

    if (!meant && name_labels(target) == 1) {
        replies = lookup_addresses(cure->setup->view->lookup, target);
        meant = setup_overdotted(cure->setup, target, &replies, cure->arena, &complete);
    }
    cure->waiting |= !complete;
    return meant;
}

const char *cure_meant_host(struct cure *cure, const char *target)
{
    const char *meant = cure_meant(cure, target), *host = NULL;

    if (meant)
        host = cure_host_behind(lookup_addresses(cure->setup->view->lookup, meant));
    return host ? host : meant;
}

bool cure_has_wildcard(const struct cure *cure)
{
    return cure->setup->wildcard->has_mx || cure->setup->wildcard->has_address;
}

bool cure_move(struct cure *cure, const char *owner, enum near_kind kind)
{
    bool complete = true;
    enum misplacement how;
    const struct record *record =
        setup_misplaced_text(cure->setup, owner, kind, cure->arena, &how, &complete);
    struct octets meant;

    meant = record ? cure_meant_text(cure, kind, record) : octets_of("");
    cure->waiting |= !complete;
    if (meant.length == 0)
        return false;
    if (how != MISPLACED_APEX && cure_has_wildcard(cure))
        return true;
    cure->asks = true;
    cure_remove(cure, record);
    cure_add_text(cure, owner, record->ttl, meant);
    return true;
}

bool cure_takes_mail(const struct cure *cure)
{
    const struct exchanges *exchanges = cure->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++)
        if (exchanges->exchanges[i].address_count > 0)
            return true;
    return false;
}

struct octets cure_meant_text(struct cure *cure, enum near_kind kind, const struct record *record)
{
    struct near_miss miss;

    if (near_miss_is_good(kind, record->txt.joined))
        return record->txt.joined;
    if (near_miss_of(cure->arena, kind, record, &miss))
        return miss.meant;
    return octets_of("");
}

struct octets cure_splice(struct arena *arena, struct octets text, size_t begin, size_t end,
                          const char *by)
{
    size_t length = strlen(by);
    uint8_t *bytes;

    assert(begin <= end && end <= text.length);
    bytes = arena_alloc(arena, text.length - (end - begin) + length + 1, 1);

    memcpy(bytes, text.bytes, begin);
    memcpy(bytes + begin, by, length);
    memcpy(bytes + begin + length, text.bytes + end, text.length - end);
    return (struct octets){bytes, text.length - (end - begin) + length};
}

struct octets cure_without_tag(struct arena *arena, struct octets text, struct octets value)
{
    size_t begin = (size_t)(value.bytes - text.bytes), end = begin + value.length;

    while (begin > 0 && text.bytes[begin - 1] != ';')
        begin--;
    while (begin == 0 && end < text.length && (text.bytes[end] == ';' || text.bytes[end] == ' '))
        end++;
    return cure_splice(arena, text, begin > 0 ? begin - 1 : 0, end, "");
}
