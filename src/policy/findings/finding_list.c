#include "policy/findings/finding_list.h"

#include "base/array.h"
#include "base/message.h"
#include "dns/formats/reply_why.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/trace_words.h"

#include <stdarg.h>
#include <string.h>

/* A giant record may be at fault in hundreds of places; longer lines are not kept. */
enum { LINE_OCTETS_MAX = 4096 };

static struct finding *push(struct finding_list *list, struct finding finding)
{
    size_t places = list->count;

    if (list->count - list->begin == FINDINGS_KEPT) {
        list->findings[list->count - 1].also++;
        list->surplus = finding;
        return &list->surplus;
    }
    ARRAY_PUSH(list->places, places, list->place_capacity, list->place);
    ARRAY_PUSH(list->findings, list->count, list->capacity, finding);
    return &list->findings[list->count - 1];
}

struct finding *finding_add(struct finding_list *list, enum severity severity, const char *subject,
                            uint16_t type, const struct reply *reply, const char *format, ...)
{
    const struct finding_kind *kind = list->kind;
    struct finding finding = {
        .id = kind->id,
        .severity = severity,
        .subject = subject,
        .type = type,
        .fix = "",
        .publish = "",
        .remove = "",
        .reference = kind->reference,
        .server = reply ? reply->server : "",
        .lesson = kind->lesson,
        .place = kind->place,
    };
    va_list arguments;

    va_start(arguments, format);
    finding.text = arena_format_list(list->arena, tr(format), arguments);
    va_end(arguments);
    if (finding_reply_answered(reply) && reply->record_count == 1 &&
        reply->records[0]->type == type)
        finding_record(list, &finding, reply->records[0]);
    return push(list, finding);
}

/* Nothing was looked up, for the alias leads out of the file: was the alias itself told already? */
static bool is_of_told_alias(const struct finding_list *list, const struct reply *reply)
{
    if (!finding_reply_outside(reply) || reply->alias_count == 0)
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (list->findings[i].type == TYPE_CNAME &&
            strcmp(list->findings[i].subject, reply->question.name) == 0)
            return true;
    return false;
}

void finding_add_unknown(struct finding_list *list, const char *subject, uint16_t type,
                         const struct reply *reply)
{
    char name[TYPE_TEXT];
    struct finding *finding;

    if (finding_reply_endless(reply) || is_of_told_alias(list, reply))
        return;
    finding = finding_add(
        list, SEVERITY_UNKNOWN, subject, type, reply,
        reply->outcome == OUTCOME_NOT_ASKED || reply->outcome == OUTCOME_NOT_IN_FILE
            ? "The %s records of %s could not be checked (%s)."
            : "The %s lookup for %s failed (%s), so this could not be checked.",
        type_text(type, name), finding_name(list, subject), reply_failure(list->arena, reply));

    finding->cause = arena_format(list->arena, "%s %s", name, outcome_text(reply->outcome));
}

void finding_fix(struct finding_list *list, struct finding *finding, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    finding->fix = arena_format_list(list->arena, tr(format), arguments);
    va_end(arguments);
}

void finding_record(struct finding_list *list, struct finding *finding, const struct record *record)
{
    struct text text = {0};

    record_print(record, &text);
    finding->record =
        text.length <= LINE_OCTETS_MAX ? arena_dup(list->arena, text_get(&text)) : NULL;
    text_clear(&text);
}

void finding_address(struct finding_list *list, struct finding *finding, const struct reply *reply,
                     const struct address *address)
{
    const struct record *record = reply_address(reply, address);

    if (record)
        finding_record(list, finding, record);
}

/* ---- the way from the root ---- */

const struct trace *finding_trace(struct finding_list *list)
{
    const struct trace *trace = list->setup->view->trace;

    list->complete &= !trace || trace->complete;
    return trace && trace->complete ? trace : NULL;
}

const struct trace_step *finding_step(struct finding_list *list, const char *zone)
{
    const struct trace *trace = finding_trace(list);
    const struct trace_step *step = trace ? trace_find(trace, zone) : NULL;

    return step && step->parent ? step : NULL;
}

void finding_at_cut(struct finding_list *list, struct finding *finding,
                    const struct trace_step *step)
{
    if (step)
        finding->text = arena_format(
            list->arena, tr("%s On the way from the root this is at the cut from %s to %s."),
            finding->text, trace_zone_words(list->arena, step->parent),
            trace_zone_words(list->arena, step->zone));
}

/* ---- asking ---- */

bool finding_reply_answered(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED && reply->record_count > 0;
}

bool finding_reply_failed(const struct reply *reply)
{
    return reply && outcome_is_temporary(reply->outcome);
}

bool finding_reply_endless(const struct reply *reply)
{
    return reply && reply_is_endless(reply);
}

