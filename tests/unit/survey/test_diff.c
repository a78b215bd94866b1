#include "survey/diff.h"

#include "dns/type.h"
#include "unit/check.h"
#include "unit/survey/survey_world.h"

#include <stdlib.h>
#include <string.h>

static const char before[] = "@ MX 5 mx1\n@ MX 10 mx.example.net.\nmx1 A 192.0.2.1\n"
                             "_sip._udp SRV 0 1 5060 mx1\n";

struct pair {
    struct survey_world worlds[2];
    struct arena *arena;
    struct diff diff;
    struct text text;
};

static const struct survey_options whole = {0};

static void pair_init(struct pair *pair, const char *left, const char *right,
                      const struct survey_options *options)
{
    *pair = (struct pair){.arena = arena_new()};
    survey_world_init(&pair->worlds[0], "example.com", left, options);
    survey_world_init(&pair->worlds[1], "example.com", right, options);
}

static void pair_run(struct pair *pair)
{
    survey_world_run(&pair->worlds[0]);
    survey_world_run(&pair->worlds[1]);
}

static void pair_clear(struct pair *pair)
{
    arena_free(pair->arena);
    survey_world_clear(&pair->worlds[0]);
    survey_world_clear(&pair->worlds[1]);
    text_clear(&pair->text);
}

static const char *word(const char *text)
{
    return text ? text : "nothing";
}

/* The lines in that state: "mx1 A: 192.0.2.1 | nothing" and an end of line each. */
static const char *lines_that_are(struct pair *pair, enum diff_state state)
{
    text_cut(&pair->text, 0);
    diff_build(pair->worlds[0].survey, pair->worlds[1].survey, pair->arena, &pair->diff);
    for (size_t i = 0; i < pair->diff.count; i++) {
        const struct diff_line *line = &pair->diff.lines[i];
        char type[TYPE_TEXT];

        if (line->state == state)
            text_format(&pair->text, "%s %s: %s | %s\n", line->owner, type_text(line->type, type),
                        word(line->left), word(line->right));
    }
    return text_get(&pair->text);
}

static const char *findings_told(struct pair *pair)
{
    text_cut(&pair->text, 0);
    for (size_t i = 0; i < pair->diff.finding_count; i++)
        text_format(&pair->text, "%s %s %s\n", pair->diff.findings[i].right ? "right" : "left",
                    pair->diff.findings[i].finding->id, pair->diff.findings[i].finding->subject);
    return text_get(&pair->text);
}

static void equal_answers_do_not_differ(void **state)
{
    struct pair pair;

    (void)state;
    pair_init(&pair, before, before, NULL);
    pair_run(&pair);
    assert_string_equal(lines_that_are(&pair, DIFF_OTHER), "");
    assert_string_equal(lines_that_are(&pair, DIFF_UNKNOWN), "");
    /* Of what neither has, that is told which every domain is asked for. */
    assert_string_equal(lines_that_are(&pair, DIFF_SAME),
                        "@ MX: 5 mx1 | 5 mx1\n"
                        "@ MX: 10 mx.example.net. | 10 mx.example.net.\n"
                        "@ A: nothing | nothing\n"
                        "@ AAAA: nothing | nothing\n"
                        "@ NS: ns1 | ns1\n"
                        "@ NS: ns2 | ns2\n"
                        "@ SOA: ns1.example.com. hostmaster.example.com. 1 7200 900 1209600 300 | "
                        "ns1.example.com. hostmaster.example.com. 1 7200 900 1209600 300\n"
                        "@ TXT: nothing | nothing\n"
                        "@ CAA: nothing | nothing\n"
                        "@ HTTPS: nothing | nothing\n"
                        "_sip._udp SRV: 0 1 5060 mx1 | 0 1 5060 mx1\n"
                        "mx1 A: 192.0.2.1 | 192.0.2.1\n"
                        "ns1 A: 192.0.2.53 | 192.0.2.53\n"
                        "ns2 A: 198.51.100.53 | 198.51.100.53\n");
    pair_clear(&pair);
}

