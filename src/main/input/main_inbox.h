/* Events that come of effects: they wait until these are done, so that nothing is re-entered. */
#ifndef MAIN_INPUT_MAIN_INBOX_H
#define MAIN_INPUT_MAIN_INBOX_H

#include "app/events/event.h"

#include <stdbool.h>
#include <stddef.h>

struct inbox_event {
    enum event_kind kind;
    char *text, *bytes; /* owned */
    size_t length;      /* of bytes */
};

/* Zero-initialised is an empty one. */
struct inbox {
    struct inbox_event *list;
    size_t first, count, capacity;
};

/* A sentence for the message line. */
void inbox_note(struct inbox *inbox, const char *sentence);
/* What was read from a zone file of that path. */
void inbox_zone(struct inbox *inbox, const char *path, const char *bytes, size_t length);
/* The MTA-STS policy that the domain serves. */
void inbox_policy(struct inbox *inbox, const char *domain, const char *bytes, size_t length);
/* The oldest, handed over; false when there is none. */
bool inbox_take(struct inbox *inbox, struct inbox_event *event);
void inbox_event_clear(struct inbox_event *event);
void inbox_clear(struct inbox *inbox);

#endif
