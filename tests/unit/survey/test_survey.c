#include "base/memory.h"
#include "base/text.h"
#include "dns/type.h"
#include "mail/clients/services.h"
#include "mail/profiles/profiles.h"
#include "unit/check.h"
#include "unit/survey/survey_world.h"

#include <stdlib.h>
#include <string.h>

static const char plain[] = "@ MX 10 mx1\n@ MX 20 mx2\n@ A 192.0.2.80\n"
                            "mx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
                            "_ldap._tcp SRV 0 6 389 ldap1\nldap1 A 192.0.2.31\n";

/* ---- what is asked, and when ---- */

static void panes_are_asked_first_then_details_then_services(void **state)
{
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    assert_int_equal(survey_world_ask(&world), 9 + services_srv_count());
    for (size_t i = 1; i < world.asked_count; i++)
        assert_true(world.asked[i - 1].priority <= world.asked[i].priority);
    assert_int_equal(survey_world_find(&world, "example.com.", TYPE_MX, 0), 0);
    assert_in_range(survey_world_find(&world, "example.com.", TYPE_A, 0), 1, 3);
    assert_in_range(survey_world_find(&world, "example.com.", TYPE_AAAA, 0), 1, 3);
    assert_in_range(survey_world_find(&world, "example.com.", TYPE_NS, 0), 1, 3);
    assert_in_range(survey_world_find(&world, "example.com.", TYPE_SOA, 0), 4, 8);
    assert_in_range(survey_world_find(&world, "example.com.", TYPE_TXT, 0), 4, 8);
    assert_in_range(survey_world_find(&world, "example.com.", TYPE_CNAME, 0), 4, 8);
    assert_in_range(survey_world_find(&world, "example.com.", TYPE_CAA, 0), 4, 8);
    assert_in_range(survey_world_find(&world, "example.com.", TYPE_HTTPS, 0), 4, 8);
    assert_true(survey_world_find(&world, "_ldap._tcp.dc._msdcs.example.com.", TYPE_SRV, 9) >= 9);
    survey_world_clear(&world);
}

static void dependents_are_wanted_the_moment_their_parent_is_in(void **state)
{
    struct survey_world world;
    struct question question;
    int priority;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    assert_true(survey_ask(world.survey, &question, &priority)); /* MX; the others still wait */
    survey_world_answer(&world, "example.com.", TYPE_MX);
    survey_world_ask(&world);
    assert_true(survey_world_find(&world, "mx1.example.com.", TYPE_A, 0) >= 0);
    assert_true(survey_world_find(&world, "mx2.example.com.", TYPE_AAAA, 0) >= 0);
    assert_true(survey_world_find(&world, "mx2.example.com.", TYPE_AAAA, 0) <
                survey_world_find(&world, "example.com.", TYPE_SOA, 0));
    assert_int_equal(survey_world_find(&world, "ns1.example.com.", TYPE_A, 0), -1);
    survey_world_answer(&world, "example.com.", TYPE_NS);
    assert_int_equal(survey_world_ask(&world), 4);
    survey_world_answer(&world, "_ldap._tcp.example.com.", TYPE_SRV);
    /* its host, and what a service nobody has would answer */
    assert_int_equal(survey_world_ask(&world), 3);
    assert_true(survey_world_find(&world, "ldap1.example.com.", TYPE_AAAA, 0) >= 0);
    assert_false(survey_complete(world.survey));
    survey_world_clear(&world);
}

/* One host is exchange, name server and SRV target at once, under one more name. */
static void nothing_is_asked_twice(void **state)
{
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "example.com",
                      "@ MX 10 ns1\n@ MX 20 @\n@ A 192.0.2.80\n@ MX 30 alias\nalias CNAME ns1\n"
                      "_smtp._tcp SRV 0 0 25 ns1\n_imap._tcp SRV 0 0 143 @\n",
                      NULL);
    survey_world_run(&world);
    assert_false(world.again);
    assert_int_equal(survey_asked(world.survey), survey_ended(world.survey));
    assert_int_equal(survey_asked(world.survey), world.asked_count);
    survey_world_clear(&world);
}

/* Answers the first question that is open below the name. */
static void answer_below(struct survey_world *world, const char *prefix, const char *name)
{
    size_t length = strlen(prefix);

    for (size_t i = 0; i < world->asked_count; i++) {
        const struct question *question = &world->asked[i].question;
        if (survey_awaits(world->survey, question) && name_is_within(question->name, name) &&
            strncmp(question->name, prefix, length) == 0) {
            survey_world_answer(world, question->name, question->type);
            return;
        }
    }
    fail_msg("nothing is open below %s", name);
}