/* Who differs where, and nowhere else. */
static void what_differs_is_found_at_its_name(void **state)
{
    static const struct {
        const char *left, *right, *lines, *findings;
    } cases[] = {
        {before, "@ MX 5 mx1\n@ MX 20 mx.example.net.\nmx1 A 192.0.2.9\n",
         "@ MX: 10 mx.example.net. | nothing\n"
         "@ MX: nothing | 20 mx.example.net.\n"
         "_sip._udp SRV: 0 1 5060 mx1 | nothing\n"
         "mx1 A: 192.0.2.1 | nothing\n"
         "mx1 A: nothing | 192.0.2.9\n",
         ""},
        {"@ MX 5 mx1\nmx1 A 192.0.2.1\n", "@ MX 5 mx1\nmx1 CNAME ns1\n",
         "mx1 A: nothing | alias of ns1\n"
         "mx1 A: 192.0.2.1 | nothing\n"
         "mx1 A: nothing | 192.0.2.53\n"
         "mx1 AAAA: nothing | alias of ns1\n",
         "right mx-cname mx1.example.com.\n"},
        /* What a wildcard answers is told once, and what stands beside it. */
        {"@ MX 5 mx1\nmx1 A 192.0.2.1\n* TXT one\n",
         "@ MX 5 mx1\nmx1 A 192.0.2.1\n* TXT two\n_dmarc TXT own\n",
         "* TXT: \"one\" | nothing\n"
         "* TXT: nothing | \"two\"\n"
         "_dmarc TXT: \"one\" | nothing\n"
         "_dmarc TXT: nothing | \"own\"\n",
         ""},
        /* But not at the names of others, which no wildcard of the domain covers. */
        {"@ MX 5 mx1\nmx1 A 192.0.2.1\n* TXT \"v=spf1 -all\"\n@ TXT \"v=spf1 include:a.example.net "
         "-all\"\na.example.net. TXT \"v=spf1 -all\"\n",
         "@ MX 5 mx1\nmx1 A 192.0.2.1\n* TXT \"v=spf1 ~all\"\n@ TXT \"v=spf1 include:a.example.net "
         "-all\"\na.example.net. TXT \"v=spf1 ~all\"\n",
         "* TXT: \"v=spf1 -all\" | nothing\n* TXT: nothing | \"v=spf1 ~all\"\n"
         "a.example.net. TXT: \"v=spf1 -all\" | nothing\na.example.net. TXT: nothing | \"v=spf1 "
         "~all\"\n",
         ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pair pair;

        pair_init(&pair, cases[i].left, cases[i].right, &whole);
        pair_run(&pair);
        assert_string_equal(lines_that_are(&pair, DIFF_OTHER), cases[i].lines);
        assert_string_equal(findings_told(&pair), cases[i].findings);
        assert_string_equal(lines_that_are(&pair, DIFF_UNKNOWN), "");
        pair_clear(&pair);
    }
}

/* A lookup that failed is neither equal nor different. */
static void failures_and_open_questions_are_unknown(void **state)
{
    struct pair pair;

    (void)state;
    pair_init(&pair, before, before, NULL);
    pair.worlds[1].broken = "mx1.example.com.";
    survey_world_run(&pair.worlds[0]);
    assert_string_equal(
        lines_that_are(&pair, DIFF_UNKNOWN),
        "@ MX: 5 mx1 | nothing\n"
        "@ MX: 10 mx.example.net. | nothing\n"
        "@ A: nothing | nothing\n"
        "@ AAAA: nothing | nothing\n"
        "@ NS: ns1 | nothing\n"
        "@ NS: ns2 | nothing\n"
        "@ SOA: ns1.example.com. hostmaster.example.com. 1 7200 900 1209600 300 | nothing\n"
        "@ TXT: nothing | nothing\n"
        "@ CAA: nothing | nothing\n"
        "@ HTTPS: nothing | nothing\n");
    survey_world_run(&pair.worlds[1]);
    assert_string_equal(lines_that_are(&pair, DIFF_UNKNOWN),
                        "mx1 A: 192.0.2.1 | 192.0.2.1\nmx1 AAAA: nothing | nothing\n");
    assert_string_equal(lines_that_are(&pair, DIFF_OTHER), "");
    pair_clear(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_answers_do_not_differ),
        cmocka_unit_test(what_differs_is_found_at_its_name),
        cmocka_unit_test(failures_and_open_questions_are_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
