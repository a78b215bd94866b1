#include "dns/answers.h"
#include "dns/lookup.h"
#include "dns/question_map.h"
#include "dns/type.h"
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

static struct question ask(const char *name, uint16_t type)
{
    return (struct question){.name = name, .type = type};
}

static void a_reply_is_found_by_all_four_fields_of_its_question(void **state)
{
    struct answers *answers = answers_new();
    struct question question = ask("example.com.", TYPE_MX), other;
    struct reply *reply = reply_new(&question);

    (void)state;
    answers_put(answers, reply);
    assert_ptr_equal(answers_find(answers, &question), reply);
    other = ask("example.com.", TYPE_A);
    assert_null(answers_find(answers, &other));
    other = ask("example.co.", TYPE_MX);
    assert_null(answers_find(answers, &other));
    other = question;
    other.flags = QUESTION_CHECKING_DISABLED;
    assert_null(answers_find(answers, &other));
    other = question;
    assert_true(address_parse("192.0.2.53", &other.server));
    assert_null(answers_find(answers, &other));
    answers_free(answers);
}

static void a_newer_reply_takes_the_place_of_the_older(void **state)
{
    struct answers *answers = answers_new();
    struct question first = ask("a.example.", TYPE_A), second = ask("b.example.", TYPE_A);
    struct reply *newer = reply_new(&first);

    (void)state;
    answers_put(answers, reply_new(&first));
    answers_put(answers, reply_new(&second));
    answers_put(answers, newer);
    assert_int_equal(answers_count(answers), 2);
    assert_ptr_equal(answers_find(answers, &first), newer);
    assert_string_equal(answers_at(answers, 0)->question.name, "b.example.");
    assert_ptr_equal(answers_at(answers, 1), newer);
    answers_forget(answers, &second);
    answers_forget(answers, &second);
    assert_int_equal(answers_count(answers), 1);
    assert_null(answers_find(answers, &second));
    answers_free(answers);
}

static void many_replies_are_all_found(void **state)
{
    struct answers *answers = answers_new();
    char name[32];

    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct question question = {.name = name, .type = TYPE_A};
        snprintf(name, sizeof name, "n%d.example.", i);
        answers_put(answers, reply_new(&question));
    }
    for (int i = 0; i < 1000; i++) {
        struct question question = {.name = name, .type = TYPE_A};
        snprintf(name, sizeof name, "n%d.example.", i);
        assert_string_equal(answers_find(answers, &question)->question.name, name);
        assert_string_equal(answers_at(answers, (size_t)i)->question.name, name);
    }
    answers_free(answers);
}

static void all_answers_together_have_a_bound(void **state)
{
    struct answers *answers = answers_new();
    struct question question = ask("example.com.", 0);

    (void)state;
    for (; question.type < 100; question.type++) {
        struct reply *reply = reply_new(&question);
        reply->outcome = OUTCOME_ANSWERED;
        arena_alloc(reply->arena, 1 << 20, 1);
        answers_put(answers, reply);
    }
    assert_int_equal(answers_count(answers), 100);
    assert_int_equal(answers_at(answers, 38)->outcome, OUTCOME_ANSWERED);
    for (size_t i = 40; i < 100; i++) {
        assert_int_equal(answers_at(answers, i)->outcome, OUTCOME_SERVFAIL);
        assert_non_null(strstr(answers_at(answers, i)->why, "40 MiB"));
    }
    answers_forget(answers, &answers_at(answers, 0)->question);
    question.type = 200;
    answers_put(answers, reply_new(&question));
    answers_free(answers);
}

