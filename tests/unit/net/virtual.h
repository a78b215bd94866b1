/* Name servers in virtual time, for tests of the query policy. */
#ifndef UNIT_NET_VIRTUAL_H
#define UNIT_NET_VIRTUAL_H

#include "base/text.h"
#include "net/live/query.h"

#include <stdbool.h>
#include <stdint.h>

enum virtual_stream {
    STREAM_ANSWERS,
    STREAM_SILENT,
    STREAM_BROKEN,
    STREAM_CLOSED,
    STREAM_CLOSED_ONCE,
    STREAM_CLOSED_SERVED /* three times, after an answer to another question */
};

struct virtual_server {
    int64_t rtt_ms;       /* 0: silent */
    unsigned lost;        /* so many datagrams are lost first */
    int64_t slow_ms;      /* the first datagram alone is answered after this time */
    int64_t dead_from_ms; /* silent from then on; 0: never */
    bool unreachable;     /* the system says so, after rtt_ms */
    bool cuts;            /* TC over UDP */
    bool no_edns;         /* wants to be asked without */
    unsigned forgeries;   /* replies to each datagram that do not match, before the true one */
    enum outcome outcome; /* of the replies; ANSWERED is 0 */
    enum virtual_stream stream;
    enum outcome stream_outcome;
};

struct virtual_run {
    const struct virtual_server *servers;
    size_t count;
    struct query_limits limits;
    struct health *health;        /* one for each server, kept over runs; NULL: unknown ones */
    unsigned without_descriptors; /* so many sends and opens fail first */
    struct query query;           /* as it ended */
    int64_t ended_ms;
    struct text
        trace; /* "0 send0; 400 send0; 420 take0": ms, action, server; "-" behind: no EDNS */
};

/* Asks one question and plays until it has ended; fails the test when it does not within 60 s, or
 * when an action breaks the rules of policy.h. text_clear the trace afterwards. */
void virtual_ask(struct virtual_run *run);

#endif
