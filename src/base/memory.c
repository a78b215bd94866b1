#include "base/memory.h"

#include "base/sanitizers.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The address sanitizer sees a piece of an arena as it sees a block of its own: what lies between
 * pieces must not be touched. */
#if SANITIZES_ADDRESS
#include <sanitizer/asan_interface.h>
#define FORBID(bytes, count) __asan_poison_memory_region(bytes, count)
#define ALLOW(bytes, count)  __asan_unpoison_memory_region(bytes, count)
enum { GAP_BYTES = 16, SPARE_MOST = 0 };
#else
#define FORBID(bytes, count) ((void)(bytes))
#define ALLOW(bytes, count)  ((void)(bytes))
enum { GAP_BYTES = 0, SPARE_MOST = 64 };
#endif

enum { FIRST_BLOCK_BYTES = 768, BLOCK_BYTES = 4096, FORMAT_BYTES = 256, SMALL_BYTES = 1024 };

static size_t product(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        memory_exhausted();
    return count && size ? count * size : 1;
}

/* The C library has small blocks at hand that a thread gave back, for malloc() only. */
void *memory_new(size_t count, size_t size)
{
    size_t bytes = product(count, size);

    if (bytes > SMALL_BYTES)
        return memory_checked(calloc(1, bytes));
    return memset(memory_checked(malloc(bytes)), 0, bytes);
}

void *memory_resize(void *block, size_t count, size_t size)
{
    return memory_checked(realloc(block, product(count, size)));
}

char *memory_dup(const char *string)
{
    return memory_dup_bytes(string, strlen(string));
}

char *memory_dup_bytes(const void *bytes, size_t length)
{
    char *copy = memory_new(length + 1, 1);

    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *blocks; /* the first is the one being filled */
    size_t size;
};

/* Blocks that arenas gave back, for the next ones: what is judged is judged anew with each reply,
 * in an arena of its own. Only the main thread has arenas. */
static struct block *spare;
static size_t spare_count;

static struct block *block_new(size_t size)
{
    struct block *block = spare;

    if (size != BLOCK_BYTES || !block) {
        block = memory_new(1, sizeof *block + size);
        block->size = size;
        return block;
    }
    spare = block->next;
    spare_count--;
    return block;
}

static void block_free(struct block *block)
{
    if (block->size != BLOCK_BYTES || spare_count == SPARE_MOST) {
        free(block);
        return;
    }
    memset(block->bytes, 0, block->used);
    block->used = 0;
    block->next = spare;
    spare = block;
    spare_count++;
}

struct arena *arena_new(void)
{
    return memory_new(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    while (arena->blocks) {
        struct block *next = arena->blocks->next;
        block_free(arena->blocks);
        arena->blocks = next;
    }
    free(arena);
}

/* As much again as there is: a small arena, of which there are many, stays small. */
static size_t next_block(const struct arena *arena)
{
    if (arena->size < FIRST_BLOCK_BYTES)
        return FIRST_BLOCK_BYTES;
    return arena->size < BLOCK_BYTES ? arena->size : BLOCK_BYTES;
}

/* A piece too big to share a block gets one of its own. */
static struct block *block_add(struct arena *arena, size_t wanted)
{
    size_t next = next_block(arena);
    bool alone = wanted > (arena->blocks ? next / 4 : next);
    size_t size = alone ? wanted : next;
    struct block *block = block_new(size);

    FORBID(block->bytes, size);
    arena->size += sizeof *block + size;
    if (arena->blocks && alone) { /* keep filling the block that has room left */
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    return block;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    size_t bytes = product(count, size), wanted = bytes + GAP_BYTES;
    struct block *block = arena->blocks;
    unsigned char *piece;

    if (bytes > SIZE_MAX - GAP_BYTES - alignof(max_align_t) - sizeof *block)
        memory_exhausted();
    wanted = (wanted + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if (!block || block->size - block->used < wanted)
        block = block_add(arena, wanted);
    piece = block->bytes + block->used;
    block->used += wanted;
    ALLOW(piece, bytes);
    return piece;
}

char *arena_dup(struct arena *arena, const char *string)
{
    return arena_dup_bytes(arena, string, strlen(string));
}

char *arena_dup_bytes(struct arena *arena, const void *bytes, size_t length)
{
    char *copy = arena_alloc(arena, length + 1, 1);

    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

const char *const *arena_dup_list(struct arena *arena, const char *const *list, size_t count)
{
    const char **copy = arena_alloc(arena, count, sizeof *copy);

    for (size_t i = 0; i < count; i++)
        copy[i] = arena_dup(arena, list[i]);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *string;

    va_start(arguments, format);
    string = arena_format_list(arena, format, arguments);
    va_end(arguments);
    return string;
}

char *arena_format_list(struct arena *arena, const char *format, va_list arguments)
{
    char shown[FORMAT_BYTES], *string;
    va_list again;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(shown, sizeof shown, format, again);
    va_end(again);
    assert(length >= 0);
    if ((size_t)length < sizeof shown)
        return arena_dup_bytes(arena, shown, (size_t)length);
    string = arena_alloc(arena, (size_t)length + 1, 1);
    vsnprintf(string, (size_t)length + 1, format, arguments);
    return string;
}

void *arena_grow(struct arena *arena, void *list, size_t count, size_t *capacity, size_t size)
{
    void *larger;

    if (count < *capacity)
        return list;
    *capacity = *capacity ? *capacity * 2 : 4;
    larger = arena_alloc(arena, *capacity, size);
    if (count)
        memcpy(larger, list, count * size);
    return larger;
}

size_t arena_size(const struct arena *arena)
{
    return arena->size;
}
