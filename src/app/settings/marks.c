#include "app/settings/marks.h"

#include "base/array.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The next word of the line, of those characters alone and of at most `most`; false without one. */
static bool take_word(const char **at, const char *end, const char *allowed, size_t most, char *out)
{
    size_t length = 0;

    while (*at + length < end && (*at)[length] != ' ')
        length++;
    if (!length || length > most)
        return false;
    memcpy(out, *at, length);
    out[length] = '\0';
    *at += length + (*at + length < end);
    return strspn(out, allowed) == length;
}

bool marks_parse(const char *line, size_t length, struct lesson_mark *mark)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    const char *at = line, *end = line + length;
    char step[4], hash[9];

    if (!take_word(&at, end, letters, MARK_ID, mark->id) ||
        !take_word(&at, end, "x-", MARK_STEPS, mark->steps) ||
        !take_word(&at, end, "+-o.", MARK_QUESTIONS, mark->questions) ||
        !take_word(&at, end, "0123456789", sizeof step - 1, step) ||
        !take_word(&at, end, "0123456789abcdef", sizeof hash - 1, hash) || at != end ||
        end[-1] == ' ' || strlen(hash) != sizeof hash - 1)
        return false;
    if (strcmp(mark->questions, "-") == 0)
        *mark->questions = '\0';
    mark->step = (size_t)atol(step);
    mark->hash = (uint32_t)strtoul(hash, NULL, 16);
    return mark->step > 0;
}

void marks_print(const struct lesson_mark *mark, struct text *out)
{
    text_format(out, "%s %s %s %zu %08" PRIx32, mark->id, mark->steps,
                *mark->questions ? mark->questions : "-", mark->step, mark->hash);
}

size_t marks_done(const struct lesson_mark *mark)
{
    size_t count = 0;

    for (const char *step = mark->steps; *step; step++)
        count += *step == 'x';
    return count;
}

void marks_read(struct lesson_marks *marks, const char *text, size_t length)
{
    const char *end = text + length;

    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        struct lesson_mark mark;
        if (!stop)
            return; /* a line without its end is torn */
        if (marks_parse(text, (size_t)(stop - text), &mark))
            marks_put(marks, &mark);
        text = stop + 1;
    }
}

void marks_put(struct lesson_marks *marks, const struct lesson_mark *mark)
{
    for (size_t i = 0; i < marks->count; i++)
        if (strcmp(marks->list[i].id, mark->id) == 0) {
            marks->list[i] = *mark;
            return;
        }
    if (marks->count < MARKS_MOST)
        ARRAY_PUSH(marks->list, marks->count, marks->capacity, *mark);
}

const struct lesson_mark *marks_find(const struct lesson_marks *marks, const char *id)
{
    for (size_t i = 0; i < marks->count; i++)
        if (strcmp(marks->list[i].id, id) == 0)
            return &marks->list[i];
    return NULL;
}

void marks_clear(struct lesson_marks *marks)
{
    free(marks->list);
    *marks = (struct lesson_marks){0};
}
