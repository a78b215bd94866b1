/* What is wrong with zones as a whole, seen by looking through their files once: no question need
 * be asked for it, and it is no fault of the text (zone_read). */
#ifndef DNS_ZONE_ZONE_FLAWS_H
#define DNS_ZONE_ZONE_FLAWS_H

#include "base/memory.h"
#include "dns/zone/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum zone_flaw_kind {
    ZONE_FLAW_NO_SOA,         /* at no name (RFC 1035 5.2) */
    ZONE_FLAW_OUTSIDE,        /* an owner that is not in the zone */
    ZONE_FLAW_BESIDE_ALIAS,   /* a CNAME and other data (RFC 1034 3.6.2, RFC 4034 3 and 4) */
    ZONE_FLAW_NO_ADDRESS,     /* the target of an NS, MX or SRV record has none in the zone */
    ZONE_FLAW_ALIAS_LOOP,     /* aliases lead back to where they began */
    ZONE_FLAW_ALIAS_DANGLING, /* an alias leads to a name that the zone does not have */
    ZONE_FLAW_KINDS,
};

/* So many of one kind are kept for each zone. */
enum { ZONE_FLAWS_KEPT = 32 };

struct zone_flaw {
    enum zone_flaw_kind kind;
    const char *label; /* of the zone: zone_label */
    const char *owner; /* canonical; "." for no SOA */
    uint16_t type; /* beside an alias: of the other data; else of the record at fault, 0: none */
    const char *target; /* where the record leads, canonical; "." where that does not matter */
    const char *file;   /* its name without folders */
    size_t line;        /* of the record in it; 0: none */
    size_t more;        /* others of its kind in the zone that are not kept; at the last one kept */
};

/* In the order of the files; of a loop the least of its names stands for all. */
struct zone_flaws {
    const struct zone_flaw *list;
    size_t count;
};

/* Looks through the zones of nobody's own (zone_server); where `partial` a file need be no whole
 * zone. Everything is in the arena. */
struct zone_flaws zone_flaws_find(struct zone *const *zones, size_t count, bool partial,
                                  struct arena *arena);

/* One flaw as a line, without the line end; false when the names of files are not fit for one. */
bool zone_flaw_print(const struct zone_flaw *flaw, struct text *out);
/* Reads such a line, which may come from anybody; false when it is none. */
bool zone_flaw_parse(const char *line, struct arena *arena, struct zone_flaw *flaw);

#endif
