/* `q`: one step back, and what the key bar says of it. */
#include "drive.h"
#include "unit/check.h"

static bool quits(const struct drive *drive)
{
    return drive_effect(drive, EFFECT_QUIT) != NULL;
}

static void at_the_bottom_the_bar_says_quit(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    drive_sees(&drive, "q quit");
    drive_keys(&drive, "Enter");
    drive_sees(&drive, "q back");
    drive_keys(&drive, "q z");
    drive_sees(&drive, "q back");
    drive_keys(&drive, "q");
    drive_sees(&drive, "q quit");
    drive_keys(&drive, "> q");
    drive_sees(&drive, "q quit");
    assert_false(quits(&drive));
    drive_keys(&drive, "q");
    assert_true(quits(&drive));
    drive_close(&drive);
}

static void from_a_cause_it_goes_back_to_the_finding(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "6 Enter");
    drive_misses(&drive, "Enter go to row");
    drive_keys(&drive, "z z"); /* the message of the jump goes */
    drive_sees(&drive, "q back");
    drive_keys(&drive, "q");
    drive_sees(&drive, "Enter go to row");
    drive_sees(&drive, "q quit");
    drive_keys(&drive, "Enter 4");
    drive_sees(&drive, "q quit");
    drive_close(&drive);
}

static void from_a_lesson_it_goes_to_the_list(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 100, 40, NULL);
    drive_command(&drive, "lessons ties");
    drive_sees(&drive, "q lessons");
    drive_keys(&drive, "q");
    drive_sees(&drive, "Lessons, no network needed");
    drive_sees(&drive, "q quit");
    drive_keys(&drive, "Esc");
    drive_misses(&drive, "Lessons, no network needed");
    assert_false(quits(&drive));
    drive_keys(&drive, "q q");
    assert_true(quits(&drive));
    drive_close(&drive);
}

static void edits_are_asked_about_once(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    drive_command(&drive, "add mx 5 mx9");
    drive_keys(&drive, "q");
    assert_false(quits(&drive));
    drive_sees(&drive, "1 what-if edit would be lost");
    drive_command(&drive, "add mx 6 mx8");
    drive_command(&drive, "q");
    assert_false(quits(&drive));
    drive_sees(&drive, "2 what-if edits would be lost");
    drive_keys(&drive, "q");
    assert_true(quits(&drive));
    drive_close(&drive);
}

static void some_keys_do_not_ask(void **state)
{
    static const char *const commands[] = {"q!", "quit !"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct drive drive = {0};
        drive_open(&drive, 100, 30, NULL);
        drive_name(&drive, "example.com");
        drive_command(&drive, "add mx 5 mx9");
        if (i < 2)
            drive_command(&drive, commands[i]);
        else
            drive_keys(&drive, "Q");
        assert_true(quits(&drive));
        drive_close(&drive);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_the_bottom_the_bar_says_quit),
        cmocka_unit_test(from_a_cause_it_goes_back_to_the_finding),
        cmocka_unit_test(from_a_lesson_it_goes_to_the_list),
        cmocka_unit_test(edits_are_asked_about_once),
        cmocka_unit_test(some_keys_do_not_ask),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
