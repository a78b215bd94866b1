#include "dns/name.h"
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LABEL_63     "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk"
#define LABEL_61     "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghi"
#define NAME_255     LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_61 "."

static void canonical_form_is_lower_case_absolute_and_escaped(void **state)
{
    static const struct {
        const char *typed, *canonical;
    } cases[] = {
        {".", "."},
        {"example.com", "example.com."},
        {"Example.COM.", "example.com."},
        {"_ldap._tcp.Example.com", "_ldap._tcp.example.com."},
        {"*.example.com", "*.example.com."},
        {"a b.com", "a\\032b.com."},
        {"a\\032b.com", "a\\032b.com."},
        {"a\\.b.com", "a\\.b.com."},
        {"a\\046b.com", "a\\.b.com."},
        {"\\065bc.com", "abc.com."},
        {"a\\bc.com", "abc.com."},
        {"a\\\\.com", "a\\\\.com."},
        {"a\\@\\$\\;\\(\\)\\\".com", "a\\@\\$\\;\\(\\)\\\".com."},
        {"a@b.com", "a\\@b.com."},
        {"\\000.com", "\\000.com."},
        {"\x7f\xff.com", "\\127\\255.com."},
        {"1/2.0.192.in-addr.arpa", "1/2.0.192.in-addr.arpa."},
        {"com\\.", "com\\.."},
        {LABEL_63, LABEL_63 "."},
        {NAME_255, NAME_255},
    };
    char name[NAME_TEXT];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(name_canonical(cases[i].typed, name, NULL), STATUS_OK);
        assert_string_equal(name, cases[i].canonical);
        assert_int_equal(name_canonical(name, name, NULL), STATUS_OK);
        assert_string_equal(name, cases[i].canonical);
    }
}

static void what_is_no_name_is_told_why(void **state)
{
    static const struct {
        const char *typed;
        enum status status;
        const char *why;
    } cases[] = {
        {"", STATUS_SYNTAX, "empty"},
        {"..", STATUS_SYNTAX, "empty"},
        {".com", STATUS_SYNTAX, "empty"},
        {"a..com", STATUS_SYNTAX, "empty"},
        {"a.com..", STATUS_SYNTAX, "empty"},
        {"a\\", STATUS_SYNTAX, "backslash"},
        {"a\\25.com", STATUS_SYNTAX, "backslash"},
        {"a\\256.com", STATUS_SYNTAX, "backslash"},
        {"a\\9", STATUS_SYNTAX, "backslash"},
        {LABEL_63 "l.com", STATUS_RANGE, "63"},
        {LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_61 "x.", STATUS_RANGE, "255"},
        {NAME_255 "a", STATUS_RANGE, "255"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char name[NAME_TEXT] = "untouched";
        const char *why = NULL;
        assert_int_equal(name_canonical(cases[i].typed, name, &why), cases[i].status);
        assert_string_equal(name, "untouched");
        assert_non_null(why);
        assert_non_null(strstr(why, cases[i].why));
    }
}

/* What needs no encoding is not encoded: for any name of letters and dots that makes no difference.
 */
static void plain_names_are_those_of_their_wire_form(void **state)
{
    static const size_t labels[] = {1, 2, 9, 62, 63, 64};

    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        for (size_t length = 1; length < 260; length++)
            for (int dots = 0; dots < 3; dots++) {
                char typed[300], name[NAME_TEXT], again[NAME_TEXT];
                uint8_t wire[NAME_WIRE];
                size_t octets, used;
                for (size_t at = 0; at < length; at++)
                    typed[at] = at % (labels[i] + 1) == labels[i] ? '.' : "az09-_"[at % 6];
                strcpy(typed + length, &".."[2 - dots]);
                octets = name_to_wire(typed, wire);
                assert_int_equal(name_canonical(typed, name, NULL) == STATUS_OK, octets > 0);
                if (octets && name_from_wire(wire, octets, again, &used))
                    assert_string_equal(name, again);
                typed[length] = '\0';
                octets = name_to_wire(strcat(typed, ".example.net."), wire);
                typed[length] = '\0';
                assert_int_equal(name_join(typed, "example.net.", name) == STATUS_OK, octets > 0);
                if (octets && name_from_wire(wire, octets, again, &used))
                    assert_string_equal(name, again);
            }
    assert_int_equal(name_join("", "example.net.", (char[NAME_TEXT]){0}), STATUS_SYNTAX);
}

static void longest_name_in_escaped_form_fits(void **state)
{
    char typed[NAME_TEXT], name[NAME_TEXT];
    size_t used = 0;

    (void)state;
    for (size_t i = 0; i < 250; i++)
        used +=
            (size_t)snprintf(typed + used, sizeof typed - used, "\\001%s", i % 63 == 62 ? "." : "");
    assert_int_equal(name_canonical(typed, name, NULL), STATUS_OK);
    assert_int_equal(strlen(name), 250 * 4 + 4);
}

static void wire_form_is_that_of_rfc_1035_section_3_1(void **state)
{
    static const uint8_t expected[] = "\3foo\3b.r\0";
    static const uint8_t mixed[] = "\3FoO\3b.R\0tail";
    uint8_t wire[NAME_WIRE];
    char name[NAME_TEXT];
    size_t used;

    (void)state;
    assert_int_equal(name_to_wire("FOO.b\\.r.", wire), 9);
    assert_memory_equal(wire, expected, 9);
    assert_int_equal(name_to_wire(".", wire), 1);
    assert_int_equal(wire[0], 0);
    assert_int_equal(name_to_wire("a..b.", wire), 0);
    assert_true(name_from_wire(mixed, sizeof mixed - 1, name, &used));
    assert_int_equal(used, 9);
    assert_string_equal(name, "foo.b\\.r.");
}

static void unsound_wire_names_are_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } cases[] = {{"", 0}, {"\3fo", 3}, {"\3foo", 4}, {"\3foo\300\0", 6}, {"\100a\0", 3}};
    uint8_t long_name[300];
    char name[NAME_TEXT];
    size_t used;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_false(name_from_wire((const uint8_t *)cases[i].bytes, cases[i].length, name, &used));
    memset(long_name, 1, sizeof long_name);
    long_name[298] = 0;
    assert_false(name_from_wire(long_name, sizeof long_name, name, &used));
    long_name[254] = 0;
    assert_true(name_from_wire(long_name, sizeof long_name, name, &used));
    assert_int_equal(used, 255);
}

