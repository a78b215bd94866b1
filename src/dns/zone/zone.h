/* Master files (RFC 1035 5) and the answers they give (RFC 1034 4.3.2, RFC 4592). */
#ifndef DNS_ZONE_ZONE_H
#define DNS_ZONE_ZONE_H

#include "base/fault.h"
#include "base/status.h"
#include "dns/reply.h"

#include <stdbool.h>
#include <stddef.h>

struct zone;

/* Reads a master file. On failure the whole file is refused and `faults` lists every fault (up to
 * 20) as "file:line: reason"; *zone is untouched. `label` names it in messages and replies
 * ("lessons.zone"). */
enum status zone_read(const char *path, struct faults *faults, struct zone **zone);
enum status zone_read_text(const char *text, size_t length, const char *label,
                           struct faults *faults, struct zone **zone);
void zone_free(struct zone *zone);

/* The apex: owner of the SOA; NULL for a file without SOA (then only the RRsets in it are known).
 */
const char *zone_apex(const struct zone *zone);
const char *zone_label(const struct zone *zone);
/* The server whose copy of the zone this is: that of a label like "example@192.0.2.53.zone"; family
 * 0 with any other label. */
struct address zone_server(const struct zone *zone);
size_t zone_record_count(const struct zone *zone);
const struct record *zone_record(const struct zone *zone, size_t index);

/* Is the name answered from this zone? With an apex: at or below it and neither at nor below a
 * delegation. Foreign owners in the file, and all owners in a file without SOA, count when they
 * have records. */
bool zone_knows(const struct zone *zone, const char *name);
/* Does the zone alone decide what the answer to name and type is? Within the apex as zone_knows;
 * elsewhere only the RRsets in the file (or a CNAME at the name) do. For laying a zone over live
 * DNS. */
bool zone_decides(const struct zone *zone, const char *name, uint16_t type);

/* Answers as a resolver would that knows exactly these zones: follows CNAME chains across them,
 * wildcards, NXDOMAIN and NODATA with the SOA in authority, addresses of MX/NS/SRV targets in
 * additional, AA and RA set. A name no zone knows, or that is delegated away, is OUTCOME_REFUSED
 * with why. Never NULL; caller frees. */
struct reply *zone_answer(const struct zone *const *zones, size_t count,
                          const struct question *question);

#endif
