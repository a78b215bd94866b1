/* Questions that wait for their turn. */
#ifndef NET_LIVE_BACKLOG_H
#define NET_LIVE_BACKLOG_H

#include "dns/reply.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct backlog_entry {
    struct question question; /* name owned */
    int priority;
    unsigned long turn; /* in the order they came */
    int64_t asked_us;   /* when they came, on the caller's clock */
};

struct backlog {                   /* zeroed is empty */
    struct backlog_entry *entries; /* a heap, the first to go at its top */
    size_t count, capacity;
    unsigned long turns;
};

void backlog_clear(struct backlog *backlog);
/* Lower priority numbers go first, equal ones in the order added. */
void backlog_add(struct backlog *backlog, const struct question *question, int priority,
                 int64_t now_us);
/* Lets a question that waits here go as early as `priority` allows; others are left alone. */
void backlog_hurry(struct backlog *backlog, const struct question *question, int priority);
/* Takes a question out; false when it does not wait here. */
bool backlog_drop(struct backlog *backlog, const struct question *question);
/* The one that backlog_take would take, borrowed; NULL when there is none. */
const struct backlog_entry *backlog_first(const struct backlog *backlog);
/* Takes the first; free() its name. False when there is none. */
bool backlog_take(struct backlog *backlog, struct backlog_entry *first);
/* Puts back what was taken, name and all, in its turn. */
void backlog_put_back(struct backlog *backlog, const struct backlog_entry *entry);

#endif
