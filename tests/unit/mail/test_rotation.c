/* Who gets which record first (L20). */
#include "mail/clients/rotation_cases.h"
#include "mail/clients/server_choice.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static const struct rotation *play(struct rotation_model model, struct arena *arena)
{
    struct random random;

    random_init(&random, 1);
    return rotation_play(4, &model, &random, arena);
}

/* All of it in a line: how often each record came first, and served; which led in each period. */
static const char *told(const struct rotation *rotation, unsigned periods, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < rotation->count; i++) {
        const struct rotation_share *share = &rotation->shares[i];
        text = arena_format(arena, "%s%s%d/%d", text, i ? " " : "", (int)share->first,
                            (int)share->served);
        assert_float_equal(share->share * (double)rotation->users, share->first, 1e-9);
        assert_float_equal(share->served_share * (double)rotation->users, share->served, 1e-9);
        assert_float_equal(share->even, 1. / (double)rotation->count, 1e-9);
    }
    text = arena_format(arena, "%s; leads", text);
    for (unsigned i = 0; i < periods; i++)
        text = arena_format(arena, "%s %u", text, rotation->leaders[i]);
    return arena_format(arena, "%s; lookups %d, waits %d, more %d, unserved %d; %.2f; %.40s", text,
                        (int)rotation->lookups, (int)rotation->waits, (int)rotation->extra_tries,
                        (int)rotation->unserved, rotation->widest, rotation->text);
}

/* Every number and the beginning of the sentence of what users and caches may do. */
static void plays_are_told_whole(void **state)
{
    static const bool second[] = {false, true, false};
    static const struct {
        const char *about;
        struct rotation_model model;
        const char *told;
    } cases[] = {
        {"one server",
         {.users = 7, .rounds = 2},
         "5/5 5/5 4/4; leads 0 1; lookups 14, waits 0, more 0, unserved 0; 0.43; Each response "
         "starts with a different re"},
        {"three servers",
         {.users = 7, .rounds = 1, .servers = 3},
         "2/2 2/2 3/3; leads 2; lookups 7, waits 0, more 0, unserved 0; 0.43; Each response starts "
         "with a different re"},
        {"four servers",
         {.users = 1, .rounds = 4, .servers = 4},
         "2/2 1/1 1/1; leads 0 1 2 0; lookups 4, waits 0, more 0, unserved 0; 1.00; Each response "
         "starts with a different re"},
        {"fixed",
         {ROTATION_FIXED, .users = 4, .rounds = 2, .servers = 2},
         "8/8 0/0 0/0; leads 0 0; lookups 8, waits 0, more 0, unserved 0; 1.00; Every user gets "
         "the same record first, a"},
        {"fixed, cache",
         {ROTATION_FIXED, .users = 4, .rounds = 2, .servers = 2, .caches = 1},
         "8/8 0/0 0/0; leads 0 0; lookups 2, waits 0, more 0, unserved 0; 1.00; Every user gets "
         "the same record first, a"},
        {"fixed, cache rotates",
         {ROTATION_FIXED, .users = 4, .rounds = 2, .caches = 1, .cache_rotates = true},
         "4/4 2/2 2/2; leads 0 0; lookups 2, waits 0, more 0, unserved 0; 0.50; Each response "
         "starts with a different re"},
        {"random",
         {ROTATION_RANDOM, .users = 9, .rounds = 2, .servers = 2},
         "4/4 9/9 5/5; leads 1 1; lookups 18, waits 0, more 0, unserved 0; 0.50; Each response "
         "starts with a different re"},
        {"random, caches",
         {ROTATION_RANDOM, .users = 9, .rounds = 2, .caches = 2},
         "10/10 0/0 8/8; leads 0 0; lookups 4, waits 0, more 0, unserved 0; 0.56; Each cache "
         "queries once. Until the TTL e"},
        {"one cache",
         {.users = 4, .rounds = 3, .servers = 2, .caches = 1},
         "4/4 8/8 0/0; leads 0 1 1; lookups 3, waits 0, more 0, unserved 0; 1.00; The cache "
         "queries once and repeats the r"},
        {"one cache that rotates",
         {.users = 4, .rounds = 3, .caches = 1, .cache_rotates = true},
         "4/4 4/4 4/4; leads 0 1 2; lookups 3, waits 0, more 0, unserved 0; 0.50; Each response "
         "starts with a different re"},
        {"two caches",
         {.users = 5, .rounds = 2, .caches = 2},
         "5/5 2/2 3/3; leads 0 2; lookups 4, waits 0, more 0, unserved 0; 0.60; Each cache queries "
         "once. Until the TTL e"},
        {"two caches that rotate",
         {.users = 5, .rounds = 2, .caches = 2, .cache_rotates = true},
         "3/3 4/4 3/3; leads 1 0; lookups 4, waits 0, more 0, unserved 0; 0.40; Each response "
         "starts with a different re"},
        {"a record is down",
         {.users = 6, .rounds = 1, .down = second},
         "2/2 2/0 2/4; leads 0; lookups 6, waits 0, more 2, unserved 0; 0.33; Each response starts "
         "with a different re"},
        {"one of two is silent",
         {.users = 5, .rounds = 1, .servers = 2, .silent = 1},
         "1/1 2/2 2/2; leads 1; lookups 5, waits 3, more 0, unserved 0; 0.40; 60.0% of the queries "
         "go to a name server"},
        {"one of three is silent, caches",
         {.users = 5, .rounds = 3, .servers = 3, .silent = 1, .caches = 2},
         "4/4 6/6 5/5; leads 1 2 1; lookups 6, waits 2, more 0, unserved 0; 0.60; 33.3% of the "
         "queries go to a name server"},
        {"both are silent",
         {.users = 5, .rounds = 1, .servers = 2, .silent = 2},
         "0/0 0/0 0/0; leads 0; lookups 5, waits 10, more 0, unserved 5; 0.00; No name server "
         "answers. Only users of a "},
        {"all are silent, a cache",
         {.users = 5, .rounds = 1, .silent = 1, .caches = 1},
         "0/0 0/0 0/0; leads 0; lookups 1, waits 1, more 0, unserved 5; 0.00; No name server "
         "answers. Only users of a "},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct rotation_model *model = &cases[i].model;
        struct random random;
        random_init(&random, 1);
        assert_string_equal(told(rotation_play(3, model, &random, arena), model->rounds, arena),
                            cases[i].told);
    }
    arena_free(arena);
}

