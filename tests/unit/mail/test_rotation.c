/* Who gets which record first (L20). */
#include "mail/clients/rotation_cases.h"
#include "mail/clients/server_choice.h"
#include "unit/check.h"

#include <stdlib.h>

static const struct rotation *play(struct rotation_model model, struct arena *arena)
{
    struct random random;

    random_init(&random, 1);
    return rotation_play(4, &model, &random, arena);
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
static void behind_a_cache_each_period_has_another_record(void **state)
{
    struct arena *arena = arena_new();
    struct rotation_set set = {.records = 3, .servers = 2, .seed = 1};
    struct rotation_case cases[ROTATION_CASES];
    const struct rotation_case *cached = cases + 1;

    (void)state;
    assert_int_equal(rotation_cases(&set, arena, cases), ROTATION_CASES);
    assert_null(cases[0].then);
    assert_float_equal(cases[0].rotation->shares[1].share, 1.0 / 3, 1e-3);
    assert_int_equal(cached->rotation->users, ROTATION_USERS);
    assert_int_equal(cached->rotation->shares[0].first, ROTATION_USERS);
    assert_int_equal(cached->then_count, 3);
    assert_int_equal(cached->then[0], 1);
    assert_int_equal(cached->then[1], 2);
    assert_int_equal(cached->then[2], 0);
    assert_int_equal(cases[2].rotation->waits, ROTATION_USERS / 2);
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
        cmocka_unit_test(without_a_cache_load_spreads_evenly),
        cmocka_unit_test(behind_one_cache_all_meet_at_one_record),
        cmocka_unit_test(a_rotating_cache_spreads_again),
        cmocka_unit_test(a_dead_record_costs_tries),
        cmocka_unit_test(a_silent_name_server_makes_users_wait),
        cmocka_unit_test(a_cache_that_rotates_goes_through_all),
        cmocka_unit_test(behind_a_cache_each_period_has_another_record),
        cmocka_unit_test(a_resolver_keeps_to_the_fastest_server),
        cmocka_unit_test(a_silent_server_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
