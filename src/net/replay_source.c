/* A recording as a source. The replies stay in its file: what is kept of each is where it stands
 * and a hash of its question, so that a recording of any length fits into the memory. */
#include "base/array.h"
#include "base/fnv.h"
#include "base/memory.h"
#include "base/message.h"
#include "net/source_class.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t nothing = UINT32_MAX;

struct take {
    off_t place;
    uint32_t hash;
    uint32_t before, behind; /* of the same hash, as recorded: an index, or nothing */
    bool given;
};

/* The takes of one hash. */
struct chain {
    uint32_t first, last;
};

struct replay {
    struct source source;
    char *name;
    FILE *file; /* owned */
    char *line; /* read last */
    size_t line_capacity;
    struct take *takes;
    size_t take_count, take_capacity;
    struct chain *chains; /* by hash; a power of two, at most half of them used */
    size_t chain_count, chains_used;
};

/* ---- by question ---- */

/* Begun by where the source lies in memory, which who writes a recording does not know. */
static uint32_t hash_of(const struct replay *replay, const struct question *question)
{
    uint64_t hash = fnv_64(FNV_64 ^ (uintptr_t)replay, question->name, strlen(question->name));

    hash = fnv_64(hash, &question->type, sizeof question->type);
    hash = fnv_64(hash, &question->flags, sizeof question->flags);
    hash = fnv_64(hash, question->server.bytes, sizeof question->server.bytes);
    return (uint32_t)(hash ^ hash >> 32);
}

/* That of the hash, or the place for it. */
static struct chain *chain_of(const struct replay *replay, uint32_t hash)
{
    size_t i = hash & (replay->chain_count - 1);

    while (replay->chains[i].first != nothing &&
           replay->takes[replay->chains[i].first].hash != hash)
        i = (i + 1) & (replay->chain_count - 1);
    return &replay->chains[i];
}

static void reserve_chains(struct replay *replay, size_t count)
{
    struct chain *before = replay->chains;
    size_t before_count = replay->chain_count;

    replay->chains = memory_new(count, sizeof *replay->chains);
    replay->chain_count = count;
    for (size_t i = 0; i < count; i++)
        replay->chains[i].first = nothing;
    for (size_t i = 0; i < before_count; i++)
        if (before[i].first != nothing)
            *chain_of(replay, replay->takes[before[i].first].hash) = before[i];
    free(before);
}

static void add_take(struct replay *replay, off_t place, uint32_t hash)
{
    struct take take = {place, hash, nothing, nothing, false};
    uint32_t index = (uint32_t)replay->take_count;
    struct chain *chain;

    if (2 * replay->chains_used >= replay->chain_count)
        reserve_chains(replay, 2 * replay->chain_count);
    chain = chain_of(replay, hash);
    if (chain->first == nothing) {
        replay->chains_used++;
        chain->first = index;
    } else {
        take.before = chain->last;
        replay->takes[chain->last].behind = index;
    }
    chain->last = index;
    ARRAY_PUSH(replay->takes, replay->take_count, replay->take_capacity, take);
}

/* ---- as a source ---- */

/* What stands in the file there, if it is a reply to the question; else NULL. */
static struct reply *read_take(struct replay *replay, const struct take *take,
                               const struct question *question)
{
    struct reply *reply;
    const char *why;

    if (fseeko(replay->file, take->place, SEEK_SET) != 0 ||
        getline(&replay->line, &replay->line_capacity, replay->file) < 0)
        return NULL;
    replay->line[strcspn(replay->line, "\n")] = '\0';
    if (reply_parse(replay->line, &reply, &why) != STATUS_OK)
        return NULL;
    if (question_equal(&reply->question, question))
        return reply;
    reply_free(reply);
    return NULL;
}

/* The first that was not given yet, else the last; NULL: none is in the file. */
static struct reply *take_reply(struct replay *replay, const struct question *question)
{
    const struct chain *chain = chain_of(replay, hash_of(replay, question));
    struct reply *reply = NULL;

    if (chain->first == nothing)
        return NULL;
    for (uint32_t i = chain->first; i != nothing && !reply; i = replay->takes[i].behind)
        if (!replay->takes[i].given)
            replay->takes[i].given = (reply = read_take(replay, &replay->takes[i], question));
    for (uint32_t i = chain->last; i != nothing && !reply; i = replay->takes[i].before)
        reply = read_take(replay, &replay->takes[i], question);
    return reply;
}

static bool ask(struct source *source, const struct question *question, int priority)
{
    struct reply *reply = take_reply((struct replay *)source, question);

    (void)priority;
    if (!reply) {
        reply = reply_new(question);
        reply->outcome = OUTCOME_NOT_ASKED;
        reply->why = N_("it is not in the recording");
    }
    reply->transport = TRANSPORT_REPLAY;
    source_deliver(source, reply);
    return true;
}

static struct source_info info(struct source *source)
{
    return (struct source_info){
        .kind = SOURCE_REPLAY, .server = "", .file = ((const struct replay *)source)->name};
}

static void replay_free(struct source *source)
{
    struct replay *replay = (struct replay *)source;

    fclose(replay->file);
    free(replay->line);
    free(replay->takes);
    free(replay->chains);
    free(replay->name);
    free(replay);
}

static const struct source_class replay_class = {.ask = ask, .info = info, .free = replay_free};

struct source *source_replay_new(const char *name, FILE *file)
{
    struct replay *replay = memory_new(1, sizeof *replay);

    replay->source.class = &replay_class;
    replay->name = memory_dup(name);
    replay->file = file;
    reserve_chains(replay, 64);
    return &replay->source;
}

enum status source_replay_add(struct source *source, const char *line, off_t place,
                              const char **why)
{
    struct replay *replay = (struct replay *)source;
    struct reply *reply;
    enum status status = reply_parse(line, &reply, why);

    if (status != STATUS_OK)
        return status;
    add_take(replay, place, hash_of(replay, &reply->question));
    reply_free(reply);
    return STATUS_OK;
}
