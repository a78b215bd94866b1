/* Questions: how many, in which order, whose, and what becomes of them. */
#include "drive.h"

#include "base/memory.h"
#include "dns/type.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SAFETY: at most 64 questions in flight, at most 200 a name, none twice. */
static void questions_keep_to_their_budget(void **state)
{
    struct drive drive = {.silent = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    assert_true(drive.asked_count <= 64);
    for (size_t i = 0; i < drive.asked_count; i++)
        for (size_t k = 0; k < i; k++)
            assert_false(question_equal(&drive.asked[i], &drive.asked[k]));
    assert_int_equal(drive.asked[0].type, TYPE_MX);
    drive_answer(&drive);
    assert_true(drive.most_open <= 64);
    assert_true(drive.total <= 200);
    assert_true(ui_settled(drive.ui));
    drive_close(&drive);
}

static bool asks_for(const struct drive *drive, const char *name)
{
    for (size_t i = 0; i < drive->asked_count; i++)
        if (strcmp(drive->asked[i].name, name) == 0)
            return true;
    return false;
}

/* The first question's answer; kind says whether another follows at once. */
static struct event answer_of_first(const struct drive *drive, enum event_kind kind)
{
    const struct zone *const zones[] = {drive->zone};

    return (struct event){.kind = kind, .reply = zone_answer(zones, 1, &drive->asked[0])};
}

/* What follows from replies that come together is asked after the last of them, in one go. */
static void replies_that_come_together_are_asked_from_once(void **state)
{
    struct drive drive = {.silent = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    assert_false(asks_for(&drive, "mx1.example.com."));
    drive_event(&drive, answer_of_first(&drive, EVENT_REPLIES));
    assert_false(asks_for(&drive, "mx1.example.com."));
    drive_answer_type(&drive, TYPE_NS);
    assert_true(asks_for(&drive, "mx1.example.com."));
    drive_close(&drive);
}

/* The first name's servers are silent and take all places there are: the next name has them at
 * once, and the first goes on when it is looked at again. */
static void a_silent_page_left_behind_gives_its_places(void **state)
{
    struct drive drive = {.silent = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    assert_int_equal(drive.asked_count, 64);
    drive_name(&drive, "null.example.com");
    assert_true(asks_for(&drive, "null.example.com."));
    assert_true(drive.asked_count <= 64);
    assert_true(drive.most_open <= 65); /* the one taken back is told with the one asked */
    drive_answer(&drive);
    assert_true(ui_settled(drive.ui));
    drive_keys(&drive, "<");
    drive_answer(&drive);
    drive_sees(&drive, "mx1.example.com");
    assert_true(ui_settled(drive.ui));
    drive_close(&drive);
}

/* Names one behind the other, faster than any answer. */
static void a_storm_of_names_keeps_to_the_budget(void **state)
{
    struct drive drive = {.silent = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    for (int i = 0; i < 100; i++) {
        char name[32];

        snprintf(name, sizeof name, "n%d.example.com", i);
        drive_name(&drive, name);
        assert_true(drive.asked_count <= 64);
    }
    drive_name(&drive, "example.com");
    drive_answer(&drive);
    drive_sees(&drive, "mx1.example.com");
    assert_true(ui_settled(drive.ui));
    drive_close(&drive);
}

static void a_page_left_behind_stops_asking(void **state)
{
    struct drive drive = {.silent = true, .panes_only = true};
    size_t first;

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    first = drive.total;
    drive_name(&drive, "null.example.com");
    assert_true(drive.total > first);
    drive_answer(&drive);
    drive_keys(&drive, "<");
    drive_answer(&drive);
    drive_sees(&drive, "mx1.example.com");
    assert_true(ui_settled(drive.ui));
    drive_close(&drive);
}

/* Going somewhere else from an earlier page forgets the later ones, and their questions. */
static void a_page_forgotten_takes_its_questions_back(void **state)
{
    struct drive drive = {.silent = true, .panes_only = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    drive_answer(&drive);
    drive_name(&drive, "null.example.com");
    assert_true(drive.asked_count > 0);
    drive_keys(&drive, "<");
    drive_name(&drive, "implicit.example.com");
    for (size_t i = 0; i < drive.asked_count; i++)
        assert_null(strstr(drive.asked[i].name, "null.example.com."));
    drive_answer(&drive);
    drive_close(&drive);
}

static void a_reply_nobody_waits_for_changes_nothing(void **state)
{
    struct drive drive = {.panes_only = true};
    struct question question = {.name = "stranger.example.", .type = TYPE_MX};
    char *before;

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    before = memory_dup(drive_screen(&drive));
    drive_event(&drive, (struct event){.kind = EVENT_REPLY, .reply = reply_new(&question)});
    assert_string_equal(before, drive_screen(&drive));
    free(before);
    drive_close(&drive);
}

/* An owner that no table has is asked for; meanwhile nothing is known of it. Relative ones are
 * below the domain. */
static void a_service_that_was_not_asked_for_is(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive.silent = true;
    drive_command(&drive, "srv _game._udp");
    assert_int_equal(drive.asked_count, 1);
    assert_string_equal(drive.asked[0].name, "_game._udp.example.com.");
    assert_int_equal(drive.asked[0].type, TYPE_SRV);
    drive_sees(&drive, "A client's choice: _game._udp.example.com");
    drive_sees(&drive, "waiting  Query sent");
    drive_misses(&drive, "There are no records");
    drive_answer(&drive);
    drive_misses(&drive, "waiting");
    drive_sees(&drive, "There are no records to choose from.");
    drive_command(&drive, "srv _other._udp.example.org.");
    assert_string_equal(drive.asked[0].name, "_other._udp.example.org.");
    assert_true(drive_fail_type(&drive, TYPE_SRV, OUTCOME_TIMEOUT));
    drive_sees(&drive, "? timed out");
    drive_misses(&drive, "There are no records");
    drive_close(&drive);
}

static void services_that_timed_out_are_not_without_data(void **state)
{
    struct drive drive = {.silent = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_sees(&drive, " waiting ─┤");
    while (drive_fail_type(&drive, TYPE_SRV, OUTCOME_TIMEOUT))
        ;
    drive_sees(&drive, "timed out ─┤");
    drive_close(&drive);
}

static size_t ended(const struct drive *drive)
{
    size_t count = 0;

    for (size_t i = 0; i < drive->effects.count; i++)
        count += drive->effects.list[i].kind == EFFECT_END;
    return count;
}

/* What is open ends then, nothing more is asked, and r begins with new time. */
static void the_time_for_one_name_has_an_end(void **state)
{
    struct drive drive = {.silent = true, .time_limit_ms = 20000};
    size_t open, total;

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    open = drive.asked_count;
    assert_true(open > 0);
    drive_wait(&drive, 19000);
    assert_int_equal(ended(&drive), 0);
    drive_misses(&drive, "stopped after");
    drive_wait(&drive, 1000);
    assert_int_equal(ended(&drive), open);
    drive_sees(&drive, "stopped after 20 s");
    total = drive.total;
    while (drive_fail_type(&drive, TYPE_MX, OUTCOME_TIMEOUT))
        ;
    assert_int_equal(drive.total, total);
    drive_keys(&drive, "r");
    assert_true(drive.total > total);
    drive_wait(&drive, 19000);
    assert_int_equal(ended(&drive), 0);
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_for_one_name_has_an_end),
        cmocka_unit_test(a_service_that_was_not_asked_for_is),
        cmocka_unit_test(services_that_timed_out_are_not_without_data),
        cmocka_unit_test(questions_keep_to_their_budget),
        cmocka_unit_test(replies_that_come_together_are_asked_from_once),
        cmocka_unit_test(a_silent_page_left_behind_gives_its_places),
        cmocka_unit_test(a_storm_of_names_keeps_to_the_budget),
        cmocka_unit_test(a_page_left_behind_stops_asking),
        cmocka_unit_test(a_page_forgotten_takes_its_questions_back),
        cmocka_unit_test(a_reply_nobody_waits_for_changes_nothing),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
