/* When a server tries again, and how long it leaves an address alone: at each limit of the
 * schedules, one second below and above. */
#include "mail/profiles/profiles.h"
#include "mail/sender/rules.h"
#include "unit/check.h"

#include <stdlib.h>

static const struct {
    const char *profile;
    unsigned round;
    int64_t age, pause;
} pauses[] = {
    {"rfc5321", 1, 0, 1800},       {"rfc5321", 2, 1800, 1800},   {"rfc5321", 3, 3600, 10800},
    {"postfix", 1, 0, 300},        {"postfix", 2, 300, 600},     {"postfix", 3, 900, 1200},
    {"postfix", 4, 2100, 2400},    {"postfix", 5, 4500, 4000},   {"postfix", 6, 8500, 4000},
    {"exim", 1, 0, 900},           {"exim", 8, 7199, 900},       {"exim", 9, 7200, 3600},
    {"exim", 9, 10799, 3600},      {"exim", 9, 10800, 5400},     {"exim", 10, 16199, 5400},
    {"exim", 10, 16200, 8100},     {"exim", 13, 57599, 27337},   {"exim", 13, 57600, 21600},
    {"sendmail", 1, 0, 3600},      {"sendmail", 99, 99, 3600},   {"opensmtpd", 1, 0, 400},
    {"opensmtpd", 1, 399, 1},      {"opensmtpd", 1, 400, 400},   {"opensmtpd", 1, 401, 400},
    {"opensmtpd", 3, 1600, 2000},  {"qmail", 1, 0, 400},         {"qmail", 1, 399, 1},
    {"qmail", 1, 400, 400},        {"qmail", 1, 401, 400},       {"qmail", 3, 1600, 2000},
    {"courier", 1, 0, 300},        {"courier", 3, 600, 300},     {"courier", 4, 900, 900},
    {"courier", 6, 2700, 900},     {"courier", 7, 3600, 1800},   {"courier", 10, 9000, 3600},
    {"courier", 13, 19800, 7200},  {"courier", 15, 34200, 7200}, {"courier", 16, 41400, 14400},
    {"courier", 19, 84600, 14400}, {"naive", 1, 0, 86400},
};

static void pauses_change_at_their_limits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++) {
        const struct retry_schedule *retry = profile_find(pauses[i].profile)->retry;
        print_message("# %s, round %u\n", pauses[i].profile, pauses[i].round);
        assert_int_equal(retry->pause(pauses[i].round, pauses[i].age), pauses[i].pause);
    }
}

static const struct {
    const char *profile;
    enum stage stage;
    unsigned failures;
    int64_t age;
    unsigned chance;
    int64_t hold;
} holds[] = {
    {"exim", STAGE_REFUSED, 1, 7199, 0, 900},
    {"exim", STAGE_DATA4, 1, 7200, 0, 3600},
    {"sendmail", STAGE_REFUSED, 1, 0, 0, 0},
    {"sendmail", STAGE_TLSA, 1, 0, 0, 0},
    {"sendmail", STAGE_MAIL4, 1, 0, 0, HOLD_FORGETS},
    {"opensmtpd", STAGE_REFUSED, 1, 0, 0, 15},
    {"opensmtpd", STAGE_TLSA, 9, 9, 9, 15},
    {"opensmtpd", STAGE_MAIL4, 1, 0, 0, HOLD_FORGETS},
    {"qmail", STAGE_TIMEOUT, 1, 0, 0, 0},
    {"qmail", STAGE_TIMEOUT, 2, 0, 0, 3840},
    {"qmail", STAGE_TIMEOUT, 3, 0, 31, 5824},
    {"qmail", STAGE_REFUSED, 2, 0, 0, HOLD_FORGETS},
    {"qmail", STAGE_GREETING4, 2, 0, 0, HOLD_FORGETS},
};

static void addresses_are_held_as_long_as_the_schedule_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
        const struct retry_schedule *retry = profile_find(holds[i].profile)->retry;
        print_message("# %s, %s\n", holds[i].profile, stage_text(holds[i].stage));
        assert_int_equal(
            retry->hold(holds[i].stage, holds[i].failures, holds[i].age, holds[i].chance),
            holds[i].hold);
    }
    for (size_t i = 0; i < profile_count(); i++) {
        static const char *const holders[] = {"exim", "sendmail", "opensmtpd", "qmail"};
        bool holder = false;
        for (size_t j = 0; j < sizeof holders / sizeof *holders; j++)
            holder = holder || profile_find(holders[j]) == profile_at(i);
        assert_int_equal(profile_at(i)->retry->hold != NULL, holder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pauses_change_at_their_limits),
        cmocka_unit_test(addresses_are_held_as_long_as_the_schedule_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
