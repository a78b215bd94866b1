/* The servers of the root zone, as IANA publishes them (https://www.internic.net/domain/named.root,
 * last update 2024-04-18, root zone 2024041801). */
#ifndef POLICY_SERVERS_ROOT_HINTS_H
#define POLICY_SERVERS_ROOT_HINTS_H

#include "policy/servers/trace.h"

/* All of them: first their IPv4 addresses, then those of IPv6. In the arena. */
struct trace_hints root_hints(struct arena *arena);

#endif
