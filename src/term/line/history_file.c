#include "term/line/history.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *history_path(void)
{
    return file_of_user("XDG_STATE_HOME", ".local/state", "/history");
}

/* --- reading --- */

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
    static const char *const faults[FILE_FAULTS] = {
        [FILE_LINK] = N_("the history is a symbolic link"),
        [FILE_CLOSED] = N_("the history cannot be opened"),
        [FILE_IRREGULAR] = N_("the history is not a regular file"),
        [FILE_FOREIGN] = N_("the history belongs to another user"),
        [FILE_COMMON] = N_("the history can be written by others"),
        [FILE_LARGE] = N_("the history is larger than 1 MiB"),
        [FILE_UNREAD] = N_("the history cannot be read"),
    };
    struct text bytes = {0};
    enum file_fault fault = file_read_own(path, HISTORY_BYTES, &bytes);

    *why = faults[fault] ? tr(faults[fault]) : NULL;
    if (!fault)
        add_lines(history, &bytes);
    text_clear(&bytes);
    return fault == FILE_GOOD     ? STATUS_OK
           : fault == FILE_ABSENT ? STATUS_NOT_FOUND
                                  : STATUS_UNREADABLE;
}

/* --- writing --- */

static const char *write_trouble(void)
{
    switch (errno) {
    case ENOSPC:
    case EDQUOT:
        return tr("the history is not saved: no space left on the disk");
    case EROFS:
        return tr("the history is not saved: the disk is read-only");
    case EACCES:
    case EPERM:
        return tr("the history is not saved: its folder may not be written");
    default:
        return tr("the history is not saved: writing failed");
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
    turn = file_take_turn(path);
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
