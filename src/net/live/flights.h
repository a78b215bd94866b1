/* The questions under way: when the next of them is due, which servers leave them waiting, how wide
 * their windows are. */
#ifndef NET_LIVE_FLIGHTS_H
#define NET_LIVE_FLIGHTS_H

#include "net/live/pending.h"
#include "net/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flight;

struct flights_owner {
    void (*ended)(void *context, struct reply *reply); /* a question has: the callee's reply */
    void (*stepped)(void *context);                    /* flights_due may have changed */
    void (*short_of_descriptors)(void *context);
    void *context;
};

struct flights { /* zeroed but for room and owner is empty */
    struct transport_room *room;
    struct flights_owner owner;
    struct flight **list;
    size_t count, capacity;
    int64_t looked_us; /* when all were looked at last */
    int64_t due_us;    /* what was found then, and what came since */
    bool stepped;      /* since then */
};

void flights_clear(struct flights *flights); /* nothing is told to the owner */

/* Starts one; the servers, best first, outlive it. */
void flights_start(struct flights *flights, const struct query_limits *limits,
                   const struct question *question, struct upstream *const *servers, size_t count);
/* Takes one back; false when it is not under way. */
bool flights_drop(struct flights *flights, const struct question *question);
/* Takes one back, and says why it has no answer: the caller's reply. NULL when it is not under way.
 */
struct reply *flights_abandon(struct flights *flights, const struct question *question,
                              const char *why);

/* When flights_wake is due on the clock of pending_clock; INT64_MAX: never. At most ten
 * milliseconds after a step all are looked at again, since an answer may make others due sooner. */
int64_t flights_due(struct flights *flights, int64_t now);
/* Does what is due by now. */
void flights_wake(struct flights *flights, int64_t now);

/* Is a question for the name itself, or one above it, under way to one of these servers? */
bool flights_are_above(const struct flights *flights, const char *name,
                       struct upstream *const *servers, size_t count);
/* Does one that is under way wait for a descriptor? */
bool flights_miss_descriptor(const struct flights *flights);
/* As source_trouble() says. */
bool flights_trouble(const struct flights *flights, struct source_trouble *trouble);

#endif
