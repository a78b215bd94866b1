#include "mail/route/route_draft.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_preference(const void *left, const void *right)
{
    const struct route_host *a = left, *b = right;

    if (a->preference != b->preference)
        return (int)a->preference - (int)b->preference;
    return (int)a->listed - (int)b->listed;
}

/* By preference, equal ones as listed; who ignores preference keeps the order of the answer. */
static void sort_hosts(struct draft *draft)
{
    const struct route *route = draft->route;

    if (!(draft->profile->flags & PROFILE_IGNORES_PREFERENCE))
        qsort(route->hosts, route->host_count, sizeof *route->hosts, by_preference);
}

static void number_levels(struct draft *draft)
{
    struct route *route = draft->route;
    bool alone = draft->profile->flags & PROFILE_IGNORES_PREFERENCE;

    for (size_t i = 0; i < route->host_count; i++) {
        if (i == 0 || alone || route->hosts[i].preference != route->hosts[i - 1].preference)
            route->level_count++;
        route->hosts[i].level = route->level_count;
    }
}

static int by_name(const void *left, const void *right)
{
    const struct route_host *const *a = left, *const *b = right;
    int order = strcmp((*a)->exchange, (*b)->exchange);

    return order ? order : *a < *b ? -1 : 1;
}

/* A host listed twice stays at its best preference only; with a sender that remembers it, its
 * memory stands at the other places. */
static void drop_duplicates(struct draft *draft)
{
    struct route *route = draft->route;
    struct route_host **hosts = arena_alloc(draft->arena, route->host_count, sizeof *hosts);

    if (draft->profile->duplicates == DUPLICATES_KEPT)
        return;
    for (size_t i = 0; i < route->host_count; i++)
        hosts[i] = route->hosts + i;
    qsort(hosts, route->host_count, sizeof *hosts, by_name);
    for (size_t i = 1, first = 0; i < route->host_count; i++) {
        if (strcmp(hosts[i]->exchange, hosts[first]->exchange) != 0)
            first = i;
        else
            draft_ignore_repeat(draft, hosts[i], hosts[first]);
    }
}

static struct route_host *new_hosts(struct draft *draft, size_t count)
{
    struct route *route = draft->route;

    route->hosts = arena_alloc(draft->arena, count, sizeof *route->hosts);
    route->host_count = count;
    for (size_t i = 0; i < count; i++) {
        route->hosts[i].why = route->hosts[i].reference = "";
        route->hosts[i].listed = (unsigned)i;
        route->hosts[i].port = 25;
    }
    return route->hosts;
}

/* The route outlives the reply: it keeps the SRV records it was made of. */
static void keep_srv_records(struct draft *draft, const struct reply *reply)
{
    const struct record **kept = arena_alloc(draft->arena, reply->record_count, sizeof *kept);

    for (size_t i = 0; i < reply->record_count; i++) {
        struct record *copy = arena_alloc(draft->arena, 1, sizeof *copy);
        *copy = *reply->records[i];
        copy->owner = draft->route->srv_owner;
        copy->rdata = arena_dup(draft->arena, copy->rdata);
        copy->srv.target = arena_dup(draft->arena, copy->srv.target);
        kept[i] = copy;
    }
    draft->route->srv_records = kept;
}

static void list_hosts(struct draft *draft, enum route_kind kind, const struct reply *reply)
{
    struct route_host *hosts = new_hosts(draft, reply->record_count);

    draft->route->kind = kind;
    for (size_t i = 0; i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        hosts[i].ttl = record->ttl;
        if (kind == ROUTE_SRV) {
            hosts[i].exchange = arena_dup(draft->arena, record->srv.target);
            hosts[i].preference = record->srv.priority;
            hosts[i].weight = record->srv.weight;
            hosts[i].port = record->srv.port;
        } else {
            hosts[i].exchange = arena_dup(draft->arena, record->mx.exchange);
            hosts[i].preference = record->mx.preference;
        }
        hosts[i].shown = hosts[i].exchange;
    }
    sort_hosts(draft);
    drop_duplicates(draft);
    number_levels(draft);
}

