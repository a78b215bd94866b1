/* DANE for SMTP (RFC 7672): the TLSA records of the exchanges, usable or not, and why. */
#ifndef POLICY_SERVERS_DANE_H
#define POLICY_SERVERS_DANE_H

#include "dns/lookup.h"

enum dane_state {
    DANE_PENDING,
    DANE_UNKNOWN, /* a look-up failed: senders must put the message off (RFC 7672 2.1.1) */
    DANE_ABSENT,  /* no TLSA record */
    DANE_USABLE,
    DANE_INSECURE, /* there are records, but something on the way is not signed */
    DANE_UNUSABLE, /* signed, but no record has a usage, selector and matching type in use */
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
    const struct reply *reply; /* of the TLSA question; NULL while pending */
    const struct dane_tlsa *records;
    size_t count;
    bool mx_secure, address_secure, tlsa_secure; /* AD of the three answers */
    const char *why;
};

struct dane {
    bool complete;
    const struct dane_exchange *exchanges; /* in order of preference, then name */
    size_t count;
    size_t usable;
};

/* Exchanges of the MX answer, or the domain itself (implicit MX). */
struct dane *dane_build(const struct lookup *lookup, struct arena *arena, const char *domain);

#endif
