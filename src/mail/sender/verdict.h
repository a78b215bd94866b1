/* The words that senders, routes and deliveries share: what becomes of a message, what a host is to
 * it, which rule says so, and one step of the story. */
#ifndef MAIL_SENDER_VERDICT_H
#define MAIL_SENDER_VERDICT_H

enum verdict {
    VERDICT_DELIVER,
    VERDICT_LOCAL,  /* the sender is the last stop */
    VERDICT_BOUNCE, /* returned to its writer */
    VERDICT_DEFER,  /* queued, tried again later */
    VERDICT_FREEZE, /* queued until an administrator comes (Exim) */
    VERDICT_LOOP,   /* sent to itself, or between hosts without end */
};
const char *verdict_text(enum verdict verdict); /* "deliver", "local", "bounce", ...: JSON */
const char *verdict_word(enum verdict verdict); /* "delivered", "deferred", in the language */
/* Before a message is sent, of a route: "deliverable", and the words above. */
const char *verdict_prospect(enum verdict verdict);

/* A sentence of a sender's rules and where it is from. */
struct rule {
    const char *text, *reference;
};

/* How a sender goes on at a host where TLS comes in. */
enum tls_way {
    TLS_UNTOLD,
    TLS_CLEAR,   /* the message goes in clear */
    TLS_RECLEAR, /* in clear, on a second connection to the same address */
    TLS_USED,    /* the message goes over TLS */
    TLS_SKIP,    /* no connection is made: the host is left out */
    TLS_FAILS,   /* it is left for TLS, or the message stops there */
};
const char *tls_way_text(enum tls_way way);     /* "clear", "re-clear", "tls"; NULL for others */
const char *tls_way_sentence(enum tls_way way); /* "in clear", ...; "" for others */

/* What becomes of the message, and which rule says so. */
struct decision {
    enum verdict verdict;
    const char *code;      /* enhanced status code "5.4.6"; "" where the server gives none */
    const char *why;       /* sentence */
    const char *reference; /* "RFC 5321 5.1"; "Postfix 3.7-3.12, smtp_addr.c" */
};

enum host_state {
    HOST_CANDIDATE, /* may be tried */
    HOST_IGNORED,   /* dropped by a rule: the sender itself, less preferred than itself, "." ... */
    HOST_UNUSABLE,  /* no address to connect to */
};
const char *host_state_text(enum host_state state); /* "candidate", "ignored", "unusable": JSON */
const char *host_state_word(enum host_state state); /* the same in the language */

/* What was looked at on the way, for the numbered steps. */
enum step_kind {
    STEP_LOOKUP,
    STEP_NULL_MX,
    STEP_IMPLICIT_MX,
    STEP_SORT,
    STEP_SELF,
    STEP_ADDRESSES,
    STEP_UNUSABLE,
    STEP_SHUFFLE,
    STEP_LIMIT,
    STEP_ATTEMPT,
    STEP_SKIP,  /* left out in its turn, without a connection */
    STEP_CLEAR, /* a warning: taken in clear past a host that insists on TLS */
    STEP_VERDICT,
    STEP_RETRY,
    STEP_FALLBACK,
};

struct step {
    enum step_kind kind;
    const char *text, *reference;
    int host;    /* index into route.hosts, -1 for none */
    int address; /* index into that host's addresses, -1 for none */
    /* of STEP_SHUFFLE: the hosts of a preference as drawn, "mx3, mx2"; NULL of any other */
    const char *drawn;
    unsigned preference;
};

#endif
