/* Which name servers may be asked after an answer from one of them. */
#ifndef POLICY_SERVERS_AUTHORITY_REACH_H
#define POLICY_SERVERS_AUTHORITY_REACH_H

#include "dns/address.h"
#include "dns/reply.h"

/* The reach for the servers of the zone whose NS records came with this reply. */
enum server_reach authority_reach(enum server_reach reach, const struct reply *ns);

#endif
