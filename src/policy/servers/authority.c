#include "policy/servers/authority.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/authority_parent.h"
#include "policy/servers/authority_reach.h"
#include "policy/servers/authority_ttl.h"
#include "policy/servers/dnssec.h"
#include "policy/servers/exchanges.h"
#include "policy/servers/record_set.h"

#include <stdlib.h>
#include <string.h>

static const char *const states[] = {
    [AUTHORITY_PENDING] = N_("waiting"),
    [AUTHORITY_OK] = N_("ok"),
    [AUTHORITY_LAME] = N_("lame"),
    [AUTHORITY_REFUSED] = N_("refuses"),
    [AUTHORITY_SILENT] = N_("silent"),
    [AUTHORITY_NOWHERE] = N_("not asked"),
    [AUTHORITY_INTERCEPTED] = N_("not reached"),
};

const char *authority_word(const struct authority_server *server)
{
    switch (server->state) {
    case AUTHORITY_SILENT:
    case AUTHORITY_FAILED:
        return outcome_word(server->soa->outcome);
    case AUTHORITY_NOWHERE:
        return outcome_word(OUTCOME_NOT_ASKED);
    default:
        return tr(states[server->state]);
    }
}

const char *authority_text(const struct authority_server *server)
{
    return server->state == AUTHORITY_FAILED ? outcome_text(server->soa->outcome)
                                             : states[server->state];
}

bool authority_could_be_asked(const struct authority_server *server)
{
    return server_reach_has(REACH_PRIVATE, &server->address);
}

struct asking {
    const struct lookup *lookup;
    struct arena *arena;
    struct authority *authority;
    const char *domain;
    enum server_reach reach;
    struct authority_server *servers;
};

/* ---- one server ---- */

static const struct reply *ask(struct asking *asking, const struct authority_server *server,
                               const char *name, uint16_t type)
{
    struct question question = {
        .name = name, .type = type, .flags = QUESTION_NO_RECURSION, .server = server->address};
    const struct reply *reply = lookup_question(asking->lookup, &question);

    asking->authority->complete &= reply != NULL;
    return reply;
}

static void judge(struct authority_server *server, const char *zone, struct arena *arena)
{
    const struct reply *soa = server->soa;

    server->state = AUTHORITY_PENDING;
    server->why = tr("not answered yet");
    if (!soa)
        return;
    server->state = soa->outcome == OUTCOME_TIMEOUT     ? AUTHORITY_SILENT
                    : soa->outcome == OUTCOME_NOT_ASKED ? AUTHORITY_NOWHERE
                                                        : AUTHORITY_FAILED;
    server->why = soa->why ? arena_format(arena, "%s: %s", outcome_word(soa->outcome), tr(soa->why))
                           : outcome_word(soa->outcome);
    if (soa->outcome == OUTCOME_TIMEOUT || soa->outcome >= OUTCOME_MALFORMED)
        return;
    server->state = AUTHORITY_REFUSED;
    server->why = tr("refuses to answer");
    if (soa->outcome == OUTCOME_REFUSED && soa->rcode != RCODE_NOERROR)
        return;
    server->state = AUTHORITY_LAME;
    server->why =
        arena_format(arena,
                     soa->outcome == OUTCOME_SERVFAIL ? tr("does not answer for %s: SERVFAIL")
                     : soa->aa ? tr("does not answer for %s: it has no SOA of it")
                               : tr("does not answer for %s: without authority (no AA)"),
                     name_shown(arena, zone));
    if (soa->outcome != OUTCOME_ANSWERED || !soa->aa)
        return;
    server->state = AUTHORITY_OK;
    server->why = tr("answers with authority");
    server->serial = soa->records[0]->soa.serial;
    server->has_serial = true;
}

/* "not queried: private address (RFC 1918)" */
static void leave_out(struct asking *asking, struct authority_server *server)
{
    enum address_kind inner = address_inner_kind(&server->address);
    const char *kind =
        address_kind_text(inner == ADDRESS_GLOBAL ? address_kind(&server->address) : inner);

    server->state = AUTHORITY_NOWHERE;
    server->why =
        arena_format(asking->arena,
                     authority_could_be_asked(server) ? tr("not queried: %s")
                                                      : tr("not queried: no server can be at a %s"),
                     kind);
}

static const struct reply *const *ask_services(struct asking *asking,
                                               const struct authority_server *server)
{
    size_t count = asking->authority->srv_count;
    const struct reply **replies =
        arena_alloc(asking->arena, count + 1, sizeof(const struct reply *));

    for (size_t i = 0; i < count; i++)
        replies[i] = ask(asking, server, asking->authority->srv_owners[i], TYPE_SRV);
    return replies;
}

