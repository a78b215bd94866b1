#include "unit/net/virtual.h"
#include "unit/check.h"

enum { EVENTS_MAX = 256, STEPS_MAX = 2000, END_MS = 60000 };

struct coming {
    int64_t at_us;
    struct query_event event;
    unsigned socket; /* which of the server's sockets in turn: closed ones hear nothing */
};

struct world {
    struct virtual_run *run;
    struct coming coming[EVENTS_MAX];
    size_t coming_count;
    unsigned socket[QUERY_SERVERS];
    bool open[QUERY_SERVERS];
    unsigned datagrams[QUERY_SERVERS];
    unsigned stream; /* connections so far */
    bool connected;
    int64_t now_us;
    bool ended;
    bool not_sent;
    struct query_event failure; /* when not_sent */
};

static void schedule(struct world *world, int64_t after_ms, struct query_event event)
{
    struct coming coming = {world->now_us + after_ms * 1000, event,
                            event.tcp ? world->stream : world->socket[event.server]};

    assert_in_range(world->coming_count, 0, EVENTS_MAX - 1);
    world->coming[world->coming_count++] = coming;
}

static struct query_event reply_event(unsigned server, bool tcp, enum wire_verdict verdict,
                                      enum outcome outcome)
{
    return (struct query_event){
        .kind = QUERY_REPLY, .server = server, .tcp = tcp, .verdict = verdict, .outcome = outcome};
}

static void answer_datagram(struct world *world, unsigned server, bool edns)
{
    const struct virtual_server *to = &world->run->servers[server];
    unsigned number = ++world->datagrams[server];
    int64_t after = to->slow_ms && number == 1 ? to->slow_ms : to->rtt_ms;
    enum wire_verdict verdict = to->cuts ? WIRE_TRUNCATED : WIRE_REPLY;

    if (!after || number <= to->lost ||
        (to->dead_from_ms && world->now_us >= to->dead_from_ms * 1000))
        return;
    if (to->unreachable) {
        schedule(world, after, (struct query_event){.kind = QUERY_UNREACHABLE, .server = server});
        return;
    }
    for (unsigned i = 0; i < to->forgeries; i++)
        schedule(world, after, reply_event(server, false, WIRE_MISMATCH, 0));
    if (to->no_edns && edns)
        verdict = WIRE_WITHOUT_EDNS;
    schedule(world, after, reply_event(server, false, verdict, to->outcome));
}

static void answer_stream(struct world *world, unsigned server)
{
    const struct virtual_server *to = &world->run->servers[server];
    int64_t after = to->rtt_ms ? 2 * to->rtt_ms : 1;
    bool served = to->stream == STREAM_CLOSED_SERVED;

    if (to->stream == STREAM_BROKEN)
        schedule(world, after,
                 (struct query_event){.kind = QUERY_BROKEN, .server = server, .tcp = true});
    if (to->stream == STREAM_CLOSED || (to->stream == STREAM_CLOSED_ONCE && world->stream == 1) ||
        (served && world->stream <= 3))
        schedule(world, after,
                 (struct query_event){
                     .kind = QUERY_CLOSED, .server = server, .tcp = true, .served = served});
    else if (to->stream != STREAM_SILENT && to->stream != STREAM_BROKEN && to->rtt_ms)
        schedule(world, after, reply_event(server, true, WIRE_REPLY, to->stream_outcome));
}

static bool lacks_descriptor(struct world *world, unsigned server)
{
    if (!world->run->without_descriptors)
        return false;
    world->run->without_descriptors--;
    world->not_sent = true;
    world->failure = (struct query_event){.kind = QUERY_NOT_SENT, .server = server};
    return true;
}

