/* What is printed is what jansson prints, to the byte. */
#include "report/json_print.h"
#include "unit/check.h"

#include <stdlib.h>

/* Takes the value. */
static void is_printed_alike(json_t *value)
{
    struct text out = {0};
    char *expected;

    assert_non_null(value);
    expected = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(12));
    assert_non_null(expected);
    json_print(value, &out);
    assert_string_equal(text_get(&out), expected);
    text_clear(&out);
    free(expected);
    json_decref(value);
}

static void strings(void **state)
{
    char all[129];

    (void)state;
    for (int i = 0; i < 128; i++)
        all[i] = (char)i;
    is_printed_alike(json_stringn(all, 128));
    for (size_t i = 0; i < 128; i++)
        is_printed_alike(json_stringn(all + i, 1));
    is_printed_alike(json_string(""));
    is_printed_alike(json_string("/ b\xc3\xbc"
                                 "cher \xe2\x96\xb8 \xf0\x9f\x93\xa8 \xe2\x80\xa8 \x7f"));
}

static void numbers(void **state)
{
    static const double reals[] = {0,    1,     -1,    0.1,    1.0 / 3, 2.0 / 3,          100, 1e15,
                                   1e-7, 1e100, 1e308, 5e-324, 12.345,  99.9999999999999, 0.25};
    static const json_int_t integers[] = {0, 1, -1, 600, INT64_MAX, INT64_MIN};

    (void)state;
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        is_printed_alike(json_real(reals[i]));
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        is_printed_alike(json_integer(integers[i]));
}

static void thousandths(void **state)
{
    static const uint32_t counts[] = {0,    1,     10,    100,     999,       1000,
                                      1010, 20123, 20000, 4000000, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_t *value = json_real(counts[i] / 1000.0);
        struct text out = {0}, expected = {0};
        json_print_thousandths(counts[i], &out);
        json_print(value, &expected);
        assert_string_equal(text_get(&out), text_get(&expected));
        text_clear(&out);
        text_clear(&expected);
        json_decref(value);
    }
}

static void words_lists_and_objects(void **state)
{
    static const char *const texts[] = {"true",
                                        "false",
                                        "null",
                                        "[]",
                                        "{}",
                                        "[[],{},[{}]]",
                                        "[1,\"a\",null,[true,false]]",
                                        "{\"z\":1,\"a\":{\"b\\\"\":[0.5,{\"\":\"\"}]},\"m\":[]}"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        is_printed_alike(json_loads(texts[i], JSON_DECODE_ANY, NULL));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings),
        cmocka_unit_test(numbers),
        cmocka_unit_test(thousandths),
        cmocka_unit_test(words_lists_and_objects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
