/*
 * To be loaded in front of the C library (LD_PRELOAD): from the FAIL_FROM-th allocation on there
 * is no memory, whoever asks for it. How many were asked for goes to the file COUNT_TO.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool started;
static unsigned long count, fail_from;

__attribute__((constructor)) static void start(void)
{
    const char *from = getenv("FAIL_FROM");

    fail_from = from ? strtoul(from, NULL, 10) : 0;
    started = true;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("COUNT_TO");
    int file = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

    if (file < 0)
        return;
    dprintf(file, "%lu\n", count);
    close(file);
}

static bool fails(void)
{
    return started && ++count >= fail_from && fail_from > 0;
}

/* Puts the function of the C library into *function. */
static void find(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);

    memcpy(function, &found, sizeof found);
}

void *malloc(size_t size)
{
    static void *(*next)(size_t);

    if (!next)
        find("malloc", &next);
    return fails() ? NULL : next(size);
}

void *calloc(size_t members, size_t size)
{
    static void *(*next)(size_t, size_t);

    if (!next)
        find("calloc", &next);
    return fails() ? NULL : next(members, size);
}

void *realloc(void *block, size_t size)
{
    static void *(*next)(void *, size_t);

    if (!next)
        find("realloc", &next);
    return fails() ? NULL : next(block, size);
}
