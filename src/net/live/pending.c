#include "net/live/pending.h"

#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"
#include "dns/encrypted.h"
#include "dns/wire.h"

#include <assert.h>
#include <stdlib.h>

struct channel { /* the UDP socket to one server */
    struct datagrams *socket;
    uint16_t id;
    bool edns;
};

struct pending {
    struct pending_owner owner;
    struct transport_room *room;
    struct question question; /* name owned */
    struct query query;
    struct upstream *upstreams[QUERY_SERVERS];
    struct channel channels[QUERY_SERVERS];
    struct stream *stream;
    struct transaction *transaction; /* in place of the stream, with an encrypted server */
    uint16_t stream_id;
    bool stream_edns;
    struct reply *kept;
    struct upstream *connected; /* that the stream goes to */
    bool crowded;               /* the last send waits for one of the server's connections to end */
    int error;                  /* the last one, met with server error_from */
    char *error_why;            /* as transport_failure has it; owned */
    const char *unsent_why;     /* of the last send that could not be done; borrowed or NULL */
    unsigned error_from;
    bool error_tcp;
};

int64_t pending_clock(void)
{
    return (int64_t)(uv_hrtime() / 1000);
}

struct pending *pending_new(struct transport_room *room, struct pending_owner owner,
                            const struct query_limits *limits, const struct question *question,
                            struct upstream *const *upstreams, size_t count)
{
    struct pending *pending = memory_new(1, sizeof *pending);
    struct health *healths[QUERY_SERVERS];

    assert(count <= QUERY_SERVERS);
    pending->room = room;
    pending->owner = owner;
    pending->question = *question;
    pending->question.name = memory_dup(question->name);
    for (size_t i = 0; i < count; i++) {
        pending->upstreams[i] = upstreams[i];
        healths[i] = &upstreams[i]->health;
    }
    query_init(&pending->query, limits, healths, count);
    return pending;
}

static void close_channel(struct channel *channel)
{
    if (channel->socket)
        datagrams_close(channel->socket);
    channel->socket = NULL;
}

static void hang_up(struct pending *pending)
{
    if (pending->transaction)
        transaction_withdraw(pending->transaction);
    pending->transaction = NULL;
    if (!pending->stream)
        return;
    stream_close(pending->stream);
    pending->stream = NULL;
    pending->connected->streams--;
}

void pending_free(struct pending *pending)
{
    for (unsigned i = 0; i < QUERY_SERVERS; i++)
        close_channel(&pending->channels[i]);
    hang_up(pending);
    reply_free(pending->kept);
    free(pending->error_why);
    free((char *)(uintptr_t)pending->question.name);
    free(pending);
}

const struct question *pending_question(const struct pending *pending)
{
    return &pending->question;
}

bool pending_misses_descriptor(const struct pending *pending)
{
    return pending->query.held && !pending->crowded;
}

/* Whoever waits for a connection goes on as soon as there is room for one; that moment stays, or
 * it would move on with every look. */
int64_t pending_due(struct pending *pending)
{
    struct query *query = &pending->query;
    int64_t now = pending_clock();

    if (pending->crowded && query->held && query->held_until > now &&
        pending->upstreams[query->target]->streams < UPSTREAM_STREAMS_MOST)
        query->held_until = now;
    return query_due(query);
}

struct upstream *pending_upstream(const struct pending *pending)
{
    return pending->upstreams[pending->query.target];
}

unsigned pending_try(const struct pending *pending, unsigned *tries)
{
    *tries = pending->query.limits.tries;
    return pending->query.try + 1;
}

bool pending_is_overdue(const struct pending *pending, int64_t now)
{
    return query_is_overdue(&pending->query, now);
}

int64_t pending_started(const struct pending *pending)
{
    return pending->query.started;
}

void pending_note_death(struct pending *pending, int64_t now)
{
    struct query *query = &pending->query;
    int64_t least = now - query->started;

    for (unsigned i = 0; i < query->server_count; i++)
        if (!pending->upstreams[i]->health.dead ||
            pending->upstreams[i]->health.dead_us < query->started)
            return;
    if (least < query->limits.window_us[0])
        least = query->limits.window_us[0];
    if (query->limits.total_us > least)
        query->limits.total_us = least;
}

/* ---- why there is no better reply ---- */

