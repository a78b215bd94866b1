/* An answer that two sources gave together. */
#ifndef DNS_REPLY_CHAIN_H
#define DNS_REPLY_CHAIN_H

#include "dns/reply.h"

/* `front` is an answer whose aliases lead to a name it knows nothing about, `back` the reply to the
 * same type at that name. Gives the reply to front's question that one server knowing both would
 * have given: the aliases, then what `back` says; its outcome, server, times and counts are those
 * of `back`, and nothing is authenticated (AD). Where the two do not make one message, what `back`
 * answered is a SERVFAIL. Never NULL; caller frees all three. */
struct reply *reply_chain(const struct reply *front, const struct reply *back);

/* Does a resolver's reply end at an alias, with neither records nor the SOA that says there are
 * none (RFC 2308 2.2)? Then only the question in *rest (name borrowed) settles it. */
bool reply_has_soa(const struct reply *reply);
bool reply_is_partial(const struct reply *reply, struct question *rest);

#endif
