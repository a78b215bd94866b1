#include "base/random.h"
#include "unit/check.h"

/* The upper 0.1 % of chi-square with 4, 22 and 23 degrees of freedom. */
static const double critical_4 = 18.47, critical_22 = 48.27, critical_23 = 49.73;

static double chi_square(const unsigned *counts, size_t cells, double expected)
{
    double sum = 0;

    for (size_t i = 0; i < cells; i++)
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    return sum;
}

static void the_generator_is_xoshiro256starstar(void **state)
{
    /* First outputs from the state 1, 2, 3, 4, as its authors define the step. */
    static const uint64_t expected[] = {11520u, 0u, 1509978240u, 1215971899390074240u};
    struct random random = {{1, 2, 3, 4}};

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_true(random_next(&random) == expected[i]);
}

static void equal_seeds_give_equal_numbers(void **state)
{
    struct random a, b, c;
    int same = 0;

    (void)state;
    random_init(&a, 7);
    random_init(&b, 7);
    random_init(&c, 8);
    for (int i = 0; i < 100; i++) {
        uint64_t number = random_next(&a);
        assert_true(number == random_next(&b));
        same += number == random_next(&c);
    }
    assert_int_equal(same, 0);
}

static void bounded_numbers_stay_below_and_are_even(void **state)
{
    struct random random;
    unsigned counts[23] = {0}, small[5] = {0};

    (void)state;
    random_init(&random, 1);
    assert_int_equal(random_below(&random, 1), 0);
    for (int i = 0; i < 230000; i++)
        counts[random_below(&random, 23)]++;
    assert_true(chi_square(counts, 23, 10000) < critical_22);
    for (int i = 0; i < 50000; i++) { /* a bound that a mere remainder would draw unevenly */
        uint64_t number = random_below(&random, UINT64_MAX / 5 * 3);
        assert_true(number < UINT64_MAX / 5 * 3);
        small[number / (UINT64_MAX / 25 * 3 + 1)]++;
    }
    assert_true(chi_square(small, 5, 10000) < critical_4);
}

static void every_order_of_a_shuffle_is_equally_likely(void **state)
{
    struct random random;
    unsigned counts[24] = {0};

    (void)state;
    random_init(&random, 3);
    for (int i = 0; i < 240000; i++) {
        unsigned order[] = {0, 1, 2, 3}, rank = 0;
        random_shuffle(&random, order, 4);
        for (unsigned j = 0; j < 4; j++) {
            unsigned smaller = 0;
            for (unsigned k = j + 1; k < 4; k++)
                smaller += order[k] < order[j];
            rank = rank * (4 - j) + smaller;
        }
        counts[rank]++;
    }
    assert_true(chi_square(counts, 24, 10000) < critical_23);
}

static void streams_are_repeatable_and_their_own(void **state)
{
    struct random random, before, first, again, second;

    (void)state;
    random_init(&random, 5);
    before = random;
    first = random_stream(&random, 1);
    again = random_stream(&random, 1);
    second = random_stream(&random, 2);
    assert_memory_equal(&random, &before, sizeof random);
    assert_memory_equal(&first, &again, sizeof first);
    assert_memory_not_equal(&first, &second, sizeof first);
    assert_memory_not_equal(&first, &random, sizeof first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_xoshiro256starstar),
        cmocka_unit_test(equal_seeds_give_equal_numbers),
        cmocka_unit_test(bounded_numbers_stay_below_and_are_even),
        cmocka_unit_test(every_order_of_a_shuffle_is_equally_likely),
        cmocka_unit_test(streams_are_repeatable_and_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
