/* Several surveys ask one source: each question goes out once, and its reply to all who wait. */
#include "survey/asking/asking.h"

#include "base/fault.h"
#include "dns/type.h"
#include "unit/check.h"

#include <string.h>

static const char records[] =
    "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 h 1 1 1 1 1\n@ NS ns1\nns1 A 192.0.2.53\n"
    "@ MX 10 mx1\nmx1 A 192.0.2.1\n";
static const char changes[] = "$ORIGIN example.com.\n$TTL 60\n@ SOA ns1 h 2 1 1 1 1\n@ NS ns1\n"
                              "@ MX 10 mx9\nmx9 CNAME far.example.net.\n";

struct world {
    struct asking *asking;
    struct zone *zone;
    struct asker askers[3];
};

static struct zone *read_zone(const char *text)
{
    static const struct zone_terms terms = {.origin = "example.com."};
    struct faults faults = {0};
    struct zone *zone = NULL;

    if (zone_read_text(text, strlen(text), "test.zone", &terms, &faults, &zone))
        fail_msg("%s", faults.kept ? faults.lines[0] : "no zone");
    faults_clear(&faults);
    return zone;
}

static void set_up(struct world *world)
{
    static const struct survey_options options = {.panes_only = true};
    struct subject subject;

    *world = (struct world){.asking = asking_new(), .zone = read_zone(records)};
    assert_int_equal(subject_parse("example.com", &subject, NULL), STATUS_OK);
    for (size_t i = 0; i < 3; i++)
        world->askers[i].survey = survey_new(&subject, &options);
    subject_clear(&subject);
}

static void tear_down(struct world *world)
{
    for (size_t i = 0; i < 3; i++) {
        asking_drop(world->asking, &world->askers[i]);
        survey_free(world->askers[i].survey);
    }
    assert_int_equal(asking_count(world->asking), 0);
    asking_free(world->asking);
    zone_free(world->zone);
}

/* How many of the questions the asker has must be sent; the first of them is kept. */
static size_t ask_all(struct world *world, size_t index, struct question *first, char *name)
{
    struct outgoing asked;
    size_t sent = 0, all = 0;

    while (asking_next(world->asking, &world->askers[index], &asked)) {
        assert_null(asked.reply);
        if (all++ == 0 && first) {
            *first = asked.question;
            first->name = strcpy(name, asked.question.name);
        }
        sent += asked.send;
    }
    assert_int_equal(world->askers[index].open, all);
    return sent;
}

static struct reply *answer(const struct world *world, const struct question *question)
{
    const struct zone *const zones[] = {world->zone};

    return zone_answer(zones, 1, question);
}

static void what_two_want_is_sent_once_and_given_to_both(void **state)
{
    struct question question;
    char name[NAME_TEXT];
    struct world world;
    struct reply *reply, *own;

    (void)state;
    set_up(&world);
    assert_true(ask_all(&world, 0, &question, name) > 2);
    assert_int_equal(ask_all(&world, 1, NULL, NULL), 0);
    reply = answer(&world, &question);
    for (size_t i = 0; i < 2; i++) {
        assert_ptr_equal(asking_take(world.asking, &reply, &own), &world.askers[i]);
        assert_true(question_equal(&own->question, &question));
        survey_apply(world.askers[i].survey, own);
        assert_false(survey_awaits(world.askers[i].survey, &question));
    }
    assert_null(asking_take(world.asking, &reply, &own));
    assert_null(reply);
    reply = answer(&world, &question);
    assert_null(asking_take(world.asking, &reply, &own));
    tear_down(&world);
}

static void count_one(const struct question *question, void *context)
{
    (void)question;
    ++*(size_t *)context;
}

