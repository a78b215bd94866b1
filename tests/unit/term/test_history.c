#include "term/line/history.h"
#include "unit/check.h"

#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[1024];
static struct history *history;

static const char *path_of(const char *name)
{
    static char path[2048];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int open_folder(void **state)
{
    const char *temporary = getenv("TMPDIR");

    (void)state;
    snprintf(folder, sizeof folder, "%.900s/history-XXXXXX", temporary ? temporary : "/tmp");
    history = history_new();
    return mkdtemp(folder) ? 0 : -1;
}

static bool run(const char *command, const char *argument)
{
    char line[8192];

    snprintf(line, sizeof line, "%s '%s' 2>/dev/null", command, argument);
    return system(line) == 0;
}

static int close_folder(void **state)
{
    (void)state;
    history_free(history);
    return run("chmod -R u+rwx", folder) && run("rm -rf", folder) ? 0 : -1;
}

static void write_file(const char *name, const char *bytes, size_t length)
{
    FILE *file = fopen(path_of(name), "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path_of(name), 0600), 0);
}

static enum status load(const char *name)
{
    const char *why = NULL;
    enum status status = history_load(history, path_of(name), &why);

    if (status == STATUS_UNREADABLE)
        assert_non_null(strstr(why, "history"));
    return status;
}

static void the_newest_comes_first_and_equal_ones_once(void **state)
{
    (void)state;
    history_add(history, "a");
    history_add(history, "b");
    history_add(history, "a");
    history_add(history, "c");
    assert_int_equal(history_count(history), 3);
    assert_string_equal(history_line(history, 0), "c");
    assert_string_equal(history_line(history, 1), "a");
    assert_string_equal(history_line(history, 2), "b");
}

static void lines_that_could_harm_are_left_out(void **state)
{
    static const char *const lines[] = {"",      "a\033[2J", "a\nb", "\xff", "\xe2\x80\xae",
                                        "a\x7f", "\xc2\x9b"};
    char longest[HISTORY_LINE_BYTES + 2];

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        history_add(history, lines[i]);
    memset(longest, 'a', sizeof longest);
    longest[HISTORY_LINE_BYTES + 1] = '\0';
    history_add(history, longest);
    assert_int_equal(history_count(history), 0);
    longest[HISTORY_LINE_BYTES] = '\0';
    history_add(history, longest);
    history_add(history, "bücher.example");
    assert_int_equal(history_count(history), 2);
}

static void the_oldest_give_way(void **state)
{
    char line[32];

    (void)state;
    for (int i = 0; i < HISTORY_LINES + 10; i++) {
        snprintf(line, sizeof line, "%d", i);
        history_add(history, line);
    }
    assert_int_equal(history_count(history), HISTORY_LINES);
    assert_string_equal(history_line(history, HISTORY_LINES - 1), "10");
}

static void what_is_saved_is_loaded(void **state)
{
    const char *why;
    struct stat found;

    (void)state;
    assert_int_equal(history_keep(path_of("new/folders/history"), "one", &why), STATUS_OK);
    assert_int_equal(history_keep(path_of("new/folders/history"), "zwei drei", &why), STATUS_OK);
    assert_int_equal(load("new/folders/history"), STATUS_OK);
    assert_int_equal(history_count(history), 2);
    assert_string_equal(history_line(history, 0), "zwei drei");
    assert_int_equal(stat(path_of("new/folders/history"), &found), 0);
    assert_int_equal(found.st_mode & 07777, 0600);
    assert_int_equal(stat(path_of("new/folders"), &found), 0);
    assert_int_equal(found.st_mode & 07777, 0700);
}

static void a_file_that_is_not_there_is_no_fault(void **state)
{
    (void)state;
    assert_int_equal(load("none"), STATUS_NOT_FOUND);
    assert_int_equal(load("none/none"), STATUS_NOT_FOUND);
}

static void a_link_is_not_followed(void **state)
{
    const char *why;
    struct stat found;
    char target[2048];

    (void)state;
    write_file("target", "kept\n", 5);
    strcpy(target, path_of("target"));
    assert_int_equal(symlink(target, path_of("link")), 0);
    assert_int_equal(load("link"), STATUS_UNREADABLE);
    assert_int_equal(history_count(history), 0);
    assert_int_equal(history_keep(path_of("link"), "new", &why), STATUS_UNREADABLE);
    assert_string_equal(why, "the history is a symbolic link");
    assert_int_equal(lstat(path_of("link"), &found), 0);
    assert_true(S_ISLNK(found.st_mode));
    assert_int_equal(load("target"), STATUS_OK);
    assert_int_equal(history_count(history), 1);
    assert_string_equal(history_line(history, 0), "kept");
}

/* What one program keeps is there for another that was started before. */
static void programs_at_the_same_time_keep_all_their_lines(void **state)
{
    enum { PROGRAMS = 4, LINES = 25 };
    pid_t children[PROGRAMS];
    char line[64];

    (void)state;
    for (int program = 0; program < PROGRAMS; program++) {
        assert_true((children[program] = fork()) >= 0);
        for (int i = 0; children[program] == 0 && i < LINES; i++) {
            const char *why;
            snprintf(line, sizeof line, "%d.%d", program, i);
            if (history_keep(path_of("history"), line, &why))
                _exit(1);
        }
        if (children[program] == 0)
            _exit(0);
    }
    for (int program = 0; program < PROGRAMS; program++) {
        int status;
        assert_int_equal(waitpid(children[program], &status, 0), children[program]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(load("history"), STATUS_OK);
    assert_int_equal(history_count(history), PROGRAMS * LINES);
}

/* The file is left as it is, whatever is wrong with it. */
static void what_cannot_be_read_is_not_replaced(void **state)
{
    static const char *const names[] = {"pipe", "folder", "shared", "large"};
    char *bytes = calloc(1, HISTORY_BYTES + 1);
    const char *why;
    struct stat before, after;

    (void)state;
    assert_non_null(bytes);
    assert_int_equal(mkfifo(path_of("pipe"), 0600), 0);
    assert_int_equal(mkdir(path_of("folder"), 0700), 0);
    write_file("shared", "a\n", 2);
    assert_int_equal(chmod(path_of("shared"), 0666), 0);
    write_file("large", bytes, HISTORY_BYTES + 1);
    free(bytes);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(stat(path_of(names[i]), &before), 0);
        assert_int_equal(history_keep(path_of(names[i]), "new", &why), STATUS_UNREADABLE);
        assert_int_equal(stat(path_of(names[i]), &after), 0);
        assert_true(before.st_ino == after.st_ino && before.st_size == after.st_size);
    }
}

static void what_is_no_plain_file_of_ours_is_refused(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(path_of("pipe"), 0600), 0);
    assert_int_equal(load("pipe"), STATUS_UNREADABLE); /* and at once */
    assert_int_equal(mkdir(path_of("folder"), 0700), 0);
    assert_int_equal(load("folder"), STATUS_UNREADABLE);
    write_file("shared", "a\n", 2);
    assert_int_equal(chmod(path_of("shared"), 0666), 0);
    assert_int_equal(load("shared"), STATUS_UNREADABLE);
    write_file("foreign", "a\n", 2);
    if (chown(path_of("foreign"), 12345, 12345) == 0) /* root may */
        assert_int_equal(load("foreign"), STATUS_UNREADABLE);
    assert_int_equal(history_count(history), 0);
}

static void a_file_too_large_is_refused(void **state)
{
    char *bytes = calloc(1, HISTORY_BYTES + 1);

    (void)state;
    assert_non_null(bytes);
    write_file("large", bytes, HISTORY_BYTES + 1);
    assert_int_equal(load("large"), STATUS_UNREADABLE);
    write_file("full", bytes, HISTORY_BYTES);
    assert_int_equal(load("full"), STATUS_OK);
    free(bytes);
    assert_int_equal(history_count(history), 0);
}

static void each_line_of_a_file_is_judged(void **state)
{
    static const char bytes[] =
        "good\n\nb\0d\n\033[2J\n\xff\xfe\nb\303\274cher.example\r\nfine\nlast";

    (void)state;
    write_file("mixed", bytes, sizeof bytes - 1);
    assert_int_equal(load("mixed"), STATUS_OK);
    assert_int_equal(history_count(history), 3);
    assert_string_equal(history_line(history, 0), "last");
    assert_string_equal(history_line(history, 1), "fine");
    assert_string_equal(history_line(history, 2), "good");
}

/* A limit on the size of files stands for a disk that is full. */
static void a_failed_save_leaves_the_old_file(void **state)
{
    struct rlimit before, small = {.rlim_cur = 4, .rlim_max = RLIM_INFINITY};
    const char *why = NULL;
    enum status status;

    (void)state;
    write_file("history", "old\n", 4);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    status = history_keep(path_of("history"), "a line that is longer", &why);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, STATUS_UNREADABLE);
    assert_non_null(strstr(why, "not saved"));
    assert_int_equal(load("history"), STATUS_OK);
    assert_string_equal(history_line(history, 0), "old");
}

/* Runs a program on a file system of one page that nobody else sees; its argument is the folder. */
static bool on_small_disk(const char *program)
{
    static const char *const apart[] = {"-m",
                                        "-rm"}; /* as root, and as root of a world of its own */
    char line[4096];

    if (mkdir(path_of("disk"), 0700) < 0)
        return false;
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) {
        snprintf(
            line, sizeof line,
            "unshare %s sh -c 'mount -t tmpfs -o size=4k none \"$1\" 2>/dev/null && exec \"$0\" "
            "\"$1\"' '%s'",
            apart[i], program);
        if (run(line, path_of("disk")))
            return true;
    }
    return false;
}