static const char *silence(struct pending *pending, struct arena *arena)
{
    const struct query *query = &pending->query;
    const struct session *session = pending->upstreams[query->target]->session;
    struct text text = {0};
    const char *why, *obstacle;

    text_add(&text, "no answer from ");
    for (unsigned i = 0; i < query->server_count; i++)
        text_format(&text, "%s%s", i ? ", " : "", pending->upstreams[i]->text);
    text_format(&text, " within %.3g s", (double)(pending_clock() - query->started) / 1e6);
    obstacle = session ? session_obstacle(session) : NULL;
    if (obstacle)
        text_format(&text, "; %s", obstacle);
    if (query->unmatched)
        text_format(&text, "; %u that did not match the question were dropped", query->unmatched);
    why = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return why;
}

/* In words that are messages, where they are common. */
static const char *error_text(int error)
{
    switch (error) {
    case UV_ECONNREFUSED:
        return N_("connection refused");
    case UV_ECONNRESET:
        return N_("connection reset by peer");
    case UV_EHOSTUNREACH:
        return N_("host is unreachable");
    case UV_ENETUNREACH:
        return N_("network is unreachable");
    default:
        return uv_strerror(error);
    }
}

static const char *unreachability(const struct pending *pending, struct arena *arena)
{
    const struct upstream *upstream = pending->upstreams[pending->error_from];
    bool plain = !upstream->server.encrypted;

    if (!pending->error)
        return plain ? N_("every response, over TCP too, was to some other query")
                     : N_("every response was to some other query");
    if (pending->error_why)
        return arena_format(arena, "%s: %s", upstream->text, pending->error_why);
    if (pending->error == UV_EOF)
        return arena_format(arena, "%s closed the %sconnection before the reply was whole",
                            upstream->text, plain ? "TCP " : "");
    return arena_format(arena, "%s: %s%s", upstream->text,
                        plain && pending->error_tcp ? "over TCP: " : "",
                        error_text(pending->error));
}

static enum outcome outcome_of_error(int error)
{
    switch (error) {
    case 0:
        return OUTCOME_NO_MATCH;
    case UV_ECONNREFUSED:
        return OUTCOME_CONNECTION_REFUSED;
    case UV_EOF:
    case UV_ECONNRESET:
    case UV_ECONNABORTED:
    case UV_EPIPE:
        return OUTCOME_CONNECTION_RESET;
    case UV_ETIMEDOUT:
        return OUTCOME_TIMEOUT;
    case TRANSPORT_UNTRUSTED:
        return OUTCOME_UNTRUSTED;
    case TRANSPORT_NO_TLS:
        return OUTCOME_NO_TLS;
    case TRANSPORT_NO_DNS:
        return OUTCOME_MALFORMED;
    case TRANSPORT_NO_LIBRARY:
        return OUTCOME_NOT_ASKED;
    default:
        return OUTCOME_UNREACHABLE;
    }
}

/* What is told when there is no message to tell of. */
static void tell_failure(struct pending *pending, struct reply *reply)
{
    const struct query *query = &pending->query;

    switch (query->reason) {
    case QUERY_NO_SERVER:
        reply->outcome = OUTCOME_NOT_ASKED;
        reply->why = N_("there is no name server to query");
        break;
    case QUERY_NO_DESCRIPTOR:
        reply->outcome = query->sends ? OUTCOME_TIMEOUT : OUTCOME_NOT_ASKED;
        reply->why = pending->crowded ? N_("no connection to the server was free")
                                      : N_("no file descriptor was free");
        break;
    case QUERY_ALL_FAILED:
        reply->outcome = query->tcp_only ? OUTCOME_NO_MATCH : outcome_of_error(pending->error);
        reply->why = unreachability(pending, reply->arena);
        break;
    case QUERY_SILENT:
        reply->outcome = query->unmatched ? OUTCOME_NO_MATCH : OUTCOME_TIMEOUT;
        reply->why = silence(pending, reply->arena);
        break;
    }
}

/* ---- what the policy says is done here ---- */

static void end(struct pending *pending, struct reply *reply)
{
    const struct query *query = &pending->query;

    reply->tries = query->sends;
    reply->unmatched = query->unmatched;
    if (query->tcp_only && !reply->why)
        reply->why = arena_format(reply->arena,
                                  "asked over TCP after %u replies that did not match the question",
                                  query->unmatched);
    pending->owner.ended(pending->owner.context, pending, reply);
}

static struct reply *give_up(struct pending *pending)
{
    struct reply *reply = reply_new(&pending->question);

    tell_failure(pending, reply);
    return reply;
}

struct reply *pending_abandon(struct pending *pending, const char *why)
{
    struct reply *reply = reply_new(&pending->question);

    reply->outcome = pending->query.sends ? OUTCOME_TIMEOUT : OUTCOME_NOT_ASKED;
    reply->why = arena_dup(reply->arena, why);
    reply->tries = pending->query.sends;
    reply->unmatched = pending->query.unmatched;
    return reply;
}

