#include "policy/setup/setup.h"

#include "dns/name.h"
#include "mail/clients/services.h"
#include "policy/servers/record_set.h"
#include "policy/setup/setup_operators.h"

#include <string.h>

static struct lookup later(const struct lookup *lookup, int priority)
{
    struct lookup copy = *lookup;

    copy.priority = priority;
    return copy;
}

static bool answered(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED;
}

/* ---- customary names ---- */

static const char *alias_of(const struct reply *reply)
{
    return reply && reply->alias_count ? reply->canonical : NULL;
}

static bool are_alike(struct arena *arena, const struct reply *a, const struct reply *b)
{
    return a && b && a->outcome == b->outcome && record_sets_equal(arena, a, b);
}

/* Does a name nobody chose answer with the same addresses (RFC 4592)? It waits until that is known.
 */
static bool is_by_wildcard(struct setup *setup, const struct lookup *lookup, struct arena *arena,
                           struct customary_host *host)
{
    char probe[NAME_TEXT];
    struct host_addresses nobody;

    if (!setup->view->probe ||
        name_join(setup->view->probe, setup->view->domain, probe) != STATUS_OK)
        return false;
    nobody = lookup_addresses(lookup, probe);
    host->waiting |= !nobody.a || !nobody.aaaa;
    return are_alike(arena, host->replies.a, nobody.a) &&
           are_alike(arena, host->replies.aaaa, nobody.aaaa);
}

static void look_for_name(struct setup *setup, const struct lookup *lookup, struct arena *arena,
                          struct customary_host *host)
{
    host->replies = lookup_addresses(lookup, host->name);
    host->waiting = !host->replies.a || !host->replies.aaaa;
    if (answered(host->replies.a) || answered(host->replies.aaaa)) {
        host->by_wildcard = is_by_wildcard(setup, lookup, arena, host);
        host->exists = !host->by_wildcard && !host->waiting;
    } else {
        host->failure = exchange_host_failure(host->replies);
    }
    setup->complete &= !host->waiting;
    if (!host->exists && !host->by_wildcard)
        return;
    host->alias_of = alias_of(answered(host->replies.a) ? host->replies.a : host->replies.aaaa);
    host->addresses = exchange_host_addresses(arena, host->replies, &host->address_count);
}

static void look_for_customary(struct setup *setup, struct arena *arena)
{
    struct lookup today = later(setup->view->lookup, setup->view->later.probes);
    struct lookup last = later(setup->view->lookup, setup->view->later.old_names);
    struct customary_host *hosts = arena_alloc(arena, customary_names_count(), sizeof *hosts);

    setup->customary = hosts;
    for (size_t i = 0; i < customary_names_count(); i++) {
        const struct customary_name *customary = customary_names_at(i);
        struct customary_host *host = &hosts[setup->customary_count];
        char name[NAME_TEXT];

        if (name_join(customary->label, setup->view->domain, name) != STATUS_OK)
            continue;
        host->name = arena_dup(arena, name);
        host->word = customary->word;
        host->old = customary->old;
        look_for_name(setup, host->old ? &last : &today, arena, host);
        setup->customary_count++;
    }
}

/* ---- more names in mail addresses (L12) ---- */

static bool has_no_address(const struct exchanges *exchanges)
{
    for (size_t i = 0; i < exchanges->count; i++)
        if (exchanges->exchanges[i].address_count > 0)
            return false;
    return true;
}

static bool is_missing(const struct exchanges *exchanges)
{
    if (!exchanges->complete || outcome_is_temporary(exchanges->mx->outcome))
        return false;
    if (exchanges->mx->outcome == OUTCOME_NXDOMAIN)
        return true;
    if (!exchanges->implicit)
        return false;
    return has_no_address(exchanges) &&
           !outcome_is_temporary(exchanges->exchanges[0].replies.a->outcome) &&
           !outcome_is_temporary(exchanges->exchanges[0].replies.aaaa->outcome);
}

static void look_at_names(struct setup *setup, struct arena *arena)
{
    const struct setup_view *view = setup->view;
    struct mail_name *names = arena_alloc(arena, view->name_count + 1, sizeof *names);

    for (size_t i = 0; i < view->name_count; i++) {
        names[i].name = view->names[i];
        names[i].exchanges = exchanges_build(view->lookup, arena, view->names[i]);
        names[i].missing = is_missing(names[i].exchanges);
        setup->complete &= names[i].exchanges->complete;
    }
    setup->names = names;
    setup->name_count = view->name_count;
}

/* ---- names a wildcard might be thought to cover ---- */

struct names {
    const char **names;
    size_t count;
};

static void add_name(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->names[i], name) == 0)
            return;
    names->names[names->count++] = name;
}

static struct names known_names(const struct setup *setup, struct arena *arena)
{
    const struct reply *ns = setup->authority->ns;
    size_t servers = ns && ns->record_count < 16 ? ns->record_count : 0;
    struct names names = {0};

    names.names = arena_alloc(
        arena, setup->exchanges->count + servers + setup->customary_count + setup->name_count + 1,
        sizeof *names.names);
    for (size_t i = 0; i < setup->exchanges->count; i++)
        add_name(&names, setup->exchanges->exchanges[i].name);
    for (size_t i = 0; i < servers; i++)
        add_name(&names, ns->records[i]->target);
    for (size_t i = 0; i < setup->customary_count; i++)
        if (setup->customary[i].exists && !setup->customary[i].old)
            add_name(&names, setup->customary[i].name);
    for (size_t i = 0; i < setup->name_count; i++)
        add_name(&names, setup->names[i].name);
    return names;
}

