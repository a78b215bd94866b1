/* Postfix 3.7-3.12, rule by rule. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>

#define TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
#define SIX                                                                                        \
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 30 mx3\n@ MX 40 mx4\n@ MX 50 mx5\n@ MX 60 mx6\n"               \
    "mx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\nmx4 A 192.0.2.4\nmx5 A 192.0.2.5\n"        \
    "mx6 A 192.0.2.6\n"

static const struct routing_case cases[] = {
    {"2.1 an alias is followed", "@ CNAME there\nthere MX 10 mx1\nmx1 A 192.0.2.1\n", NULL, NULL,
     NULL, "mx1", "deliver"},
    {"2.2 null MX", "@ MX 0 .\n", NULL, NULL, NULL, NULL, "bounce 5.1.0"},
    {"2.2 . with another preference", "@ MX 5 .\n", NULL, NULL, NULL, NULL, "bounce 5.1.0"},
    {"2.2 . in company refuses all", "@ MX 10 mx1\n@ MX 20 .\nmx1 A 192.0.2.1\n", NULL, NULL, NULL,
     NULL, "bounce 5.1.0"},
    {"2.3 NODATA: own address", "@ A 192.0.2.9\n", NULL, NULL, NULL, "example.com.", "deliver"},
    {"2.3 nothing at all", "@ TXT x\n", NULL, NULL, NULL, "?example.com.", "bounce 5.4.4"},
    {"2.4 one address is enough", "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL, NULL,
     NULL, "?broken mx2", "deliver"},
    {"2.4 all missing", "@ MX 10 gone\n", NULL, NULL, NULL, "?gone", "bounce 5.4.4"},
    {"2.4 all missing, told to defer", "@ MX 10 gone\n", "smtp_defer_if_no_mx_address_found=yes",
     NULL, NULL, NULL, "defer 4.4.4"},
    {"2.4 a failure beats a missing name", "@ MX 10 gone\n@ MX 20 broken\n", NULL, NULL, NULL,
     "?gone ?broken", "defer 4.4.3"},
    {"2.4 the last lookup names the code", "@ MX 20 gone\n@ MX 10 broken\n", NULL, NULL, NULL,
     "?broken ?gone", "defer 4.4.4"},
    {"2.5 secondary", SIX, NULL, "mx3.example.com", NULL, "mx1 mx2 -mx3 -mx4 -mx5 -mx6", "deliver"},
    {"2.5 best", TWO, NULL, "mx1.example.com", NULL, "-mx1 -mx2", "bounce 5.4.6"},
    {"2.5 best, with a transport for it", TWO, "best_mx_transport=local", "mx1.example.com", NULL,
     NULL, "local"},
    {"2.5 by address, not by name",
     "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 CNAME foo\nfoo A 192.0.2.2\n", NULL,
     "foo.example.com", NULL, "mx1 -mx2", "deliver"},
    {"2.5 better one does not resolve", "@ MX 10 gone\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "?gone -mx2", "defer 4.4.4"},
    {"2.5 better one fails", "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "?broken -mx2", "defer 4.4.4"},
    {"2.5 loopback is its own", "@ MX 10 lo\nlo A 127.0.0.1\n", NULL, NULL, NULL, "-lo",
     "bounce 5.4.6"},
    {"2.12 implicit MX is itself", "@ A 192.0.2.9\nhost A 192.0.2.9\n", NULL, "host.example.com",
     NULL, "-example.com.", "bounce 5.4.6"},
    {"2a implicit MX is itself, with a transport for it", "@ A 192.0.2.9\nhost A 192.0.2.9\n",
     "best_mx_transport=local", "host.example.com", NULL, "-example.com.", "local"},
    {"2.11 relayhost by MX",
     TWO "relay.example.net. MX 10 r.example.net.\nr.example.net. A 192.0.2.9\n",
     "relayhost=relay.example.net", NULL, NULL, "r.example.net.", "deliver"},
    {"2.11 relayhost itself", TWO "relay.example.net. MX 10 r\nrelay.example.net. A 192.0.2.9\n",
     "relayhost=[relay.example.net]:587", NULL, NULL, "relay.example.net.", "deliver"},
    {"2.11 relayhost even for a domain that is not there", "relay.example.net. A 192.0.2.9\n",
     "relayhost=[relay.example.net]", NULL, NULL, "relay.example.net.", "deliver"},
    {"0 literal is accepted", "@ MX 10 192.0.2.1.\n", NULL, NULL, NULL, "192.0.2.1.", "deliver"},
    {"0 alias shown as alias", "@ MX 10 mx1\nmx1 CNAME foo\nfoo A 192.0.2.1\n", NULL, NULL, NULL,
     "mx1", "deliver"},
    {"2.10 refused: deferred", TWO, NULL, NULL, "*", NULL, "defer 4.4.1"},
    {"2.10 5xx greeting is skipped", TWO, NULL, NULL, "*=greeting5", NULL, "defer 4.3.2"},
    {"2.10 5xx greeting binds", TWO, "smtp_skip_5xx_greeting=no", NULL, "*=greeting5", NULL,
     "bounce 5.3.2"},
    {"2.10 5xx to EHLO and HELO binds", TWO, NULL, NULL, "mx1.example.com=ehlo5", NULL,
     "bounce 5.3.0"},
    {"2.10 5xx to EHLO and HELO behind a dead host", TWO, NULL, NULL,
     "mx1.example.com,mx2.example.com=ehlo5", NULL, "bounce 5.3.0"},
    {"2.10 5xx greeting binds at once", TWO, "smtp_skip_5xx_greeting=no", NULL,
     "mx1.example.com=greeting5", NULL, "bounce 5.3.2"},
    {"2.10 RCPT 5xx", TWO, NULL, NULL, "*=rcpt5", NULL, "bounce 5.1.1"},
};

static void rule_2_tables(void **state)
{
    (void)state;
    routing_check("postfix", cases, sizeof cases / sizeof *cases);
}

static void rule_2_3_nxdomain_asks_addresses(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ A 192.0.2.1\n", "postfix");
    ZONE_WORLD_SETTLE(&routing.world, routing.route,
                      route_build(&routing.world.lookup, "none.example.com.", &routing.sender,
                                  routing.world.arena));
    assert_int_equal(routing.world.asked, 3);
    assert_string_equal(routing_verdict(&routing), "bounce 5.4.4");
    routing_clear(&routing);
}

static void rule_2_3_failed_mx(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ A 192.0.2.1\n", "postfix");
    routing.world.broken = "broken.example.com.";
    ZONE_WORLD_SETTLE(&routing.world, routing.route,
                      route_build(&routing.world.lookup, "broken.example.com.", &routing.sender,
                                  routing.world.arena));
    assert_string_equal(routing_verdict(&routing), "defer 4.4.3");
    assert_int_equal(routing.route->kind, ROUTE_NONE);
    routing_set(&routing, "ignore_mx_lookup_error=yes");
    ZONE_WORLD_SETTLE(&routing.world, routing.route,
                      route_build(&routing.world.lookup, "broken.example.com.", &routing.sender,
                                  routing.world.arena));
    assert_int_equal(routing.route->kind, ROUTE_IMPLICIT_MX);
    routing_clear(&routing);
}

#define TEN                                                                                        \
    "@ MX 10 mail1\n@ MX 10 mail2\n@ MX 10 mail3\n"                                                \
    "mail1 A 192.0.2.11\nmail1 A 192.0.2.12\nmail1 A 192.0.2.13\n"                                 \
    "mail2 A 192.0.2.21\nmail2 A 192.0.2.22\nmail2 A 192.0.2.23\nmail2 A 192.0.2.24\n"             \
    "mail2 A 192.0.2.25\nmail2 A 192.0.2.26\nmail3 A 192.0.2.31\n"

static void rule_2_6_one_pot(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, TEN, "postfix");
    routing_down(&routing, "*");
    routing_simulate(&routing, 20000);
    routing_assert_fits(&routing);
    assert_float_equal(routing_expected_first(&routing, "mail1.example.com."), 0.3, 1e-9);
    assert_float_equal(routing_expected_first(&routing, "mail2.example.com."), 0.6, 1e-9);
    assert_float_equal(routing_expected_first(&routing, "mail3.example.com."), 0.1, 1e-9);
    routing_clear(&routing);
}

static void rule_2_6_not_randomized(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 20 mx3\n@ MX 10 mx1\n@ MX 10 mx2\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8::1\n"
                 "mx2 A 192.0.2.2\nmx3 A 192.0.2.3\n",
                 "postfix");
    routing_down(&routing, "*");
    routing_set(&routing, "smtp_randomize_addresses=no");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "mx1/1 mx1/1 mx2/2 mx3/3");
    routing_set(&routing, "smtp_address_preference=ipv6");
    routing_simulate(&routing, 1);
    assert_int_equal(routing.result->sequences[0].tries[0].address, 1);
    routing_clear(&routing);
}

static void rule_2_6_preferred_family_first_in_a_preference(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 mx1\n@ MX 10 mx2\n@ MX 20 mx3\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8::11\n"
                 "mx2 A 192.0.2.2\nmx2 AAAA 2001:db8::12\nmx3 AAAA 2001:db8::13\n",
                 "postfix");
    routing_down(&routing, "*");
    routing_set(&routing, "smtp_address_preference=ipv4");
    routing_simulate(&routing, 5000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->sequences_total, 4);
    assert_float_equal(routing_expected_address(&routing, "192.0.2.1"), 0.5, 1e-9);
    assert_float_equal(routing_expected_address(&routing, "2001:db8::11"), 0, 1e-9);
    routing_clear(&routing);
}

static void rule_2_7_duplicates_count_twice(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 mx1\n@ MX 10 mx2\n@ MX 10 twin\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
                 "twin A 192.0.2.2\n",
                 "postfix");
    routing_down(&routing, "*");
    routing_simulate(&routing, 6000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->tries[0].tries, 3);
    assert_float_equal(routing_expected_first(&routing, "mx1.example.com."), 1.0 / 3, 1e-9);
    routing_clear(&routing);
}

/* How many of the first five tries go to each family. */
static void count_families(const struct routing *routing, const struct sequence_count *order,
                           unsigned *four, unsigned *six)
{
    *four = *six = 0;
    for (size_t i = 0; i < order->try_count; i++) {
        const struct route_host *host = routing->route->hosts + order->tries[i].host;
        if (host->addresses[order->tries[i].address].address.family == 4)
            ++*four;
        else
            ++*six;
    }
}

