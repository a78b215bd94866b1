/* What is learnt about a name server, and the order servers are asked in. */
#include "net/live/health.h"
#include "unit/check.h"

static struct health answered(int64_t rtt_us, unsigned times)
{
    struct health health = {0};

    for (unsigned i = 0; i < times; i++)
        health_answered(&health, rtt_us);
    return health;
}

static struct health silent(unsigned times)
{
    struct health health = {0};

    for (unsigned i = 0; i < times; i++)
        health_unanswered(&health);
    return health;
}

static void a_server_is_busy_when_most_of_many_questions_wait(void **state)
{
    static const struct {
        unsigned open, overdue;
        bool busy;
    } rows[] = {{0, 0, false}, {1, 1, false}, {7, 7, false},   {8, 4, false},
                {8, 5, true},  {8, 8, true},  {64, 32, false}, {64, 33, true}};
    struct health health = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        health_take_stock(&health, rows[i].open, rows[i].overdue);
        assert_int_equal(health.busy, rows[i].busy);
    }
}

static void a_server_is_quiet_from_what_was_sent_first(void **state)
{
    struct health health = {0};

    (void)state;
    assert_false(health_is_quiet(&health, 9000000));
    health_sent(&health, 1000);
    health_sent(&health, 900000);
    assert_false(health_is_quiet(&health, 1000999));
    assert_true(health_is_quiet(&health, 1001000));
    health_heard(&health);
    assert_false(health_is_quiet(&health, 1001000));
    health_sent(&health, 2000000);
    health_gave_up(&health, 1000, 2000001); /* others were answered meanwhile */
    assert_false(health.dead);
    health_gave_up(&health, 2000000, 3000000);
    assert_true(health.dead);
    assert_int_equal(health.dead_us, 3000000);
    health_heard(&health);
    assert_false(health.dead);
}

static void a_quiet_server_is_probed_ever_more_rarely_for_eight_seconds(void **state)
{
    struct health health = {0};
    unsigned probes = 0;
    int64_t due, last = 0;

    (void)state;
    health_sent(&health, 5000000);
    for (; (due = health_probe_due(&health)) != INT64_MAX; probes++) {
        assert_true(probes ? due - last == (last - 5000000) / 8 : due == 6000000);
        health.probed_us = last = due;
    }
    assert_in_range(last, 12000000, 12999999);
    assert_int_equal(probes, 18);
    health_heard(&health);
    health_sent(&health, 20000000); /* another silence */
    assert_int_equal(health_probe_due(&health), 21000000);
}

static void patience_is_about_three_round_trips(void **state)
{
    static const struct {
        int64_t rtt_us;
        unsigned times;
        int64_t patience_us;
    } rows[] = {
        {100000, 1, 300000},  {100000, 1000, 250000}, {30000, 1, 90000},     {100, 1, 50000},
        {20000, 1000, 50000}, {700000, 1, 1500000},   {5000000, 9, 1500000}, {0, 1, 50000},
    };
    struct health unknown = {0};

    (void)state;
    assert_int_equal(health_patience(&unknown), 400000);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct health health = answered(rows[i].rtt_us, rows[i].times);

        assert_in_range(health_patience(&health), rows[i].patience_us, rows[i].patience_us + 20);
    }
}

static void varying_round_trips_earn_more_patience(void **state)
{
    struct health steady = answered(100000, 50), varying = steady;

    (void)state;
    for (unsigned i = 0; i < 50; i++)
        health_answered(&varying, i % 2 ? 190000 : 10000);
    assert_true(health_patience(&varying) > health_patience(&steady));
}

static void a_server_is_proven_until_it_is_silent(void **state)
{
    struct health health = silent(1);

    (void)state;
    assert_false(health_is_proven(&health));
    health_answered(&health, 1000);
    assert_true(health_is_proven(&health));
    for (unsigned i = 0; i < HEALTH_SILENT_MOST; i++)
        health_unanswered(&health);
    assert_true(health_is_proven(&health));
    health_unanswered(&health);
    assert_false(health_is_proven(&health));
    health_answered(&health, 1000);
    assert_true(health_is_proven(&health));
}

static void quick_before_slow_before_unknown_before_silent(void **state)
{
    struct health order[] = {answered(1000, 1), answered(2000, 1), silent(0), silent(1)};
    enum { COUNT = sizeof order / sizeof *order };

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            int compared = health_compare(&order[i], &order[j]);

            assert_int_equal((compared > 0) - (compared < 0), (i > j) - (i < j));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_server_is_quiet_from_what_was_sent_first),
        cmocka_unit_test(a_quiet_server_is_probed_ever_more_rarely_for_eight_seconds),
        cmocka_unit_test(a_server_is_busy_when_most_of_many_questions_wait),
        cmocka_unit_test(patience_is_about_three_round_trips),
        cmocka_unit_test(varying_round_trips_earn_more_patience),
        cmocka_unit_test(a_server_is_proven_until_it_is_silent),
        cmocka_unit_test(quick_before_slow_before_unknown_before_silent),
    };

    return cmocka_run_group_tests_name("health", tests, NULL, NULL);
}
