/* What a sender does at hosts that have trouble with TLS, as one row of a table. */
#ifndef TESTS_TLS_WORLD_H
#define TESTS_TLS_WORLD_H

#include "unit/worlds/routing_world.h"

#define TLS_TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"

/* A sender with settings (with spaces between them) that knows something beforehand, of both hosts
 * alike: "key", "issuer", "pkix", "unusable" or "failed" TLSA records, "alias": those of where the
 * host is an alias; "mx-insecure"; "enforce", "testing" or "none" as mode of a policy that lists
 * the other words. Its route is built. */
void tls_begin(struct routing *routing, const char *zone, const char *profile, const char *settings,
               const char *known, const char *down);

/* What the sender does at the first host: c clear, r clear again, T over TLS, n next, s skipped,
 * b stops there, . TLS does not come in. */
char tls_letter(struct routing *routing);
size_t tls_tries(struct routing *routing);           /* of delivery 0 */
enum tls_way tls_way_taken(struct routing *routing); /* how the message of delivery 0 went */

/* The eight TLS stages and a host that does all well: what the sender does with the first of two
 * hosts while the second is good; and the ending when all hosts do so, "-" where the message is
 * taken. */
struct tls_case_row {
    const char *rule, *profile, *settings, *known, *ways, *endings;
};
void tls_check(const struct tls_case_row *rows, size_t count);

#define TLS_OK       "-|-|-|-|-|-|-|-|-"
#define TLS_ALL(end) end "|" end "|" end "|" end "|" end "|" end "|" end "|" end "|" end

#endif