static void without_a_cache_load_spreads_evenly(void **state)
{
    struct arena *arena = arena_new();
    const struct rotation *rotation =
        play((struct rotation_model){.order = ROTATION_CYCLIC, .users = 1000, .rounds = 10}, arena);

    (void)state;
    assert_int_equal(rotation->users, 10000);
    for (size_t i = 0; i < rotation->count; i++)
        assert_int_equal(rotation->shares[i].first, 2500);
    assert_float_equal(rotation->widest, 0.25, 1e-9);
    arena_free(arena);
}

static void behind_one_cache_all_meet_at_one_record(void **state)
{
    struct arena *arena = arena_new();
    const struct rotation *rotation = play(
        (struct rotation_model){.order = ROTATION_CYCLIC, .users = 1000, .caches = 1, .rounds = 8},
        arena);

    (void)state;
    assert_float_equal(rotation->widest, 1, 1e-9);
    assert_int_equal(rotation->shares[0].first, 2000);
    arena_free(arena);
}

static void a_rotating_cache_spreads_again(void **state)
{
    struct arena *arena = arena_new();
    const struct rotation *rotation = play((struct rotation_model){.order = ROTATION_FIXED,
                                                                   .users = 1000,
                                                                   .caches = 1,
                                                                   .cache_rotates = true,
                                                                   .rounds = 5},
                                           arena);

    (void)state;
    assert_float_equal(rotation->widest, 0.25, 1e-9);
    arena_free(arena);
}

static void a_dead_record_costs_tries(void **state)
{
    static const bool down[] = {false, true, false, false};
    static const bool all[] = {true, true, true, true};
    struct arena *arena = arena_new();
    const struct rotation *rotation = play(
        (struct rotation_model){.order = ROTATION_CYCLIC, .users = 400, .rounds = 1, .down = down},
        arena);

    (void)state;
    assert_int_equal(rotation->extra_tries, 100);
    assert_int_equal(rotation->shares[1].served, 0);
    assert_int_equal(rotation->shares[2].served, 200);
    assert_int_equal(rotation->unserved, 0);
    rotation = play(
        (struct rotation_model){.order = ROTATION_RANDOM, .users = 400, .rounds = 1, .down = all},
        arena);
    assert_int_equal(rotation->unserved, 400);
    arena_free(arena);
}

