#include "term/restore.h"
#include "term/screen.h"

#include "fake_terminal.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { BYTES_A_KEY = 600 };

static struct theme *dark, *light;
static struct canvas *canvas;

static void open_screen(const char *type, struct screen_options options)
{
    const char *why;

    fake_open(type, 80, 24);
    options.theme = dark;
    assert_int_equal(screen_open(&options, &why), STATUS_OK);
    canvas = canvas_new(80, 24);
}

static void close_screen(void)
{
    screen_close();
    canvas_free(canvas);
    fake_close();
}

static const char *paint(void)
{
    screen_paint(canvas, 0, 0);
    return text_get(fake_output());
}

static void put(int x, int y, enum role role, const char *text)
{
    canvas_put(canvas, canvas_area(canvas), x, y, role, text);
}

static void nothing_changed_sends_nothing(void **state)
{
    (void)state;
    open_screen("xterm-256color", (struct screen_options){0});
    put(3, 3, ROLE_MX_BEST, "mx1.example.com ▸ 漢字 e\xcc\x81");
    canvas_cursor_set(canvas, 3, 3);
    assert_true(strlen(paint()) > 0);
    for (int i = 0; i < 10; i++)
        assert_string_equal(paint(), "");
    screen_title("same");
    fake_output();
    screen_title("same");
    assert_string_equal(text_get(fake_output()), "");
    close_screen();
}

static void moving_a_selection_costs_few_bytes(void **state)
{
    (void)state;
    open_screen("xterm-256color", (struct screen_options){0});
    for (int y = 0; y < 24; y++)
        put(0, y, ROLE_TEXT, "10  mx1.example.com  1h │ mx1   192.0.2.1  2001:db8::3   1h │");
    paint();
    for (int y = 1; y < 20; y++) {
        canvas_paint(canvas, (struct area){0, y - 1, 80, 1}, ROLE_TEXT);
        canvas_paint(canvas, (struct area){0, y, 80, 1}, ROLE_ROW_SELECTED);
        canvas_cursor_set(canvas, 0, y);
        assert_in_range(strlen(paint()), 1, BYTES_A_KEY);
    }
    close_screen();
}

static void colours_follow_the_terminal(void **state)
{
    static const struct {
        const char *type;
        bool mono;
        enum tier tier;
        const char *sent; /* of mx.best: "green on paper bold" */
    } cases[] = {
        {"xterm-256color", false, TIER_256, "\033[38;5;36m"},
        {"xterm-256color", true, TIER_MONO, "\033[0;1m"},
        {"xterm-direct", false, TIER_DIRECT, "38:2::0:192:143"},
        {"xterm-16color", false, TIER_16, "\033[92m"},
        {"linux", false, TIER_16, "\033[32m"},
        {"vt100", false, TIER_MONO, "\033[0;1m"},
    };
    int tried = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct screen_options options = {.mono = cases[i].mono, .theme = dark};
        const char *why, *sent;

        fake_open(cases[i].type, 80, 24);
        if (screen_open(&options, &why) != STATUS_OK) {
            fake_close(); /* not every system has every terminfo entry */
            continue;
        }
        tried++;
        assert_int_equal(screen_tier(), cases[i].tier);
        canvas = canvas_new(80, 24);
        put(0, 0, ROLE_MX_BEST, "best");
        sent = paint();
        if (!strstr(sent, cases[i].sent))
            fail_msg("%s: no %s in %s", cases[i].type, cases[i].sent + 1, sent);
        if (cases[i].tier == TIER_MONO)
            assert_null(strstr(sent, "[38"));
        close_screen();
    }
    assert_true(tried >= 3);
}

static void a_theme_change_repaints(void **state)
{
    (void)state;
    open_screen("xterm-256color", (struct screen_options){0});
    put(0, 0, ROLE_OK, "fine");
    paint();
    screen_theme(light);
    assert_non_null(strstr(paint(), "fine"));
    assert_string_equal(paint(), "");
    close_screen();
}

static void ascii_sends_ascii_only(void **state)
{
    const char *sent;

    (void)state;
    open_screen("xterm-256color", (struct screen_options){.ascii = true});
    put(0, 0, ROLE_PANE_TITLE, "┌ MX ▸ ✓ 漢 ─ … ┐");
    screen_title("漢");
    screen_paint(canvas, 0, 0);
    sent = text_get(fake_output());
    assert_non_null(strstr(sent, "MX > * ?"));
    assert_non_null(strstr(sent, "\\230\\188\\162"));
    for (; *sent; sent++)
        assert_true((unsigned char)*sent < 0x80);
    close_screen();
}

static void hostile_titles_cannot_leave_the_title(void **state)
{
    const char *sent;

    (void)state;
    open_screen("xterm-256color", (struct screen_options){0});
    fake_output();
    screen_title("a\033]0;b\007c\n\xc2\x9d\xe2\x80\xae");
    sent = text_get(fake_output());
    assert_string_equal(sent, "\033]2;a\\027]0;b\\007c\\010\\194\\157\\226\\128\\174\007");
    close_screen();
}

