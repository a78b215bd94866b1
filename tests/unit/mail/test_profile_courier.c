/* Courier 1.4, rule by rule. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>

#define TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"

static const struct routing_case cases[] = {
    {"7.3 null MX", "@ MX 0 .\n", NULL, NULL, NULL, NULL, "bounce 5.1.10"},
    {"7.3 . with another preference", "@ MX 5 .\n", NULL, NULL, NULL, NULL, "bounce 5.1.10"},
    {"7.3 . in company", "@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.1\n", NULL, NULL, NULL, NULL,
     "bounce 5.1.10"},
    {"7.3 literal refuses the domain", "@ MX 10 192.0.2.1.\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     NULL, NULL, NULL, "bounce 5.4.4"},
    {"7.3 failure beside a good host", "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL, NULL,
     NULL, "?broken mx2", "deliver"},
    {"0 mix is a hard error", "@ MX 10 broken\n@ MX 20 gone\n", NULL, NULL, NULL, "?broken ?gone",
     "bounce 5.1.2"},
    {"0 all fail", "@ MX 10 broken\n", NULL, NULL, NULL, "?broken", "defer 4.4.3"},
    {"0 all missing", "@ MX 10 gone\n", NULL, NULL, NULL, "?gone", "bounce 5.1.2"},
    {"0 no MX", "@ A 192.0.2.9\n", NULL, NULL, NULL, "example.com.", "deliver"},
    {"7.4 secondary by name", TWO, NULL, "mx2.example.com", NULL, "mx1 -mx2", "deliver"},
    {"7.4 secondary by address",
     "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 CNAME foo\nfoo A 192.0.2.2\n", NULL,
     "foo.example.com", NULL, "mx1 -mx2", "deliver"},
    {"7.4 best", TWO, NULL, "mx1.example.com", NULL, "-mx1 -mx2", "bounce 5.4.6"},
    {"7.4 better one fails: returned all the same",
     "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL, "mx2.example.com", NULL,
     "?broken -mx2", "bounce 5.4.6"},
    {"0 EHLO 5xx ends it", TWO, NULL, NULL, "mx1.example.com=ehlo5", NULL, "bounce 5.3.0"},
    {"9.9.2 EHLO 4xx decides", TWO, NULL, NULL, "mx1.example.com=ehlo4", NULL, "defer 4.3.0"},
    {"0 MAIL 4xx: first past EHLO decides", TWO, NULL, NULL, "mx1.example.com=mail4", NULL,
     "defer 4.3.0"},
};

static void rule_7_tables(void **state)
{
    (void)state;
    routing_check("courier", cases, sizeof cases / sizeof *cases);
}

/* Three equals: n^n = 27 ways; three sequences with 5/27, three with 4/27. */
static void rule_7_2_biased_shuffle_reversed(void **state)
{
    struct routing routing;
    unsigned fives = 0, fours = 0;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 10 b\n@ MX 10 c\na A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n",
                 "courier");
    routing_down(&routing, "*");
    routing_simulate(&routing, 50000);
    routing_assert_fits(&routing);
    assert_true(routing.result->exact);
    for (size_t i = 0; i < routing.result->sequence_count; i++) {
        double expected = routing.result->sequences[i].expected * 27;
        fives += expected > 4.999 && expected < 5.001;
        fours += expected > 3.999 && expected < 4.001;
    }
    assert_int_equal(fives, 3);
    assert_int_equal(fours, 3);
    /* The bias is in the sequences: each is first equally often. */
    assert_float_equal(routing_expected_first(&routing, "a.example.com."), 1.0 / 3, 1e-9);
    assert_float_equal(routing_expected_first(&routing, "b.example.com."), 1.0 / 3, 1e-9);
    routing_clear(&routing);
}

static void rule_7_2_many_hosts_fit_as_well(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 10 b\n@ MX 10 c\n@ MX 10 d\n@ MX 10 e\n@ MX 10 f\n"
                 "a A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\nd A 192.0.2.4\ne A 192.0.2.5\n"
                 "f A 192.0.2.6\n",
                 "courier");
    routing_down(&routing, "*");
    routing_simulate(&routing, 50000);
    assert_true(routing.result->exact);
    routing_assert_fits(&routing);
    routing_clear(&routing);
}

static void rule_7_1_ipv4_in_front(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 a\na A 192.0.2.1\na AAAA 2001:db8::11\n", "courier");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "a/1 a/17");
    routing_set(&routing, "ESMTP_PREFER_IPV6_MX=yes");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "a/17 a/1");
    routing_clear(&routing);
}

static void rule_7_1_addresses_shuffled_too(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 a\na A 192.0.2.1\na A 192.0.2.2\na A 192.0.2.3\n", "courier");
    routing_down(&routing, "*");
    routing_simulate(&routing, 30000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->sequences_total, 6);
    assert_float_equal(routing_expected_address(&routing, "192.0.2.1"), 1.0 / 3, 1e-9);
    routing_clear(&routing);
}

/* The whole RRset is shuffled, so a record of another preference changes the odds of equals. */
static void rule_7_1_the_whole_rrset_is_shuffled(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 10 b\n@ MX 20 c\na A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n",
                 "courier");
    routing_down(&routing, "*");
    routing_simulate(&routing, 50000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->sequences_total, 2);
    assert_float_equal(routing_expected_first(&routing, "a.example.com."), 14.0 / 27, 1e-9);
    routing_clear(&routing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_7_tables),
        cmocka_unit_test(rule_7_2_biased_shuffle_reversed),
        cmocka_unit_test(rule_7_2_many_hosts_fit_as_well),
        cmocka_unit_test(rule_7_1_ipv4_in_front),
        cmocka_unit_test(rule_7_1_addresses_shuffled_too),
        cmocka_unit_test(rule_7_1_the_whole_rrset_is_shuffled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
