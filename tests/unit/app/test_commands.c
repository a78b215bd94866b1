/* The list of commands behind ":": Tab opens it, typing narrows it. */
#include "app/events/action.h"
#include "base/memory.h"
#include "drive.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The commands on the screen, with blanks between; the caller frees. */
static char *listed(struct drive *drive)
{
    char *screen = memory_dup(drive_screen(drive)), *rest = screen, *line, word[32];
    struct text out = {0};

    while ((line = strsep(&rest, "\n"))) {
        const char *start = line;
        enum action action;
        line += strcspn(line, "abcdefghijklmnopqrstuvwxyz");
        if (line > start && line[-1] == ' ' && sscanf(line, "%31s", word) == 1 &&
            action_parse(word, &action) && strcmp(action_get(action)->command, word) == 0)
            text_format(&out, "%s%s", out.length ? " " : "", word);
    }
    free(screen);
    line = memory_dup(text_get(&out));
    text_clear(&out);
    return line;
}

static void assert_listed(struct drive *drive, const char *expected)
{
    char *commands = listed(drive);

    assert_string_equal(commands, expected);
    free(commands);
}

static void open_commands(struct drive *drive, int height, const char *typed)
{
    drive_open(drive, 100, height, NULL);
    drive_name(drive, "example.com");
    drive_keys(drive, ": Tab");
    drive_sees(drive, " Commands ");
    drive_type(drive, typed);
}

static void all_of_them_are_listed(void **state)
{
    struct drive drive = {0};
    struct text all = {0};

    (void)state;
    open_commands(&drive, 100, "");
    for (int i = 0; i < ACTION_COUNT; i++)
        if (*action_get((enum action)i)->command)
            text_format(&all, "%s%s", all.length ? " " : "", action_get((enum action)i)->command);
    assert_listed(&drive, text_get(&all));
    drive_sees(&drive, "Compare two senders, drawn from the same seed");
    text_clear(&all);
    drive_close(&drive);
}

static void typing_narrows_it_by_beginning_then_by_what_it_does(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_commands(&drive, 60, "s");
    assert_string_equal(ui_complete(drive.ui, "theme o", 6, 1), "okabe-light");
    assert_null(ui_complete(drive.ui, "s", 0, 0));
    drive_type(&drive, "seed");
    assert_listed(&drive, "roll compare");
    drive_type(&drive, "dkim");
    assert_listed(&drive, "dkim");
    drive_sees(&drive, ":dkim SELECTOR[,SELECTOR...]");
    drive_type(&drive, "q");
    drive_sees(&drive, "▸ quit");
    drive_type(&drive, "xyzzy");
    assert_listed(&drive, "");
    drive_sees(&drive, "no command contains this");
    drive_close(&drive);
}

static void enter_runs_the_one_under_the_cursor(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_commands(&drive, 60, "seed");
    drive_keys(&drive, "Down");
    drive_event(&drive, (struct event){.kind = EVENT_SUBMIT, .text = "seed"});
    drive_misses(&drive, " Commands ");
    drive_sees(&drive, " compared"); /* the comparison of two senders */
    drive_close(&drive);
}

static void tab_takes_it_and_what_must_follow_is_waited_for(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_commands(&drive, 60, "selectors");
    drive_keys(&drive, "Tab");
    assert_string_equal(drive_effect(&drive, EFFECT_EDIT), "dkim ");
    drive_sees(&drive, " :dkim ");
    drive_type(&drive, "selectors");
    drive_event(&drive, (struct event){.kind = EVENT_SUBMIT, .text = "selectors"});
    assert_string_equal(drive_effect(&drive, EFFECT_EDIT), "dkim ");
    assert_int_equal(ui_editor(drive.ui), EDITOR_COMMAND);
    drive_close(&drive);
}

static void it_goes_with_the_line(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_commands(&drive, 60, "");
    drive_keys(&drive, "Esc");
    drive_misses(&drive, " Commands ");
    assert_int_equal(ui_editor(drive.ui), EDITOR_NONE);
    drive_keys(&drive, "Enter : Down");
    drive_sees(&drive, " Commands ");
    drive_keys(&drive, "Esc");
    drive_sees(&drive, "Delivery to example.com");
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_them_are_listed),
        cmocka_unit_test(typing_narrows_it_by_beginning_then_by_what_it_does),
        cmocka_unit_test(enter_runs_the_one_under_the_cursor),
        cmocka_unit_test(tab_takes_it_and_what_must_follow_is_waited_for),
        cmocka_unit_test(it_goes_with_the_line),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
