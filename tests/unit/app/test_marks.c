/* What was done of the lessons, as lines of a file that may hold anything. */
#include "app/settings/marks.h"
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

static void printed_is(const struct lesson_marks *marks, const char *expected)
{
    struct text out = {0};

    for (size_t i = 0; i < marks->count; i++) {
        marks_print(&marks->list[i], &out);
        text_add_char(&out, '\n');
    }
    assert_string_equal(text_get(&out), expected);
    text_clear(&out);
}

static void lines_come_back_as_they_are(void **state)
{
    static const char lines[] = "first-choice xxx--- +-o. 4 5f0c21aa\n"
                                "own_1.b - - 1 00000000\n";
    struct lesson_marks marks = {0};

    (void)state;
    marks_read(&marks, lines, strlen(lines));
    printed_is(&marks, lines);
    assert_int_equal(marks_done(marks_find(&marks, "first-choice")), 3);
    assert_string_equal(marks_find(&marks, "own_1.b")->questions, "");
    assert_null(marks_find(&marks, "first"));
    marks_clear(&marks);
}

static void the_last_line_of_a_lesson_counts(void **state)
{
    static const char lines[] = "a x- - 2 0000000a\nb xx - 3 0000000b\na xx - 3 0000000a\n";
    struct lesson_marks marks = {0};

    (void)state;
    marks_read(&marks, lines, strlen(lines));
    printed_is(&marks, "a xx - 3 0000000a\nb xx - 3 0000000b\n");
    marks_clear(&marks);
}

static void what_is_no_mark_is_left_out(void **state)
{
    static const char *const lines[] = {
        "",
        "a",
        "a x - 1",
        "a x - 1 0000000",
        "a x - 1 000000000",
        "a x - 1 0000000G",
        "a x - 1 0000000A",
        "a x - 0 00000000",
        "a x - 1000 00000000",
        "a x - -1 00000000",
        "a x - 1 00000000 ",
        "a x - 1 00000000 more",
        " a x - 1 00000000",
        "a  x - 1 00000000",
        "a y - 1 00000000",
        "a x ? 1 00000000",
        "../a x - 1 00000000",
        "a/b x - 1 00000000",
        "\033[2J x - 1 00000000",
        "\xc3\xa9 x - 1 00000000",
    };
    char large[800];

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct lesson_mark mark;
        if (marks_parse(lines[i], strlen(lines[i]), &mark))
            fail_msg("taken for a mark: %s", lines[i]);
    }
    for (int word = 0; word < 3; word++) {
        char words[3][256] = {"a", "x", "-"};
        struct lesson_mark mark;
        memset(words[word], word == 0 ? 'a' : word == 1 ? 'x' : '+', 199);
        snprintf(large, sizeof large, "%s %s %s 1 00000000", words[0], words[1], words[2]);
        assert_false(marks_parse(large, strlen(large), &mark));
    }
}

/* Cut anywhere, a file has the lines that are whole. */
static void a_torn_file_keeps_what_is_whole(void **state)
{
    static const char lines[] = "a x- + 2 0000000a\nb xx - 3 0000000b\n";
    const size_t first = 18;

    (void)state;
    for (size_t length = 0; length <= strlen(lines); length++) {
        struct lesson_marks marks = {0};
        marks_read(&marks, lines, length);
        printed_is(&marks, length < first           ? ""
                           : length < strlen(lines) ? "a x- + 2 0000000a\n"
                                                    : lines);
        marks_clear(&marks);
    }
}

static void there_is_an_end_to_them(void **state)
{
    struct lesson_marks marks = {0};
    char line[64];

    (void)state;
    for (int i = 0; i < MARKS_MOST + 10; i++) {
        snprintf(line, sizeof line, "l%d x - 1 00000000\n", i);
        marks_read(&marks, line, strlen(line));
    }
    assert_int_equal(marks.count, MARKS_MOST);
    marks_clear(&marks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_back_as_they_are),
        cmocka_unit_test(the_last_line_of_a_lesson_counts),
        cmocka_unit_test(what_is_no_mark_is_left_out),
        cmocka_unit_test(a_torn_file_keeps_what_is_whole),
        cmocka_unit_test(there_is_an_end_to_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
