/* Which questions a survey asks when it wants more than it may (SAFETY.md: budgets): the domain's
 * own records first, guesses last, and the same ones in whatever order the replies come. */
#include "base/text.h"
#include "dns/type.h"
#include "survey/budget.h"
#include "unit/check.h"
#include "unit/survey/survey_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOSTS_IN_ADDRESS = 250, ORDERS = 3 };

/* ---- zones ---- */

static void add_host(struct text *zone, const char *label, size_t number)
{
    text_format(zone, "%s%zu A 192.0.%zu.%zu\n%s%zu AAAA 2001:db8:%zx::%zx\n", label, number,
                number / HOSTS_IN_ADDRESS, 1 + number % HOSTS_IN_ADDRESS, label, number,
                (size_t)*label, number + 1);
}

static void add_reverse(struct text *zone, size_t number)
{
    char ip6[ADDRESS_REVERSE_TEXT], text[ADDRESS_TEXT];
    struct address address;

    snprintf(text, sizeof text, "2001:db8:%zx::%zx", (size_t)'m', number + 1);
    assert_true(address_parse(text, &address));
    text_format(zone, "%zu.%zu.0.192.in-addr.arpa. PTR mx%zu\n%s PTR mx%zu\n",
                1 + number % HOSTS_IN_ADDRESS, number / HOSTS_IN_ADDRESS, number,
                address_reverse(&address, ip6), number);
}

/* So many exchanges and (more) name servers of both families, each with names for its addresses. */
static char *domain(size_t exchanges, size_t servers, const char *more)
{
    struct text zone = {0};

    for (size_t i = 0; i < exchanges; i++) {
        text_format(&zone, "@ MX %zu mx%zu\n", i, i);
        add_host(&zone, "mx", i);
        add_reverse(&zone, i);
    }
    for (size_t i = 0; i < servers; i++) {
        text_format(&zone, "@ NS n%zu\n", i);
        add_host(&zone, "n", i);
    }
    text_add(&zone, more);
    return text_take(&zone);
}

/* Ten lookups in three levels (RFC 7208 4.6.4). */
static const char spf_tree[] =
    "@ TXT \"v=spf1 mx a include:s1.example.com include:s2.example.com -all\"\n"
    "s1 TXT \"v=spf1 include:s3.example.com include:s4.example.com a:h1.example.com -all\"\n"
    "s2 TXT \"v=spf1 include:s5.example.com mx -all\"\n"
    "s3 TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\ns4 TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n"
    "s5 TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\nh1 A 192.0.2.80\n";

/* ---- what was asked ---- */

static const struct survey_options whole = {.questions = SURVEY_QUESTIONS,
                                            .ask_servers = REACH_ALL};

static struct survey_world *world_of(const char *zone, size_t questions)
{
    struct survey_world *world = calloc(1, sizeof *world);
    struct survey_options options = whole;

    options.questions = questions;
    survey_world_init(world, "example.com", zone, &options);
    return world;
}

static void world_free(struct survey_world *world)
{
    survey_world_clear(world);
    free(world);
}

static size_t count_kind(const struct survey_world *world, int first, int last)
{
    size_t count = 0;

    for (size_t i = 0; i < world->asked_count; i++)
        count += world->asked[i].priority >= first && world->asked[i].priority <= last;
    return count;
}

static int compare_asked(const void *left, const void *right)
{
    const struct question *a = &((const struct asked *)left)->question;
    const struct question *b = &((const struct asked *)right)->question;
    int order = strcmp(a->name, b->name);

    order = order ? order : (int)a->type - (int)b->type;
    order = order ? order : (int)a->flags - (int)b->flags;
    return order ? order : address_compare(&a->server, &b->server);
}

static void assert_same_questions(struct survey_world *one, struct survey_world *other)
{
    qsort(one->asked, one->asked_count, sizeof *one->asked, compare_asked);
    qsort(other->asked, other->asked_count, sizeof *other->asked, compare_asked);
    assert_int_equal(one->asked_count, other->asked_count);
    for (size_t i = 0; i < one->asked_count; i++)
        assert_int_equal(compare_asked(&one->asked[i], &other->asked[i]), 0);
}

/* ---- tests ---- */

static void large_domains_are_complete(void **state)
{
    static const struct {
        size_t exchanges, servers;
    } sizes[] = {{0, 0}, {10, 4}, {60, 2}, {100, 13}};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *zone = domain(sizes[i].exchanges, sizes[i].servers, spf_tree);
        struct survey_world *world = world_of(zone, SURVEY_QUESTIONS);
        const struct facts *facts;

        survey_world_run(world);
        facts = survey_facts(world->survey);
        assert_false(facts->over_budget);
        assert_int_equal(facts->not_asked, 0);
        assert_int_equal(facts->asked, world->asked_count);
        assert_int_equal(facts->answered, world->asked_count);
        assert_true(world->asked_count < SURVEY_QUESTIONS);
        assert_int_equal(facts->mx.count, sizes[i].exchanges);
        assert_int_equal(facts->setup->authority->count, 2 + 2 * sizes[i].servers);
        assert_int_equal(facts->setup->authority->left_out, 0);
        assert_true(facts->setup->ptrs->complete && facts->setup->dane->complete);
        assert_int_equal(facts->setup->ptrs->left_out, 0);
        assert_int_equal(facts->setup->exchanges->left_out, 0);
        assert_true(facts->setup->spf->complete);
        for (size_t row = 0; row < facts->mx.count; row++)
            assert_int_equal(facts->mx.rows[row].host->address_count, 2);
        world_free(world);
        free(zone);
    }
}

