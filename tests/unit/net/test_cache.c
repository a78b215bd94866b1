/* What is remembered of earlier answers, and for how long (RFC 1035 3.2.1, RFC 2308 5). */
#include "net/live/cache.h"

#include "dns/type.h"
#include "dns/zone/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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

static int set_up(void **state)
{
    static struct world world;
    struct faults faults = {0};

    world.cache = cache_new();
    *state = &world;
    return zone_read_text(zone_text, sizeof zone_text - 1, "zone", NULL, &faults, &world.zone);
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

static void the_oldest_goes_first(void **state)
{
    struct question first = question_of("mx.example.com.", TYPE_A);

    remember(*state, first, 0);
    for (int i = 0; i < CACHE_ENTRIES - 1; i++) {
        char name[64];

        snprintf(name, sizeof name, "n%d.wild.example.com.", i);
        remember(*state, question_of(name, TYPE_A), 0);
    }
    assert_true(is_known(*state, first, 0));
    remember(*state, question_of("last.wild.example.com.", TYPE_A), 0);
    assert_false(is_known(*state, first, 0));
    assert_true(is_known(*state, question_of("n0.wild.example.com.", TYPE_A), 0));
    assert_true(is_known(*state, question_of("last.wild.example.com.", TYPE_A), 0));
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
    };

    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
