#include "mail/route/route.h"

#include "base/message.h"
#include "mail/route/route_draft.h"

#include <stdlib.h>
#include <string.h>

static bool last_is_missing(const struct route *route)
{
    return !outcome_is_temporary(route->hosts[route->listed_count - 1].outcome);
}

/* How many hosts without a usable address there are, by what came of their lookups. */
static void count_unusable(const struct route *route, unsigned *failed, unsigned *missing)
{
    *failed = *missing = 0;
    for (size_t i = 0; i < route->listed_count; i++) {
        const struct route_host *host = route->hosts + i;
        if (host->state != HOST_UNUSABLE)
            continue;
        if (outcome_is_temporary(host->outcome))
            ++*failed;
        else
            ++*missing;
    }
}

static unsigned own_level(const struct route *route)
{
    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].self)
            return route->hosts[i].level;
    return 0;
}

static bool any_failed(const struct route *route)
{
    for (size_t i = 0; i < route->listed_count; i++)
        if (outcome_is_temporary(route->hosts[i].outcome))
            return true;
    return false;
}

static bool has_other_address(const struct route_host *host)
{
    for (size_t i = 0; i < host->address_count && !host->self_by_name; i++)
        if (!host->addresses[i].own)
            return true;
    return false;
}

/* A lookup failed, of a dropped host as well: the message is kept, unless a good host came before
 * the sender among its equals. Then chance decides. */
static enum route_end scan_end(struct route *route)
{
    unsigned own = own_level(route);

    if (!any_failed(route))
        return END_SELF_MISSING;
    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].level == own && has_other_address(route->hosts + i))
            route->scan_level = own;
    return END_SELF_FAILED;
}

static enum route_end dead_end(struct route *route)
{
    unsigned failed, missing;

    count_unusable(route, &failed, &missing);
    if (route->self_found) {
        if ((failed || missing) && (route->profile->flags & PROFILE_SCANS_FOR_ITSELF))
            return scan_end(route);
        if (failed)
            return END_SELF_FAILED;
        if (missing)
            return END_SELF_MISSING;
        return route->kind == ROUTE_IMPLICIT_MX ? END_SELF_IMPLICIT : END_SELF_BEST;
    }
    if (route->kind == ROUTE_IMPLICIT_MX)
        return failed ? END_IMPLICIT_FAILED : END_IMPLICIT_MISSING;
    if (!failed)
        return END_HOSTS_MISSING;
    if (!missing)
        return END_HOSTS_FAILED;
    if (route->profile->flags & PROFILE_LAST_LOOKUP_TELLS && last_is_missing(route))
        return END_HOSTS_MIXED_LAST;
    return END_HOSTS_MIXED;
}

static const struct decision delivers = {
    .verdict = VERDICT_DELIVER,
    .code = "",
    .why = N_("there is a host to try"),
    .reference = "",
};
static const struct decision waits = {
    .verdict = VERDICT_DEFER,
    .code = "",
    .why = N_("answers are still missing"),
    .reference = "",
};

/* What a sender would find is not known where a zone file ends. */
static bool is_not_in_file(const struct route *route)
{
    bool outside = route->listed_count > 0;

    for (size_t i = 0; i < route->listed_count; i++)
        outside &= route->hosts[i].state != HOST_UNUSABLE ||
                   route->hosts[i].outcome == OUTCOME_NOT_IN_FILE;
    return outside;
}

/* With all hosts judged: deliver, wait for an answer, or a dead end. */
static void decide(struct draft *draft)
{
    struct route *route = draft->route;

    route->candidate_count = 0;
    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].state == HOST_CANDIDATE && route->hosts[i].address_count > 0)
            route->candidate_count++;
    if (draft->decided)
        return;
    if (route->candidate_count > 0)
        route->decision = delivers;
    else if (!route->complete)
        route->decision = waits;
    else
        draft_end(draft, dead_end(route));
    if (draft->end == END_HOSTS_FAILED && draft->decided && is_not_in_file(route))
        route->decision.why = N_("the addresses of the MX hosts are not in the file: whether a "
                                 "sender could deliver is not known");
}

static void finish(struct draft *draft)
{
    struct route *route = draft->route;
    struct step *kept = arena_alloc(draft->arena, draft->step_count + 1, sizeof *kept);

    if (draft->step_count)
        memcpy(kept, draft->steps, draft->step_count * sizeof *kept);
    route->steps = kept;
    route->step_count = draft->step_count;
    free(draft->steps);
}

const struct route *route_build(const struct lookup *lookup, const char *domain,
                                const struct sender *sender, struct arena *arena)
{
    struct draft draft = {
        .lookup = lookup, .sender = sender, .profile = sender->profile, .arena = arena};
    struct route *route = arena_alloc(arena, 1, sizeof *route);

    draft.route = route;
    route->profile = sender->profile;
    route->domain = route->canonical = arena_dup(arena, domain);
    route->as = sender->as ? arena_dup(arena, sender->as) : NULL;
    route->complete = true;
    draft_find_hosts(&draft);
    draft_find_own(&draft);
    if (!draft.decided) {
        draft_find_addresses(&draft);
        draft_find_self(&draft);
        draft_prune(&draft);
        draft_find_repeats(&draft);
    }
    draft_add_fallbacks(&draft);
    decide(&draft);
    finish(&draft);
    return route;
}

int route_host_find(const struct route *route, const char *exchange)
{
    for (size_t i = 0; i < route->host_count; i++)
        if (strcmp(route->hosts[i].exchange, exchange) == 0)
            return (int)i;
    return -1;
}

bool route_host_is_not_asked(const struct route_host *host)
{
    return host->outcome == OUTCOME_NOT_ASKED && !host->address_count;
}
