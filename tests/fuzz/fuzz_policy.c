/* The query policy against servers that do anything at any time: every question ends, within ten
 * seconds, with no more than a bounded number of sends. Two bytes are one happening: what, and at
 * which server; the upper bits are how much later. */
#include "net/live/query.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { SERVERS = 3, SENDS_MOST = 200, END_US = 10000000 };

struct world {
    struct query policy;
    bool open[SERVERS], connected, ended;
    int64_t now;
};

static void do_actions(struct world *world, const struct query_actions *actions)
{
    for (size_t i = 0; i < actions->count; i++) {
        unsigned server = actions->list[i].server;

        assert(!world->ended && server < SERVERS);
        switch (actions->list[i].kind) {
        case QUERY_SEND:
            world->open[server] = true;
            break;
        case QUERY_CLOSE:
            assert(world->open[server]);
            world->open[server] = false;
            break;
        case QUERY_CONNECT:
            assert(!world->connected);
            world->connected = true;
            break;
        case QUERY_HANG_UP:
            world->connected = false;
            break;
        case QUERY_KEEP:
            break;
        case QUERY_TAKE:
        case QUERY_TAKE_KEPT:
        case QUERY_GIVE_UP:
            world->ended = true;
            break;
        }
    }
}

static void step(struct world *world, const struct query_event *event)
{
    struct query_actions actions;

    query_step(&world->policy, event, world->now, &actions);
    do_actions(world, &actions);
    if (world->ended)
        return;
    assert(query_due(&world->policy) <= END_US);
    assert(world->policy.sends <= SENDS_MOST);
}

/* Lets the time pass until then, with every wake-up that is due. */
static void pass(struct world *world, int64_t until)
{
    static const struct query_event time = {.kind = QUERY_TIME};

    while (!world->ended && query_due(&world->policy) <= until) {
        if (query_due(&world->policy) > world->now)
            world->now = query_due(&world->policy);
        step(world, &time);
    }
    if (world->now < until)
        world->now = until;
}

/* What the bytes say, as far as it can happen now. */
static void happen(struct world *world, uint8_t what, uint8_t where)
{
    static const enum wire_verdict verdicts[] = {WIRE_REPLY, WIRE_MISMATCH, WIRE_TRUNCATED,
                                                 WIRE_WITHOUT_EDNS};
    static const enum outcome outcomes[] = {OUTCOME_SERVFAIL, OUTCOME_REFUSED, OUTCOME_MALFORMED,
                                            OUTCOME_NXDOMAIN};
    struct query_event event = {.server = where % SERVERS,
                                .tcp = what & 16,
                                .verdict = verdicts[what & 3],
                                .outcome = outcomes[what >> 2 & 3]};

    if (event.tcp && !world->connected)
        return;
    if (event.tcp)
        event.server = world->policy.target;
    else if (!world->open[event.server])
        return;
    if (event.tcp && event.verdict == WIRE_TRUNCATED)
        event.verdict = WIRE_REPLY;
    event.kind = QUERY_REPLY;
    if (what & 32)
        event.kind = !event.tcp ? QUERY_UNREACHABLE : what & 64 ? QUERY_CLOSED : QUERY_BROKEN;
    if (event.kind == QUERY_BROKEN || event.kind == QUERY_CLOSED)
        world->connected = false;
    step(world, &event);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const struct query_event start = {.kind = QUERY_START};
    struct health health[SERVERS] = {{0}}, *healths[SERVERS] = {&health[0], &health[1], &health[2]};
    struct query_limits limits;
    struct world world = {0};

    query_limits_init(&limits, 0, 0, length && bytes[0] & 128);
    query_init(&world.policy, &limits, healths, length ? bytes[0] % SERVERS + 1U : 1);
    step(&world, &start);
    for (size_t i = 1; i + 1 < length && !world.ended; i += 2) {
        pass(&world, world.now + (bytes[i + 1] >> 2) * 20000);
        if (!world.ended)
            happen(&world, bytes[i], bytes[i + 1]);
    }
    pass(&world, END_US);
    assert(world.ended);
    return 0;
}
