#include "base/array.h"
#include "base/text.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static void an_empty_text_is_an_empty_string(void **state)
{
    struct text text = {0};
    char *taken;

    (void)state;
    assert_string_equal(text_get(&text), "");
    text_add(&text, "");
    assert_string_equal(text_get(&text), "");
    text_clear(&text);
    taken = text_take(&text);
    assert_string_equal(taken, "");
    free(taken);
}

static void pieces_are_put_together(void **state)
{
    struct text text = {0};
    char *taken;

    (void)state;
    text_add(&text, "a");
    text_add_char(&text, 'b');
    text_add_bytes(&text, "c\0d", 3);
    text_format(&text, "%d-%s", 42, "e");
    assert_int_equal(text.length, 9);
    assert_memory_equal(text.bytes, "abc\0d42-e", 10);
    text_cut(&text, 2);
    text_cut(&text, 5);
    assert_string_equal(text_get(&text), "ab");
    taken = text_take(&text);
    assert_string_equal(taken, "ab");
    assert_null(text.bytes);
    assert_int_equal(text.length, 0);
    free(taken);
}

static void it_grows_as_far_as_needed(void **state)
{
    struct text text = {0};

    (void)state;
    for (int i = 0; i < 10000; i++)
        text_format(&text, "%04d", i);
    assert_int_equal(text.length, 40000);
    assert_int_equal(strlen(text_get(&text)), 40000);
    assert_memory_equal(text_get(&text) + 4 * 1234, "1234", 4);
    text_clear(&text);
}

static void arrays_keep_what_they_hold_while_growing(void **state)
{
    int *numbers = NULL;
    size_t count = 0, capacity = 0;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        ARRAY_PUSH(numbers, count, capacity, i);
        assert_true(capacity >= count);
    }
    assert_int_equal(count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    numbers = array_reserve(numbers, &capacity, 10, sizeof *numbers);
    assert_true(capacity >= 1000);
    free(numbers);
}

static void numbers_are_their_digits(void **state)
{
    static const uint64_t numbers[] = {0, 9, 10, 4294967295, UINT64_MAX};
    struct text text = {0};

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        text_add_number(&text, numbers[i]);
        text_add_char(&text, ' ');
    }
    assert_string_equal(text_get(&text), "0 9 10 4294967295 18446744073709551615 ");
    text_cut(&text, 0);
    text_add_hex(&text, "\0\x0f\xa0\xff", 4);
    text_add_hex(&text, NULL, 0);
    assert_string_equal(text_get(&text), "000fa0ff");
    text_clear(&text);
}

/* What fits into the room there is, and what does not. */
static void formats_of_any_length_are_whole(void **state)
{
    char filled[200];

    (void)state;
    memset(filled, 'x', sizeof filled);
    for (int before = 0; before < 70; before++)
        for (int length = 0; length < 120; length++) {
            struct text text = {0};
            text_format(&text, "%.*s", before, filled);
            text_format(&text, "<%.*s>%d", length, filled, length % 10);
            assert_int_equal(text.length, before + length + 3);
            assert_int_equal(strlen(text_get(&text)), text.length);
            assert_int_equal(text.bytes[before], '<');
            assert_int_equal(text.bytes[text.length - 2], '>');
            text_clear(&text);
        }
}

static void numbers_in_front_are_put_in_order_as_numbers(void **state)
{
    const char *list[] = {"10 a", "5 b", "5 a", "mx", "100"};
    static const char *const sorted[] = {"mx", "5 a", "5 b", "10 a", "100"};

    (void)state;
    qsort(list, 5, sizeof *list, text_compare_numbers);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(list[i], sorted[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_text_is_an_empty_string),
        cmocka_unit_test(pieces_are_put_together),
        cmocka_unit_test(it_grows_as_far_as_needed),
        cmocka_unit_test(arrays_keep_what_they_hold_while_growing),
        cmocka_unit_test(numbers_are_their_digits),
        cmocka_unit_test(formats_of_any_length_are_whole),
        cmocka_unit_test(numbers_in_front_are_put_in_order_as_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