static void ask_server(struct asking *asking, struct authority_server *server)
{
    const char *zone = asking->authority->zone;

    if (!server_reach_has(asking->reach, &server->address)) {
        leave_out(asking, server);
        return;
    }
    server->soa = ask(asking, server, zone, TYPE_SOA);
    server->ns = ask(asking, server, zone, TYPE_NS);
    server->mx = ask(asking, server, asking->domain, TYPE_MX);
    server->txt = ask(asking, server, asking->domain, TYPE_TXT);
    server->a = ask(asking, server, asking->domain, TYPE_A);
    server->aaaa = ask(asking, server, asking->domain, TYPE_AAAA);
    server->srv = ask_services(asking, server);
    judge(server, zone, asking->arena);
}

/* ---- all servers ---- */

static void add_server(struct asking *asking, const char *name, const struct address *address,
                       bool only_parent)
{
    struct authority *authority = asking->authority;

    if (authority->count == AUTHORITY_SERVERS_MAX) {
        authority->left_out++;
        return;
    }
    asking->servers[authority->count].name = name;
    asking->servers[authority->count].address = *address;
    asking->servers[authority->count].only_parent = only_parent;
    ask_server(asking, &asking->servers[authority->count]);
    authority->count++;
}

static int compare_names(const void *a, const void *b)
{
    return name_compare(*(const char *const *)a, *(const char *const *)b);
}

static const char **sorted_targets(struct arena *arena, const struct reply *ns)
{
    const char **targets = arena_alloc(arena, ns->record_count + 1, sizeof *targets);

    for (size_t i = 0; i < ns->record_count; i++)
        targets[i] = ns->records[i]->target;
    qsort(targets, ns->record_count, sizeof *targets, compare_names);
    return targets;
}

static void add_addresses(struct asking *asking, const char *name, bool only_parent)
{
    struct host_addresses replies = lookup_addresses(asking->lookup, name);
    size_t count;
    const struct address *addresses = exchange_host_addresses(asking->arena, replies, &count);

    asking->authority->complete &= replies.a && replies.aaaa;
    for (size_t i = 0; i < count; i++)
        add_server(asking, name, &addresses[i], only_parent);
}

static void add_servers(struct asking *asking, const struct reply *ns)
{
    const char **targets = sorted_targets(asking->arena, ns);

    for (size_t i = 0; i < ns->record_count && i < 2 * AUTHORITY_SERVERS_MAX; i++)
        add_addresses(asking, targets[i], false);
}

static bool has_server(const struct asking *asking, const char *name, const struct address *address)
{
    for (size_t i = 0; i < asking->authority->count; i++)
        if (strcmp(asking->servers[i].name, name) == 0 &&
            (!address || address_equal(&asking->servers[i].address, address)))
            return true;
    return false;
}

/* Resolvers that come from above ask those as well, at the glue where the zone does not have them.
 */
static void add_parents_servers(struct asking *asking, const struct authority_parent *parent)
{
    for (size_t i = 0; i < parent->only_parent_count && i < AUTHORITY_SERVERS_MAX; i++) {
        const char *name = parent->only_parent[i];
        bool known;

        add_addresses(asking, name, true);
        known = has_server(asking, name, NULL);
        for (size_t k = 0; k < parent->glue_count && !known; k++)
            if (strcmp(parent->glue[k].name, name) == 0 &&
                !has_server(asking, name, &parent->glue[k].address))
                add_server(asking, name, &parent->glue[k].address, true);
    }
}

/* ---- somebody in between ---- */

/* It answers from its cache, or refuses what was asked without recursion. */
static bool is_by_a_resolver(const struct reply *reply)
{
    return reply && reply->outcome <= OUTCOME_REFUSED && !reply->aa && reply->ra;
}

/* One server that answers as a resolver does is lame; when all do, and the parent's as well where
 * there is only one, it is not they who answer. */
static bool is_intercepted(const struct authority *authority)
{
    size_t reached = 0;

    for (size_t i = 0; i < authority->count; i++) {
        enum authority_state state = authority->servers[i].state;

        if (state == AUTHORITY_NOWHERE || state == AUTHORITY_SILENT || state == AUTHORITY_FAILED)
            continue;
        if (!is_by_a_resolver(authority->servers[i].soa))
            return false;
        reached++;
    }
    return reached > 1 || (reached == 1 && is_by_a_resolver(authority->parent.ns));
}

