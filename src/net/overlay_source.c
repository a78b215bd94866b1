/* Zone files over another source: what they know they answer, the rest is asked below. */
#include "base/array.h"
#include "base/memory.h"
#include "dns/reply_chain.h"
#include "net/source_class.h"
#include "net/zone_set.h"

#include <stdlib.h>

struct errand {               /* a question asked below, for one asked here */
    struct question question; /* name owned, or the front's */
    struct reply *front;      /* what the zones say up to an alias that leads out; NULL: nothing */
};

struct overlay {
    struct source source;
    struct zone_set zones;
    struct source *below;
    struct errand *errands;
    size_t errand_count, errand_capacity;
};

static struct overlay *overlay_of(struct source *source)
{
    return (struct overlay *)source;
}

static void errand_clear(struct errand *errand)
{
    if (!errand->front)
        free((char *)(uintptr_t)errand->question.name);
    reply_free(errand->front);
}

/* A reply from below serves every errand with its question. */
static void fulfil(struct overlay *overlay, struct reply *reply)
{
    for (size_t i = overlay->errand_count; i-- > 0;) {
        struct errand errand = overlay->errands[i];
        struct reply *copy;

        if (!question_equal(&errand.question, &reply->question))
            continue;
        overlay->errands[i] = overlay->errands[--overlay->errand_count];
        copy = errand.front ? reply_chain(errand.front, reply) : reply_dup(reply);
        errand_clear(&errand);
        source_deliver(&overlay->source, copy);
    }
    reply_free(reply);
}

static void on_below_ready(void *context)
{
    struct overlay *overlay = context;
    struct reply *reply;

    while ((reply = source_take(overlay->below)))
        fulfil(overlay, reply);
}

static void ask_below(struct overlay *overlay, struct errand errand, int priority)
{
    ARRAY_PUSH(overlay->errands, overlay->errand_count, overlay->errand_capacity, errand);
    source_ask(overlay->below, &errand.question, priority);
}

/* Does an alias lead from the zones to a name of which they do not have the type? */
static bool leads_out(const struct overlay *overlay, const struct reply *reply)
{
    return reply->alias_count && !reply_is_endless(reply) &&
           !zone_set_decides(&overlay->zones, reply->canonical, reply->question.type);
}

static const struct question *asked_here(const struct errand *errand)
{
    return errand->front ? &errand->front->question : &errand->question;
}

static bool is_open(const struct overlay *overlay, const struct question *question)
{
    for (size_t i = 0; i < overlay->errand_count; i++)
        if (question_equal(asked_here(&overlay->errands[i]), question))
            return true;
    return false;
}

static bool ask(struct source *source, const struct question *question, int priority)
{
    struct overlay *overlay = overlay_of(source);
    struct errand errand = {.question = *question};
    struct reply *reply;

    if (is_open(overlay, question))
        return false;
    if (question->server.family ||
        !zone_set_decides(&overlay->zones, question->name, question->type)) {
        errand.question.name = memory_dup(question->name);
        ask_below(overlay, errand, priority);
        return true;
    }
    reply = zone_set_answer(&overlay->zones, false, question);
    if (leads_out(overlay, reply)) {
        errand.front = reply;
        errand.question.name = reply->canonical;
        ask_below(overlay, errand, priority);
    } else {
        source_deliver(source, reply);
    }
    return true;
}

static void forget(struct source *source, const struct question *question)
{
    source_forget(overlay_of(source)->below, question);
}

static bool is_wanted_below(const struct overlay *overlay, const struct question *question)
{
    for (size_t i = 0; i < overlay->errand_count; i++)
        if (question_equal(&overlay->errands[i].question, question))
            return true;
    return false;
}

static bool drop(struct source *source, const struct question *question)
{
    struct overlay *overlay = overlay_of(source);

    for (size_t i = 0; i < overlay->errand_count; i++) {
        struct errand errand = overlay->errands[i];

        if (!question_equal(asked_here(&errand), question))
            continue;
        overlay->errands[i] = overlay->errands[--overlay->errand_count];
        if (!is_wanted_below(overlay, &errand.question))
            source_drop(overlay->below, &errand.question);
        errand_clear(&errand);
        return true;
    }
    return false;
}

static bool end(struct source *source, const struct question *question, const char *why)
{
    struct overlay *overlay = overlay_of(source);

    for (size_t i = 0; i < overlay->errand_count; i++)
        if (question_equal(asked_here(&overlay->errands[i]), question)) {
            source_end(overlay->below, &overlay->errands[i].question, why);
            return true;
        }
    return false;
}

static void cancel(struct source *source)
{
    struct overlay *overlay = overlay_of(source);

    source_cancel(overlay->below);
    while (overlay->errand_count)
        errand_clear(&overlay->errands[--overlay->errand_count]);
}

static struct source_info info(struct source *source)
{
    struct overlay *overlay = overlay_of(source);
    struct source_info info = source_info(overlay->below);

    info.kind = SOURCE_OVERLAY;
    info.file = overlay->zones.labels;
    info.servers = REACH_NONE;
    return info;
}

static void overlay_free(struct source *source)
{
    struct overlay *overlay = overlay_of(source);

    cancel(source);
    source_free(overlay->below);
    free(overlay->errands);
    zone_set_clear(&overlay->zones);
    free(overlay);
}

static bool trouble(struct source *source, struct source_trouble *out)
{
    return source_trouble(overlay_of(source)->below, out);
}

static void hold(struct source *source, bool held)
{
    source_hold(overlay_of(source)->below, held);
}

static const struct source_class overlay_class = {ask,    forget,  drop, end,         hold,
                                                  cancel, trouble, info, overlay_free};

struct source *source_overlay_new(struct zone *const *zones, size_t count, struct source *below)
{
    struct overlay *overlay = memory_new(1, sizeof *overlay);

    overlay->source.class = &overlay_class;
    overlay->below = below;
    zone_set_init(&overlay->zones, zones, count);
    source_on_ready(below, on_below_ready, overlay);
    return &overlay->source;
}
