/* The live source: name servers over the network. */
#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/question_map.h"
#include "dns/wire.h"
#include "net/live/backlog.h"
#include "net/live/cache.h"
#include "net/live/flights.h"
#include "net/live/upstreams.h"
#include "net/source_class.h"

#include <stdlib.h>

/* Under way altogether: what descriptors and memory allow, whatever the servers do. */
enum { IN_FLIGHT_MOST = 4096 };

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
    struct question_map *open; /* every question that waits or is under way */
    struct backlog common;     /* what waits for the configured servers */
    struct upstream **crowded; /* the servers that something waits for, which goes to them alone */
    size_t crowded_count, crowded_capacity;
    struct flights flights;
    size_t in_flight_most; /* shrinks when descriptors run out, grows back when none is missed */
    int64_t probe_us;      /* when something that waits may go to a quiet server */
    bool starved;          /* nothing of ours holds a descriptor that another question waits for */
    bool put_off;          /* the timer came late, and runs again after the sockets were read */
    bool held;             /* nothing is sent for the first time */
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

static int64_t next_due(struct live *live, int64_t now)
{
    int64_t due = flights_due(&live->flights, now);

    return due < live->probe_us ? due : live->probe_us;
}

static void set_timer(struct live *live)
{
    int64_t now = pending_clock(), due = next_due(live, now);

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

static bool are_asked(const struct choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->servers[i]->asked)
            return true;
    return false;
}

/* What is under way to servers that say nothing shall tell whether more is worth sending. */
static bool must_wait(const struct choice *choice)
{
    return are_quiet(choice, pending_clock()) && are_asked(choice);
}

/* Servers that are dead get one short try, to see whether they still are. A question that waited
 * for descriptors that do not come has less time left. */
static void limit(const struct live *live, const struct choice *choice, int64_t asked_us,
                  struct query_limits *limits)
{
    *limits = live->limits;
    limits->tcp |= choice->count && choice->servers[0]->server.encrypted;
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

    limit(live, choice, entry->asked_us, &limits);
    if (live->starved && limits.total_us < hopeless_us) {
        choice->count = 0;
        choice->why = N_("no file descriptor was free");
    } else if (died_meanwhile(choice, entry->asked_us)) {
        choice->count = 0;
        choice->why = N_("other queries to its servers got no response");
    }
    if (choice->count)
        flights_start(&live->flights, &limits, question, choice->servers, choice->count);
    else
        deliver_unasked(live, question, OUTCOME_NOT_ASKED, choice->why);
    free((char *)(uintptr_t)question->name);
}

/* The first that is about another name than what is under way to the servers: is it they who are
 * silent, or are it names that nobody answers? */
static bool take_probe(struct live *live, struct backlog *backlog, const struct choice *choice,
                       struct backlog_entry *probe)
{
    struct backlog_entry *passed = NULL;
    size_t count = 0, capacity = 0;
    bool found = false;

    while (!found && backlog_take(backlog, probe)) {
        found = !flights_are_above(&live->flights, probe->question.name, choice->servers,
                                   choice->count);
        if (!found)
            ARRAY_PUSH(passed, count, capacity, *probe);
    }
    while (count)
        backlog_put_back(backlog, &passed[--count]);
    free(passed);
    return found;
}

/* Sends one probe when its time has come, else notes the time. */
static void probe(struct live *live, struct backlog *backlog, struct choice *choice)
{
    struct health *health = &choice->servers[0]->health;
    int64_t now = pending_clock(), due = health_probe_due(health);
    struct backlog_entry entry;

    if (due <= now) {
        health->probed_us = now;
        if (take_probe(live, backlog, choice, &entry))
            start_one(live, &entry, choice);
        due = health_probe_due(health);
    }
    if (backlog_first(backlog) && due < live->probe_us)
        live->probe_us = due;
}

/* Starts what may start of those that wait for the same servers. */
static void start_line(struct live *live, struct backlog *backlog)
{
    const struct backlog_entry *first;
    struct backlog_entry entry;

    while (live->flights.count < live->in_flight_most && (first = backlog_first(backlog))) {
        struct choice choice;
        choose(live, &first->question, &choice);
        if (must_wait(&choice)) {
            probe(live, backlog, &choice);
            return;
        }
        if (choice.count &&
            choice.servers[0]->young >= allowance_width(&choice.servers[0]->allowance))
            return;
        backlog_take(backlog, &entry);
        start_one(live, &entry, &choice);
    }
}

static void start_more(struct live *live)
{
    live->probe_us = INT64_MAX;
    start_line(live, &live->common);
    for (size_t i = live->crowded_count; i-- > 0;) {
        struct upstream *upstream = live->crowded[i];
        start_line(live, &upstream->waiting);
        if (backlog_first(&upstream->waiting))
            continue;
        upstream->crowded = false;
        live->crowded[i] = live->crowded[--live->crowded_count];
    }
}

