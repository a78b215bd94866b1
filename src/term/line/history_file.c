#include "term/line/history.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *history_path(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    struct text path = {0};

    if (state && *state == '/')
        text_format(&path, "%s/mxtrail/history", state);
    else if (home && *home == '/')
        text_format(&path, "%s/.local/state/mxtrail/history", home);
    else
        return NULL;
    return text_take(&path);
}

/* --- reading --- */

/* Why an open file may not be read, NULL when it may. */
static const char *distrust(int fd)
{
    struct stat found;

    if (fstat(fd, &found) < 0 || !S_ISREG(found.st_mode))
        return "the history is not a regular file";
    if (found.st_uid != geteuid())
        return "the history belongs to somebody else";
    if (found.st_mode & (S_IWGRP | S_IWOTH))
        return "the history can be written by others";
    if (found.st_size > HISTORY_BYTES)
        return "the history is larger than 1 MiB";
    return NULL;
}

static bool read_all(int fd, struct text *bytes)
{
    char chunk[4096];

    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        text_add_bytes(bytes, chunk, (size_t)got);
        if (bytes->length > HISTORY_BYTES)
            return false;
    }
}

static void add_lines(struct history *history, const struct text *bytes)
{
    const char *cursor = text_get(bytes), *end = cursor + bytes->length;

    while (cursor < end) {
        const char *stop = memchr(cursor, '\n', (size_t)(end - cursor));
        size_t length = (size_t)((stop ? stop : end) - cursor);
        if (!memchr(cursor, '\0', length)) {
            char *line = memory_dup_bytes(cursor, length);
            history_add(history, line);
            free(line);
        }
        cursor += length + 1;
    }
}

enum status history_load(struct history *history, const char *path, const char **why)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    enum status status = STATUS_UNREADABLE;
    struct text bytes = {0};

    *why = errno == ELOOP ? "the history is a symbolic link" : "the history cannot be opened";
    if (fd < 0)
        return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_UNREADABLE;
    *why = distrust(fd);
    if (!*why) {
        *why = "the history cannot be read";
        if (read_all(fd, &bytes)) {
            add_lines(history, &bytes);
            status = STATUS_OK;
        }
    }
    text_clear(&bytes);
    close(fd);
    return status;
}

/* --- writing --- */

static const char *write_trouble(void)
{
    switch (errno) {
    case ENOSPC:
    case EDQUOT:
        return "the history is not saved: no space left on the disk";
    case EROFS:
        return "the history is not saved: the disk is read-only";
    case EACCES:
    case EPERM:
        return "the history is not saved: its folder may not be written";
    default:
        return "the history is not saved: writing failed";
    }
}

static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* The newest lines that fit into what history_load() takes, oldest first. */
static void join_lines(const struct history *history, struct text *bytes)
{
    size_t count = 0, size = 0;

    while (count < history_count(history)) {
        size += strlen(history_line(history, count)) + 1;
        if (size > HISTORY_BYTES)
            break;
        count++;
    }
    while (count-- > 0) {
        text_add(bytes, history_line(history, count));
        text_add_char(bytes, '\n');
    }
}

static bool write_new(const char *path, const struct text *bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool done;

    if (fd < 0)
        return false;
    done = write_all(fd, text_get(bytes), bytes->length) && fsync(fd) == 0;
    return close(fd) == 0 && done;
}

/* A terminal that goes away may send more than one signal; none may stop this half-way. */
enum status history_save(const struct history *history, const char *path, const char **why)
{
    struct text bytes = {0}, temporary = {0};
    char *folders = memory_dup(path);
    sigset_t all, before;
    bool done;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    make_folders(folders);
    join_lines(history, &bytes);
    text_format(&temporary, "%s.%ld", path, (long)getpid());
    unlink(text_get(&temporary)); /* left by a process of this number that died */
    done = write_new(text_get(&temporary), &bytes) && rename(text_get(&temporary), path) == 0;
    if (!done) {
        *why = write_trouble();
        unlink(text_get(&temporary));
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    free(folders);
    text_clear(&temporary);
    text_clear(&bytes);
    return done ? STATUS_OK : STATUS_UNREADABLE;
}
