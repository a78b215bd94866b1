/* A recording as a source. */
#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/question_map.h"
#include "net/source_class.h"

#include <stdlib.h>

struct take { /* the recorded replies to one question */
    char **lines;
    size_t count, capacity;
    size_t next;
};

struct replay {
    struct source source;
    char *file;
    struct question_map *by_question; /* to struct take */
    struct take **takes;
    size_t take_count, take_capacity;
};

static bool ask(struct source *source, const struct question *question, int priority)
{
    const struct replay *replay = (const struct replay *)source;
    struct take *take = question_map_find(replay->by_question, question);
    struct reply *reply;
    const char *why;

    (void)priority;
    if (!take) {
        reply = reply_new(question);
        reply->outcome = OUTCOME_NOT_ASKED;
        reply->why = N_("it is not in the recording");
    } else {
        size_t index = take->next < take->count ? take->next++ : take->count - 1;

        if (reply_parse(take->lines[index], &reply, &why) != STATUS_OK)
            reply = reply_new(question);
    }
    reply->transport = TRANSPORT_REPLAY;
    source_deliver(source, reply);
    return true;
}

static struct source_info info(struct source *source)
{
    return (struct source_info){
        .kind = SOURCE_REPLAY, .server = "", .file = ((const struct replay *)source)->file};
}

static void replay_free(struct source *source)
{
    struct replay *replay = (struct replay *)source;

    for (size_t i = 0; i < replay->take_count; i++) {
        struct take *take = replay->takes[i];

        for (size_t j = 0; j < take->count; j++)
            free(take->lines[j]);
        free(take->lines);
        free(take);
    }
    free(replay->takes);
    question_map_free(replay->by_question);
    free(replay->file);
    free(replay);
}

static const struct source_class replay_class = {.ask = ask, .info = info, .free = replay_free};

struct source *source_replay_new(const char *file)
{
    struct replay *replay = memory_new(1, sizeof *replay);

    replay->source.class = &replay_class;
    replay->file = memory_dup(file);
    replay->by_question = question_map_new();
    return &replay->source;
}

static struct take *take_of(struct replay *replay, const struct question *question)
{
    struct take *take = question_map_find(replay->by_question, question);

    if (take)
        return take;
    take = memory_new(1, sizeof *take);
    question_map_put(replay->by_question, question, take);
    ARRAY_PUSH(replay->takes, replay->take_count, replay->take_capacity, take);
    return take;
}

enum status source_replay_add(struct source *source, const char *line, const char **why)
{
    struct reply *reply;
    enum status status = reply_parse(line, &reply, why);
    struct take *take;

    if (status != STATUS_OK)
        return status;
    take = take_of((struct replay *)source, &reply->question);
    ARRAY_PUSH(take->lines, take->count, take->capacity, memory_dup(line));
    reply_free(reply);
    return STATUS_OK;
}
