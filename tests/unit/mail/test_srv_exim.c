/* Exim's three deviations from RFC 2782. */
#include "mail/clients/srv_choice.h"
#include "mail/clients/srv_draw.h"
#include "mail/clients/srv_exim.h"
#include "unit/check.h"
#include "unit/mail/srv_world.h"

#include <string.h>

/* In the last priority the heaviest is never first; with another priority behind it all count. */
static void exim_1_the_heaviest_of_the_last_priority_comes_last(void **state)
{
    static const struct srv_entry entries[] = {{1, 10}, {1, 40}, {1, 20}, {1, 30}};
    struct srv_world world;
    struct random random;

    (void)state;
    srv_world_init(&world, entries, 4);
    random_init(&random, 5);
    for (int i = 0; i < 2000; i++) {
        unsigned order[4];

        srv_order_draw(world.set, SRV_EXIM, &random, order);
        assert_int_equal(order[3], srv_world_index(&world, 1));
    }
    srv_world_clear(&world);
}

/* After 40 of 10,20,30,40 (running totals 10,30,60,100) the weights act as 10,30,60. */
static void exim_2_running_totals_become_the_weights_of_the_next_round(void **state)
{
    static const struct srv_entry entries[] = {{1, 10}, {1, 20}, {1, 30}, {1, 40}, {2, 0}};
    static const double second[] = {11.0 / 101, 30.0 / 101, 60.0 / 101};
    struct srv_world world;

    (void)state;
    srv_world_init(&world, entries, 5);
    for (size_t next = 0; next < 3; next++) {
        double sum = 0;

        for (size_t third = 0; third < 3; third++) {
            unsigned order[5] = {(unsigned)srv_world_index(&world, 3),
                                 (unsigned)srv_world_index(&world, next),
                                 (unsigned)srv_world_index(&world, third), 0, 4};

            order[3] = (unsigned)(srv_world_index(&world, 0) + srv_world_index(&world, 1) +
                                  srv_world_index(&world, 2) - order[1] - order[2]);
            if (third != next)
                sum += srv_order_probability(world.set, SRV_EXIM, order);
        }
        assert_near(sum, 40.0 / 101 * second[next]);
    }
    srv_world_clear(&world);
}

/* 10,30,60 have become 10,40,100 when the third is chosen: without 40 that is one of 110. */
static void exim_2_and_again_in_every_round(void **state)
{
    static const struct srv_entry entries[] = {{1, 10}, {1, 20}, {1, 30}, {1, 40}, {2, 0}};
    static const struct {
        size_t third, fourth;
        double share;
    } cases[] = {{0, 2, 11.0 / 111}, {2, 0, 100.0 / 111}};
    struct srv_world world;

    (void)state;
    srv_world_init(&world, entries, 5);
    for (size_t i = 0; i < 2; i++) {
        unsigned order[5] = {(unsigned)srv_world_index(&world, 3),
                             (unsigned)srv_world_index(&world, 1),
                             (unsigned)srv_world_index(&world, cases[i].third),
                             (unsigned)srv_world_index(&world, cases[i].fourth), 4};

        assert_near(srv_order_probability(world.set, SRV_EXIM, order),
                    40.0 / 101 * 30.0 / 101 * cases[i].share);
    }
    srv_world_clear(&world);
}

/* Of all draws there are, the lowest select the first entry, and as many each as its share says, in
 * every round. */
static void exim_draws_are_shared_exactly(void **state)
{
    static const struct srv_entry entries[] = {{1, 3}, {1, 0}, {1, 5}, {1, 2}, {2, 0}};
    static const unsigned listing[] = {0, 1, 2, 3, 4};
    struct srv_world world;
    struct srv_exim exim;

    (void)state;
    srv_world_init(&world, entries, 5);
    srv_exim_init(&exim, world.set, listing);
    for (; srv_exim_run(&exim) > 1; srv_exim_take(&exim, 1)) {
        uint32_t bound = srv_exim_bound(&exim), counts[5] = {0};

        for (uint32_t draw = 0; draw < bound; draw++) {
            size_t chosen = srv_exim_chosen(&exim, draw);

            assert_true(draw == 0 || chosen >= srv_exim_chosen(&exim, draw - 1));
            counts[chosen]++;
        }
        for (size_t i = 0; i < srv_exim_run(&exim); i++)
            assert_near(counts[i], srv_exim_chance(&exim, i) * bound);
    }
    srv_world_clear(&world);
}

