/* notqmail 1.09 and qmail, rule by rule. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>

#define TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
#define FOUR                                                                                       \
    "@ MX 10 h1\n@ MX 10 h2\n@ MX 10 h3\n@ MX 10 h4\n"                                             \
    "h1 A 192.0.2.1\nh2 A 192.0.2.2\nh3 A 192.0.2.3\nh4 A 192.0.2.4\n"

static const struct routing_case cases[] = {
    {"6.1 no MX", "@ A 192.0.2.9\n", NULL, NULL, NULL, "example.com.", "deliver"},
    {"6.1 nothing", "@ TXT x\n", NULL, NULL, NULL, "?example.com.", "bounce 5.1.2"},
    {"6.1 soft failure beside a good host", "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     NULL, NULL, "?broken mx2", "deliver"},
    {"6.1 soft failure and nothing left", "@ MX 10 broken\n@ MX 20 gone\n", NULL, NULL, NULL,
     "?broken ?gone", "defer 4.4.3"},
    {"6.3 IPv4 only", "@ MX 10 a\n@ MX 20 b\na AAAA 2001:db8::1\nb A 192.0.2.2\n", NULL, NULL, NULL,
     "?a b", "deliver"},
    {"6.3 literal", "@ MX 10 192.0.2.1.\n", NULL, NULL, NULL, "192.0.2.1.", "deliver"},
    {"6.4 secondary", TWO, NULL, "mx2.example.com", NULL, "mx1 -mx2", "deliver"},
    {"6.4 best", TWO, NULL, "mx1.example.com", NULL, "-mx1 -mx2", "bounce 5.4.6"},
    {"6.4 better one fails: returned all the same",
     "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL, "mx2.example.com", NULL,
     "?broken -mx2", "bounce 5.4.6"},
    {"6.4 a literal counts as 0", "@ MX 30 192.0.2.7.\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "-mx2 192.0.2.7.", "deliver"},
    {"0 null MX is a host without address", "@ MX 0 .\n", NULL, NULL, NULL, "?.", "bounce 5.4.4"},
    {"0 . in company", "@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.1\n", NULL, NULL, NULL, "?. mx1",
     "deliver"},
    {"6.6 refused: next", TWO, NULL, NULL, "mx1.example.com", NULL, "deliver"},
    {"6.6 a greeting decides", TWO, NULL, NULL, "mx1.example.com=greeting4", NULL, "defer 4.4.2"},
    {"6.6 554 defers", TWO, NULL, NULL, "mx1.example.com=greeting5", NULL, "defer 4.4.2"},
    {"6.6 RCPT 5xx", TWO, NULL, NULL, "*=rcpt5", NULL, "bounce 5.1.1"},
};

static void rule_6_tables(void **state)
{
    (void)state;
    routing_check("qmail", cases, sizeof cases / sizeof *cases);
}

static void rule_6_2_the_last_moves_into_the_hole(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, FOUR, "qmail");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "h1/1 h4/4 h3/3 h2/2");
    routing_clear(&routing);
}

/* The hole is filled from the end of the whole answer, whatever preference stands there: the second
 * listed comes next when the last is a worse one. */
static void rule_6_2_holes_of_other_preferences(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 20 b\n@ MX 10 c\n@ MX 20 d\na A 192.0.2.1\nb A 192.0.2.2\n"
                 "c A 192.0.2.3\nd A 192.0.2.4\n",
                 "qmail");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "a/1 c/3 d/4 b/2");
    routing_clear(&routing);
    routing_init(&routing, FOUR "@ MX 20 h5\nh5 A 192.0.2.5\n", "qmail");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "h1/1 h2/2 h4/4 h3/3 h5/5");
    routing_clear(&routing);
}

static void rule_6_2_32_bit_is_uniform(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, FOUR, "qmail");
    routing_set(&routing, "long_bits=32");
    routing_down(&routing, "*");
    routing_simulate(&routing, 12000);
    routing_assert_fits(&routing);
    assert_float_equal(routing_expected_first(&routing, "h3.example.com."), 0.25, 1e-12);
    assert_int_equal(routing.result->sequences_total, 24);
    routing_clear(&routing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_6_tables),
        cmocka_unit_test(rule_6_2_the_last_moves_into_the_hole),
        cmocka_unit_test(rule_6_2_holes_of_other_preferences),
        cmocka_unit_test(rule_6_2_32_bit_is_uniform),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
