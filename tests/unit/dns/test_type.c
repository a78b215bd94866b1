#include "dns/type.h"
#include "unit/check.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void known_types_have_names_in_any_case(void **state)
{
    static const struct {
        const char *typed;
        uint16_t type;
        const char *text;
    } cases[] = {
        {"a", TYPE_A, "A"},           {"Mx", TYPE_MX, "MX"},    {"AAAA", TYPE_AAAA, "AAAA"},
        {"srv", TYPE_SRV, "SRV"},     {"caa", TYPE_CAA, "CAA"}, {"any", TYPE_ANY, "ANY"},
        {"TYPE15", TYPE_MX, "MX"},    {"type1", TYPE_A, "A"},   {"TYPE65280", 65280, "TYPE65280"},
        {"TYPE0", 0, "TYPE0"},        {"https", 65, "HTTPS"},   {"TYPE65535", 65535, "TYPE65535"},
        {"TYPE00015", TYPE_MX, "MX"},
    };
    char text[TYPE_TEXT];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint16_t type = 7;
        assert_true(type_parse(cases[i].typed, &type));
        assert_int_equal(type, cases[i].type);
        assert_string_equal(type_text(type, text), cases[i].text);
    }
}

static void what_is_no_type_is_refused(void **state)
{
    static const char *const cases[] = {
        "",       "MXX",    "TYPE", "TYPE65536",   "TYPE-1", "TYPE+1", "TYPE1 ",
        "TYPE 1", "TYPE1x", "15",   "TYPE0000015", " MX",    "MX "};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint16_t type = 7;
        assert_false(type_parse(cases[i], &type));
        assert_int_equal(type, 7);
    }
}

static void every_type_reads_back(void **state)
{
    char text[TYPE_TEXT];

    (void)state;
    for (unsigned type = 0; type <= UINT16_MAX; type++) {
        uint16_t again = (uint16_t)~type;
        assert_true(type_parse(type_text((uint16_t)type, text), &again));
        assert_int_equal(again, type);
    }
}

static void response_codes_have_names(void **state)
{
    char text[RCODE_TEXT];

    (void)state;
    assert_string_equal(type_rcode_text(RCODE_NOERROR, text), "NOERROR");
    assert_string_equal(type_rcode_text(RCODE_NXDOMAIN, text), "NXDOMAIN");
    assert_string_equal(type_rcode_text(RCODE_BADVERS, text), "BADVERS");
    assert_string_equal(type_rcode_text(24, text), "RCODE24");
    assert_string_equal(type_rcode_text(4095, text), "RCODE4095");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_types_have_names_in_any_case),
        cmocka_unit_test(what_is_no_type_is_refused),
        cmocka_unit_test(every_type_reads_back),
        cmocka_unit_test(response_codes_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