bool finding_reply_outside(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_NOT_IN_FILE;
}

const char *finding_name(struct finding_list *list, const char *name)
{
    return name_shown(list->arena, name);
}

const char *finding_zone(const struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;

    return authority->zone ? authority->zone : list->setup->view->domain;
}

const struct reply *finding_lookup(struct finding_list *list, const char *name, uint16_t type)
{
    const struct reply *reply = lookup_find(list->setup->view->lookup, name, type);

    list->complete &= reply != NULL;
    return reply;
}

struct host_addresses finding_host(struct finding_list *list, const char *name)
{
    struct host_addresses replies = lookup_addresses(list->setup->view->lookup, name);

    list->complete &= replies.a && replies.aaaa;
    return replies;
}

static const struct reply *doubled_host(struct finding_list *list, const char *host)
{
    const struct reply *reply =
        setup_doubled(list->setup, host, TYPE_A, list->arena, &list->complete);

    return reply ? reply
                 : setup_doubled(list->setup, host, TYPE_AAAA, list->arena, &list->complete);
}

bool finding_fix_undotted(struct finding_list *list, struct finding *finding, const char *target,
                          const char *what)
{
    const char *meant = setup_meant(list->setup, target, list->arena, &list->complete);
    const char *likely = meant ? NULL : setup_undotted(list->setup, target, list->arena);

    if (meant)
        finding_fix(list, finding,
                    "The last dot is missing: %s exists, so write \"%s\" in the %s record.",
                    finding_name(list, meant), meant, what);
    else if (likely)
        finding_fix(list, finding,
                    "If %s is meant, the last dot is missing: write \"%s\" in the %s record.",
                    finding_name(list, likely), likely, what);
    return meant || likely;
}

bool finding_is_overdotted(struct finding_list *list, const char *target,
                           const struct host_addresses *replies)
{
    bool known = true;
    bool is = setup_overdotted(list->setup, target, replies, list->arena, &known) != NULL;

    list->complete &= known;
    return is || !known;
}

struct finding *finding_add_overdotted(struct finding_list *list, const char *target,
                                       const struct host_addresses *replies,
                                       const struct record *record, const char *what)
{
    const char *meant =
        setup_overdotted(list->setup, target, replies, list->arena, &list->complete);
    struct finding *finding;

    if (!meant)
        return NULL;
    finding = finding_add(
        list, SEVERITY_ERROR, target, TYPE_A, replies->a,
        "The dot at its end makes %s a name of its own. It is not %s, so the host is not found.",
        finding_name(list, target), finding_name(list, meant));
    finding_record(list, finding, record);
    finding_fix(list, finding, "Write \"%s\" in the %s record.", meant, what);
    return finding;
}

void finding_fix_dangling(struct finding_list *list, struct finding *finding, const char *target,
                          const char *what)
{
    struct host_addresses replies = finding_host(list, target);
    const struct reply *alias = finding_host_alias(&replies);
    const struct reply *doubled = alias ? NULL : doubled_host(list, target);
    struct address address;

    if (finding_fix_undotted(list, finding, alias ? alias->canonical : target,
                             alias ? "CNAME" : what))
        return;
    if (exchange_literal(alias ? alias->canonical : target, finding_zone(list), &address))
        finding_fix(list, finding,
                    "The %s record names an address. Give the host a name, and write that there.",
                    alias ? "CNAME" : what);
    else if (!name_is_host(target) && !strchr(target, '_'))
        finding_fix(
            list, finding,
            "This cannot be the name of a host. Write the name of the host in the %s record.",
            what);
    else if (doubled)
        finding_fix(list, finding,
                    "The name of the zone is twice in the owner of its address record, %s: write "
                    "\"%s\" there, with the last dot.",
                    finding_name(list, doubled->canonical), target);
    else
        finding_fix(list, finding,
                    "Publish an address record (A or AAAA) of %s with the address of the host, or "
                    "remove the %s record.",
                    finding_name(list, alias ? alias->canonical : target), what);
}

static const char *elsewhere(struct finding_list *list, enum misplacement how, const char *kind,
                             const char *at, const char *owner)
{
    switch (how) {
    case MISPLACED_APEX:
        return arena_format(list->arena,
                            tr("The %s record is at %s itself, but it is looked up at %s only."),
                            kind, at, owner);
    case MISPLACED_DOUBLED:
        return arena_format(list->arena,
                            tr("The %s record is at %s, where it is never looked up. The name of "
                               "the zone is in its owner twice, because the last dot is missing."),
                            kind, at);
    case MISPLACED_UNMARKED:
        return arena_format(list->arena,
                            tr("The %s record is at %s, where it is never looked up. The "
                               "underscore is missing in the name."),
                            kind, at);
    case MISPLACED_TURNED:
        return arena_format(list->arena,
                            tr("The %s record is at %s, where it is never looked up. The first "
                               "two labels are in the wrong order."),
                            kind, at);
    default:
        return arena_format(list->arena,
                            tr("The %s record is at %s, where it is never looked up. The first "
                               "label is in the name twice."),
                            kind, at);
    }
}

