#include "app/settings/resource.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char folder[] = "/tmp/mxtrail-resource-XXXXXX";

static char *path_of(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/mxtrail/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *content, size_t times)
{
    FILE *file = fopen(path_of(name), "w");

    assert_non_null(file);
    for (size_t i = 0; i < times; i++)
        assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || mkdir(path_of(""), 0700) || mkdir(path_of("themes"), 0700))
        return -1;
    setenv("XDG_CONFIG_HOME", folder, 1);
    write_file("themes/mine.ini", "[palette]\n", 1);
    write_file("themes/mono.ini", "mine", 1);
    write_file("themes/notes.txt", "x", 1);
    write_file("themes/huge.ini", "0123456789abcdef", (1 << 16) + 1);
    return mkfifo(path_of("themes/fifo.ini"), 0600);
}

static int tear_down(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void the_users_files_come_before_the_embedded_ones(void **state)
{
    const struct resource *mine = resource_find("themes/mine.ini");
    const struct resource *mono = resource_find("themes/mono.ini");
    const struct resource *embedded = resource_find("themes/projector.ini");

    (void)state;
    assert_string_equal(mine->path, "themes/mine.ini");
    assert_string_equal(mine->file, path_of("themes/mine.ini"));
    assert_int_equal(mine->length, 10);
    assert_string_equal(mono->bytes, "mine");
    assert_string_equal(embedded->file, "themes/projector.ini");
    assert_int_equal(embedded->bytes[embedded->length], '\0');
    resource_forget();
}

static void what_is_no_regular_file_of_at_most_a_mebibyte_is_passed_over(void **state)
{
    (void)state;
    assert_null(resource_find("themes/fifo.ini"));
    assert_null(resource_find("themes/huge.ini"));
    assert_null(resource_find("themes"));
    assert_null(resource_find("themes/none.ini"));
    assert_null(resource_find(""));
    resource_forget();
}

static void a_list_has_each_path_once_and_sorted(void **state)
{
    size_t count, mono = 0, mine = 0;
    const char **paths = resource_list("themes/", ".ini", &count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || strcmp(paths[i - 1], paths[i]) < 0);
        mono += strcmp(paths[i], "themes/mono.ini") == 0;
        mine += strcmp(paths[i], "themes/mine.ini") == 0;
        assert_non_null(strstr(paths[i], ".ini"));
    }
    assert_int_equal(mono, 1);
    assert_int_equal(mine, 1);
    free(paths);
    paths = resource_list("nothing/", ".ini", &count);
    assert_int_equal(count, 0);
    free(paths);
    resource_forget();
}

static void a_found_one_stays_until_it_is_forgotten(void **state)
{
    const struct resource *before = resource_find("themes/mine.ini");

    (void)state;
    write_file("themes/mine.ini", "new", 1);
    assert_ptr_equal(resource_find("themes/mine.ini"), before);
    resource_forget();
    assert_string_equal(resource_find("themes/mine.ini")->bytes, "new");
    resource_forget();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_users_files_come_before_the_embedded_ones),
        cmocka_unit_test(what_is_no_regular_file_of_at_most_a_mebibyte_is_passed_over),
        cmocka_unit_test(a_list_has_each_path_once_and_sorted),
        cmocka_unit_test(a_found_one_stays_until_it_is_forgotten),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
