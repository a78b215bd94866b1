#include "net/live/backlog.h"

#include "base/array.h"
#include "base/memory.h"

#include <stdlib.h>

void backlog_clear(struct backlog *backlog)
{
    for (size_t i = 0; i < backlog->count; i++)
        free((char *)(uintptr_t)backlog->entries[i].question.name);
    free(backlog->entries);
    *backlog = (struct backlog){0};
}

static bool goes_before(const struct backlog_entry *a, const struct backlog_entry *b)
{
    return a->priority != b->priority ? a->priority < b->priority : a->turn < b->turn;
}

static void swap(struct backlog *backlog, size_t a, size_t b)
{
    struct backlog_entry entry = backlog->entries[a];

    backlog->entries[a] = backlog->entries[b];
    backlog->entries[b] = entry;
}

/* Moves the entry up to where it belongs. */
static void rise(struct backlog *backlog, size_t place)
{
    for (size_t above; place > 0; place = above) {
        above = (place - 1) / 2;
        if (!goes_before(&backlog->entries[place], &backlog->entries[above]))
            return;
        swap(backlog, place, above);
    }
}

/* Moves the entry down to where it belongs. */
static void sink(struct backlog *backlog, size_t place)
{
    for (size_t below = 2 * place + 1; below < backlog->count; below = 2 * place + 1) {
        if (below + 1 < backlog->count &&
            goes_before(&backlog->entries[below + 1], &backlog->entries[below]))
            below++;
        if (!goes_before(&backlog->entries[below], &backlog->entries[place]))
            return;
        swap(backlog, place, below);
        place = below;
    }
}

void backlog_add(struct backlog *backlog, const struct question *question, int priority,
                 int64_t now_us)
{
    struct backlog_entry entry = {*question, priority, backlog->turns++, now_us};

    entry.question.name = memory_dup(question->name);
    ARRAY_PUSH(backlog->entries, backlog->count, backlog->capacity, entry);
    rise(backlog, backlog->count - 1);
}

/* Where the question waits; the count when it does not. */
static size_t place_of(const struct backlog *backlog, const struct question *question)
{
    size_t place = 0;

    while (place < backlog->count && !question_equal(&backlog->entries[place].question, question))
        place++;
    return place;
}

static void take_out(struct backlog *backlog, size_t place)
{
    backlog->entries[place] = backlog->entries[--backlog->count];
    if (place < backlog->count) {
        rise(backlog, place);
        sink(backlog, place);
    }
}

void backlog_hurry(struct backlog *backlog, const struct question *question, int priority)
{
    size_t place = place_of(backlog, question);

    if (place == backlog->count || backlog->entries[place].priority <= priority)
        return;
    backlog->entries[place].priority = priority;
    rise(backlog, place);
}

bool backlog_drop(struct backlog *backlog, const struct question *question)
{
    size_t place = place_of(backlog, question);

    if (place == backlog->count)
        return false;
    free((char *)(uintptr_t)backlog->entries[place].question.name);
    take_out(backlog, place);
    return true;
}

void backlog_put_back(struct backlog *backlog, const struct backlog_entry *entry)
{
    ARRAY_PUSH(backlog->entries, backlog->count, backlog->capacity, *entry);
    rise(backlog, backlog->count - 1);
}

const struct backlog_entry *backlog_first(const struct backlog *backlog)
{
    return backlog->count ? backlog->entries : NULL;
}

bool backlog_take(struct backlog *backlog, struct backlog_entry *first)
{
    if (!backlog->count)
        return false;
    *first = backlog->entries[0];
    take_out(backlog, 0);
    return true;
}
