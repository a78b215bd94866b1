/* How many questions a server may have at once: wider while nothing is lost, narrower when much is.
 */
#include "net/live/allowance.h"
#include "unit/check.h"

/* Rounds in which the window is full, and of a thousand questions so many are lost. */
static void play(struct allowance *allowance, unsigned questions, unsigned lost_of_thousand)
{
    unsigned owed = 0;

    for (unsigned i = 0; i < questions; i++) {
        owed += lost_of_thousand;
        if (owed >= 1000)
            allowance_lost(allowance);
        else
            allowance_answered(allowance, allowance_width(allowance));
        owed %= 1000;
    }
}

static void it_doubles_with_each_round_while_nothing_is_lost(void **state)
{
    struct allowance allowance = {0};

    (void)state;
    assert_int_equal(allowance_width(&allowance), 64);
    play(&allowance, 64, 0);
    assert_int_equal(allowance_width(&allowance), 128);
    play(&allowance, 128 + 256, 0);
    assert_int_equal(allowance_width(&allowance), 512);
    play(&allowance, 5000, 0);
    assert_int_equal(allowance_width(&allowance), 512);
}

static void in_a_batch_it_grows_further(void **state)
{
    struct allowance allowance = {.most = ALLOWANCE_MOST_BATCH};

    (void)state;
    play(&allowance, 5000, 0);
    assert_int_equal(allowance_width(&allowance), 2048);
}

static void one_that_is_not_used_stays_as_it_is(void **state)
{
    struct allowance allowance = {0};

    (void)state;
    for (unsigned i = 0; i < 1000; i++)
        allowance_answered(&allowance, 31);
    assert_int_equal(allowance_width(&allowance), 64);
    allowance_answered(&allowance, 32);
    assert_int_equal(allowance_width(&allowance), 65);
}

static void what_is_lost_by_chance_leaves_it_wide(void **state)
{
    (void)state;
    for (unsigned lost = 0; lost <= 50; lost += 10) {
        struct allowance allowance = {0};
        play(&allowance, 20000, lost);
        assert_int_equal(allowance_width(&allowance), 512);
    }
}

static void much_that_is_lost_halves_it_down_to_eight(void **state)
{
    struct allowance allowance = {0};

    (void)state;
    play(&allowance, 64, 1000);
    assert_int_equal(allowance_width(&allowance), 32);
    play(&allowance, 32 + 16, 1000);
    assert_int_equal(allowance_width(&allowance), 8);
    play(&allowance, 1000, 1000);
    assert_int_equal(allowance_width(&allowance), 8);
}

static void above_what_was_too_much_it_grows_slowly(void **state)
{
    struct allowance allowance = {0};

    (void)state;
    play(&allowance, 64, 1000);
    play(&allowance, 32, 0);
    assert_int_equal(allowance_width(&allowance), 32 + 4);
    play(&allowance, 8, 0);
    assert_int_equal(allowance_width(&allowance), 32 + 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_doubles_with_each_round_while_nothing_is_lost),
        cmocka_unit_test(in_a_batch_it_grows_further),
        cmocka_unit_test(one_that_is_not_used_stays_as_it_is),
        cmocka_unit_test(what_is_lost_by_chance_leaves_it_wide),
        cmocka_unit_test(much_that_is_lost_halves_it_down_to_eight),
        cmocka_unit_test(above_what_was_too_much_it_grows_slowly),
    };

    return cmocka_run_group_tests_name("allowance", tests, NULL, NULL);
}
