#include "app/settings/options.h"

#include "app/settings/option_table.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { WORDS_MAX = 32 };

struct parsed {
    struct arena *arena;
    struct options options;
    struct text why;
    enum status status;
    char *words[WORDS_MAX];
};

/* Splits the line at spaces. */
static void parse(struct parsed *parsed, const char *line)
{
    static char copy[512];
    char *rest = NULL;
    int count = 0;

    memset(parsed, 0, sizeof *parsed);
    parsed->arena = arena_new();
    snprintf(copy, sizeof copy, "mxtrail %s", line);
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        assert_true(count + 1 < WORDS_MAX);
        parsed->words[count++] = word;
    }
    parsed->status =
        options_parse(count, parsed->words, parsed->arena, &parsed->options, &parsed->why);
}

static void clear(struct parsed *parsed)
{
    text_clear(&parsed->why);
    arena_free(parsed->arena);
}

static void nothing_given_is_the_screen_with_good_values(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, "");
    assert_int_equal(parsed.status, STATUS_OK);
    assert_int_equal(parsed.options.output, OUTPUT_SCREEN);
    assert_int_equal(parsed.options.names.count, 0);
    assert_int_equal(parsed.options.seed, 1);
    assert_string_equal(parsed.options.profile, "rfc5321");
    assert_true(parsed.options.mouse && parsed.options.history);
    assert_false(parsed.options.demo || parsed.options.overlay || parsed.options.check);
    assert_int_equal(parsed.options.simulate, 0);
    assert_null(parsed.options.as);
    clear(&parsed);
}

static void every_option_finds_its_place(void **state)
{
    struct parsed parsed;
    const struct options *options = &parsed.options;

    (void)state;
    parse(&parsed, "--json --zone a --zone=b --simulate=500 --seed 7 --as mx2 --down a,b=rcpt5 "
                   "--down *=timeout --family 6 one");
    assert_int_equal(parsed.status, STATUS_OK);
    assert_int_equal(options->output, OUTPUT_JSON);
    assert_int_equal(options->zones.count, 2);
    assert_string_equal(options->zones.list[1], "b");
    assert_int_equal(options->simulate, 500);
    assert_int_equal(options->seed, 7);
    assert_string_equal(options->as, "mx2");
    assert_int_equal(options->downs.count, 3);
    assert_string_equal(options->downs.list[1], "b=rcpt5");
    assert_int_equal(options->family, 6);
    assert_string_equal(options->names.list[0], "one");
    clear(&parsed);
    parse(&parsed, "@192.0.2.1 one @[2001:db8::1]:5353 two -p 53 -4 --tcp --timeout 100 --tries 2 "
                   "--check");
    assert_int_equal(options->servers.count, 2);
    assert_string_equal(options->servers.list[1], "[2001:db8::1]:5353");
    assert_int_equal(options->names.count, 2);
    assert_int_equal(options->port, 53);
    assert_int_equal(options->server_family, 4);
    assert_true(options->tcp && options->check);
    assert_int_equal(options->timeout_ms, 100);
    assert_int_equal(options->tries, 2);
    clear(&parsed);
    parse(&parsed, "--srv o --algorithm exim --spf-ip a --spf-from f --spf-helo h --names x,y "
                   "--ignore i,j --set a=b --set c=d --own-address 192.0.2.1,192.0.2.2");
    assert_string_equal(options->srv, "o");
    assert_string_equal(options->algorithm, "exim");
    assert_string_equal(options->spf_helo, "h");
    assert_int_equal(options->sub_names.count, 2);
    assert_int_equal(options->ignored.count, 2);
    assert_int_equal(options->sets.count, 2);
    assert_int_equal(options->own_addresses.count, 2);
    clear(&parsed);
    parse(&parsed, "--replay r --dump --speed max --theme mono --lang de --ascii --no-mouse "
                   "--no-history --record f");
    assert_int_equal(parsed.status, STATUS_OK);
    assert_true(options->dump && options->ascii && !options->mouse && !options->history);
    assert_true(options->speed == 0);
    assert_string_equal(options->theme, "mono");
    clear(&parsed);
}

static void optional_values_stand_behind_an_equals_sign(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, "--simulate example.com");
    assert_int_equal(parsed.options.simulate, 10000);
    assert_string_equal(parsed.options.names.list[0], "example.com");
    clear(&parsed);
    parse(&parsed, "--demo=ties");
    assert_true(parsed.options.demo);
    assert_string_equal(parsed.options.lesson, "ties");
    clear(&parsed);
    parse(&parsed, "--demo ties");
    assert_null(parsed.options.lesson); /* which operand is a lesson is not known here */
    assert_string_equal(parsed.options.names.list[0], "ties");
    clear(&parsed);
}

