#include "policy/servers/authority.h"

#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/authority_parent.h"
#include "policy/servers/dnssec.h"
#include "policy/servers/exchanges.h"
#include "policy/servers/record_set.h"

#include <stdlib.h>
#include <string.h>

static const char *const states[] = {
    [AUTHORITY_PENDING] = "waiting", [AUTHORITY_OK] = "ok",
    [AUTHORITY_LAME] = "lame",       [AUTHORITY_REFUSED] = "refuses",
    [AUTHORITY_SILENT] = "silent",   [AUTHORITY_NOWHERE] = "not asked",
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
        return states[server->state];
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

enum server_reach authority_reach(enum server_reach reach, const struct reply *ns)
{
    struct address from;

    return ns->aa && reply_from_address(ns, &from) ? server_reach_within(reach, &from) : reach;
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
    server->why = "not answered yet";
    if (!soa)
        return;
    server->state = soa->outcome == OUTCOME_TIMEOUT     ? AUTHORITY_SILENT
                    : soa->outcome == OUTCOME_NOT_ASKED ? AUTHORITY_NOWHERE
                                                        : AUTHORITY_FAILED;
    server->why = soa->why ? arena_format(arena, "%s: %s", outcome_word(soa->outcome), soa->why)
                           : outcome_word(soa->outcome);
    if (soa->outcome == OUTCOME_TIMEOUT || soa->outcome >= OUTCOME_MALFORMED)
        return;
    server->state = AUTHORITY_REFUSED;
    server->why = "refuses to answer";
    if (soa->outcome == OUTCOME_REFUSED && soa->rcode != RCODE_NOERROR)
        return;
    server->state = AUTHORITY_LAME;
    server->why = arena_format(arena, "does not answer for %s: %s", name_shown(arena, zone),
                               soa->outcome == OUTCOME_SERVFAIL ? "SERVFAIL"
                               : soa->aa                        ? "it has no SOA of it"
                                                                : "without authority (no AA)");
    if (soa->outcome != OUTCOME_ANSWERED || !soa->aa)
        return;
    server->state = AUTHORITY_OK;
    server->why = "answers with authority";
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
                     authority_could_be_asked(server) ? "not queried: %s"
                                                      : "not queried: no server can be at a %s",
                     kind);
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
    judge(server, zone, asking->arena);
}

/* ---- all servers ---- */

static void add_server(struct asking *asking, const char *name, const struct address *address)
{
    struct authority *authority = asking->authority;

    if (authority->count == AUTHORITY_SERVERS_MAX) {
        authority->left_out++;
        return;
    }
    asking->servers[authority->count].name = name;
    asking->servers[authority->count].address = *address;
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

static void add_servers(struct asking *asking, const struct reply *ns)
{
    const char **targets = sorted_targets(asking->arena, ns);

    for (size_t i = 0; i < ns->record_count && i < 2 * AUTHORITY_SERVERS_MAX; i++) {
        struct host_addresses replies = lookup_addresses(asking->lookup, targets[i]);
        const struct address *addresses;
        size_t count;

        asking->authority->complete &= replies.a && replies.aaaa;
        addresses = host_address_list(asking->arena, replies, &count);
        for (size_t k = 0; k < count; k++)
            add_server(asking, targets[i], &addresses[k]);
    }
}

/* ---- differences ---- */

static bool can_compare(const struct reply *reply)
{
    return reply && reply->aa && !outcome_is_temporary(reply->outcome);
}

static bool differs(struct arena *arena, const struct reply *reference, const struct reply *reply)
{
    return can_compare(reference) && can_compare(reply) &&
           !record_sets_equal(arena, reference, reply);
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
        server->mx_differs = differs(asking->arena, reference->mx, server->mx);
        server->ns_differs = differs(asking->arena, reference->ns, server->ns);
        server->txt_differs = differs(asking->arena, reference->txt, server->txt);
    }
}

struct authority *authority_build(const struct lookup *lookup, struct arena *arena,
                                  const char *domain, enum server_reach ask_servers)
{
    struct authority *authority = arena_alloc(arena, 1, sizeof *authority);
    struct asking asking = {lookup, arena, authority, domain, ask_servers, NULL};

    authority->asked = ask_servers != REACH_NONE;
    authority->zone = zone_of(lookup, domain, &authority->complete);
    asking.servers = arena_alloc(arena, AUTHORITY_SERVERS_MAX, sizeof *asking.servers);
    authority->servers = asking.servers;
    if (!authority->zone)
        return authority;
    authority->ns = lookup_find(lookup, authority->zone, TYPE_NS);
    authority->complete &= authority->ns != NULL;
    if (!authority->asked || !authority->ns)
        return authority;
    asking.reach = authority_reach(ask_servers, authority->ns);
    add_servers(&asking, authority->ns);
    compare_servers(&asking);
    authority->parent = authority_parent_build(lookup, arena, authority, ask_servers);
    return authority;
}
