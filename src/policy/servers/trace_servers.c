#include "policy/servers/trace_walk.h"

#include "base/message.h"
#include "dns/formats/reply_why.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/exchanges.h"

#include <stdlib.h>
#include <string.h>

/* ---- who they are ---- */

static void add(struct trace_step *step, struct trace_server *servers,
                const struct trace_server *server)
{
    if (step->count == TRACE_SERVERS_MAX)
        step->left_out++;
    else
        servers[step->count++] = *server;
}

void trace_list_hints(struct trace_walk *walk, struct trace_step *step)
{
    struct trace_server *servers = arena_alloc(walk->arena, TRACE_SERVERS_MAX, sizeof *servers);

    step->servers = servers;
    for (size_t i = 0; i < walk->view->hints.count; i++) {
        const struct trace_hint *hint = &walk->view->hints.list[i];
        add(step, servers,
            &(struct trace_server){
                .name = hint->name, .address = hint->address, .origin = TRACE_BY_HINT});
    }
}

static int compare_names(const void *a, const void *b)
{
    return name_compare(*(const char *const *)a, *(const char *const *)b);
}

/* Their names, each once. */
static const char **list_names(struct arena *arena, const struct trace_names *names, size_t *count)
{
    const char **list = arena_alloc(arena, names->ns->count + 1, sizeof *list);
    size_t kept = 0;

    *count = 0;
    for (size_t i = 0; i < names->ns->count; i++) {
        const struct record *record = &names->ns->records[i];
        if (record->type == TYPE_NS && strcmp(record->owner, names->owner) == 0)
            list[(*count)++] = record->target;
    }
    qsort(list, *count, sizeof *list, compare_names);
    for (size_t i = 0; i < *count; i++)
        if (!i || strcmp(list[i], list[kept - 1]) != 0)
            list[kept++] = list[i];
    *count = kept;
    return list;
}

/* Is what the reply says of the host worth more than a rumour? Whoever is asked may speak of its
 * own zone only. */
static bool is_glue(const struct record *record, const char *host, const struct trace_names *names)
{
    return (record->type == TYPE_A || record->type == TYPE_AAAA) &&
           strcmp(record->owner, host) == 0 && names->by && name_is_within(host, names->by);
}

static bool add_glue(struct trace_step *step, struct trace_server *servers, const char *host,
                     const struct trace_names *names)
{
    const struct section *additional = &names->reply->additional;
    bool any = false;

    for (size_t i = 0; i < additional->count; i++) {
        const struct record *record = &additional->records[i];
        if (!is_glue(record, host, names))
            continue;
        add(step, servers,
            &(struct trace_server){
                .name = host, .address = record->address, .origin = TRACE_BY_GLUE});
        any = true;
    }
    return any;
}

static struct trace_server without_glue(struct trace_walk *walk, const char *host,
                                        const struct trace_names *names)
{
    return (struct trace_server){
        .name = host,
        .state = TRACE_NO_GLUE,
        .why = arena_format(walk->arena, tr("is within %s, and the referral has no address of it"),
                            name_shown(walk->arena, names->owner)),
    };
}

/* Why it has no address. */
static struct trace_server without_address(struct trace_walk *walk, const char *host,
                                           struct host_addresses replies)
{
    const struct reply *failed = exchange_host_failure(replies);
    struct trace_server server = {.name = host, .origin = TRACE_BY_LOOKUP};

    if (!replies.a || !replies.aaaa)
        return server;
    server.state = failed ? TRACE_NOT_KNOWN : TRACE_NO_ADDRESS;
    server.why = failed ? reply_failure(walk->arena, failed) : tr("has no address");
    return server;
}

static void add_looked_up(struct trace_walk *walk, struct trace_step *step,
                          struct trace_server *servers, const char *host)
{
    struct host_addresses replies = lookup_addresses(walk->lookup, host);
    struct trace_server none;
    size_t count;
    const struct address *addresses = exchange_host_addresses(walk->arena, replies, &count);

    walk->trace->complete &= replies.a && replies.aaaa;
    for (size_t i = 0; i < count; i++)
        add(step, servers,
            &(struct trace_server){
                .name = host, .address = addresses[i], .origin = TRACE_BY_LOOKUP});
    none = without_address(walk, host, replies);
    if (!count)
        add(step, servers, &none);
}

void trace_list_servers(struct trace_walk *walk, struct trace_step *step,
                        const struct trace_names *names)
{
    struct trace_server *servers = arena_alloc(walk->arena, TRACE_SERVERS_MAX, sizeof *servers);
    size_t count;
    const char **list = list_names(walk->arena, names, &count);

    step->servers = servers;
    for (size_t i = 0; i < count && i < 2 * TRACE_SERVERS_MAX; i++) {
        struct trace_server none;
        if (add_glue(step, servers, list[i], names))
            continue;
        none = without_glue(walk, list[i], names);
        if (names->glue_needed && name_is_within(list[i], names->owner))
            add(step, servers, &none);
        else
            add_looked_up(walk, step, servers, list[i]);
    }
}

/* ---- asking them ---- */

enum { AT_ONCE = 2, TRIES_MAX = 6 };

/* Servers of half the world: nobody is there to mend them, and they have enough to do. */
static bool is_of_a_registry(const char *zone)
{
    return name_labels(zone) <= 1 || (name_is_within(zone, "arpa.") && name_labels(zone) == 2);
}

struct count {
    size_t open, tried;
    bool good;
};

static bool is_spared(const struct trace_step *step, const struct count *count)
{
    return is_of_a_registry(step->zone) &&
           (count->good || count->open == AT_ONCE || count->tried == TRIES_MAX);
}

/* "private address (RFC 1918)" */
static const char *why_out_of_reach(const struct address *address)
{
    enum address_kind inner = address_inner_kind(address);

    return address_kind_text(inner == ADDRESS_GLOBAL ? address_kind(address) : inner);
}

static void ask(struct trace_walk *walk, struct trace_step *step, struct trace_server *server)
{
    bool chosen = server->origin == TRACE_BY_HINT && walk->view->hints_given;

    if (!chosen && !server_reach_has(walk->reach, &server->address)) {
        server->state = TRACE_NOT_ASKED;
        server->why = why_out_of_reach(&server->address);
        return;
    }
    server->reply = trace_ask(walk, &server->address, walk->view->name, walk->view->type);
    trace_judge(walk->arena, walk->view, step->zone, server);
}

/* It may have been asked with others before one of them answered. */
static void spare(struct trace_walk *walk, struct trace_step *step, struct trace_server *server)
{
    struct question question = {.name = walk->view->name,
                                .type = walk->view->type,
                                .flags = QUESTION_NO_RECURSION,
                                .server = server->address};

    server->reply = answers_find(walk->lookup->answers, &question);
    if (server->reply)
        trace_judge(walk->arena, walk->view, step->zone, server);
    else
        server->state = TRACE_SPARED;
}

void trace_ask_servers(struct trace_walk *walk, struct trace_step *step)
{
    struct trace_server *servers = (struct trace_server *)step->servers;
    struct count count = {0};

    for (size_t i = 0; i < step->count; i++) {
        struct trace_server *server = &servers[i];
        if (!server->address.family)
            continue;
        if (is_spared(step, &count)) {
            spare(walk, step, server);
            continue;
        }
        ask(walk, step, server);
        count.open += server->state == TRACE_PENDING;
        count.tried += server->reply != NULL;
        if (!count.good && trace_state_is_good(server->state)) {
            count.good = true;
            step->first = server;
        }
    }
}
