/* What is remembered of earlier answers, and for how long (RFC 1035 3.2.1, RFC 2308 5). */
#include "net/live/cache.h"

#include "dns/type.h"
#include "dns/zone/zone.h"
#include "unit/check.h"

#include <stdio.h>

static const char zone_text[] = "$ORIGIN example.com.\n"
                                "@ 3600 SOA ns hostmaster 1 3600 600 86400 30\n"
                                "@ 3600 NS ns\n"
                                "@ 300 MX 10 mx\n"
                                "mx 100 A 192.0.2.1\n"
                                "mx 200 A 192.0.2.2\n"
                                "zero 0 A 192.0.2.3\n"
                                "alias 50 CNAME mx\n"
                                "*.wild 60 A 192.0.2.4\n";

struct world {
    struct zone *zone;
    struct cache *cache;
};

static int open_world(void **state, bool many)
{
    static struct world world;
    struct faults faults = {0};

    world.cache = cache_new(many);
    *state = &world;
    return zone_read_text(zone_text, sizeof zone_text - 1, "zone", NULL, &faults, &world.zone);
}

static int set_up(void **state)
{
    return open_world(state, false);
}

static int set_up_many(void **state)
{
    return open_world(state, true);
}

static int tear_down(void **state)
{
    struct world *world = *state;

    cache_free(world->cache);
    zone_free(world->zone);
    return 0;
}

static struct question question_of(const char *name, uint16_t type)
{
    return (struct question){.name = name, .type = type};
}

static void remember(struct world *world, struct question question, int64_t received_ms)
{
    const struct zone *zones[] = {world->zone};
    struct reply *reply = zone_answer(zones, 1, &question);

    reply->received_ms = received_ms;
    cache_put(world->cache, reply);
    reply_free(reply);
}

static bool is_known(struct world *world, struct question question, int64_t now_ms)
{
    struct reply *reply = cache_get(world->cache, &question, now_ms);
    bool known = reply;

    if (known)
        assert_true(question_equal(&reply->question, &question));
    reply_free(reply);
    return known;
}

/* The least TTL of the answer; for NXDOMAIN and NODATA that of the SOA and its minimum. */
static void replies_last_as_long_as_their_ttl(void **state)
{
    static const struct {
        const char *name;
        uint16_t type;
        int64_t seconds; /* 0: not remembered at all */
    } rows[] = {
        {"example.com.", TYPE_MX, 300},      {"mx.example.com.", TYPE_A, 100},
        {"alias.example.com.", TYPE_A, 50},  {"zero.example.com.", TYPE_A, 0},
        {"mx.example.com.", TYPE_AAAA, 30},  {"none.example.com.", TYPE_A, 30},
        {"alias.example.com.", TYPE_MX, 30}, {"example.org.", TYPE_A, 0},
        {"x.wild.example.com.", TYPE_A, 60},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct question question = question_of(rows[i].name, rows[i].type);

        remember(*state, question, 5000);
        assert_int_equal(is_known(*state, question, 5000), rows[i].seconds > 0);
        assert_int_equal(is_known(*state, question, 5000 + rows[i].seconds * 1000 - 1),
                         rows[i].seconds > 0);
        assert_false(is_known(*state, question, 5000 + rows[i].seconds * 1000));
    }
}

static void a_remembered_reply_keeps_when_it_was_received(void **state)
{
    struct world *world = *state;
    struct question question = question_of("mx.example.com.", TYPE_A);
    struct reply *reply;

    remember(world, question, 7000);
    reply = cache_get(world->cache, &question, 9000);
    assert_int_equal(reply->received_ms, 7000);
    assert_int_equal(reply->record_count, 2);
    assert_int_equal(reply->records[0]->ttl, 100);
    reply_free(reply);
}

static void other_questions_are_not_answered(void **state)
{
    struct question question = question_of("mx.example.com.", TYPE_A), other = question;

    remember(*state, question, 0);
    other.flags = QUESTION_CHECKING_DISABLED;
    assert_false(is_known(*state, other, 0));
    other = question;
    assert_true(address_parse("192.0.2.53", &other.server));
    assert_false(is_known(*state, other, 0));
    assert_true(is_known(*state, question, 0));
}

static void what_is_forgotten_is_gone(void **state)
{
    struct world *world = *state;
    struct question question = question_of("mx.example.com.", TYPE_A);

    remember(world, question, 0);
    cache_forget(world->cache, &question);
    cache_forget(world->cache, &question);
    assert_false(is_known(world, question, 0));
}

/* Remembers so many others, each for the first time: their numbers begin at *next. */
static void remember_others(struct world *world, int *next, int count)
{
    for (int end = *next + count; *next < end; (*next)++) {
        char name[64];

        snprintf(name, sizeof name, "n%d.wild.example.com.", *next);
        remember(world, question_of(name, TYPE_A), 0);
    }
}

