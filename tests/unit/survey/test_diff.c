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
};

static void pair_init(struct pair *pair, const char *left, const char *right)
{
    survey_world_init(&pair->worlds[0], "example.com", left, NULL);
    survey_world_init(&pair->worlds[1], "example.com", right, NULL);
    pair->arena = arena_new();
}

static void pair_compare(struct pair *pair)
{
    diff_build(pair->worlds[0].survey, pair->worlds[1].survey, pair->arena, &pair->diff);
}

static void pair_clear(struct pair *pair)
{
    arena_free(pair->arena);
    survey_world_clear(&pair->worlds[0]);
    survey_world_clear(&pair->worlds[1]);
}

/* The n-th line (from 0) of that owner and type; NULL when there are fewer. */
static const struct diff_line *line_of(const struct pair *pair, const char *owner, uint16_t type,
                                       size_t n)
{
    for (size_t i = 0; i < pair->diff.count; i++) {
        const struct diff_line *line = &pair->diff.lines[i];
        if (line->type == type && strcmp(line->owner, owner) == 0 && n-- == 0)
            return line;
    }
    return NULL;
}

static void equal_answers_do_not_differ(void **state)
{
    struct pair pair;

    (void)state;
    pair_init(&pair, before, before);
    survey_world_run(&pair.worlds[0]);
    survey_world_run(&pair.worlds[1]);
    pair_compare(&pair);
    assert_int_equal(pair.diff.other, 0);
    assert_int_equal(pair.diff.unknown, 0);
    assert_string_equal(line_of(&pair, "@", TYPE_MX, 0)->left, "5 mx1");
    assert_string_equal(line_of(&pair, "@", TYPE_MX, 1)->right, "10 mx.example.net.");
    assert_string_equal(line_of(&pair, "_sip._udp", TYPE_SRV, 0)->left, "0 1 5060 mx1");
    assert_null(line_of(&pair, "@", TYPE_CAA, 0)->left); /* neither has any, and that is told */
    assert_null(line_of(&pair, "_sips._tcp", TYPE_SRV, 0));
    pair_clear(&pair);
}

static void what_differs_is_found_at_its_name(void **state)
{
    struct pair pair;
    const struct diff_line *line;

    (void)state;
    pair_init(&pair, before, "@ MX 5 mx1\n@ MX 20 mx.example.net.\nmx1 A 192.0.2.9\n");
    survey_world_run(&pair.worlds[0]);
    survey_world_run(&pair.worlds[1]);
    pair_compare(&pair);
    assert_int_equal(pair.diff.other, 5);
    assert_int_equal(line_of(&pair, "@", TYPE_MX, 0)->state, DIFF_SAME);
    line = line_of(&pair, "@", TYPE_MX, 1);
    assert_int_equal(line->state, DIFF_OTHER);
    assert_null(line->right);
    assert_string_equal(line_of(&pair, "mx1", TYPE_A, 1)->right, "192.0.2.9");
    line = line_of(&pair, "_sip._udp", TYPE_SRV, 0);
    assert_null(line->right);
    assert_int_equal(line->right_reply->outcome, OUTCOME_NXDOMAIN);
    pair_clear(&pair);
}

/* A lookup that failed is neither equal nor different. */
static void failures_and_open_questions_are_unknown(void **state)
{
    struct pair pair;

    (void)state;
    pair_init(&pair, before, before);
    pair.worlds[1].broken = "mx1.example.com.";
    survey_world_run(&pair.worlds[0]);
    pair_compare(&pair);
    assert_int_equal(line_of(&pair, "@", TYPE_MX, 0)->state, DIFF_UNKNOWN);
    assert_null(line_of(&pair, "@", TYPE_MX, 0)->right_reply);
    survey_world_run(&pair.worlds[1]);
    pair_compare(&pair);
    assert_int_equal(pair.diff.other, 0);
    assert_int_equal(line_of(&pair, "mx1", TYPE_A, 0)->state, DIFF_UNKNOWN);
    assert_int_equal(line_of(&pair, "@", TYPE_MX, 0)->state, DIFF_SAME);
    pair_clear(&pair);
}

static void findings_of_one_side_are_told(void **state)
{
    static const struct survey_options whole = {0};
    struct pair pair = {0};
    bool told = false;

    (void)state;
    survey_world_init(&pair.worlds[0], "example.com", "@ MX 5 mx1\nmx1 A 192.0.2.1\n", &whole);
    survey_world_init(&pair.worlds[1], "example.com", "@ MX 5 mx1\nmx1 CNAME ns1\n", &whole);
    pair.arena = arena_new();
    survey_world_run(&pair.worlds[0]);
    survey_world_run(&pair.worlds[1]);
    pair_compare(&pair);
    for (size_t i = 0; i < pair.diff.finding_count; i++)
        told = told || (pair.diff.findings[i].right &&
                        strcmp(pair.diff.findings[i].finding->id, "mx-cname") == 0);
    assert_true(told);
    pair_clear(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_answers_do_not_differ),
        cmocka_unit_test(what_differs_is_found_at_its_name),
        cmocka_unit_test(failures_and_open_questions_are_unknown),
        cmocka_unit_test(findings_of_one_side_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