static bool has_small_disk(void)
{
    bool has = open_folder(NULL) == 0 && on_small_disk("true");

    close_folder(NULL);
    return has;
}

/* What this program does there. */
static int save_too_much(const char *disk)
{
    static const char expected[] = "the history is not saved: no space left on the disk";
    char line[64], path[2048];
    const char *why = "";
    bool named = true;

    snprintf(path, sizeof path, "%s/history", disk);
    for (int i = 0; i < 900 && named; i++) {
        snprintf(line, sizeof line, "a-name-that-takes-some-room-%d.example.com", i);
        named = history_keep(path, line, &why) == STATUS_OK;
    }
    named = !named && strcmp(why, expected) == 0;
    return named ? 0 : 1;
}

static const char *this_program;

static void a_full_disk_is_named(void **state)
{
    (void)state;
    assert_true(on_small_disk(this_program));
}

static void a_folder_that_may_not_be_written_is_named(void **state)
{
    const char *why = NULL;
    enum status status;

    (void)state;
    assert_int_equal(chmod(folder, 0500), 0);
    status = history_keep(path_of("history"), "a", &why);
    assert_int_equal(status, STATUS_UNREADABLE);
    assert_string_equal(why, "the history is not saved: its folder may not be written");
}

static void the_path_follows_the_environment(void **state)
{
    static const struct {
        const char *state_home, *home, *path;
    } cases[] = {
        {"/s", "/h", "/s/mxtrail/history"},
        {"", "/h", "/h/.local/state/mxtrail/history"},
        {"relative", "/h", "/h/.local/state/mxtrail/history"},
        {NULL, "/h", "/h/.local/state/mxtrail/history"},
        {NULL, "h", NULL},
        {NULL, NULL, NULL},
    };
    const char *home = getenv("HOME");
    char *home_before = home ? strdup(home) : NULL;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path;
        if (cases[i].state_home)
            setenv("XDG_STATE_HOME", cases[i].state_home, 1);
        else
            unsetenv("XDG_STATE_HOME");
        if (cases[i].home)
            setenv("HOME", cases[i].home, 1);
        else
            unsetenv("HOME");
        path = history_path();
        if (cases[i].path)
            assert_string_equal(path, cases[i].path);
        else
            assert_null(path);
        free(path);
    }
    if (home_before)
        setenv("HOME", home_before, 1);
    free(home_before);
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

