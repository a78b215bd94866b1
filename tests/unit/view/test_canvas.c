#include "view/canvas/canvas.h"
#include "view/canvas/frame.h"

#include "base/utf8.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 10, HEIGHT = 3 };

static int open_canvas(void **state)
{
    *state = canvas_new(WIDTH, HEIGHT);
    return 0;
}

static int close_canvas(void **state)
{
    canvas_free(*state);
    return 0;
}

static void check_lines(const struct canvas *canvas, bool ascii, const char *expected)
{
    struct text lines = {0};

    canvas_dump(canvas, ascii, &lines);
    assert_string_equal(text_get(&lines), expected);
    text_clear(&lines);
}

/* What every canvas is at every time: the halves of wide characters stand side by side, and each
 * glyph is valid and as wide as its cell says. */
static void check_sound(const struct canvas *canvas)
{
    for (int y = 0; y < canvas_height(canvas); y++)
        for (int x = 0; x < canvas_width(canvas); x++) {
            const struct cell *cell = canvas_cell(canvas, x, y);
            bool follows_wide = x > 0 && canvas_cell(canvas, x - 1, y)->width == 2;

            assert_int_equal(cell->width == 0, follows_wide);
            assert_true(cell->role < ROLE_COUNT);
            assert_true(utf8_valid(cell->glyph, strlen(cell->glyph)));
            assert_int_equal(utf8_columns(cell->glyph), cell->width);
            if (x + 1 == canvas_width(canvas))
                assert_int_not_equal(cell->width, 2);
        }
}

static void text_is_put_and_cut_at_the_edges(void **state)
{
    static const struct {
        int x, y, used;
        const char *text, *lines;
    } cases[] = {
        {0, 0, 3, "abc", "abc\n\n\n"},
        {8, 1, 2, "abc", "\n        ab\n\n"},
        {9, 2, 1, "abc", "\n\n         a\n"},
        {10, 0, 0, "abc", "\n\n\n"},
        {99, 0, 0, "abc", "\n\n\n"},
        {0, 3, 0, "abc", "\n\n\n"},
        {0, -1, 0, "abc", "\n\n\n"},
        {-2, 0, 5, "abcde", "cde\n\n\n"},
        {-9, 0, 5, "abcde", "\n\n\n"},
        {0, 0, 10, "0123456789abc", "0123456789\n\n\n"},
        {0, 0, 0, "", "\n\n\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        canvas_resize(*state, WIDTH, HEIGHT);
        assert_int_equal(canvas_put(*state, canvas_area(*state), cases[i].x, cases[i].y, ROLE_TEXT,
                                    cases[i].text),
                         cases[i].used);
        check_lines(*state, false, cases[i].lines);
        check_sound(*state);
    }
}

static void text_stays_inside_its_area(void **state)
{
    struct area inner = {2, 1, 4, 1};

    canvas_fill(*state, canvas_area(*state), ROLE_TEXT);
    assert_int_equal(canvas_put(*state, inner, 0, 0, ROLE_TEXT, "abcdefgh"), 4);
    assert_int_equal(canvas_put(*state, inner, -1, 0, ROLE_TEXT, "xy"), 2);
    assert_int_equal(canvas_put(*state, inner, 0, 1, ROLE_TEXT, "below"), 0);
    assert_int_equal(canvas_put(*state, inner, 3, 0, ROLE_TEXT, "漢"), 1);
    check_lines(*state, false, "\n  ybc\n\n");
    check_sound(*state);
}

static void an_area_outside_of_the_canvas_takes_nothing(void **state)
{
    static const struct area areas[] = {
        {10, 0, 5, 5},
        {0, 3, 5, 5},
        {-5, 0, 5, 1},
        {0, -2, 5, 2},
        {0, 0, -3, 2},
        {0, 0, 0, 0},
        {2147483647, 2147483647, 2147483647, 2147483647},
        {-9, -9, -1, -1},
    };

    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        canvas_resize(*state, WIDTH, HEIGHT);
        canvas_fill(*state, areas[i], ROLE_ERROR);
        canvas_paint(*state, areas[i], ROLE_ERROR);
        for (int x = 0; x < WIDTH; x++)
            assert_int_equal(canvas_cell(*state, x, 0)->role, ROLE_TEXT);
    }
}

