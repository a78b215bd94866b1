/* The name servers a live source asks: those configured, found by name if need be, and those that
 * single questions go to. */
#ifndef NET_LIVE_UPSTREAMS_H
#define NET_LIVE_UPSTREAMS_H

#include "base/fault.h"
#include "net/live/pending.h"
#include "net/source.h"

#include <stdbool.h>
#include <stddef.h>

struct upstreams;

/* `settled` is called from the loop once every "@name" has been looked up. resolv.conf may shorten
 * the limits, where the options say nothing. */
struct upstreams *upstreams_new(uv_loop_t *loop, const struct live_options *options,
                                struct policy_limits *limits, struct faults *warnings,
                                void (*settled)(void *context), void *context);
void upstreams_free(struct upstreams *upstreams);

/* Are all names looked up? Before that there is nothing to choose from. */
bool upstreams_are_settled(const struct upstreams *upstreams);
/* Names not found by now count as without address. */
void upstreams_settle(struct upstreams *upstreams);

/* The servers for a question, best first; 0 when there is none, and *why (static or the
 * upstreams') says why. */
size_t upstreams_choose(struct upstreams *upstreams, const struct question *question,
                        struct upstream *chosen[POLICY_SERVERS], const char **why);

/* The configured servers: "127.0.0.1#53, [::1]#53". */
const char *upstreams_text(struct upstreams *upstreams);

#endif
