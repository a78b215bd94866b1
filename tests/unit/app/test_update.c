/* What events do: the prompt, pages of names, rows, commands. Questions: test_asking.c. */
#include "drive.h"

#include "base/memory.h"
#include "dns/type.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void the_prompt_is_ready_at_once(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    assert_int_equal(ui_editor(drive.ui), EDITOR_NAME);
    assert_non_null(drive_effect(&drive, EFFECT_EDIT));
    drive_type(&drive, "exam");
    drive_sees(&drive, "name ▸ exam");
    drive_name(&drive, "example.com");
    assert_int_equal(ui_editor(drive.ui), EDITOR_NONE);
    assert_string_equal(drive_effect(&drive, EFFECT_HISTORY), "example.com");
    assert_string_equal(drive_effect(&drive, EFFECT_TITLE), "mxtrail example.com ...");
    assert_non_null(drive_effect(&drive, EFFECT_EDIT_END));
    drive_close(&drive);
}

static void what_is_no_name_stays_for_editing(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "no..name");
    assert_int_equal(ui_editor(drive.ui), EDITOR_NAME);
    drive_sees(&drive, "name ▸ no..name");
    drive_sees(&drive, "label");
    assert_int_equal(drive.total, 0);
    drive_close(&drive);
}

/* Sorted another way, exchanges of one preference that stand together are tied all the same. */
static void tie_brackets_survive_sorting(void **state)
{
    static const char zone[] = "$ORIGIN example.org.\n@ 60 SOA ns1 h 1 1 1 1 1\n@ 60 MX 10 b\n"
                               "@ 60 MX 10 d\n@ 60 MX 20 c\n@ 60 MX 10 a\n";
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 30, zone);
    drive_name(&drive, "example.org");
    drive_sees(&drive, "1st ┌ 10  a.");
    drive_sees(&drive, "    │ 10  b.");
    drive_sees(&drive, "    └ 10  d.");
    drive_keys(&drive, "s s");
    drive_sees(&drive, "MX by name");
    drive_sees(&drive, "1st ┌ 10  a.");
    drive_sees(&drive, "1st └ 10  b.");
    drive_sees(&drive, "2nd   20  c.");
    drive_sees(&drive, "1st ╶ 10  d.");
    drive_close(&drive);
}

static void keys_of_other_places_say_where_they_work(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "2 S");
    drive_sees(&drive, "S works only here: secondary on MX rows and in the simulation");
    drive_keys(&drive, "F7");
    drive_sees(&drive, "F7 does nothing here");
    drive_keys(&drive, "n");
    drive_sees(&drive, "nothing to repeat yet");
    drive_command(&drive, "step");
    drive_sees(&drive, "no simulation is open");
    drive_command(&drive, "auto");
    drive_sees(&drive, "no simulation is open");
    drive_command(&drive, "cause");
    drive_sees(&drive, "this row is not a finding");
    drive_command(&drive, "down mx1");
    drive_sees(&drive, "mx1.example.com: refused the connection");
    drive_misses(&drive, "goes there");
    drive_command(&drive, "down nohost");
    drive_sees(&drive, "nohost: refused the connection (no message to this domain goes there)");
    drive_close(&drive);
}

static void y_copies_what_a_record_says_and_a_finding_whole(void **state)
{
    struct drive drive = {0};
    const char *copied;

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "5 Down y");
    copied = drive_effect(&drive, EFFECT_COPY);
    assert_non_null(copied);
    assert_int_equal(strncmp(copied, "\"v=DMARC1; p=reject", 18), 0);
    drive_keys(&drive, "6 y");
    copied = drive_effect(&drive, EFFECT_COPY);
    assert_non_null(copied);
    assert_non_null(strstr(copied, "mx-outside-domain: The MX host mx.example.net is outside"));
    drive_close(&drive);
}

static void o_marks_the_name_and_esc_leaves_it(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "o");
    assert_string_equal(drive_effect(&drive, EFFECT_EDIT), "example.com");
    assert_true(drive.effects.list[0].flag);
    drive_type(&drive, "other");
    drive_keys(&drive, "Esc");
    assert_int_equal(ui_editor(drive.ui), EDITOR_NONE);
    drive_sees(&drive, "name ▸ example.com");
    drive_close(&drive);
}

