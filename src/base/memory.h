/* Memory that never comes back empty, in the libraries neither (base/malloc.c): base/memory_end.h
 * says how the program ends. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/memory_end.h"

#include <stdarg.h>
#include <stddef.h>

/* Zeroed memory of count * size bytes; the caller frees it with free(). Overflow counts as
 * exhausted. */
void *memory_new(size_t count, size_t size);
/* realloc() that cannot fail; new bytes are not zeroed. */
void *memory_resize(void *block, size_t count, size_t size);
char *memory_dup(const char *string);
char *memory_dup_bytes(const void *bytes, size_t length); /* NUL is added behind */

/* An arena: many small pieces, freed all at once. Pieces are zeroed and aligned for any object. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
char *arena_dup(struct arena *arena, const char *string);
char *arena_dup_bytes(struct arena *arena, const void *bytes, size_t length);
const char *const *arena_dup_list(struct arena *arena, const char *const *list, size_t count);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_format_list(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
/* The list with room for one more behind its `count` elements of that size; the old one is left to
 * the arena. */
void *arena_grow(struct arena *arena, void *list, size_t count, size_t *capacity, size_t size);
size_t arena_size(const struct arena *arena); /* bytes taken from the system */

#endif
