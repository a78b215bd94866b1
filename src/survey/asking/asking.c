#include "survey/asking/asking.h"

#include "base/array.h"
#include "base/memory.h"
#include "dns/answers.h"
#include "dns/question_map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* One that waits. */
struct wait {
    struct asker *asker;
    struct question asked; /* by the survey; name owned, NULL: no survey wants it */
};

/* A question under way, and who waits for it. */
struct errand {
    struct errand *next, *previous; /* of all there are, oldest first */
    struct question question;       /* name owned */
    struct wait *waits;
    size_t count, capacity;
};

struct asking {
    struct question_map *by_question;
    struct errand all; /* the head of the ring */
    size_t waits;
    char *lent;            /* a name given out */
    struct answers *early; /* to what was not asked yet; NULL: not kept */
};

enum { EARLY_MOST = 2000 };

struct asking *asking_new(void)
{
    struct asking *asking = memory_new(1, sizeof *asking);

    asking->by_question = question_map_new();
    asking->all.next = asking->all.previous = &asking->all;
    return asking;
}

static void errand_free(struct errand *errand)
{
    for (size_t i = 0; i < errand->count; i++)
        free((char *)errand->waits[i].asked.name);
    free(errand->waits);
    free((char *)errand->question.name);
    free(errand);
}

static void remove_errand(struct asking *asking, struct errand *errand)
{
    question_map_remove(asking->by_question, &errand->question);
    errand->previous->next = errand->next;
    errand->next->previous = errand->previous;
    errand_free(errand);
}

void asking_free(struct asking *asking)
{
    if (!asking)
        return;
    while (asking->all.next != &asking->all)
        remove_errand(asking, asking->all.next);
    question_map_free(asking->by_question);
    answers_free(asking->early);
    free(asking->lent);
    free(asking);
}

void asking_keep_early(struct asking *asking)
{
    if (!asking->early)
        asking->early = answers_new();
}

static void put_early(struct asking *asking, struct reply *reply)
{
    if (asking->early && answers_count(asking->early) < EARLY_MOST)
        answers_put(asking->early, reply);
    else
        reply_free(reply);
}

/* What came before it was asked, which is forgotten then; NULL for nothing. */
static struct reply *take_early(struct asking *asking, const struct question *question)
{
    const struct reply *early = asking->early ? answers_find(asking->early, question) : NULL;
    struct reply *reply = early ? reply_dup(early) : NULL;

    if (reply)
        answers_forget(asking->early, question);
    return reply;
}

size_t asking_count(const struct asking *asking)
{
    return asking->waits;
}

static struct errand *errand_of(struct asking *asking, const struct question *question)
{
    void **place = question_map_place(asking->by_question, question);
    struct errand *errand = *place;

    if (errand)
        return errand;
    *place = errand = memory_new(1, sizeof *errand);
    errand->question = *question;
    errand->question.name = memory_dup(question->name);
    errand->next = &asking->all;
    errand->previous = asking->all.previous;
    errand->previous->next = asking->all.previous = errand;
    return errand;
}

/* `asked`: what the survey wanted; NULL when no survey did. True when it must be sent. */
static bool add(struct asking *asking, struct asker *asker, const struct question *question,
                const struct question *asked)
{
    struct errand *errand = errand_of(asking, question);
    struct wait wait = {.asker = asker};

    if (asked) {
        wait.asked = *asked;
        wait.asked.name = memory_dup(asked->name);
    }
    ARRAY_PUSH(errand->waits, errand->count, errand->capacity, wait);
    asker->open++;
    asking->waits++;
    return errand->count == 1;
}

bool asking_add(struct asking *asking, struct asker *asker, const struct question *question)
{
    return add(asking, asker, question, NULL);
}

static const char *lend(struct asking *asking, const char *name)
{
    free(asking->lent);
    asking->lent = memory_dup(name);
    return asking->lent;
}

bool asking_next(struct asking *asking, struct asker *asker, struct outgoing *asked)
{
    struct question question;
    char name[NAME_TEXT];

    if (!survey_ask(asker->survey, &question, &asked->priority))
        return false;
    asked->reply = vantage_ask(asker->vantage, &question, &asked->question, name);
    if (!asked->reply && (asked->reply = take_early(asking, &asked->question)))
        asked->reply = vantage_bring(asker->vantage, &question, asked->reply);
    asked->send = !asked->reply && add(asking, asker, &asked->question, &question);
    asked->question.name = lend(asking, asked->question.name);
    return true;
}

/* Takes the wait off the errand; its name is the caller's. */
static struct wait end_wait(struct asking *asking, struct errand *errand, size_t at)
{
    struct wait wait = errand->waits[at];

    errand->count--;
    memmove(errand->waits + at, errand->waits + at + 1,
            (errand->count - at) * sizeof *errand->waits);
    wait.asker->open--;
    asking->waits--;
    return wait;
}

struct asker *asking_take(struct asking *asking, struct reply **reply, struct reply **own)
{
    struct errand *errand =
        *reply ? question_map_find(asking->by_question, &(*reply)->question) : NULL;
    struct wait wait;

    if (!errand) {
        if (*reply)
            put_early(asking, *reply);
        *reply = NULL;
        return NULL;
    }
    wait = end_wait(asking, errand, 0);
    *own = errand->count ? reply_dup(*reply) : *reply;
    if (!errand->count) {
        remove_errand(asking, errand);
        *reply = NULL;
    }
    if (wait.asked.name)
        *own = vantage_bring(wait.asker->vantage, &wait.asked, *own);
    free((char *)wait.asked.name);
    return wait.asker;
}

static bool is_only_for(const struct errand *errand, const struct asker *asker)
{
    for (size_t i = 0; i < errand->count; i++)
        if (errand->waits[i].asker != asker)
            return false;
    return true;
}

void asking_each_own(const struct asking *asking, const struct asker *asker,
                     void (*each)(const struct question *question, void *context), void *context)
{
    for (const struct errand *errand = asking->all.next; errand != &asking->all;
         errand = errand->next)
        if (is_only_for(errand, asker))
            each(&errand->question, context);
}

struct asker *asking_newest(const struct asking *asking,
                            bool (*may)(const struct asker *asker, const void *context),
                            const void *context, struct question *question)
{
    for (const struct errand *errand = asking->all.previous; errand != &asking->all;
         errand = errand->previous)
        if (errand->count == 1 && errand->waits[0].asked.name &&
            may(errand->waits[0].asker, context)) {
            *question = errand->question;
            return errand->waits[0].asker;
        }
    return NULL;
}

void asking_take_back(struct asking *asking, const struct question *question)
{
    struct errand *errand = question_map_find(asking->by_question, question);
    struct wait wait;

    assert(errand && errand->count == 1 && errand->waits[0].asked.name);
    wait = end_wait(asking, errand, 0);
    remove_errand(asking, errand);
    survey_forget(wait.asker->survey, &wait.asked);
    free((char *)wait.asked.name);
}

void asking_drop(struct asking *asking, struct asker *asker)
{
    for (struct errand *errand = asking->all.next, *next; asker->open; errand = next) {
        next = errand->next;
        for (size_t at = errand->count; at-- > 0;)
            if (errand->waits[at].asker == asker)
                free((char *)end_wait(asking, errand, at).asked.name);
        if (!errand->count)
            remove_errand(asking, errand);
    }
}