static void assert_balance(unsigned n4, unsigned n6, unsigned four, unsigned six, bool any)
{
    struct routing routing;
    struct text zone = {0};

    text_add(&zone, "@ MX 10 mx1\n");
    for (unsigned i = 1; i <= n4; i++)
        text_format(&zone, "mx1 A 192.0.2.%u\n", i);
    for (unsigned i = 1; i <= n6; i++)
        text_format(&zone, "mx1 AAAA 2001:db8::%u\n", i);
    routing_init(&routing, text_get(&zone), "postfix");
    routing_down(&routing, "*");
    routing_simulate(&routing, 2000);
    for (size_t i = 0; i < routing.result->sequence_count; i++) {
        unsigned seen4, seen6;
        count_families(&routing, routing.result->sequences + i, &seen4, &seen6);
        assert_int_equal(seen4 + seen6, 5);
        if (any)
            assert_true(seen4 == 2 || seen4 == 3);
        else
            assert_true(seen4 == four && seen6 == six);
    }
    routing_clear(&routing);
    text_clear(&zone);
}

static void rule_2_8_balances_families(void **state)
{
    (void)state;
    assert_balance(6, 1, 4, 1, false);
    assert_balance(6, 2, 3, 2, false);
    assert_balance(2, 6, 2, 3, false);
    assert_balance(6, 6, 0, 0, true);
}

