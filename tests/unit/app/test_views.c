/* One list of views: every option that asks to see something opens what the command of that name
 * opens, from the command line and from a lesson alike. */
#include "app/events/action.h"
#include "app/settings/views.h"
#include "drive.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 32 };

static void assert_command(const char *text)
{
    char *word = strndup(text, strcspn(text, " "));
    enum action action;

    assert_true(action_parse(word, &action));
    assert_string_equal(action_get(action)->command, word);
    free(word);
}

/* The commands for a command line, with " | " between them; each is one. Free it. */
static char *asked(const char *line)
{
    char *copy = strdup(line), program[] = "mxtrail", *words[WORDS_MOST] = {program}, *rest = NULL;
    struct arena *arena = arena_new();
    struct text out = {0}, why = {0};
    struct options options;
    struct strings commands;
    int count = 1;

    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        for (char *c = word; *c; c++)
            *c = *c == '_' ? ' ' : *c;
        words[count++] = word;
    }
    assert_int_equal(options_parse(count, words, arena, &options, &why), STATUS_OK);
    views_asked(&options, arena, &commands);
    for (size_t i = 0; i < commands.count; i++) {
        assert_command(commands.list[i]);
        text_format(&out, "%s%s", i ? " | " : "", commands.list[i]);
    }
    arena_free(arena);
    free(copy);
    return text_take(&out);
}

static void assert_asked(const char *line, const char *expected)
{
    char *commands = asked(line);

    assert_string_equal(commands, expected);
    free(commands);
}

static void what_options_ask_for_becomes_commands(void **state)
{
    (void)state;
    assert_asked("example.com", "");
    assert_asked("--profile postfix --seed 4 --down mx1 --family 6", "");
    assert_asked("--simulate", "simulate 10000");
    assert_asked("--simulate=7", "simulate 7");
    assert_asked("--names a,b --names c", "names a,b,c");
    assert_asked("--as mx2", "as");
    assert_asked("--matrix", "matrix");
    assert_asked("--compare postfix,exim", "compare postfix,exim");
    assert_asked("--round-robin", "rotate");
    assert_asked("--srv example", "srv example");
    assert_asked("--srv example --algorithm exim", "srv example exim");
    assert_asked("--spf-ip 192.0.2.1 --spf-helo a.example", "spf");
    assert_asked("--down mx1,mx2=rcpt4@0h-6h", "timeline");
    assert_asked("--diff @192.0.2.1", "diff @192.0.2.1");
    assert_asked("--fetch-policy", "fetch policy");
    assert_asked("--diagram", "diagram");
    assert_asked("--resolvers 192.0.2.1", "resolvers");
    assert_asked("--trace", "trace");
}

static void edits_come_first_and_their_view_shows_them_all(void **state)
{
    (void)state;
    assert_asked("--whatif add_mx_5_mx9 --matrix --whatif remove_mx_mx1",
                 "whatif add mx 5 mx9 | whatif remove mx mx1 | matrix | whatif");
}

static void several_views_open_one_over_the_other(void **state)
{
    (void)state;
    assert_asked("--trace --resolvers 192.0.2.1 --diagram --fetch-policy "
                 "--diff example.net --whatif remove_mx_mx1 --down a@1h-2h --spf-ip ::1 --srv x "
                 "--round-robin --compare srv --matrix --as mx1 --simulate --names www",
                 "whatif remove mx mx1 | fetch policy | names www | simulate 10000 | as | matrix | "
                 "compare srv | "
                 "rotate | srv x | spf | timeline | whatif | diff example.net | diagram | "
                 "resolvers | trace");
}

static void round_robin_shows_all_records_without_preference(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 100, 160, NULL);
    drive_name(&drive, "example.com");
    drive_command(&drive, "rotate");
    drive_sees(&drive, "First address by user  example.com");
    drive_sees(&drive, "A records");
    drive_sees(&drive, "NS records");
    drive_close(&drive);
}

static void numbers_are_checked_as_on_the_command_line(void **state)
{
    static const char *const wrong[] = {"simulate 0", "simulate 99999999999999", "simulate 1x",
                                        "simulate -5"};
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "example.com");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        drive_command(&drive, wrong[i]);
        drive_sees(&drive, ": must be a whole number from 1 to 1000000000");
        drive_misses(&drive, "Delivery to");
    }
    drive_command(&drive, "roll -5");
    drive_sees(&drive, "-5: must be a whole number from 0 to 9223372036854775807");
    drive_command(&drive, "simulate 3");
    drive_sees(&drive, "3 deliveries");
    drive_close(&drive);
}

static void an_srv_owner_is_below_the_domain(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 160, 60, NULL);
    drive_name(&drive, "example.com");
    drive_command(&drive, "srv _ldap._tcp nominal");
    drive_sees(&drive, "A client's choice: _ldap._tcp.example.com");
    drive_sees(&drive, "Orders drawn                              nominal");
    drive_command(&drive, "srv _ldap._tcp dice");
    drive_sees(&drive, "no such algorithm: dice");
    drive_close(&drive);
}

static void spf_without_an_address_opens_the_tree(void **state)
{
    static const char zone[] = "$ORIGIN example.org.\n@ 60 SOA ns1 h 1 1 1 1 1\n"
                               "@ 60 TXT \"v=spf1 include:a.example.org -all\"\n"
                               "a 60 TXT \"v=spf1 ip4:192.0.2.7 -all\"\n";
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 120, 40, zone);
    drive_name(&drive, "example.org");
    drive_command(&drive, "spf");
    drive_sees(&drive, "ip4:192.0.2.7");
    drive_command(&drive, "spf 192.0.2.7");
    drive_sees(&drive, "SPF check");
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_options_ask_for_becomes_commands),
        cmocka_unit_test(edits_come_first_and_their_view_shows_them_all),
        cmocka_unit_test(several_views_open_one_over_the_other),
        cmocka_unit_test(round_robin_shows_all_records_without_preference),
        cmocka_unit_test(numbers_are_checked_as_on_the_command_line),
        cmocka_unit_test(spf_without_an_address_opens_the_tree),
        cmocka_unit_test(an_srv_owner_is_below_the_domain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
