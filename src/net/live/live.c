/* The live source: name servers over the network. */
#include "base/array.h"
#include "base/memory.h"
#include "dns/question_map.h"
#include "dns/wire.h"
#include "net/live/backlog.h"
#include "net/live/cache.h"
#include "net/live/pending.h"
#include "net/live/upstreams.h"
#include "net/source_class.h"

#include <stdlib.h>

enum { IN_FLIGHT_MOST = 64 };

static const int64_t late_us = 100000;
static const int64_t hopeless_us = 1000000; /* not worth asking for less */

struct live {
    struct source source;
    struct transport_room room;
    uv_timer_t timer;
    uv_prepare_t before_waiting;
    int handles; /* of the two above, not closed yet */
    uint64_t epoch_ms;
    struct query_limits limits;
    struct upstreams *upstreams;
    struct cache *cache;
    struct question_map *open; /* every question in backlog or flight */
    struct backlog backlog;
    struct pending *in_flight[IN_FLIGHT_MOST];
    size_t in_flight_count;
    size_t in_flight_most; /* shrinks when descriptors run out, grows back when none is missed */
    bool starved;          /* nothing of ours holds a descriptor that another question waits for */
    bool put_off;          /* the timer came late, and runs again after the sockets were read */
};

static int64_t now_ms(const struct live *live)
{
    return (int64_t)(uv_now(live->room.loop) - live->epoch_ms);
}

/* ---- the one timer ----
 * It is set, and questions are started, when the loop is about to wait. By then whoever takes the
 * replies has asked what follows from them, and the most urgent questions of all go first. */

static void on_timer(uv_timer_t *timer);
static void on_before_waiting(uv_prepare_t *before_waiting);

static void come_round(struct live *live)
{
    uv_prepare_start(&live->before_waiting, on_before_waiting);
}

static void forget_stock(struct upstream *upstream)
{
    upstream->open = upstream->overdue = 0;
}

/* Which servers leave most of what they were asked waiting? */
static void take_stock(struct live *live)
{
    int64_t now = pending_clock();

    upstreams_each(live->upstreams, forget_stock);
    for (size_t i = 0; i < live->in_flight_count; i++) {
        struct upstream *upstream = pending_upstream(live->in_flight[i]);
        upstream->open++;
        upstream->overdue += pending_is_overdue(live->in_flight[i], now);
    }
    for (size_t i = 0; i < live->in_flight_count; i++) {
        struct upstream *upstream = pending_upstream(live->in_flight[i]);
        health_take_stock(&upstream->health, upstream->open, upstream->overdue);
    }
}

static int64_t next_due(const struct live *live)
{
    int64_t due = INT64_MAX;

    for (size_t i = 0; i < live->in_flight_count; i++)
        if (pending_due(live->in_flight[i]) < due)
            due = pending_due(live->in_flight[i]);
    return due;
}

static void set_timer(struct live *live)
{
    int64_t due, now = pending_clock();

    take_stock(live);
    due = next_due(live);
    if (due == INT64_MAX)
        uv_timer_stop(&live->timer);
    else
        uv_timer_start(&live->timer, on_timer, due > now ? (uint64_t)((due - now + 999) / 1000) : 0,
                       0);
}

/* ---- questions on their way ---- */

static void deliver(struct live *live, struct reply *reply)
{
    reply->received_ms = now_ms(live);
    question_map_remove(live->open, &reply->question);
    cache_put(live->cache, reply);
    source_deliver(&live->source, reply);
}

static void deliver_unasked(struct live *live, const struct question *question,
                            enum outcome outcome, const char *why)
{
    struct reply *reply = reply_new(question);

    reply->outcome = outcome;
    reply->why = arena_dup(reply->arena, why);
    deliver(live, reply);
}

static void on_ended(void *context, struct pending *pending, struct reply *reply);
static void on_stepped(void *context);
static void on_shortage(void *context);

/* The servers a question may go to. */
struct choice {
    struct upstream *servers[QUERY_SERVERS];
    size_t count;
    const char *why; /* there is none */
};

static void choose(struct live *live, const struct question *question, struct choice *choice)
{
    choice->count = upstreams_choose(live->upstreams, question, choice->servers, &choice->why);
}

static bool are_dead(const struct choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        if (!choice->servers[i]->health.dead)
            return false;
    return choice->count > 0;
}

/* Were all of them found dead after the question was asked? */
static bool died_meanwhile(const struct choice *choice, int64_t asked_us)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->servers[i]->health.dead_us < asked_us)
            return false;
    return are_dead(choice);
}

static bool are_quiet(const struct choice *choice, int64_t now)
{
    for (size_t i = 0; i < choice->count; i++)
        if (!choice->servers[i]->health.dead && !health_is_quiet(&choice->servers[i]->health, now))
            return false;
    return choice->count > 0;
}

static bool is_asked(const struct live *live, const struct choice *choice)
{
    for (size_t i = 0; i < live->in_flight_count; i++)
        for (size_t k = 0; k < choice->count; k++)
            if (pending_upstream(live->in_flight[i]) == choice->servers[k])
                return true;
    return false;
}

