/* Secondaries, loops and the alias trap, hop by hop (RFC 5321 5.1, 6.3). */
#include "mail/timeline/loop_cases.h"
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>

#define THREE                                                                                      \
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 30 mx3\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\n"
#define THREE_EQUALS                                                                               \
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 20 mx3\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\n"
#define ALIAS "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 CNAME foo\nfoo A 192.0.2.2\n"

static const struct loop *play(struct routing *routing, enum loop_rule rule, bool delivers)
{
    const struct loop *loop;

    ZONE_WORLD_SETTLE(&routing->world, loop,
                      loop_play(&routing->world.lookup, "example.com.", &routing->sender, rule,
                                delivers, routing->world.arena));
    assert_true(loop->complete);
    return loop;
}

static void secondary_hands_over_to_the_primary(void **state)
{
    struct routing routing;
    const struct loop *loop;

    (void)state;
    routing_init(&routing, THREE, "rfc5321");
    routing_as(&routing, "mx2.example.com");
    loop = play(&routing, LOOP_AS_PROFILE, true);
    assert_false(loop->loops);
    assert_int_equal(loop->decision.verdict, VERDICT_DELIVER);
    assert_int_equal(loop->count, 1);
    assert_string_equal(loop->hops[0].from, "mx2.example.com.");
    assert_string_equal(loop->hops[0].to, "mx1.example.com.");
    routing_clear(&routing);
}

static void secondary_queues_while_the_primary_is_down(void **state)
{
    struct routing routing;
    const struct loop *loop;

    (void)state;
    routing_init(&routing, THREE, "rfc5321");
    routing_as(&routing, "mx2.example.com");
    routing_down(&routing, "mx1.example.com");
    loop = play(&routing, LOOP_AS_PROFILE, true);
    assert_false(loop->loops);
    assert_int_equal(loop->decision.verdict, VERDICT_DEFER);
    assert_int_equal(loop->count, 1);
    assert_null(loop->hops[0].to);
    routing_clear(&routing);
}

static void without_the_rule_it_goes_round(void **state)
{
    struct routing routing;
    const struct loop *loop;

    (void)state;
    routing_init(&routing, THREE, "rfc5321");
    routing_as(&routing, "mx3.example.com");
    routing_down(&routing, "mx1.example.com");
    loop = play(&routing, LOOP_WITHOUT_RULE, true);
    assert_true(loop->loops);
    assert_int_equal(loop->decision.verdict, VERDICT_LOOP);
    assert_int_equal(loop->count, 2);
    assert_string_equal(loop->hops[0].to, "mx2.example.com.");
    assert_string_equal(loop->hops[1].to, "mx2.example.com.");
    assert_true(loop->hops[1].again);
    routing_clear(&routing);
}

static void assert_primary(const char *profile, enum verdict verdict, const char *code)
{
    struct routing routing;
    const struct loop *loop;

    routing_init(&routing, THREE, profile);
    routing_as(&routing, "mx2.example.com");
    loop = play(&routing, LOOP_AS_PROFILE, false);
    assert_int_equal(loop->decision.verdict, verdict);
    assert_string_equal(loop->decision.code, code);
    assert_string_equal(loop->hops[0].to, "mx1.example.com.");
    routing_clear(&routing);
}

static void primary_that_does_not_deliver(void **state)
{
    (void)state;
    assert_primary("rfc5321", VERDICT_BOUNCE, "5.4.6");
    assert_primary("postfix", VERDICT_BOUNCE, "5.4.6");
    assert_primary("exim", VERDICT_FREEZE, "");
    assert_primary("sendmail", VERDICT_BOUNCE, "5.3.5");
    assert_primary("opensmtpd", VERDICT_LOOP, "5.4.6");
    assert_primary("qmail", VERDICT_BOUNCE, "5.4.6");
    assert_primary("courier", VERDICT_BOUNCE, "5.4.6");
}