static void the_oldest_goes_first(void **state)
{
    struct question first = question_of("n0.wild.example.com.", TYPE_A);
    int next = 0;

    remember_others(*state, &next, CACHE_ONCE + 1);
    assert_false(is_known(*state, first, 0));
    assert_true(is_known(*state, question_of("n1.wild.example.com.", TYPE_A), 0));
    assert_true(is_known(*state, question_of("n2048.wild.example.com.", TYPE_A), 0));
}

/* What was asked for again while it was there is not pushed out by what is asked once. */
static void what_is_shared_outlives_what_is_asked_once(void **state)
{
    struct question shared = question_of("mx.example.com.", TYPE_A);
    int next = 0;

    remember(*state, shared, 0);
    assert_true(is_known(*state, shared, 0));
    for (int i = 0; i < 20; i++)
        remember_others(*state, &next, CACHE_ONCE);
    assert_true(is_known(*state, shared, 0));
}

/* Asked seldom, it is seen to be shared when it is asked for the second time, in a batch. */
static void what_was_asked_long_ago_is_shared_in_a_batch(void **state)
{
    struct question shared = question_of("mx.example.com.", TYPE_A);
    int next = 0;

    for (int round = 0; round < 2; round++) {
        remember(*state, shared, 0);
        remember_others(*state, &next, 3 * CACHE_ONCE);
        assert_int_equal(is_known(*state, shared, 0), round == 1);
    }
}

static void but_not_for_one_name(void **state)
{
    struct question shared = question_of("mx.example.com.", TYPE_A);
    int next = 0;

    for (int round = 0; round < 2; round++) {
        remember(*state, shared, 0);
        remember_others(*state, &next, 3 * CACHE_ONCE);
        assert_false(is_known(*state, shared, 0));
    }
}

/* More than there is room for: those asked for since stay. */
static void of_what_is_shared_that_goes_which_nobody_asked_for(void **state)
{
    struct question lively = question_of("mx.example.com.", TYPE_A);
    int next = 0;

    remember_others(*state, &next, CACHE_SHARED + CACHE_ONCE);
    remember(*state, lively, 0);
    remember(*state, lively, 0);
    next = 0;
    for (int i = 0; i < 5; i++) {
        assert_true(is_known(*state, lively, 0));
        remember_others(*state, &next, CACHE_SHARED / 4);
    }
    assert_true(is_known(*state, lively, 0));
    assert_false(is_known(*state, question_of("n0.wild.example.com.", TYPE_A), 0));
    assert_true(is_known(*state, question_of("n10239.wild.example.com.", TYPE_A), 0));
}

static void remember_failure(struct world *world, enum outcome outcome)
{
    struct question question = question_of("mx.example.com.", TYPE_A);
    struct reply *reply = reply_new(&question);

    reply->outcome = outcome;
    reply->received_ms = 1000;
    cache_put(world->cache, reply);
    reply_free(reply);
}

static bool knows_failure(struct world *world, int64_t now_ms)
{
    return is_known(world, question_of("mx.example.com.", TYPE_A), now_ms);
}

static void failures_are_remembered_for_half_a_minute_in_a_batch(void **state)
{
    static const enum outcome sent[] = {OUTCOME_SERVFAIL, OUTCOME_REFUSED, OUTCOME_TIMEOUT,
                                        OUTCOME_MALFORMED, OUTCOME_UNREACHABLE};

    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
        remember_failure(*state, sent[i]);
        assert_true(knows_failure(*state, 30999));
        assert_false(knows_failure(*state, 31000));
    }
    remember_failure(*state, OUTCOME_NOT_ASKED);
    assert_false(knows_failure(*state, 1000));
}

static void and_not_at_all_for_one_name(void **state)
{
    remember_failure(*state, OUTCOME_SERVFAIL);
    assert_false(knows_failure(*state, 1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(replies_last_as_long_as_their_ttl, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_remembered_reply_keeps_when_it_was_received, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(other_questions_are_not_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_forgotten_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_oldest_goes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_shared_outlives_what_is_asked_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_was_asked_long_ago_is_shared_in_a_batch, set_up_many,
                                        tear_down),
        cmocka_unit_test_setup_teardown(but_not_for_one_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_what_is_shared_that_goes_which_nobody_asked_for,
                                        set_up_many, tear_down),
        cmocka_unit_test_setup_teardown(failures_are_remembered_for_half_a_minute_in_a_batch,
                                        set_up_many, tear_down),
        cmocka_unit_test_setup_teardown(and_not_at_all_for_one_name, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
