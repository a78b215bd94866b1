/* Lessons: the list, their pages, their questions. */
#include "drive.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>

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
    drive_sees(&drive, "no such lesson or step: nonsense");
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

static void tick(struct drive *drive, int times, int64_t ms)
{
    for (int i = 0; i < times; i++) {
        drive->now_ms += ms;
        drive_event(drive, (struct event){.kind = EVENT_TICK});
    }
}

/* Where windows reveal, counts grow in twenty parts, a second long, to the end they had at once. */
static void counts_grow_while_one_looks(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 46, NULL);
    drive_name(&drive, "many.example.com");
    drive_command(&drive, "set reveal=on");
    drive_keys(&drive, "Enter");
    drive_sees(&drive, "not drawn yet");
    drive_wait(&drive, 1);
    drive_keys(&drive, "3");
    assert_int_equal(ui_tick_ms(drive.ui), 50);
    drive_sees(&drive, "─ 0 deliveries ─");
    for (int part = 1; part < 20; part++) {
        char seen[64];
        tick(&drive, 1, 50);
        snprintf(seen, sizeof seen, "─ %d deliveries ─", part * 500);
        drive_sees(&drive, seen);
        assert_true(ui_busy(drive.ui));
    }
    tick(&drive, 1, 50);
    drive_sees(&drive, "─ 10,000 deliveries ─");
    assert_false(ui_busy(drive.ui));
    drive_command(&drive, "set reveal=off");
    drive_keys(&drive, "3");
    assert_int_equal(ui_tick_ms(drive.ui), 0);
    drive_sees(&drive, "─ 10,000 deliveries ─");
    drive_close(&drive);
}

static void begin(struct drive *drive, const char *place)
{
    drive_open(drive, 120, 46, NULL);
    drive_keys(drive, "Esc");
    drive_command(drive, place);
}

/* `a`: item by item, up to the end of the step or to a question. */
static void a_lesson_plays_by_itself_up_to_a_question(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    begin(&drive, "lessons first-choice");
    drive_keys(&drive, "Space Space a"); /* answered, then Enter: the simulation is open */
    drive_sees(&drive, "1/…");
    tick(&drive, 1, 899);
    drive_sees(&drive, "1/…");
    tick(&drive, 1, 1);
    drive_sees(&drive, "2/…");
    tick(&drive, 3, 900);
    drive_sees(&drive, "4/4");
    drive_sees(&drive, "─ 1/6 ─");
    drive_keys(&drive, "Space a"); /* the next step: mx1 is put down, then comes the question */
    drive_sees(&drive, "─ 2/6 ─");
    tick(&drive, 1, 900);
    drive_sees(&drive, "Which host is tried next?");
    drive_sees(&drive, "3/…");
    tick(&drive, 9, 900);
    drive_sees(&drive, "3/…");
    drive_misses(&drive, "✓ :down mx1.example.com\n");
    drive_keys(&drive, "a");
    drive_sees(&drive, "a question is open: Space shows the answer");
    tick(&drive, 9, 900);
    drive_sees(&drive, "3/…");
    drive_close(&drive);
}

static void any_key_stops_what_goes_by_itself(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    begin(&drive, "lessons first-choice");
    drive_keys(&drive, "Space Space a Tab");
    tick(&drive, 9, 900);
    drive_sees(&drive, "1/…");
    drive_close(&drive);
    drive = (struct drive){.panes_only = true};
    drive_open(&drive, 120, 46, NULL);
    drive_name(&drive, "example.com");
    drive_command(&drive, "set reveal=on");
    drive_keys(&drive, "Enter a");
    tick(&drive, 1, 900);
    drive_sees(&drive, "2/…");
    drive_keys(&drive, "Tab");
    tick(&drive, 9, 900);
    drive_sees(&drive, "2/…");
    drive_close(&drive);
}

/* The key that chose the lesson is none of its items, and nothing has to be made anew. */
static void the_key_that_chose_a_lesson_is_not_of_it(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 46, NULL);
    drive_keys(&drive, "Esc");
    drive_command(&drive, "lessons");
    drive_keys(&drive, "Down Enter Space Space");
    drive_sees(&drive, "Delivery to example.com");
    drive_misses(&drive, "as the lesson has it");
    drive_close(&drive);
}

/* Where one stands is part of the state: an item is performed where the lesson has it. */
static void what_tab_moved_is_put_back(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    begin(&drive, "lessons first-choice");
    drive_keys(&drive, "Tab Space Space");
    drive_sees(&drive, "Delivery to example.com");
    drive_sees(&drive, "as the lesson has it");
    drive_close(&drive);
}

/* Above a strip there is room for one side: that of the shares once they are drawn, and that of the
 * steps when they go on. */