enum { NAMED_MOST = 24 };

/* The sorted list in one line: "10 mx1.example.com | 20 mx2.example.com, mx3.example.com". */
static void tell_sorted(struct draft *draft)
{
    const struct route *route = draft->route;
    struct text line = {0};

    for (size_t i = 0; i < route->host_count && i < NAMED_MOST; i++) {
        const struct route_host *host = route->hosts + i;
        if (i > 0 && host->level == host[-1].level)
            text_add(&line, message_comma());
        else
            text_format(&line, "%s%u ", i > 0 ? " | " : "", host->preference);
        text_add(&line, name_shown(draft->arena, host->exchange));
    }
    if (route->host_count > NAMED_MOST)
        message_more(&line, route->host_count - NAMED_MOST);
    draft_step(draft, STEP_SORT, RULE_SORT, -1, "%s: %s", tr(draft->profile->rules[RULE_SORT].text),
               text_get(&line));
    text_clear(&line);
}

static bool is_null_mx(const struct draft *draft, const struct reply *reply)
{
    size_t dots = 0, idle = 0;

    for (size_t i = 0; i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        bool dot = name_is_root(record->mx.exchange);
        dots += dot;
        idle +=
            (dot && record->mx.preference == 0) || strcmp(record->mx.exchange, "localhost.") == 0;
    }
    switch (draft->profile->null_mx) {
    case NULL_MX_ALONE:
        return reply->record_count == 1 && dots == 1 && reply->records[0]->mx.preference == 0;
    case NULL_MX_ALL:
        return dots == reply->record_count;
    case NULL_MX_ANYWHERE:
        return dots > 0;
    case NULL_MX_ZERO:
        return idle == reply->record_count;
    case NULL_MX_UNKNOWN:
        break;
    }
    return false;
}

static bool has_literal(const struct draft *draft, const struct reply *reply)
{
    struct address address;

    for (size_t i = 0; i < reply->record_count; i++)
        if (draft_literal(draft, reply->records[i]->mx.exchange, &address))
            return true;
    return false;
}

static bool is_condemned(const struct draft *draft, const struct reply *reply)
{
    const struct name_rule *names = &draft->profile->names;

    for (size_t i = 0; names->condemns && i < reply->record_count; i++)
        if (!draft_name_is_allowed(names, reply->records[i]->mx.exchange))
            return true;
    return false;
}

static void go_by_mx(struct draft *draft, const struct reply *reply)
{
    list_hosts(draft, ROUTE_MX, reply);
    if (is_null_mx(draft, reply)) {
        draft_end(draft, END_NULL_MX);
        draft_step(draft, STEP_NULL_MX, RULE_DOT, -1, "%s", tr(draft->route->decision.why));
    } else if (draft_literal_rule(draft) == LITERAL_REFUSES && has_literal(draft, reply)) {
        draft_end(draft, END_LITERAL);
        draft_step(draft, STEP_UNUSABLE, RULE_LITERAL, -1, "%s", tr(draft->route->decision.why));
    } else if (is_condemned(draft, reply)) {
        draft_end(draft, END_NAME);
        draft_step(draft, STEP_UNUSABLE, RULE_NAME, -1, "%s", tr(draft->route->decision.why));
    } else {
        tell_sorted(draft);
    }
}

/* The name itself is the one host. */
static void go_by_address(struct draft *draft)
{
    struct route_host *host = new_hosts(draft, 1);

    draft->route->kind = ROUTE_IMPLICIT_MX;
    host->exchange = host->shown = draft->route->canonical;
    number_levels(draft);
}

static void go_by_own_address(struct draft *draft)
{
    go_by_address(draft);
    draft_step(draft, STEP_IMPLICIT_MX, RULE_IMPLICIT, 0, "%s",
               tr(draft->profile->rules[RULE_IMPLICIT].text));
}

