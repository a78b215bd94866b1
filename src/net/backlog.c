#include "net/backlog.h"

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

void backlog_hurry(struct backlog *backlog, const struct question *question, int priority)
{
    for (size_t i = 0; i < backlog->count; i++) {
        struct backlog_entry entry = backlog->entries[i];

        if (!question_equal(&entry.question, question))
            continue;
        if (entry.priority <= priority)
            return;
        memmove(&backlog->entries[i], &backlog->entries[i + 1],
                (--backlog->count - i) * sizeof entry);
        entry.priority = priority;
        insert(backlog, entry);
        return;
    }
}

bool backlog_take(struct backlog *backlog, struct backlog_entry *first)
{
    if (!backlog->count)
        return false;
    *first = backlog->entries[--backlog->count];
    return true;
}
