/* How a zone keeps its records: nodes by owner name, each with a list of records. */
#ifndef DNS_ZONE_ZONE_STORE_H
#define DNS_ZONE_ZONE_STORE_H

#include "base/memory.h"
#include "dns/zone/zone.h"

#include <ldns/ldns.h>

struct zone_rr {
    struct zone_rr *next;  /* at the same node, in file order */
    struct record *record; /* decoded when somebody first asks for it */
    const char *owner;
    const uint8_t *rdata; /* without compression */
    const char *file;     /* the one included that it is from; NULL: the zone's own */
    uint32_t ttl, line;   /* its first line in the file */
    uint16_t type, length;
};

struct zone_node; /* an owner name, or an empty non-terminal above one (RFC 4592 2.2.2) */

struct zone *zone_new(const char *label);

/* Adds a record, whose rdata has the shape of its type. One that is there already is passed over
 * (RFC 2181 5). A second CNAME or DNAME is illegal, but can be answered. False for a second SOA
 * that differs; the same again ends a transfer. */
bool zone_add(struct zone *zone, const struct zone_rr *rr);
/* Notes how the owner of a record is written, unless it was noted before or the case of letters is
 * not all that differs. */
void zone_spell(struct zone *zone, const char *owner, const char *spelled);
/* After the last record: makes the empty non-terminals. */
void zone_finish(struct zone *zone);

/* In the order of the files; index below zone_record_count. */
const struct zone_rr *zone_rr_at(const struct zone *zone, size_t index);
/* The name of the file it is from, without folders; of the zone's own for NULL. */
const char *zone_rr_file(const struct zone *zone, const struct zone_rr *rr);
/* A name of a file that lives as long as the zone, without folders. */
const char *zone_keep_file(struct zone *zone, const char *path);

/* Notes that it is read from this file, which is open. */
void zone_note_file(struct zone *zone, const struct stat *file);
/* Notes that relative names took this origin. */
void zone_take_origin(struct zone *zone, const char *origin);
/* The SOA; NULL while there is none. */
const struct zone_rr *zone_soa(const struct zone *zone);
/* The last field of a SOA: the TTL of negative answers (RFC 2308 4). */
uint32_t zone_soa_minimum(const struct zone_rr *soa);
/* Octets of memory taken. */
size_t zone_size(const struct zone *zone);

/* NULL when there is no such name. */
const struct zone_node *zone_find(const struct zone *zone, const char *name);
/* The first record at the node of the type, or of any type for TYPE_ANY; NULL for none. */
const struct zone_rr *zone_first(const struct zone_node *node, uint16_t type);
/* The next of the same type behind rr. */
const struct zone_rr *zone_following(const struct zone_rr *rr, uint16_t type);

/* What answers for a name that the zone does not cover, as if there were a zone of what is in the
 * file: its own records, else the wildcard below its closest encloser (RFC 4592 3.3.1). NULL when
 * there is neither. */
const struct zone_node *zone_outside(const struct zone *zone, const char *name);

/* Is the name at or below the apex? */
bool zone_covers(const struct zone *zone, const char *name);
/* The owner of the NS records that delegate the name away: the name itself or one above it, below
 * the apex. NULL when there is none. */
const char *zone_cut(const struct zone *zone, const char *name);

/* A copy for a message, owned by `owner`; the caller frees it. */
ldns_rr *zone_rr_copy(const struct zone_rr *rr, const char *owner);

#endif
