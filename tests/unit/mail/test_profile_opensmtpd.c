/* OpenSMTPD 7.6, rule by rule. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>

#define TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"

static const struct routing_case cases[] = {
    {"5.2 null MX", "@ MX 0 .\n", NULL, NULL, NULL, NULL, "bounce 5.1.10"},
    {"5.2 localhost alone", "@ MX 10 localhost.\n", NULL, NULL, NULL, NULL, "bounce 5.1.10"},
    {"5.2 . with another preference", "@ MX 5 .\n", NULL, NULL, NULL, "?.", "defer 4.4.4"},
    {"5.2 . in company", "@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.1\n", NULL, NULL, NULL, "-. mx1",
     "deliver"},
    {"5.2 localhost in company", "@ MX 0 localhost.\n@ MX 10 mx1\nmx1 A 192.0.2.1\n", NULL, NULL,
     NULL, "-localhost. mx1", "deliver"},
    {"5.3 no MX", "@ A 192.0.2.9\n", NULL, NULL, NULL, "example.com.", "deliver"},
    {"5.3 nothing resolves: queued", "@ MX 10 gone\n", NULL, NULL, NULL, "?gone", "defer 4.4.4"},
    {"5.3 nothing at all: queued", "@ TXT x\n", NULL, NULL, NULL, "?example.com.", "defer 4.4.4"},
    {"5.3 an alias of no name: queued", "@ CNAME gone\n", NULL, NULL, NULL, "?gone", "defer 4.4.4"},
    {"0 mix", "@ MX 10 gone\n@ MX 20 broken\n", NULL, NULL, NULL, "?gone ?broken", "defer 4.4.3"},
    {"0 literal", "@ MX 10 192.0.2.1.\n", NULL, NULL, NULL, "192.0.2.1.", "deliver"},
    {"5.9 does not know itself", TWO, NULL, "mx2.example.com", NULL, "mx1 mx2", "deliver"},
    {"5.9 best connects to itself", TWO, NULL, "mx1.example.com", "198.51.100.1", NULL,
     "loop 5.4.6"},
    {"5.9 backup", TWO, "backup=yes", "mx2.example.com", NULL, "mx1 -mx2", "deliver"},
    {"5.9 backup by another name", TWO, "backup_mx=mx2.example.com.", "host.example.com", NULL,
     "mx1 -mx2", "deliver"},
    {"2a backup by another name, without the final dot", TWO, "backup_mx=mx2.example.com",
     "host.example.com", NULL, "mx1 -mx2", "deliver"},
    {"2a backup by another name, in any case", TWO, "backup_mx=MX2.Example.COM", "host.example.com",
     NULL, "mx1 -mx2", "deliver"},
    {"5.9 name not listed: no limit", TWO, "backup=yes", "mx7.example.com", NULL, "mx1 mx2",
     "deliver"},
    {"5.7 past EHLO it ends: MAIL", TWO, NULL, NULL, "*=mail4", NULL, "defer 4.3.0"},
    {"5.7 past EHLO it ends: RCPT", TWO, NULL, NULL, "*=rcpt4", NULL, "defer 4.2.0"},
    {"5.7 past EHLO it ends: RCPT 5xx", TWO, NULL, NULL, "*=rcpt5", NULL, "bounce 5.1.1"},
};

static void rule_5_tables(void **state)
{
    (void)state;
    routing_check("opensmtpd", cases, sizeof cases / sizeof *cases);
}

/* `first` hosts at 10, `second` at 20; what is tried when the stage meets all. */
static void assert_tried(unsigned first, unsigned second, const char *down, const char *tries)
{
    struct routing routing;
    struct text zone = {0};

    for (unsigned i = 1; i <= first + second; i++)
        text_format(&zone, "@ MX %d h%u\nh%u A 192.0.2.%u\n", i <= first ? 10 : 20, i, i, i);
    routing_init(&routing, text_get(&zone), "opensmtpd");
    routing_down(&routing, down);
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), tries);
    routing_clear(&routing);
    text_clear(&zone);
}

static void rule_5_1_first_listed_then_the_rest_backwards(void **state)
{
    (void)state;
    assert_tried(4, 0, "*", "h1/1 h4/4 h3/3 h2/2");
}

static void rule_5_1_a_literal_needs_no_look_up(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 10 b\n@ MX 10 192.0.2.3.\n@ MX 10 c\na A 192.0.2.1\n"
                 "b A 192.0.2.2\nc A 192.0.2.4\n",
                 "opensmtpd");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "192.0.2.3./3 a/1 c/4 b/2");
    routing_clear(&routing);
}

static void rule_5_1_no_chance(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 a\n@ MX 10 b\na A 192.0.2.1\nb A 192.0.2.2\n", "opensmtpd");
    routing_simulate(&routing, 100);
    assert_int_equal(routing.result->sequences_total, 1);
    assert_float_equal(routing_expected_first(&routing, "a.example.com."), 1, 1e-12);
    routing_clear(&routing);
}

static void rule_5_4_ipv6_before_ipv4(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 a\na A 192.0.2.1\na AAAA 2001:db8::11\n", "opensmtpd");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "a/17 a/1");
    routing_clear(&routing);
}

static void rule_5_5_an_address_is_one_route(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 20 b\n@ MX 30 a\na A 192.0.2.1\nb A 192.0.2.2\nb A 192.0.2.1\n",
                 "opensmtpd");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "a/1 b/2");
    routing_clear(&routing);
}

static void rule_5_6_dead_addresses_come_back(void **state)
{
    (void)state;
    assert_tried(6, 2, "*", "h1/1 h6/6 h5/5 h4/4 h3/3 h2/2 h8/8 h7/7");
    assert_tried(9, 1, "*", "h1/1 h9/9 h8/8 h7/7 h6/6 h5/5 h4/4 h3/3");
    assert_tried(7, 3, "*", "h1/1 h7/7 h6/6 h5/5 h4/4 h3/3 h2/2 h10/10");
}

static void rule_5_8_a_mute_host_is_waited_for(void **state)
{
    (void)state;
    assert_tried(1, 1, "192.0.2.1=timeout", "h1/1 h2/2");
    assert_tried(3, 1, "192.0.2.1=timeout,192.0.2.2=timeout", "h1/1 h3/3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_5_tables),
        cmocka_unit_test(rule_5_1_first_listed_then_the_rest_backwards),
        cmocka_unit_test(rule_5_1_a_literal_needs_no_look_up),
        cmocka_unit_test(rule_5_1_no_chance),
        cmocka_unit_test(rule_5_4_ipv6_before_ipv4),
        cmocka_unit_test(rule_5_5_an_address_is_one_route),
        cmocka_unit_test(rule_5_6_dead_addresses_come_back),
        cmocka_unit_test(rule_5_8_a_mute_host_is_waited_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
