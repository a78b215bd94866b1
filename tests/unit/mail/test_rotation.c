/* Who gets which record first (L20). */
#include "mail/rotation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_cache_load_spreads_evenly),
        cmocka_unit_test(behind_one_cache_all_meet_at_one_record),
        cmocka_unit_test(a_rotating_cache_spreads_again),
        cmocka_unit_test(a_dead_record_costs_tries),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
