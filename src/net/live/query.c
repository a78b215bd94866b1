#include "net/live/query.h"

#include <assert.h>

enum { HOLD_US = 100000, LATE_DOUBLINGS = 2 };

static const int64_t second_us = 1000000;
static const int64_t default_windows[POLICY_WINDOWS] = {2000000, 3000000, 5000000};
static const int64_t default_total = 10000000;

void policy_limits_init(struct policy_limits *limits, unsigned timeout_ms, unsigned tries, bool tcp)
{
    limits->tries = tries ? tries : POLICY_WINDOWS;
    limits->tcp = tcp;
    limits->total_us = timeout_ms ? (int64_t)timeout_ms * 1000 * limits->tries : default_total;
    for (unsigned i = 0; i < POLICY_WINDOWS; i++)
        limits->window_us[i] = timeout_ms ? (int64_t)timeout_ms * 1000 : default_windows[i];
}

void policy_init(struct policy *policy, const struct policy_limits *limits,
                 struct health *const *healths, size_t count)
{
    assert(count <= POLICY_SERVERS);
    *policy = (struct policy){.limits = *limits, .server_count = (unsigned)count};
    for (size_t i = 0; i < count; i++) {
        policy->servers[i].health = healths[i];
        policy->servers[i].plain = healths[i]->no_edns;
    }
}

static void enter(struct policy *policy, enum policy_state state)
{
    static const bool legal[POLICY_DONE + 1][POLICY_DONE + 1] = {
        [POLICY_NEW] = {[POLICY_UDP] = true, [POLICY_TCP] = true, [POLICY_DONE] = true},
        [POLICY_UDP] = {[POLICY_UDP] = true, [POLICY_TCP] = true, [POLICY_DONE] = true},
        [POLICY_TCP] = {[POLICY_UDP] = true, [POLICY_TCP] = true, [POLICY_DONE] = true},
    };

    assert(legal[policy->state][state]);
    policy->state = state;
}