static void names_are_pages_as_in_a_browser(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "Down >");
    drive_sees(&drive, "mxtrail  mx2.example.com");
    drive_keys(&drive, "<");
    drive_sees(&drive, "mxtrail  example.com");
    drive_sees(&drive, "▸ 2nd ┌ 20  mx2.example.com");
    drive_keys(&drive, "M-Right");
    drive_sees(&drive, "mxtrail  mx2.example.com");
    drive_keys(&drive, "q");
    drive_sees(&drive, "mxtrail  example.com");
    drive_name(&drive, "null.example.com");
    drive_keys(&drive, "M-Right");
    drive_sees(&drive, "this is the last name");
    drive_keys(&drive, "q q");
    assert_non_null(drive_effect(&drive, EFFECT_QUIT));
    drive_close(&drive);
}

static void the_cursor_stays_on_its_row_while_answers_come(void **state)
{
    struct drive drive = {.silent = true, .panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_answer_type(&drive, TYPE_MX);
    drive_answer_type(&drive, TYPE_NS);
    drive_keys(&drive, "2 G");
    drive_sees(&drive, "▸ ns2.example.com");
    drive_answer(&drive);
    drive_sees(&drive, "▸ ns2.example.com");
    drive_close(&drive);
}

static void asking_again_goes_past_the_cache(void **state)
{
    struct drive drive = {.silent = true, .panes_only = true};
    bool fresh = false;

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    drive_answer(&drive);
    drive_keys(&drive, "r");
    for (size_t i = 0; i < drive.effects.count; i++)
        if (drive.effects.list[i].kind == EFFECT_ASK)
            fresh = drive.effects.list[i].flag;
    assert_true(fresh);
    drive_sees(&drive, "waiting");
    drive_answer(&drive);
    drive_sees(&drive, "mx1.example.com");
    drive_close(&drive);
}

/* A record that came or went between two answers is in the log, and marked. */
static void what_changed_is_told(void **state)
{
    static const char later[] = "$ORIGIN example.com.\n$TTL 60\n"
                                "@ IN SOA ns1 h 2 1 1 1 1\n@ IN NS ns1\nns1 IN A 192.0.2.53\n"
                                "@ IN MX 10 mx1\n@ IN MX 15 mx9\nmx1 IN A 192.0.2.1\n";
    struct drive drive = {.panes_only = true};
    struct faults faults = {0};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    zone_free(drive.zone);
    assert_int_equal(zone_read_text(later, strlen(later), "later", NULL, &faults, &drive.zone),
                     STATUS_OK);
    drive_keys(&drive, "r W");
    drive_sees(&drive, "+ example.com. MX 15 mx9.example.com.");
    drive_sees(&drive, "- example.com. MX 20 mx2.example.com.");
    drive_misses(&drive, "- example.com. MX 10 mx1.example.com.");
    drive_close(&drive);
}

static void rows_are_filtered_sorted_and_found(void **state)
{
    struct drive drive = {.panes_only = true};
    int x, y;

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_command(&drive, "filter mx3");
    drive_sees(&drive, "1 MX with \"mx3\"");
    drive_misses(&drive, "10  mx1.example.com");
    drive_keys(&drive, "Esc");
    drive_sees(&drive, "10  mx1.example.com");
    drive_keys(&drive, "s");
    drive_sees(&drive, "▸ 3rd   30  mx.example.net");
    drive_sees(&drive, "1 MX by preference ▾");
    drive_command(&drive, "search 2001:db8::3");
    drive_sees(&drive, "not found");
    drive_keys(&drive, "2");
    drive_command(&drive, "search 2001:db8::3");
    drive_sees(&drive, "│ mx3.example.com. 3600 IN AAAA 2001:db8::3 ");
    drive_keys(&drive, "n");
    drive_sees(&drive, "no other match: 2001:db8::3");
    drive_command(&drive, "search mx3");
    drive_keys(&drive, "n");
    drive_sees(&drive, "continued at the top: mx3");
    drive_keys(&drive, "N");
    drive_sees(&drive, "continued at the end: mx3");
    drive_command(&drive, "filter zzz");
    drive_sees(&drive, "no row contains this text");
    canvas_cursor_get(drive.canvas, &x, &y);
    assert_true(x > 40 && y == 3);
    drive_close(&drive);
}

static void addresses_open_under_their_exchange(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_misses(&drive, "│            192.0.2.1 ");
    drive_keys(&drive, "Space");
    drive_sees(&drive, "│            192.0.2.1 ");
    drive_keys(&drive, "Down Space");
    drive_misses(&drive, "│            192.0.2.1 ");
    drive_keys(&drive, "z");
    drive_sees(&drive, "      │     192.0.2.2");
    drive_keys(&drive, "z *");
    drive_sees(&drive, "2001:db8::3");
    drive_close(&drive);
}

static void ttls_run_down_where_the_focus_is(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_wait(&drive, 61000);
    drive_sees(&drive, "▸ 1st   10  mx1.example.com                    58m");
    drive_sees(&drive, "  3rd   30  mx.example.net                out  58m"); /* of the same set */
    drive_misses(&drive, "192.0.2.1        58m");
    drive_keys(&drive, "t");
    drive_sees(&drive, "mx1.example.com                   3539");
    assert_int_equal(ui_tick_ms(drive.ui) <= 1000, 1);
    drive_close(&drive);
}

static void values_lines_and_commands_are_copied(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "y");
    assert_string_equal(drive_effect(&drive, EFFECT_COPY), "mx1.example.com");
    drive_keys(&drive, "Y");
    assert_string_equal(drive_effect(&drive, EFFECT_COPY),
                        "example.com. 3600 IN MX 10 mx1.example.com.");
    drive_keys(&drive, "c");
    drive_sees(&drive, "dig +dnssec _25._tcp.mx1.example.com TLSA");
    drive_sees(&drive, "openssl s_client -starttls smtp -connect mx1.example.com:25");
    drive_sees(&drive, "posttls-finger -c -l dane example.com");
    drive_sees(&drive, "exim -bt postmaster@example.com");
    drive_keys(&drive, "Enter");
    assert_string_equal(drive_effect(&drive, EFFECT_COPY), "dig example.com. MX");
    drive_event(&drive, (struct event){.kind = EVENT_NOTE, .text = "copied to the terminal"});
    drive_sees(&drive, "copied to the terminal");
    drive_close(&drive);
}

