/* Query policy: what to send to whom, and when, for one question. A state machine without I/O in
 * virtual time (microseconds on any clock that only goes forward):
 *
 *     policy_step(policy, event, now) -> actions
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
    POLICY_SERVERS = 8,       /* of one question */
    POLICY_WINDOWS = 3,       /* lengths of tries; later tries have the last one */
    POLICY_SENDS_EARLY = 3,   /* datagrams in the first second of a question */
    POLICY_UNMATCHED_MOST = 3 /* replies that do not match; then TCP only */
};

struct policy_limits {
    int64_t window_us[POLICY_WINDOWS], total_us;
    unsigned tries;
    bool tcp; /* never UDP */
};
/* timeout_ms 0: 2 s, 3 s, 5 s and 10 s in all; else each try lasts that long. tries 0: three. */
void policy_limits_init(struct policy_limits *limits, unsigned timeout_ms, unsigned tries,
                        bool tcp);

enum policy_state { POLICY_NEW, POLICY_UDP, POLICY_TCP, POLICY_DONE };

enum policy_event_kind {
    POLICY_START,
    POLICY_TIME,        /* policy_due has come */
    POLICY_REPLY,       /* a message came, verdict and outcome say what it is worth */
    POLICY_UNREACHABLE, /* the system says the datagram could not be delivered */
    POLICY_BROKEN,      /* the connection could not be made */
    POLICY_CLOSED,      /* it was made, but closed or reset without a whole reply */
    POLICY_NOT_SENT,    /* the last send or open could not be done for want of descriptors */
};

struct policy_event {
    enum policy_event_kind kind;
    unsigned server;
    bool tcp;                  /* REPLY: over which way */
    enum wire_verdict verdict; /* REPLY */
    enum outcome outcome;      /* REPLY with WIRE_REPLY */
};

enum policy_action_kind {
    POLICY_SEND,      /* over the server's socket, opened when it has none */
    POLICY_CLOSE,     /* the server's socket */
    POLICY_CONNECT,   /* open a TCP connection to the server and ask over it */
    POLICY_HANG_UP,   /* close the TCP connection */
    POLICY_KEEP,      /* this reply is the failure to tell when nobody does better */
    POLICY_TAKE,      /* this reply is the answer: done */
    POLICY_TAKE_KEPT, /* the kept one is: done */
    POLICY_GIVE_UP,   /* there is no reply, policy->reason tells why: done */
};

struct policy_action {
    enum policy_action_kind kind;
    unsigned server;
    bool edns; /* SEND, CONNECT */
};

/* Closing comes first, KEEP before any other, and at most one SEND or CONNECT, at the end. */
struct policy_actions {
    struct policy_action list[POLICY_SERVERS + 4];
    size_t count;
};

enum policy_reason {
    POLICY_SILENT,        /* no answer in time */
    POLICY_NO_SERVER,     /* there is none to ask */
    POLICY_ALL_FAILED,    /* none could be reached */
    POLICY_NO_DESCRIPTOR, /* nothing could be sent */
};

struct policy_server { /* one server's part in this question */
    struct health *health;
    bool open, failed, plain;         /* has a socket; is of no use; must be asked without EDNS */
    unsigned sent;                    /* datagrams */
    int64_t last_sent, previous_sent; /* of the last two datagrams */
};

struct policy {
    enum policy_state state;
    struct policy_limits limits;
    struct policy_server servers[POLICY_SERVERS]; /* in the order asked */
    unsigned server_count;
    unsigned target;     /* server asked last */
    unsigned try;        /* counted from 0 */
    unsigned sends;      /* datagrams and connections in all */
    unsigned sent, late; /* datagrams in all, and sent again after the first second */
    unsigned unmatched;  /* replies dropped */
    bool tcp_only;       /* because of them */
    bool reconnected;    /* after a connection that was closed; once a question (RFC 7766 6.2.4) */
    bool kept;           /* a failure is kept, with outcome */
    enum outcome kept_outcome;
    bool held; /* the last send could not be done, and is due again at held_until */
    int64_t held_until;
    int64_t started, try_ends;
    int64_t connected_at; /* when the connection was opened */
    int64_t rtt_us;       /* of the reply handled last */
    enum policy_reason reason;
};

/* `healths` are the servers to ask, best first; at most POLICY_SERVERS count. They are borrowed. */
void policy_init(struct policy *policy, const struct policy_limits *limits,
                 struct health *const *healths, size_t count);

/* Takes an event and says what to do. Anything but START in NEW, or any event in DONE, is a broken
 * invariant. */
void policy_step(struct policy *policy, const struct policy_event *event, int64_t now,
                 struct policy_actions *actions);

/* Has the server asked last been silent for longer than its patience? */
bool policy_is_overdue(const struct policy *policy, int64_t now);

/* When POLICY_TIME must come next. It may move closer when a server's health improves, so it is to
 * be asked again after every step of any question. */
int64_t policy_due(const struct policy *policy);

#endif
