/* What was answered before in this run, as long as its TTL lasts. */
#ifndef NET_LIVE_CACHE_H
#define NET_LIVE_CACHE_H

#include "dns/reply.h"

#include <stdint.h>

enum { CACHE_ENTRIES = 2048 }; /* the oldest goes first */

struct cache;

struct cache *cache_new(void);
void cache_free(struct cache *cache);
/* Remembers a reply received at reply->received_ms, unless it is a failure or may not be kept. */
void cache_put(struct cache *cache, const struct reply *reply);
/* A copy of the reply, the caller's; NULL when there is none that is still good at now_ms. */
struct reply *cache_get(struct cache *cache, const struct question *question, int64_t now_ms);
void cache_forget(struct cache *cache, const struct question *question);

#endif
