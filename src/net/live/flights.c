#include "net/live/flights.h"

#include "base/array.h"
#include "base/memory.h"
#include "dns/name.h"

#include <stdlib.h>

static const int64_t young_us = 1000000;
static const int64_t look_us = 10000; /* between two looks at all of them */

struct flight {
    struct flights *flights;
    struct pending *pending;
    struct upstream *upstream; /* it went to first */
    size_t place;              /* in the list */
    bool young;                /* in its first second */
    bool late;                 /* it was unanswered for the server's patience */
};

static void grow_old(struct flight *flight)
{
    flight->upstream->young -= flight->young;
    flight->young = false;
}

static void land(struct flight *flight)
{
    struct flights *flights = flight->flights;
    struct flight *last = flights->list[--flights->count];

    flights->list[flight->place] = last;
    last->place = flight->place;
    grow_old(flight);
    flight->upstream->asked--;
    pending_free(flight->pending);
    free(flight);
}

void flights_clear(struct flights *flights)
{
    while (flights->count)
        land(flights->list[flights->count - 1]);
    free(flights->list);
    flights->list = NULL;
    flights->capacity = 0;
}

/* ---- when the next is due ---- */

static void note_due(struct flights *flights, int64_t due)
{
    if (due < flights->due_us)
        flights->due_us = due;
}

static void note_age(struct flight *flight, int64_t now)
{
    int64_t old = pending_started(flight->pending) + young_us;

    if (!flight->young)
        return;
    if (now >= old)
        grow_old(flight);
    else
        note_due(flight->flights, old);
}

static void note_lateness(struct flight *flight, int64_t now)
{
    bool late = pending_is_overdue(flight->pending, now);
    struct upstream *to = pending_upstream(flight->pending);

    if (!flight->young)
        return;
    to->open++;
    to->overdue += late;
    flight->late = flight->late || late;
}

/* Which servers leave most of what they were asked in the last second waiting? */
static void take_stock(const struct flights *flights)
{
    for (size_t i = 0; i < flights->count; i++) {
        struct upstream *upstream = pending_upstream(flights->list[i]->pending);
        health_take_stock(&upstream->health, upstream->open, upstream->overdue);
    }
}

static void look_at_all(struct flights *flights, int64_t now)
{
    flights->looked_us = now;
    flights->due_us = INT64_MAX;
    flights->stepped = false;
    for (size_t i = 0; i < flights->count; i++) {
        struct upstream *upstream = pending_upstream(flights->list[i]->pending);
        upstream->open = upstream->overdue = 0;
    }
    for (size_t i = 0; i < flights->count; i++) {
        note_age(flights->list[i], now);
        note_lateness(flights->list[i], now);
        pending_note_death(flights->list[i]->pending, now);
    }
    take_stock(flights);
    for (size_t i = 0; i < flights->count; i++)
        note_due(flights, pending_due(flights->list[i]->pending));
}

int64_t flights_due(struct flights *flights, int64_t now)
{
    if (!flights->count)
        return INT64_MAX;
    if (flights->stepped && now - flights->looked_us >= look_us)
        look_at_all(flights, now);
    if (flights->stepped && flights->looked_us + look_us < flights->due_us)
        return flights->looked_us + look_us;
    return flights->due_us;
}

/* Backwards, since a question that ends gives its place to the last one. */
void flights_wake(struct flights *flights, int64_t now)
{
    look_at_all(flights, now);
    for (size_t i = flights->count; i-- > 0;)
        if (i < flights->count && pending_due(flights->list[i]->pending) <= now)
            pending_wake(flights->list[i]->pending);
}

/* ---- what happens to one ---- */

static void on_stepped(void *context)
{
    struct flight *flight = context;
    struct flights *flights = flight->flights;

    flights->stepped = true;
    note_due(flights, pending_due(flight->pending));
    flights->owner.stepped(flights->owner.context);
}