static int send_to(struct pending *pending, unsigned server, bool edns);
static int connect_to(struct pending *pending, unsigned server, bool edns);

/* Does one action; *ending is the reply that ends the question. Returns an error of the system. */
static int perform(struct pending *pending, const struct query_action *action, struct reply *reply,
                   struct reply **ending)
{
    switch (action->kind) {
    case QUERY_SEND:
        return send_to(pending, action->server, action->edns);
    case QUERY_CONNECT:
        return connect_to(pending, action->server, action->edns);
    case QUERY_CLOSE:
        close_channel(&pending->channels[action->server]);
        break;
    case QUERY_HANG_UP:
        hang_up(pending);
        break;
    case QUERY_KEEP:
        reply_free(pending->kept);
        pending->kept = reply;
        reply->rtt_us = (uint32_t)pending->query.rtt_us;
        break;
    case QUERY_TAKE:
        *ending = reply;
        reply->rtt_us = (uint32_t)pending->query.rtt_us;
        break;
    case QUERY_TAKE_KEPT:
        *ending = pending->kept;
        pending->kept = NULL;
        break;
    case QUERY_GIVE_UP:
        *ending = give_up(pending);
        break;
    }
    return 0;
}

static bool is_shortage(int error)
{
    return error == UV_EMFILE || error == UV_ENFILE || error == UV_ENOBUFS || error == UV_ENOMEM;
}

static void note_error(struct pending *pending, enum query_event_kind kind, unsigned server,
                       const struct transport_failure *failure)
{
    free(pending->error_why);
    pending->error_why = failure->why ? memory_dup(failure->why) : NULL;
    pending->error = failure->error;
    pending->error_from = server;
    pending->error_tcp = kind != QUERY_UNREACHABLE;
}

/* What could not be sent for want of descriptors, or because too many connections to the server are
 * open (EAGAIN), is held; any other error is the server's. */
static struct query_event unsent(struct pending *pending, const struct query_action *action,
                                 int error)
{
    struct query_event event = {.kind = QUERY_NOT_SENT, .server = action->server};
    struct transport_failure failure = {.error = error, .why = pending->unsent_why};

    pending->crowded = error == UV_EAGAIN;
    if (pending->crowded)
        return event;
    if (is_shortage(error)) {
        pending->owner.short_of_descriptors(pending->owner.context);
        return event;
    }
    event.kind = action->kind == QUERY_CONNECT ? QUERY_BROKEN : QUERY_UNREACHABLE;
    note_error(pending, event.kind, action->server, &failure);
    return event;
}

/* Steps the policy and does what it says; an action that fails is the next event. The reply the
 * event is about, if any, is taken. */
static void step(struct pending *pending, struct query_event event, struct reply *reply)
{
    struct query_actions actions;
    struct reply *ending = NULL;
    int error;

    do {
        const struct query_action *action = NULL;

        query_step(&pending->query, &event, pending_clock(), &actions);
        error = 0;
        for (size_t i = 0; i < actions.count && !error; i++) {
            action = &actions.list[i];
            error = perform(pending, action, reply, &ending);
        }
        if (reply != pending->kept && reply != ending)
            reply_free(reply);
        reply = NULL;
        if (error)
            event = unsent(pending, action, error);
    } while (error);
    if (ending)
        end(pending, ending);
    else
        pending->owner.stepped(pending->owner.context);
}

/* ---- what happens to the sockets ---- */

static enum transport stream_transport(const struct upstream *upstream)
{
    if (!upstream->server.encrypted)
        return TRANSPORT_TCP;
    return encrypted_at(upstream->server.encrypted)->protocol == ENCRYPTED_TLS ? TRANSPORT_TLS
                                                                               : TRANSPORT_HTTPS;
}

static void on_message(struct pending *pending, unsigned server, bool tcp, const uint8_t *bytes,
                       size_t length)
{
    const struct channel *channel = &pending->channels[server];
    struct query_event event = {.kind = QUERY_REPLY, .server = server, .tcp = tcp};
    struct reply *reply = NULL;

    event.verdict = wire_judge(&pending->question, tcp ? pending->stream_id : channel->id,
                               tcp ? pending->stream_edns : channel->edns, bytes, length, &reply);
    if (tcp && event.verdict == WIRE_TRUNCATED) {
        event.verdict = WIRE_REPLY;
        reply = reply_new(&pending->question);
        reply->outcome = OUTCOME_MALFORMED;
        reply->why = N_("the reply over TCP says it is cut off (TC)");
    }
    if (reply) {
        event.outcome = reply->outcome;
        reply->server = arena_dup(reply->arena, pending->upstreams[server]->text);
        reply->transport = tcp ? stream_transport(pending->upstreams[server]) : TRANSPORT_UDP;
    }
    step(pending, event, reply);
}

