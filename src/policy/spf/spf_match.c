#include "policy/spf/spf_match.h"

#include "base/message.h"
#include "dns/formats/octets.h"
#include "dns/formats/reply_why.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/spf/spf.h"

#include <stdlib.h>
#include <string.h>

struct octets spf_domain_octets(struct arena *arena, const char *name)
{
    char *copy = arena_dup(arena, name);
    size_t length = strlen(copy);

    if (copy[length - 1] == '.')
        copy[--length] = '\0';
    return octets_of(copy);
}

static uint16_t address_type(const struct spf_context *context)
{
    return context->values.ip.family == 6 ? TYPE_AAAA : TYPE_A;
}

static const char *sender_text(const struct spf_context *context)
{
    char text[ADDRESS_TEXT];

    return arena_dup(context->arena, address_text(&context->values.ip, text));
}

static const char *shown(const struct spf_context *context, const char *name)
{
    return name_shown(context->arena, name);
}

/* Negative answers count as void; the third makes the check a permerror (RFC 7208 4.6.4). */
static enum spf_match judge_reply(struct spf_context *context, const struct reply *reply,
                                  const char *what, const char **why)
{
    if (!reply)
        return SPF_MATCH_PENDING;
    if (reply_is_temporary(reply)) {
        *why = reply_lost(context->arena, what, reply);
        return SPF_MATCH_TEMPERROR;
    }
    if (reply->outcome == OUTCOME_ANSWERED)
        return SPF_MATCH_YES;
    context->voids++;
    *why = arena_format(context->arena, tr("%s finds nothing (%s)"), what,
                        outcome_word(reply->outcome));
    if (context->voids <= SPF_VOIDS_MAX)
        return SPF_MATCH_NO;
    *why = arena_format(context->arena, tr("%s finds nothing: more than %d lookups without result"),
                        what, SPF_VOIDS_MAX);
    return SPF_MATCH_PERMERROR;
}

/* ---- %{p} and ptr (RFC 7208 5.5) ---- */

/* Does the name have the sender's address? A failing lookup counts as no. */
static enum spf_match is_validated(struct spf_context *context, const char *name)
{
    const struct reply *reply = lookup_find(context->lookup, name, address_type(context));

    if (!reply)
        return SPF_MATCH_PENDING;
    return reply_address(reply, &context->values.ip) ? SPF_MATCH_YES : SPF_MATCH_NO;
}

static const struct reply *find_reverse(struct spf_context *context)
{
    char name[ADDRESS_REVERSE_TEXT];

    return lookup_find(context->lookup, address_reverse(&context->values.ip, name), TYPE_PTR);
}

static size_t reverse_count(const struct reply *reply)
{
    return reply->record_count < SPF_PTR_MAX ? reply->record_count : SPF_PTR_MAX;
}

/* How well a validated name suits as %{p}: the domain itself, then one below it, then any. */
static int fitness(const char *name, const char *domain)
{
    if (strcmp(name, domain) == 0)
        return 3;
    return name_is_within(name, domain) ? 2 : 1;
}

bool spf_match_validate(struct spf_context *context)
{
    const struct reply *reply = find_reverse(context);
    const char *best = NULL;
    char domain[NAME_TEXT] = ".";
    bool pending = !reply;

    octets_canonical_name(context->values.domain, domain);
    for (size_t i = 0; reply && i < reverse_count(reply); i++) {
        const char *name = reply->records[i]->target;
        enum spf_match match = is_validated(context, name);

        pending |= match == SPF_MATCH_PENDING;
        if (match == SPF_MATCH_YES && (!best || fitness(name, domain) > fitness(best, domain)))
            best = name;
    }
    context->values.validated =
        best ? (const char *)spf_domain_octets(context->arena, best).bytes : NULL;
    return !pending;
}

enum spf_match spf_match_target(struct spf_context *context, struct octets spec,
                                char out[NAME_TEXT])
{
    if (spec.length == 0)
        return octets_canonical_name(context->values.domain, out) ? SPF_MATCH_YES : SPF_MATCH_NO;
    if (spf_macro_uses_p(spec) && !spf_match_validate(context))
        return SPF_MATCH_PENDING;
    /* A single label is no more a domain than in check_host() (RFC 7208 4.3). */
    return spf_macro_name(spec, &context->values, out) && name_labels(out) > 1 ? SPF_MATCH_YES
                                                                               : SPF_MATCH_NO;
}

static enum spf_match match_ptr(struct spf_context *context, const char *target, const char **why)
{
    const struct reply *reply = find_reverse(context);
    enum spf_match match = judge_reply(context, reply, tr("the reverse name of the sender"), why);
    bool pending = false;

    if (match == SPF_MATCH_TEMPERROR)
        return SPF_MATCH_NO;
    if (match != SPF_MATCH_YES)
        return match;
    for (size_t i = 0; i < reverse_count(reply); i++) {
        const char *name = reply->records[i]->target;

        if (!name_is_within(name, target))
            continue;
        match = is_validated(context, name);
        pending |= match == SPF_MATCH_PENDING;
        if (match != SPF_MATCH_YES || pending)
            continue;
        *why = arena_format(context->arena, tr("%s is %s, within %s"), sender_text(context),
                            shown(context, name), shown(context, target));
        return SPF_MATCH_YES;
    }
    *why = arena_format(context->arena, tr("no confirmed name of %s is within %s"),
                        sender_text(context), shown(context, target));
    return pending ? SPF_MATCH_PENDING : SPF_MATCH_NO;
}

/* ---- ip4, ip6, a, mx, exists ---- */

static unsigned prefix_length(const struct spf_context *context, const struct spf_term *term)
{
    return context->values.ip.family == 6 ? term->cidr6 : term->cidr4;
}

