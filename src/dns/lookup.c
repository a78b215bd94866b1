#include "dns/lookup.h"

#include "base/array.h"
#include "base/memory.h"
#include "base/slots.h"
#include "dns/question_map.h"
#include "dns/reply_chain.h"
#include "dns/type.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct wants {
    struct arena *arena;
    struct slots by_question;
    struct want **wants; /* in the arena; by priority, equal ones in the order added */
    size_t want_count, want_capacity;
};

struct wants *wants_new(void)
{
    struct wants *wants = memory_new(1, sizeof *wants);

    wants->arena = arena_new();
    return wants;
}

void wants_free(struct wants *wants)
{
    if (!wants)
        return;
    free(wants->wants);
    slots_clear(&wants->by_question);
    arena_free(wants->arena);
    free(wants);
}

/* Where the run of wants with a worse priority starts. */
static size_t place_of(const struct wants *wants, int priority)
{
    size_t place = wants->want_count;

    while (place > 0 && wants->wants[place - 1]->priority > priority)
        place--;
    return place;
}

static void insert(struct wants *wants, struct want *want)
{
    size_t place = place_of(wants, want->priority), behind = wants->want_count - place;

    ARRAY_PUSH(wants->wants, wants->want_count, wants->want_capacity, want);
    memmove(wants->wants + place + 1, wants->wants + place, behind * sizeof(struct want *));
    wants->wants[place] = want;
}

static void take_out(struct wants *wants, const struct want *want)
{
    size_t i = 0;

    while (wants->wants[i] != want)
        i++;
    wants->want_count--;
    memmove(wants->wants + i, wants->wants + i + 1,
            (wants->want_count - i) * sizeof(struct want *));
}

static bool is_of(const void *want, const void *question)
{
    return question_equal(&((const struct want *)want)->question, question);
}

void wants_add(struct wants *wants, const struct question *question, int priority)
{
    unsigned hash = question_hash(question);
    struct want *want = slots_find(&wants->by_question, hash, is_of, question);

    if (want && want->priority <= priority)
        return;
    if (want) {
        take_out(wants, want);
    } else {
        want = arena_alloc(wants->arena, 1, sizeof *want);
        want->question = *question;
        want->question.name = arena_dup(wants->arena, question->name);
        slots_add(&wants->by_question, hash, want);
    }
    want->priority = priority;
    insert(wants, want);
}

size_t wants_count(const struct wants *wants)
{
    return wants->want_count;
}

const struct want *wants_at(const struct wants *wants, size_t index)
{
    assert(index < wants->want_count);
    return wants->wants[index];
}

static bool is_asked(const struct lookup *lookup, const struct question *question)
{
    return lookup->asked && question_map_find(lookup->asked, question);
}

static const struct reply *find(const struct lookup *lookup, const struct question *question)
{
    const struct reply *reply = lookup->overlay ? answers_find(lookup->overlay, question) : NULL;

    if (!reply)
        reply = answers_find(lookup->answers, question);
    if (lookup->read)
        question_map_put(lookup->read, question, lookup->read);
    if (!reply && lookup->wants && !is_asked(lookup, question))
        wants_add(lookup->wants, question, lookup->priority);
    return reply;
}

enum { RESTS_MAX = 16 };

const struct reply *lookup_question(const struct lookup *lookup, const struct question *question)
{
    const struct reply *reply = find(lookup, question), *end = reply;
    struct question rest;

    for (int i = 0; end && i < RESTS_MAX && reply_is_partial(end, &rest); i++)
        end = find(lookup, &rest);
    return end ? reply : NULL;
}

const struct reply *lookup_find(const struct lookup *lookup, const char *name, uint16_t type)
{
    struct question question = {.name = name, .type = type};

    return lookup_question(lookup, &question);
}

struct host_addresses lookup_addresses(const struct lookup *lookup, const char *name)
{
    return (struct host_addresses){
        .a = lookup_find(lookup, name, TYPE_A),
        .aaaa = lookup_find(lookup, name, TYPE_AAAA),
    };
}
