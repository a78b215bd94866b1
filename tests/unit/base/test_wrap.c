/* base/wrap: where lines may end, in English and Japanese. */
#include "base/wrap.h"
#include "unit/check.h"

#include <locale.h>
#include <string.h>

static void lines_end_at_blanks(void **state)
{
    (void)state;
    assert_int_equal(wrap_fit("one two", 7), 7);
    assert_int_equal(wrap_fit("one two", 6), 3);
    assert_int_equal(wrap_fit("one two", 3), 3);
    assert_int_equal(wrap_fit("one two", 2), 0);
    assert_int_equal(wrap_fit("", 2), 0);
    assert_int_equal(wrap_word("one two"), 3);
    assert_int_equal(wrap_word(" two three"), 4);
}

static void lines_end_between_wide_characters(void **state)
{
    (void)state;
    assert_int_equal(wrap_fit("日本語", 4), 6);
    assert_int_equal(wrap_fit("日本語", 5), 6);
    assert_int_equal(wrap_fit("MXレコード", 3), 2);
    assert_int_equal(wrap_fit("値MX", 3), 3);
}

static void no_line_begins_or_ends_with_what_must_not(void **state)
{
    (void)state;
    assert_int_equal(wrap_fit("配送。次", 4), 3);
    assert_int_equal(wrap_fit("配送。次", 6), 9);
    assert_int_equal(wrap_fit("サーバー", 6), 6);
    assert_int_equal(wrap_fit("値（優先度）", 4), 3);
    assert_int_equal(wrap_fit("試行(RFC)", 5), 6);
    assert_int_equal(wrap_fit("ちょっと", 6), 9);
    assert_int_equal(wrap_fit("ちょっと", 4), 0);
}

static void a_word_too_long_for_the_line_is_cut(void **state)
{
    (void)state;
    assert_int_equal(wrap_line("one two", 5), 3);
    assert_int_equal(wrap_fit("mx1.example.com", 5), 0);
    assert_int_equal(wrap_line("mx1.example.com", 5), 5);
    assert_int_equal(wrap_line("ちょっと", 4), 6);
    assert_int_equal(wrap_line("", 5), 0);
}

static void lines_are_joined_by_a_blank_unless_both_are_wide(void **state)
{
    static const struct {
        const char *first, *second, *joined;
    } cases[] = {
        {"", "mail", "mail"},
        {"the mail", "goes", "the mail goes"},
        {"メールが", "届く", "メールが届く"},
        {"メールは", "MX", "メールは MX"},
        {"MX", "レコード", "MX レコード"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text out = {0};
        wrap_join(&out, cases[i].first, strlen(cases[i].first));
        wrap_join(&out, cases[i].second, strlen(cases[i].second));
        assert_string_equal(text_get(&out), cases[i].joined);
        text_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_at_blanks),
        cmocka_unit_test(lines_end_between_wide_characters),
        cmocka_unit_test(no_line_begins_or_ends_with_what_must_not),
        cmocka_unit_test(a_word_too_long_for_the_line_is_cut),
        cmocka_unit_test(lines_are_joined_by_a_blank_unless_both_are_wide),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