static enum spf_match match_network(struct spf_context *context, const struct spf_term *term,
                                    const char **why)
{
    unsigned length = term->network.family == 6 ? term->cidr6 : term->cidr4;
    bool within = address_in_prefix(&context->values.ip, &term->network, length);
    char network[ADDRESS_TEXT];

    *why = arena_format(context->arena,
                        within ? tr("%s is within %s/%u") : tr("%s is not within %s/%u"),
                        sender_text(context), address_text(&term->network, network), length);
    return within ? SPF_MATCH_YES : SPF_MATCH_NO;
}

static enum spf_match match_addresses(struct spf_context *context, const struct spf_term *term,
                                      const struct reply *reply, const char *host, const char **why)
{
    unsigned length = prefix_length(context, term);
    char network[ADDRESS_TEXT];

    for (size_t i = 0; i < reply->record_count; i++) {
        if (!address_in_prefix(&context->values.ip, &reply->records[i]->address, length))
            continue;
        *why = arena_format(context->arena, tr("%s is within %s/%u, of %s"), sender_text(context),
                            address_text(&reply->records[i]->address, network), length,
                            shown(context, host));
        return SPF_MATCH_YES;
    }
    *why = arena_format(context->arena, tr("%s is none of the addresses of %s"),
                        sender_text(context), shown(context, host));
    return SPF_MATCH_NO;
}

static enum spf_match match_a(struct spf_context *context, const struct spf_term *term,
                              const char *target, const char **why)
{
    const struct reply *reply = lookup_find(context->lookup, target, address_type(context));
    enum spf_match match = judge_reply(context, reply, shown(context, target), why);

    return match == SPF_MATCH_YES ? match_addresses(context, term, reply, target, why) : match;
}

/* An exchange that has no address is not a void lookup: RFC 7208 4.6.4 counts terms. */
static enum spf_match match_exchange(struct spf_context *context, const struct spf_term *term,
                                     const char *exchange, const char **why)
{
    const struct reply *reply;

    if (name_is_root(exchange))
        return SPF_MATCH_NO;
    reply = lookup_find(context->lookup, exchange, address_type(context));
    if (!reply)
        return SPF_MATCH_PENDING;
    if (reply_is_temporary(reply))
        return judge_reply(context, reply, shown(context, exchange), why);
    return match_addresses(context, term, reply, exchange, why);
}

static int compare_exchanges(const void *left, const void *right)
{
    const struct record *const *a = left, *const *b = right;

    if ((*a)->mx.preference != (*b)->mx.preference)
        return (*a)->mx.preference < (*b)->mx.preference ? -1 : 1;
    return name_compare((*a)->mx.exchange, (*b)->mx.exchange);
}

/* By preference, then name, whatever the order of the answer. */
static const struct record **sorted_exchanges(struct arena *arena, const struct reply *reply)
{
    const struct record **sorted = arena_alloc(arena, reply->record_count, sizeof *sorted);

    for (size_t i = 0; i < reply->record_count; i++)
        sorted[i] = reply->records[i];
    qsort(sorted, reply->record_count, sizeof *sorted, compare_exchanges);
    return sorted;
}

static enum spf_match match_mx(struct spf_context *context, const struct spf_term *term,
                               const char *target, const char **why)
{
    const struct reply *reply = lookup_find(context->lookup, target, TYPE_MX);
    enum spf_match match = judge_reply(context, reply, shown(context, target), why),
                   first = SPF_MATCH_NO;
    const struct record **exchanges;

    if (match != SPF_MATCH_YES)
        return match;
    if (reply->record_count > SPF_MX_MAX) {
        *why = arena_format(context->arena, tr("%s has %zu MX hosts, more than %d"),
                            shown(context, target), reply->record_count, SPF_MX_MAX);
        return SPF_MATCH_PERMERROR;
    }
    *why =
        arena_format(context->arena, tr("no MX host of %s has an address"), shown(context, target));
    exchanges = sorted_exchanges(context->arena, reply);
    for (size_t i = 0; i < reply->record_count && first != SPF_MATCH_TEMPERROR; i++) {
        match = match_exchange(context, term, exchanges[i]->mx.exchange, why);
        if (match == SPF_MATCH_YES && first == SPF_MATCH_NO)
            return match;
        if (match != SPF_MATCH_NO && first == SPF_MATCH_NO)
            first = match;
    }
    return first;
}

static enum spf_match match_exists(struct spf_context *context, const char *target,
                                   const char **why)
{
    const struct reply *reply = lookup_find(context->lookup, target, TYPE_A);
    enum spf_match match = judge_reply(context, reply, shown(context, target), why);

    if (match == SPF_MATCH_YES)
        *why = arena_format(context->arena, tr("%s exists"), shown(context, target));
    return match;
}

static enum spf_match match_target(struct spf_context *context, const struct spf_term *term,
                                   const char *target, const char **why)
{
    switch (term->kind) {
    case SPF_A:
        return match_a(context, term, target, why);
    case SPF_MX:
        return match_mx(context, term, target, why);
    case SPF_PTR:
        return match_ptr(context, target, why);
    default:
        return match_exists(context, target, why);
    }
}

enum spf_match spf_match_term(struct spf_context *context, const struct spf_term *term,
                              const char **why)
{
    char target[NAME_TEXT];
    enum spf_match match;

    *why = tr("this matches every host");
    if (term->kind == SPF_ALL)
        return SPF_MATCH_YES;
    if (term->kind == SPF_IP4 || term->kind == SPF_IP6)
        return match_network(context, term, why);
    *why = tr("what the macros give is no domain name");
    match = spf_match_target(context, term->spec, target);
    return match == SPF_MATCH_YES ? match_target(context, term, target, why) : match;
}