static void a_silent_name_server_makes_users_wait(void **state)
{
    struct arena *arena = arena_new();
    const struct rotation *rotation = play(
        (struct rotation_model){
            .order = ROTATION_CYCLIC, .users = 900, .rounds = 1, .servers = 3, .silent = 1},
        arena);

    (void)state;
    assert_int_equal(rotation->lookups, 900);
    assert_int_equal(rotation->waits, 300);
    assert_int_equal(rotation->unserved, 0);
    for (size_t i = 0; i < rotation->count; i++)
        assert_in_range(rotation->shares[i].first, 224, 226);
    rotation = play(
        (struct rotation_model){
            .order = ROTATION_CYCLIC, .users = 900, .rounds = 1, .servers = 2, .silent = 2},
        arena);
    assert_int_equal(rotation->unserved, 900);
    arena_free(arena);
}

/* Whatever the number of records, each has its turn. */
static void a_cache_that_rotates_goes_through_all(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (size_t records = 2; records < 8; records++) {
        struct rotation_model model = {.order = ROTATION_CYCLIC,
                                       .users = 10 * (unsigned)records,
                                       .caches = 1,
                                       .cache_rotates = true,
                                       .rounds = 1};
        struct random random;
        const struct rotation *rotation;

        random_init(&random, 1);
        rotation = rotation_play(records, &model, &random, arena);
        for (size_t i = 0; i < records; i++)
            assert_int_equal(rotation->shares[i].first, 10);
    }
    arena_free(arena);
}

