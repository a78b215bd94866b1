#include "base/slots.h"

#include "base/memory.h"

#include <stdlib.h>

enum { FIRST_SIZE = 16 };

struct slot {
    void *thing; /* NULL: free */
    unsigned hash;
};

void *slots_find(const struct slots *slots, unsigned hash,
                 bool (*is_same)(const void *thing, const void *key), const void *key)
{
    if (!slots->size)
        return NULL;
    for (size_t at = hash; slots->list[at & (slots->size - 1)].thing; at++) {
        const struct slot *slot = &slots->list[at & (slots->size - 1)];
        if (slot->hash == hash && is_same(slot->thing, key))
            return slot->thing;
    }
    return NULL;
}

static void put(struct slots *slots, const struct slot *added)
{
    size_t at = added->hash;

    while (slots->list[at & (slots->size - 1)].thing)
        at++;
    slots->list[at & (slots->size - 1)] = *added;
}

static void grow(struct slots *slots)
{
    struct slots grown = {.size = slots->size ? 2 * slots->size : FIRST_SIZE,
                          .taken = slots->taken};

    grown.list = memory_new(grown.size, sizeof *grown.list);
    for (size_t i = 0; i < slots->size; i++)
        if (slots->list[i].thing)
            put(&grown, &slots->list[i]);
    slots_clear(slots);
    *slots = grown;
}

void slots_add(struct slots *slots, unsigned hash, void *thing)
{
    if (2 * (slots->taken + 1) > slots->size)
        grow(slots);
    put(slots, &(struct slot){.thing = thing, .hash = hash});
    slots->taken++;
}

/* What stands behind a gap moves into it, unless that would be before its own place. */
void slots_remove(struct slots *slots, unsigned hash, const void *thing)
{
    size_t mask = slots->size - 1, gap = hash & mask;

    while (slots->list[gap].thing != thing)
        gap = (gap + 1) & mask;
    for (size_t at = (gap + 1) & mask; slots->list[at].thing; at = (at + 1) & mask)
        if (((at - slots->list[at].hash) & mask) >= ((at - gap) & mask)) {
            slots->list[gap] = slots->list[at];
            gap = at;
        }
    slots->list[gap].thing = NULL;
    slots->taken--;
}

void slots_each(const struct slots *slots, void (*each)(void *thing))
{
    for (size_t i = 0; i < slots->size; i++)
        if (slots->list[i].thing)
            each(slots->list[i].thing);
}

size_t slots_octets(const struct slots *slots)
{
    return slots->size * sizeof *slots->list;
}

void slots_clear(struct slots *slots)
{
    free(slots->list);
    *slots = (struct slots){0};
}