static const char *do_action(struct world *world, const struct query_action *action)
{
    unsigned server = action->server;

    switch (action->kind) {
    case QUERY_SEND:
        if (lacks_descriptor(world, server))
            return "nosend";
        world->socket[server] += !world->open[server];
        world->open[server] = true;
        answer_datagram(world, server, action->edns);
        return "send";
    case QUERY_CONNECT:
        assert_false(world->connected);
        if (lacks_descriptor(world, server))
            return "noconnect";
        world->stream++;
        world->connected = true;
        answer_stream(world, server);
        return "connect";
    case QUERY_CLOSE:
        assert_true(world->open[server]);
        world->open[server] = false;
        return "close";
    case QUERY_HANG_UP:
        world->connected = false;
        return "hangup";
    case QUERY_KEEP:
        return "keep";
    case QUERY_TAKE:
    case QUERY_TAKE_KEPT:
    case QUERY_GIVE_UP:
        world->ended = true;
        break;
    }
    if (action->kind == QUERY_GIVE_UP)
        return "giveup";
    return action->kind == QUERY_TAKE ? "take" : "kept";
}

static void step(struct world *world, const struct query_event *event)
{
    struct virtual_run *run = world->run;
    struct query_actions actions;

    query_step(&run->query, event, world->now_us, &actions);
    for (size_t i = 0; i < actions.count; i++) {
        const struct query_action *action = &actions.list[i];
        bool sends = action->kind == QUERY_SEND || action->kind == QUERY_CONNECT;
        const char *done = do_action(world, action);

        if (sends)
            assert_int_equal(i, actions.count - 1);
        text_format(&run->trace, "%s%lld %s", run->trace.length ? "; " : "",
                    (long long)(world->now_us / 1000), done);
        if (action->kind != QUERY_TAKE_KEPT && action->kind != QUERY_GIVE_UP)
            text_format(&run->trace, "%u%s", action->server, sends && !action->edns ? "-" : "");
    }
    if (world->not_sent) {
        world->not_sent = false;
        step(world, &world->failure);
    }
}

/* The next thing to come that is not past `due`; -1 when there is none. */
static int next_coming(const struct world *world, int64_t due)
{
    int next = -1;

    for (size_t i = 0; i < world->coming_count; i++)
        if (world->coming[i].at_us <= (next < 0 ? due : world->coming[next].at_us - 1))
            next = (int)i;
    return next;
}

static bool is_heard(const struct world *world, const struct coming *coming)
{
    if (coming->event.tcp)
        return world->connected && coming->socket == world->stream;
    return world->open[coming->event.server] &&
           coming->socket == world->socket[coming->event.server];
}

static void play_next(struct world *world)
{
    struct query_event time = {.kind = QUERY_TIME};
    int64_t due = query_due(&world->run->query);
    int next = next_coming(world, due);
    struct coming coming;

    if (next < 0) {
        assert_true(due >= world->now_us);
        world->now_us = due;
        step(world, &time);
        return;
    }
    coming = world->coming[next];
    for (size_t i = (size_t)next; i + 1 < world->coming_count; i++)
        world->coming[i] = world->coming[i + 1];
    world->coming_count--;
    world->now_us = coming.at_us;
    if (is_heard(world, &coming))
        step(world, &coming.event);
}

void virtual_ask(struct virtual_run *run)
{
    static const struct query_event start = {.kind = QUERY_START};
    struct world world = {.run = run};
    struct health unknown[QUERY_SERVERS] = {{0}};
    struct health *healths[QUERY_SERVERS];

    for (size_t i = 0; i < run->count; i++)
        healths[i] = run->health ? &run->health[i] : &unknown[i];
    if (!run->limits.tries)
        query_limits_init(&run->limits, 0, 0, false);
    query_init(&run->query, &run->limits, healths, run->count);
    step(&world, &start);
    for (unsigned i = 0; !world.ended; i++) {
        assert_in_range(i, 0, STEPS_MAX);
        play_next(&world);
    }
    run->ended_ms = world.now_us / 1000;
    assert_in_range(run->ended_ms, 0, END_MS);
}
