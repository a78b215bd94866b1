/* Sheets: wrapping, columns, bars, what can be stood on; pages of help. */
#include "sheet/page_sheet.h"
#include "sheet/sheet.h"
#include "sheet/words.h"

#include "base/utf8.h"
#include "unit/check.h"

#include <locale.h>
#include <string.h>

/* The line as it would be on the screen. */
static const char *line(const struct sheet *sheet, size_t index, struct text *out)
{
    int column = 0;

    text_cut(out, 0);
    assert_true(index < sheet->count);
    for (size_t i = 0; i < sheet->lines[index].span_count; i++) {
        const struct span *span = &sheet->lines[index].spans[i];
        for (; column < span->column; column++)
            text_add_char(out, ' ');
        text_add(out, span->text);
        column += utf8_columns(span->text);
    }
    assert_true(column <= sheet->width);
    return text_get(out);
}

static void text_is_broken_at_spaces(void **state)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 20);
    struct text out = {0};

    (void)state;
    sheet_line(sheet);
    sheet_add(sheet, ROLE_DIM, " 1 ");
    sheet_wrap(sheet, 3, ROLE_TEXT, "one two three four five");
    assert_int_equal(sheet->count, 2);
    assert_string_equal(line(sheet, 0, &out), " 1 one two three");
    assert_string_equal(line(sheet, 1, &out), "   four five");
    text_clear(&out);
    arena_free(arena);
}

/* What is to be typed or published is never cut; what has no room is told apart from the next. */
static void examples_are_broken_and_hang(void **state)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 24);
    struct text out = {0};

    (void)state;
    sheet_line(sheet);
    sheet_example(sheet, 4, ROLE_NAME, "a.example. MX 10 mx1");
    sheet_line(sheet);
    sheet_example(sheet, 4, ROLE_NAME, "a.example.  MX 10 mx1.a.example.");
    assert_int_equal(sheet->count, 3);
    assert_string_equal(line(sheet, 0, &out), "    a.example. MX 10 mx1");
    assert_string_equal(line(sheet, 1, &out), "  a.example.  MX 10");
    assert_string_equal(line(sheet, 2, &out), "    mx1.a.example.");
    text_clear(&out);
    arena_free(arena);
}

static void words_longer_than_the_line_are_cut(void **state)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 8);
    struct text out = {0};

    (void)state;
    sheet_line(sheet);
    sheet_wrap(sheet, 2, ROLE_TEXT, "abcdefghijklmnop qr");
    for (size_t i = 0; i < sheet->count; i++)
        line(sheet, i, &out);
    sheet_line(sheet);
    sheet_add(sheet, ROLE_TEXT, "abcdefghijkl");
    assert_string_equal(line(sheet, sheet->count - 1, &out), "abcdefg…");
    text_clear(&out);
    arena_free(arena);
}

static void wide_characters_count_twice(void **state)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 10);
    struct text out = {0};

    (void)state;
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, "日本語 日本語");
    assert_int_equal(sheet->count, 2);
    assert_string_equal(line(sheet, 0, &out), "日本語 日");
    text_clear(&out);
    arena_free(arena);
}

static void what_stands_right_needs_room(void **state)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 12);
    struct text out = {0};

    (void)state;
    sheet_line(sheet);
    sheet_add(sheet, ROLE_TEXT, "left");
    sheet_right(sheet, ROLE_DIM, "right");
    assert_string_equal(line(sheet, 0, &out), "left   right");
    sheet_line(sheet);
    sheet_add(sheet, ROLE_TEXT, "left left");
    sheet_right(sheet, ROLE_DIM, "right");
    assert_string_equal(line(sheet, 1, &out), "left left");
    text_clear(&out);
    arena_free(arena);
}

static void bars_are_exact_to_an_eighth(void **state)
{
    static const struct {
        double share;
        const char *bar;
    } cases[] = {{0, ""},       {0.001, "▏"},    {0.25, "██"},
                 {0.5, "████"}, {0.55, "████▍"}, {1, "████████"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct sheet *sheet = sheet_new(arena, 20);
        struct text out = {0};
        sheet_line(sheet);
        sheet_bar(sheet, 8, ROLE_BAR, cases[i].share, -1);
        assert_string_equal(line(sheet, 0, &out), cases[i].bar);
        text_clear(&out);
        arena_free(arena);
    }
}

static void the_cursor_finds_the_next_line_to_stand_on(void **state)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 20);

    (void)state;
    for (int i = 0; i < 6; i++) {
        sheet_line(sheet);
        if (i == 1 || i == 4)
            sheet_select(sheet, i, NULL);
    }
    assert_int_equal(sheet_next(sheet, 0, 1), 1);
    assert_int_equal(sheet_next(sheet, 2, 1), 4);
    assert_int_equal(sheet_next(sheet, 5, 1), 6);
    assert_int_equal(sheet_next(sheet, 3, -1), 1);
    assert_int_equal(sheet_next(sheet, 0, -1), 6);
    arena_free(arena);
}

