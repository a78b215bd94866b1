/* The TTLs of the zone itself, where a cache has counted down what it answers with. */
#ifndef POLICY_SERVERS_AUTHORITY_TTL_H
#define POLICY_SERVERS_AUTHORITY_TTL_H

#include "policy/servers/authority.h"

/* Asks the reference for each answer about a name of the zone that came from a cache, and sets
 * authority->own. The replies borrow from the answers. */
void authority_ask_ttls(const struct lookup *lookup, struct arena *arena,
                        struct authority *authority);

#endif