static void tell_lookup(struct draft *draft, const char *type, const struct reply *reply)
{
    const char *name = name_shown(draft->arena, reply->question.name);

    if (reply->outcome == OUTCOME_ANSWERED)
        draft_step(draft, STEP_LOOKUP, RULE_LOOKUP, -1,
                   tr_plural("%s lookup for %s: %zu record", "%s lookup for %s: %zu records",
                             reply->record_count),
                   type, name, reply->record_count);
    else
        draft_step(draft, STEP_LOOKUP, RULE_LOOKUP, -1, tr("%s lookup for %s: %s"), type, name,
                   outcome_phrase(reply->outcome));
}

/* The domain is an alias: the route goes on from where it leads. */
static void follow_alias(struct draft *draft, const struct reply *reply)
{
    if (reply->alias_count == 0 || !reply->canonical)
        return;
    draft->route->canonical = arena_dup(draft->arena, reply->canonical);
    draft_step(draft, STEP_LOOKUP, RULE_ALIAS, -1, tr("%s is an alias of %s: %s"),
               name_shown(draft->arena, draft->route->domain),
               name_shown(draft->arena, draft->route->canonical),
               tr(draft->profile->rules[RULE_ALIAS].text));
}

bool draft_chain_is_broken(const struct draft *draft, const struct reply *reply)
{
    unsigned limit = draft->profile->alias_limit;

    return reply_is_endless(reply) || (limit && reply->alias_count > limit);
}

/* Is the domain, or what it is an alias of, no host name to this sender? */
static bool domain_is_odd(const struct draft *draft, const struct reply *reply)
{
    const struct name_rule *names = &draft->profile->names;

    if (names->condemns && !draft_name_is_allowed(names, draft->route->domain))
        return true;
    if (names->ascii && draft_name_is_foreign(draft->route->canonical))
        return true;
    return reply->alias_count > 0 && names->aliases && !names->condemns &&
           !draft_name_is_allowed(names, draft->route->canonical);
}

/* No MX, or none that can be had: does this sender ask for the domain's own address? */
static bool asks_own_address(const struct draft *draft, const struct reply *reply)
{
    const struct profile *profile = draft->profile;

    if (outcome_is_temporary(reply->outcome))
        return profile->ignores_mx_failure && profile->ignores_mx_failure(&draft->sender->settings);
    if (reply->alias_count > 0 && (profile->flags & PROFILE_LOST_ALIAS_ASKS_ADDRESSES))
        return true;
    return reply->outcome == OUTCOME_NODATA || (profile->flags & PROFILE_NXDOMAIN_ASKS_ADDRESSES);
}

/* The name all mail goes to, canonical in out, and whether it is looked up by MX; false when every
 * domain has its own way. */
static bool find_next_hop(const struct draft *draft, char out[NAME_TEXT], bool *by_mx)
{
    const char *text =
        draft->profile->next_hop ? draft->profile->next_hop(&draft->sender->settings) : "";
    char name[NAME_TEXT];
    size_t length;

    *by_mx = *text != '[';
    text += !*by_mx;
    length = strcspn(text, *by_mx ? ":" : "]");
    if (length == 0 || length >= sizeof name)
        return false;
    memcpy(name, text, length);
    name[length] = '\0';
    return name_canonical(name, out, NULL) == STATUS_OK;
}

/* True when the relay itself is the host; else MX is asked for of *domain. */
static bool goes_to_relay(struct draft *draft, const char **domain)
{
    const struct rule *rule = &draft->profile->rules[RULE_RELAYHOST];
    char name[NAME_TEXT];
    bool by_mx;

    if (!find_next_hop(draft, name, &by_mx))
        return false;
    *domain = draft->route->canonical = draft->route->relay = arena_dup(draft->arena, name);
    draft->route->relay_why = tr(rule->text);
    draft->route->relay_reference = rule->reference;
    draft_step(draft, STEP_LOOKUP, RULE_RELAYHOST, -1, "%s: %s", name_shown(draft->arena, name),
               tr(rule->text));
    if (!by_mx)
        go_by_address(draft);
    return !by_mx;
}