/* What is under way to servers that say nothing shall tell whether more is worth sending. */
static bool must_wait(const struct live *live, const struct choice *choice)
{
    return are_quiet(choice, pending_clock()) && is_asked(live, choice);
}

/* Servers that are dead get one short try, to see whether they still are. A question that waited
 * for descriptors that do not come has less time left. */
static void limit(const struct live *live, const struct choice *choice, int64_t asked_us,
                  struct query_limits *limits)
{
    *limits = live->limits;
    if (live->starved)
        limits->total_us -= pending_clock() - asked_us;
    if (!are_dead(choice))
        return;
    limits->tries = 1;
    if (limits->total_us > limits->window_us[0])
        limits->total_us = limits->window_us[0];
}

static void start_one(struct live *live, const struct backlog_entry *entry, struct choice *choice)
{
    const struct question *question = &entry->question;
    struct query_limits limits;
    struct pending_owner owner = {.ended = on_ended,
                                  .stepped = on_stepped,
                                  .short_of_descriptors = on_shortage,
                                  .context = live};
    struct pending *pending;

    limit(live, choice, entry->asked_us, &limits);
    if (live->starved && limits.total_us < hopeless_us) {
        choice->count = 0;
        choice->why = "no file descriptor was free";
    } else if (died_meanwhile(choice, entry->asked_us)) {
        choice->count = 0;
        choice->why = "other queries to its servers got no response";
    }
    if (!choice->count) {
        deliver_unasked(live, question, OUTCOME_NOT_ASKED, choice->why);
        return;
    }
    pending = pending_new(&live->room, owner, &limits, question, choice->servers, choice->count);
    live->in_flight[live->in_flight_count++] = pending;
    pending_start(pending);
}

/* Starts what may start. */
static void start_more(struct live *live)
{
    struct backlog_entry entry, *waiting = NULL;
    size_t count = 0, capacity = 0;

    while (live->in_flight_count < live->in_flight_most && backlog_take(&live->backlog, &entry)) {
        struct choice choice;
        choose(live, &entry.question, &choice);
        if (must_wait(live, &choice)) {
            ARRAY_PUSH(waiting, count, capacity, entry);
            continue;
        }
        start_one(live, &entry, &choice);
        free((char *)(uintptr_t)entry.question.name);
    }
    while (count)
        backlog_put_back(&live->backlog, &waiting[--count]);
    free(waiting);
}

/* A question that ended at once is something to take: then the loop does not wait. */
static void on_before_waiting(uv_prepare_t *before_waiting)
{
    struct live *live = before_waiting->data;
    size_t open = live->source.open;

    uv_prepare_stop(before_waiting);
    start_more(live);
    set_timer(live);
    if (live->source.open < open)
        uv_stop(before_waiting->loop);
}

static bool misses_descriptor(const struct live *live)
{
    for (size_t i = 0; i < live->in_flight_count; i++)
        if (pending_misses_descriptor(live->in_flight[i]))
            return true;
    return false;
}

static void on_ended(void *context, struct pending *pending, struct reply *reply)
{
    struct live *live = context;
    size_t i = 0;

    while (live->in_flight[i] != pending)
        i++;
    live->in_flight[i] = live->in_flight[--live->in_flight_count];
    pending_free(pending);
    if (live->in_flight_most < IN_FLIGHT_MOST && !misses_descriptor(live))
        live->in_flight_most++;
    if (reply->tries)
        live->starved = false;
    deliver(live, reply);
    come_round(live);
}

static void on_stepped(void *context)
{
    come_round(context);
}

static void on_shortage(void *context)
{
    struct live *live = context;

    live->in_flight_most = live->in_flight_count > 1 ? live->in_flight_count - 1 : 1;
    live->starved = live->in_flight_count == 1;
}

/* Were we kept from running (stopped, or the machine asleep), then replies may have come meanwhile:
 * they are read before anything is given up. */
static bool puts_off(struct live *live, int64_t now)
{
    live->put_off = !live->put_off && now - next_due(live) > late_us;
    if (live->put_off)
        uv_timer_start(&live->timer, on_timer, 1, 0);
    return live->put_off;
}

/* Backwards, since a question that ends gives its place to the last one. */
static void on_timer(uv_timer_t *timer)
{
    struct live *live = timer->data;
    int64_t now = pending_clock();

    if (puts_off(live, now))
        return;
    take_stock(live);
    for (size_t i = live->in_flight_count; i-- > 0;)
        if (i < live->in_flight_count && pending_due(live->in_flight[i]) <= now)
            pending_wake(live->in_flight[i]);
    come_round(live);
}

/* ---- what a source does ---- */

static struct live *live_of(struct source *source)
{
    return (struct live *)source;
}

static bool can_be_asked(const struct question *question)
{
    uint8_t query[WIRE_QUERY_MAX];

    return wire_query(question, 0, true, query) > 0;
}