static void act(struct policy_actions *actions, enum policy_action_kind kind, unsigned server,
                bool edns)
{
    assert(actions->count < sizeof actions->list / sizeof *actions->list);
    actions->list[actions->count++] =
        (struct policy_action){.kind = kind, .server = server, .edns = edns};
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t deadline(const struct policy *policy)
{
    return policy->started + policy->limits.total_us;
}

static int64_t window(const struct policy *policy, unsigned try)
{
    return policy->limits.window_us[try < POLICY_WINDOWS ? try : POLICY_WINDOWS - 1];
}

static bool tcp_forced(const struct policy *policy)
{
    return policy->limits.tcp || policy->tcp_only;
}

/* The next server after `from` that has not failed, `from` itself when there is no other; -1 when
 * all have failed. */
static int server_after(const struct policy *policy, unsigned from)
{
    for (unsigned i = 1; i <= policy->server_count; i++) {
        unsigned server = (from + i) % policy->server_count;

        if (!policy->servers[server].failed)
            return (int)server;
    }
    return -1;
}

static void send_datagram(struct policy *policy, unsigned server, int64_t now,
                          struct policy_actions *actions)
{
    struct policy_server *to = &policy->servers[server];

    to->previous_sent = to->last_sent;
    to->last_sent = now;
    to->open = true;
    to->sent++;
    policy->sent++;
    policy->sends++;
    policy->target = server;
    policy->held = false;
    enter(policy, POLICY_UDP);
    act(actions, POLICY_SEND, server, !to->plain);
}

static void connect_to(struct policy *policy, unsigned server, int64_t now,
                       struct policy_actions *actions)
{
    policy->sends++;
    policy->target = server;
    policy->held = false;
    policy->connected_at = now;
    enter(policy, POLICY_TCP);
    act(actions, POLICY_CONNECT, server, !policy->servers[server].plain);
}

static void ask(struct policy *policy, unsigned server, int64_t now, struct policy_actions *actions)
{
    if (tcp_forced(policy))
        connect_to(policy, server, now, actions);
    else
        send_datagram(policy, server, now, actions);
}

static void close_socket(struct policy *policy, unsigned server, struct policy_actions *actions)
{
    if (policy->servers[server].open)
        act(actions, POLICY_CLOSE, server, false);
    policy->servers[server].open = false;
}

static void finish(struct policy *policy, enum policy_reason reason, struct policy_actions *actions)
{
    policy->reason = reason;
    for (unsigned i = 0; i < policy->server_count && reason == POLICY_SILENT; i++)
        policy->servers[i].health->dead |= !policy->servers[i].failed;
    enter(policy, POLICY_DONE);
    act(actions, policy->kept ? POLICY_TAKE_KEPT : POLICY_GIVE_UP, policy->target, false);
}

static void begin_window(struct policy *policy, int64_t now)
{
    policy->try_ends = now + window(policy, policy->try);
}

/* The server is of no use any more. Was it the one asked last, the next one is asked at once. */
static void fail_server(struct policy *policy, unsigned server, int64_t now,
                        struct policy_actions *actions)
{
    int next;

    policy->servers[server].failed = true;
    close_socket(policy, server, actions);
    next = server_after(policy, server);
    if (next < 0) {
        finish(policy, POLICY_ALL_FAILED, actions);
    } else if (server == policy->target) {
        begin_window(policy, now);
        ask(policy, (unsigned)next, now, actions);
    }
}

static void keep(struct policy *policy, const struct policy_event *event,
                 struct policy_actions *actions)
{
    if (policy->kept && policy->kept_outcome <= event->outcome)
        return;
    policy->kept = true;
    policy->kept_outcome = event->outcome;
    act(actions, POLICY_KEEP, event->server, false);
}

static void take_reply(struct policy *policy, const struct policy_event *event, int64_t now,
                       struct policy_actions *actions)
{
    if (!outcome_is_temporary(event->outcome)) {
        enter(policy, POLICY_DONE);
        act(actions, POLICY_TAKE, event->server, false);
        return;
    }
    keep(policy, event, actions);
    if (event->tcp)
        act(actions, POLICY_HANG_UP, event->server, false);
    fail_server(policy, event->server, now, actions);
}

/* Forged, duplicated or misdirected: dropped and counted; too many make UDP unfit for this
 * question. */
static void drop_reply(struct policy *policy, const struct policy_event *event, int64_t now,
                       struct policy_actions *actions)
{
    policy->unmatched++;
    if (event->tcp) {
        act(actions, POLICY_HANG_UP, event->server, false);
        fail_server(policy, event->server, now, actions);
        return;
    }
    if (policy->tcp_only || policy->unmatched < POLICY_UNMATCHED_MOST)
        return;
    policy->tcp_only = true;
    for (unsigned i = 0; i < policy->server_count; i++)
        close_socket(policy, i, actions);
    if (policy->state == POLICY_UDP) {
        begin_window(policy, now);
        connect_to(policy, event->server, now, actions);
    }
}

static void follow_truncation(struct policy *policy, const struct policy_event *event, int64_t now,
                              struct policy_actions *actions)
{
    close_socket(policy, event->server, actions);
    if (policy->state != POLICY_UDP)
        return;
    policy->try_ends = now + window(policy, POLICY_WINDOWS - 1);
    connect_to(policy, event->server, now, actions);
}

static void fall_back_to_plain(struct policy *policy, const struct policy_event *event, int64_t now,
                               struct policy_actions *actions)
{
    struct policy_server *server = &policy->servers[event->server];

    server->plain = true;
    server->health->no_edns = true;
    if (event->tcp) {
        act(actions, POLICY_HANG_UP, event->server, false);
        connect_to(policy, event->server, now, actions);
        return;
    }
    close_socket(policy, event->server, actions);
    if (policy->state == POLICY_UDP)
        send_datagram(policy, event->server, now, actions);
}

/* A reply sooner after the last send than half a round trip answers the send before it. */
static int64_t round_trip(const struct policy *policy, const struct policy_event *event,
                          int64_t now)
{
    const struct policy_server *server = &policy->servers[event->server];

    if (event->tcp)
        return now - policy->connected_at;
    if (server->sent > 1 && now - server->last_sent < server->health->rtt_us / 2)
        return now - server->previous_sent;
    return now - server->last_sent;
}

static void on_reply(struct policy *policy, const struct policy_event *event, int64_t now,
                     struct policy_actions *actions)
{
    struct policy_server *server = &policy->servers[event->server];

    assert(event->tcp ? policy->state == POLICY_TCP && event->server == policy->target
                      : server->open);
    if (event->verdict == WIRE_MISMATCH || (event->verdict == WIRE_WITHOUT_EDNS && server->plain)) {
        drop_reply(policy, event, now, actions);
        return;
    }
    policy->rtt_us = round_trip(policy, event, now);
    if (event->tcp)
        health_heard(server->health);
    else
        health_answered(server->health, policy->rtt_us);
    if (event->verdict == WIRE_TRUNCATED)
        follow_truncation(policy, event, now, actions);
    else if (event->verdict == WIRE_WITHOUT_EDNS)
        fall_back_to_plain(policy, event, now, actions);
    else
        take_reply(policy, event, now, actions);
}

static int64_t resend_time(const struct policy *policy)
{
    const struct policy_server *target = &policy->servers[policy->target];
    int64_t patience = health_patience(target->health), early = target->last_sent + patience;
    int64_t pause = second_us << (policy->late < LATE_DOUBLINGS ? policy->late : LATE_DOUBLINGS);

    if (policy->sent < POLICY_SENDS_EARLY && early < policy->started + second_us &&
        !target->health->busy)
        return early;
    return target->last_sent + (patience > pause ? patience : pause);
}

static void send_again(struct policy *policy, int64_t now, struct policy_actions *actions)
{
    struct policy_server *target = &policy->servers[policy->target];
    bool same = health_is_proven(target->health) && target->sent % 2 == 1;

    policy->late += now >= policy->started + second_us;
    health_unanswered(target->health);
    send_datagram(policy, same ? policy->target : (unsigned)server_after(policy, policy->target),
                  now, actions);
}

/* A connection that took too long after a cut answer costs the server its turn. */
static void leave_connection(struct policy *policy, int64_t now, struct policy_actions *actions)
{
    act(actions, POLICY_HANG_UP, policy->target, false);
    if (!tcp_forced(policy)) {
        policy->servers[policy->target].failed = true;
        close_socket(policy, policy->target, actions);
    }
    if (server_after(policy, policy->target) < 0)
        finish(policy, POLICY_SILENT, actions);
    else
        ask(policy, (unsigned)server_after(policy, policy->target), now, actions);
}

static void begin_try(struct policy *policy, int64_t now, struct policy_actions *actions)
{
    if (policy->kept || ++policy->try >= policy->limits.tries) {
        finish(policy, POLICY_SILENT, actions);
        return;
    }
    begin_window(policy, now);
    if (policy->state == POLICY_TCP)
        leave_connection(policy, now, actions);
    else if (policy->sent < POLICY_SENDS_EARLY && now < policy->started + second_us)
        send_again(policy, now, actions);
}

static void send_held(struct policy *policy, int64_t now, struct policy_actions *actions)
{
    if (policy->state == POLICY_TCP)
        connect_to(policy, policy->target, now, actions);
    else
        send_datagram(policy, policy->target, now, actions);
}

static void on_time(struct policy *policy, int64_t now, struct policy_actions *actions)
{
    if (now >= deadline(policy)) {
        finish(policy, policy->held ? POLICY_NO_DESCRIPTOR : POLICY_SILENT, actions);
    } else if (policy->held) {
        if (now >= policy->held_until)
            send_held(policy, now, actions);
    } else if (now >= policy->try_ends) {
        begin_try(policy, now, actions);
    } else if (policy->state == POLICY_UDP && now >= resend_time(policy)) {
        send_again(policy, now, actions);
    }
}

static void on_start(struct policy *policy, int64_t now, struct policy_actions *actions)
{
    policy->started = now;
    begin_window(policy, now);
    if (policy->server_count)
        ask(policy, 0, now, actions);
    else
        finish(policy, POLICY_NO_SERVER, actions);
}

/* The send is taken back, to be done again a little later. */
static void on_not_sent(struct policy *policy, int64_t now)
{
    struct policy_server *target = &policy->servers[policy->target];

    policy->sends--;
    policy->held = true;
    policy->held_until = now + HOLD_US;
    if (policy->state == POLICY_TCP)
        return;
    target->sent--;
    target->last_sent = target->previous_sent;
    target->open = target->sent > 0;
    policy->sent--;
}

/* A busy server closes connections it may well take later. */
static void reconnect(struct policy *policy, unsigned server, int64_t now,
                      struct policy_actions *actions)
{
    policy->reconnected = true;
    connect_to(policy, server, now, actions);
}

void policy_step(struct policy *policy, const struct policy_event *event, int64_t now,
                 struct policy_actions *actions)
{
    actions->count = 0;
    assert((policy->state == POLICY_NEW) == (event->kind == POLICY_START));
    assert(policy->state != POLICY_DONE);
    assert(event->server < POLICY_SERVERS);
    switch (event->kind) {
    case POLICY_START:
        on_start(policy, now, actions);
        break;
    case POLICY_TIME:
        on_time(policy, now, actions);
        break;
    case POLICY_REPLY:
        on_reply(policy, event, now, actions);
        break;
    case POLICY_UNREACHABLE:
        health_unanswered(policy->servers[event->server].health);
        fail_server(policy, event->server, now, actions);
        break;
    case POLICY_BROKEN:
    case POLICY_CLOSED:
        act(actions, POLICY_HANG_UP, event->server, false);
        if (event->kind == POLICY_CLOSED && !policy->reconnected)
            reconnect(policy, event->server, now, actions);
        else
            fail_server(policy, event->server, now, actions);
        break;
    case POLICY_NOT_SENT:
        on_not_sent(policy, now);
        break;
    }
}

bool policy_is_overdue(const struct policy *policy, int64_t now)
{
    const struct policy_server *target = &policy->servers[policy->target];

    return policy->state == POLICY_UDP &&
           now >= target->last_sent + health_patience(target->health);
}

int64_t policy_due(const struct policy *policy)
{
    int64_t due = deadline(policy);

    if (policy->held)
        return earlier(due, policy->held_until);
    due = earlier(due, policy->try_ends);
    if (policy->state == POLICY_UDP)
        due = earlier(due, resend_time(policy));
    return due;
}
