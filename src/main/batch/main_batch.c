#include "main/batch/main_batch.h"

#include "base/memory.h"
#include "base/text.h"
#include "main/batch/main_say.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MOST = 64 * 1024, READ_SIZE = 4096 };

struct batch {
    const char *path;
    int fd;
    char bytes[READ_SIZE]; /* read, from `next` to `end` not looked at yet */
    size_t next, end;
    struct text line;
    bool whole; /* the line is: the next call begins another */
    bool at_end;
};

struct batch *batch_open(const char *path)
{
    struct batch *batch = memory_new(1, sizeof *batch);
    bool standard = strcmp(path, "-") == 0;

    batch->path = standard ? "standard input" : path;
    batch->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (batch->fd >= 0)
        return batch;
    main_say("%s: %s", path, strerror(errno));
    free(batch);
    return NULL;
}

void batch_close(struct batch *batch)
{
    if (!batch)
        return;
    if (batch->fd != STDIN_FILENO)
        close(batch->fd);
    text_clear(&batch->line);
    free(batch);
}

static bool is_ready(const struct batch *batch)
{
    struct pollfd file = {.fd = batch->fd, .events = POLLIN};

    return poll(&file, 1, 0) != 0;
}

static enum batch_state fill(struct batch *batch)
{
    ssize_t got;

    do
        got = read(batch->fd, batch->bytes, sizeof batch->bytes);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        main_say("%s: %s", batch->path, strerror(errno));
        return BATCH_FAILED;
    }
    batch->next = 0;
    batch->end = (size_t)got;
    batch->at_end = got == 0;
    return got ? BATCH_LINE : BATCH_END;
}

static void add(struct text *line, char c)
{
    if (line->length >= LINE_MOST)
        return;
    if (c)
        text_add_char(line, c);
    else
        text_add(line, "\\000");
}

/* Moves what was read to the line; true when that has come to its end. */
static bool take_line(struct batch *batch)
{
    while (batch->next < batch->end) {
        char c = batch->bytes[batch->next++];
        if (c == '\n')
            return true;
        add(&batch->line, c);
    }
    return false;
}

/* The line without what is not to be seen around it. */
static const char *content(struct text *line)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    const char *text;

    while (line->length && strchr(" \t\r", line->bytes[line->length - 1]))
        text_cut(line, line->length - 1);
    text = text_get(line);
    if (strncmp(text, byte_order_mark, 3) == 0)
        text += 3;
    return text + strspn(text, " \t\r");
}

/* Goes on until the line is whole or the file at its end. */
static enum batch_state read_line(struct batch *batch, bool wait)
{
    if (batch->whole)
        text_cut(&batch->line, 0);
    while (!(batch->whole = take_line(batch))) {
        enum batch_state state;
        if (!wait && !is_ready(batch))
            return BATCH_LATER;
        if ((state = fill(batch)) != BATCH_LINE)
            return state;
    }
    return BATCH_LINE;
}

enum batch_state batch_next(struct batch *batch, bool wait, const char **line)
{
    while (!batch->at_end) {
        enum batch_state state = read_line(batch, wait);
        if (state == BATCH_LATER || state == BATCH_FAILED)
            return state;
        *line = content(&batch->line);
        if (**line && **line != '#')
            return BATCH_LINE;
    }
    return BATCH_END;
}

size_t batch_lines(const char *path)
{
    struct stat about;
    struct batch *batch;
    const char *line;
    size_t lines = 0;

    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || !(batch = batch_open(path)))
        return 0;
    while (batch_next(batch, true, &line) == BATCH_LINE)
        lines++;
    batch_close(batch);
    return lines;
}
