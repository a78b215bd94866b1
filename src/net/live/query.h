/* Query policy: what to send to whom, and when, for one question. A state machine without I/O in
 * virtual time (microseconds on any clock that only goes forward):
 *
 *     query_step(query, event, now) -> actions
 *
 * A question is tried up to three times, for 2 s, 3 s and 5 s, and no longer than 10 s in all. It
 * is sent at once, twice more in the first second after the server's patience (about three round
 * trips), and then after 1, 2 and 4 s, taking turns among the servers; a server that is known to
 * answer gets two sends in a row. From a server that leaves most of what it was asked waiting
 * (health.busy) nothing is asked again within the first second. Sockets stay open over sends and
 * tries, so a late answer counts. A server that fails (SERVFAIL, REFUSED, malformed, unreachable)
 * is not asked again, the next one is, and the most telling failure is kept for the case that
 * nobody does better.
 *
 * States and legal transitions (asserted):
 *
 *     from       to               because
 *     NEW        UDP, TCP         asked; TCP when nothing else is allowed
 *     NEW        DONE             there is no server
 *     UDP        UDP              sent again, next server, again without EDNS
 *     UDP        TCP              cut answer (TC); third reply that did not match
 *     UDP        DONE             answered; every server failed; out of time
 *     TCP        TCP              next server or try, again without EDNS, again after a close
 *     TCP        UDP              TCP failed after a cut answer, and another server is left
 *     TCP        DONE             answered; every server failed; out of time
 *     DONE       -                nothing is taken any more
 */
#ifndef NET_LIVE_QUERY_H
#define NET_LIVE_QUERY_H

#include "dns/reply.h"
#include "dns/wire.h"
#include "net/live/health.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    QUERY_SERVERS = 8,       /* of one question */
    QUERY_WINDOWS = 3,       /* lengths of tries; later tries have the last one */
    QUERY_SENDS_EARLY = 3,   /* datagrams in the first second of a question */
    QUERY_UNMATCHED_MOST = 3 /* replies that do not match; then TCP only */
};

struct query_limits {
    int64_t window_us[QUERY_WINDOWS], total_us;
    unsigned tries;
    bool tcp; /* never UDP; for encrypted servers "TCP" is a query in their session */
};
/* timeout_ms 0: 2 s, 3 s, 5 s and 10 s in all; else each try lasts that long. tries 0: three. */
void query_limits_init(struct query_limits *limits, unsigned timeout_ms, unsigned tries, bool tcp);

enum query_state { QUERY_NEW, QUERY_UDP, QUERY_TCP, QUERY_DONE };

enum query_event_kind {
    QUERY_START,
    QUERY_TIME,        /* query_due has come */
    QUERY_REPLY,       /* a message came, verdict and outcome say what it is worth */
    QUERY_UNREACHABLE, /* the system says the datagram could not be delivered */
    QUERY_BROKEN,      /* the connection could not be made */
    QUERY_CLOSED,      /* it was made, but closed or reset without a whole reply */
    QUERY_NOT_SENT,    /* the last send or open could not be done for want of descriptors */
};

struct query_event {
    enum query_event_kind kind;
    unsigned server;
    bool tcp;                  /* REPLY: over which way */
    enum wire_verdict verdict; /* REPLY */
    enum outcome outcome;      /* REPLY with WIRE_REPLY */
    bool served;               /* CLOSED: after it had answered another question */
};

enum query_action_kind {
    QUERY_SEND,      /* over the server's socket, opened when it has none */
    QUERY_CLOSE,     /* the server's socket */
    QUERY_CONNECT,   /* open a TCP connection to the server and ask over it */
    QUERY_HANG_UP,   /* close the TCP connection */
    QUERY_KEEP,      /* this reply is the failure to tell when nobody does better */
    QUERY_TAKE,      /* this reply is the answer: done */
    QUERY_TAKE_KEPT, /* the kept one is: done */
    QUERY_GIVE_UP,   /* there is no reply, query->reason tells why: done */
};

struct query_action {
    enum query_action_kind kind;
    unsigned server;
    bool edns; /* SEND, CONNECT */
};

/* Closing comes first, KEEP before any other, and at most one SEND or CONNECT, at the end. */
struct query_actions {
    struct query_action list[QUERY_SERVERS + 4];
    size_t count;
};

enum query_reason {
    QUERY_SILENT,        /* no answer in time */
    QUERY_NO_SERVER,     /* there is none to ask */
    QUERY_ALL_FAILED,    /* none could be reached */
    QUERY_NO_DESCRIPTOR, /* nothing could be sent */
};

struct query_server { /* one server's part in this question */
    struct health *health;
    bool open, failed, plain;         /* has a socket; is of no use; must be asked without EDNS */
    unsigned sent;                    /* datagrams */
    int64_t last_sent, previous_sent; /* of the last two datagrams */
};

struct query {
    enum query_state state;
    struct query_limits limits;
    struct query_server servers[QUERY_SERVERS]; /* in the order asked */
    unsigned server_count;
    unsigned target;     /* server asked last */
    unsigned try;        /* counted from 0 */
    unsigned sends;      /* datagrams and connections in all */
    unsigned sent, late; /* datagrams in all, and sent again after the first second */
    unsigned unmatched;  /* replies dropped */
    bool tcp_only;       /* because of them */
    bool reconnected;    /* after a connection that was closed without any answer; once a question
                            (RFC 7766 6.2.4) */
    bool kept;           /* a failure is kept, with outcome */
    enum outcome kept_outcome;
    bool held; /* the last send could not be done, and is due again at held_until */
    int64_t held_until;
    int64_t started, try_ends;
    int64_t connected_at; /* when the connection was opened */
    int64_t rtt_us;       /* of the reply handled last */
    enum query_reason reason;
};

/* `healths` are the servers to ask, best first; at most QUERY_SERVERS count. They are borrowed. */
void query_init(struct query *query, const struct query_limits *limits,
                struct health *const *healths, size_t count);

/* Takes an event and says what to do. Anything but START in NEW, or any event in DONE, is a broken
 * invariant. */
void query_step(struct query *query, const struct query_event *event, int64_t now,
                struct query_actions *actions);

/* Has the server asked last been silent for longer than its patience? */
bool query_is_overdue(const struct query *query, int64_t now);

/* When QUERY_TIME must come next. It may move closer when a server's health improves, so it is to
 * be asked again after every step of any question. */
int64_t query_due(const struct query *query);

#endif
