/* The name servers a live source asks: those configured, and those that single questions go to. */
#ifndef NET_LIVE_UPSTREAMS_H
#define NET_LIVE_UPSTREAMS_H

#include "base/fault.h"
#include "net/live/pending.h"
#include "net/source.h"

#include <stdbool.h>
#include <stddef.h>

struct upstreams;

/* resolv.conf may shorten the limits, where the options say nothing. */
struct upstreams *upstreams_new(const struct live_options *options, struct query_limits *limits,
                                struct faults *warnings);
void upstreams_free(struct upstreams *upstreams);
/* The one server that a question must go to; NULL when any configured one will do, or when that
 * server may not be asked. It is kept while something waits for it or is under way, and for some
 * thousand other servers longer. */
struct upstream *upstreams_single(struct upstreams *upstreams, const struct question *question);
/* The servers for a question, best first; 0 when there is none, and *why (static) says why. */
size_t upstreams_choose(struct upstreams *upstreams, const struct question *question,
                        struct upstream *chosen[QUERY_SERVERS], const char **why);

/* The configured servers: "127.0.0.1#53, [::1]#53". */
const char *upstreams_text(struct upstreams *upstreams);

#endif