/* What a guess that is not there makes wanted is nothing, but it is seen; a name nobody has tells
 * about others, at once. */
static void guesses_that_are_not_there_are_known_at_once(void **state)
{
    static const struct survey_options whole = {.seed = 1};
    struct survey_world world;
    const struct facts *facts;
    size_t waiting;

    (void)state;
    survey_world_init(&world, "example.com", plain, &whole);
    survey_world_ask(&world);
    waiting = survey_facts(world.survey)->srv.waiting;
    answer_below(&world, "_xmpp", "example.com.");
    assert_int_equal(survey_world_ask(&world), 0);
    facts = survey_facts(world.survey);
    assert_int_equal(facts->srv.waiting, waiting - 1);
    assert_int_equal(facts->srv.rest[OUTCOME_NXDOMAIN] + facts->srv.rest[OUTCOME_NODATA], 1);
    answer_below(&world, "", "_domainkey.example.com.");
    assert_in_range(survey_world_ask(&world), 20, 60);
    survey_world_run(&world);
    assert_int_equal(survey_facts(world.survey)->srv.waiting, 0);
    survey_world_clear(&world);
}

static void exchange_addresses_are_reversed_unless_only_panes_are_wanted(void **state)
{
    static const struct survey_options whole = {0};
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    survey_world_run(&world);
    assert_int_equal(survey_world_find(&world, "1.2.0.192.in-addr.arpa.", TYPE_PTR, 0), -1);
    survey_world_clear(&world);
    survey_world_init(&world, "example.com", plain, &whole);
    survey_world_run(&world);
    assert_false(world.again);
    assert_true(survey_world_find(&world, "1.2.0.192.in-addr.arpa.", TYPE_PTR, 0) >= 0);
    survey_world_clear(&world);
}

static void an_address_asks_for_its_names_and_their_addresses(void **state)
{
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "192.0.2.1", "1.2.0.192.in-addr.arpa. PTR mx1\nmx1 A 192.0.2.1\n",
                      NULL);
    survey_world_run(&world);
    assert_true(survey_world_find(&world, "1.2.0.192.in-addr.arpa.", TYPE_PTR, 0) >= 0);
    assert_true(survey_world_find(&world, "mx1.example.com.", TYPE_A, 0) >= 0);
    for (size_t i = 0; i < world.asked_count; i++)
        assert_int_not_equal(world.asked[i].question.type, TYPE_SRV);
    survey_world_clear(&world);
}

static void typed_and_given_services_are_asked_with_the_panes(void **state)
{
    static const char *const owners[] = {"_x._udp.example.com."};
    static const struct survey_options options = {
        .panes_only = true, .owners = owners, .owner_count = 1};
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "_nntp._tcp.example.com", plain, &options);
    survey_world_ask(&world);
    assert_in_range(survey_world_find(&world, "_nntp._tcp.example.com.", TYPE_SRV, 0), 0, 5);
    assert_in_range(survey_world_find(&world, "_x._udp.example.com.", TYPE_SRV, 0), 0, 5);
    assert_int_equal(survey_world_find(&world, "example.com.", TYPE_MX, 0), 0);
    survey_world_clear(&world);
}

/* ---- what comes back ---- */

static void replies_never_wanted_are_ignored(void **state)
{
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    survey_world_answer(&world, "example.com.", TYPE_MX); /* not queried yet */
    assert_int_equal(survey_ended(world.survey), 0);
    assert_null(survey_facts(world.survey)->mx.reply);
    survey_world_run(&world);
    assert_int_equal(answers_count(survey_answers(world.survey)), survey_ended(world.survey));
    survey_world_answer(&world, "other.example.com.", TYPE_A);
    assert_int_equal(answers_count(survey_answers(world.survey)), survey_ended(world.survey));
    assert_true(survey_complete(world.survey));
    survey_world_clear(&world);
}

