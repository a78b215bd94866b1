#include "base/embedded.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void paths_are_sorted_and_end_with_null(void **state)
{
    (void)state;
    for (size_t i = 1; i < embedded_count; i++)
        assert_true(strcmp(embedded_files[i - 1].path, embedded_files[i].path) < 0);
    assert_null(embedded_files[embedded_count].path);
}

static void every_file_is_found_by_its_path(void **state)
{
    (void)state;
    assert_true(embedded_count > 0);
    for (size_t i = 0; i < embedded_count; i++)
        assert_ptr_equal(embedded_find(embedded_files[i].path), &embedded_files[i]);
}

static void other_paths_are_not_found(void **state)
{
    static const char *const paths[] = {"",    "themes",        "themes/", "themes/none.ini",
                                        "zzz", "help/../README"};

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        assert_null(embedded_find(paths[i]));
}

static void a_folder_is_walked_whole(void **state)
{
    size_t expected = 0;
    size_t walked = 0;

    (void)state;
    for (size_t i = 0; i < embedded_count; i++)
        expected += strncmp(embedded_files[i].path, "help/", 5) == 0;
    for (const struct embedded *file = NULL; (file = embedded_next("help/", file)); walked++)
        assert_memory_equal(file->path, "help/", 5);
    assert_int_equal(walked, expected);
    assert_null(embedded_next("none/", NULL));
    assert_null(embedded_next("zzz/", NULL));
}

/* Where a file of that path is in the source tree: a README is embedded as a page. */
static void source_path(const char *srcdir, const char *embedded, char *path, size_t size)
{
    const char *readme = strstr(embedded, "README.txt");

    if (readme && readme == embedded + strlen("help/"))
        snprintf(path, size, "%s/README", srcdir);
    else
        snprintf(path, size, "%s/%.*s", srcdir, (int)(strlen(embedded) - (readme ? 4 : 0)),
                 embedded);
}

/* The bytes are those of the source tree ($srcdir), and one NUL stands behind them. */
static void bytes_are_those_of_the_source_file(void **state)
{
    const char *srcdir = getenv("srcdir");

    (void)state;
    srcdir = srcdir ? srcdir : ".";
    for (size_t i = 0; i < embedded_count; i++) {
        const struct embedded *file = &embedded_files[i];
        char path[4096];
        unsigned char *bytes = malloc(file->length + 1);
        FILE *stream;

        assert_non_null(bytes);
        source_path(srcdir, file->path, path, sizeof path);
        stream = fopen(path, "rb");
        assert_non_null(stream);
        assert_int_equal(fread(bytes, 1, file->length + 1, stream), file->length);
        assert_memory_equal(bytes, file->bytes, file->length);
        assert_int_equal(file->bytes[file->length], 0);
        fclose(stream);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_are_sorted_and_end_with_null),
        cmocka_unit_test(every_file_is_found_by_its_path),
        cmocka_unit_test(other_paths_are_not_found),
        cmocka_unit_test(a_folder_is_walked_whole),
        cmocka_unit_test(bytes_are_those_of_the_source_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
