#include "mail/timeline/retry_memory.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

void retry_memory_init(struct retry_memory *memory, const struct retry_schedule *retry)
{
    *memory = (struct retry_memory){.retry = retry};
}

void retry_memory_clear(struct retry_memory *memory)
{
    free(memory->marks);
    memset(memory, 0, sizeof *memory);
}

static struct retry_mark *find(const struct retry_memory *memory, const char *host,
                               const struct address *address)
{
    for (size_t i = 0; i < memory->count; i++) {
        struct retry_mark *mark = memory->marks + i;
        if (address_equal(&mark->address, address) &&
            (!memory->retry->by_host || strcmp(mark->host, host) == 0))
            return mark;
    }
    return NULL;
}

const struct retry_mark *retry_memory_holds(const struct retry_memory *memory, const char *host,
                                            const struct address *address, int64_t now)
{
    const struct retry_mark *mark = find(memory, host, address);

    return mark && mark->due > now ? mark : NULL;
}

static struct retry_mark *find_or_add(struct retry_memory *memory, const char *host,
                                      const struct address *address, int64_t now)
{
    struct retry_mark *mark = find(memory, host, address);

    if (mark)
        return mark;
    ARRAY_PUSH(memory->marks, memory->count, memory->capacity,
               ((struct retry_mark){.host = host, .address = *address, .first = now, .last = -1}));
    return memory->marks + memory->count - 1;
}

const struct retry_mark *retry_memory_note(struct retry_memory *memory, const char *host,
                                           const struct address *address, enum stage stage,
                                           int64_t now, unsigned chance)
{
    const struct retry_schedule *retry = memory->retry;
    struct retry_mark *mark;

    if (!retry->hold)
        return NULL;
    mark = find_or_add(memory, host, address, now);
    if (mark->last != now) {
        int64_t hold = retry->hold(stage, mark->failures + 1, now - mark->first, chance);
        mark->failures = hold == HOLD_FORGETS ? 0 : mark->failures + 1;
        mark->last = now;
        mark->due = hold == HOLD_FORGETS ? now : now + hold;
    }
    return mark->failures ? mark : NULL;
}

int64_t retry_memory_due(const struct retry_memory *memory, const char *host,
                         const struct address *address, int64_t now)
{
    const struct retry_mark *mark = retry_memory_holds(memory, host, address, now);

    return mark ? mark->due : now;
}
