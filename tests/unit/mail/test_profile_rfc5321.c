/* RFC 5321 5.1 and 5.2, RFC 7505, rule by rule. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>
#include <string.h>

#define FOUR                                                                                       \
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 20 mx3\n@ MX 30 mx4\n"                                         \
    "mx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\nmx4 A 192.0.2.4\n"

static const struct routing_case cases[] = {
    {"1.1 alias starts again", "@ A 192.0.2.9\n", NULL, NULL, NULL, "example.com.", "deliver"},
    {"1.2 no MX: the domain", "@ A 192.0.2.9\n", NULL, NULL, NULL, "example.com.", "deliver"},
    {"1.2 no MX, no address", "@ TXT \"x\"\n", NULL, NULL, NULL, "?example.com.", "bounce 5.4.4"},
    {"1.2 MX unusable, own address not used", "@ MX 10 gone\n@ A 192.0.2.9\n", NULL, NULL, NULL,
     "?gone", "bounce 5.4.4"},
    {"1.3 null MX", "@ MX 0 .\n@ A 192.0.2.9\n", NULL, NULL, NULL, NULL, "bounce 5.1.10"},
    {"1.3 . with another preference", "@ MX 5 .\n", NULL, NULL, NULL, "-.", "bounce 5.4.4"},
    {"1.3 . in company", "@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.1\n", NULL, NULL, NULL, "-. mx1",
     "deliver"},
    {"1.4 sorted", "@ MX 30 c\n@ MX 10 a\n@ MX 20 b\na A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n",
     NULL, NULL, NULL, "a b c", "deliver"},
    {"1.6 secondary drops itself, equals and worse", FOUR, NULL, "mx2.example.com", NULL,
     "mx1 -mx2 -mx3 -mx4", "deliver"},
    {"1.6 primary: nothing left", FOUR, NULL, "mx1.example.com", NULL, "-mx1 -mx2 -mx3 -mx4",
     "bounce 5.4.6"},
    {"1.6 primary and last stop", FOUR, "delivers_locally=yes", "mx1.example.com", NULL, NULL,
     "local"},
    {"1.6 stranger", FOUR, NULL, "out.example.net", NULL, "mx1 mx2 mx3 mx4", "deliver"},
    {"1.6 by its address under another name",
     "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\nhost A 192.0.2.2\n", NULL,
     "host.example.com", NULL, "mx1 -mx2", "deliver"},
    {"1.6 by name only: the alias trap",
     "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 CNAME foo\nfoo A 192.0.2.2\n",
     "recognise=name", "foo.example.com", NULL, "mx1 mx2", "deliver"},
    {"1.6 better hosts do not exist", "@ MX 10 gone\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "?gone -mx2", "bounce 5.4.4"},
    {"1.6 better hosts could not be looked up", "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n",
     NULL, "mx2.example.com", NULL, "?broken -mx2", "defer 4.4.3"},
    {"1.7 literal is no name", "@ MX 10 192.0.2.1.\n", NULL, NULL, NULL, "?192.0.2.1.",
     "bounce 5.4.4"},
    {"1.7 alias followed", "@ MX 10 mx1\nmx1 CNAME foo\nfoo A 192.0.2.1\n", NULL, NULL, NULL, "mx1",
     "deliver"},
    {"0 mix of missing and failed", "@ MX 10 broken\n@ MX 20 gone\n", NULL, NULL, NULL,
     "?broken ?gone", "defer 4.4.3"},
    {"0 failed beside good", "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL, NULL, NULL,
     "?broken mx2", "deliver"},
    {"4.5.4.1 all refuse: queued", FOUR, NULL, NULL, "*", NULL, "defer"},
    {"4.2.1 no such user: returned", FOUR, NULL, NULL, "*=rcpt5", NULL, "bounce 5.1.1"},
    {"all greet with 554: returned", FOUR, NULL, NULL, "*=greeting5", NULL, "bounce 5.3.2"},
};

static void rule_1_tables(void **state)
{
    (void)state;
    routing_check("rfc5321", cases, sizeof cases / sizeof *cases);
}

static void rule_1_1_nxdomain_and_failure(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ A 192.0.2.1\n", "rfc5321");
    ZONE_WORLD_SETTLE(&routing.world, routing.route,
                      route_build(&routing.world.lookup, "none.example.com.", &routing.sender,
                                  routing.world.arena));
    assert_string_equal(routing_verdict(&routing), "bounce 5.1.2");
    routing.world.silent = "silent.example.com.";
    ZONE_WORLD_SETTLE(&routing.world, routing.route,
                      route_build(&routing.world.lookup, "silent.example.com.", &routing.sender,
                                  routing.world.arena));
    assert_string_equal(routing_verdict(&routing), "defer 4.4.3");
    routing_clear(&routing);
}

static void rule_1_1_alias_restarts(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "www CNAME real\nreal MX 10 mx1\nmx1 A 192.0.2.1\nweb CNAME plain\n"
                 "plain A 192.0.2.7\n",
                 "rfc5321");
    ZONE_WORLD_SETTLE(&routing.world, routing.route,
                      route_build(&routing.world.lookup, "www.example.com.", &routing.sender,
                                  routing.world.arena));
    assert_string_equal(routing_hosts(&routing), "mx1");
    assert_string_equal(routing.route->canonical, "real.example.com.");
    ZONE_WORLD_SETTLE(&routing.world, routing.route,
                      route_build(&routing.world.lookup, "web.example.com.", &routing.sender,
                                  routing.world.arena));
    assert_string_equal(routing_hosts(&routing), "plain");
    assert_int_equal(routing.route->kind, ROUTE_IMPLICIT_MX);
    routing_clear(&routing);
}

static void rule_1_4_equals_in_random_order(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, FOUR, "rfc5321");
    routing_down(&routing, "mx1.example.com");
    routing_simulate(&routing, 10000);
    routing_assert_fits(&routing);
    assert_true(routing.result->exact);
    assert_int_equal(routing.result->sequences_total, 2);
    assert_float_equal(routing.result->sequences[0].expected, 0.5, 1e-12);
    assert_int_equal(routing.result->tries[0].tries, 2);
    assert_int_equal(routing.result->tries[0].deliveries, 10000);
    routing_clear(&routing);
}

static void rule_1_4_eight_equals_enumerated(void **state)
{
    struct routing routing;
    struct text zone = {0};

    (void)state;
    for (int i = 1; i <= 8; i++)
        text_format(&zone, "@ MX 10 mx%d\nmx%d A 192.0.2.%d\n", i, i, i);
    routing_init(&routing, text_get(&zone), "rfc5321");
    routing_down(&routing, "*");
    routing_simulate(&routing, 20000);
    routing_assert_fits(&routing);
    assert_true(routing.result->exact);
    assert_float_equal(routing.result->sequences[0].expected, 1.0 / 40320, 1e-12);
    routing_clear(&routing);
    text_clear(&zone);
}

static void rule_1_5_addresses_in_the_order_received(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 mx1\nmx1 A 192.0.2.3\nmx1 A 192.0.2.1\nmx1 A 192.0.2.2\n"
                 "mx1 AAAA 2001:db8::9\n",
                 "rfc5321");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "mx1/9 mx1/3 mx1/1 mx1/2");
    routing_set(&routing, "prefer=ipv4");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "mx1/3 mx1/1 mx1/2 mx1/9");
    routing_clear(&routing);
}

static void rule_1_8_preference_before_family(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 AAAA 2001:db8::2\n",
                 "rfc5321");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "mx1/1 mx2/2");
    routing.sender.family = FAMILY_6;
    routing_build(&routing);
    assert_string_equal(routing_hosts(&routing), "?mx1 mx2");
    assert_string_equal(routing_tries(&routing, 0), "mx2/2");
    routing_clear(&routing);
}

/* L17: the same levels by SRV, but mx2 to mx3 as 1 to 4 (exact: RFC 2782 over random listings). */
static void srv_in_place_of_mx(void **state)
{
    struct routing routing;
    double heavy = 0, light = 0;

    (void)state;
    routing_init(&routing,
                 FOUR "_smtp._tcp SRV 10 0 25 mx1\n_smtp._tcp SRV 20 1 25 mx2\n"
                      "_smtp._tcp SRV 20 4 25 mx3\n_smtp._tcp SRV 30 0 25 mx4\n",
                 "rfc5321");
    routing_set(&routing, "srv_service=smtp");
    routing_down(&routing, "mx1.example.com");
    routing_simulate(&routing, 20000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.route->kind, ROUTE_SRV);
    assert_string_equal(routing_hosts(&routing), "mx1 mx2 mx3 mx4");
    for (size_t i = 0; i < routing.result->level_count; i++) {
        const struct share *share = &routing.result->levels[i].share;
        heavy += strcmp(share->exchange, "mx3.example.com.") == 0 ? share->expected : 0;
        light += strcmp(share->exchange, "mx2.example.com.") == 0 ? share->expected : 0;
    }
    assert_float_equal(heavy, (4.0 / 6 + 5.0 / 6) / 2, 1e-9);
    assert_float_equal(light, 1 - heavy, 1e-9);
    routing_clear(&routing);
}