static void on_ended(void *context, struct pending *pending, struct reply *reply)
{
    struct flight *flight = context;
    struct flights *flights = flight->flights;

    (void)pending;
    if (reply_was_heard(reply) && flight->late)
        allowance_lost(&flight->upstream->allowance);
    else if (reply_was_heard(reply))
        allowance_answered(&flight->upstream->allowance, flight->upstream->young);
    land(flight);
    flights->stepped = true;
    flights->owner.ended(flights->owner.context, reply);
}

static void on_shortage(void *context)
{
    const struct flights_owner *owner = &((struct flight *)context)->flights->owner;

    owner->short_of_descriptors(owner->context);
}

void flights_start(struct flights *flights, const struct query_limits *limits,
                   const struct question *question, struct upstream *const *servers, size_t count)
{
    struct flight *flight = memory_new(1, sizeof *flight);
    struct pending_owner owner = {.ended = on_ended,
                                  .stepped = on_stepped,
                                  .short_of_descriptors = on_shortage,
                                  .context = flight};

    if (!flights->count)
        flights->due_us = INT64_MAX;
    *flight = (struct flight){
        .flights = flights, .upstream = servers[0], .place = flights->count, .young = true};
    flight->upstream->asked++;
    flight->upstream->young++;
    flight->pending = pending_new(flights->room, owner, limits, question, servers, count);
    ARRAY_PUSH(flights->list, flights->count, flights->capacity, flight);
    pending_start(flight->pending);
}

static struct flight *find(const struct flights *flights, const struct question *question)
{
    for (size_t i = 0; i < flights->count; i++)
        if (question_equal(pending_question(flights->list[i]->pending), question))
            return flights->list[i];
    return NULL;
}

bool flights_drop(struct flights *flights, const struct question *question)
{
    struct flight *flight = find(flights, question);

    if (flight)
        land(flight);
    return flight;
}

struct reply *flights_abandon(struct flights *flights, const struct question *question,
                              const char *why)
{
    struct flight *flight = find(flights, question);
    struct reply *reply;

    if (!flight)
        return NULL;
    reply = pending_abandon(flight->pending, why);
    land(flight);
    return reply;
}

/* ---- what is to be known of them ---- */

static bool is_one_of(const struct upstream *upstream, struct upstream *const *servers,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (servers[i] == upstream)
            return true;
    return false;
}

bool flights_are_above(const struct flights *flights, const char *name,
                       struct upstream *const *servers, size_t count)
{
    for (size_t i = 0; i < flights->count; i++)
        if (is_one_of(flights->list[i]->upstream, servers, count) &&
            name_is_within(name, pending_question(flights->list[i]->pending)->name))
            return true;
    return false;
}

bool flights_miss_descriptor(const struct flights *flights)
{
    for (size_t i = 0; i < flights->count; i++)
        if (pending_misses_descriptor(flights->list[i]->pending))
            return true;
    return false;
}

/* The quiet server that most questions wait for. */
static const struct upstream *find_worst(const struct flights *flights, int64_t now)
{
    const struct upstream *worst = NULL;

    for (size_t i = 0; i < flights->count; i++) {
        const struct upstream *upstream = pending_upstream(flights->list[i]->pending);
        if (health_is_quiet(&upstream->health, now) && (!worst || upstream->asked > worst->asked))
            worst = upstream;
    }
    return worst;
}

bool flights_trouble(const struct flights *flights, struct source_trouble *trouble)
{
    int64_t now = pending_clock();
    const struct upstream *worst = find_worst(flights, now);

    *trouble = (struct source_trouble){0};
    for (size_t i = 0; worst && i < flights->count; i++) {
        unsigned tries, try = pending_try(flights->list[i]->pending, &tries);
        if (pending_upstream(flights->list[i]->pending) != worst || try <= trouble->try)
            continue;
        trouble->try = try;
        trouble->tries = tries;
    }
    if (!worst)
        return false;
    trouble->server = worst->text;
    trouble->silent_ms = (now - worst->health.quiet_since_us) / 1000;
    return true;
}
