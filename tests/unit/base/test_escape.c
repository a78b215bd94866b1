#include "base/escape.h"
#include "base/fault.h"
#include "base/utf8.h"
#include "unit/check.h"

#include <locale.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void bytes_become_safe_text(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        enum escape_form form;
        bool quote;
        const char *text;
    } cases[] = {
        {"plain ~", 7, ESCAPE_ASCII, false, "plain ~"},
        {"", 0, ESCAPE_UTF8, true, ""},
        {"a\0b", 3, ESCAPE_ASCII, false, "a\\000b"},
        {"\x1b[2J\r\n\t\x7f", 8, ESCAPE_UTF8, false, "\\027[2J\\013\\010\\009\\127"},
        {"\xc3\xbc", 2, ESCAPE_ASCII, false, "\\195\\188"},
        {"\xc3\xbc", 2, ESCAPE_UTF8, false, "\xc3\xbc"},
        {"a\\\"", 3, ESCAPE_ASCII, true, "a\\\\\\\""},
        {"a\\\"", 3, ESCAPE_ASCII, false, "a\\\""},
        {"\xc2\x9b", 2, ESCAPE_UTF8, false, "\\194\\155"},          /* C1 CSI */
        {"\xe2\x80\xae", 3, ESCAPE_UTF8, false, "\\226\\128\\174"}, /* RIGHT-TO-LEFT OVERRIDE */
        {"\xe2\x81\xa7", 3, ESCAPE_UTF8, false, "\\226\\129\\167"}, /* a bidi isolate */
        {"\xe2\x80\x8b", 3, ESCAPE_UTF8, false, "\\226\\128\\139"}, /* ZERO WIDTH SPACE */
        {"\xef\xbb\xbf", 3, ESCAPE_UTF8, false, "\\239\\187\\191"}, /* byte order mark */
        {"\xf3\xa0\x81\x81", 4, ESCAPE_UTF8, false, "\\243\\160\\129\\129"}, /* a tag */
        {"\xee\x80\x80", 3, ESCAPE_UTF8, false, "\\238\\128\\128"},          /* private use */
        {"\xc0\xaf", 2, ESCAPE_UTF8, false, "\\192\\175"},                   /* overlong */
        {"\xe6\x97", 2, ESCAPE_UTF8, false, "\\230\\151"},                   /* cut off */
        {"\xed\xa0\x80", 3, ESCAPE_UTF8, false, "\\237\\160\\128"},          /* surrogate */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text out = {0};
        escape_bytes(&out, cases[i].bytes, cases[i].length, cases[i].form, cases[i].quote);
        assert_string_equal(text_get(&out), cases[i].text);
        text_clear(&out);
    }
}

static void nothing_that_steers_or_deceives_is_showable(void **state)
{
    static const uint32_t hidden[] = {
        0x00,   0x07,   0x1b,   0x7f,   0x80,    0x9f,    0xad,    0x61c,    0x180e,   0x200b,
        0x200f, 0x2028, 0x2029, 0x202a, 0x202e,  0x2060,  0x2066,  0x2069,   0xd800,   0xe000,
        0xfeff, 0xfff9, 0xfffe, 0xffff, 0xe0001, 0xe0041, 0xf0000, 0x10ffff, 0x110000, UTF8_INVALID,
    };
    static const uint32_t shown[] = {0x20, 'a', 0x7e, 0xe9, 0x65e5, 0x2500, 0x2588, 0x1f600};

    (void)state;
    for (size_t i = 0; i < COUNT(hidden); i++)
        if (escape_showable(hidden[i]))
            fail_msg("U+%04X is shown", (unsigned)hidden[i]);
    for (size_t i = 0; i < COUNT(shown); i++)
        if (!escape_showable(shown[i]))
            fail_msg("U+%04X is not shown", (unsigned)shown[i]);
}

static void faults_name_file_and_line_and_are_escaped(void **state)
{
    struct faults faults = {0};

    (void)state;
    faults_add(&faults, "a\nb", 12, "bad \"%s\"", "\x1b");
    faults_add(&faults, "file", 0, "no line");
    assert_string_equal(faults.lines[0], "a\\010b:12: bad \"\\027\"");
    assert_string_equal(faults.lines[1], "file: no line");
    for (int i = 0; i < 100; i++)
        faults_add(&faults, "file", 1, "again");
    assert_int_equal(faults.kept, FAULTS_KEPT);
    assert_int_equal(faults.total, 102);
    faults_clear(&faults);
    assert_int_equal(faults.total, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_safe_text),
        cmocka_unit_test(nothing_that_steers_or_deceives_is_showable),
        cmocka_unit_test(faults_name_file_and_line_and_are_escaped),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