static bool ask(struct source *source, const struct question *question, int priority)
{
    struct live *live = live_of(source);
    struct reply *known = cache_get(live->cache, question, now_ms(live));

    if (known) {
        source_deliver(source, known);
        return true;
    }
    if (question_map_find(live->open, question)) {
        backlog_hurry(&live->backlog, question, priority);
        return false;
    }
    question_map_put(live->open, question, live);
    if (can_be_asked(question))
        backlog_add(&live->backlog, question, priority, pending_clock());
    else
        deliver_unasked(live, question, OUTCOME_INVALID, "this name cannot be asked for");
    come_round(live);
    return true;
}

static void forget(struct source *source, const struct question *question)
{
    cache_forget(live_of(source)->cache, question);
}

static void hang_up(struct live *live, const struct question *question)
{
    for (size_t i = 0; i < live->in_flight_count; i++)
        if (question_equal(pending_question(live->in_flight[i]), question)) {
            pending_free(live->in_flight[i]);
            live->in_flight[i] = live->in_flight[--live->in_flight_count];
            return;
        }
}

static bool drop(struct source *source, const struct question *question)
{
    struct live *live = live_of(source);

    if (!question_map_find(live->open, question))
        return false;
    if (!backlog_drop(&live->backlog, question))
        hang_up(live, question);
    question_map_remove(live->open, question);
    come_round(live);
    return true;
}

/* A question in flight ends as timed out, one that waits for its turn as not asked. */
static bool end(struct source *source, const struct question *question, const char *why)
{
    struct live *live = live_of(source);

    if (!question_map_find(live->open, question))
        return false;
    if (backlog_drop(&live->backlog, question)) {
        deliver_unasked(live, question, OUTCOME_NOT_ASKED, why);
        return true;
    }
    for (size_t i = 0; i < live->in_flight_count; i++)
        if (question_equal(pending_question(live->in_flight[i]), question)) {
            deliver(live, pending_abandon(live->in_flight[i], why));
            hang_up(live, question);
            break;
        }
    come_round(live);
    return true;
}

static void cancel(struct source *source)
{
    struct live *live = live_of(source);

    while (live->in_flight_count)
        pending_free(live->in_flight[--live->in_flight_count]);
    backlog_clear(&live->backlog);
    question_map_free(live->open);
    live->open = question_map_new();
    come_round(live);
}

/* The quiet server that most questions wait for. */
static bool trouble(struct source *source, struct source_trouble *out)
{
    struct live *live = live_of(source);
    const struct upstream *worst = NULL;
    int64_t now = pending_clock();

    take_stock(live);
    *out = (struct source_trouble){0};
    for (size_t i = 0; i < live->in_flight_count; i++) {
        const struct upstream *upstream = pending_upstream(live->in_flight[i]);
        if (health_is_quiet(&upstream->health, now) && (!worst || upstream->open > worst->open))
            worst = upstream;
    }
    for (size_t i = 0; worst && i < live->in_flight_count; i++) {
        unsigned tries, try = pending_try(live->in_flight[i], &tries);
        if (pending_upstream(live->in_flight[i]) != worst || try <= out->try)
            continue;
        out->try = try;
        out->tries = tries;
    }
    if (!worst)
        return false;
    out->server = worst->text;
    out->silent_ms = (now - worst->health.quiet_since_us) / 1000;
    return true;
}

static struct source_info info(struct source *source)
{
    return (struct source_info){.kind = SOURCE_LIVE,
                                .server = upstreams_text(live_of(source)->upstreams),
                                .file = "",
                                .servers = REACH_HOSTS};
}

static void on_closed(uv_handle_t *handle)
{
    struct live *live = handle->data;

    if (--live->handles == 0)
        free(live);
}

static void live_free(struct source *source)
{
    struct live *live = live_of(source);

    cancel(source);
    question_map_free(live->open);
    cache_free(live->cache);
    upstreams_free(live->upstreams);
    uv_close((uv_handle_t *)&live->timer, on_closed);
    uv_close((uv_handle_t *)&live->before_waiting, on_closed);
}

static const struct source_class live_class = {ask,    forget,  drop, end,
                                               cancel, trouble, info, live_free};

struct source *source_live_new(struct uv_loop_s *loop, const struct live_options *options,
                               struct faults *warnings)
{
    struct live *live = memory_new(1, sizeof *live);
    struct faults unwanted = {0};

    live->source.class = &live_class;
    live->room.loop = loop;
    live->epoch_ms = options->epoch_ms;
    live->in_flight_most = IN_FLIGHT_MOST;
    uv_timer_init(loop, &live->timer);
    uv_prepare_init(loop, &live->before_waiting);
    live->timer.data = live->before_waiting.data = live;
    live->handles = 2;
    query_limits_init(&live->limits, options->timeout_ms, options->tries, options->tcp);
    live->upstreams = upstreams_new(options, &live->limits, warnings ? warnings : &unwanted);
    faults_clear(&unwanted);
    live->cache = cache_new();
    live->open = question_map_new();
    come_round(live);
    return &live->source;
}
