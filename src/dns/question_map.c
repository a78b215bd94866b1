#include "dns/question_map.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/slots.h"
#include "dns/name.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Type, flags and the server's family; where there is a server, its bytes, port and encryption; the
 * name. */
enum { FIXED_OCTETS = 4, SERVER_OCTETS = 20 };

struct key {
    uint8_t octets[FIXED_OCTETS + SERVER_OCTETS + NAME_TEXT];
    unsigned length, hash;
};

struct entry {
    void *value;
    unsigned length;
    uint8_t octets[]; /* of the key */
};

struct question_map {
    struct slots entries;
};

static void key_init(struct key *key, const struct question *question)
{
    size_t name_length = strlen(question->name), used = FIXED_OCTETS;

    assert(name_length < NAME_TEXT);
    key->octets[0] = (uint8_t)(question->type >> 8);
    key->octets[1] = (uint8_t)question->type;
    key->octets[2] = question->flags;
    key->octets[3] = question->server.family;
    if (question->server.family || question->port) {
        memcpy(key->octets + used, question->server.bytes, sizeof question->server.bytes);
        key->octets[used + 16] = (uint8_t)(question->port >> 8);
        key->octets[used + 17] = (uint8_t)question->port;
        key->octets[used + 18] = (uint8_t)(question->encrypted >> 8);
        key->octets[used + 19] = (uint8_t)question->encrypted;
        used += SERVER_OCTETS;
    }
    memcpy(key->octets + used, question->name, name_length);
    key->length = (unsigned)(used + name_length);
    key->hash = hash_octets(key->octets, key->length);
}

static bool is_of_key(const void *thing, const void *wanted)
{
    const struct entry *entry = thing;
    const struct key *key = wanted;

    return entry->length == key->length && memcmp(entry->octets, key->octets, key->length) == 0;
}

static struct entry *find(const struct question_map *map, const struct key *key)
{
    return slots_find(&map->entries, key->hash, is_of_key, key);
}

struct question_map *question_map_new(void)
{
    return memory_new(1, sizeof(struct question_map));
}

void question_map_free(struct question_map *map)
{
    if (!map)
        return;
    slots_each(&map->entries, free);
    slots_clear(&map->entries);
    free(map);
}

void *question_map_find(const struct question_map *map, const struct question *question)
{
    struct key key;
    const struct entry *entry;

    key_init(&key, question);
    entry = find(map, &key);
    return entry ? entry->value : NULL;
}

void **question_map_place(struct question_map *map, const struct question *question)
{
    struct key key;
    struct entry *entry;

    key_init(&key, question);
    entry = find(map, &key);
    if (!entry) {
        entry = memory_new(1, sizeof *entry + key.length);
        entry->length = key.length;
        memcpy(entry->octets, key.octets, key.length);
        slots_add(&map->entries, key.hash, entry);
    }
    return &entry->value;
}

void question_map_put(struct question_map *map, const struct question *question, void *value)
{
    *question_map_place(map, question) = value;
}

void question_map_remove(struct question_map *map, const struct question *question)
{
    struct key key;
    struct entry *entry;

    key_init(&key, question);
    entry = find(map, &key);
    if (entry) {
        slots_remove(&map->entries, key.hash, entry);
        free(entry);
    }
}