static void probe_wildcard(struct setup *setup, struct arena *arena)
{
    const struct setup_view *view = setup->view;
    struct lookup lookup = later(view->lookup, view->later.probes);
    struct names names = known_names(setup, arena);

    setup->wildcard =
        wildcard_build(&lookup, arena, view->domain, view->probe, names.names, names.count);
}

static bool share_a_host(const struct exchanges *a, const struct exchanges *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!name_is_root(a->exchanges[i].name) && exchanges_find(b, a->exchanges[i].name))
            return true;
    return false;
}

static const char *missing_from(const struct exchanges *exchanges, const struct exchanges *sibling)
{
    if (sibling == exchanges || sibling->implicit || exchanges->implicit ||
        !share_a_host(exchanges, sibling))
        return NULL;
    for (size_t i = 0; i < sibling->count; i++)
        if (!name_is_root(sibling->exchanges[i].name) &&
            !exchanges_find(exchanges, sibling->exchanges[i].name))
            return sibling->exchanges[i].name;
    return NULL;
}

const char *setup_lacking(const struct setup *setup, const struct exchanges *exchanges)
{
    const char *missing = missing_from(exchanges, setup->exchanges);

    for (size_t i = 0; !missing && i < setup->name_count; i++)
        missing = missing_from(exchanges, setup->names[i].exchanges);
    return missing;
}

/* ---- the whole ---- */

static void look_at_senders(struct setup *setup, struct arena *arena)
{
    const struct setup_view *view = setup->view;
    struct lookup probes = later(view->lookup, view->later.probes);

    setup->spf = spf_tree_build(view->lookup, arena, view->domain);
    setup->dmarc = dmarc_build(view->lookup, arena, view->domain);
    setup->dkim = dkim_build(view->lookup, &probes, arena, view->domain, view->selectors,
                             view->selector_count, view->probe);
    setup->bimi = bimi_build(view->lookup, arena, view->domain, setup->dmarc);
}

static void look_at_receivers(struct setup *setup, struct arena *arena)
{
    const struct setup_view *view = setup->view;
    struct lookup reverse = later(view->lookup, view->later.reverse);

    setup->exchanges = exchanges_build(view->lookup, arena, view->domain);
    setup->mta_sts = mta_sts_build(view->lookup, arena, view->domain, view->sts_policy);
    setup->tls_rpt = tls_rpt_build(view->lookup, arena, view->domain);
    setup->dane = dane_build(view->lookup, arena, view->domain);
    setup->ptrs = ptrs_build(&reverse, arena, setup->exchanges);
}

static void look_at_zone(struct setup *setup, struct arena *arena)
{
    const struct setup_view *view = setup->view;
    struct lookup servers = later(view->lookup, view->later.servers);

    setup->dnssec = dnssec_build(view->lookup, arena, view->domain, view->now);
    setup->authority = authority_build(&servers, arena, view->domain, view->ask_servers,
                                       (struct authority_srv){view->srv_owners, view->srv_count});
}

static bool policies_complete(const struct setup *setup)
{
    return setup->spf->complete && (!setup->verdict || setup->verdict->complete) &&
           setup->dmarc->complete && setup->dkim->complete &&
           setup->bimi->state != POLICY_PENDING && setup->mta_sts->state != POLICY_PENDING &&
           setup->tls_rpt->state != POLICY_PENDING;
}

/* A verdict is asked for by somebody, so it comes first: until it is given nothing else takes from
 * the budget of questions. */
static void judge_sender(struct setup *setup, const struct setup_view *view, struct arena *arena)
{
    struct setup_view *waiting;
    struct lookup *quiet;

    setup->view = view;
    if (!view->sender)
        return;
    setup->verdict = spf_check_of(view->lookup, arena, view->sender, view->domain);
    if (setup->verdict->complete)
        return;
    waiting = arena_alloc(arena, 1, sizeof *waiting);
    quiet = arena_alloc(arena, 1, sizeof *quiet);
    *quiet = *view->lookup;
    quiet->wants = NULL;
    *waiting = *view;
    waiting->lookup = quiet;
    setup->view = waiting;
}

struct setup *setup_build(const struct setup_view *view, struct arena *arena)
{
    struct setup *setup = arena_alloc(arena, 1, sizeof *setup);

    setup->complete = true;
    judge_sender(setup, view, arena);
    look_at_senders(setup, arena);
    look_at_receivers(setup, arena);
    look_at_zone(setup, arena);
    look_for_customary(setup, arena);
    look_at_names(setup, arena);
    probe_wildcard(setup, arena);
    setup_match_operators(setup, arena);
    setup->complete &= policies_complete(setup) && setup->exchanges->complete &&
                       setup->dane->complete && setup->ptrs->complete && setup->dnssec->complete &&
                       setup->authority->complete && setup->wildcard->complete;
    return setup;
}

struct setup *setup_build_zone(const struct setup_view *view, struct arena *arena)
{
    struct setup *setup = arena_alloc(arena, 1, sizeof *setup);

    setup->view = view;
    look_at_zone(setup, arena);
    setup->complete = setup->dnssec->complete && setup->authority->complete;
    return setup;
}
