/* Things found by a hash of what they are known by, kept as pointers: open addressing with the hash
 * beside the pointer, so that a look costs one cache line and growing touches no thing.
 * Zero-initialise, and clear it in the end. */
#ifndef BASE_SLOTS_H
#define BASE_SLOTS_H

#include <stdbool.h>
#include <stddef.h>

struct slots {
    struct slot *list;
    size_t size, taken; /* a power of two, at most half of it taken */
};

/* The thing of that hash for which `is_same` holds, asked with the key; NULL: there is none. */
void *slots_find(const struct slots *slots, unsigned hash,
                 bool (*is_same)(const void *thing, const void *key), const void *key);
/* Adds one; it is borrowed. Nothing asks whether it is there already. */
void slots_add(struct slots *slots, unsigned hash, void *thing);
/* Takes one out that is in it. */
void slots_remove(struct slots *slots, unsigned hash, const void *thing);
void slots_each(const struct slots *slots, void (*each)(void *thing));
/* Octets of memory taken. */
size_t slots_octets(const struct slots *slots);
void slots_clear(struct slots *slots);

#endif
