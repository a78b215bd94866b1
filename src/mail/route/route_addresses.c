#include "mail/route/route_draft.h"

#include "base/message.h"
#include "dns/formats/reply_why.h"
#include "dns/name.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>

static void add_own(struct draft *draft, const struct reply *reply)
{
    struct route *route = draft->route;
    struct address *own;

    if (!reply) {
        draft_wait(draft);
        return;
    }
    own = arena_alloc(draft->arena, route->own_count + reply->record_count + 1, sizeof *own);
    if (route->own_count)
        memcpy(own, route->own, route->own_count * sizeof *own);
    for (size_t i = 0; i < reply->record_count; i++)
        own[route->own_count++] = reply->records[i]->address;
    route->own = own;
}

/* What the sender's name resolves to. Where that was not asked, the exchange may have been that is
 * an alias of it. */
static const struct reply *find_own(const struct draft *draft, uint16_t type)
{
    const char *as = draft->sender->as;
    const struct reply *reply = lookup_find(draft->lookup, as, type);
    struct lookup known = *draft->lookup;

    known.wants = NULL;
    for (size_t i = 0; i < draft->route->host_count && !reply; i++) {
        reply = lookup_find(&known, draft->route->hosts[i].exchange, type);
        if (reply && strcmp(reply->canonical, as) != 0)
            reply = NULL;
    }
    return reply;
}

void draft_find_own(struct draft *draft)
{
    const struct sender *sender = draft->sender;
    struct route *route = draft->route;

    if (sender->own_count) {
        route->own = (const struct address *)arena_dup_bytes(
            draft->arena, sender->own, sender->own_count * sizeof *sender->own);
        route->own_count = sender->own_count;
    } else if (sender->as) {
        add_own(draft, find_own(draft, TYPE_A));
        add_own(draft, find_own(draft, TYPE_AAAA));
    }
}

/* The sender's own: those it has, and the loopback ones that every host has. */
static bool is_own(const struct route *route, const struct address *address)
{
    static const struct address loopback[] = {
        {4, {127, 0, 0, 1}},
        {6, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}},
    };

    return address_is_among(address, route->own, route->own_count) ||
           address_is_among(address, loopback, 2);
}

static void judge(struct route_host *host, enum host_state state, const struct rule *rule)
{
    host->state = state;
    host->why = tr(rule->text);
    host->reference = rule->reference;
    host->known = true;
}

/* A name that the sender takes for no host name is not looked up. True if so. */
static bool judge_odd_name(struct draft *draft, struct route_host *host)
{
    const struct profile *profile = draft->profile;

    if (draft_name_is_found(&profile->names, host->exchange))
        return false;
    judge(host, profile->names.leaves_out ? HOST_IGNORED : HOST_UNUSABLE,
          profile->rules + RULE_NAME);
    host->outcome = OUTCOME_NXDOMAIN;
    draft_step(draft, STEP_UNUSABLE, RULE_NAME, (int)(host - draft->route->hosts),
               tr("%s is no host name: %s"), name_shown(draft->arena, host->exchange), host->why);
    return true;
}

/* A host that is left out for its name alone is one step of the story. */
static bool left_out(struct draft *draft, const struct route_host *host, enum route_rule rule)
{
    if (host->state != HOST_CANDIDATE)
        draft_step(draft, STEP_UNUSABLE, rule, (int)(host - draft->route->hosts),
                   tr("%s is left out: %s"), name_shown(draft->arena, host->exchange),
                   tr(draft->profile->rules[rule].text));
    return true;
}

void draft_take_literal(struct draft *draft, struct route_host *host, const struct address *address)
{
    enum family_choice family = draft->sender->family;
    struct route_address *literal;

    host->outcome = OUTCOME_NXDOMAIN;
    if (family != FAMILY_ANY && (unsigned)family != address->family)
        return;
    literal = arena_alloc(draft->arena, 1, sizeof *literal);
    literal->address = *address;
    literal->own = is_own(draft->route, address);
    host->addresses = literal;
    host->address_count = 1;
    host->outcome = OUTCOME_ANSWERED;
}

