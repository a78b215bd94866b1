#include "term/line/history.h"

#include "base/escape.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct history {
    char *lines[HISTORY_LINES]; /* oldest first */
    size_t count;
};

struct history *history_new(void)
{
    return memory_new(1, sizeof(struct history));
}

void history_free(struct history *history)
{
    if (!history)
        return;
    for (size_t i = 0; i < history->count; i++)
        free(history->lines[i]);
    free(history);
}

static bool is_keepable(const char *line)
{
    const char *end = line + strlen(line);

    if (line == end || end - line > HISTORY_LINE_BYTES)
        return false;
    while (line < end) {
        uint32_t character = utf8_next(&line, end);
        if (character == UTF8_INVALID || !escape_showable(character))
            return false;
    }
    return true;
}

static void drop(struct history *history, size_t index)
{
    free(history->lines[index]);
    history->count--;
    memmove(&history->lines[index], &history->lines[index + 1],
            (history->count - index) * sizeof history->lines[0]);
}

void history_add(struct history *history, const char *line)
{
    size_t same = 0;

    if (!is_keepable(line))
        return;
    while (same < history->count && strcmp(history->lines[same], line) != 0)
        same++;
    if (same < history->count)
        drop(history, same);
    else if (history->count == HISTORY_LINES)
        drop(history, 0);
    history->lines[history->count++] = memory_dup(line);
}

size_t history_count(const struct history *history)
{
    return history->count;
}

const char *history_line(const struct history *history, size_t back)
{
    return history->lines[history->count - 1 - back];
}
