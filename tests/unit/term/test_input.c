#include "term/input.h"

#include "fake_terminal.h"
#include "term/screen.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct theme *theme;

static int open_terminal(const char *type)
{
    struct screen_options options = {.mouse = true, .theme = theme};
    const char *why;

    fake_open(type, 300, 50);
    if (screen_open(&options, &why) != STATUS_OK)
        return -1;
    input_open();
    return 0;
}

static int open_xterm(void **state)
{
    (void)state;
    return open_terminal("xterm-256color");
}

static int close_terminal(void **state)
{
    (void)state;
    screen_close();
    fake_close();
    return 0;
}

/* All events that bytes make, one after the other in one line. */
static const char *events_of(const char *bytes, size_t length)
{
    static char line[4096];
    struct event event;
    int used = 0;

    line[0] = '\0';
    fake_type(bytes, length);
    while (input_next(&event)) {
        int room = (int)sizeof line - used;
        if (event.kind == EVENT_KEY && event.key > ' ' && event.key < 0x7f)
            used += snprintf(line + used, (size_t)room, "%c ", (char)event.key);
        else if (event.kind == EVENT_KEY)
            used += snprintf(line + used, (size_t)room, "%x ", (unsigned)event.key);
        else if (event.kind == EVENT_PASTE)
            used += snprintf(line + used, (size_t)room, "paste(%s)%s ", event.text,
                             event.cut ? "..." : "");
        else if (event.kind == EVENT_MOUSE)
            used += snprintf(line + used, (size_t)room, "mouse%d(%d,%d) ", (int)event.mouse,
                             event.x, event.y);
        else if (event.kind == EVENT_BACKGROUND)
            used += snprintf(line + used, (size_t)room, "%s ", event.text);
        else
            used += snprintf(line + used, (size_t)room, "event%d ", (int)event.kind);
        assert_in_range(used, 0, sizeof line - 1);
        if (event.kind == EVENT_HANGUP)
            break;
    }
    return line;
}

static void check(const char *bytes, const char *expected)
{
    assert_string_equal(events_of(bytes, strlen(bytes)), expected);
}

/* No byte of an answer is a key, whether it comes whole, in pieces, late or broken. */
static void the_ground_is_no_key(void **state)
{
    (void)state;
    check("\033]", "20005d "); /* nothing was asked: Alt-] */
    input_await_answer(true);
    check("\033]", "20005d ");
    check("\033]11;rgb:ffff/ffff/ffff\033\\a", "light a ");
    check("\033]11;", "20005d 1 1 ; "); /* there is one answer */
    input_await_answer(true);
    check("\033]11;rgb:0000/1111/22\007b", "dark b ");
    input_await_answer(true);
    check("\033]11;rgba:f/f/f/f\007", "light ");
    input_await_answer(true);
    check("\033]11;rgb:ff", "");
    check("ff/ffff/", "");
    check("ffff\033", "");
    check("\\c", "light c ");
    input_await_answer(true);
    check("\033]4;1;rgb:ffff/ffff/ffff\007d", "d ");
    check("\033]11;rgb:xyz/q/1\007e", "e ");
    check("\033]11;rgb:111111111111111111111111111111111111111111111111/2/3\007f", "f ");
    check("\033]11;rgb:ff", "");
    assert_in_range(input_pending_ms(), 1, 500);
    while (input_pending_ms() > 0)
        ;
    check("", "");
    check("g\033[A", "g 110000 ");
}

static void characters_are_keys(void **state)
{
    (void)state;
    check("aZ/", "a Z / ");
    check("\r", "d ");
    check("\n", "d ");
    check("\t", "9 ");
    check("\x03\x1a\x12", "3 1a 12 ");
    check("\177", "11000a ");
    check("\b", "11000a ");
    check("é漢😀", "e9 6f22 1f600 ");
}

static void terminfo_and_common_sequences_are_keys(void **state)
{
    (void)state;
    check("\033OA\033OB\033OC\033OD", "110000 110001 110003 110002 ");
    check("\033[A\033[B\033[C\033[D", "110000 110001 110003 110002 ");
    check("\033OH\033OF\033[H\033[F\033[1~\033[4~", "110004 110005 110004 110005 110004 110005 ");
    check("\033[5~\033[6~\033[2~\033[3~\033[Z", "110006 110007 110008 110009 11000b ");
    check("\033OP\033[15~\033[24~", "11000c 110010 110017 ");
}

static void escape_stands_alone_or_for_alt(void **state)
{
    (void)state;
    check("\033", "1b ");
    check("\033a", "200061 ");
    check("\033\303\251", "2000e9 ");
    check("\033\177", "31000a ");
    check("\033\033", "1b 1b ");
    check("\033\033[A", "310000 ");
    check("\033[1;3A\033[1;3B\033[1;3C\033[1;3D", "310000 310001 310003 310002 ");
    check("\033[1;5C\033[1;5D\033[1;5H\033[1;3F", "310003 310002 310004 310005 ");
    check("\033[", "20005b ");
    check("\033O", "20004f ");
}

static void unknown_sequences_leave_nothing_behind(void **state)
{
    (void)state;
    check("\033[27;5;13~x", "x ");
    check("\033[?62;c\033[I\033[Oy", "y ");
    check("\033OXz", "z ");
    check("\033[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20Mq", "q ");
    check("\033[<1;1Mq", "q ");
}

static void invalid_utf8_never_passes(void **state)
{
    (void)state;
    check("\xff"
          "a\xc3(\xe2\x82"
          "b\x80"
          "c",
          "a ( b c ");
    check("\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80z", "z ");
    check("\xc2\x85\xe2\x80\xaez", "z "); /* C1 and a bidi control are valid, and unwanted */
    fake_type("\xe6\xbc", 2);             /* cut in two by the line */
    check("", "");
    check("\xa2", "6f22 ");
}

