/* Master files (RFC 1035 5) and the answers they give (RFC 1034 4.3.2, RFC 4592). */
#ifndef DNS_ZONE_ZONE_H
#define DNS_ZONE_ZONE_H

#include "base/fault.h"
#include "base/status.h"
#include "dns/reply.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct zone;

/* How a zone file is to be read. */
struct zone_terms {
    const char *origin; /* canonical: of relative names before any $ORIGIN; NULL: they are faults */
    struct faults *warnings; /* what was passed over or assumed; NULL: nobody wants to know */
    size_t memory_max;       /* octets that file and zone may take; 0: 512 MiB */
};

/* Reads a zone file, of any size that the memory allows; "-" is the standard input, and pipes are
 * read to their end. On failure the whole file is refused and `faults` lists every fault (up to
 * 20) as "file:line: reason"; *zone is untouched. Records of unknown types are left out with a
 * warning. What is wrong with the zone as a whole (CNAME beside other data, no NS, data outside
 * it) is no fault: people look at it for that. `terms` may be NULL. */
enum status zone_read(const char *path, const struct zone_terms *terms, struct faults *faults,
                      struct zone **zone);
/* The same for a text. `label` names it in messages and replies ("lessons.zone"); it is in no
 * folder, so it includes nothing. */
enum status zone_read_text(const char *text, size_t length, const char *label,
                           const struct zone_terms *terms, struct faults *faults,
                           struct zone **zone);
void zone_free(struct zone *zone);

/* Was it read from this file, or from one that it includes? */
bool zone_is_from(const struct zone *zone, const struct stat *file);
/* The part of a canonical name that stands in the name of a file, the longest there is:
 * example.com. of www.example.com. in "db.example.com". That is the origin meant when the file does
 * not say its own. Points into name; NULL when there is none. */
const char *zone_origin_for(const char *path, const char *name);

/* The apex: owner of the SOA; NULL for a file without SOA (then only the RRsets in it are known).
 */
const char *zone_apex(const struct zone *zone);
const char *zone_label(const struct zone *zone); /* as it was given, made fit to be shown */
/* The origin of the terms, if a relative name took it; NULL: the file says its own. */
const char *zone_origin(const struct zone *zone);
/* The server whose copy of the zone this is: that of a label like "example@192.0.2.53.zone"; family
 * 0 with any other label. */
struct address zone_server(const struct zone *zone);
size_t zone_record_count(const struct zone *zone);
const struct record *zone_record(const struct zone *zone, size_t index);
/* Its owner and type alone, for a look through all of them. */
const char *zone_owner(const struct zone *zone, size_t index, uint16_t *type);
/* Its owner in the letters of the file: the same name, where case does not count (RFC 4343). */
const char *zone_owner_spelled(const struct zone *zone, size_t index);

/* Is the name answered from this zone? With an apex: at or below it and neither at nor below a
 * delegation. Foreign owners in the file, and all owners in a file without SOA, count when they
 * have records, and so do the names that a wildcard among them stands for. */
bool zone_knows(const struct zone *zone, const char *name);
/* Does the zone alone decide what the answer to name and type is? Within the apex as zone_knows;
 * elsewhere only the RRsets in the file (or a CNAME at the name) do. For laying a zone over live
 * DNS. */
bool zone_decides(const struct zone *zone, const char *name, uint16_t type);

/* Answers as a resolver would that knows exactly these zones: follows CNAME chains across them,
 * wildcards, NXDOMAIN and NODATA with the SOA in authority, addresses of MX/NS/SRV targets in
 * additional, AA and RA set. A name no zone knows, or that is delegated away, is
 * OUTCOME_NOT_IN_FILE with why, and REFUSED where a server was asked; a question without recursion
 * gets the referral there: NS and DS in authority, the addresses that the zone has in additional.
 * Names that are the same everywhere are answered without a zone: localhost (RFC 6761 6.3),
 * invalid, and addresses taken for names. Never NULL; caller frees. */
struct reply *zone_answer(const struct zone *const *zones, size_t count,
                          const struct question *question);
/* The same where the zones are all there is, with an empty root zone above them: a name that none
 * knows is NXDOMAIN; one above a zone or a record has no data (RFC 8020 2). */
struct reply *zone_answer_whole(const struct zone *const *zones, size_t count,
                                const struct question *question);

/* Does one of the zones name a server of that address for the apex: its own zone, or one that
 * delegates it? */
bool zone_is_served_by(const struct zone *const *zones, size_t count, const char *apex,
                       const struct address *server);

#endif
