/* One question in flight: does what the query policy says with real sockets, and judges what comes
 * back. */
#ifndef NET_LIVE_PENDING_H
#define NET_LIVE_PENDING_H

#include "dns/reply.h"
#include "net/live/allowance.h"
#include "net/live/backlog.h"
#include "net/live/query.h"
#include "net/server.h"
#include "net/transport/session.h"
#include "net/transport/transport.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct upstream { /* a name server and what is known about it; outlives the questions put to it */
    struct server server;
    struct health health;
    struct allowance allowance;
    char *text;              /* "127.0.0.1#53" */
    unsigned streams;        /* TCP connections open, in plain DNS */
    struct session *session; /* with an encrypted one; NULL before the first query */
    const char *trusted;     /* session_new's; borrowed */
    unsigned asked, young;   /* questions that went to it first; of these, in their first second */
    struct backlog waiting;  /* what goes to it alone and waits for its turn */
    bool crowded;            /* the source goes through what waits */
    unsigned open, overdue;  /* young ones sent to it last; of these, beyond its patience */
};

enum { UPSTREAM_STREAMS_MOST = 10 }; /* to one server; further questions wait for one */

struct pending;

struct pending_owner {
    /* The question has ended with this reply, the callee's now; free the pending inside or later.
     * It may happen inside pending_start. received_ms is left to the callee. */
    void (*ended)(void *context, struct pending *pending, struct reply *reply);
    /* Something happened to the question, which goes on: pending_due may have changed. */
    void (*stepped)(void *context);
    /* A descriptor was missing: better not to start more questions now. */
    void (*short_of_descriptors)(void *context);
    void *context;
};

/* The question and the limits are copied; the rest is borrowed until pending_free. Nothing is sent
 * yet. */
struct pending *pending_new(struct transport_room *room, struct pending_owner owner,
                            const struct query_limits *limits, const struct question *question,
                            struct upstream *const *upstreams, size_t count);
void pending_free(struct pending *pending);
const struct question *pending_question(const struct pending *pending);

void pending_start(struct pending *pending);
/* The time on uv_hrtime()'s clock, in microseconds, at which pending_wake is due. */
int64_t pending_due(struct pending *pending);
void pending_wake(struct pending *pending);
/* The server it was sent to last. */
struct upstream *pending_upstream(const struct pending *pending);
/* Which try it is at, from 1, and of how many. */
unsigned pending_try(const struct pending *pending, unsigned *tries);
/* Has that server been silent for longer than its patience? */
bool pending_is_overdue(const struct pending *pending, int64_t now);
/* When it was started, on that clock. */
int64_t pending_started(const struct pending *pending);
/* Servers found dead after it was started leave it no more than one short try. */
void pending_note_death(struct pending *pending, int64_t now);
/* Why it has no answer yet, as a reply that ends it: timed out. The caller's. */
struct reply *pending_abandon(struct pending *pending, const char *why);
/* Could it not send for want of one, and waits for its next turn? */
bool pending_misses_descriptor(const struct pending *pending);

/* The clock of pending_due now. */
int64_t pending_clock(void);

#endif
