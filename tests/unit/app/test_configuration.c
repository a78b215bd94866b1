#include "app/settings/configuration.h"
#include "app/state/ui.h"
#include "unit/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/mxtrail-configuration-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *content)
{
    FILE *file = fopen(path_of("mxtrail/config"), "w");

    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_file(const char *content)
{
    char buffer[1024] = "";
    FILE *file = fopen(path_of("mxtrail/config"), "r");

    assert_non_null(file);
    assert_true(fread(buffer, 1, sizeof buffer - 1, file) > 0);
    fclose(file);
    assert_string_equal(buffer, content);
}

/* How many other files there are in its folder. */
static int files_beside(void)
{
    DIR *open_folder = opendir(path_of("mxtrail"));
    int count = 0;

    assert_non_null(open_folder);
    for (const struct dirent *entry; (entry = readdir(open_folder));)
        count += *entry->d_name != '.' && strcmp(entry->d_name, "config") != 0;
    closedir(open_folder);
    return count;
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    setenv("XDG_CONFIG_HOME", folder, 1);
    return 0;
}

static int tear_down(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

/* What is said of the file, behind its name. */
static void assert_said(const char *said, const char *rest)
{
    char whole[256];

    snprintf(whole, sizeof whole, "%s/mxtrail/config%s", folder, rest);
    assert_string_equal(said, whole);
}

static void without_a_file_everything_is_as_usual(void **state)
{
    struct configuration config = {0};
    struct faults faults = {0};

    (void)state;
    configuration_load(&config, NULL, &faults);
    assert_int_equal(faults.total, 0);
    assert_null(configuration_get(&config, "ui.theme"));
    assert_true(configuration_switch(&config, "ui.mouse", true));
    assert_false(configuration_switch(&config, "ui.mouse", false));
    configuration_clear(&config);
    configuration_clear(&config);
}

static void a_setting_is_kept_in_a_new_file(void **state)
{
    struct configuration config = {0};
    struct faults faults = {0};
    struct text why = {0};

    (void)state;
    configuration_load(&config, NULL, &faults);
    assert_int_equal(configuration_keep(&config, "ui.theme", "mono", &why), STATUS_OK);
    assert_string_equal(configuration_get(&config, "ui.theme"), "mono");
    assert_file("[ui]\ntheme = mono\n");
    configuration_clear(&config);
    assert_int_equal(files_beside(), 0);
}

static void other_lines_stay_as_they_are(void **state)
{
    struct configuration config = {0};
    struct faults faults = {0};
    struct text why = {0};

    (void)state;
    write_file("; mine\n[findings]\nignore = a b\n[ui]\n  theme = mono\nmouse = no\n\n"
               "[keys]\nquit = x");
    configuration_load(&config, NULL, &faults);
    assert_int_equal(faults.total, 0);
    assert_false(configuration_switch(&config, "ui.mouse", true));
    assert_string_equal(configuration_get(&config, "findings.ignore"), "a b");
    assert_int_equal(configuration_keep(&config, "ui.theme", "projector", &why), STATUS_OK);
    assert_file("; mine\n[findings]\nignore = a b\n[ui]\ntheme = projector\nmouse = no\n\n"
                "[keys]\nquit = x\n");
    assert_int_equal(configuration_keep(&config, "ui.raw-ttl", "yes", &why), STATUS_OK);
    assert_int_equal(configuration_keep(&config, "keys.help", "F9", &why), STATUS_OK);
    assert_file("; mine\n[findings]\nignore = a b\n[ui]\ntheme = projector\nmouse = no\n\n"
                "raw-ttl = yes\n[keys]\nquit = x\nhelp = F9\n");
    configuration_clear(&config);
}

static void unknown_settings_are_faults_and_the_rest_counts(void **state)
{
    struct configuration config = {0};
    struct faults faults = {0};

    (void)state;
    write_file("[ui]\ncolour = red\nmouse = off\ntheme = a\ntheme = b\n");
    configuration_load(&config, NULL, &faults);
    assert_int_equal(faults.total, 1);
    assert_said(faults.lines[0], ":2: no such setting: [ui] colour");
    assert_false(configuration_switch(&config, "ui.mouse", true));
    assert_string_equal(configuration_get(&config, "ui.theme"), "b");
    faults_clear(&faults);
    configuration_clear(&config);
}

static void a_malformed_line_is_a_fault_with_its_number(void **state)
{
    struct configuration config = {0};
    struct faults faults = {0};

    (void)state;
    write_file("[ui]\nmouse = no\nwhat is this\n");
    configuration_load(&config, NULL, &faults);
    assert_int_equal(faults.total, 1);
    assert_said(faults.lines[0], ":3: neither [section] nor name = value");
    assert_false(configuration_switch(&config, "ui.mouse", true));
    faults_clear(&faults);
    configuration_clear(&config);
}

static void what_is_no_regular_file_is_not_read(void **state)
{
    struct configuration config = {0};
    struct faults faults = {0};

    (void)state;
    unlink(path_of("mxtrail/config"));
    assert_int_equal(mkfifo(path_of("mxtrail/config"), 0600), 0);
    configuration_load(&config, NULL, &faults);
    assert_int_equal(faults.total, 1);
    assert_said(faults.lines[0], ": not a regular file");
    faults_clear(&faults);
    configuration_clear(&config);
    unlink(path_of("mxtrail/config"));
}

static void a_setting_that_cannot_be_kept_says_why(void **state)
{
    struct configuration config = {0};
    struct faults faults = {0};
    struct text why = {0};

    (void)state;
    assert_int_equal(mkdir(path_of("mxtrail/config"), 0700), 0);
    configuration_load(&config, NULL, &faults);
    assert_int_equal(configuration_keep(&config, "ui.theme", "mono", &why), STATUS_UNREADABLE);
    assert_non_null(strstr(text_get(&why), "mxtrail/config: "));
    assert_string_equal(configuration_get(&config, "ui.theme"), "mono"); /* for this run */
    assert_int_equal(files_beside(), 0);
    text_clear(&why);
    faults_clear(&faults);
    configuration_clear(&config);
}

static enum status keep(const char *setting, const char *value)
{
    struct configuration config = {0};
    struct faults faults = {0};
    struct text why = {0};
    enum status status;

    configuration_load(&config, NULL, &faults);
    status = configuration_keep(&config, setting, value, &why);
    assert_int_equal(why.length > 0, status != STATUS_OK);
    text_clear(&why);
    faults_clear(&faults);
    configuration_clear(&config);
    return status;
}

/* Whoever keeps the file elsewhere goes on doing so. */
static void a_link_stays_one_and_a_mode_what_it_is(void **state)
{
    static const mode_t modes[] = {0644, 0640, 0600};
    struct stat about;

    (void)state;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        FILE *file = fopen(path_of("elsewhere"), "w");
        assert_non_null(file);
        assert_true(fputs("[ui]\nmouse = no\n", file) >= 0);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(chmod(path_of("elsewhere"), modes[i]), 0);
        assert_int_equal(symlink("../elsewhere", path_of("mxtrail/config")), 0);
        assert_int_equal(keep("ui.theme", "mono"), STATUS_OK);
        assert_file("[ui]\nmouse = no\ntheme = mono\n");
        assert_int_equal(lstat(path_of("mxtrail/config"), &about), 0);
        assert_true(S_ISLNK(about.st_mode));
        assert_int_equal(lstat(path_of("elsewhere"), &about), 0);
        assert_int_equal(about.st_mode & 07777, modes[i]);
        assert_int_equal(files_beside(), 0);
        unlink(path_of("mxtrail/config"));
    }
    unlink(path_of("elsewhere"));
    assert_int_equal(symlink("../elsewhere", path_of("mxtrail/config")), 0);
    assert_int_equal(keep("ui.theme", "mono"), STATUS_UNREADABLE); /* a link to nothing */
    assert_int_not_equal(access(path_of("elsewhere"), F_OK), 0);
    unlink(path_of("mxtrail/config"));
}

static void what_cannot_be_read_is_not_written_over(void **state)
{
    struct stat before, after;

    (void)state;
    assert_int_equal(mkfifo(path_of("mxtrail/config"), 0600), 0);
    assert_int_equal(keep("ui.theme", "mono"), STATUS_UNREADABLE);
    assert_int_equal(stat(path_of("mxtrail/config"), &after), 0);
    assert_true(S_ISFIFO(after.st_mode));
    unlink(path_of("mxtrail/config"));
    if (geteuid() == 0) /* reads and writes everything */
        return;
    for (int mode = 0; mode <= 0400; mode += 0200) {
        write_file("[ui]\nmouse = no\n");
        assert_int_equal(chmod(path_of("mxtrail/config"), (mode_t)mode), 0);
        assert_int_equal(stat(path_of("mxtrail/config"), &before), 0);
        assert_int_equal(keep("ui.theme", "mono"), STATUS_UNREADABLE);
        assert_int_equal(stat(path_of("mxtrail/config"), &after), 0);
        assert_true(before.st_ino == after.st_ino && before.st_size == after.st_size);
        unlink(path_of("mxtrail/config"));
    }
}

static void values_that_cannot_be_are_faults_with_their_line(void **state)
{
    static const char *const wanted[] = {":2: mouse = maybe: must be yes or no",
                                         ":3: panes = 1 2 3 4 5 5: must be the numbers 1 to 6",
                                         ":5: nonsense = x: no such command",
                                         ":6: zoom = NoSuchKey: no such command, or no such key"};
    struct configuration config = {0};
    struct faults faults = {0};
    struct ui_settings settings = {0};
    struct ui *ui = ui_new(&settings);

    (void)state;
    write_file("[ui]\nmouse = maybe\npanes = 1 2 3 4 5 5\n[keys]\nnonsense = x\n"
               "zoom = NoSuchKey\nhelp = F9\n");
    configuration_load(&config, NULL, &faults);
    ui_bind_keys(ui, &config, &faults);
    assert_int_equal(faults.kept, 4);
    for (size_t i = 0; i < faults.kept; i++)
        if (!strstr(faults.lines[i], wanted[i]))
            fail_msg("%s", faults.lines[i]);
    assert_true(configuration_switch(&config, "ui.mouse", true));
    assert_null(configuration_get(&config, "ui.panes"));
    assert_int_equal(configuration_line(&config, "keys.help"), 7);
    faults_clear(&faults);
    configuration_clear(&config);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_everything_is_as_usual),
        cmocka_unit_test(a_setting_is_kept_in_a_new_file),
        cmocka_unit_test(other_lines_stay_as_they_are),
        cmocka_unit_test(unknown_settings_are_faults_and_the_rest_counts),
        cmocka_unit_test(a_malformed_line_is_a_fault_with_its_number),
        cmocka_unit_test(values_that_cannot_be_are_faults_with_their_line),
        cmocka_unit_test(what_is_no_regular_file_is_not_read),
        cmocka_unit_test(a_link_stays_one_and_a_mode_what_it_is),
        cmocka_unit_test(what_cannot_be_read_is_not_written_over),
        cmocka_unit_test(a_setting_that_cannot_be_kept_says_why),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