static void a_second_reply_replaces_the_first_and_counts_once(void **state)
{
    struct survey_world world;
    size_t answered;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    world.silent = "mx1.example.com.";
    survey_world_run(&world);
    answered = survey_ended(world.survey);
    assert_int_equal(survey_facts(world.survey)->mx.rows[0].host->outcome, OUTCOME_TIMEOUT);
    world.silent = NULL;
    survey_world_answer(&world, "mx1.example.com.", TYPE_A);
    assert_int_equal(survey_ended(world.survey), answered);
    assert_int_equal(survey_facts(world.survey)->mx.rows[0].host->outcome, OUTCOME_ANSWERED);
    survey_world_clear(&world);
}

static void what_is_forgotten_is_asked_again(void **state)
{
    struct survey_world world;
    struct question mx = {.name = "example.com.", .type = TYPE_MX};
    struct question never = {.name = "nobody.example.com.", .type = TYPE_MX};
    size_t asked;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    survey_world_run(&world);
    asked = survey_asked(world.survey);
    survey_forget(world.survey, &never);
    survey_forget(world.survey, &mx);
    assert_int_equal(survey_asked(world.survey), asked - 1);
    assert_int_equal(survey_ended(world.survey), asked - 1);
    assert_false(survey_complete(world.survey));
    assert_int_equal(survey_world_ask(&world), 1);
    assert_int_equal(world.asked[asked].question.type, TYPE_MX);
    assert_null(survey_facts(world.survey)->mx.reply);
    survey_forget(world.survey, &mx); /* while it is open */
    assert_false(survey_awaits(world.survey, &mx));
    survey_forget_all(world.survey);
    assert_int_equal(survey_asked(world.survey), 0);
    survey_world_run(&world);
    assert_int_equal(survey_asked(world.survey), asked);
    survey_world_clear(&world);
}

static void another_sender_asks_what_it_needs(void **state)
{
    struct survey_world world;
    struct sender sender;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    survey_world_run(&world);
    sender_init(&sender, profile_at(0));
    assert_int_equal(sender_set_as(&sender, "relay.example.com", NULL), STATUS_OK);
    survey_set_sender(world.survey, &sender);
    sender_clear(&sender);
    assert_string_equal(survey_sender(world.survey)->as, "relay.example.com.");
    assert_false(survey_complete(world.survey));
    assert_int_equal(survey_world_ask(&world), 2);
    assert_true(survey_world_find(&world, "relay.example.com.", TYPE_A, 0) >= 0);
    survey_world_answer(&world, "relay.example.com.", TYPE_A);
    survey_world_answer(&world, "relay.example.com.", TYPE_AAAA);
    survey_world_run(&world);
    assert_string_equal(survey_facts(world.survey)->route->as, "relay.example.com.");
    survey_world_clear(&world);
}

/* ---- orders and silence ---- */

static void run_backwards(struct survey_world *world)
{
    for (size_t from = world->asked_count; survey_world_ask(world); from = world->asked_count)
        for (size_t i = world->asked_count; i-- > from;)
            survey_world_answer(world, world->asked[i].question.name,
                                world->asked[i].question.type);
}

static void replies_in_another_order_raise_the_same_questions(void **state)
{
    struct survey_world one, other;

    (void)state;
    survey_world_init(&one, "example.com", plain, NULL);
    survey_world_init(&other, "example.com", plain, NULL);
    survey_world_run(&one);
    run_backwards(&other);
    assert_int_equal(one.asked_count, other.asked_count);
    for (size_t i = 0; i < one.asked_count; i++)
        assert_true(survey_world_find(&other, one.asked[i].question.name,
                                      one.asked[i].question.type, 0) >= 0);
    survey_world_clear(&one);
    survey_world_clear(&other);
}

/* Every question ends: also with nobody there. */
static void a_silent_world_ends_every_question(void **state)
{
    struct survey_world world;
    const struct facts *facts;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    survey_world_ask(&world);
    for (size_t i = 0; i < world.asked_count; i++)
        survey_apply(world.survey, reply_new(&world.asked[i].question));
    assert_int_equal(survey_world_ask(&world), 0);
    assert_true(survey_complete(world.survey));
    facts = survey_facts(world.survey);
    assert_int_equal(facts->outcome, OUTCOME_TIMEOUT);
    assert_int_equal(facts->route->decision.verdict, VERDICT_DEFER);
    assert_null(facts->mx.implicit);
    survey_world_clear(&world);
}

