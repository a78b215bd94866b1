#include "net/live/backlog.h"

#include "base/array.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

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

static void insert(struct backlog *backlog, struct backlog_entry entry)
{
    size_t place = backlog->count;

    backlog->entries = array_reserve(backlog->entries, &backlog->capacity, backlog->count + 1,
                                     sizeof *backlog->entries);
    for (; place && goes_before(&backlog->entries[place - 1], &entry); place--)
        backlog->entries[place] = backlog->entries[place - 1];
    backlog->entries[place] = entry;
    backlog->count++;
}

void backlog_add(struct backlog *backlog, const struct question *question, int priority,
                 int64_t now_us)
{
    struct backlog_entry entry = {*question, priority, backlog->turns++, now_us};

    entry.question.name = memory_dup(question->name);
    insert(backlog, entry);
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
    memmove(&backlog->entries[place], &backlog->entries[place + 1],
            (--backlog->count - place) * sizeof *backlog->entries);
}

void backlog_hurry(struct backlog *backlog, const struct question *question, int priority)
{
    size_t place = place_of(backlog, question);
    struct backlog_entry entry;

    if (place == backlog->count || backlog->entries[place].priority <= priority)
        return;
    entry = backlog->entries[place];
    take_out(backlog, place);
    entry.priority = priority;
    insert(backlog, entry);
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

bool backlog_take(struct backlog *backlog, struct backlog_entry *first)
{
    if (!backlog->count)
        return false;
    *first = backlog->entries[--backlog->count];
    return true;
}
