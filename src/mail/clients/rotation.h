/* Address and name server records have no preference: who gets which first. A model of a resolver
 * that rotates an RRset, and of many users behind one cache. */
#ifndef MAIL_CLIENTS_ROTATION_H
#define MAIL_CLIENTS_ROTATION_H

#include "base/memory.h"
#include "base/random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rotation_order {
    ROTATION_CYCLIC, /* every answer starts one record further */
    ROTATION_RANDOM, /* every answer is shuffled */
    ROTATION_FIXED,  /* every answer as in the zone */
};

struct rotation_model {
    enum rotation_order order; /* of the authoritative answers */
    unsigned users;            /* clients, each asking once per TTL */
    unsigned caches;           /* resolvers they share; 0: everybody asks by himself */
    bool cache_rotates;        /* the caches rotate too instead of handing on what they keep */
    const bool *down;          /* per record; NULL: all up */
    unsigned rounds;           /* TTL periods looked at */
    unsigned servers;          /* name servers that are asked in turn; 0 as 1 */
    unsigned silent;           /* so many of them do not answer */
};

struct rotation_share {
    uint64_t first;  /* users that got this record first */
    uint64_t served; /* users that ended at it after trying those that are down */
    double share, served_share;
    double even; /* 1 / records: what perfect spreading would give */
};

struct rotation {
    const struct rotation_share *shares; /* per record, in the order given */
    size_t count;
    uint64_t users, unserved, extra_tries;
    uint64_t lookups, waits; /* questions to name servers, and how many silent ones they met */
    const unsigned *leaders; /* per period: the record most users got first */
    double widest;    /* largest share among the users of one TTL period, averaged over periods */
    const char *text; /* one sentence on what is seen */
};

const struct rotation *rotation_play(size_t records, const struct rotation_model *model,
                                     struct random *random, struct arena *arena);

#endif
