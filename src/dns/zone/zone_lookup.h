/* One step of RFC 1034 4.3.2 in one zone: what stands at a name? */
#ifndef DNS_ZONE_ZONE_LOOKUP_H
#define DNS_ZONE_ZONE_LOOKUP_H

#include "dns/zone/zone_store.h"

enum zone_match_kind {
    ZONE_MATCH_RECORDS,  /* `first` and those following it answer */
    ZONE_MATCH_ALIAS,    /* `first` is a CNAME to follow */
    ZONE_MATCH_REDIRECT, /* `first` is a DNAME above the name (RFC 6672) */
    ZONE_MATCH_NODATA,
    ZONE_MATCH_NXDOMAIN,
    ZONE_MATCH_DELEGATED, /* away, at `cut` */
};

struct zone_match {
    enum zone_match_kind kind;
    const struct zone_rr *first;
    const char *cut;
};

/* The zone that answers for the name: the one with the longest apex above it, else one that has
 * records of exactly this name, or a wildcard for it. DS is looked for above a zone cut first (RFC
 * 4035 3.1.4.1). NULL when there is none. */
const struct zone *zone_choose(const struct zone *const *zones, size_t count, const char *name,
                               uint16_t type);

/* Looks the name up in a zone that zone_choose gave. Wildcards are applied (RFC 4592); the records
 * found then have the owner "*...", which the caller replaces by the name.
 * A CNAME beside other data, or a second one, is illegal (RFC 2181 10.1), but people must see what
 * comes of it: a type that is there is answered, every other follows the first CNAME. */
struct zone_match zone_lookup(const struct zone *zone, const char *name, uint16_t type);

#endif
