/* A message over time: outages of hosts, the sender's retries, a secondary's queue and hand-over.
 */
#ifndef MAIL_TIMELINE_TIMELINE_H
#define MAIL_TIMELINE_TIMELINE_H

#include "mail/route/route.h"

enum timeline_kind {
    TIMELINE_WRITTEN,   /* enters the sender's queue */
    TIMELINE_ATTEMPT,   /* an attempt at an address failed; not again before `until` */
    TIMELINE_DEFERRED,  /* all attempts failed; `until` is the next try */
    TIMELINE_ACCEPTED,  /* taken over by a host that is not the best: queued there */
    TIMELINE_DELIVERED, /* arrived at the most preferred level */
    TIMELINE_WARNED,    /* writer told that it is late */
    TIMELINE_RETURNED,  /* bounced */
    TIMELINE_FROZEN,
    TIMELINE_PASSED, /* addresses of a host not tried: passed over before `until` */
    TIMELINE_POLICY, /* the MTA-STS policy counts, or does no more */
    TIMELINE_CUT,    /* too many events: the rest is left out */
};

enum { TIMELINE_SENDER = -1 };

struct timeline_event {
    int64_t at, until; /* seconds after the message was written; until = at where nothing lasts */
    enum timeline_kind kind;
    int holder;     /* who has the message: host index or TIMELINE_SENDER */
    int host;       /* who is tried or takes it, -1 none */
    unsigned round; /* of the holder, from 1 */
    const char *text, *reference;
};

struct timeline_outage {
    int host;
    int64_t from, until;
    enum stage stage;
};

struct timeline {
    const struct route *route;
    const struct timeline_event *events;
    size_t event_count;
    const struct timeline_outage *outages;
    size_t outage_count;
    int64_t end; /* when it was over, or the horizon */
    struct decision decision;
};

/* A sender without an outage gets one: the best exchange is away for six hours. */
void timeline_assume_outage(const struct route *route, struct sender *sender);
/* Plays the sender's profile (its retry schedule and what it remembers of hosts) with the bounded
 * downs of the sender, until the message has arrived, is returned, or 10 days have passed. Draws
 * from the sender's seed. */
const struct timeline *timeline_build(const struct lookup *lookup, const struct route *route,
                                      const struct sender *sender, struct arena *arena);

#endif