static void mouse_is_reported_in_any_form(void **state)
{
    (void)state;
    check("\033[<0;5;6M\033[<0;5;6m", "mouse0(4,5) ");
    check("\033[<0;5;6M\033[<0;5;6m", "mouse1(4,5) ");
    check("\033[<0;5;6M\033[<0;5;6m", "mouse0(4,5) ");
    check("\033[<64;280;40M\033[<65;1;1M", "mouse2(279,39) mouse3(0,0) ");
    check("\033[<2;5;6M\033[<2;5;6mx", "x ");
}

static void mouse_in_tmux_knows_wide_windows(void **state)
{
    (void)state;
    check("\033[<0;280;6M\033[<0;280;6mx", "mouse0(279,5) x ");
    check("\033[M !!\033[M#!!", "mouse0(0,0) ");
    check("\033[<0;0;1M\033[<0;1Mq", "q ");
}

static void a_paste_is_its_first_line(void **state)
{
    (void)state;
    check("\033[200~example.com\033[201~x", "paste(example.com) x ");
    check("\033[200~example.com\r\n\r\033[201~", "paste(example.com) ");
    check("\033[200~\r\n \r\n  one\ttwo\x01\033[A\rthree\r\033[201~", "paste(  one two)... ");
    check("\033[200~\033[201~", "paste() ");
    check("\033[200~a\033[201~\033[Bx\033[200~b\033[201~y", "paste(a) 110001 x paste(b) y ");
    check("\033[200~a\033[2\033[38;2;255;255;255mb\033Oc\033d\033[201~", "paste(abd) ");
    check("\033[200~caf\303\251\xff\xe2\x80\xae\033[201~", "paste(café) ");
    check("\033[201~x", "x ");
}

static void a_huge_paste_is_bounded(void **state)
{
    static char chunk[4000];
    struct event event;
    int turns = 0;

    (void)state;
    memset(chunk, 'a', sizeof chunk);
    fake_type("\033[200~", 6);
    for (int i = 0; i < 250; i++) {
        fake_type(chunk, sizeof chunk);
        while (input_next(&event))
            fail();
    }
    fake_type("\033[201~", 6);
    while (!input_next(&event))
        assert_true(++turns < 3);
    assert_int_equal(event.kind, EVENT_PASTE);
    assert_int_equal(strlen(event.text), 1023);
    check("x", "x ");
}

static void an_endless_paste_ends_with_silence(void **state)
{
    struct event event;
    int patience;

    (void)state;
    fake_type("\033[200~abc", 9);
    assert_false(input_next(&event));
    patience = input_pending_ms();
    assert_in_range(patience, 1, 1000);
    while (!input_next(&event))
        assert_in_range(input_pending_ms(), 0, 1000);
    assert_int_equal(event.kind, EVENT_PASTE);
    assert_string_equal(event.text, "abc");
    assert_int_equal(input_pending_ms(), -1);
}

static void random_bytes_give_only_sound_events(void **state)
{
    uint32_t seed = 99;

    (void)state;
    for (int round = 0; round < 300; round++) {
        char bytes[256];
        struct event event;
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (char)(seed >> 24);
            if ((seed >> 10 & 7) == 0)
                bytes[i] = "\033[<;0M~O"[seed >> 14 & 7];
        }
        fake_type(bytes, sizeof bytes);
        while (input_next(&event)) {
            uint32_t key = event.key & ~(uint32_t)KEY_ALT;
            assert_true(event.kind == EVENT_KEY || event.kind == EVENT_MOUSE ||
                        event.kind == EVENT_PASTE);
            if (event.kind == EVENT_KEY)
                assert_true(key > 0 && key < KEY_CODE_LAST && (key < 0x7f || key >= 0xa0));
        }
        fake_output();
    }
}

static void a_terminal_that_is_gone_says_so(void **state)
{
    struct event event;

    (void)state;
    assert_false(input_next(&event));
    fake_hang_up();
    assert_true(input_next(&event));
    assert_int_equal(event.kind, EVENT_HANGUP);
}

static void nothing_comes_from_a_closed_screen(void **state)
{
    struct event event;

    (void)state;
    screen_close();
    assert_false(input_next(&event));
    assert_int_equal(screen_fd(), -1);
}

static int open_tmux(void **state)
{
    (void)state;
    return open_terminal("tmux-256color");
}

#define in_xterm(test) cmocka_unit_test_setup_teardown(test, open_xterm, close_terminal)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_xterm(the_ground_is_no_key),
        in_xterm(characters_are_keys),
        in_xterm(terminfo_and_common_sequences_are_keys),
        in_xterm(escape_stands_alone_or_for_alt),
        in_xterm(unknown_sequences_leave_nothing_behind),
        in_xterm(invalid_utf8_never_passes),
        in_xterm(mouse_is_reported_in_any_form),
        cmocka_unit_test_setup_teardown(mouse_in_tmux_knows_wide_windows, open_tmux,
                                        close_terminal),
        in_xterm(a_paste_is_its_first_line),
        in_xterm(a_huge_paste_is_bounded),
        in_xterm(an_endless_paste_ends_with_silence),
        in_xterm(random_bytes_give_only_sound_events),
        in_xterm(a_terminal_that_is_gone_says_so),
        in_xterm(nothing_comes_from_a_closed_screen),
    };
    struct faults faults = {0};
    int failed;

    setlocale(LC_CTYPE, "C.UTF-8");
    unsetenv("ESCDELAY");
    theme_read("okabe-dark", NULL, &faults, &theme);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    theme_free(theme);
    faults_clear(&faults);
    return failed;
}
