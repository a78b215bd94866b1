/*
 * The allocator of the whole program. Not every library survives a malloc() that fails: ldns
 * crashes or loses records, libedit and curses lose track. So the program has these functions in
 * front of those of the C library, for itself and the libraries it is linked with: they end it as
 * base/memory.h says. Sanitizers bring an allocator of their own, which does the same.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "base/memory_end.h"
#include "base/sanitizers.h"
#include "config.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#if defined(HAVE_RTLD_NEXT) && !SANITIZES_MALLOC

/* Puts the C library's function of that name into *function. */
static void find(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);

    memcpy(function, &found, sizeof found);
}

void *malloc(size_t size)
{
    static void *(*next)(size_t);
    void *block;

    if (!next)
        find("malloc", &next);
    block = next(size);
    return size ? memory_checked(block) : block;
}

void *calloc(size_t count, size_t size)
{
    static void *(*next)(size_t, size_t);
    static bool finding;
    void *block;

    if (finding)
        return NULL; /* old C libraries ask for some memory in dlsym(), and do without */
    if (!next) {
        finding = true;
        find("calloc", &next);
        finding = false;
    }
    block = next(count, size);
    return count && size ? memory_checked(block) : block;
}

void *realloc(void *block, size_t size)
{
    static void *(*next)(void *, size_t);

    if (!next)
        find("realloc", &next);
    block = next(block, size);
    return size ? memory_checked(block) : block;
}

#endif
