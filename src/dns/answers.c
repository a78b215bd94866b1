#include "dns/answers.h"

#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/question_map.h"
#include "dns/reply_chain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWERS_BYTES_MAX = 40 << 20 };

struct answers {
    struct question_map *by_question;
    struct reply **replies; /* owned, in the order they came */
    size_t reply_count, reply_capacity;
    size_t bytes;         /* that all replies take */
    size_t partial_count; /* of the replies, those whose rest is another question */
    uint64_t changes;
};

struct answers *answers_new(void)
{
    struct answers *answers = memory_new(1, sizeof *answers);

    answers->by_question = question_map_new();
    return answers;
}

void answers_free(struct answers *answers)
{
    if (!answers)
        return;
    for (size_t i = 0; i < answers->reply_count; i++)
        reply_free(answers->replies[i]);
    free(answers->replies);
    question_map_free(answers->by_question);
    free(answers);
}

/* Stands for a reply there is no room for; frees that. */
static struct reply *refused(struct reply *reply)
{
    struct reply *failure = reply_new(&reply->question);

    failure->outcome = OUTCOME_SERVFAIL;
    failure->rcode = reply->rcode;
    failure->transport = reply->transport;
    failure->server = arena_dup(failure->arena, reply->server);
    failure->rtt_us = reply->rtt_us;
    failure->received_ms = reply->received_ms;
    failure->tries = reply->tries;
    failure->unmatched = reply->unmatched;
    failure->why = N_("the answer is ignored: all answers together take more than 40 MiB");
    reply_free(reply);
    return failure;
}

/* Does this end what a partial reply left open? A "no data" without SOA adds nothing to it. */
static bool is_an_end(const struct reply *back)
{
    struct question further;

    return !reply_is_partial(back, &further) &&
           (back->outcome != OUTCOME_NODATA || reply_has_soa(back));
}

/* A partial reply whose rest is the reply to this question. */
static const struct reply *waiting_for(const struct answers *answers,
                                       const struct question *question)
{
    struct question rest;

    for (size_t i = 0; answers->partial_count && i < answers->reply_count; i++)
        if (reply_is_partial(answers->replies[i], &rest) && question_equal(&rest, question))
            return answers->replies[i];
    return NULL;
}

/* Returns what is kept. */
static const struct reply *put(struct answers *answers, struct reply *reply)
{
    struct question rest;

    answers_forget(answers, &reply->question);
    if (answers->bytes + arena_size(reply->arena) > ANSWERS_BYTES_MAX)
        reply = refused(reply);
    answers->bytes += arena_size(reply->arena);
    answers->partial_count += reply_is_partial(reply, &rest);
    answers->changes++;
    ARRAY_PUSH(answers->replies, answers->reply_count, answers->reply_capacity, reply);
    question_map_put(answers->by_question, &reply->question, reply);
    return reply;
}

/* Makes whole all that waited for this reply. None stays partial, so this ends. */
static void complete(struct answers *answers, const struct reply *back)
{
    const struct reply *front;

    while (back && is_an_end(back) && (front = waiting_for(answers, &back->question))) {
        struct reply *whole = reply_chain(front, back);
        struct question further;

        if (reply_is_partial(whole, &further)) {
            reply_free(whole);
            return;
        }
        complete(answers, put(answers, whole));
    }
}

void answers_put(struct answers *answers, struct reply *reply)
{
    const struct reply *kept = put(answers, reply);
    struct question rest;

    complete(answers, reply_is_partial(kept, &rest) ? answers_find(answers, &rest) : kept);
}

const struct reply *answers_find(const struct answers *answers, const struct question *question)
{
    return question_map_find(answers->by_question, question);
}

void answers_forget(struct answers *answers, const struct question *question)
{
    struct reply *reply = question_map_find(answers->by_question, question);
    struct question rest;
    size_t i = 0;

    if (!reply)
        return;
    while (answers->replies[i] != reply)
        i++;
    answers->reply_count--;
    memmove(answers->replies + i, answers->replies + i + 1,
            (answers->reply_count - i) * sizeof(struct reply *));
    question_map_remove(answers->by_question, question);
    answers->bytes -= arena_size(reply->arena);
    answers->partial_count -= reply_is_partial(reply, &rest);
    answers->changes++;
    reply_free(reply);
}

uint64_t answers_changes(const struct answers *answers)
{
    return answers->changes;
}

size_t answers_count(const struct answers *answers)
{
    return answers->reply_count;
}

const struct reply *answers_at(const struct answers *answers, size_t index)
{
    assert(index < answers->reply_count);
    return answers->replies[index];
}