static bool is_insecure(const struct draft *draft)
{
    const struct profile *profile = draft->profile;

    return profile->requires_dnssec && profile->requires_dnssec(&draft->sender->settings) &&
           !draft->sender->security.mx_secure;
}

static void find_mx(struct draft *draft)
{
    const char *domain = draft->route->domain;
    const struct reply *reply;

    if (goes_to_relay(draft, &domain))
        return;
    reply = lookup_find(draft->lookup, domain, TYPE_MX);
    if (!reply) {
        draft_wait(draft);
        return;
    }
    tell_lookup(draft, "MX", reply);
    follow_alias(draft, reply);
    draft->route->kind = ROUTE_NONE;
    if (draft_chain_is_broken(draft, reply))
        draft_end(draft, END_ALIAS);
    else if (domain_is_odd(draft, reply))
        draft_end(draft, END_NAME);
    else if (!outcome_is_temporary(reply->outcome) && is_insecure(draft))
        draft_end(draft, END_INSECURE);
    else if (reply->outcome == OUTCOME_ANSWERED)
        go_by_mx(draft, reply);
    else if (asks_own_address(draft, reply))
        go_by_own_address(draft);
    else
        draft_end(draft, outcome_is_temporary(reply->outcome) ? END_MX_TEMPORARY : END_NXDOMAIN);
    if (draft->decided && draft->end == END_MX_TEMPORARY && reply->outcome == OUTCOME_NOT_IN_FILE)
        draft->route->decision.why =
            N_("the MX records are not in the file: whether a sender could deliver is not known");
}

static bool not_offered(const struct reply *reply)
{
    for (size_t i = 0; i < reply->record_count; i++)
        if (!name_is_root(reply->records[i]->srv.target))
            return false;
    return true;
}

static void go_by_srv(struct draft *draft, const struct reply *reply)
{
    keep_srv_records(draft, reply);
    list_hosts(draft, ROUTE_SRV, reply);
    if (not_offered(reply))
        draft_end(draft, END_SRV_NOT_OFFERED);
    else
        tell_sorted(draft);
}

/* Judges the SRV answer; false when the sender falls back to MX. */
static bool judge_srv(struct draft *draft, const struct reply *reply)
{
    const struct profile *profile = draft->profile;

    tell_lookup(draft, "SRV", reply);
    if (reply->outcome == OUTCOME_ANSWERED && not_offered(reply) &&
        (profile->flags & PROFILE_SRV_DOT_FALLS_BACK) &&
        profile->srv_falls_back(&draft->sender->settings, OUTCOME_NODATA))
        return false;
    if (reply->outcome == OUTCOME_ANSWERED) {
        go_by_srv(draft, reply);
        return true;
    }
    if (profile->srv_falls_back(&draft->sender->settings, reply->outcome))
        return false;
    draft->route->kind = ROUTE_NONE;
    draft_end(draft, outcome_is_temporary(reply->outcome) ? END_SRV_FAILED : END_SRV_MISSING);
    return true;
}

/* By SRV where the sender is set to; false: by MX. */
static bool find_srv(struct draft *draft)
{
    const struct profile *profile = draft->profile;
    const char *service =
        profile->srv_service ? profile->srv_service(&draft->sender->settings) : NULL;
    const struct reply *reply;
    char prefix[NAME_TEXT + 8], owner[NAME_TEXT];

    if (!service || !*service)
        return false;
    snprintf(prefix, sizeof prefix, "_%.*s._tcp", name_shown_length(service), service);
    if (name_join(prefix, draft->route->domain, owner) != STATUS_OK)
        return false;
    draft->route->srv_owner = arena_dup(draft->arena, owner);
    reply = lookup_find(draft->lookup, draft->route->srv_owner, TYPE_SRV);
    if (!reply) {
        draft_wait(draft);
        return true;
    }
    return judge_srv(draft, reply);
}

void draft_find_hosts(struct draft *draft)
{
    if (!find_srv(draft))
        find_mx(draft);
    if (draft->route->kind != ROUTE_SRV && draft->route->kind != ROUTE_NONE)
        draft->route->srv_owner = NULL;
}