/* A question that ended at once is something to take: then the loop does not wait. */
static void on_before_waiting(uv_prepare_t *before_waiting)
{
    struct live *live = before_waiting->data;
    size_t open = live->source.open;

    uv_prepare_stop(before_waiting);
    datagrams_close_unused(&live->room);
    if (!live->held)
        start_more(live);
    set_timer(live);
    if (live->source.open < open)
        uv_stop(before_waiting->loop);
}

static void on_ended(void *context, struct reply *reply)
{
    struct live *live = context;

    if (live->in_flight_most < IN_FLIGHT_MOST && !flights_miss_descriptor(&live->flights))
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

    live->in_flight_most = live->flights.count > 1 ? live->flights.count - 1 : 1;
    live->starved = live->flights.count == 1;
}

/* Were we kept from running (stopped, or the machine asleep), then replies may have come meanwhile:
 * they are read before anything is given up. */
static bool puts_off(struct live *live, int64_t now)
{
    live->put_off = !live->put_off && now - next_due(live, now) > late_us;
    if (live->put_off)
        uv_timer_start(&live->timer, on_timer, 1, 0);
    return live->put_off;
}

static void on_timer(uv_timer_t *timer)
{
    struct live *live = timer->data;
    int64_t now = pending_clock();

    if (puts_off(live, now))
        return;
    flights_wake(&live->flights, now);
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

static struct backlog *backlog_of(struct live *live, const struct question *question)
{
    struct upstream *single = upstreams_single(live->upstreams, question);

    return single ? &single->waiting : &live->common;
}

static void wait_for_turn(struct live *live, const struct question *question, int priority)
{
    struct upstream *single = upstreams_single(live->upstreams, question);

    backlog_add(single ? &single->waiting : &live->common, question, priority, pending_clock());
    if (!single || single->crowded)
        return;
    single->crowded = true;
    ARRAY_PUSH(live->crowded, live->crowded_count, live->crowded_capacity, single);
}

static bool ask(struct source *source, const struct question *question, int priority)
{
    struct live *live = live_of(source);
    struct reply *known = cache_get(live->cache, question, now_ms(live));
    void **open;

    if (known) {
        source_deliver(source, known);
        return true;
    }
    open = question_map_place(live->open, question);
    if (*open) {
        backlog_hurry(backlog_of(live, question), question, priority);
        return false;
    }
    *open = live;
    if (can_be_asked(question))
        wait_for_turn(live, question, priority);
    else
        deliver_unasked(live, question, OUTCOME_INVALID, N_("this name cannot be queried"));
    come_round(live);
    return true;
}

static void forget(struct source *source, const struct question *question)
{
    cache_forget(live_of(source)->cache, question);
}

static bool drop(struct source *source, const struct question *question)
{
    struct live *live = live_of(source);

    if (!question_map_find(live->open, question))
        return false;
    if (!backlog_drop(backlog_of(live, question), question))
        flights_drop(&live->flights, question);
    question_map_remove(live->open, question);
    come_round(live);
    return true;
}

/* A question in flight ends as timed out, one that waits for its turn as not asked. */
static bool end(struct source *source, const struct question *question, const char *why)
{
    struct live *live = live_of(source);
    struct reply *reply;

    if (!question_map_find(live->open, question))
        return false;
    if (backlog_drop(backlog_of(live, question), question))
        deliver_unasked(live, question, OUTCOME_NOT_ASKED, why);
    else if ((reply = flights_abandon(&live->flights, question, why)))
        deliver(live, reply);
    come_round(live);
    return true;
}

static void cancel(struct source *source)
{
    struct live *live = live_of(source);

    flights_clear(&live->flights);
    backlog_clear(&live->common);
    while (live->crowded_count) {
        struct upstream *upstream = live->crowded[--live->crowded_count];
        backlog_clear(&upstream->waiting);
        upstream->crowded = false;
    }
    question_map_free(live->open);
    live->open = question_map_new();
    come_round(live);
}

static bool trouble(struct source *source, struct source_trouble *out)
{
    return flights_trouble(&live_of(source)->flights, out);
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
    datagrams_close_unused(&live->room);
    question_map_free(live->open);
    cache_free(live->cache);
    free(live->crowded);
    upstreams_free(live->upstreams);
    uv_close((uv_handle_t *)&live->timer, on_closed);
    uv_close((uv_handle_t *)&live->before_waiting, on_closed);
}

static void hold(struct source *source, bool held)
{
    struct live *live = live_of(source);

    live->held = held;
    if (!held)
        come_round(live);
}

static const struct source_class live_class = {ask,    forget,  drop, end,      hold,
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
    live->probe_us = INT64_MAX;
    live->flights.room = &live->room;
    live->flights.owner = (struct flights_owner){on_ended, on_stepped, on_shortage, live};
    uv_timer_init(loop, &live->timer);
    uv_prepare_init(loop, &live->before_waiting);
    live->timer.data = live->before_waiting.data = live;
    live->handles = 2;
    query_limits_init(&live->limits, options->timeout_ms, options->tries, options->tcp);
    live->upstreams = upstreams_new(options, &live->limits, warnings ? warnings : &unwanted);
    faults_clear(&unwanted);
    live->cache = cache_new(options->many);
    live->open = question_map_new();
    come_round(live);
    return &live->source;
}
