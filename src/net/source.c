#include "net/source.h"

#include "base/array.h"
#include "base/message.h"
#include "net/source_class.h"

#include <assert.h>
#include <stdlib.h>

const char *source_kind_text(enum source_kind kind)
{
    static const char *const texts[] = {
        [SOURCE_LIVE] = N_IN_("source", "live"),       [SOURCE_ZONE] = N_IN_("source", "zone"),
        [SOURCE_OVERLAY] = N_IN_("source", "overlay"), [SOURCE_REPLAY] = N_IN_("source", "replay"),
        [SOURCE_DEMO] = N_IN_("source", "demo"),
    };

    return texts[kind];
}

const char *source_kind_word(enum source_kind kind)
{
    return tr_in("source", source_kind_text(kind));
}

static void drop_ready(struct source *source)
{
    for (size_t i = source->taken; i < source->ready_count; i++)
        reply_free(source->ready[i]);
    source->taken = source->ready_count = 0;
}

void source_free(struct source *source)
{
    if (!source)
        return;
    drop_ready(source);
    free(source->ready);
    source->class->free(source);
}

void source_on_ready(struct source *source, void (*ready)(void *context), void *context)
{
    source->on_ready = ready;
    source->context = context;
}

void source_ask(struct source *source, const struct question *question, int priority)
{
    source->open++;
    if (!source->class->ask(source, question, priority))
        source->open--;
}

void source_deliver(struct source *source, struct reply *reply)
{
    bool was_empty = source->taken == source->ready_count;

    assert(source->open);
    source->open--;
    if (was_empty)
        source->taken = source->ready_count = 0;
    ARRAY_PUSH(source->ready, source->ready_count, source->ready_capacity, reply);
    if (was_empty && source->on_ready)
        source->on_ready(source->context);
}

struct reply *source_take(struct source *source)
{
    return source->taken < source->ready_count ? source->ready[source->taken++] : NULL;
}

size_t source_waiting(const struct source *source)
{
    return source->open + source->ready_count - source->taken;
}

void source_forget(struct source *source, const struct question *question)
{
    if (source->class->forget)
        source->class->forget(source, question);
}

void source_drop(struct source *source, const struct question *question)
{
    if (source->class->drop && source->class->drop(source, question))
        source->open--;
}

void source_end(struct source *source, const struct question *question, const char *why)
{
    if (source->class->end)
        source->class->end(source, question, why);
}

void source_hold(struct source *source, bool held)
{
    if (source->class->hold)
        source->class->hold(source, held);
}

void source_cancel(struct source *source)
{
    if (source->class->cancel)
        source->class->cancel(source);
    drop_ready(source);
    source->open = 0;
}

bool source_trouble(struct source *source, struct source_trouble *trouble)
{
    return source->class->trouble && source->class->trouble(source, trouble);
}

struct source_info source_info(struct source *source)
{
    return source->class->info(source);
}
