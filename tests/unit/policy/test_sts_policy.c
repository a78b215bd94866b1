/* RFC 8461 3.2: the text of a policy, of whatever octets. */
#include "policy/records/sts_policy.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOOD "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 604800\n"

static const struct {
    const char *rule, *text, *fault, *mx; /* fault NULL: valid; mx: each with its line */
    enum sts_policy_mode mode;
    long max_age;
} cases[] = {
    {"as served", GOOD, NULL, "mx1.example.com.@3", STS_POLICY_ENFORCE, 604800},
    {"line ends of the web", "version: STSv1\r\nmode: testing\r\nmx: a.test\r\nmax_age: 1\r\n",
     NULL, "a.test.@3", STS_POLICY_TESTING, 1},
    {"no last line end, no blanks", "version:STSv1\nmode:enforce\nmx:a.test\nmax_age:1", NULL,
     "a.test.@3", STS_POLICY_ENFORCE, 1},
    {"any order, upper case, several",
     "mx: B.Test\nmode: enforce\nmx: *.c.test\nmax_age: 1\n"
     "version: STSv1\n",
     NULL, "b.test.@1 *.c.test.@3", STS_POLICY_ENFORCE, 1},
    {"mode none needs no mx", "version: STSv1\nmode: none\nmax_age: 1\n", NULL, "", STS_POLICY_NONE,
     1},
    {"the first of two counts",
     "version: STSv1\nmode: testing\nmode: enforce\nmx: a.test\n"
     "max_age: 5\nmax_age: 6\n",
     NULL, "a.test.@4", STS_POLICY_TESTING, 5},
    {"fields of others are passed over", GOOD "later: x\n", NULL, "mx1.example.com.@3",
     STS_POLICY_ENFORCE, 604800},
    {"a year at most", "version: STSv1\nmode: none\nmax_age: 31557600\n", NULL, "", STS_POLICY_NONE,
     31557600},
    {"more than a year", "version: STSv1\nmode: none\nmax_age: 31557601\n",
     "max_age is more than 31557600 seconds, a year", "", STS_POLICY_NONE, 31557601},
    {"ten digits", "version: STSv1\nmode: none\nmax_age: 0031557600\n", NULL, "", STS_POLICY_NONE,
     31557600},
    {"eleven digits", "version: STSv1\nmode: none\nmax_age: 00000000001\n",
     "max_age is not a number of seconds", "", STS_POLICY_NONE, 0},
    {"no number", "version: STSv1\nmode: none\nmax_age: 1d\n", "max_age is not a number of seconds",
     "", STS_POLICY_NONE, 1},
    {"no max_age", "version: STSv1\nmode: none\n", "the line \"max_age:\" is missing", "",
     STS_POLICY_NONE, 0},
    {"no version", "mode: none\nmax_age: 1\n", "the line \"version: STSv1\" is missing", "",
     STS_POLICY_NONE, 1},
    {"another version", "version: STSv2\nmode: none\nmax_age: 1\n", "version is not STSv1", "",
     STS_POLICY_NONE, 1},
    {"names of fields have their case", "Version: STSv1\nmode: none\nmax_age: 1\n",
     "the line \"version: STSv1\" is missing", "", STS_POLICY_NONE, 1},
    {"no mode", "version: STSv1\nmax_age: 1\n", "the line \"mode:\" is missing", "",
     STS_POLICY_NONE, 1},
    {"an unknown mode", "version: STSv1\nmode: strict\nmax_age: 1\n",
     "mode is not enforce, testing or none", "", STS_POLICY_NONE, 1},
    {"no mx", "version: STSv1\nmode: enforce\nmax_age: 1\n", "there is no \"mx:\" line", "",
     STS_POLICY_ENFORCE, 1},
    {"a star inside", "version: STSv1\nmode: enforce\nmx: a.*.test\nmax_age: 1\n",
     "an mx line has no host name, nor \"*.\" and one", "", STS_POLICY_ENFORCE, 1},
    {"a testing policy without mx", "version: STSv1\nmode: testing\nmax_age: 1\n",
     "there is no \"mx:\" line", "", STS_POLICY_TESTING, 1},
    {"an mx line without name", "version: STSv1\nmode: enforce\nmx:\nmx: a.test\nmax_age: 1\n",
     "an mx line has no host name, nor \"*.\" and one", "a.test.@4", STS_POLICY_ENFORCE, 1},
    {"an empty label", "version: STSv1\nmode: enforce\nmx: a..test\nmax_age: 1\n",
     "an mx line has no host name, nor \"*.\" and one", "", STS_POLICY_ENFORCE, 1},
    {"a star before no host", "version: STSv1\nmode: enforce\nmx: *._a.test\nmax_age: 1\n",
     "an mx line has no host name, nor \"*.\" and one", "", STS_POLICY_ENFORCE, 1},
    {"no seconds", "version: STSv1\nmode: none\nmax_age:\n", "max_age is not a number of seconds",
     "", STS_POLICY_NONE, 0},
    {"lines of blanks", "\nversion: STSv1\n \r\n\nmode: none\n\r\nmax_age: 1\n\n", NULL, "",
     STS_POLICY_NONE, 1},
    {"the first of two versions counts", "version: STSv1\nversion: STSv2\nmode: none\nmax_age: 1\n",
     NULL, "", STS_POLICY_NONE, 1},
    {"a word that begins alike", "version: STSv1\nmode: nones\nmax_age: 1\n",
     "mode is not enforce, testing or none", "", STS_POLICY_NONE, 1},
    {"a web page", "<html>\n<body>\n", "a line is not \"name: value\"", "", STS_POLICY_NONE, 0},
    {"nothing", "", "the line \"version: STSv1\" is missing", "", STS_POLICY_NONE, 0},
};