int main(int argc, char **argv)
{
    struct CMUnitTest tests[16] = {
        in_folder(the_newest_comes_first_and_equal_ones_once),
        in_folder(lines_that_could_harm_are_left_out),
        in_folder(the_oldest_give_way),
        in_folder(what_is_saved_is_loaded),
        in_folder(a_file_that_is_not_there_is_no_fault),
        in_folder(a_link_is_not_followed),
        in_folder(what_is_no_plain_file_of_ours_is_refused),
        in_folder(a_file_too_large_is_refused),
        in_folder(each_line_of_a_file_is_judged),
        in_folder(a_failed_save_leaves_the_old_file),
        in_folder(programs_at_the_same_time_keep_all_their_lines),
        in_folder(what_cannot_be_read_is_not_replaced),
        cmocka_unit_test(the_path_follows_the_environment),
    };
    size_t count = 13;

    if (argc > 1)
        return save_too_much(argv[1]);
    this_program = argv[0];
    setlocale(LC_CTYPE, "C.UTF-8");
    if (has_small_disk())
        tests[count++] = (struct CMUnitTest)in_folder(a_full_disk_is_named);
    else
        print_message("# left out: no file system can be made here to be full\n");
    if (geteuid() != 0)
        tests[count++] = (struct CMUnitTest)in_folder(a_folder_that_may_not_be_written_is_named);
    else
        print_message("# left out: root may write into any folder\n");
    return _cmocka_run_group_tests("history", tests, count, NULL, NULL);
}