static void above_a_strip_the_side_that_changes_is_shown(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    drive_keys(&drive, "Esc");
    drive_command(&drive, "lessons first-choice.2");
    drive_keys(&drive, "Space Space Space Space Space Space Space Space");
    drive_sees(&drive, "─ 3/6 ─");
    drive_sees(&drive, "7 Delivered");
    drive_misses(&drive, "Tried first");
    drive_keys(&drive, "Space");
    drive_wait(&drive, 1);
    drive_misses(&drive, "7 Delivered");
    drive_sees(&drive, "Tried first");
    drive_sees(&drive, "56.0%  (50.0)");
    drive_command(&drive, "lesson 5");
    drive_wait(&drive, 1);
    drive_sees(&drive, "─ Delivery to example.com");
    drive_misses(&drive, "Tried first");
    drive_close(&drive);
}

/* A question on request, with the keys that its lines name, in a lesson as elsewhere. */
static void a_question_is_answered_by_its_keys(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    for (int lesson = 0; lesson < 2; lesson++) {
        drive_open(&drive, 120, 46, NULL);
        if (lesson) {
            drive_keys(&drive, "Esc");
            drive_command(&drive, "lessons first-choice");
            drive_keys(&drive, "Space");
        } else {
            drive_name(&drive, "example.com");
            drive_command(&drive, "set reveal=on");
        }
        drive_keys(&drive, lesson ? "Space u 3" : "Enter u 3");
        drive_sees(&drive, "▸ 3  mx.example.net");
        drive_misses(&drive, "✓\n");
        drive_keys(&drive, "2 5");
        drive_sees(&drive, "no such choice");
        drive_keys(&drive, "Space");
        drive_sees(&drive, "1  mx1  ✓");
        drive_sees(&drive, "▸ 2  mx2 or mx3, in random order  ✗");
        drive_keys(&drive, "Space");
        drive_misses(&drive, "Which host is tried next?");
        drive_sees(&drive, "1/…");
        drive_keys(&drive, "Space");
        drive_sees(&drive, "2/…");
        drive_misses(&drive, "as the lesson has it");
        drive_close(&drive);
    }
}

/* From a strip, which says so, Tab goes into the page and back at once. */
static void a_strip_is_opened_by_tab(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    drive_keys(&drive, "Esc");
    drive_command(&drive, "lessons first-choice");
    drive_misses(&drive, "Four MX hosts at three preferences");
    drive_keys(&drive, "Tab");
    drive_sees(&drive, "Four MX hosts at three preferences");
    drive_keys(&drive, "Tab");
    drive_misses(&drive, "Four MX hosts at three preferences");
    drive_keys(&drive, "Space Space");
    drive_sees(&drive, "Delivery to example.com");
    drive_misses(&drive, "as the lesson has it");
    drive_close(&drive);
}