static enum verdict alias_trap(const char *profile, const char *setting, bool *loops)
{
    struct routing routing;
    const struct loop *loop;
    enum verdict verdict;

    routing_init(&routing, ALIAS, profile);
    routing_as(&routing, "foo.example.com");
    routing_down(&routing, "mx1.example.com");
    if (setting)
        routing_set(&routing, setting);
    loop = play(&routing, LOOP_AS_PROFILE, true);
    verdict = loop->decision.verdict;
    *loops = loop->loops;
    routing_clear(&routing);
    return verdict;
}

static void the_alias_trap_differs_by_profile(void **state)
{
    bool loops;

    (void)state;
    assert_int_equal(alias_trap("rfc5321", NULL, &loops), VERDICT_DEFER);
    assert_false(loops);
    assert_int_equal(alias_trap("rfc5321", "recognise=name", &loops), VERDICT_LOOP);
    assert_true(loops);
    assert_int_equal(alias_trap("postfix", NULL, &loops), VERDICT_DEFER);
    assert_int_equal(alias_trap("exim", NULL, &loops), VERDICT_DEFER);
    assert_int_equal(alias_trap("sendmail", NULL, &loops), VERDICT_BOUNCE);
    assert_true(loops);
    assert_int_equal(alias_trap("opensmtpd", "backup=yes", &loops), VERDICT_LOOP);
    assert_true(loops);
}

/* On screen the sender becomes the host behind an alias without a question more. */
static void the_host_behind_an_alias_has_the_addresses_of_the_exchange(void **state)
{
    struct routing routing;
    struct lookup known;
    const struct route *route;

    (void)state;
    routing_init(&routing, ALIAS, "postfix");
    routing_build(&routing);
    routing_as(&routing, "foo.example.com");
    known = routing.world.lookup;
    known.wants = NULL;
    route = route_build(&known, "example.com.", &routing.sender, routing.world.arena);
    assert_true(route->complete);
    assert_true(route->self_found);
    routing_clear(&routing);
}

/* L8, L9: what is worth playing depends on where the host stands in the list. */
static void cases_for_a_secondary_the_primary_and_a_stranger(void **state)
{
    static const struct {
        const char *host, *down;
        size_t count;
        enum verdict first, last;
    } rows[] = {
        {"mx2.example.com", NULL, 3, VERDICT_DELIVER, VERDICT_LOOP},
        {"mx2.example.com", "mx1.example.com.", 2, VERDICT_DEFER, VERDICT_LOOP},
        {"mx1.example.com", NULL, 2, VERDICT_BOUNCE, VERDICT_LOOP},
        {"other.example.net", NULL, 1, VERDICT_DELIVER, VERDICT_DELIVER},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct routing routing;
        struct loop_case cases[LOOP_CASES];
        const struct route *route;
        size_t count;

        routing_init(&routing, THREE_EQUALS, "rfc5321");
        routing_as(&routing, rows[i].host);
        if (rows[i].down)
            sender_put(&routing.sender, rows[i].down, (struct address){0}, STAGE_REFUSED);
        route = routing_build(&routing);
        play(&routing, LOOP_WITHOUT_RULE, false);
        count =
            loop_cases(&routing.world.lookup, route, &routing.sender, routing.world.arena, cases);
        assert_int_equal(count, rows[i].count);
        assert_int_equal(cases[0].loop->decision.verdict, rows[i].first);
        assert_int_equal(cases[count - 1].loop->decision.verdict, rows[i].last);
        routing_clear(&routing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(secondary_hands_over_to_the_primary),
        cmocka_unit_test(secondary_queues_while_the_primary_is_down),
        cmocka_unit_test(without_the_rule_it_goes_round),
        cmocka_unit_test(primary_that_does_not_deliver),
        cmocka_unit_test(the_alias_trap_differs_by_profile),
        cmocka_unit_test(the_host_behind_an_alias_has_the_addresses_of_the_exchange),
        cmocka_unit_test(cases_for_a_secondary_the_primary_and_a_stranger),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
