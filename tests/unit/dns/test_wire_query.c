#include "dns/name.h"
#include "dns/type.h"
#include "dns/wire.h"
#include "unit/check.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BODY         "\7example\3com\0\0\17\0\1"
#define OPT          "\0\0\51\4\320\0\0\0\0\0\0"
#define OPT_DO       "\0\0\51\4\320\0\0\200\0\0\0"

static void queries_are_exact_to_the_octet(void **state)
{
    static const struct {
        uint8_t flags;
        bool edns;
        const char *bytes;
        size_t length;
    } cases[] = {
        {0, true, "\253\315\1\40\0\1\0\0\0\0\0\1" BODY OPT, 40},
        {0, false, "\253\315\1\40\0\1\0\0\0\0\0\0" BODY, 29},
        {QUESTION_NO_RECURSION, true, "\253\315\0\40\0\1\0\0\0\0\0\1" BODY OPT, 40},
        {QUESTION_CHECKING_DISABLED, true, "\253\315\1\60\0\1\0\0\0\0\0\1" BODY OPT, 40},
        {QUESTION_DNSSEC_OK, true, "\253\315\1\40\0\1\0\0\0\0\0\1" BODY OPT_DO, 40},
        {QUESTION_DNSSEC_OK, false, "\253\315\1\40\0\1\0\0\0\0\0\0" BODY, 29},
    };
    uint8_t query[WIRE_QUERY_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct question question = {
            .name = "example.com.", .type = TYPE_MX, .flags = cases[i].flags};
        assert_int_equal(wire_query(&question, 0xabcd, cases[i].edns, query), cases[i].length);
        assert_memory_equal(query, cases[i].bytes, cases[i].length);
    }
}

static void the_longest_name_fits_and_no_name_gives_no_query(void **state)
{
    char name[NAME_TEXT] = "";
    struct question question = {.name = name, .type = TYPE_A};
    uint8_t query[WIRE_QUERY_MAX];

    (void)state;
    for (size_t i = 0; i < 127; i++)
        strcat(name, "a.");
    assert_int_equal(wire_query(&question, 1, true, query), 12 + 255 + 4 + 11);
    question.name = "a..b.";
    assert_int_equal(wire_query(&question, 1, true, query), 0);
}

/* RFC 7830 3, RFC 8467 4.1: the option fills up to the next block, whatever the name is. */
static void padding_hides_the_length(void **state)
{
    char name[NAME_TEXT] = "";
    struct question question = {.name = name, .type = TYPE_A};
    uint8_t query[WIRE_QUERY_MAX];

    (void)state;
    for (size_t i = 0; i < 127; i++) {
        size_t length, padded, end;
        strcat(name, "a.");
        length = wire_query(&question, 1, true, query);
        end = length;
        memset(query + length, 0xff, sizeof query - length);
        padded = wire_pad(query, length);
        assert_true(padded >= length + 4 && padded < length + 4 + WIRE_PAD);
        assert_int_equal(padded % WIRE_PAD, 0);
        assert_int_equal(query[end - 2] << 8 | query[end - 1], padded - length);
        assert_int_equal(query[end] << 8 | query[end + 1], 12);
        assert_int_equal(query[end + 2] << 8 | query[end + 3], padded - length - 4);
        for (end += 4; end < padded; end++)
            assert_int_equal(query[end], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_are_exact_to_the_octet),
        cmocka_unit_test(the_longest_name_fits_and_no_name_gives_no_query),
        cmocka_unit_test(padding_hides_the_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
