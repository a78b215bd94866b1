#include "dns/question_map.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/slots.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    void *value;
    struct question question; /* its name is the one below */
    char name[];
};

struct question_map {
    struct slots entries;
};

unsigned question_hash(const struct question *question)
{
    unsigned hash = hash_octets(question->name, strlen(question->name));

    if (question->server.family)
        hash ^= hash_octets(question->server.bytes, sizeof question->server.bytes);
    return hash ^ (unsigned)question->type * 0x9e3779b1u ^ (unsigned)question->flags << 24 ^
           question->port ^ (unsigned)question->encrypted << 8;
}

static bool is_of(const void *thing, const void *question)
{
    return question_equal(&((const struct entry *)thing)->question, question);
}

static struct entry *find(const struct question_map *map, const struct question *question,
                          unsigned hash)
{
    return slots_find(&map->entries, hash, is_of, question);
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
    const struct entry *entry = find(map, question, question_hash(question));

    return entry ? entry->value : NULL;
}

void **question_map_place(struct question_map *map, const struct question *question)
{
    unsigned hash = question_hash(question);
    struct entry *entry = find(map, question, hash);

    if (!entry) {
        size_t octets = strlen(question->name) + 1;
        entry = memory_new(1, sizeof *entry + octets);
        entry->question = *question;
        entry->question.name = memcpy(entry->name, question->name, octets);
        slots_add(&map->entries, hash, entry);
    }
    return &entry->value;
}

void question_map_put(struct question_map *map, const struct question *question, void *value)
{
    *question_map_place(map, question) = value;
}

void question_map_remove(struct question_map *map, const struct question *question)
{
    unsigned hash = question_hash(question);
    struct entry *entry = find(map, question, hash);

    if (entry) {
        slots_remove(&map->entries, hash, entry);
        free(entry);
    }
}