static void rule_2_8_first_family_has_the_odd_one(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 20 b\na A 192.0.2.1\nb A 192.0.2.2\nb A 192.0.2.3\n"
                 "b A 192.0.2.4\nb AAAA 2001:db8::1\nb AAAA 2001:db8::2\nb AAAA 2001:db8::3\n",
                 "postfix");
    routing_down(&routing, "*");
    routing_simulate(&routing, 500);
    for (size_t i = 0; i < routing.result->sequence_count; i++) {
        unsigned four, six;
        count_families(&routing, routing.result->sequences + i, &four, &six);
        assert_int_equal(four, 3);
        assert_int_equal(six, 2);
    }
    routing_set(&routing, "smtp_balance_inet_protocols=no");
    routing_simulate(&routing, 2000);
    routing_assert_fits(&routing);
    routing_clear(&routing);
}

static void assert_tries(const char *down, const char *setting, const char *tries)
{
    struct routing routing;

    routing_init(&routing, SIX, "postfix");
    routing_down(&routing, down);
    if (setting)
        routing_set(&routing, setting);
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), tries);
    routing_clear(&routing);
}

static void rule_2_9_limits(void **state)
{
    (void)state;
    assert_tries("*", NULL, "mx1/1 mx2/2 mx3/3 mx4/4 mx5/5");
    assert_tries("*=timeout", NULL, "mx1/1 mx2/2 mx3/3 mx4/4 mx5/5");
    assert_tries("*=greeting4", NULL, "mx1/1 mx2/2 mx3/3 mx4/4 mx5/5");
    assert_tries("*=greeting5", NULL, "mx1/1 mx2/2 mx3/3 mx4/4 mx5/5");
    assert_tries("*=ehlo4", NULL, "mx1/1 mx2/2 mx3/3 mx4/4 mx5/5");
    assert_tries("*=ehlo5", NULL, "mx1/1");
    assert_tries("*=mail4", NULL, "mx1/1 mx2/2");
    assert_tries("*=rcpt4", NULL, "mx1/1 mx2/2");
    assert_tries("*=data4", NULL, "mx1/1 mx2/2");
    assert_tries("*=rcpt5", NULL, "mx1/1");
    assert_tries("*", "smtp_mx_address_limit=3", "mx1/1 mx2/2 mx3/3");
    assert_tries("*", "smtp_mx_address_limit=0", "mx1/1 mx2/2 mx3/3 mx4/4 mx5/5 mx6/6");
    assert_tries("*=rcpt4", "smtp_mx_session_limit=3", "mx1/1 mx2/2 mx3/3");
    assert_tries("mx1.example.com,mx2.example.com=rcpt4,mx3.example.com,mx4.example.com=mail4",
                 NULL, "mx1/1 mx2/2 mx3/3 mx4/4");
}

