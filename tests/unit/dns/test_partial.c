/* Answers that end at an alias: one more question settles them (RFC 2308 2.2). */
#include "dns/lookup.h"
#include "dns/name.h"
#include "dns/type.h"
#include "dns/wire.h"
#include "unit/check.h"
#include "unit/dns/message.h"

struct world {
    struct answers *answers;
    struct lookup lookup;
};

static struct world new_world(void)
{
    struct world world = {.answers = answers_new()};

    world.lookup = (struct lookup){.answers = world.answers, .wants = wants_new()};
    return world;
}

static void free_world(struct world *world)
{
    wants_free(world->lookup.wants);
    answers_free(world->answers);
}

/* A reply to NAME MX with an alias, or MX records, or nothing; the SOA comes with `soa`. */
static struct reply *reply_to(const char *name, const char *alias, const char *exchange, bool soa)
{
    static const char start[] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    struct question question = {.name = name, .type = TYPE_MX};
    struct message message;
    struct reply *reply = NULL;
    uint8_t wire[256];

    message_start_for(&message, 0, (const char *)wire, name_to_wire(name, wire), TYPE_MX, 1);
    if (alias)
        message_add_name(&message, MESSAGE_ANSWER, name, TYPE_CNAME, alias);
    if (exchange)
        message_add_mx(&message, MESSAGE_ANSWER, name, 10, exchange);
    if (soa)
        message_add(&message, MESSAGE_AUTHORITY, "test.", TYPE_SOA, 300, start, sizeof start - 1);
    assert_int_equal(wire_judge(&question, MESSAGE_ID, true, message.bytes, message.length, &reply),
                     WIRE_REPLY);
    reply->transport = TRANSPORT_UDP;
    return reply;
}

static const struct reply *find(struct world *world, const char *name)
{
    return lookup_find(&world->lookup, name, TYPE_MX);
}

static void assert_wanted(struct world *world, const char *name)
{
    assert_int_equal(wants_count(world->lookup.wants), 1);
    assert_string_equal(wants_at(world->lookup.wants, 0)->question.name, name);
    assert_int_equal(wants_at(world->lookup.wants, 0)->question.type, TYPE_MX);
}

static void the_rest_is_asked_and_put_behind_the_alias(void **state)
{
    struct world world = new_world();
    const struct reply *whole;

    (void)state;
    answers_put(world.answers, reply_to("a.test.", "b.test.", NULL, false));
    assert_null(find(&world, "a.test."));
    assert_wanted(&world, "b.test.");
    answers_put(world.answers, reply_to("b.test.", NULL, "mx.test.", false));
    whole = find(&world, "a.test.");
    assert_int_equal(whole->outcome, OUTCOME_ANSWERED);
    assert_int_equal(whole->alias_count, 1);
    assert_string_equal(whole->canonical, "b.test.");
    assert_string_equal(whole->records[0]->mx.exchange, "mx.test.");
    assert_int_equal(answers_count(world.answers), 2);
    free_world(&world);
}

static void it_does_not_matter_which_comes_first(void **state)
{
    struct world world = new_world();

    (void)state;
    answers_put(world.answers, reply_to("b.test.", NULL, "mx.test.", false));
    answers_put(world.answers, reply_to("a.test.", "b.test.", NULL, false));
    assert_int_equal(find(&world, "a.test.")->outcome, OUTCOME_ANSWERED);
    assert_int_equal(wants_count(world.lookup.wants), 0);
    free_world(&world);
}

static void chains_and_several_aliases_of_one_name(void **state)
{
    struct world world = new_world();

    (void)state;
    answers_put(world.answers, reply_to("a.test.", "b.test.", NULL, false));
    answers_put(world.answers, reply_to("x.test.", "b.test.", NULL, false));
    answers_put(world.answers, reply_to("b.test.", "c.test.", NULL, false));
    assert_null(find(&world, "a.test."));
    assert_wanted(&world, "c.test.");
    answers_put(world.answers, reply_to("c.test.", NULL, "mx.test.", false));
    assert_int_equal(find(&world, "a.test.")->alias_count, 2);
    assert_int_equal(find(&world, "x.test.")->alias_count, 2);
    assert_int_equal(find(&world, "b.test.")->alias_count, 1);
    assert_string_equal(find(&world, "x.test.")->records[0]->mx.exchange, "mx.test.");
    free_world(&world);
}

static void what_the_rest_says_is_the_answer(void **state)
{
    struct question question = {.name = "b.test.", .type = TYPE_MX};
    struct reply *const rests[] = {reply_to("b.test.", NULL, NULL, true),
                                   reply_to("b.test.", NULL, NULL, false), reply_new(&question)};

    (void)state;
    for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++) {
        struct world world = new_world();
        enum outcome outcome = rests[i]->outcome;

        answers_put(world.answers, reply_to("a.test.", "b.test.", NULL, false));
        answers_put(world.answers, rests[i]);
        assert_int_equal(find(&world, "a.test.")->outcome, outcome);
        assert_int_equal(wants_count(world.lookup.wants), 0);
        free_world(&world);
    }
}

static void what_is_whole_is_left_alone(void **state)
{
    struct world world = new_world();
    struct question direct = {.name = "d.test.", .type = TYPE_MX, .flags = QUESTION_NO_RECURSION};
    struct reply *reply = reply_to("d.test.", "b.test.", NULL, false);

    (void)state;
    answers_put(world.answers, reply_to("a.test.", "b.test.", NULL, true));  /* SOA: no data */
    answers_put(world.answers, reply_to("l.test.", "l.test.", NULL, false)); /* a circle */
    answers_put(world.answers, reply_to("p.test.", NULL, NULL, false));      /* no alias */
    reply->question.flags = QUESTION_NO_RECURSION;
    answers_put(world.answers, reply);
    assert_int_equal(find(&world, "a.test.")->outcome, OUTCOME_NODATA);
    assert_non_null(find(&world, "l.test."));
    assert_non_null(find(&world, "p.test."));
    assert_non_null(lookup_question(&world.lookup, &direct));
    assert_int_equal(wants_count(world.lookup.wants), 0);
    free_world(&world);
}

/* Each of the two answers is half of a circle. */
static void circles_come_to_an_end(void **state)
{
    struct world world = new_world();

    (void)state;
    answers_put(world.answers, reply_to("a.test.", "b.test.", NULL, false));
    answers_put(world.answers, reply_to("b.test.", "a.test.", NULL, false));
    assert_non_null(find(&world, "a.test."));
    assert_non_null(find(&world, "b.test."));
    assert_int_equal(wants_count(world.lookup.wants), 0);
    free_world(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rest_is_asked_and_put_behind_the_alias),
        cmocka_unit_test(it_does_not_matter_which_comes_first),
        cmocka_unit_test(chains_and_several_aliases_of_one_name),
        cmocka_unit_test(what_the_rest_says_is_the_answer),
        cmocka_unit_test(what_is_whole_is_left_alone),
        cmocka_unit_test(circles_come_to_an_end),
    };

    return cmocka_run_group_tests_name("partial answers", tests, NULL, NULL);
}