static void the_same_seed_draws_the_same(void **state)
{
    struct routing routing;
    uint64_t first[4];

    (void)state;
    routing_init(&routing, FOUR, "rfc5321");
    routing_down(&routing, "*");
    routing_simulate(&routing, 5000);
    for (size_t i = 0; i < routing.result->sequence_count; i++)
        first[i] = routing.result->sequences[i].count;
    routing_simulate(&routing, 5000);
    assert_int_equal(routing.result->sequence_count, 2);
    for (size_t i = 0; i < routing.result->sequence_count; i++)
        assert_int_equal(routing.result->sequences[i].count, first[i]);
    routing.sender.seed = 43;
    routing_simulate(&routing, 5000);
    assert_int_not_equal(routing.result->sequences[0].count, first[0]);
    routing_clear(&routing);
}

/* Why nothing could be decided: that a file has not got the records is another thing than that a
 * server did not tell them. */
static void an_undecided_route_says_why(void **state)
{
    static const struct {
        const char *zone, *broken, *why;
    } undecided[] = {
        {FOUR, "example.com.",
         "the MX lookup failed: the message is queued and the lookup made again"},
        {"@ MX 10 other.test.\n", NULL,
         "the addresses of the MX hosts are not in the file: whether a sender could deliver is "
         "not known"},
        {"@ CNAME other.test.\n", NULL,
         "the MX records are not in the file: whether a sender could deliver is not known"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof undecided / sizeof *undecided; i++) {
        struct routing routing;

        routing_init(&routing, undecided[i].zone, "rfc5321");
        routing.world.broken = undecided[i].broken;
        routing.world.offline = true;
        assert_string_equal(routing_build(&routing)->decision.why, undecided[i].why);
        routing_clear(&routing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_1_tables),
        cmocka_unit_test(rule_1_1_nxdomain_and_failure),
        cmocka_unit_test(rule_1_1_alias_restarts),
        cmocka_unit_test(rule_1_4_equals_in_random_order),
        cmocka_unit_test(rule_1_4_eight_equals_enumerated),
        cmocka_unit_test(rule_1_5_addresses_in_the_order_received),
        cmocka_unit_test(rule_1_8_preference_before_family),
        cmocka_unit_test(srv_in_place_of_mx),
        cmocka_unit_test(the_same_seed_draws_the_same),
        cmocka_unit_test(an_undecided_route_says_why),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