static void wide_characters_are_never_halved(void **state)
{
    struct area all = canvas_area(*state);

    canvas_put(*state, all, 0, 0, ROLE_TEXT, "漢字漢字漢");
    check_lines(*state, false, "漢字漢字漢\n\n\n");
    canvas_put(*state, all, 1, 0, ROLE_TEXT, "x"); /* right half of the first */
    canvas_put(*state, all, 4, 0, ROLE_TEXT, "y"); /* left half of the third */
    check_lines(*state, false, " x字y 字漢\n\n\n");
    check_sound(*state);
    assert_int_equal(canvas_put(*state, all, 9, 1, ROLE_WARN, "漢"), 1);
    assert_int_equal(canvas_put(*state, all, -1, 1, ROLE_WARN, "漢z"), 3);
    check_lines(*state, false, " x字y 字漢\n z\n\n");
    assert_int_equal(canvas_cell(*state, 9, 1)->role, ROLE_WARN);
    check_sound(*state);
    canvas_fill(*state, (struct area){3, 0, 4, 1}, ROLE_TEXT);
    check_sound(*state);
    canvas_put(*state, all, 1, 0, ROLE_TEXT, "漢字");
    check_sound(*state);
}

static void marks_combine_with_what_they_follow(void **state)
{
    struct area all = canvas_area(*state);
    char many[64] = "a";

    assert_int_equal(canvas_put(*state, all, 0, 0, ROLE_TEXT, "e\xcc\x81x"), 2);
    assert_string_equal(canvas_cell(*state, 0, 0)->glyph, "e\xcc\x81");
    assert_string_equal(canvas_cell(*state, 1, 0)->glyph, "x");
    assert_int_equal(canvas_put(*state, all, 0, 1, ROLE_TEXT, "\xcc\x81y"), 1);
    assert_string_equal(canvas_cell(*state, 0, 1)->glyph, "y");
    for (int i = 0; i < 20; i++)
        strcat(many, "\xcc\x81");
    assert_int_equal(canvas_put(*state, all, 0, 2, ROLE_TEXT, many), 1);
    assert_in_range(strlen(canvas_cell(*state, 0, 2)->glyph), 3, CELL_GLYPH - 1);
    assert_int_equal(canvas_put(*state, all, 8, 2, ROLE_TEXT,
                                "ab\xcc\x81"
                                "c\xcc\x81"),
                     2);
    assert_string_equal(canvas_cell(*state, 9, 2)->glyph, "b\xcc\x81");
    check_sound(*state);
}

static void unshowable_characters_become_question_marks(void **state)
{
    struct area all = canvas_area(*state);

    assert_int_equal(canvas_put(*state, all, 0, 0, ROLE_TEXT, "a\033b\tc\n\x7f\xff"), 8);
    assert_int_equal(canvas_put(*state, all, 0, 1, ROLE_TEXT, "\xe2\x80\xae\xe2\x80\x8b\xc2\x85"),
                     3);
    check_lines(*state, false, "a?b?c???\n???\n\n");
    check_sound(*state);
}

