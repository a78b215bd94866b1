/* DANE for SMTP (RFC 7672): the TLSA records of the exchanges, usable or not, and why. */
#ifndef POLICY_SERVERS_DANE_H
#define POLICY_SERVERS_DANE_H

#include "dns/lookup.h"

/* From best to worst; but for DANE_PENDING. */
enum dane_state {
    DANE_PENDING,
    DANE_ABSENT,   /* no TLSA record */
    DANE_INSECURE, /* DANE does not apply: the addresses of the host are not signed (2.2.2) */
    DANE_USABLE,
    DANE_ONCE_SIGNED, /* usable records of a zone file, which nobody validates */
    DANE_MX_INSECURE, /* usable, but for the MX records: for senders that accept that (2.2.1) */
    DANE_UNKNOWN,     /* a lookup failed; where DANE applies senders defer (RFC 7672 2.1.1) */
    DANE_UNSIGNED,    /* TLSA records that are not signed while the addresses are */
    DANE_UNUSABLE,    /* signed, but no record has a usage, selector and matching type in use */
};
const char *dane_state_text(enum dane_state state); /* Static. */

struct dane_tlsa {
    const struct record *record;
    bool usable;
    const char *why; /* "DANE-EE: the server's own key" or why it is not usable */
};

struct dane_exchange {
    const char *exchange; /* canonical */
    const char *base;     /* "_25._tcp.mx1.example.com." */
    enum dane_state state;
    const struct reply *reply; /* of the TLSA question; NULL while pending, and not asked */
    const struct dane_tlsa *records;
    size_t count;
    const char *why; /* one sentence; when unusable with the reason */
};

struct dane {
    bool complete;
    const struct dane_exchange *exchanges; /* in order of preference, then name */
    size_t count;
    size_t usable;         /* those that bind a sender today: DANE_USABLE and DANE_MX_INSECURE */
    enum dane_state state; /* of all together: the worst */
    bool partial;          /* some have usable records, others that can be reached none */
};

/* Exchanges of the MX answer, or the domain itself (implicit MX); address literals are left out.
 * First it is found out whether DANE applies: where the addresses of a host are not secure, its
 * TLSA records are not asked for (RFC 7672 2.2.2). */
struct dane *dane_build(const struct lookup *lookup, struct arena *arena, const char *domain);

#endif
