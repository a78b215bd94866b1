#include "mail/rotation.h"

#include <assert.h>

const char *rotation_order_text(enum rotation_order order)
{
    static const char *const texts[] = {"cyclic", "random", "fixed"};

    return texts[order];
}

/* What answers: a name server or a cache, each with an order of its own. */
struct responder {
    unsigned *order;
    size_t count, start;
};

struct play {
    const struct rotation_model *model;
    struct random *random;
    struct responder server, *caches;
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

/* The next answer of the name server. */
static void answer(struct play *play)
{
    struct responder *server = &play->server;

    if (play->model->order == ROTATION_CYCLIC)
        server->start = (server->start + 1) % server->count;
    else if (play->model->order == ROTATION_RANDOM)
        random_shuffle(play->random, server->order, server->count);
}

static unsigned record_at(const struct responder *responder, size_t place)
{
    return responder->order[(responder->start + place) % responder->count];
}

/* A cache takes over the order of the answer it got. */
static void refresh(struct play *play, struct responder *cache)
{
    for (size_t i = 0; i < cache->count; i++)
        cache->order[i] = record_at(&play->server, i);
    cache->start = 0;
    answer(play);
}

static bool is_down(const struct play *play, unsigned record)
{
    return play->model->down && play->model->down[record];
}

/* One user goes through the answer until a record is up. */
static void connect_user(struct play *play, const struct responder *responder)
{
    play->round[record_at(responder, 0)]++;
    play->shares[record_at(responder, 0)].first++;
    play->rotation->users++;
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
    struct responder *responder = caches ? play->caches + number % caches : &play->server;

    connect_user(play, responder);
    if (!caches)
        answer(play);
    else if (play->model->cache_rotates)
        responder->start = (responder->start + 1) % responder->count;
}

/* One TTL: caches ask anew, then every user asks once. Returns the largest share. */
static double period(struct play *play)
{
    uint64_t largest = 0;

    for (size_t i = 0; i < play->server.count; i++)
        play->round[i] = 0;
    for (unsigned i = 0; i < play->model->caches; i++)
        refresh(play, play->caches + i);
    for (unsigned i = 0; i < play->model->users; i++)
        user(play, i);
    for (size_t i = 0; i < play->server.count; i++)
        largest = play->round[i] > largest ? play->round[i] : largest;
    return play->model->users ? (double)largest / play->model->users : 0;
}

static void finish(struct play *play, size_t records, struct arena *arena)
{
    struct rotation *rotation = play->rotation;
    double users = rotation->users ? (double)rotation->users : 1;

    for (size_t i = 0; i < records; i++) {
        play->shares[i].share = (double)play->shares[i].first / users;
        play->shares[i].served_share = (double)play->shares[i].served / users;
        play->shares[i].even = 1.0 / (double)records;
    }
    if (play->model->order == ROTATION_FIXED && !play->model->cache_rotates)
        rotation->text = "Nobody rotates: every user gets the same record first.";
    else if (play->model->caches && !play->model->cache_rotates)
        rotation->text = arena_format(
            arena,
            "Behind a cache all its users get the same first answer until the TTL is over: at any "
            "time %.0f %% of them meet at one record.",
            100 * rotation->widest);
    else
        rotation->text = arena_format(arena,
                                      "Each answer starts elsewhere: in one period the largest "
                                      "share is %.0f %%, an even one would be %.0f %%.",
                                      100 * rotation->widest, 100 / (double)records);
}

const struct rotation *rotation_play(size_t records, const struct rotation_model *model,
                                     struct random *random, struct arena *arena)
{
    struct rotation *rotation = arena_alloc(arena, 1, sizeof *rotation);
    struct play play = {.model = model, .random = random, .rotation = rotation};
    double widest = 0;

    assert(records > 0);
    play.shares = arena_alloc(arena, records, sizeof *play.shares);
    play.round = arena_alloc(arena, records, sizeof *play.round);
    play.caches = arena_alloc(arena, model->caches + 1u, sizeof *play.caches);
    init_responder(&play.server, records, arena);
    for (unsigned i = 0; i < model->caches; i++)
        init_responder(play.caches + i, records, arena);
    if (model->order == ROTATION_RANDOM)
        answer(&play);
    for (unsigned i = 0; i < model->rounds; i++)
        widest += period(&play);
    rotation->shares = play.shares;
    rotation->count = records;
    rotation->widest = model->rounds ? widest / model->rounds : 0;
    finish(&play, records, arena);
    return rotation;
}