/* `e` is asked about where the page of the lesson is in front, and is not where the zone is. */
static void an_export_from_the_page_of_a_lesson_is_asked_about(void **state)
{
    static const struct {
        int width, height;
        const char *there, *back;
    } cases[] = {{80, 24, "Tab", "Tab"},
                 {120, 46, "Tab Tab Tab Tab Tab Tab", "Tab"},
                 {50, 24, "i", "Esc"},
                 {80, 24, "Enter", "Esc Esc"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct drive drive = {.panes_only = true};

        drive_open(&drive, cases[i].width, cases[i].height, NULL);
        drive_keys(&drive, "Esc");
        drive_command(&drive, "lessons first-choice");
        drive_keys(&drive, cases[i].there);
        drive_keys(&drive, "e");
        assert_null(drive_effect(&drive, EFFECT_EXPORT));
        drive_sees(&drive, ":export ");
        drive_keys(&drive, "Esc");
        drive_keys(&drive, cases[i].back);
        drive_keys(&drive, "e");
        assert_non_null(drive_effect(&drive, EFFECT_EXPORT));
        drive_misses(&drive, ":export ");
        drive_close(&drive);
    }
}

/* The page that is over all else does not hide what is opened from it, by key or by command. */
static void what_is_opened_from_the_page_is_seen(void **state)
{
    static const char page[] = "1-3 choose, Space shows the answer.";
    static const struct {
        int width;
        const char *there, *key, *command, *seen;
    } cases[] = {
        {80, "Tab", "?", NULL, "Keys of the lesson, before all others"},
        {80, "Tab", "c", NULL, "Check it yourself"},
        {80, "Tab", NULL, "simulate", "Delivery to example.com"},
        {50, "i", "c", NULL, "Check it yourself"},
        {50, "i", NULL, "simulate", "Delivery to example.com"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct drive drive = {.panes_only = true};

        drive_open(&drive, cases[i].width, 24, NULL);
        drive_keys(&drive, "Esc");
        drive_command(&drive, "lessons first-choice");
        drive_keys(&drive, cases[i].there);
        drive_sees(&drive, page);
        if (cases[i].key)
            drive_keys(&drive, cases[i].key);
        else
            drive_command(&drive, cases[i].command);
        drive_sees(&drive, cases[i].seen);
        drive_misses(&drive, page);
        drive_close(&drive);
    }
}

/* Space while counts grow: they are to be seen whole before the lesson goes on. */
static void a_step_is_done_though_one_is_in_a_hurry(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    begin(&drive, "lessons first-choice.3");
    drive_keys(&drive, "Space Space");
    drive_wait(&drive, 1);
    drive_keys(&drive, "Space");
    assert_true(ui_busy(drive.ui));
    drive_keys(&drive, "Space");
    drive_sees(&drive, "─ 3/6 ─");
    drive_wait(&drive, 1);
    drive_sees(&drive, "─ 4/6 ─");
    drive_sees(&drive, "✓ 3 Ten thousand messages");
    drive_close(&drive);
}

static void first_mark(struct drive *drive, char mark[100])
{
    const char *line = drive_effect(drive, EFFECT_MARK);

    assert_non_null(line);
    snprintf(mark, 100, "%s\n", line);
}

/* One goes on at the step where one stopped, with what was done and answered. */
static void a_lesson_goes_on_where_one_stopped(void **state)
{
    struct drive drive = {.panes_only = true};
    char mark[100];

    (void)state;
    begin(&drive, "lessons first-choice");
    assert_null(drive_effect(&drive, EFFECT_MARK));
    drive_keys(&drive, "1 Space");
    first_mark(&drive, mark);
    assert_string_equal(mark, "first-choice ------ +..... 1 7b27c8fc\n");
    drive_keys(&drive, "Space Space Space Space Space");
    first_mark(&drive, mark);
    assert_string_equal(mark, "first-choice x----- +..... 2 7b27c8fc\n");
    drive_command(&drive, "lessons");
    drive_sees(&drive, "▸   3  First choice, then the next");
    drive_sees(&drive, "1/6  first-choice");
    drive_close(&drive);
    drive = (struct drive){.panes_only = true, .marks = mark};
    begin(&drive, "lessons first-choice");
    drive_sees(&drive, "continued at step 2; :lesson 1 begins again");
    drive_sees(&drive, "─ 2/6 ─");
    drive_sees(&drive, "✓ 1 Every host is up");
    drive_command(&drive, "lesson 1");
    drive_sees(&drive, "─ 1/6 ─");
    drive_command(&drive, "lessons first-choice.3");
    drive_sees(&drive, "─ 3/6 ─");
    drive_misses(&drive, "continued");
    drive_close(&drive);
}

/* The page was changed meanwhile, or the marks are not of it: it begins again. */
static void marks_of_another_page_count_for_nothing(void **state)
{
    static const char *const marks[] = {"first-choice xxx--- +..... 4 00000000\n",
                                        "first-choice xxx-- +.... 4 7b27c8fc\n",
                                        "ties xxx--- +..... 4 7b27c8fc\n"};

    (void)state;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct drive drive = {.panes_only = true, .marks = marks[i]};
        begin(&drive, "lessons first-choice");
        drive_sees(&drive, "─ 1/6 ─");
        drive_misses(&drive, "✓ 1");
        drive_misses(&drive, "continued");
        drive_close(&drive);
    }
}

static void the_list_leads_to_what_is_not_done(void **state)
{
    struct drive drive = {.panes_only = true,
                          .marks = "lookup x - 2 00000000\n"
                                   "order x-x - 1 00000000\nfirst-choice xx - 3 00000000\n"};

    (void)state;
    begin(&drive, "lessons");
    drive_sees(&drive, "2 of 7 done");
    drive_sees(&drive, "─ 2 of "); /* in the title, of all lessons */
    drive_sees(&drive, "✓   1  What a single lookup tells you");
    drive_sees(&drive, "  ▸   2  Only the order matters");
    drive_sees(&drive, "2/3  order");
    drive_sees(&drive, "✓   3  First choice");
    drive_sees(&drive, "] not done");
    drive_keys(&drive, "]");
    drive_sees(&drive, "▸ ▸   2  Only the order matters");
    drive_keys(&drive, "]");
    drive_sees(&drive, "▸     4  Equal preferences");
    drive_keys(&drive, "[ Enter");
    drive_sees(&drive, "─ 2 Only the order matters ─");
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
        cmocka_unit_test(counts_grow_while_one_looks),
        cmocka_unit_test(a_lesson_plays_by_itself_up_to_a_question),
        cmocka_unit_test(any_key_stops_what_goes_by_itself),
        cmocka_unit_test(the_key_that_chose_a_lesson_is_not_of_it),
        cmocka_unit_test(what_tab_moved_is_put_back),
        cmocka_unit_test(above_a_strip_the_side_that_changes_is_shown),
        cmocka_unit_test(a_question_is_answered_by_its_keys),
        cmocka_unit_test(a_strip_is_opened_by_tab),
        cmocka_unit_test(an_export_from_the_page_of_a_lesson_is_asked_about),
        cmocka_unit_test(what_is_opened_from_the_page_is_seen),
        cmocka_unit_test(a_step_is_done_though_one_is_in_a_hurry),
        cmocka_unit_test(a_lesson_goes_on_where_one_stopped),
        cmocka_unit_test(marks_of_another_page_count_for_nothing),
        cmocka_unit_test(the_list_leads_to_what_is_not_done),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
