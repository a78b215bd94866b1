/* FNV-1a: a small hash, the same everywhere, of bytes that come one after the other. Whoever
 * chooses the bytes can make any two of them meet: nothing may rest on it but speed. */
#ifndef BASE_FNV_H
#define BASE_FNV_H

#include <stddef.h>
#include <stdint.h>

/* What to begin with. */
#define FNV_32 UINT32_C(2166136261)
#define FNV_64 UINT64_C(14695981039346656037)

/* The hash of what was before and the bytes. */
static inline uint32_t fnv_32(uint32_t before, const void *bytes, size_t length)
{
    const uint8_t *byte = bytes;

    for (size_t i = 0; i < length; i++)
        before = (before ^ byte[i]) * UINT32_C(16777619);
    return before;
}

static inline uint64_t fnv_64(uint64_t before, const void *bytes, size_t length)
{
    const uint8_t *byte = bytes;

    for (size_t i = 0; i < length; i++)
        before = (before ^ byte[i]) * UINT64_C(1099511628211);
    return before;
}

#endif
