/* Reverse names of the exchanges' addresses and whether they lead back (RFC 1912 2.1). */
#ifndef POLICY_SERVERS_PTR_H
#define POLICY_SERVERS_PTR_H

#include "policy/servers/exchanges.h"

enum ptr_state {
    PTR_PENDING,
    PTR_UNKNOWN, /* a lookup failed */
    PTR_MISSING,
    PTR_CONFIRMED,   /* some name has the address */
    PTR_UNCONFIRMED, /* names, but none leads back */
};
const char *ptr_state_text(enum ptr_state state); /* as JSON has it. Static. */
const char *ptr_state_word(enum ptr_state state); /* as people read it */

struct ptr_address {
    struct address address;
    const char *exchange; /* the first exchange that has it */
    const char *name;     /* "1.2.0.192.in-addr.arpa." */
    const struct reply *reply;
    enum ptr_state state;
    const char *const *names; /* canonical */
    size_t name_count;        /* at most PTR_NAMES_MAX are followed */
    const char *confirmed;    /* the first name that leads back; or NULL */
};

enum { PTR_ADDRESSES_MAX = 256, PTR_NAMES_MAX = 100 };

struct ptrs {
    bool complete;
    const struct ptr_address *addresses; /* in the order of the exchanges */
    size_t count;
    bool lacking;    /* the MX hosts, or the addresses of one, are not known */
    size_t left_out; /* addresses beyond PTR_ADDRESSES_MAX */
};

/* Addresses that are not global are left out, as their reverse zones are nobody's; those of the
 * documentation ranges are kept, for the lessons are made of them. */
struct ptrs *ptrs_build(const struct lookup *lookup, struct arena *arena,
                        const struct exchanges *exchanges);

#endif