static void fitting_text_is_shortened_with_an_ellipsis(void **state)
{
    static const struct {
        int x, columns, used;
        const char *text, *line, *ascii;
    } cases[] = {
        {0, 5, 5, "abcde", "abcde", "abcde"},
        {0, 4, 4, "abcde", "abc…", "abc~"},
        {0, 1, 1, "abcde", "…", "~"},
        {0, 0, 0, "abcde", "", ""},
        {0, -1, 0, "abcde", "", ""},
        {8, 5, 2, "abcde", "        a…", "        a~"},
        {9, 5, 1, "abcde", "         …", "         ~"},
        {10, 5, 0, "abcde", "", ""},
        {0, 4, 4, "漢字", "漢字", "? ?"},
        {0, 3, 3, "漢字", "漢…", "? ~"},
        {0, 4, 4, "漢字x", "漢 …", "?  ~"},
        {0, 2, 2,
         "e\xcc\x81"
         "b",
         "e\xcc\x81"
         "b",
         "eb"},
        {2, 99, 8, "0123456789", "  0123456…", "  0123456~"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char lines[64];
        canvas_resize(*state, WIDTH, 1);
        assert_int_equal(canvas_put_fit(*state, canvas_area(*state), cases[i].x, 0,
                                        cases[i].columns, ROLE_TEXT, cases[i].text),
                         cases[i].used);
        snprintf(lines, sizeof lines, "%s\n", cases[i].line);
        check_lines(*state, false, lines);
        snprintf(lines, sizeof lines, "%s\n", cases[i].ascii);
        check_lines(*state, true, lines);
        check_sound(*state);
    }
}

static void formatted_text_is_put(void **state)
{
    assert_int_equal(
        canvas_format(*state, canvas_area(*state), 1, 1, ROLE_TEXT, "%d %s", 10, "mx1"), 6);
    check_lines(*state, false, "\n 10 mx1\n\n");
}

static void painting_changes_roles_and_leaves_text(void **state)
{
    struct area all = canvas_area(*state);

    canvas_put(*state, all, 0, 0, ROLE_NAME, "漢字");
    canvas_paint(*state, (struct area){1, 0, 2, 1}, ROLE_ROW_SELECTED);
    check_lines(*state, false, "漢字\n\n\n");
    assert_int_equal(canvas_cell(*state, 0, 0)->role, ROLE_NAME);
    assert_int_equal(canvas_cell(*state, 1, 0)->role, ROLE_ROW_SELECTED);
    assert_int_equal(canvas_cell(*state, 2, 0)->role, ROLE_ROW_SELECTED);
    assert_int_equal(canvas_cell(*state, 3, 0)->role, ROLE_NAME);
}

static void a_title_stands_in_its_line_as_far_as_it_fits(void **state)
{
    static const struct {
        int width;
        const char *left, *right, *line;
    } cases[] = {
        {16, "1 MX", "4", "┌ 1 MX ───── 4 ┐"},
        {16, "1 MX", "", "┌ 1 MX ────────┐"},
        {16, "", "4", "┌─────────── 4 ┐"},
        {7, "1 MX", "", "┌ 1 … ┐"},
        {4, "1 MX", "", "┌──┐"},
        {2, "1 MX", "", "┌┐"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int xs[] = {0, cases[i].width - 1}, ys[] = {0, 1};
        char expected[128];
        canvas_resize(*state, cases[i].width, 2);
        frame_grid(*state, xs, 2, ys, 2, false, ROLE_FRAME);
        frame_title(*state, canvas_area(*state), -1, cases[i].width - 2, ROLE_DIM, cases[i].right);
        frame_title(*state, canvas_area(*state), 1, cases[i].width - 2, ROLE_DIM, cases[i].left);
        snprintf(expected, sizeof expected, "%s\n└", cases[i].line);
        for (int x = 2; x < cases[i].width; x++)
            strcat(expected, "─");
        strcat(expected, "┘\n");
        check_lines(*state, false, expected);
        check_sound(*state);
    }
}

static void the_cursor_is_inside_or_hidden(void **state)
{
    static const int places[][4] = {
        {0, 0, 0, 0}, {9, 2, 9, 2}, {10, 0, -1, -1}, {0, 3, -1, -1}, {-1, 0, -1, -1},
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int x, y;
        canvas_cursor_set(*state, places[i][0], places[i][1]);
        canvas_cursor_get(*state, &x, &y);
        assert_int_equal(x, places[i][2]);
        assert_int_equal(y, places[i][3]);
    }
}

static void resizing_clears_and_counts_at_least_one_cell(void **state)
{
    int x, y;

    canvas_put(*state, canvas_area(*state), 0, 0, ROLE_WARN, "text");
    canvas_cursor_set(*state, 1, 1);
    canvas_resize(*state, 0, -5);
    assert_int_equal(canvas_width(*state), 1);
    assert_int_equal(canvas_height(*state), 1);
    check_lines(*state, false, "\n");
    canvas_cursor_get(*state, &x, &y);
    assert_int_equal(x, -1);
    canvas_resize(*state, 500, 200);
    canvas_put(*state, canvas_area(*state), 499, 199, ROLE_WARN, "x");
    assert_string_equal(canvas_cell(*state, 499, 199)->glyph, "x");
}

static void known_glyphs_have_an_ascii_form(void **state)
{
    canvas_resize(*state, 40, 1);
    canvas_put(*state, canvas_area(*state), 0, 0, ROLE_TEXT, "│─┌┐└┘├┤▸►✓✗↻▴▾█▊░…→•·é漢⠋⠙⠹⠸");
    check_lines(*state, true, "|-++++++>>*x@^v##:~>*.?? /-\\|\n");
}

/* Any text at any place leaves a sound canvas. */
static void random_text_keeps_the_canvas_sound(void **state)
{
    static const char *const pieces[] = {"a", "漢", "\xcc\x81", "é", "\xff", "\033", "😀", "│", " "};
    uint32_t seed = 7;

    canvas_resize(*state, 17, 5);
    for (int round = 0; round < 20000; round++) {
        char text[128] = "";
        struct area area;
        int x, y;

        seed = seed * 1664525 + 1013904223;
        area = (struct area){(int)(seed >> 28) - 4, (int)(seed >> 25 & 7) - 2,
                             (int)(seed >> 20 & 31) - 4, (int)(seed >> 17 & 7) - 1};
        x = (int)(seed >> 12 & 31) - 8;
        y = (int)(seed >> 10 & 3) - 1;
        for (uint32_t i = seed >> 5 & 15, more = seed; i > 0; i--, more = more * 69069 + 1)
            strcat(text, pieces[(more >> 16) % (sizeof pieces / sizeof *pieces)]);
        if ((seed & 12) == 0)
            canvas_fill(*state, area, ROLE_DIM);
        else if ((seed & 12) == 4)
            frame_title(*state, area, x, (int)(seed >> 8 & 15), ROLE_TITLE, text);
        else if ((seed & 12) == 8)
            assert_in_range(
                canvas_put_fit(*state, area, x, y, (int)(seed >> 8 & 15), ROLE_TEXT, text), 0, 40);
        else
            canvas_put(*state, area, x, y, ROLE_TEXT, text);
        check_sound(*state);
    }
}

#define on_canvas(test) cmocka_unit_test_setup_teardown(test, open_canvas, close_canvas)

int main(void)
{
    const struct CMUnitTest tests[] = {
        on_canvas(text_is_put_and_cut_at_the_edges),
        on_canvas(text_stays_inside_its_area),
        on_canvas(an_area_outside_of_the_canvas_takes_nothing),
        on_canvas(wide_characters_are_never_halved),
        on_canvas(marks_combine_with_what_they_follow),
        on_canvas(unshowable_characters_become_question_marks),
        on_canvas(fitting_text_is_shortened_with_an_ellipsis),
        on_canvas(formatted_text_is_put),
        on_canvas(painting_changes_roles_and_leaves_text),
        on_canvas(a_title_stands_in_its_line_as_far_as_it_fits),
        on_canvas(the_cursor_is_inside_or_hidden),
        on_canvas(resizing_clears_and_counts_at_least_one_cell),
        on_canvas(known_glyphs_have_an_ascii_form),
        on_canvas(random_text_keeps_the_canvas_sound),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
