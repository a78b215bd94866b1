/* Sets of records compared without regard to order and TTL. */
#ifndef POLICY_SERVERS_RECORD_SET_H
#define POLICY_SERVERS_RECORD_SET_H

#include "dns/reply.h"

/* The same data, in whatever order? Replies without records are empty sets. */
bool record_sets_equal(struct arena *arena, const struct reply *a, const struct reply *b);

#endif