static void patterns_of(const struct sts_policy *policy, char out[256])
{
    *out = '\0';
    for (size_t i = 0; i < policy->mx_count; i++)
        snprintf(out + strlen(out), 256 - strlen(out), "%s%s@%u", i ? " " : "",
                 policy->mx[i].pattern, policy->mx[i].number);
}

static void rule_3_2_syntax(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct sts_policy *policy =
            sts_policy_parse(arena, cases[i].text, strlen(cases[i].text));
        char patterns[256];
        patterns_of(policy, patterns);
        print_message("# %s\n", cases[i].rule);
        if (cases[i].fault)
            assert_string_equal(policy->fault, cases[i].fault);
        else
            assert_null(policy->fault);
        assert_string_equal(patterns, cases[i].mx);
        assert_int_equal(policy->mode, cases[i].mode);
        assert_int_equal(policy->max_age, cases[i].max_age);
    }
    arena_free(arena);
}

static void hostile_octets_are_no_policy(void **state)
{
    static const char octets[] =
        "version: STSv1\nmode: enforce\nmx: a\0b.test\nmax_age: 1\n\xff:\n";
    struct arena *arena = arena_new();
    char *huge = memory_new(STS_POLICY_MOST + 2, 1);
    const struct sts_policy *policy = sts_policy_parse(arena, octets, sizeof octets - 1);

    (void)state;
    assert_string_equal(policy->fault, "an mx line has no host name, nor \"*.\" and one");
    assert_int_equal(policy->mx_count, 0);
    memset(huge, 'x', STS_POLICY_MOST + 1);
    assert_string_equal(sts_policy_parse(arena, huge, STS_POLICY_MOST + 1)->fault,
                        "it is longer than 64 kB");
    assert_string_equal(sts_policy_parse(arena, huge, STS_POLICY_MOST)->fault,
                        "a line is not \"name: value\"");
    free(huge);
    arena_free(arena);
}

static void rule_4_1_match(void **state)
{
    static const char text[] =
        "version: STSv1\nmode: enforce\nmx: *.example.com\nmx: mx.example.net\nmax_age: 1\n";
    struct arena *arena = arena_new();
    const struct sts_policy *policy = sts_policy_parse(arena, text, sizeof text - 1);

    (void)state;
    assert_true(sts_policy_lists(policy, "a.example.com."));
    assert_false(sts_policy_lists(policy, "example.com."));
    assert_false(sts_policy_lists(policy, "a.b.example.com."));
    assert_true(sts_policy_lists(policy, "mx.example.net."));
    assert_false(sts_policy_lists(policy, "."));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rule_3_2_syntax),
                                       cmocka_unit_test(hostile_octets_are_no_policy),
                                       cmocka_unit_test(rule_4_1_match)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