static void judge_interception(struct asking *asking)
{
    if (!is_intercepted(asking->authority))
        return;
    for (size_t i = 0; i < asking->authority->count; i++) {
        struct authority_server *server = &asking->servers[i];

        if (server->state != AUTHORITY_LAME && server->state != AUTHORITY_REFUSED)
            continue;
        server->state = AUTHORITY_INTERCEPTED;
        server->why =
            tr("something between you and the servers answers instead of them (no AA, but RA)");
    }
}

/* ---- differences ---- */

static bool can_compare(const struct reply *reply)
{
    return reply && reply->aa && !outcome_is_temporary(reply->outcome);
}

bool authority_replies_differ(struct arena *arena, const struct reply *reference,
                              const struct reply *reply)
{
    return can_compare(reference) && can_compare(reply) && !reply_is_by_location(reference) &&
           !reply_is_by_location(reply) && !record_sets_equal(arena, reference, reply);
}

static const struct authority_server *find_reference(const struct authority *authority)
{
    for (size_t i = 0; i < authority->count; i++)
        if (authority->servers[i].state == AUTHORITY_OK)
            return &authority->servers[i];
    return NULL;
}

static void compare_servers(struct asking *asking)
{
    const struct authority_server *reference = find_reference(asking->authority);

    asking->authority->reference = reference;
    for (size_t i = 0; reference && i < asking->authority->count; i++) {
        struct authority_server *server = &asking->servers[i];

        if (server->state != AUTHORITY_OK)
            continue;
        asking->authority->serials_differ |= server->serial != reference->serial;
        server->mx_differs = authority_replies_differ(asking->arena, reference->mx, server->mx);
        server->ns_differs = authority_replies_differ(asking->arena, reference->ns, server->ns);
        server->txt_differs = authority_replies_differ(asking->arena, reference->txt, server->txt);
        server->address_differs =
            authority_replies_differ(asking->arena, reference->a, server->a) ||
            authority_replies_differ(asking->arena, reference->aaaa, server->aaaa);
        for (size_t k = 0; k < asking->authority->srv_count; k++)
            server->srv_differs |=
                authority_replies_differ(asking->arena, reference->srv[k], server->srv[k]);
    }
}

bool authority_server_differs(const struct authority_server *server)
{
    return server->mx_differs || server->ns_differs || server->txt_differs ||
           server->address_differs || server->srv_differs;
}

/* Those that have records, as far as that is known. */
static void choose_services(struct asking *asking, struct authority_srv srv)
{
    const char **owners = arena_alloc(asking->arena, AUTHORITY_SRV_MAX, sizeof(const char *));
    struct lookup known = *asking->lookup;
    struct authority *authority = asking->authority;

    known.wants = NULL;
    for (size_t i = 0; i < srv.count && authority->srv_count < AUTHORITY_SRV_MAX; i++) {
        const struct reply *reply = lookup_find(&known, srv.owners[i], TYPE_SRV);

        if (reply && reply->outcome == OUTCOME_ANSWERED)
            owners[authority->srv_count++] = srv.owners[i];
    }
    authority->srv_owners = owners;
}

struct authority *authority_build(const struct lookup *lookup, struct arena *arena,
                                  const char *domain, enum server_reach ask_servers,
                                  struct authority_srv srv)
{
    struct authority *authority = arena_alloc(arena, 1, sizeof *authority);
    struct asking asking = {lookup, arena, authority, domain, ask_servers, NULL};

    authority->asked = ask_servers != REACH_NONE;
    authority->reach = ask_servers;
    authority->zone = dnssec_zone_of(lookup, domain, &authority->complete);
    asking.servers = arena_alloc(arena, AUTHORITY_SERVERS_MAX, sizeof *asking.servers);
    authority->servers = asking.servers;
    if (authority->asked)
        authority_parent_expect(lookup, domain);
    if (!authority->zone)
        return authority;
    authority->ns = lookup_find(lookup, authority->zone, TYPE_NS);
    authority->complete &= authority->ns != NULL;
    if (!authority->asked)
        return authority;
    authority->parent = authority_parent_build(lookup, arena, authority, ask_servers);
    if (!authority->ns)
        return authority;
    authority->reach = asking.reach = authority_reach(ask_servers, authority->ns);
    choose_services(&asking, srv);
    add_servers(&asking, authority->ns);
    add_parents_servers(&asking, &authority->parent);
    judge_interception(&asking);
    compare_servers(&asking);
    authority_ask_ttls(lookup, arena, authority);
    return authority;
}