static void themes_are_seen_while_choosing(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "T Down Down");
    assert_string_equal(drive_effect(&drive, EFFECT_THEME), "projector");
    drive_keys(&drive, "Esc");
    assert_string_equal(drive_effect(&drive, EFFECT_THEME), "okabe-dark");
    assert_null(drive_effect(&drive, EFFECT_CONFIG));
    drive_keys(&drive, "T Down Enter");
    assert_string_equal(drive_effect(&drive, EFFECT_CONFIG), "okabe-light");
    drive_keys(&drive, ":");
    drive_type(&drive, "theme projector");
    assert_string_equal(drive_effect(&drive, EFFECT_THEME), "projector");
    drive_keys(&drive, "Esc");
    assert_string_equal(drive_effect(&drive, EFFECT_THEME), "okabe-light");
    drive_command(&drive, "theme none");
    drive_sees(&drive, "no such theme: none");
    drive_close(&drive);
}

/* Unless a theme was chosen: then there is nothing to ask, or the answer comes too late. */
static void a_light_ground_gets_the_light_theme(void **state)
{
    struct event light = {.kind = EVENT_BACKGROUND, .text = "light"};
    struct event dark = {.kind = EVENT_BACKGROUND, .text = "dark"};
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_event(&drive, dark);
    assert_null(drive_effect(&drive, EFFECT_THEME));
    drive_event(&drive, light);
    assert_string_equal(drive_effect(&drive, EFFECT_THEME), "okabe-light");
    assert_null(drive_effect(&drive, EFFECT_CONFIG));
    drive_event(&drive, light);
    assert_null(drive_effect(&drive, EFFECT_THEME));
    drive_close(&drive);
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_command(&drive, "theme projector");
    drive_event(&drive, light);
    assert_null(drive_effect(&drive, EFFECT_THEME));
    drive_close(&drive);
}

static void commands_are_completed(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    assert_string_equal(ui_complete(drive.ui, "exam", 0, 0), "example.org");
    drive_name(&drive, "example.com");
    drive_keys(&drive, ":");
    assert_string_equal(ui_complete(drive.ui, "the", 0, 0), "theme");
    assert_null(ui_complete(drive.ui, "the", 0, 1));
    assert_string_equal(ui_complete(drive.ui, "theme o", 6, 1), "okabe-light");
    assert_string_equal(ui_complete(drive.ui, "profile post", 8, 0), "postfix");
    assert_string_equal(ui_complete(drive.ui, "down mx", 5, 0), "mx1.example.com");
    drive_type(&drive, "down ");
    drive_sees(&drive, "[HOST[=STAGE]]");
    drive_close(&drive);
}

