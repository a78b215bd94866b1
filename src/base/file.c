#include "base/file.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

char *file_of_user(const char *variable, const char *folder, const char *name)
{
    const char *known = getenv(variable), *home = getenv("HOME");
    struct text path = {0};

    if (known && *known == '/')
        text_format(&path, "%s/mxtrail%s", known, name);
    else if (home && *home == '/')
        text_format(&path, "%s/%s/mxtrail%s", home, folder, name);
    return path.length ? text_take(&path) : NULL;
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

void file_make_folders(const char *path)
{
    char *copy = memory_dup(path);

    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(copy, 0700);
        *slash = '/';
    }
    free(copy);
}

bool file_read(int fd, size_t most, struct text *bytes)
{
    char chunk[16384];

    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        text_add_bytes(bytes, chunk, (size_t)got);
        if (bytes->length > most) {
            errno = EFBIG;
            return false;
        }
    }
}

static enum file_fault distrust(int fd, size_t most)
{
    struct stat found;

    if (fstat(fd, &found) < 0 || !S_ISREG(found.st_mode))
        return FILE_IRREGULAR;
    if (found.st_uid != geteuid())
        return FILE_FOREIGN;
    if (found.st_mode & (S_IWGRP | S_IWOTH))
        return FILE_COMMON;
    return found.st_size > (off_t)most ? FILE_LARGE : FILE_GOOD;
}

enum file_fault file_read_own(const char *path, size_t most, struct text *bytes)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    enum file_fault fault;

    if (fd < 0)
        return errno == ENOENT ? FILE_ABSENT : errno == ELOOP ? FILE_LINK : FILE_CLOSED;
    fault = distrust(fd, most);
    if (!fault && !file_read(fd, most, bytes))
        fault = FILE_UNREAD;
    close(fd);
    return fault;
}

int file_take_turn(const char *path)
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

static bool write_new(const char *path, const struct text *bytes, const struct stat *like)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool done;

    if (fd < 0)
        return false;
    done = write_all(fd, text_get(bytes), bytes->length);
    if (done && like && fchown(fd, like->st_uid, like->st_gid) < 0)
        errno = 0; /* only root gives files away */
    done = done && (!like || fchmod(fd, like->st_mode & 07777) == 0) && fsync(fd) == 0;
    return close(fd) == 0 && done;
}

bool file_replace(const char *path, const struct text *bytes, const struct stat *like)
{
    struct text beside = {0};
    bool done;
    int error;

    text_format(&beside, "%s.%ld", path, (long)getpid());
    unlink(text_get(&beside)); /* left by a process of this number that died */
    done = write_new(text_get(&beside), bytes, like) && rename(text_get(&beside), path) == 0;
    error = errno;
    if (!done)
        unlink(text_get(&beside));
    text_clear(&beside);
    errno = error;
    return done;
}
