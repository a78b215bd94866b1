#include "net/live/cache.h"

#include "base/fnv.h"
#include "base/memory.h"
#include "dns/question_map.h"

#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MOST = 2 * 1024 }; /* longer ones are not worth their memory */

struct entry {
    struct reply *packed; /* owned; NULL for none */
    int64_t good_until_ms;
    bool used; /* asked for since it came here, or since it was passed over */
};

struct ring {
    struct entry *entries;
    size_t size, next; /* the entry to be overwritten next */
    size_t used;       /* the entries before this one were used at some time */
};

struct cache {
    struct question_map *entries; /* to struct entry in a ring */
    struct ring once, shared;
    uint32_t *seen; /* half of the hash of a question at the place the other half says; or NULL */
};

static void ring_init(struct ring *ring, size_t size)
{
    ring->entries = memory_new(size, sizeof *ring->entries);
    ring->size = size;
}

struct cache *cache_new(bool many)
{
    struct cache *cache = memory_new(1, sizeof *cache);

    cache->entries = question_map_new();
    ring_init(&cache->once, CACHE_ONCE);
    ring_init(&cache->shared, CACHE_SHARED);
    if (many)
        cache->seen = memory_new(CACHE_SEEN, sizeof *cache->seen);
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

static void ring_clear(struct cache *cache, struct ring *ring)
{
    for (size_t i = 0; i < ring->used; i++)
        entry_clear(cache, &ring->entries[i]);
    free(ring->entries);
}

void cache_free(struct cache *cache)
{
    ring_clear(cache, &cache->once);
    ring_clear(cache, &cache->shared);
    question_map_free(cache->entries);
    free(cache->seen);
    free(cache);
}

/* ---- what was asked before ---- */

static uint64_t hash_of(const struct question *question)
{
    uint64_t hash = fnv_64(FNV_64, question->name, strlen(question->name));

    hash = fnv_64(hash, &question->type, sizeof question->type);
    hash = fnv_64(hash, question->server.bytes, sizeof question->server.bytes);
    return hash ^ hash >> 32;
}

/* Was it asked before? It is from now on. */
static bool note_seen(struct cache *cache, const struct question *question)
{
    uint64_t hash = hash_of(question);
    uint32_t mark = (uint32_t)(hash >> 32), *seen;
    bool before;

    if (!cache->seen)
        return false;
    seen = &cache->seen[hash % CACHE_SEEN];
    before = *seen == mark;
    *seen = mark;
    return before;
}

/* ---- what is kept ---- */

static uint32_t least_ttl(const struct section *section)
{
    uint32_t least = UINT32_MAX;

    for (size_t i = 0; i < section->count; i++)
        if (section->records[i].ttl < least)
            least = section->records[i].ttl;
    return least;
}

/* Seconds the reply may be used for; 0: not at all. */
static uint32_t lifetime(const struct cache *cache, const struct reply *reply)
{
    uint32_t ttl = least_ttl(&reply->answer);

    switch (reply->outcome) {
    case OUTCOME_ANSWERED:
        return ttl;
    case OUTCOME_NODATA:
    case OUTCOME_NXDOMAIN:
        return reply->negative_ttl < ttl ? reply->negative_ttl : ttl;
    default:
        return cache->seen && reply_was_sent(reply) ? CACHE_FAILURE_S : 0;
    }
}

/* At its next place, which is empty. */
static void put_into(struct cache *cache, struct ring *ring, struct entry entry)
{
    struct entry *place = &ring->entries[ring->next];

    *place = entry;
    question_map_put(cache->entries, &place->packed->question, place);
    if (++ring->next > ring->used)
        ring->used = ring->next;
    ring->next %= ring->size;
}

/* Those asked for lately are passed over once. */
static void put_shared(struct cache *cache, struct entry entry)
{
    struct ring *ring = &cache->shared;
    struct entry *place;

    while ((place = &ring->entries[ring->next])->used) {
        place->used = false;
        ring->next = (ring->next + 1) % ring->size;
    }
    entry_clear(cache, place);
    put_into(cache, ring, entry);
}

static void put_once(struct cache *cache, struct entry entry)
{
    struct ring *ring = &cache->once;
    struct entry *place = &ring->entries[ring->next], last = *place;

    if (last.packed && last.used) {
        last.used = false;
        put_shared(cache, last);
    } else {
        entry_clear(cache, place);
    }
    put_into(cache, ring, entry);
}

void cache_put(struct cache *cache, const struct reply *reply)
{
    uint32_t seconds = lifetime(cache, reply);
    struct entry entry = {.good_until_ms = reply->received_ms + (int64_t)seconds * 1000};

    cache_forget(cache, &reply->question);
    if (!seconds || reply->wire.length > MESSAGE_MOST)
        return;
    entry.packed = reply_pack(reply);
    if (note_seen(cache, &reply->question))
        put_shared(cache, entry);
    else
        put_once(cache, entry);
}

struct reply *cache_get(struct cache *cache, const struct question *question, int64_t now_ms)
{
    struct entry *entry = question_map_find(cache->entries, question);

    if (entry && now_ms < entry->good_until_ms) {
        entry->used = true;
        return reply_dup(entry->packed);
    }
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
