/* uthash, with memory that never comes back empty and a hash that takes eight octets at a time.
 * Include this, not <uthash.h>. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/memory.h"

#define uthash_malloc(size)        memory_new(1, (size))
#define uthash_free(pointer, size) ((void)(size), free(pointer))
#define HASH_NONFATAL_OOM          0

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The same in every run, as is what memory the tables take. */
static inline unsigned hash_octets(const void *octets, size_t length)
{
    uint64_t hash = length, part;
    const unsigned char *at = octets;

    for (; length >= sizeof part; length -= sizeof part, at += sizeof part) {
        memcpy(&part, at, sizeof part);
        hash = (hash ^ part) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    part = 0;
    memcpy(&part, at, length);
    hash = (hash ^ part) * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    return (unsigned)(hash >> 32);
}

#define HASH_FUNCTION(octets, length, hash) ((hash) = hash_octets((octets), (length)))

#include <uthash.h>

#endif
