/* Lessons: the list, their pages, their questions. */
#include "drive.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Issue 2, 6: the list of lessons, one of them, back to the network. */
static void lessons_open_without_a_network(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 46, NULL);
    drive_keys(&drive, "Esc");
    drive_command(&drive, "lessons");
    drive_sees(&drive, "Lessons, no network needed");
    drive_sees(&drive, "Only the order matters");
    drive_sees(&drive, "A mail hour");
    drive_keys(&drive, "Down Enter");
    assert_string_equal(drive_effect(&drive, EFFECT_LESSON), "order");
    drive_sees(&drive, "lesson 2 order");
    drive_sees(&drive, "─ 2 Only the order matters ─");
    drive_sees(&drive, "lesson 2 order");
    drive_sees(&drive, "─ 2 Only the order matters ─");
    drive_keys(&drive, "] ] ]");
    drive_sees(&drive, "lesson 8 secondary"); /* 4 is followed by 8 in that course */
    drive_keys(&drive, "[");
    drive_sees(&drive, "lesson 4 ties");
    drive_command(&drive, "lessons nonsense");
    drive_sees(&drive, "no such lesson: nonsense");
    drive_command(&drive, "lessons off");
    assert_string_equal(drive_effect(&drive, EFFECT_LESSON), "");
    drive_sees(&drive, "zone test.zone");
    drive_close(&drive);
}

/* Only a lesson with zones of single servers has servers to ask; the source before is asked again
 * when the lessons are left. */
static void servers_are_asked_in_a_lesson_that_has_their_zones(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 120, 46, NULL);
    drive_keys(&drive, "Esc");
    drive_command(&drive, "lessons split-servers");
    drive_keys(&drive, "Esc A");
    drive_sees(&drive, "ns1.example.com  192.0.2.53     ok");
    drive_command(&drive, "lessons order");
    drive_keys(&drive, "Esc A");
    drive_sees(&drive, "This zone file or lesson defines no server to query.");
    drive_command(&drive, "lessons split-servers");
    drive_command(&drive, "lessons off");
    drive_name(&drive, "example.com");
    drive_keys(&drive, "A");
    drive_sees(&drive, "This zone file or lesson defines no server to query.");
    drive_close(&drive);
}

static void the_page_of_a_lesson_opens_again(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    drive_keys(&drive, "Esc");
    drive_sees(&drive, "I lessons");
    drive_name(&drive, "example.com");
    drive_misses(&drive, "i lesson");
    drive_command(&drive, "lessons outage");
    drive_sees(&drive, "─ 21 Queued, not delivered ─");
    drive_keys(&drive, "i");
    drive_misses(&drive, "21 Queued, not delivered");
    drive_sees(&drive, "i lesson");
    drive_keys(&drive, "Enter");
    drive_misses(&drive, "21 Queued, not delivered");
    drive_keys(&drive, "i");
    drive_sees(&drive, "─ 21 Queued, not delivered ─");
    drive_sees(&drive, "─ 21 Queued, not delivered ─");
    drive_close(&drive);
}

/* A question behind a lookup is asked once the answers are in: there is no host, so it bounces. */
static void choices_wait_for_the_answers(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 46, NULL);
    drive_keys(&drive, "Esc");
    drive_command(&drive, "lessons dangling.3");
    drive_keys(&drive, "Space");
    drive_sees(&drive, "1  delivered");
    drive_keys(&drive, "Space");
    drive_sees(&drive, "bounced  ✓");
    drive_close(&drive);
}

static void where_there_is_no_room_the_page_comes_over_all(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 50, 24, NULL);
    drive_keys(&drive, "Esc");
    drive_command(&drive, "lessons order");
    drive_misses(&drive, "2 Only the order matters");
    drive_keys(&drive, "i");
    drive_sees(&drive, "─ 2 Only the order matters ─");
    drive_keys(&drive, "Esc");
    drive_misses(&drive, "2 Only the order matters");
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lessons_open_without_a_network),
        cmocka_unit_test(servers_are_asked_in_a_lesson_that_has_their_zones),
        cmocka_unit_test(the_page_of_a_lesson_opens_again),
        cmocka_unit_test(choices_wait_for_the_answers),
        cmocka_unit_test(where_there_is_no_room_the_page_comes_over_all),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