static void unknown_commands_are_named(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_command(&drive, "frobnicate");
    drive_sees(&drive, "no such command: frobnicate");
    drive_command(&drive, "q");
    assert_non_null(drive_effect(&drive, EFFECT_QUIT));
    drive_close(&drive);
}

static void the_page_is_exported_in_the_form_of_the_ending(void **state)
{
    static const char *const cases[][2] = {
        {"export x.json", "{\"mxtrail\":1"},
        {"export x.zone", "; what mxtrail saw of example.com.\n"},
        {"export x.txt", "example.com: answered"},
        {"export x.TXT", "example.com: answered"},
        {"export a.b/x.md", "## mxtrail: example.com\n\n```text\nexample.com: answered"},
        {"export", "example.com: answered"},
        {"export x.pdf", NULL},
        {"export x", NULL},
        {"export .json", NULL},
        {"export x.json/", NULL},
        {"export a.json/x", NULL},
        {"export x.json.gz", NULL},
    };
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *written;
        drive_command(&drive, cases[i][0]);
        written = drive_effect(&drive, EFFECT_EXPORT);
        if (!written != !cases[i][1] ||
            (written && strncmp(written, cases[i][1], strlen(cases[i][1]))))
            fail_msg("%s gave %s", cases[i][0], written ? written : "nothing");
        if (!cases[i][1])
            drive_sees(&drive, "the suffix must be .txt, .json, .md or .zone");
    }
    drive_close(&drive);
}

/* No text in a record ends the block it is shown in. */
static void markdown_is_fenced_whatever_is_in_it(void **state)
{
    static const char zone[] = "$ORIGIN example.com.\n$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n"
                               "@ MX 10 mx\nmx A 192.0.2.1\n@ TXT \"````` v=spf1\"\n";
    struct drive drive = {0};
    const char *written;

    (void)state;
    drive_open(&drive, 120, 40, zone);
    drive_name(&drive, "example.com");
    drive_command(&drive, "export x.md");
    written = drive_effect(&drive, EFFECT_EXPORT);
    assert_non_null(strstr(written, "\n\n``````text\n"));
    assert_string_equal(written + strlen(written) - 8, "\n``````\n");
    drive_close(&drive);
}

static void other_servers_and_names_are_laid_beside(void **state)
{
    struct drive drive = {.silent = true, .panes_only = true};
    size_t others = 0;

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "many.example.com");
    drive_answer(&drive);
    drive_command(&drive, "diff @192.0.2.53");
    for (size_t i = 0; i < drive.asked_count; i++)
        others += drive.asked[i].server.family == 4;
    assert_int_equal(others, drive.asked_count);
    assert_true(others > 0);
    drive_answer(&drive);
    drive_sees(&drive, "0 lines differ");
    drive_keys(&drive, "Esc");
    drive_command(&drive, "diff null.example.com");
    drive_answer(&drive);
    drive_sees(&drive, "0 .");
    drive_misses(&drive, " 0 lines differ");
    drive_close(&drive);
}

static void panes_change_places_and_stay_there(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "X");
    assert_string_equal(drive_effect(&drive, EFFECT_CONFIG), "2 1 3 4 5 6");
    drive_sees(&drive, "┌─ 1 A / AAAA ─");
    drive_sees(&drive, "─ 2 MX ─");
    drive_name(&drive, "null.example.com");
    drive_sees(&drive, "┌─ 1 A / AAAA ─");
    drive_command(&drive, "exchange 9");
    drive_sees(&drive, "must be a whole number from 1 to 6");
    drive_close(&drive);
}

static void the_mouse_chooses_rows_and_scrolls(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_event(&drive, (struct event){.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .x = 5, .y = 5});
    drive_sees(&drive, "│ example.com. 3600 IN MX 20 mx3.example.com. ");
    drive_event(&drive, (struct event){.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .x = 70, .y = 4});
    drive_sees(&drive, "│ example.com. 3600 IN AAAA 2001:db8::80 ");
    drive_event(&drive, (struct event){.kind = EVENT_MOUSE, .mouse = MOUSE_WHEEL_DOWN});
    drive_sees(&drive, "│ mx3.example.com. 3600 IN A 192.0.2.3 ");
    drive_event(&drive, (struct event){.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .x = 9, .y = 1});
    assert_int_equal(ui_editor(drive.ui), EDITOR_NAME);
    drive_keys(&drive, "Esc m");
    assert_non_null(drive_effect(&drive, EFFECT_MOUSE));
    drive_close(&drive);
}