static void exim_3_a_weight_over_999_moves_behind_worse_priorities(void **state)
{
    static const struct srv_entry entries[] = {{10, 5000}, {10, 60}, {11, 0}};
    struct srv_world world;
    struct random random;

    (void)state;
    srv_world_init(&world, entries, 3);
    random_init(&random, 11);
    for (int i = 0; i < 500; i++) {
        unsigned order[3];

        srv_order_draw(world.set, SRV_EXIM, &random, order);
        assert_int_equal(order[0], srv_world_index(&world, 1));
        assert_int_equal(order[1], srv_world_index(&world, 2));
        assert_int_equal(order[2], srv_world_index(&world, 0));
    }
    assert_near(world.set->targets[srv_world_index(&world, 1)].first[SRV_EXIM], 1);
    assert_near(world.set->targets[srv_world_index(&world, 0)].first[SRV_EXIM], 0);
    srv_world_clear(&world);
}

static void exim_all_zero_weights_keep_the_order_of_the_answer(void **state)
{
    static const struct srv_entry entries[] = {{3, 0}, {3, 0}, {3, 0}, {3, 0}};
    struct srv_world world;
    struct random random;

    (void)state;
    srv_world_init(&world, entries, 4);
    for (size_t i = 0; i < 4; i++)
        world.set->received[i] = 3 - (unsigned)i;
    random_init(&random, 1);
    for (int i = 0; i < 100; i++) {
        unsigned order[4];

        srv_order_draw(world.set, SRV_EXIM, &random, order);
        for (unsigned k = 0; k < 4; k++)
            assert_int_equal(order[k], 3 - k);
    }
    srv_world_clear(&world);
}

/* Of equals the one listed last is left out of the sum; which that is, the answer decides. */
static void exim_equal_weights_depend_on_the_order_of_the_answer(void **state)
{
    static const struct srv_entry equal[] = {{1, 1}, {1, 1}, {1, 1}}, unequal[] = {{1, 6}, {1, 4}};
    const char *plain = srv_algorithm_sentence(NULL, SRV_EXIM);
    struct srv_world world;

    (void)state;
    srv_world_init(&world, equal, 3);
    assert_near(world.set->targets[srv_world_index(&world, 0)].share[SRV_EXIM].exact, 2.0 / 3);
    assert_near(world.set->targets[srv_world_index(&world, 1)].share[SRV_EXIM].exact, 1.0 / 3);
    assert_near(world.set->targets[srv_world_index(&world, 2)].share[SRV_EXIM].exact, 0);
    assert_non_null(strstr(srv_algorithm_sentence(world.set, SRV_EXIM), "order of the answer"));
    assert_ptr_equal(srv_algorithm_sentence(world.set, SRV_RFC2782),
                     srv_algorithm_sentence(NULL, SRV_RFC2782));
    srv_world_clear(&world);
    srv_world_init(&world, unequal, 2);
    assert_ptr_equal(srv_algorithm_sentence(world.set, SRV_EXIM), plain);
    srv_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exim_1_the_heaviest_of_the_last_priority_comes_last),
        cmocka_unit_test(exim_2_running_totals_become_the_weights_of_the_next_round),
        cmocka_unit_test(exim_2_and_again_in_every_round),
        cmocka_unit_test(exim_draws_are_shared_exactly),
        cmocka_unit_test(exim_3_a_weight_over_999_moves_behind_worse_priorities),
        cmocka_unit_test(exim_all_zero_weights_keep_the_order_of_the_answer),
        cmocka_unit_test(exim_equal_weights_depend_on_the_order_of_the_answer),
    };

    return cmocka_run_group_tests_name("srv_exim", tests, NULL, NULL);
}