static void an_overlay_takes_the_file_behind_it_but_no_name(void **state)
{
    char path[] = "/tmp/mxtrail-options-XXXXXX";
    char line[128];
    int fd = mkstemp(path);
    struct parsed parsed;

    (void)state;
    assert_true(fd >= 0);
    snprintf(line, sizeof line, "--overlay %s example.com", path);
    parse(&parsed, line);
    assert_true(parsed.options.overlay);
    assert_string_equal(parsed.options.zones.list[0], path);
    assert_string_equal(parsed.options.names.list[0], "example.com");
    clear(&parsed);
    close(fd);
    unlink(path);
    parse(&parsed, "--overlay example.com");
    assert_int_equal(parsed.status, STATUS_SYNTAX);
    clear(&parsed);
}

static void a_batch_is_json_unless_text_is_wanted(void **state)
{
    static const struct {
        const char *line;
        enum output output;
    } cases[] = {
        {"--batch -", OUTPUT_JSON},
        {"--batch - --report", OUTPUT_REPORT},
        {"--report --batch=names", OUTPUT_REPORT},
        {"--json --report", OUTPUT_REPORT},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct parsed parsed;
        parse(&parsed, cases[i].line);
        assert_int_equal(parsed.options.output, cases[i].output);
        clear(&parsed);
    }
}

static void operands_stand_anywhere_and_behind_two_dashes(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, "one --json two -- --three @192.0.2.1");
    assert_int_equal(parsed.status, STATUS_OK);
    assert_int_equal(parsed.options.names.count, 3);
    assert_string_equal(parsed.options.names.list[2], "--three");
    assert_int_equal(parsed.options.servers.count, 1);
    clear(&parsed);
}

static void wrong_use_is_told_and_changes_nothing(void **state)
{
    static const struct {
        const char *line, *why;
    } cases[] = {
        {"--zzz", "--zzz: no such option; see --help"},
        {"name --zzz other", "--zzz: no such option; see --help"},
        {"-z", "-z: no such option; see --help"},
        {"name -4z", "-z: no such option; see --help"},
        {"--check=1", "--check: takes no value"},
        {"--as", "--as: a value is missing"},
        {"-p", "-p: a value is missing"},
        {"-p x", "--port x: must be a whole number from 1 to 65535"},
        {"--seed 9223372036854775808",
         "--seed 9223372036854775808: must be a whole number from 0 to 9223372036854775807"},
        {"--seed +1", "--seed +1: must be a whole number from 0 to 9223372036854775807"},
        {"--speed nan", "--speed nan: must be a number above 0, max, or step"},
        {"--family 46", "--family 46: must be any, 4 or 6"},
        {"--zone a --demo", "--demo cannot be combined with --zone"},
        {"--replay a @192.0.2.1", "--replay cannot be combined with --demo, --zone or @server"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct parsed parsed;
        parse(&parsed, cases[i].line);
        assert_int_not_equal(parsed.status, STATUS_OK);
        assert_string_equal(text_get(&parsed.why), cases[i].why);
        assert_null(parsed.options.profile);
        clear(&parsed);
    }
}

#define OPTION_NAME(identifier, name, letter, argument, help) name,
static const char *const names[] = {OPTIONS(OPTION_NAME)};
#undef OPTION_NAME

static void a_line_does_not_go_on_where_a_wrong_one_ended(void **state)
{
    struct parsed parsed;

    (void)state;
    parse(&parsed, "-4!6");
    assert_int_not_equal(parsed.status, STATUS_OK);
    clear(&parsed);
    parse(&parsed, "--json example.com");
    assert_int_equal(parsed.status, STATUS_OK);
    assert_int_equal(parsed.options.server_family, 0);
    assert_int_equal(parsed.options.names.count, 1);
    clear(&parsed);
}

static void help_and_manual_have_every_option_of_the_table(void **state)
{
    struct text help = {0}, manual = {0};

    (void)state;
    options_help(&help);
    options_manual(&manual);
    for (size_t i = 0; i < COUNT(names); i++) {
        char word[64];
        snprintf(word, sizeof word, "--%s", names[i]);
        assert_non_null(strstr(text_get(&help), word));
        snprintf(word, sizeof word, "Fl -%s", names[i]);
        assert_non_null(strstr(text_get(&manual), word));
    }
    for (const char *line = text_get(&help); *line; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 80);
    text_clear(&help);
    text_clear(&manual);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_given_is_the_screen_with_good_values),
        cmocka_unit_test(every_option_finds_its_place),
        cmocka_unit_test(optional_values_stand_behind_an_equals_sign),
        cmocka_unit_test(an_overlay_takes_the_file_behind_it_but_no_name),
        cmocka_unit_test(a_batch_is_json_unless_text_is_wanted),
        cmocka_unit_test(operands_stand_anywhere_and_behind_two_dashes),
        cmocka_unit_test(wrong_use_is_told_and_changes_nothing),
        cmocka_unit_test(a_line_does_not_go_on_where_a_wrong_one_ended),
        cmocka_unit_test(help_and_manual_have_every_option_of_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
