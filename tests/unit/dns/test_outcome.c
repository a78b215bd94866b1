#include "dns/outcome.h"
#include "unit/check.h"

#include <string.h>

static const struct {
    const char *text, *word, *phrase;
} table[OUTCOME_COUNT] = {
    {"answered", "answered", "answered"},
    {"nodata", "no data", "no data (NODATA)"},
    {"nxdomain", "no such name", "no such name (NXDOMAIN)"},
    {"servfail", "server failure", "server failure (SERVFAIL)"},
    {"refused", "refused", "refused"},
    {"timeout", "timed out", "timed out"},
    {"malformed", "malformed", "malformed"},
    {"invalid", "invalid name", "invalid name"},
    {"unreachable", "unreachable", "unreachable"},
    {"connection_refused", "connection refused", "connection refused"},
    {"connection_reset", "connection reset", "connection reset"},
    {"untrusted", "certificate not valid", "certificate not valid"},
    {"no_tls", "no TLS", "no TLS"},
    {"no_match", "no matching response", "no matching response"},
    {"not_asked", "not queried", "not queried"},
    {"not_in_file", "not in the file", "not in the file"},
};

static void every_outcome_has_its_words(void **state)
{
    (void)state;
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        enum outcome outcome = (enum outcome)i, parsed;
        assert_string_equal(outcome_text(outcome), table[i].text);
        assert_string_equal(outcome_word(outcome), table[i].word);
        assert_string_equal(outcome_phrase(outcome), table[i].phrase);
        assert_int_equal(outcome_sentence(outcome)[strlen(outcome_sentence(outcome)) - 1], '.');
        assert_true(outcome_parse(outcome_text(outcome), &parsed));
        assert_int_equal(parsed, i);
        assert_true(strlen(outcome_word(outcome)) <= 22);
    }
}

static void nothing_else_is_an_outcome(void **state)
{
    static const char *const others[] = {"", "ANSWERED", "answered ", "not asked", "waiting"};
    enum outcome parsed = OUTCOME_REFUSED;

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(outcome_parse(others[i], &parsed));
    assert_int_equal(parsed, OUTCOME_REFUSED);
}

static void only_what_says_something_of_the_name_is_final(void **state)
{
    (void)state;
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        bool known = i == OUTCOME_ANSWERED || i == OUTCOME_NODATA || i == OUTCOME_NXDOMAIN ||
                     i == OUTCOME_INVALID;
        assert_int_equal(outcome_is_temporary((enum outcome)i), !known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_outcome_has_its_words),
        cmocka_unit_test(nothing_else_is_an_outcome),
        cmocka_unit_test(only_what_says_something_of_the_name_is_final),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
