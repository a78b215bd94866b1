#include "main/input/main_inbox.h"

#include "base/array.h"

#include <stdlib.h>

static void add(struct inbox *inbox, struct inbox_event event)
{
    ARRAY_PUSH(inbox->list, inbox->count, inbox->capacity, event);
}

void inbox_note(struct inbox *inbox, const char *sentence)
{
    add(inbox, (struct inbox_event){.kind = EVENT_NOTE, .text = memory_dup(sentence)});
}

static void add_bytes(struct inbox *inbox, enum event_kind kind, const char *name,
                      const char *bytes, size_t length)
{
    add(inbox, (struct inbox_event){.kind = kind,
                                    .text = memory_dup(name),
                                    .bytes = memory_dup_bytes(bytes, length),
                                    .length = length});
}

void inbox_zone(struct inbox *inbox, const char *path, const char *bytes, size_t length)
{
    add_bytes(inbox, EVENT_ZONE, path, bytes, length);
}

void inbox_policy(struct inbox *inbox, const char *domain, const char *bytes, size_t length)
{
    add_bytes(inbox, EVENT_POLICY, domain, bytes, length);
}

bool inbox_take(struct inbox *inbox, struct inbox_event *event)
{
    if (inbox->first == inbox->count) {
        inbox->first = inbox->count = 0;
        return false;
    }
    *event = inbox->list[inbox->first++];
    return true;
}

void inbox_event_clear(struct inbox_event *event)
{
    free(event->text);
    free(event->bytes);
}

void inbox_clear(struct inbox *inbox)
{
    struct inbox_event event;

    while (inbox_take(inbox, &event))
        inbox_event_clear(&event);
    free(inbox->list);
    *inbox = (struct inbox){0};
}