static void on_datagram(void *context, unsigned server, const uint8_t *bytes, size_t length)
{
    on_message(context, server, false, bytes, length);
}

static void on_stream_message(void *context, unsigned server, const uint8_t *bytes, size_t length)
{
    on_message(context, server, true, bytes, length);
}

static void on_transaction_message(void *context, unsigned server, const uint8_t *bytes,
                                   size_t length)
{
    struct pending *pending = context;

    pending->transaction = NULL;
    on_message(pending, server, true, bytes, length);
}

static void on_failed(struct pending *pending, enum query_event_kind kind, unsigned server,
                      const struct transport_failure *failure)
{
    struct query_event event = {.kind = kind, .server = server, .served = failure->served};

    note_error(pending, kind, server, failure);
    step(pending, event, NULL);
}

static void on_datagram_failed(void *context, unsigned server,
                               const struct transport_failure *failure)
{
    if (!is_shortage(failure->error))
        on_failed(context, QUERY_UNREACHABLE, server, failure);
}

static void on_stream_failed(void *context, unsigned server,
                             const struct transport_failure *failure)
{
    int error = failure->error;
    bool made = error == UV_EOF || error == UV_ECONNRESET || error == UV_EPIPE;

    hang_up(context);
    on_failed(context, made ? QUERY_CLOSED : QUERY_BROKEN, server, failure);
}

static void on_transaction_failed(void *context, unsigned server,
                                  const struct transport_failure *failure)
{
    struct pending *pending = context;

    pending->transaction = NULL;
    on_stream_failed(pending, server, failure);
}

static int send_to(struct pending *pending, unsigned server, bool edns)
{
    struct channel *channel = &pending->channels[server];
    struct transport_owner owner = {
        .message = on_datagram, .failed = on_datagram_failed, .context = pending, .server = server};
    uint8_t query[WIRE_QUERY_MAX];
    int error;

    if (!channel->socket) {
        error = datagrams_open(pending->room, &pending->upstreams[server]->server, owner,
                               &channel->socket);
        if (error)
            return error;
        channel->id = transport_id(pending->room);
        channel->edns = edns;
    }
    return datagrams_send(channel->socket, query,
                          wire_query(&pending->question, channel->id, channel->edns, query));
}

/* Puts the query into the session with an encrypted server. */
static int transaction_with(struct pending *pending, unsigned server, bool edns)
{
    struct upstream *upstream = pending->upstreams[server];
    struct transport_owner owner = {.message = on_transaction_message,
                                    .failed = on_transaction_failed,
                                    .context = pending,
                                    .server = server};
    uint8_t query[WIRE_QUERY_MAX];
    size_t length = wire_query(&pending->question, 0, edns, query);
    int error;

    if (edns)
        length = wire_pad(query, length);
    if (!upstream->session)
        upstream->session = session_new(pending->room, &upstream->server, upstream->trusted);
    pending->stream_edns = edns;
    error = session_ask(upstream->session, owner, query, length, &pending->transaction,
                        &pending->unsent_why);
    if (!error)
        pending->stream_id = transaction_id(pending->transaction);
    return error;
}

static int connect_to(struct pending *pending, unsigned server, bool edns)
{
    struct transport_owner owner = {.message = on_stream_message,
                                    .failed = on_stream_failed,
                                    .context = pending,
                                    .server = server};
    uint8_t query[WIRE_QUERY_MAX];
    size_t length;
    int error;

    pending->unsent_why = NULL;
    if (pending->upstreams[server]->server.encrypted)
        return transaction_with(pending, server, edns);
    if (pending->upstreams[server]->streams >= UPSTREAM_STREAMS_MOST)
        return UV_EAGAIN;
    pending->stream_id = transport_id(pending->room);
    pending->stream_edns = edns;
    length = wire_query(&pending->question, pending->stream_id, edns, query);
    error = stream_open(pending->room, &pending->upstreams[server]->server, owner, query, length,
                        &pending->stream);
    if (!error) {
        pending->connected = pending->upstreams[server];
        pending->connected->streams++;
    }
    return error;
}

void pending_start(struct pending *pending)
{
    step(pending, (struct query_event){.kind = QUERY_START}, NULL);
}

void pending_wake(struct pending *pending)
{
    step(pending, (struct query_event){.kind = QUERY_TIME}, NULL);
}