static void the_ground_of_words_ends_with_them(void **state)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 20);

    (void)state;
    sheet_line(sheet);
    sheet_add(sheet, ROLE_ERROR, "loop  ");
    sheet_add(sheet, ROLE_TEXT, "it goes round");
    assert_string_equal(sheet->lines[0].spans[0].text, "loop");
    assert_int_equal(sheet->lines[0].spans[1].column, 6);
    sheet_line(sheet);
    sheet_add(sheet, ROLE_TEXT, "   ");
    assert_string_equal(sheet->lines[1].spans[0].text, "   ");
    arena_free(arena);
}

static void references_never_go_missing(void **state)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 20);
    struct text out = {0};

    (void)state;
    sheet_line(sheet);
    sheet_add(sheet, ROLE_TEXT, "short");
    sheet_reference(sheet, "RFC 5321");
    assert_string_equal(line(sheet, 0, &out), "short       RFC 5321");
    sheet_line(sheet);
    sheet_add(sheet, ROLE_TEXT, "a longer line");
    sheet_reference(sheet, "RFC 5321");
    assert_string_equal(line(sheet, 1, &out), "a longer line");
    assert_string_equal(line(sheet, 2, &out), "            RFC 5321");
    sheet_reference(sheet, "");
    assert_int_equal(sheet->count, 3);
    text_clear(&out);
    arena_free(arena);
}

static bool known(const char *word)
{
    return strcmp(word, "keys") == 0;
}

static void pages_have_headings_paragraphs_and_links(void **state)
{
    static const char page[] = "# Title\n\nOne line\nand its end.\n\n    keys   what they do\n"
                               "    other  no page\n\n## More\n\nA *strong* word.\n";
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 40);
    struct text out = {0};
    size_t links = 0;

    (void)state;
    assert_string_equal(page_title(arena, page), "Title");
    page_draw(sheet, page, strlen(page), known);
    assert_string_equal(line(sheet, 0, &out), "Title");
    assert_string_equal(line(sheet, 1, &out), "One line and its end.");
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->lines[i].selectable) {
            links++;
            assert_string_equal(sheet->lines[i].key, "keys");
        }
    assert_int_equal(links, 1);
    assert_string_equal(line(sheet, sheet->count - 1, &out), "A strong word.");
    text_clear(&out);
    arena_free(arena);
}

/* A page of the user's own may hold anything. */
static void hostile_pages_are_escaped(void **state)
{
    static const char page[] = "# T\n\n\x1b[31mred\x07 \xe2\x80\xae back\n    \x9b\n*\n**\n***\n";
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 40);
    struct text out = {0};

    (void)state;
    page_draw(sheet, page, strlen(page), NULL);
    for (size_t i = 0; i < sheet->count; i++)
        for (const char *c = line(sheet, i, &out); *c; c++)
            assert_true((unsigned char)*c >= 0x20);
    text_clear(&out);
    arena_free(arena);
}

/* Each name with A-labels has what people read behind it, once; all else stays as it is. */
static void sentences_say_what_people_read(void **state)
{
    static const struct {
        const char *text, *readable;
    } rows[] = {
        {"no name", "no name"},
        {"xn--bcher-kva.example", "xn--bcher-kva.example (b\u00fccher.example)"},
        {"mx.xn--bcher-kva.example 192.0.2.1: accepted.",
         "mx.xn--bcher-kva.example (mx.b\u00fccher.example) 192.0.2.1: accepted."},
        {"At xn--bcher-kva.example. And a@xn--bcher-kva.example, too...",
         "At xn--bcher-kva.example (b\u00fccher.example). And a@xn--bcher-kva.example "
         "(b\u00fccher.example), too..."},
        {"xn--bcher-kva.example (b\u00fccher.example): answered",
         "xn--bcher-kva.example (b\u00fccher.example): answered"},
        {"xn--wgv71a119e.example\u3078\u59d4\u4efb",
         "xn--wgv71a119e.example (\u65e5\u672c\u8a9e.example)\u3078\u59d4\u4efb"},
        {"xn--.example, xn--a\x1b.example", "xn--.example, xn--a\x1b.example"},
        {"axn--b.example", "axn--b.example"},
        {"xn--bcher-kva", "xn--bcher-kva (b\u00fccher)"},
    };
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 60);
    struct text out = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(words_readable(arena, rows[i].text), rows[i].readable);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, rows[1].text);
    assert_string_equal(line(sheet, 0, &out), rows[1].readable);
    sheet->plain = true;
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, rows[1].text);
    assert_string_equal(line(sheet, 1, &out), rows[1].text);
    text_clear(&out);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_say_what_people_read),
        cmocka_unit_test(text_is_broken_at_spaces),
        cmocka_unit_test(examples_are_broken_and_hang),
        cmocka_unit_test(words_longer_than_the_line_are_cut),
        cmocka_unit_test(wide_characters_count_twice),
        cmocka_unit_test(what_stands_right_needs_room),
        cmocka_unit_test(bars_are_exact_to_an_eighth),
        cmocka_unit_test(the_cursor_finds_the_next_line_to_stand_on),
        cmocka_unit_test(the_ground_of_words_ends_with_them),
        cmocka_unit_test(references_never_go_missing),
        cmocka_unit_test(pages_have_headings_paragraphs_and_links),
        cmocka_unit_test(hostile_pages_are_escaped),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
