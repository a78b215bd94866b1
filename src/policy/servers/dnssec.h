/* DNSSEC as a resolver shows it: who is signed, until when, and bogus told from broken. */
#ifndef POLICY_SERVERS_DNSSEC_H
#define POLICY_SERVERS_DNSSEC_H

#include "dns/lookup.h"

enum dnssec_state {
    DNSSEC_PENDING,
    DNSSEC_UNKNOWN,     /* the lookups failed */
    DNSSEC_UNSIGNED,    /* neither DS nor DNSKEY */
    DNSSEC_SECURE,      /* signed, and the resolver says it validated (AD) */
    DNSSEC_UNVALIDATED, /* signed, but this resolver does not validate */
    DNSSEC_INSECURE,    /* signed in a way that validators do not know: taken for unsigned */
    DNSSEC_NO_DS,       /* keys, but the parent does not vouch for them */
    DNSSEC_NO_KEYS,     /* the parent vouches for keys that are not there */
    DNSSEC_BOGUS,       /* answered only when the resolver is told not to check (CD) */
};
const char *dnssec_state_text(enum dnssec_state state); /* as JSON has it. Static. */
const char *dnssec_state_word(enum dnssec_state state); /* as people read it */

struct dnssec_signature {
    uint16_t covered;   /* type */
    const char *signer; /* canonical */
    uint16_t key_tag;
    int64_t expires;   /* seconds since 1970 */
    int64_t remaining; /* seconds left at `now`, negative when expired */
};

struct dnssec {
    bool complete;
    enum dnssec_state state;
    const char *zone;                      /* the apex that was looked at */
    bool ad;                               /* the resolver vouches for the zone's data */
    const struct reply *ds, *dnskey;       /* of the zone */
    const struct reply *missing;           /* what leaves it UNKNOWN: of DS, DNSKEY or SOA */
    const struct reply *plain, *unchecked; /* the failing question, and the same with CD; or NULL */
    const struct reply *mx;                /* with its signatures, when there are keys; or NULL */
    const struct dnssec_signature *signatures; /* over DNSKEY and MX, soonest end first */
    size_t signature_count;
    const char *why; /* one sentence */
};

/* Signatures that end within this many seconds are near expiry. */
enum { DNSSEC_NEAR = 3 * 86400 };

/* `now` in seconds since 1970; 0 when unknown, then nothing is said about expiry. */
struct dnssec *dnssec_build(const struct lookup *lookup, struct arena *arena, const char *domain,
                            int64_t now);

/* Do today's validators know the algorithm and the digest of the DS record (RFC 9904)? */
bool dnssec_ds_is_known(const struct record *ds);

/* The zone a name lives in, by its SOA: NULL while unknown or when the lookup failed
 * (*complete tells which). */
const char *dnssec_zone_of(const struct lookup *lookup, const char *name, bool *complete);

#endif