static void two_thousand_exchanges_stay_within_the_budget(void **state)
{
    char *zone = domain(2000, 13, spf_tree);
    struct survey_world *world = world_of(zone, SURVEY_QUESTIONS);
    const struct facts *facts;
    size_t known = 0;

    (void)state;
    survey_world_run(world);
    facts = survey_facts(world->survey);
    assert_true(facts->over_budget);
    assert_int_equal(world->asked_count, facts->asked);
    assert_in_range(world->asked_count, SURVEY_QUESTIONS * 4 / 5, SURVEY_QUESTIONS);
    assert_int_equal(count_kind(world, 0, ASK_GUESSES - 1), SURVEY_QUESTIONS * 4 / 5);
    assert_int_equal(facts->mx.count, 2000);
    assert_false(facts->waiting);
    for (size_t i = 0; i < facts->mx.count; i++) {
        const struct host *host = facts->mx.rows[i].host;
        assert_false(host->waiting);
        assert_int_equal(host->outcome, host->address_count ? OUTCOME_ANSWERED : OUTCOME_NOT_ASKED);
        assert_true(i == 0 || !host->address_count || facts->mx.rows[i - 1].host->address_count);
        known += host->address_count > 0;
    }
    assert_in_range(known, 200, 1000);
    assert_true(facts->setup->spf->complete);
    assert_int_equal(facts->setup->authority->count, 28);
    for (size_t i = 0; i < facts->setup->authority->count; i++)
        assert_int_equal(facts->setup->authority->servers[i].state, AUTHORITY_OK);
    assert_int_equal(facts->srv.waiting + facts->srv.rest[OUTCOME_NOT_ASKED], 0);
    assert_true(facts->route->complete);
    world_free(world);
    free(zone);
}

/* The order of the replies is the network's; what is asked and told must not be. */
static void replies_in_any_order_raise_the_same_questions(void **state)
{
    static const size_t limits[] = {0, 1, 7, 35, 100, 300, 700, 2000};
    static const size_t sizes[] = {3, 40, 300};

    (void)state;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        char *zone = domain(sizes[s], sizes[s] > 100 ? 13 : 3, spf_tree);
        for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
            struct survey_world *first = world_of(zone, limits[l]);
            size_t answers;

            survey_world_run(first);
            answers = answers_count(survey_answers(first->survey));
            assert_true(!limits[l] || first->asked_count <= limits[l]);
            assert_int_equal(survey_facts(first->survey)->over_budget,
                             survey_facts(first->survey)->not_asked > 0);
            for (uint64_t seed = 1; seed <= (sizes[s] > 100 ? 1 : ORDERS); seed++) {
                struct survey_world *other = world_of(zone, limits[l]);
                survey_world_run_in_order(other, seed);
                assert_false(other->again);
                assert_same_questions(first, other);
                assert_int_equal(answers_count(survey_answers(other->survey)), answers);
                world_free(other);
            }
            world_free(first);
        }
        free(zone);
    }
}

/* Few questions go to what is named first. */
static void guesses_come_last(void **state)
{
    char *zone = domain(10, 4, spf_tree);

    (void)state;
    for (size_t limit = 5; limit <= 300; limit += 5) {
        struct survey_world *world = world_of(zone, limit);
        survey_world_run(world);
        if (count_kind(world, ASK_GUESSES, ASK_PRIORITIES) > limit / 5)
            assert_true(survey_facts(world->survey)->setup->ptrs->complete);
        if (limit >= 10)
            assert_int_equal(count_kind(world, ASK_PANES, ASK_PANES), 4);
        if (limit >= 60)
            assert_int_equal(count_kind(world, ASK_EXCHANGES, ASK_EXCHANGES), 20);
        world_free(world);
    }
    free(zone);
}

/* A survey that was ended asks no more; everything has an end that says why. */
static void an_ended_survey_asks_no_more(void **state)
{
    static const char why[] = "the time is over";
    char *zone = domain(30, 2, spf_tree);

    (void)state;
    for (size_t limit = 0; limit <= 100; limit += 25)
        for (size_t rounds = 0; rounds < 4; rounds++) {
            struct survey_world *world = world_of(zone, limit);
            const struct answers *answers = survey_answers(world->survey);
            size_t asked;

            for (size_t i = 0; i < rounds; i++) {
                survey_world_ask(world);
                survey_world_answer(world, "example.com.", i == 0 ? TYPE_MX : TYPE_NS);
            }
            asked = world->asked_count;
            survey_end(world->survey, why);
            survey_world_run(world);
            assert_int_equal(world->asked_count, asked);
            assert_string_equal(survey_facts(world->survey)->ended, why);
            assert_true(survey_facts(world->survey)->not_asked > 0);
            for (size_t i = 0; i < answers_count(answers); i++)
                if (!reply_was_sent(answers_at(answers, i)))
                    assert_string_equal(answers_at(answers, i)->why, why);
            survey_forget_all(world->survey);
            assert_true(survey_world_ask(world) > 0);
            world_free(world);
        }
    free(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_domains_are_complete),
        cmocka_unit_test(two_thousand_exchanges_stay_within_the_budget),
        cmocka_unit_test(replies_in_any_order_raise_the_same_questions),
        cmocka_unit_test(guesses_come_last),
        cmocka_unit_test(an_ended_survey_asks_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