/* "." among the records, "localhost" and literals: decided without a lookup. True if so. */
static bool judge_by_name(struct draft *draft, struct route_host *host)
{
    const struct profile *profile = draft->profile;
    struct address address;

    if (name_is_root(host->exchange)) {
        bool is_null = profile->null_mx != NULL_MX_ZERO || host->preference == 0;
        judge(host, is_null ? profile->dot : HOST_UNUSABLE, profile->rules + RULE_DOT);
        host->outcome = OUTCOME_NXDOMAIN;
        return left_out(draft, host, RULE_DOT);
    }
    if (profile->null_mx == NULL_MX_ZERO && strcmp(host->exchange, "localhost.") == 0) {
        judge(host, HOST_IGNORED, profile->rules + RULE_DOT);
        return left_out(draft, host, RULE_DOT);
    }
    host->literal = draft_literal(draft, host->exchange, &address);
    if (!host->literal)
        return judge_odd_name(draft, host);
    judge(host, draft_literal_rule(draft) == LITERAL_CONNECTS ? HOST_CANDIDATE : HOST_UNUSABLE,
          profile->rules + RULE_LITERAL);
    host->outcome = OUTCOME_NXDOMAIN;
    if (host->state == HOST_CANDIDATE)
        draft_take_literal(draft, host, &address);
    return left_out(draft, host, RULE_LITERAL);
}

static void add_addresses(struct draft *draft, struct route_address *addresses, size_t *count,
                          const struct reply *reply)
{
    for (size_t i = 0; reply && i < reply->record_count; i++) {
        struct route_address *address = addresses + (*count)++;
        address->address = reply->records[i]->address;
        address->ttl = reply->records[i]->ttl;
        address->own = is_own(draft->route, &address->address);
    }
}

static enum address_order address_order(const struct draft *draft)
{
    const struct profile *profile = draft->profile;

    return profile->addresses_by ? profile->addresses_by(&draft->sender->settings)
                                 : profile->addresses;
}

/* What both lookups say of the host: the worst that hides an address, if there is none. */
static enum outcome joint_outcome(const struct reply *a, const struct reply *aaaa, size_t found)
{
    if (found)
        return OUTCOME_ANSWERED;
    if (a && outcome_is_temporary(a->outcome))
        return a->outcome;
    if (aaaa && outcome_is_temporary(aaaa->outcome))
        return aaaa->outcome;
    return a ? a->outcome : aaaa ? aaaa->outcome : OUTCOME_NODATA;
}

static void name_alias(struct draft *draft, struct route_host *host, const struct reply *reply)
{
    int index = (int)(host - draft->route->hosts);

    if (!reply || reply->alias_count == 0 || host->alias_of)
        return;
    host->alias_of = arena_dup(draft->arena, reply->canonical);
    if (draft->profile->flags & PROFILE_SHOWS_CANONICAL)
        host->shown = host->alias_of;
    draft_step(draft, STEP_ADDRESSES, RULE_HOST_ALIAS, index, tr("%s is an alias of %s: %s"),
               name_shown(draft->arena, host->exchange), name_shown(draft->arena, host->alias_of),
               tr(draft->profile->rules[RULE_HOST_ALIAS].text));
}

static void keep_addresses(struct draft *draft, struct route_host *host, const struct reply *a,
                           const struct reply *aaaa)
{
    size_t most = (a ? a->record_count : 0) + (aaaa ? aaaa->record_count : 0);
    struct route_address *addresses = arena_alloc(draft->arena, most + 1, sizeof *addresses);
    bool ipv4_first = address_order(draft) == ADDRESSES_IPV4_FIRST;

    add_addresses(draft, addresses, &host->address_count, ipv4_first ? a : aaaa);
    add_addresses(draft, addresses, &host->address_count, ipv4_first ? aaaa : a);
    host->addresses = addresses;
    host->outcome = joint_outcome(a, aaaa, host->address_count);
}

static void judge_unusable(struct draft *draft, struct route_host *host)
{
    bool failed = outcome_is_temporary(host->outcome);
    const struct rule *rule = draft->profile->rules + (failed ? RULE_FAILED : RULE_NO_ADDRESS);
    const char *name = name_shown(draft->arena, host->exchange);

    judge(host, HOST_UNUSABLE, rule);
    host->why = failed
                    ? arena_format(draft->arena, "%s: %s",
                                   reply_lost_by(draft->arena, name, host->outcome), tr(rule->text))
                    : arena_format(draft->arena,
                                   host->outcome == OUTCOME_NXDOMAIN
                                       ? tr("%s does not exist: %s")
                                       : tr("%s has no address this sender can use: %s"),
                                   name, tr(rule->text));
    draft_step(draft, STEP_UNUSABLE, failed ? RULE_FAILED : RULE_NO_ADDRESS,
               (int)(host - draft->route->hosts), "%s", host->why);
}