static void labels_parents_and_suffixes(void **state)
{
    static const struct {
        const char *name;
        size_t labels;
        const char *parent, *first, *last_label;
    } cases[] = {
        {".", 0, ".", "", "."},
        {"com.", 1, ".", "com", "com."},
        {"example.com.", 2, "com.", "example", "com."},
        {"a\\.b.com.", 2, "com.", "a\\.b", "com."},
        {"a\\\\.com.", 2, "com.", "a\\\\", "com."},
        {"x.y.z\\..", 3, "y.z\\..", "x", "z\\.."},
    };
    char label[NAME_TEXT];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(name_labels(cases[i].name), cases[i].labels);
        assert_string_equal(name_parent(cases[i].name), cases[i].parent);
        assert_string_equal(name_first_label(cases[i].name, label), cases[i].first);
        assert_string_equal(name_suffix(cases[i].name, 1), cases[i].last_label);
        assert_string_equal(name_suffix(cases[i].name, 0), ".");
        assert_string_equal(name_suffix(cases[i].name, cases[i].labels),
                            cases[i].labels ? cases[i].name : ".");
    }
    assert_true(name_is_root("."));
    assert_false(name_is_root("com."));
}

static void within_counts_whole_labels(void **state)
{
    static const struct {
        const char *name, *ancestor;
        bool within;
    } cases[] = {
        {"example.com.", "example.com.", true},
        {"a.example.com.", "example.com.", true},
        {"example.com.", ".", true},
        {".", ".", true},
        {"badexample.com.", "example.com.", false},
        {"com.", "example.com.", false},
        {"bad\\.example.com.", "example.com.", false},
        {".", "com.", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(name_is_within(cases[i].name, cases[i].ancestor), cases[i].within);
}

static void join_makes_canonical_names_or_says_they_are_too_long(void **state)
{
    char name[NAME_TEXT] = "untouched";

    (void)state;
    assert_int_equal(name_join("_dmarc", NAME_255, name), STATUS_RANGE);
    assert_string_equal(name, "untouched");
    assert_int_equal(name_join("_DMARC", "example.com.", name), STATUS_OK);
    assert_string_equal(name, "_dmarc.example.com.");
    assert_int_equal(name_join("_ldap._tcp", name, name), STATUS_OK);
    assert_string_equal(name, "_ldap._tcp._dmarc.example.com.");
    assert_int_equal(name_join("com", ".", name), STATUS_OK);
    assert_string_equal(name, "com.");
    assert_int_equal(name_join("", "com.", name), STATUS_SYNTAX);
}

static void order_is_that_of_rfc_4034_section_6_1(void **state)
{
    static const char *const ordered[] = {
        ".",
        "example.",
        "a.example.",
        "yljkjljk.a.example.",
        "z.a.example.",
        "zabc.a.example.",
        "z.example.",
        "\\001.z.example.",
        "*.z.example.",
        "\\200.z.example.",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(ordered); i++)
        for (size_t j = 0; j < COUNT(ordered); j++) {
            int order = name_compare(ordered[i], ordered[j]);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
}

static void host_names_are_those_of_rfc_1123_section_2_1(void **state)
{
    static const struct {
        const char *name;
        bool host;
    } cases[] = {
        {"mx1.example.com.", true},
        {"3com.com.", true},
        {"a-b.example.", true},
        {"xn--bcher-kva.example.", true},
        {".", false},
        {"_dmarc.example.com.", false},
        {"-a.example.", false},
        {"a-.example.", false},
        {"192.0.2.1.", false},
        {"1.example.", true},
        {"a\\032b.example.", false},
        {"*.example.", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(name_is_host(cases[i].name), cases[i].host);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_form_is_lower_case_absolute_and_escaped),
        cmocka_unit_test(what_is_no_name_is_told_why),
        cmocka_unit_test(longest_name_in_escaped_form_fits),
        cmocka_unit_test(wire_form_is_that_of_rfc_1035_section_3_1),
        cmocka_unit_test(unsound_wire_names_are_refused),
        cmocka_unit_test(labels_parents_and_suffixes),
        cmocka_unit_test(within_counts_whole_labels),
        cmocka_unit_test(plain_names_are_those_of_their_wire_form),
        cmocka_unit_test(join_makes_canonical_names_or_says_they_are_too_long),
        cmocka_unit_test(order_is_that_of_rfc_4034_section_6_1),
        cmocka_unit_test(host_names_are_those_of_rfc_1123_section_2_1),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