struct finding *finding_add_elsewhere(struct finding_list *list, enum severity severity,
                                      const char *subject, const char *kind, enum misplacement how,
                                      const struct record *record, const char *owner)
{
    struct finding *finding = finding_add(
        list, severity, subject, record->type, NULL, "%s",
        elsewhere(list, how, kind, finding_name(list, record->owner), finding_name(list, owner)));

    finding_record(list, finding, record);
    if (how == MISPLACED_DOUBLED)
        finding_fix(list, finding, "Write \"%s\" as the owner, with the last dot.", owner);
    else
        finding_fix(list, finding, "Move the record to %s.", finding_name(list, owner));
    return finding;
}

bool finding_add_misplaced(struct finding_list *list, enum severity severity, const char *subject,
                           const char *owner, enum near_kind kind)
{
    enum misplacement how;
    const struct record *record =
        setup_misplaced_text(list->setup, owner, kind, list->arena, &how, &list->complete);

    return record &&
           finding_add_elsewhere(list, severity, subject, near_kind_text(kind), how, record, owner);
}

bool finding_is_called_localhost(const struct exchange *exchange)
{
    char label[NAME_TEXT];

    if (strcmp(name_first_label(exchange->name, label), "localhost") != 0)
        return false;
    for (size_t i = 0; i < exchange->address_count; i++)
        if (address_kind(&exchange->addresses[i]) != ADDRESS_LOOPBACK)
            return false;
    return true;
}

struct exchange_walk finding_exchanges(const struct finding_list *list)
{
    return (struct exchange_walk){list->setup->exchanges, 0};
}

const struct exchange *finding_next_exchange(struct exchange_walk *walk)
{
    while (walk->next < walk->exchanges->count) {
        const struct exchange *exchange = &walk->exchanges->exchanges[walk->next++];

        if (exchange->record && !name_is_root(exchange->name) && !exchange->literal &&
            !exchange->localhost && !finding_is_called_localhost(exchange) && !exchange->repeated)
            return exchange;
    }
    return NULL;
}

enum host_standing host_standing_of(const struct host_addresses *replies)
{
    if (finding_reply_answered(replies->a) || finding_reply_answered(replies->aaaa))
        return HOST_HAS_ADDRESS;
    if (!replies->a || !replies->aaaa)
        return HOST_PENDING_STANDING;
    if (finding_reply_failed(replies->a) || finding_reply_failed(replies->aaaa))
        return HOST_LOOKUP_FAILED;
    if (replies->a->outcome == OUTCOME_NXDOMAIN || replies->aaaa->outcome == OUTCOME_NXDOMAIN)
        return HOST_DOES_NOT_EXIST;
    return HOST_WITHOUT_ADDRESS;
}

const struct reply *finding_host_alias(const struct host_addresses *replies)
{
    if (replies->a && replies->a->alias_count > 0)
        return replies->a;
    return replies->aaaa && replies->aaaa->alias_count > 0 ? replies->aaaa : NULL;
}

/* ---- networks ---- */

static struct address network_of(const struct address *address)
{
    size_t octets = address->family == 6 ? 6 : 3;
    struct address network = *address;

    memset(network.bytes + octets, 0, sizeof network.bytes - octets);
    return network;
}

bool networks_of(const struct address *addresses, size_t count, struct networks *networks)
{
    *networks = (struct networks){{0}, {0}};
    for (size_t i = 0; i < count; i++) {
        struct address network = network_of(&addresses[i]);
        struct address *known = network.family == 6 ? &networks->v6 : &networks->v4;

        if (known->family != 0 && !address_equal(known, &network))
            return false;
        *known = network;
    }
    return count > 0;
}

bool networks_equal(const struct networks *a, const struct networks *b)
{
    return address_equal(&a->v4, &b->v4) && address_equal(&a->v6, &b->v6);
}

const char *networks_text(struct arena *arena, const struct networks *networks)
{
    char v4[ADDRESS_TEXT] = "", v6[ADDRESS_TEXT] = "";
    bool both = networks->v4.family && networks->v6.family;

    if (networks->v4.family)
        address_text(&networks->v4, v4);
    if (networks->v6.family)
        address_text(&networks->v6, v6);
    if (both)
        return arena_format(arena, tr("%s/24 and %s/48"), v4, v6);
    return arena_format(arena, *v4 ? "%s/24" : "%s/48", *v4 ? v4 : v6);
}
