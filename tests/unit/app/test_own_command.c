#include "app/state/own_command.h"
#include "unit/check.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct own_place here = {"mx1.example.com", "192.0.2.1", "example.com"};

static void placeholders_are_parts_of_one_word(void **state)
{
    static const struct {
        const char *line, *words;
    } cases[] = {
        {"swaks --to postmaster@%d --server %h", "swaks\n--to\npostmaster@example.com\n--server\n"
                                                 "mx1.example.com\n"},
        {"  whois\t%a ", "whois\n192.0.2.1\n"},
        {"echo %%h 100%%", "echo\n%h\n100%\n"},
        {"sh -c $(rm);x", "sh\n-c\n$(rm);x\n"}, /* nothing reads these signs */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text words = {0};
        const char *why;
        assert_true(own_command_words(cases[i].line, &here, &words, &why));
        assert_string_equal(text_get(&words), cases[i].words);
        text_clear(&words);
    }
}

static void names_that_are_no_hosts_are_given_to_no_program(void **state)
{
    static const char *const names[] = {
        "-oProxyCommand=x",   "a b",     "a\nb", "$(id)", "a;b", "*.example.com",
        "_dmarc.example.com", "x\\032y", "",     "..",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct own_place place = {names[i], NULL, names[i]};
        struct text words = {0};
        const char *why = NULL;
        assert_false(own_command_words("ssh %h", &place, &words, &why));
        assert_string_equal(why, "the name is not a hostname, so no program gets it");
        assert_false(own_command_words("ssh x@%d", &place, &words, &why));
        text_clear(&words);
    }
}

static void what_is_not_there_is_said(void **state)
{
    static const struct {
        const char *line, *why;
    } cases[] = {
        {"ssh %h", "this row has no host (%h)"},
        {"ssh %a", "this row has no address (%a)"},
        {"ssh %d", "there is no domain (%d)"},
        {"ssh %x", "after a percent sign only h, a, d or a percent sign may be used"},
        {"ssh %", "after a percent sign only h, a, d or a percent sign may be used"},
        {"  ", "the command is empty"},
    };
    const struct own_place nowhere = {NULL, NULL, NULL};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text words = {0};
        const char *why = NULL;
        assert_false(own_command_words(cases[i].line, &nowhere, &words, &why));
        assert_string_equal(why, cases[i].why);
        text_clear(&words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placeholders_are_parts_of_one_word),
        cmocka_unit_test(names_that_are_no_hosts_are_given_to_no_program),
        cmocka_unit_test(what_is_not_there_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
