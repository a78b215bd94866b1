#include "mail/clients/rotation_cases.h"

#include "base/message.h"

enum { CACHES = 25, PERIODS_MOST = 6 };

static const struct rotation *play(const struct rotation_set *set, struct rotation_model model,
                                   struct arena *arena)
{
    struct random random;

    random_init(&random, set->seed);
    model.users = ROTATION_USERS;
    model.rounds = model.rounds ? model.rounds : 1;
    model.down = set->down;
    return rotation_play(set->records, &model, &random, arena);
}

/* Which record it is in each of the periods that follow. */
static void look_ahead(const struct rotation_set *set, struct rotation_model model,
                       struct arena *arena, struct rotation_case *played)
{
    model.rounds = set->records < PERIODS_MOST ? (unsigned)set->records + 1 : PERIODS_MOST;
    played->then = play(set, model, arena)->leaders + 1;
    played->then_count = model.rounds - 1u;
}

static const char *silent_title(const struct rotation_set *set, struct arena *arena)
{
    if (set->servers < 2)
        return tr("No cache, and the name server is down");
    return arena_format(arena, tr("No cache, and one of %u name servers is down"), set->servers);
}

size_t rotation_cases(const struct rotation_set *set, struct arena *arena,
                      struct rotation_case cases[ROTATION_CASES])
{
    const struct {
        const char *title;
        struct rotation_model model;
    } ways[ROTATION_CASES] = {
        {tr("No cache: every user queries a name server, which rotates"),
         {.order = ROTATION_CYCLIC, .servers = set->servers}},
        {tr("All use one cache, until the TTL expires"), {.order = ROTATION_CYCLIC, .caches = 1}},
        {silent_title(set, arena),
         {.order = ROTATION_CYCLIC, .servers = set->servers, .silent = 1}},
        {tr("Users share 25 caches, until the TTL expires"),
         {.order = ROTATION_CYCLIC, .caches = CACHES}},
        {tr("One cache that rotates too"),
         {.order = ROTATION_CYCLIC, .caches = 1, .cache_rotates = true}},
        {tr("No rotation"), {.order = ROTATION_FIXED}},
    };

    for (size_t i = 0; i < ROTATION_CASES; i++) {
        cases[i] = (struct rotation_case){
            .title = ways[i].title, .rotation = play(set, ways[i].model, arena), .down = set->down};
        if (ways[i].model.caches == 1 && !ways[i].model.cache_rotates)
            look_ahead(set, ways[i].model, arena, &cases[i]);
    }
    return ROTATION_CASES;
}