static void wants_are_a_set_ordered_by_priority_then_by_time(void **state)
{
    static const char *const order[] = {"d.", "b.", "e.", "a.", "c."};
    struct wants *wants = wants_new();
    char name[] = "a.";

    (void)state;
    for (; name[0] <= 'e'; name[0]++) {
        static const int priorities[] = {3, 2, 3, 1, 2};
        struct question question = ask(name, TYPE_A);
        wants_add(wants, &question, priorities[name[0] - 'a']);
        wants_add(wants, &question, 9);
    }
    assert_int_equal(wants_count(wants), 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(wants_at(wants, i)->question.name, order[i]);
    wants_free(wants);
}

static void a_want_gets_the_better_of_two_priorities(void **state)
{
    struct wants *wants = wants_new();
    struct question first = ask("a.", TYPE_A), second = ask("b.", TYPE_A);

    (void)state;
    wants_add(wants, &first, 5);
    wants_add(wants, &second, 6);
    wants_add(wants, &second, 1);
    assert_int_equal(wants_count(wants), 2);
    assert_string_equal(wants_at(wants, 0)->question.name, "b.");
    assert_int_equal(wants_at(wants, 0)->priority, 1);
    wants_add(wants, &second, 7);
    assert_int_equal(wants_at(wants, 0)->priority, 1);
    wants_free(wants);
}

static void a_look_up_notes_what_is_not_known_yet(void **state)
{
    struct answers *answers = answers_new();
    struct wants *wants = wants_new();
    struct lookup lookup = {.answers = answers, .wants = wants, .priority = 4};
    struct question question = ask("mx.example.", TYPE_A);
    struct host_addresses addresses;

    (void)state;
    answers_put(answers, reply_new(&question));
    addresses = lookup_addresses(&lookup, "mx.example.");
    assert_non_null(addresses.a);
    assert_null(addresses.aaaa);
    assert_int_equal(wants_count(wants), 1);
    assert_int_equal(wants_at(wants, 0)->question.type, TYPE_AAAA);
    assert_int_equal(wants_at(wants, 0)->priority, 4);
    lookup.wants = NULL;
    assert_null(lookup_find(&lookup, "other.example.", TYPE_MX));
    assert_int_equal(wants_count(wants), 1);
    wants_free(wants);
    answers_free(answers);
}

static void a_look_up_keeps_all_that_was_read(void **state)
{
    const struct question questions[] = {ask("a.", TYPE_MX), ask("a.", TYPE_A),
                                         ask("a.", TYPE_AAAA), ask("b.", TYPE_A)};
    struct answers *answers = answers_new(), *overlay = answers_new();
    struct question_map *read = question_map_new();
    struct lookup lookup = {.answers = answers, .overlay = overlay, .read = read};

    (void)state;
    answers_put(answers, reply_new(&questions[0]));
    answers_put(overlay, reply_new(&questions[1]));
    lookup_find(&lookup, "a.", TYPE_MX);
    lookup_addresses(&lookup, "a.");
    for (size_t i = 0; i < 3; i++)
        assert_non_null(question_map_find(read, &questions[i]));
    assert_null(question_map_find(read, &questions[3]));
    question_map_free(read);
    answers_free(overlay);
    answers_free(answers);
}

static void every_change_is_counted(void **state)
{
    struct question question = {.name = "mx.example.", .type = TYPE_MX};
    struct answers *answers = answers_new();
    uint64_t before;

    (void)state;
    assert_int_equal(answers_changes(answers), 0);
    answers_put(answers, reply_new(&question));
    before = answers_changes(answers);
    assert_true(before > 0);
    assert_non_null(answers_find(answers, &question));
    assert_int_equal(answers_changes(answers), before);
    answers_put(answers, reply_new(&question));
    assert_true(answers_changes(answers) > before);
    before = answers_changes(answers);
    answers_forget(answers, &question);
    assert_true(answers_changes(answers) > before);
    before = answers_changes(answers);
    answers_forget(answers, &question);
    assert_int_equal(answers_changes(answers), before);
    answers_free(answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_is_found_by_all_four_fields_of_its_question),
        cmocka_unit_test(a_newer_reply_takes_the_place_of_the_older),
        cmocka_unit_test(every_change_is_counted),
        cmocka_unit_test(many_replies_are_all_found),
        cmocka_unit_test(all_answers_together_have_a_bound),
        cmocka_unit_test(wants_are_a_set_ordered_by_priority_then_by_time),
        cmocka_unit_test(a_want_gets_the_better_of_two_priorities),
        cmocka_unit_test(a_look_up_notes_what_is_not_known_yet),
        cmocka_unit_test(a_look_up_keeps_all_that_was_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
