#include "net/live/query.h"

#include <assert.h>

enum { HOLD_US = 100000, LATE_DOUBLINGS = 2 };

static const int64_t second_us = 1000000;
static const int64_t default_windows[QUERY_WINDOWS] = {2000000, 3000000, 5000000};
static const int64_t default_total = 10000000;

void query_limits_init(struct query_limits *limits, unsigned timeout_ms, unsigned tries, bool tcp)
{
    limits->tries = tries ? tries : QUERY_WINDOWS;
    limits->tcp = tcp;
    limits->total_us = timeout_ms ? (int64_t)timeout_ms * 1000 * limits->tries : default_total;
    for (unsigned i = 0; i < QUERY_WINDOWS; i++)
        limits->window_us[i] = timeout_ms ? (int64_t)timeout_ms * 1000 : default_windows[i];
}

void query_init(struct query *query, const struct query_limits *limits,
                struct health *const *healths, size_t count)
{
    assert(count <= QUERY_SERVERS);
    *query = (struct query){.limits = *limits, .server_count = (unsigned)count};
    for (size_t i = 0; i < count; i++) {
        query->servers[i].health = healths[i];
        query->servers[i].plain = healths[i]->no_edns;
    }
}

static void enter(struct query *query, enum query_state state)
{
    static const bool legal[QUERY_DONE + 1][QUERY_DONE + 1] = {
        [QUERY_NEW] = {[QUERY_UDP] = true, [QUERY_TCP] = true, [QUERY_DONE] = true},
        [QUERY_UDP] = {[QUERY_UDP] = true, [QUERY_TCP] = true, [QUERY_DONE] = true},
        [QUERY_TCP] = {[QUERY_UDP] = true, [QUERY_TCP] = true, [QUERY_DONE] = true},
    };

    assert(legal[query->state][state]);
    query->state = state;
}