/* Does the alias lead to no host name, or by too many links? */
static bool alias_is_refused(const struct draft *draft, const struct route_host *host,
                             const struct reply *reply)
{
    const struct profile *profile = draft->profile;

    if (!host->alias_of || !reply)
        return false;
    if (profile->names.aliases && !draft_name_is_allowed(&profile->names, host->alias_of))
        return true;
    if (profile->names.ascii && draft_name_is_foreign(host->alias_of))
        return true;
    return (profile->flags & PROFILE_ALIAS_LIMIT_AT_HOSTS) && draft_chain_is_broken(draft, reply);
}

static void refuse_alias(struct draft *draft, struct route_host *host)
{
    const struct name_rule *names = &draft->profile->names;

    host->known = true;
    host->outcome = OUTCOME_NXDOMAIN;
    judge(host, HOST_UNUSABLE, draft->profile->rules + RULE_NAME);
    draft_step(draft, STEP_UNUSABLE, RULE_NAME, (int)(host - draft->route->hosts),
               tr("the alias %s cannot be used: %s"), name_shown(draft->arena, host->exchange),
               host->why);
    if (names->condemns && !draft->decided)
        draft_end(draft, END_NAME);
}

/* Did the IPv6 answer give the host a name under which no other address is looked up? */
static bool is_renamed_oddly(const struct draft *draft, const struct route_host *host,
                             const struct reply *aaaa)
{
    return (draft->profile->flags & PROFILE_SHOWS_CANONICAL) && host->alias_of && aaaa &&
           aaaa->record_count > 0 && !draft_name_is_allowed(&draft->profile->names, host->alias_of);
}

void draft_look_up(struct draft *draft, struct route_host *host)
{
    enum family_choice family = draft->sender->family;
    bool want4 = family != FAMILY_6;
    bool want6 = family != FAMILY_4 && !(draft->profile->flags & PROFILE_IPV4_ONLY);
    const struct reply *a = want4 ? lookup_find(draft->lookup, host->exchange, TYPE_A) : NULL;
    const struct reply *aaaa = want6 ? lookup_find(draft->lookup, host->exchange, TYPE_AAAA) : NULL;

    host->known = (a || !want4) && (aaaa || !want6);
    name_alias(draft, host, a);
    name_alias(draft, host, aaaa);
    if (alias_is_refused(draft, host, a) || alias_is_refused(draft, host, aaaa)) {
        refuse_alias(draft, host);
        return;
    }
    keep_addresses(draft, host, is_renamed_oddly(draft, host, aaaa) ? NULL : a, aaaa);
    if (!host->known)
        draft_wait(draft);
    else if (host->address_count == 0)
        judge_unusable(draft, host);
}

void draft_find_addresses(struct draft *draft)
{
    struct route *route = draft->route;

    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].state == HOST_CANDIDATE && !judge_by_name(draft, route->hosts + i))
            draft_look_up(draft, route->hosts + i);
    for (size_t i = 0; draft->decided && i < route->host_count; i++)
        route->hosts[i].state = HOST_IGNORED; /* one alias condemned the domain */
}

/* The preference from which on everything was dropped for the sender itself. */
static unsigned cut_at(const struct route *route)
{
    unsigned cut = UINT32_MAX;

    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].self && route->hosts[i].preference < cut)
            cut = route->hosts[i].preference;
    return cut;
}

void draft_find_repeats(struct draft *draft)
{
    struct route *route = draft->route;
    unsigned cut = cut_at(route);

    for (size_t i = 0; i < route->host_count; i++) {
        struct route_host *host = route->hosts + i;
        const struct route_host *first = route->hosts + host->repeats - 1;
        if (host->repeats == 0)
            continue;
        if (first->state == HOST_IGNORED || host->preference >= cut) {
            host->repeats = 0;
            continue;
        }
        host->alias_of = first->alias_of;
        host->addresses = first->addresses;
        host->address_count = first->address_count;
        host->outcome = first->outcome;
    }
}
