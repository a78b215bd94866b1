#include "net/live/cache.h"

#include "base/memory.h"
#include "dns/question_map.h"

#include <stdlib.h>

enum { MESSAGE_MOST = 2 * 1024 }; /* longer ones are not worth their memory */

struct entry {
    struct reply *packed; /* owned; NULL for none */
    int64_t good_until_ms;
};

struct cache {
    struct question_map *entries; /* to struct entry in the ring */
    struct entry ring[CACHE_ENTRIES];
    size_t next; /* the entry to be overwritten next */
};

struct cache *cache_new(void)
{
    struct cache *cache = memory_new(1, sizeof *cache);

    cache->entries = question_map_new();
    return cache;
}

static void entry_clear(struct cache *cache, struct entry *entry)
{
    if (!entry->packed)
        return;
    question_map_remove(cache->entries, &entry->packed->question);
    reply_free(entry->packed);
    *entry = (struct entry){0};
}

void cache_free(struct cache *cache)
{
    for (size_t i = 0; i < CACHE_ENTRIES; i++)
        entry_clear(cache, &cache->ring[i]);
    question_map_free(cache->entries);
    free(cache);
}

static uint32_t least_ttl(const struct section *section)
{
    uint32_t least = UINT32_MAX;

    for (size_t i = 0; i < section->count; i++)
        if (section->records[i].ttl < least)
            least = section->records[i].ttl;
    return least;
}

/* Seconds the reply may be used for; 0 for failures. */
static uint32_t lifetime(const struct reply *reply)
{
    uint32_t ttl = least_ttl(&reply->answer);

    switch (reply->outcome) {
    case OUTCOME_ANSWERED:
        return ttl;
    case OUTCOME_NODATA:
    case OUTCOME_NXDOMAIN:
        return reply->negative_ttl < ttl ? reply->negative_ttl : ttl;
    default:
        return 0;
    }
}

void cache_put(struct cache *cache, const struct reply *reply)
{
    struct entry *entry = &cache->ring[cache->next];
    uint32_t seconds = lifetime(reply);

    cache_forget(cache, &reply->question);
    if (!seconds || reply->wire.length > MESSAGE_MOST)
        return;
    entry_clear(cache, entry);
    entry->packed = reply_pack(reply);
    entry->good_until_ms = reply->received_ms + (int64_t)seconds * 1000;
    question_map_put(cache->entries, &entry->packed->question, entry);
    cache->next = (cache->next + 1) % CACHE_ENTRIES;
}

struct reply *cache_get(struct cache *cache, const struct question *question, int64_t now_ms)
{
    struct entry *entry = question_map_find(cache->entries, question);

    if (entry && now_ms < entry->good_until_ms)
        return reply_dup(entry->packed);
    if (entry)
        entry_clear(cache, entry);
    return NULL;
}

void cache_forget(struct cache *cache, const struct question *question)
{
    struct entry *entry = question_map_find(cache->entries, question);

    if (entry)
        entry_clear(cache, entry);
}