static void its_own_are_those_nobody_else_waits_for(void **state)
{
    struct question host = {.name = "ns9.example.com.", .type = TYPE_A};
    struct world world;
    size_t own = 0;

    (void)state;
    set_up(&world);
    ask_all(&world, 0, NULL, NULL);
    ask_all(&world, 1, NULL, NULL);
    asking_each_own(world.asking, &world.askers[0], count_one, &own);
    assert_int_equal(own, 0);
    assert_true(asking_add(world.asking, &world.askers[0], &host));
    asking_each_own(world.asking, &world.askers[0], count_one, &own);
    assert_int_equal(own, 1);
    asking_drop(world.asking, &world.askers[0]);
    assert_int_equal(world.askers[0].open, 0);
    own = 0;
    asking_each_own(world.asking, &world.askers[1], count_one, &own);
    assert_int_equal(own, world.askers[1].open);
    tear_down(&world);
}

static bool may(const struct asker *asker, const void *context)
{
    return asker == context;
}

static void the_newest_is_taken_back_and_wanted_again(void **state)
{
    struct question question;
    struct outgoing asked;
    struct world world;
    size_t open;

    (void)state;
    set_up(&world);
    ask_all(&world, 0, NULL, NULL);
    open = world.askers[0].open;
    assert_null(asking_newest(world.asking, may, &world.askers[1], &question));
    assert_ptr_equal(asking_newest(world.asking, may, &world.askers[0], &question),
                     &world.askers[0]);
    asking_take_back(world.asking, &question);
    assert_int_equal(world.askers[0].open, open - 1);
    assert_true(asking_next(world.asking, &world.askers[0], &asked));
    assert_true(asked.send);
    assert_false(asking_next(world.asking, &world.askers[0], &asked));
    ask_all(&world, 1, NULL, NULL);
    assert_null(asking_newest(world.asking, may, &world.askers[0], &question));
    tear_down(&world);
}

/* A zone file knows the MX by itself; where an alias leads out of it, the rest is asked, and what
 * comes is the answer to what the survey wanted. */
static void a_vantage_answers_first(void **state)
{
    struct question far = {.name = "far.example.net.", .type = TYPE_A};
    struct vantage *vantage = vantage_new_zone(read_zone(changes));
    struct world world;
    struct outgoing asked;
    struct reply *reply, *own;
    bool known = false, onward = false;

    (void)state;
    set_up(&world);
    world.askers[0].vantage = vantage;
    while (asking_next(world.asking, &world.askers[0], &asked)) {
        known = known || (asked.reply && asked.reply->question.type == TYPE_MX);
        onward = onward || (asked.send && question_equal(&asked.question, &far));
        if (asked.reply)
            survey_apply(world.askers[0].survey, asked.reply);
    }
    assert_true(known && onward);
    reply = answer(&world, &far);
    assert_ptr_equal(asking_take(world.asking, &reply, &own), &world.askers[0]);
    assert_null(reply);
    assert_string_equal(own->question.name, "mx9.example.com.");
    assert_int_equal(own->alias_count, 1);
    reply_free(own);
    tear_down(&world);
    vantage_free(vantage);
}

/* A recording has its replies in the order in which another version asked. */
static void a_reply_that_comes_early_waits_for_the_question(void **state)
{
    struct question mx = {.name = "example.com.", .type = TYPE_MX};

    (void)state;
    for (int keep = 0; keep < 2; keep++) {
        struct world world;
        struct outgoing asked;
        struct reply *reply, *own;
        int known = 0;
        set_up(&world);
        if (keep)
            asking_keep_early(world.asking);
        reply = answer(&world, &mx);
        assert_null(asking_take(world.asking, &reply, &own));
        assert_null(reply);
        while (asking_next(world.asking, &world.askers[0], &asked))
            if (asked.reply) {
                assert_false(asked.send);
                assert_true(question_equal(&asked.reply->question, &mx));
                survey_apply(world.askers[0].survey, asked.reply);
                known++;
            }
        assert_int_equal(known, keep);
        tear_down(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_two_want_is_sent_once_and_given_to_both),
        cmocka_unit_test(its_own_are_those_nobody_else_waits_for),
        cmocka_unit_test(the_newest_is_taken_back_and_wanted_again),
        cmocka_unit_test(a_vantage_answers_first),
        cmocka_unit_test(a_reply_that_comes_early_waits_for_the_question),
    };

    return cmocka_run_group_tests_name("asking", tests, NULL, NULL);
}
