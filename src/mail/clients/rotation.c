#include "mail/clients/rotation.h"

#include "base/message.h"
#include "base/number.h"

#include <assert.h>

/* What answers: a name server or a cache, each with an order of its own. */
struct responder {
    unsigned *order;
    size_t count, start;
};

struct play {
    const struct rotation_model *model;
    struct random *random;
    struct responder *servers, *caches;
    unsigned server_count;
    unsigned *leaders;
    size_t records;
    struct rotation_share *shares;
    struct rotation *rotation;
    uint64_t *round; /* users of this period by the record they got first */
};

static void init_responder(struct responder *responder, size_t records, struct arena *arena)
{
    responder->order = arena_alloc(arena, records, sizeof *responder->order);
    responder->count = records;
    for (size_t i = 0; i < records; i++)
        responder->order[i] = (unsigned)i;
}

/* The next answer of a name server. */
static void answer(struct play *play, struct responder *server)
{
    if (play->model->order == ROTATION_CYCLIC)
        server->start = (server->start + 1) % server->count;
    else if (play->model->order == ROTATION_RANDOM)
        random_shuffle(play->random, server->order, server->count);
}

static unsigned record_at(const struct responder *responder, size_t place)
{
    return responder->order[(responder->start + place) % responder->count];
}

/* Asks the name servers in turn until one answers; NULL when all are silent. */
static struct responder *ask(struct play *play)
{
    uint64_t first = play->rotation->lookups++;

    for (unsigned i = 0; i < play->server_count; i++) {
        unsigned server = (unsigned)((first + i) % play->server_count);
        if (server >= play->model->silent)
            return play->servers + server;
        play->rotation->waits++;
    }
    return NULL;
}

/* A cache takes over the order of the answer it got. */
static void refresh(struct play *play, struct responder *cache)
{
    struct responder *server = ask(play);

    if (!server)
        return;
    cache->count = play->records;
    for (size_t i = 0; i < cache->count; i++)
        cache->order[i] = record_at(server, i);
    cache->start = 0;
    answer(play, server);
}

static bool is_down(const struct play *play, unsigned record)
{
    return play->model->down && play->model->down[record];
}

/* One user goes through the answer until a record is up. */
static void connect_user(struct play *play, const struct responder *responder)
{
    play->rotation->users++;
    if (!responder || !responder->count) {
        play->rotation->unserved++;
        return;
    }
    play->round[record_at(responder, 0)]++;
    play->shares[record_at(responder, 0)].first++;
    for (size_t i = 0; i < responder->count; i++) {
        unsigned record = record_at(responder, i);
        if (!is_down(play, record)) {
            play->shares[record].served++;
            return;
        }
        play->rotation->extra_tries++;
    }
    play->rotation->unserved++;
}

static void user(struct play *play, unsigned number)
{
    unsigned caches = play->model->caches;
    struct responder *responder = caches ? play->caches + number % caches : ask(play);

    connect_user(play, responder);
    if (!caches && responder)
        answer(play, responder);
    else if (caches && play->model->cache_rotates && responder->count)
        responder->start = (responder->start + 1) % responder->count;
}

/* One TTL: caches ask anew, then every user asks once. Returns the largest share. */
static double period(struct play *play, unsigned number)
{
    uint64_t largest = 0;

    for (size_t i = 0; i < play->records; i++)
        play->round[i] = 0;
    for (unsigned i = 0; i < play->model->caches; i++)
        refresh(play, play->caches + i);
    for (unsigned i = 0; i < play->model->users; i++)
        user(play, i);
    for (size_t i = 0; i < play->records; i++)
        if (play->round[i] > largest) {
            largest = play->round[i];
            play->leaders[number] = (unsigned)i;
        }
    return play->model->users ? (double)largest / play->model->users : 0;
}

/* What is seen, where a name server does not answer. */
static const char *silence_text(const struct play *play, struct arena *arena)
{
    const struct rotation *rotation = play->rotation;
    char share[WORD_SIZE];

    if (play->model->silent >= play->server_count)
        return tr("No name server answers. Only users of a cache that still has an address get "
                  "one, until its TTL expires.");
    return arena_format(arena,
                        tr("%s of the queries go to a name server that is down, wait, and are "
                           "repeated to another one. Which record comes first does not change."),
                        number_share((double)rotation->waits / (double)rotation->lookups, share));
}

static const char *text_of(const struct play *play, struct arena *arena)
{
    const struct rotation_model *model = play->model;
    char widest[WORD_SIZE], even[WORD_SIZE];

    if (model->silent)
        return silence_text(play, arena);
    if (model->order == ROTATION_FIXED && !model->cache_rotates)
        return tr("Every user gets the same record first, at all times.");
    if (model->caches == 1 && !model->cache_rotates)
        return tr("The cache queries once and repeats the response. Until the TTL expires, all its "
                  "users get the same record first.");
    if (model->caches && !model->cache_rotates)
        return arena_format(arena,
                            tr("Each cache queries once. Until the TTL expires, all its users get "
                               "the same record first. The largest share is %s; an even share is "
                               "%s."),
                            number_share(play->rotation->widest, widest),
                            number_share(1 / (double)play->records, even));
    return arena_format(
        arena,
        tr("Each response starts with a different record. The largest share is %s; an even "
           "share is %s."),
        number_share(play->rotation->widest, widest),
        number_share(1 / (double)play->records, even));
}

static void finish(struct play *play, struct arena *arena)
{
    struct rotation *rotation = play->rotation;
    double users = rotation->users ? (double)rotation->users : 1;

    for (size_t i = 0; i < play->records; i++) {
        play->shares[i].share = (double)play->shares[i].first / users;
        play->shares[i].served_share = (double)play->shares[i].served / users;
        play->shares[i].even = 1.0 / (double)play->records;
    }
    rotation->text = text_of(play, arena);
}

/* Name servers begin in different places; caches know nothing yet. */
static void init_responders(struct play *play, struct arena *arena)
{
    const struct rotation_model *model = play->model;

    play->server_count = model->servers ? model->servers : 1;
    play->servers = arena_alloc(arena, play->server_count, sizeof *play->servers);
    play->caches = arena_alloc(arena, model->caches + 1u, sizeof *play->caches);
    for (unsigned i = 0; i < play->server_count; i++) {
        init_responder(play->servers + i, play->records, arena);
        play->servers[i].start = i % play->records;
        if (model->order == ROTATION_RANDOM)
            answer(play, play->servers + i);
        else if (model->order == ROTATION_FIXED)
            play->servers[i].start = 0;
    }
    for (unsigned i = 0; i < model->caches; i++) {
        init_responder(play->caches + i, play->records, arena);
        play->caches[i].count = 0;
    }
}

const struct rotation *rotation_play(size_t records, const struct rotation_model *model,
                                     struct random *random, struct arena *arena)
{
    struct rotation *rotation = arena_alloc(arena, 1, sizeof *rotation);
    struct play play = {.model = model, .random = random, .rotation = rotation, .records = records};
    double widest = 0;

    assert(records > 0);
    play.shares = arena_alloc(arena, records, sizeof *play.shares);
    play.round = arena_alloc(arena, records, sizeof *play.round);
    play.leaders = arena_alloc(arena, model->rounds + 1u, sizeof *play.leaders);
    init_responders(&play, arena);
    for (unsigned i = 0; i < model->rounds; i++)
        widest += period(&play, i);
    rotation->shares = play.shares;
    rotation->count = records;
    rotation->leaders = play.leaders;
    rotation->widest = model->rounds ? widest / model->rounds : 0;
    finish(&play, arena);
    return rotation;
}