/* A click on Enter in the bar, and Enter as a key of its own, take the line that is on the screen.
 */
static void enter_takes_the_line_that_is_shown(void **state)
{
    static const struct {
        bool click;
        const char *opens, *text, *sees;
    } lines[] = {
        {true, "o", ":help", "The MX pane"},
        {true, "o", "mx1.example.com", "name ▸ mx1.example.com"},
        {true, "o", ":", "name ▸ example.com"},
        {false, "o", ":help", "The MX pane"},
        {false, "o", "mx1.example.com", "name ▸ mx1.example.com"},
        {false, ":", "profile exim", "Exim: "},
        {false, ":", "nothing", "no such command: nothing"},
        {false, "/", "mx3", "│▸     └ 20  mx3"},
        {false, "f", "mx3", "MX with \"mx3\", 3 hidden"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct drive drive = {.panes_only = true};

        drive_open(&drive, 120, 40, NULL);
        drive_name(&drive, "example.com");
        drive_keys(&drive, lines[i].opens);
        drive_type(&drive, lines[i].text);
        if (lines[i].click)
            drive_event(&drive,
                        (struct event){.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .x = 2, .y = 39});
        else
            drive_keys(&drive, "Enter");
        drive_sees(&drive, lines[i].sees);
        assert_int_equal(ui_editor(drive.ui), EDITOR_NONE);
        drive_close(&drive);
    }
}

/* HOUSE: same events, same screen. */
static void the_same_events_give_the_same_screen(void **state)
{
    struct drive drives[2] = {{.panes_only = true}, {.panes_only = true}};
    char *first;

    (void)state;
    for (int i = 0; i < 2; i++) {
        drive_open(&drives[i], 120, 40, NULL);
        drive_name(&drives[i], "example.com");
        drive_keys(&drives[i], "Enter");
        drive_wait(&drives[i], 10);
        drive_keys(&drives[i], "Space Space d r");
        drive_wait(&drives[i], 10);
    }
    first = memory_dup(drive_screen(&drives[0]));
    assert_string_equal(first, drive_screen(&drives[1]));
    free(first);
    drive_close(&drives[0]);
    drive_close(&drives[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_prompt_is_ready_at_once),
        cmocka_unit_test(what_is_no_name_stays_for_editing),
        cmocka_unit_test(tie_brackets_survive_sorting),
        cmocka_unit_test(keys_of_other_places_say_where_they_work),
        cmocka_unit_test(y_copies_what_a_record_says_and_a_finding_whole),
        cmocka_unit_test(o_marks_the_name_and_esc_leaves_it),
        cmocka_unit_test(names_are_pages_as_in_a_browser),
        cmocka_unit_test(the_cursor_stays_on_its_row_while_answers_come),
        cmocka_unit_test(asking_again_goes_past_the_cache),
        cmocka_unit_test(what_changed_is_told),
        cmocka_unit_test(rows_are_filtered_sorted_and_found),
        cmocka_unit_test(addresses_open_under_their_exchange),
        cmocka_unit_test(ttls_run_down_where_the_focus_is),
        cmocka_unit_test(values_lines_and_commands_are_copied),
        cmocka_unit_test(themes_are_seen_while_choosing),
        cmocka_unit_test(a_light_ground_gets_the_light_theme),
        cmocka_unit_test(commands_are_completed),
        cmocka_unit_test(unknown_commands_are_named),
        cmocka_unit_test(the_page_is_exported_in_the_form_of_the_ending),
        cmocka_unit_test(markdown_is_fenced_whatever_is_in_it),
        cmocka_unit_test(other_servers_and_names_are_laid_beside),
        cmocka_unit_test(panes_change_places_and_stay_there),
        cmocka_unit_test(the_mouse_chooses_rows_and_scrolls),
        cmocka_unit_test(enter_takes_the_line_that_is_shown),
        cmocka_unit_test(the_same_events_give_the_same_screen),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