static int compare_lines(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* All questions handed out from there on, "name type priority" each, sorted. */
static const char *list_asked(const struct survey_world *world, size_t from, struct text *list)
{
    char *lines[WORLD_ASKED_MAX], type[TYPE_TEXT];
    struct text line = {0};

    text_cut(list, 0);
    for (size_t i = from; i < world->asked_count; i++) {
        const struct asked *asked = &world->asked[i];
        text_format(&line, "%s %s %d\n", asked->question.name,
                    type_text(asked->question.type, type), asked->priority);
        lines[i] = memory_dup(text_get(&line));
        text_cut(&line, 0);
    }
    qsort(lines + from, world->asked_count - from, sizeof *lines, compare_lines);
    for (size_t i = from; i < world->asked_count; i++) {
        text_add(list, lines[i]);
        free(lines[i]);
    }
    text_clear(&line);
    return text_get(list);
}

/* Before all else is judged, and once; what is asked in the end is the same. */
static void the_includes_of_spf_can_be_asked_first(void **state)
{
    static const char zone[] = "@ MX 10 mx\nmx A 192.0.2.1\n"
                               "@ TXT \"v=spf1 include:_a.example.com include:_b.example.com mx "
                               "-all\"\n_a TXT \"v=spf1 redirect=_c.example.com\"\n"
                               "_b TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"\n"
                               "_c TXT \"v=spf1 a:out.example.com ~all\"\nout A 192.0.2.9\n";
    static const struct survey_options options = {.seed = 1};
    struct survey_world world, slow;
    struct text list = {0}, expected = {0};
    size_t first;

    (void)state;
    survey_world_init(&world, "example.com", zone, &options);
    first = survey_world_ask(&world);
    survey_world_answer(&world, "example.com.", TYPE_MX);
    survey_world_answer(&world, "example.com.", TYPE_NS);
    survey_world_answer(&world, "example.com.", TYPE_TXT);
    survey_hurry(world.survey);
    survey_world_ask(&world);
    assert_string_equal(list_asked(&world, first, &list),
                        "_a.example.com. TXT 4\n_b.example.com. TXT 4\n");
    assert_false(survey_complete(world.survey));
    first = world.asked_count;
    survey_world_answer(&world, "_a.example.com.", TYPE_TXT);
    survey_hurry(world.survey);
    survey_world_ask(&world);
    assert_string_equal(list_asked(&world, first, &list), "_c.example.com. TXT 4\n");
    survey_hurry(world.survey);
    assert_int_equal(survey_world_ask(&world), 0);
    first = world.asked_count;
    survey_world_ask(&world); /* and now the rest */
    assert_string_equal(list_asked(&world, first, &list),
                        "example.com. SPF 4\nmx.example.com. A 1\nmx.example.com. AAAA 1\n"
                        "ns1.example.com. A 2\nns1.example.com. AAAA 2\n"
                        "ns2.example.com. A 2\nns2.example.com. AAAA 2\n");
    survey_world_run(&world);
    assert_false(world.again);
    survey_world_init(&slow, "example.com", zone, &options);
    survey_world_run(&slow);
    assert_string_equal(list_asked(&world, 0, &list), list_asked(&slow, 0, &expected));
    survey_world_clear(&world);
    survey_world_clear(&slow);
    text_clear(&list);
    text_clear(&expected);
}

/* Where no mail is looked at there is no such chain. */
static void panes_know_no_hurry(void **state)
{
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "example.com", plain, NULL);
    survey_hurry(world.survey);
    assert_int_equal(survey_world_ask(&world), 9 + services_srv_count());
    survey_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panes_are_asked_first_then_details_then_services),
        cmocka_unit_test(dependents_are_wanted_the_moment_their_parent_is_in),
        cmocka_unit_test(nothing_is_asked_twice),
        cmocka_unit_test(guesses_that_are_not_there_are_known_at_once),
        cmocka_unit_test(exchange_addresses_are_reversed_unless_only_panes_are_wanted),
        cmocka_unit_test(an_address_asks_for_its_names_and_their_addresses),
        cmocka_unit_test(typed_and_given_services_are_asked_with_the_panes),
        cmocka_unit_test(replies_never_wanted_are_ignored),
        cmocka_unit_test(a_second_reply_replaces_the_first_and_counts_once),
        cmocka_unit_test(what_is_forgotten_is_asked_again),
        cmocka_unit_test(another_sender_asks_what_it_needs),
        cmocka_unit_test(replies_in_another_order_raise_the_same_questions),
        cmocka_unit_test(a_silent_world_ends_every_question),
        cmocka_unit_test(the_includes_of_spf_can_be_asked_first),
        cmocka_unit_test(panes_know_no_hurry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