static void resizing_keeps_up_from_1x1_to_500x200(void **state)
{
    static const int sizes[][2] = {{1, 1}, {500, 200}, {80, 24}, {2, 200}, {500, 1}, {7, 3}};

    (void)state;
    open_screen("xterm-256color", (struct screen_options){0});
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            int width, height;
            fake_resize(sizes[i][0], sizes[i][1]);
            paint(); /* a frame of the old size may still come */
            assert_true(screen_resize());
            assert_false(screen_resize());
            screen_size(&width, &height);
            assert_int_equal(width, sizes[i][0]);
            assert_int_equal(height, sizes[i][1]);
            paint();
            canvas_resize(canvas, width, height);
            put(0, 0, ROLE_FRAME, "┌ 漢字漢字 ┐");
            put(width - 1, height - 1, ROLE_TEXT, "漢");
            paint();
        }
    close_screen();
}

/* Everything the terminal was told to do is undone, and its modes are those from before. */
static void check_restored(const char *sent, const struct termios *before)
{
    static const char *const undone[] = {"\033[?2004l", "1000l", "\033[?1006", "\033[?1049l",
                                         "\033[23"};
    struct termios after;

    for (size_t i = 0; i < sizeof undone / sizeof *undone; i++)
        if (!strstr(sent, undone[i]))
            fail_msg("%s is not undone in %s", undone[i], sent);
    assert_int_equal(tcgetattr(STDIN_FILENO, &after), 0);
    assert_int_equal(after.c_lflag, before->c_lflag);
    assert_int_equal(after.c_iflag, before->c_iflag);
    assert_int_equal(after.c_oflag, before->c_oflag);
    assert_memory_equal(after.c_cc, before->c_cc, sizeof after.c_cc);
}

static void check_way_out(void (*leave)(void))
{
    struct screen_options options = {.mouse = true, .theme = dark};
    struct termios before;
    const char *why;

    fake_open("xterm-256color", 80, 24);
    assert_int_equal(tcgetattr(STDIN_FILENO, &before), 0);
    assert_int_equal(screen_open(&options, &why), STATUS_OK);
    canvas = canvas_new(80, 24);
    paint();
    leave();
    check_restored(text_get(fake_output()), &before);
    leave();
    assert_string_equal(text_get(fake_output()), "");
    close_screen();
}

static void closing_restores_the_terminal(void **state)
{
    (void)state;
    check_way_out(screen_close);
}

static void restoring_in_an_emergency_restores_the_terminal(void **state)
{
    (void)state;
    check_way_out(restore_now);
}

static void a_stop_hands_the_terminal_over_and_back(void **state)
{
    struct termios before, inside, after;

    (void)state;
    open_screen("xterm-256color", (struct screen_options){.mouse = true});
    put(0, 0, ROLE_TEXT, "here");
    paint();
    tcgetattr(STDIN_FILENO, &inside);
    screen_suspend();
    assert_non_null(strstr(text_get(fake_output()), "\033[?1049l"));
    tcgetattr(STDIN_FILENO, &before);
    assert_true(before.c_lflag & ICANON);
    screen_resume();
    assert_non_null(strstr(paint(), "here"));
    tcgetattr(STDIN_FILENO, &after);
    assert_int_equal(after.c_lflag, inside.c_lflag);
    close_screen();
}

static void being_stopped_from_outside_repaints(void **state)
{
    (void)state;
    open_screen("xterm-256color", (struct screen_options){0});
    put(0, 0, ROLE_TEXT, "here");
    paint();
    screen_resume(); /* SIGCONT, without a screen_suspend() before */
    assert_non_null(strstr(paint(), "here"));
    close_screen();
}

static void unfit_terminals_are_refused_with_a_reason(void **state)
{
    static const char *const types[] = {"", "dumb", "no-such-terminal", "../../etc/passwd"};
    struct screen_options options = {.theme = dark};

    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const char *why = NULL;
        fake_open(types[i], 80, 24);
        assert_int_equal(screen_open(&options, &why), STATUS_UNSUPPORTED);
        assert_non_null(strstr(why, "TERM"));
        assert_string_equal(text_get(fake_output()), "");
        screen_close();
        fake_close();
    }
}

static void a_closed_screen_takes_every_call(void **state)
{
    int width, height;

    (void)state;
    screen_close();
    restore_now();
    screen_redraw();
    screen_mouse(true);
    screen_title("title");
    screen_suspend();
    screen_resume();
    assert_false(screen_resize());
    screen_size(&width, &height);
    assert_int_equal(width, 80);
    assert_int_equal(height, 24);
    assert_int_equal(screen_tier(), TIER_MONO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_screen_takes_every_call),
        cmocka_unit_test(nothing_changed_sends_nothing),
        cmocka_unit_test(moving_a_selection_costs_few_bytes),
        cmocka_unit_test(colours_follow_the_terminal),
        cmocka_unit_test(a_theme_change_repaints),
        cmocka_unit_test(ascii_sends_ascii_only),
        cmocka_unit_test(hostile_titles_cannot_leave_the_title),
        cmocka_unit_test(resizing_keeps_up_from_1x1_to_500x200),
        cmocka_unit_test(closing_restores_the_terminal),
        cmocka_unit_test(restoring_in_an_emergency_restores_the_terminal),
        cmocka_unit_test(a_stop_hands_the_terminal_over_and_back),
        cmocka_unit_test(being_stopped_from_outside_repaints),
        cmocka_unit_test(unfit_terminals_are_refused_with_a_reason),
    };
    struct faults faults = {0};
    int failed;

    setlocale(LC_CTYPE, "C.UTF-8");
    theme_read("okabe-dark", NULL, &faults, &dark);
    theme_read("okabe-light", NULL, &faults, &light);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    theme_free(dark);
    theme_free(light);
    faults_clear(&faults);
    return failed;
}
