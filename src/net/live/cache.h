/* What was answered before in this run, as long as its TTL lasts.
 *
 * Most answers are of use for one name only. They go through one ring, the oldest first; what was
 * asked for again, or was asked before it went out of that ring, goes to another one, where only
 * others of its kind take its place, those first that were not asked for lately. */
#ifndef NET_LIVE_CACHE_H
#define NET_LIVE_CACHE_H

#include "dns/reply.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    CACHE_ONCE = 2048,    /* entries for what was asked once */
    CACHE_SHARED = 8192,  /* and for the rest */
    CACHE_SEEN = 1 << 20, /* questions of which it is known that they were asked before */
    CACHE_FAILURE_S = 30  /* so long failures are remembered (RFC 9520 3.2) */
};

struct cache;

/* For many names: failures are remembered, too, and so is what was asked long ago. */
struct cache *cache_new(bool many);
void cache_free(struct cache *cache);
/* Remembers a reply received at reply->received_ms, unless it may not be kept. */
void cache_put(struct cache *cache, const struct reply *reply);
/* A copy of the reply, the caller's; NULL when there is none that is still good at now_ms. */
struct reply *cache_get(struct cache *cache, const struct question *question, int64_t now_ms);
void cache_forget(struct cache *cache, const struct question *question);

#endif
