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

#endif
