#include "policy/servers/authority_parent.h"

#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/authority_reach.h"
#include "policy/servers/dnssec.h"
#include "policy/servers/exchanges.h"

#include <string.h>

/* How many addresses of the parent's servers are tried until one answers. */
enum { PARENT_TRIES = 3 };

struct asking {
    const struct lookup *lookup;
    struct arena *arena;
    struct authority *authority;
    enum server_reach reach;
    struct authority_parent parent;
    unsigned tries;
};

/* True when this address has answered or is being waited for. */
static bool ask_address(struct asking *asking, const char *server, const struct address *address)
{
    struct question question = {.name = asking->authority->zone,
                                .type = TYPE_NS,
                                .flags = QUESTION_NO_RECURSION,
                                .server = *address};
    const struct reply *reply;

    if (!server_reach_has(asking->reach, address))
        return false;
    asking->tries++;
    reply = lookup_question(asking->lookup, &question);
    asking->parent.server = server;
    asking->parent.address = *address;
    asking->parent.ns = reply;
    if (!reply)
        asking->authority->complete = false;
    return !reply || !outcome_is_temporary(reply->outcome) || reply->authority.count > 0;
}

static bool ask_server(struct asking *asking, const char *server)
{
    struct host_addresses replies = lookup_addresses(asking->lookup, server);
    const struct address *addresses;
    size_t count;

    addresses = exchange_host_addresses(asking->arena, replies, &count);
    if (count == 0 && (!replies.a || !replies.aaaa)) {
        asking->authority->complete = false;
        return true;
    }
    for (size_t i = 0; i < count && asking->tries < PARENT_TRIES; i++)
        if (ask_address(asking, server, &addresses[i]))
            return true;
    return false;
}

/* The addresses of all that may come to be asked are looked up at once. */
static void ask_servers(struct asking *asking, const struct reply *servers)
{
    for (size_t i = 0; i < servers->record_count && i < PARENT_TRIES; i++)
        lookup_addresses(asking->lookup, servers->records[i]->target);
    for (size_t i = 0; i < servers->record_count && asking->tries < PARENT_TRIES; i++)
        if (ask_server(asking, servers->records[i]->target))
            return;
}

static void ask_files(struct asking *asking)
{
    struct question question = {
        .name = asking->authority->zone, .type = TYPE_NS, .flags = QUESTION_NO_RECURSION};

    asking->parent.ns = lookup_question(asking->lookup, &question);
    asking->authority->complete &= asking->parent.ns != NULL;
}

/* ---- the two sets ---- */

struct names {
    const char **names;
    size_t count;
};

static void add_owned(struct names *names, const struct section *section, const char *owner)
{
    for (size_t i = 0; i < section->count; i++)
        if (section->records[i].type == TYPE_NS && strcmp(section->records[i].owner, owner) == 0)
            names->names[names->count++] = section->records[i].target;
}

/* A referral has its NS in the authority section; a server of both zones answers. */
static struct names delegated(struct arena *arena, const struct reply *reply, const char *zone)
{
    struct names names = {0};

    names.names =
        arena_alloc(arena, reply->answer.count + reply->authority.count + 1, sizeof *names.names);
    add_owned(&names, &reply->answer, zone);
    if (names.count == 0)
        add_owned(&names, &reply->authority, zone);
    return names;
}

static bool has_name(struct names names, const char *name)
{
    for (size_t i = 0; i < names.count; i++)
        if (strcmp(names.names[i], name) == 0)
            return true;
    return false;
}

static const char **missing_from(struct arena *arena, struct names whole, struct names part,
                                 size_t *count)
{
    const char **missing = arena_alloc(arena, whole.count + 1, sizeof *missing);

    for (size_t i = 0; i < whole.count; i++)
        if (!has_name(part, whole.names[i]))
            missing[(*count)++] = whole.names[i];
    return missing;
}

/* ---- glue ---- */

/* The zone has the word (RFC 2181 5.4.1): does it say otherwise of the family? */
static bool zone_differs(struct asking *asking, const struct record *glue)
{
    const struct reply *reply = lookup_find(asking->lookup, glue->owner, glue->type);

    asking->authority->complete &= reply != NULL;
    return reply && reply->outcome == OUTCOME_ANSWERED && !reply_address(reply, &glue->address);
}

enum { GLUE_MAX = 64 };

static void read_glue(struct asking *asking, struct names servers)
{
    const struct section *section = &asking->parent.ns->additional;
    struct authority_glue *glue = arena_alloc(asking->arena, GLUE_MAX, sizeof *glue);
    struct authority_parent *parent = &asking->parent;

    parent->glue = glue;
    for (size_t i = 0; i < section->count && parent->glue_count < GLUE_MAX; i++) {
        const struct record *record = &section->records[i];

        if ((record->type != TYPE_A && record->type != TYPE_AAAA) ||
            !has_name(servers, record->owner))
            continue;
        glue[parent->glue_count] =
            (struct authority_glue){record->owner, record->address, zone_differs(asking, record)};
        parent->glue_differs += glue[parent->glue_count++].differs;
    }
}

static void compare(struct asking *asking, const struct reply *child)
{
    struct authority_parent *parent = &asking->parent;
    struct names above, below;

    if (!parent->ns || !child || child->outcome != OUTCOME_ANSWERED)
        return;
    above = delegated(asking->arena, parent->ns, asking->authority->zone);
    below = delegated(asking->arena, child, asking->authority->zone);
    if (above.count == 0 || above.count > 512 || below.count > 512)
        return;
    parent->known = true;
    read_glue(asking, above);
    parent->only_parent = missing_from(asking->arena, above, below, &parent->only_parent_count);
    parent->only_child = missing_from(asking->arena, below, above, &parent->only_child_count);
}

/* Of the zone that the name above `zone` is in, which is nearly always that name: its NS are wanted
 * along with the SOA that tells. */
static const struct reply *find_servers(struct asking *asking, const char *zone)
{
    const char *above = name_parent(zone);
    const struct reply *servers = lookup_find(asking->lookup, above, TYPE_NS);
    bool known;

    asking->parent.zone = dnssec_zone_of(asking->lookup, above, &known);
    asking->authority->complete &= known;
    if (!asking->parent.zone)
        return NULL;
    if (strcmp(asking->parent.zone, above) != 0)
        servers = lookup_find(asking->lookup, asking->parent.zone, TYPE_NS);
    asking->authority->complete &= servers != NULL;
    return servers;
}

void authority_parent_expect(const struct lookup *lookup, const char *domain)
{
    if (name_is_root(domain))
        return;
    lookup_find(lookup, name_parent(domain), TYPE_SOA);
    lookup_find(lookup, name_parent(domain), TYPE_NS);
}

struct authority_parent authority_parent_build(const struct lookup *lookup, struct arena *arena,
                                               struct authority *authority, enum server_reach reach)
{
    struct asking asking = {
        .lookup = lookup, .arena = arena, .authority = authority, .reach = reach};
    const struct reply *servers;

    if (name_is_root(authority->zone))
        return asking.parent;
    servers = find_servers(&asking, authority->zone);
    if (servers && reach == REACH_NONE) {
        ask_files(&asking);
    } else if (servers) {
        asking.reach = authority_reach(reach, servers);
        ask_servers(&asking, servers);
    }
    if (asking.parent.zone)
        compare(&asking, authority->ns);
    return asking.parent;
}