#define BY_SRV                                                                                     \
    "@ MX 10 mx9\nmx9 A 192.0.2.9\n_smtp._tcp SRV 10 6 25 big\n_smtp._tcp SRV 10 4 25 small\n"     \
    "big A 192.0.2.1\nsmall A 192.0.2.2\nsmall A 192.0.2.3\n"

static void rule_2_13_srv(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, BY_SRV, "postfix");
    routing_set(&routing, "use_srv_lookup=smtp");
    routing_down(&routing, "*");
    routing_simulate(&routing, 10000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.route->kind, ROUTE_SRV);
    assert_int_equal(routing.result->sequences_total, 2);
    assert_float_equal(routing_expected_first(&routing, "big.example.com."), 0.596, 0.01);
    routing_clear(&routing);
}

static void rule_2_13_srv_falls_back_when_told(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, TWO, "postfix");
    routing_set(&routing, "use_srv_lookup=smtp");
    routing_build(&routing);
    assert_string_equal(routing_verdict(&routing), "bounce 5.4.4");
    routing_set(&routing, "allow_srv_lookup_fallback=yes");
    routing_build(&routing);
    assert_int_equal(routing.route->kind, ROUTE_MX);
    routing_clear(&routing);
    routing_init(&routing, "@ MX 10 mx9\nmx9 A 192.0.2.9\n_smtp._tcp SRV 0 0 25 .\n", "postfix");
    routing_set(&routing, "use_srv_lookup=smtp");
    routing_build(&routing);
    assert_string_equal(routing_verdict(&routing), "bounce 5.1.0");
    routing_set(&routing, "allow_srv_lookup_fallback=yes");
    routing_build(&routing);
    assert_int_equal(routing.route->kind, ROUTE_MX);
    routing_clear(&routing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_2_tables),
        cmocka_unit_test(rule_2_3_nxdomain_asks_addresses),
        cmocka_unit_test(rule_2_3_failed_mx),
        cmocka_unit_test(rule_2_6_one_pot),
        cmocka_unit_test(rule_2_6_not_randomized),
        cmocka_unit_test(rule_2_6_preferred_family_first_in_a_preference),
        cmocka_unit_test(rule_2_7_duplicates_count_twice),
        cmocka_unit_test(rule_2_8_balances_families),
        cmocka_unit_test(rule_2_8_first_family_has_the_odd_one),
        cmocka_unit_test(rule_2_9_limits),
        cmocka_unit_test(rule_2_13_srv),
        cmocka_unit_test(rule_2_13_srv_falls_back_when_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
