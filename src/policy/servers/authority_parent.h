/* The parent's side of a delegation. */
#ifndef POLICY_SERVERS_AUTHORITY_PARENT_H
#define POLICY_SERVERS_AUTHORITY_PARENT_H

#include "policy/servers/authority.h"

/* Wants what is asked about the parent when the domain is a zone, as most are, before that is
 * known.
 */
void authority_parent_expect(const struct lookup *lookup, const char *domain);
/* Asks a server of the parent zone that is within reach for its NS records of authority->zone and
 * compares them with the zone's own. Where servers are not asked (REACH_NONE: zone files) what the
 * files of the zones above have is compared. */
struct authority_parent authority_parent_build(const struct lookup *lookup, struct arena *arena,
                                               struct authority *authority,
                                               enum server_reach reach);

#endif
