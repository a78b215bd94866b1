#include "base/utf8.h"
#include "unit/check.h"

#include <locale.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void every_character_encodes_and_decodes_rfc_3629(void **state)
{
    (void)state;
    for (uint32_t character = 0; character <= 0x10ffff; character++) {
        char bytes[4];
        const char *cursor = bytes;
        size_t length;
        if (character >= 0xd800 && character < 0xe000)
            continue;
        length = utf8_from(character, bytes);
        assert_int_equal(utf8_next(&cursor, bytes + length), character);
        assert_ptr_equal(cursor, bytes + length);
    }
}

static void malformed_sequences_move_one_byte_rfc_3629_3(void **state)
{
    static const char *const cases[] = {
        "\x80",             /* continuation alone */
        "\xc0\xaf",         /* overlong */
        "\xc1\xbf",         /* overlong */
        "\xe0\x80\xaf",     /* overlong */
        "\xf0\x80\x80\xaf", /* overlong */
        "\xed\xa0\x80",     /* surrogate */
        "\xf4\x90\x80\x80", /* above U+10FFFF */
        "\xf5\x80\x80\x80",
        "\xff",
        "\xc3",
        "\xc3(",
        "\xe2\x82",
        "\xe2(\xa1",
        "\xf0\x9f\x98",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *cursor = cases[i], *end = cursor + strlen(cursor);
        assert_int_equal(utf8_next(&cursor, end), UTF8_INVALID);
        assert_ptr_equal(cursor, cases[i] + 1);
        assert_false(utf8_valid(cases[i], strlen(cases[i])));
    }
    assert_true(utf8_valid("a\xc3\xbc\xe6\x97\xa5\xf0\x9f\x98\x80", 10));
    assert_true(utf8_valid("", 0));
}

static void columns_count_wide_and_zero_width_characters(void **state)
{
    static const struct {
        const char *string;
        int columns;
    } cases[] = {
        {"", 0},
        {"abc", 3},
        {"b\xc3\xbc"
         "cher",
         6},
        {"\xe6\x97\xa5\xe6\x9c\xac", 4},
        {"e\xcc\x81", 1}, /* combining acute */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(utf8_columns(cases[i].string), cases[i].columns);
}

static void a_fit_never_cuts_a_character(void **state)
{
    static const struct {
        const char *string;
        int columns;
        size_t bytes;
    } cases[] = {
        {"abc", 2, 2},           {"abc", 5, 3},           {"abc", 0, 0},
        {"\xe6\x97\xa5x", 1, 0}, {"\xe6\x97\xa5x", 2, 3}, {"\xe6\x97\xa5x", 3, 4},
        {"e\xcc\x81x", 1, 3},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(utf8_fit(cases[i].string, cases[i].columns), cases[i].bytes);
}

static void bytes_in_front_of_a_character_are_counted(void **state)
{
    (void)state;
    assert_int_equal(utf8_offset("aé日x", 0), 0);
    assert_int_equal(utf8_offset("aé日x", 2), 3);
    assert_int_equal(utf8_offset("aé日x", 3), 6);
    assert_int_equal(utf8_offset("aé日x", 9), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_encodes_and_decodes_rfc_3629),
        cmocka_unit_test(malformed_sequences_move_one_byte_rfc_3629_3),
        cmocka_unit_test(columns_count_wide_and_zero_width_characters),
        cmocka_unit_test(a_fit_never_cuts_a_character),
        cmocka_unit_test(bytes_in_front_of_a_character_are_counted),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
