#include "term/clipboard.h"

#include "fake_terminal.h"
#include "term/screen.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static struct theme *theme;
static char folder[1024];

static void open_screen(const char *type)
{
    struct screen_options options = {.theme = theme};
    const char *why;

    fake_open(type, 80, 24);
    assert_int_equal(screen_open(&options, &why), STATUS_OK);
    fake_output();
}

static void close_screen(void)
{
    screen_close();
    fake_close();
}

static void check_copy(const char *copied, enum status status, const char *sentence)
{
    struct text said = {0};

    assert_int_equal(clipboard_copy(copied, &said), status);
    assert_string_equal(text_get(&said), sentence);
    text_clear(&said);
}

static void the_terminal_is_told_by_osc_52(void **state)
{
    static const struct {
        const char *copied, *sent, *said;
    } cases[] = {
        {"mx1.example.com", "\033]52;c;bXgxLmV4YW1wbGUuY29t\007",
         "copied to the terminal's clipboard: mx1.example.com"},
        {"ab", "\033]52;c;YWI=\007", "copied to the terminal's clipboard: ab"},
        {"a", "\033]52;c;YQ==\007", "copied to the terminal's clipboard: a"},
        {"", "\033]52;c;\007", "copied to the terminal's clipboard: "},
        {"\377\033[2J", "\033]52;c;/xtbMko=\007",
         "copied to the terminal's clipboard: \\255\\027[2J"},
        {"0123456789012345678901234567890123456789x",
         "\033]52;c;MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OXg=\007",
         "copied to the terminal's clipboard: 0123456789012345678901234567890123456789…"},
    };

    (void)state;
    unsetenv("TMUX");
    open_screen("xterm-256color");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_copy(cases[i].copied, STATUS_OK, cases[i].said);
        assert_string_equal(text_get(fake_output()), cases[i].sent);
    }
    close_screen();
}

static void a_terminal_without_a_clipboard_is_left_alone(void **state)
{
    (void)state;
    unsetenv("TMUX");
    check_copy("a", STATUS_UNSUPPORTED, "not copied, this terminal has no way to (Ms): a");
    open_screen("linux");
    check_copy("a", STATUS_UNSUPPORTED, "not copied, this terminal has no way to (Ms): a");
    assert_string_equal(text_get(fake_output()), "");
    close_screen();
}

static void too_much_is_refused(void **state)
{
    char *much = malloc(50000);

    (void)state;
    assert_non_null(much);
    memset(much, 'a', 49999);
    much[49999] = '\0';
    check_copy(much, STATUS_RANGE, "not copied: longer than 48 KiB");
    free(much);
}

/* A program called tmux, found first. */
static void set_tmux(const char *script)
{
    const char *temporary = getenv("TMPDIR");
    char path[2048];
    FILE *file;

    if (!*folder) {
        snprintf(folder, sizeof folder, "%.900s/tmux-XXXXXX", temporary ? temporary : "/tmp");
        assert_non_null(mkdtemp(folder));
    }
    snprintf(path, sizeof path, "%s/tmux", folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", script);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0700), 0);
    snprintf(path, sizeof path, "%s:/usr/bin:/bin", folder);
    setenv("PATH", path, 1);
    setenv("TMUX", "/nowhere,1,0", 1);
}

static void tmux_is_given_the_text(void **state)
{
    char path[2048], got[64] = "";
    FILE *file;

    (void)state;
    set_tmux("echo \"$@\" >\"${0%/*}/copied\"; cat >>\"${0%/*}/copied\"");
    check_copy("mx1.example.com", STATUS_OK, "copied to tmux: mx1.example.com");
    snprintf(path, sizeof path, "%s/copied", folder);
    file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(got, 1, sizeof got - 1, file),
                     strlen("load-buffer -w -\nmx1.example.com"));
    fclose(file);
    assert_string_equal(got, "load-buffer -w -\nmx1.example.com");
}

static void a_tmux_that_fails_is_told(void **state)
{
    char *much = malloc(48001);

    (void)state;
    set_tmux("exit 1");
    check_copy("a", STATUS_UNREADABLE, "not copied, tmux did not take it: a");
    assert_non_null(much);
    memset(much, 'a', 48000);
    much[48000] = '\0';
    check_copy(much, STATUS_UNREADABLE,
               "not copied, tmux did not take it: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…");
    free(much);
    setenv("PATH", "/nonexistent", 1);
    check_copy("a", STATUS_UNREADABLE, "not copied, tmux did not take it: a");
}

static void a_tmux_that_hangs_is_not_waited_for(void **state)
{
    time_t start = time(NULL);

    (void)state;
    set_tmux("exec sleep 100");
    check_copy("a", STATUS_UNREADABLE, "not copied, tmux did not take it: a");
    assert_true(time(NULL) - start < 10);
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"/tmux", "/copied", ""};
    char path[2048];

    (void)state;
    for (size_t i = 0; *folder && i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", folder, names[i]);
        remove(path);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_terminal_is_told_by_osc_52),
        cmocka_unit_test(a_terminal_without_a_clipboard_is_left_alone),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(tmux_is_given_the_text),
        cmocka_unit_test(a_tmux_that_fails_is_told),
        cmocka_unit_test(a_tmux_that_hangs_is_not_waited_for),
    };
    struct faults faults = {0};
    int failed;

    setlocale(LC_CTYPE, "C.UTF-8");
    theme_read("mono", NULL, &faults, &theme);
    failed = cmocka_run_group_tests(tests, NULL, remove_folder);
    theme_free(theme);
    faults_clear(&faults);
    return failed;
}