/* L20: one TTL period is shown, and to whom the next ones belong. */
static void the_cases_are_told_whole(void **state)
{
    static const struct {
        struct rotation_set set;
        const char *told;
    } sets[] = {
        {{.records = 1, .servers = 1, .seed = 1},
         "No cache: every user queries a name server, which rotates: 10000 of 10000 users at "
         "first, 0 waits\n"
         "All use one cache, until the TTL expires: 10000 of 10000 users at first, 0 waits, then "
         "0\n"
         "No cache, and the name server is down: 0 of 10000 users at first, 10000 waits\n"
         "Users share 25 caches, until the TTL expires: 10000 of 10000 users at first, 0 waits\n"
         "One cache that rotates too: 10000 of 10000 users at first, 0 waits\n"
         "No rotation: 10000 of 10000 users at first, 0 waits\n"},
        {{.records = 3, .servers = 2, .seed = 1},
         "No cache: every user queries a name server, which rotates: 3333 of 10000 users at first, "
         "0 waits\n"
         "All use one cache, until the TTL expires: 10000 of 10000 users at first, 0 waits, then 1 "
         "2 0\n"
         "No cache, and one of 2 name servers is down: 3333 of 10000 users at first, 5000 waits\n"
         "Users share 25 caches, until the TTL expires: 3600 of 10000 users at first, 0 waits\n"
         "One cache that rotates too: 3334 of 10000 users at first, 0 waits\n"
         "No rotation: 10000 of 10000 users at first, 0 waits\n"},
        {{.records = 5, .servers = 1, .seed = 1},
         "No cache: every user queries a name server, which rotates: 2000 of 10000 users at first, "
         "0 waits\n"
         "All use one cache, until the TTL expires: 10000 of 10000 users at first, 0 waits, then 1 "
         "2 3 4 0\n"
         "No cache, and the name server is down: 0 of 10000 users at first, 10000 waits\n"
         "Users share 25 caches, until the TTL expires: 2000 of 10000 users at first, 0 waits\n"
         "One cache that rotates too: 2000 of 10000 users at first, 0 waits\n"
         "No rotation: 10000 of 10000 users at first, 0 waits\n"},
        {{.records = 6, .servers = 3, .seed = 1},
         "No cache: every user queries a name server, which rotates: 1666 of 10000 users at first, "
         "0 waits\n"
         "All use one cache, until the TTL expires: 10000 of 10000 users at first, 0 waits, then 1 "
         "2 3 4 5\n"
         "No cache, and one of 3 name servers is down: 1666 of 10000 users at first, 3334 waits\n"
         "Users share 25 caches, until the TTL expires: 2000 of 10000 users at first, 0 waits\n"
         "One cache that rotates too: 1667 of 10000 users at first, 0 waits\n"
         "No rotation: 10000 of 10000 users at first, 0 waits\n"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct rotation_case cases[ROTATION_CASES];
        const char *text = "";
        assert_int_equal(rotation_cases(&sets[i].set, arena, cases), ROTATION_CASES);
        for (size_t k = 0; k < ROTATION_CASES; k++) {
            text = arena_format(arena, "%s%s: %d of %d users at first, %d waits", text,
                                cases[k].title, (int)cases[k].rotation->shares[0].first,
                                (int)cases[k].rotation->users, (int)cases[k].rotation->waits);
            for (size_t j = 0; j < cases[k].then_count; j++)
                text = arena_format(arena, "%s%s%u", text, j ? " " : ", then ", cases[k].then[j]);
            text = arena_format(arena, "%s\n", text);
        }
        assert_string_equal(text, sets[i].told);
    }
    arena_free(arena);
}

/* The share of each server in each case ("x": it is down), and the beginning of what is said. */
static void choices_are_told_whole(void **state)
{
    static const uint32_t unequal[] = {90000, 10000, 600000}, some[] = {0, 0, 5000};
    static const uint32_t alike[] = {10000, 10000, 10000, 10000}, none[] = {0, 0, 0};
    static const bool second[] = {false, true, false}, all[] = {true, true, true};
    static const struct {
        const char *about;
        struct rotation_set set;
        const char *told;
    } sets[] = {
        {"nothing measured",
         {.records = 3},
         "0.33/0.33 0.33/0.33 0.34/0.34 more 0, unserved 0: A resolver that knows no...\n"
         "0.89/0.89 0.07/0.07 0.04/0.04 more 0, unserved 0: Most queries go to the f... Assumed\n"
         "0.34/0.34 0.32/0.32 0.34/0.34 more 0, unserved 0: All servers that are at ...\n"
         "x0.01/0.00 0.87/0.87 0.12/0.13 more 54, unserved 0: A query to it waits, and...\n"},
        {"all measured as nothing",
         {.records = 3, .rtt_us = none},
         "0.33/0.33 0.33/0.33 0.34/0.34 more 0, unserved 0: A resolver that knows no...\n"
         "0.89/0.89 0.07/0.07 0.04/0.04 more 0, unserved 0: Most queries go to the f... Assumed\n"
         "0.34/0.34 0.32/0.32 0.34/0.34 more 0, unserved 0: All servers that are at ...\n"
         "x0.01/0.00 0.87/0.87 0.12/0.13 more 54, unserved 0: A query to it waits, and...\n"},
        {"one measured",
         {.records = 3, .rtt_us = some},
         "0.33/0.33 0.33/0.33 0.34/0.34 more 0, unserved 0: A resolver that knows no...\n"
         "0.07/0.07 0.03/0.03 0.90/0.90 more 0, unserved 0: Most queries go to the f...\n"
         "0.34/0.34 0.32/0.32 0.34/0.34 more 0, unserved 0: All servers that are at ...\n"
         "0.92/0.93 0.07/0.07 x0.00/0.00 more 46, unserved 0: A query to it waits, and...\n"},
        {"far apart",
         {.records = 3, .rtt_us = unequal},
         "0.33/0.33 0.33/0.33 0.34/0.34 more 0, unserved 0: A resolver that knows no...\n"
         "0.02/0.02 0.98/0.98 0.01/0.01 more 0, unserved 0: Most queries go to the f...\n"
         "0.50/0.50 0.50/0.50 0.00/0.00 more 0, unserved 0: All servers that are at ...\n"
         "0.97/0.98 x0.01/0.00 0.02/0.02 more 85, unserved 0: A query to it waits, and...\n"},
        {"alike",
         {.records = 4, .rtt_us = alike},
         "0.25/0.25 0.25/0.25 0.25/0.25 0.25/0.25 more 0, unserved 0: A resolver that knows no...\n"
         "0.25/0.25 0.25/0.25 0.25/0.25 0.25/0.25 more 0, unserved 0: Most queries go to the f...\n"
         "0.24/0.24 0.26/0.26 0.26/0.26 0.25/0.25 more 0, unserved 0: All servers that are at ...\n"
         "x0.00/0.00 0.33/0.33 0.33/0.33 0.33/0.33 more 45, unserved 0: A query to it waits, "
         "and...\n"},
        {"the fastest is down already",
         {.records = 3, .rtt_us = unequal, .down = second},
         "0.33/0.50 x0.33/0.00 0.33/0.50 more 5029, unserved 0: A resolver that knows no...\n"
         "0.97/0.98 x0.01/0.00 0.02/0.02 more 85, unserved 0: Most queries go to the f...\n"
         "1.00/1.00 x0.00/0.00 0.00/0.00 more 1, unserved 0: All servers that are at ...\n"
         "x0.02/0.00 x0.02/0.00 0.97/1.00 more 342, unserved 0: A query to it waits, and...\n"},
        {"all are down",
         {.records = 3, .rtt_us = unequal, .down = all},
         "x0.00/0.00 x0.00/0.00 x0.00/0.00 more 0, unserved 10000: A resolver that knows no...\n"
         "x0.00/0.00 x0.00/0.00 x0.00/0.00 more 0, unserved 10000: Most queries go to the f...\n"
         "x0.00/0.00 x0.00/0.00 x0.00/0.00 more 0, unserved 10000: All servers that are at ...\n"
         "x0.00/0.00 x0.00/0.00 x0.00/0.00 more 0, unserved 10000: A query to it waits, and...\n"},
        {"only one",
         {.records = 1},
         "1.00/1.00 more 0, unserved 0: A resolver that knows no...\n"
         "1.00/1.00 more 0, unserved 0: Most queries go to the f... Assumed\n"
         "1.00/1.00 more 0, unserved 0: All servers that are at ...\n"
         "x0.00/0.00 more 0, unserved 10000: A query to it waits, and...\n"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct rotation_case cases[SERVER_CHOICE_CASES];
        const char *text = "";
        assert_int_equal(server_choice_cases(&sets[i].set, arena, cases), SERVER_CHOICE_CASES);
        for (size_t k = 0; k < SERVER_CHOICE_CASES; k++) {
            const struct rotation *rotation = cases[k].rotation;
            for (size_t j = 0; j < rotation->count; j++)
                text = arena_format(arena, "%s%s%.2f/%.2f ", text,
                                    cases[k].down && cases[k].down[j] ? "x" : "",
                                    rotation->shares[j].share, rotation->shares[j].served_share);
            text = arena_format(arena, "%smore %d, unserved %d: %.24s...%s\n", text,
                                (int)rotation->extra_tries, (int)rotation->unserved, rotation->text,
                                strstr(rotation->text, "ssumed") ? " Assumed" : "");
        }
        assert_string_equal(text, sets[i].told);
    }
    arena_free(arena);
}

/* RFC 1034 5.3.3: name servers are chosen by the time they took. */
static void a_resolver_keeps_to_the_fastest_server(void **state)
{
    static const uint32_t times[] = {90000, 10000, 600000};
    struct arena *arena = arena_new();
    struct rotation_set set = {.records = 3, .seed = 1, .rtt_us = times};
    struct rotation_case cases[SERVER_CHOICE_CASES];
    const struct rotation_share *shares;

    (void)state;
    assert_int_equal(server_choice_cases(&set, arena, cases), SERVER_CHOICE_CASES);
    shares = cases[0].rotation->shares;
    for (size_t i = 0; i < 3; i++)
        assert_float_equal(shares[i].share, 1.0 / 3, 0.015);
    shares = cases[1].rotation->shares;
    assert_true(shares[1].share > 0.9 && shares[0].share < 0.1 &&
                shares[2].share < shares[0].share);
    assert_true(shares[2].first > 0);
    shares = cases[2].rotation->shares;
    assert_float_equal(shares[0].share, 0.5, 0.02);
    assert_float_equal(shares[1].share, 0.5, 0.02);
    assert_true(shares[2].share < 0.001);
    assert_true(cases[3].down[1] && !cases[3].down[0]);
    assert_int_equal(cases[3].rotation->shares[1].served, 0);
    assert_in_range(cases[3].rotation->extra_tries, 1, 200);
    arena_free(arena);
}

/* Whatever the times: no query is asked for ever, and none is lost while a server is up. */
static void a_silent_server_is_left_alone(void **state)
{
    static const uint32_t slow[] = {1000, 5000000};
    static const bool down[] = {true, false}, all[] = {true, true};
    struct arena *arena = arena_new();
    struct rotation_set set = {.records = 2, .seed = 7, .rtt_us = slow, .down = down};
    struct rotation_case cases[SERVER_CHOICE_CASES];

    (void)state;
    for (size_t i = 0; i + 1 < server_choice_cases(&set, arena, cases); i++) {
        assert_int_equal(cases[i].rotation->shares[1].served, ROTATION_USERS);
        assert_int_equal(cases[i].rotation->unserved, 0);
    }
    assert_int_equal(cases[3].rotation->unserved, ROTATION_USERS);
    set.down = all;
    server_choice_cases(&set, arena, cases);
    assert_int_equal(cases[0].rotation->unserved, ROTATION_USERS);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plays_are_told_whole),
        cmocka_unit_test(without_a_cache_load_spreads_evenly),
        cmocka_unit_test(behind_one_cache_all_meet_at_one_record),
        cmocka_unit_test(a_rotating_cache_spreads_again),
        cmocka_unit_test(a_dead_record_costs_tries),
        cmocka_unit_test(a_silent_name_server_makes_users_wait),
        cmocka_unit_test(a_cache_that_rotates_goes_through_all),
        cmocka_unit_test(the_cases_are_told_whole),
        cmocka_unit_test(choices_are_told_whole),
        cmocka_unit_test(a_resolver_keeps_to_the_fastest_server),
        cmocka_unit_test(a_silent_server_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
