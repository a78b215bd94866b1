#include "term/line/history.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
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
        if (file_read(fd, HISTORY_BYTES, &bytes)) {
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

static enum status save(const struct history *history, const char *path, const char **why)
{
    struct text bytes = {0};
    bool done;

    join_lines(history, &bytes);
    done = file_replace(path, &bytes, NULL);
    if (!done)
        *why = write_trouble();
    text_clear(&bytes);
    return done ? STATUS_OK : STATUS_UNREADABLE;
}

/* Programs that keep lines at the same time take turns, by a lock on the folder. One that stands
 * still meanwhile is not waited for: then the last one to write wins. */
static int take_turn(const char *path)
{
    enum { TRIES = 100 };
    static const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    char *folder = memory_dup_bytes(path, (size_t)(strrchr(path, '/') + 1 - path));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (int i = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK; i++) {
        if (i == TRIES)
            break;
        nanosleep(&pause, NULL);
    }
    free(folder);
    return fd;
}

/* A terminal that goes away may send more than one signal; none may stop this half-way. */
enum status history_keep(const char *path, const char *line, const char **why)
{
    struct history *whole = history_new();
    sigset_t all, before;
    enum status status;
    int turn;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    file_make_folders(path);
    turn = take_turn(path);
    status = history_load(whole, path, why);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND) {
        history_add(whole, line);
        status = save(whole, path, why);
    }
    if (turn >= 0)
        close(turn);
    sigprocmask(SIG_SETMASK, &before, NULL);
    history_free(whole);
    return status;
}