static void act(struct query_actions *actions, enum query_action_kind kind, unsigned server,
                bool edns)
{
    assert(actions->count < sizeof actions->list / sizeof *actions->list);
    actions->list[actions->count++] =
        (struct query_action){.kind = kind, .server = server, .edns = edns};
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t deadline(const struct query *query)
{
    return query->started + query->limits.total_us;
}

static int64_t window(const struct query *query, unsigned try)
{
    return query->limits.window_us[try < QUERY_WINDOWS ? try : QUERY_WINDOWS - 1];
}

static bool tcp_forced(const struct query *query)
{
    return query->limits.tcp || query->tcp_only;
}

/* The next server after `from` that has not failed, `from` itself when there is no other; -1 when
 * all have failed. */
static int server_after(const struct query *query, unsigned from)
{
    for (unsigned i = 1; i <= query->server_count; i++) {
        unsigned server = (from + i) % query->server_count;

        if (!query->servers[server].failed)
            return (int)server;
    }
    return -1;
}

static void send_datagram(struct query *query, unsigned server, int64_t now,
                          struct query_actions *actions)
{
    struct query_server *to = &query->servers[server];

    to->previous_sent = to->last_sent;
    to->last_sent = now;
    to->open = true;
    to->sent++;
    health_sent(to->health, now);
    query->sent++;
    query->sends++;
    query->target = server;
    query->held = false;
    enter(query, QUERY_UDP);
    act(actions, QUERY_SEND, server, !to->plain);
}

static void connect_to(struct query *query, unsigned server, int64_t now,
                       struct query_actions *actions)
{
    query->sends++;
    query->target = server;
    query->held = false;
    query->connected_at = now;
    health_sent(query->servers[server].health, now);
    enter(query, QUERY_TCP);
    act(actions, QUERY_CONNECT, server, !query->servers[server].plain);
}

static void ask(struct query *query, unsigned server, int64_t now, struct query_actions *actions)
{
    if (tcp_forced(query))
        connect_to(query, server, now, actions);
    else
        send_datagram(query, server, now, actions);
}

static void close_socket(struct query *query, unsigned server, struct query_actions *actions)
{
    if (query->servers[server].open)
        act(actions, QUERY_CLOSE, server, false);
    query->servers[server].open = false;
}

static void finish(struct query *query, enum query_reason reason, int64_t now,
                   struct query_actions *actions)
{
    query->reason = reason;
    for (unsigned i = 0; i < query->server_count && reason == QUERY_SILENT; i++)
        if (!query->servers[i].failed)
            health_gave_up(query->servers[i].health, query->started, now);
    enter(query, QUERY_DONE);
    act(actions, query->kept ? QUERY_TAKE_KEPT : QUERY_GIVE_UP, query->target, false);
}

static void begin_window(struct query *query, int64_t now)
{
    query->try_ends = now + window(query, query->try);
}

/* The server is of no use any more. Was it the one asked last, the next one is asked at once. */
static void fail_server(struct query *query, unsigned server, int64_t now,
                        struct query_actions *actions)
{
    int next;

    query->servers[server].failed = true;
    close_socket(query, server, actions);
    next = server_after(query, server);
    if (next < 0) {
        finish(query, QUERY_ALL_FAILED, now, actions);
    } else if (server == query->target) {
        begin_window(query, now);
        ask(query, (unsigned)next, now, actions);
    }
}

static void keep(struct query *query, const struct query_event *event,
                 struct query_actions *actions)
{
    if (query->kept && query->kept_outcome <= event->outcome)
        return;
    query->kept = true;
    query->kept_outcome = event->outcome;
    act(actions, QUERY_KEEP, event->server, false);
}

static void take_reply(struct query *query, const struct query_event *event, int64_t now,
                       struct query_actions *actions)
{
    if (!outcome_is_temporary(event->outcome)) {
        enter(query, QUERY_DONE);
        act(actions, QUERY_TAKE, event->server, false);
        return;
    }
    keep(query, event, actions);
    if (event->tcp)
        act(actions, QUERY_HANG_UP, event->server, false);
    fail_server(query, event->server, now, actions);
}

/* Forged, duplicated or misdirected: dropped and counted; too many make UDP unfit for this
 * question. */
static void drop_reply(struct query *query, const struct query_event *event, int64_t now,
                       struct query_actions *actions)
{
    query->unmatched++;
    if (event->tcp) {
        act(actions, QUERY_HANG_UP, event->server, false);
        fail_server(query, event->server, now, actions);
        return;
    }
    if (query->tcp_only || query->unmatched < QUERY_UNMATCHED_MOST)
        return;
    query->tcp_only = true;
    for (unsigned i = 0; i < query->server_count; i++)
        close_socket(query, i, actions);
    if (query->state == QUERY_UDP) {
        begin_window(query, now);
        connect_to(query, event->server, now, actions);
    }
}

static void follow_truncation(struct query *query, const struct query_event *event, int64_t now,
                              struct query_actions *actions)
{
    close_socket(query, event->server, actions);
    if (query->state != QUERY_UDP)
        return;
    query->try_ends = now + window(query, QUERY_WINDOWS - 1);
    connect_to(query, event->server, now, actions);
}

static void fall_back_to_plain(struct query *query, const struct query_event *event, int64_t now,
                               struct query_actions *actions)
{
    struct query_server *server = &query->servers[event->server];

    server->plain = true;
    server->health->no_edns = true;
    if (event->tcp) {
        act(actions, QUERY_HANG_UP, event->server, false);
        connect_to(query, event->server, now, actions);
        return;
    }
    close_socket(query, event->server, actions);
    if (query->state == QUERY_UDP)
        send_datagram(query, event->server, now, actions);
}

/* A reply sooner after the last send than half a round trip answers the send before it. */
static int64_t round_trip(const struct query *query, const struct query_event *event, int64_t now)
{
    const struct query_server *server = &query->servers[event->server];

    if (event->tcp)
        return now - query->connected_at;
    if (server->sent > 1 && now - server->last_sent < server->health->rtt_us / 2)
        return now - server->previous_sent;
    return now - server->last_sent;
}

static void on_reply(struct query *query, const struct query_event *event, int64_t now,
                     struct query_actions *actions)
{
    struct query_server *server = &query->servers[event->server];

    assert(event->tcp ? query->state == QUERY_TCP && event->server == query->target : server->open);
    if (event->verdict == WIRE_MISMATCH || (event->verdict == WIRE_WITHOUT_EDNS && server->plain)) {
        drop_reply(query, event, now, actions);
        return;
    }
    query->rtt_us = round_trip(query, event, now);
    if (event->tcp)
        health_heard(server->health);
    else
        health_answered(server->health, query->rtt_us);
    if (event->verdict == WIRE_TRUNCATED)
        follow_truncation(query, event, now, actions);
    else if (event->verdict == WIRE_WITHOUT_EDNS)
        fall_back_to_plain(query, event, now, actions);
    else
        take_reply(query, event, now, actions);
}

static int64_t resend_time(const struct query *query)
{
    const struct query_server *target = &query->servers[query->target];
    int64_t patience = health_patience(target->health), early = target->last_sent + patience;
    int64_t pause = second_us << (query->late < LATE_DOUBLINGS ? query->late : LATE_DOUBLINGS);

    if (query->sent < QUERY_SENDS_EARLY && early < query->started + second_us &&
        !target->health->busy)
        return early;
    return target->last_sent + (patience > pause ? patience : pause);
}

static void send_again(struct query *query, int64_t now, struct query_actions *actions)
{
    struct query_server *target = &query->servers[query->target];
    bool same = health_is_proven(target->health) && target->sent % 2 == 1;

    query->late += now >= query->started + second_us;
    health_unanswered(target->health);
    send_datagram(query, same ? query->target : (unsigned)server_after(query, query->target), now,
                  actions);
}

/* A connection that took too long after a cut answer costs the server its turn. */
static void leave_connection(struct query *query, int64_t now, struct query_actions *actions)
{
    act(actions, QUERY_HANG_UP, query->target, false);
    if (!tcp_forced(query)) {
        query->servers[query->target].failed = true;
        close_socket(query, query->target, actions);
    }
    if (server_after(query, query->target) < 0)
        finish(query, QUERY_SILENT, now, actions);
    else
        ask(query, (unsigned)server_after(query, query->target), now, actions);
}

static void begin_try(struct query *query, int64_t now, struct query_actions *actions)
{
    if (query->kept || ++query->try >= query->limits.tries) {
        finish(query, QUERY_SILENT, now, actions);
        return;
    }
    begin_window(query, now);
    if (query->state == QUERY_TCP)
        leave_connection(query, now, actions);
    else if (query->sent < QUERY_SENDS_EARLY && now < query->started + second_us)
        send_again(query, now, actions);
}

static void send_held(struct query *query, int64_t now, struct query_actions *actions)
{
    if (query->state == QUERY_TCP)
        connect_to(query, query->target, now, actions);
    else
        send_datagram(query, query->target, now, actions);
}

static void on_time(struct query *query, int64_t now, struct query_actions *actions)
{
    if (now >= deadline(query)) {
        finish(query, query->held ? QUERY_NO_DESCRIPTOR : QUERY_SILENT, now, actions);
    } else if (query->held) {
        if (now >= query->held_until)
            send_held(query, now, actions);
    } else if (now >= query->try_ends) {
        begin_try(query, now, actions);
    } else if (query->state == QUERY_UDP && now >= resend_time(query)) {
        send_again(query, now, actions);
    }
}

static void on_start(struct query *query, int64_t now, struct query_actions *actions)
{
    query->started = now;
    begin_window(query, now);
    if (query->server_count)
        ask(query, 0, now, actions);
    else
        finish(query, QUERY_NO_SERVER, now, actions);
}

/* The send is taken back, to be done again a little later. */
static void on_not_sent(struct query *query, int64_t now)
{
    struct query_server *target = &query->servers[query->target];

    query->sends--;
    query->held = true;
    query->held_until = now + HOLD_US;
    if (query->state == QUERY_TCP)
        return;
    target->sent--;
    target->last_sent = target->previous_sent;
    target->open = target->sent > 0;
    query->sent--;
}

/* A busy server closes connections it may well take later. */
static void reconnect(struct query *query, const struct query_event *event, int64_t now,
                      struct query_actions *actions)
{
    query->reconnected |= !event->served;
    connect_to(query, event->server, now, actions);
}

void query_step(struct query *query, const struct query_event *event, int64_t now,
                struct query_actions *actions)
{
    actions->count = 0;
    assert((query->state == QUERY_NEW) == (event->kind == QUERY_START));
    assert(query->state != QUERY_DONE);
    assert(event->server < QUERY_SERVERS);
    switch (event->kind) {
    case QUERY_START:
        on_start(query, now, actions);
        break;
    case QUERY_TIME:
        on_time(query, now, actions);
        break;
    case QUERY_REPLY:
        on_reply(query, event, now, actions);
        break;
    case QUERY_UNREACHABLE:
        health_unanswered(query->servers[event->server].health);
        fail_server(query, event->server, now, actions);
        break;
    case QUERY_BROKEN:
    case QUERY_CLOSED:
        act(actions, QUERY_HANG_UP, event->server, false);
        if (event->kind == QUERY_CLOSED && (event->served || !query->reconnected))
            reconnect(query, event, now, actions);
        else
            fail_server(query, event->server, now, actions);
        break;
    case QUERY_NOT_SENT:
        on_not_sent(query, now);
        break;
    }
}

bool query_is_overdue(const struct query *query, int64_t now)
{
    const struct query_server *target = &query->servers[query->target];

    return query->state == QUERY_UDP && now >= target->last_sent + health_patience(target->health);
}

int64_t query_due(const struct query *query)
{
    int64_t due = deadline(query);

    if (query->held)
        return earlier(due, query->held_until);
    due = earlier(due, query->try_ends);
    if (query->state == QUERY_UDP)
        due = earlier(due, resend_time(query));
    return due;
}
