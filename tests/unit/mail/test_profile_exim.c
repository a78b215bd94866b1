/* Exim 4.96-4.98, rule by rule. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"

static const struct routing_case cases[] = {
    {"3.3 listed twice: the better preference stays",
     "@ MX 20 mx1\n@ MX 10 mx1\n@ MX 15 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n", NULL, NULL, NULL,
     "mx1 mx2 -mx1", "deliver"},
    {"3.5 takes the canonical name", "@ MX 10 mx1\nmx1 CNAME foo\nfoo A 192.0.2.1\n", NULL, NULL,
     NULL, "foo", "deliver"},
    {"3.6 unusable stays in the list", "@ MX 10 gone\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL, NULL,
     NULL, "?gone mx2", "deliver"},
    {"3.6 SERVFAIL anywhere defers", "@ MX 10 gone\n@ MX 20 broken\n", NULL, NULL, NULL,
     "?gone ?broken", "defer"},
    {"3.6 all missing", "@ MX 10 gone\n", NULL, NULL, NULL, "?gone", "bounce"},
    {"3.1 NODATA: addresses", "@ A 192.0.2.9\n", NULL, NULL, NULL, "example.com.", "deliver"},
    {"3.10 best: frozen", TWO, NULL, "mx1.example.com", NULL, "-mx1 -mx2", "freeze"},
    {"3.10 self=fail", TWO, "self=fail", "mx1.example.com", NULL, NULL, "bounce"},
    {"3.10 self=defer", TWO, "self=defer", "mx1.example.com", NULL, NULL, "defer"},
    {"3.10 self=send: no host is dropped", TWO, "self=send", "mx1.example.com", NULL, "mx1 mx2",
     "deliver"},
    {"3.10 self=send among equals", "@ MX 10 mx1\n@ MX 10 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n",
     "self=send", "mx1.example.com", NULL, "mx1 mx2", "deliver"},
    {"3.10 self=send behind a better one", TWO, "self=send", "mx2.example.com", NULL, "mx1 -mx2",
     "deliver"},
    {"3.10 self=send behind one that is missing", "@ MX 10 gone\n@ MX 20 mx2\nmx2 A 192.0.2.2\n",
     "self=send", "mx2.example.com", NULL, "?gone -mx2", "bounce"},
    {"3.10 self=send without MX", "@ A 192.0.2.9\n", "self=send", "example.com", NULL,
     "example.com.", "deliver"},
    {"3.10 secondary", TWO, NULL, "mx2.example.com", NULL, "mx1 -mx2", "deliver"},
    {"3.10 0.0.0.0 is local", "@ MX 10 zero\nzero A 0.0.0.0\n", NULL, NULL, NULL, "-zero",
     "freeze"},
    {"3.10 by address, not by name",
     "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 CNAME foo\nfoo A 192.0.2.2\n", NULL,
     "foo.example.com", NULL, "mx1 -foo", "deliver"},
    {"3.10 a name that is local, too", TWO,
     "hosts_treat_as_local=other.example.com:MX2.example.com.", NULL, NULL, "mx1 -mx2", "deliver"},
    {"3.10 ... as the best", TWO, "hosts_treat_as_local=mx1.example.com", NULL, NULL, "-mx1 -mx2",
     "freeze"},
    {"3.10 ... by the name an alias leads to", "@ MX 10 mx1\nmx1 CNAME foo\nfoo A 192.0.2.1\n",
     "hosts_treat_as_local=foo.example.com", NULL, NULL, "-foo", "freeze"},
    {"0 fail_defer_domains", "@ MX 10 gone\n", "fail_defer_domains=yes", NULL, NULL, "?gone",
     "defer"},
    {"0 fail_defer_domains, nothing at all", "@ TXT x\n", "fail_defer_domains=yes", NULL, NULL,
     "?example.com.", "defer"},
    {"0 fail_defer_domains, null MX", "@ MX 7 .\n@ A 192.0.2.9\n", "fail_defer_domains=yes", NULL,
     NULL, NULL, "defer"},
    {"0 dnssec_require_domains", TWO, "dnssec_require_domains=yes", NULL, NULL, NULL, "defer"},
    {"3.11 secondary, better one does not exist", "@ MX 10 gone\n@ MX 20 mx2\nmx2 A 192.0.2.2\n",
     NULL, "mx2.example.com", NULL, "?gone -mx2", "bounce"},
    {"3.11 secondary, better one fails", "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "?broken -mx2", "defer"},
    {"3.11 an equal or worse one fails as well",
     "@ MX 10 gone\n@ MX 20 mx2\n@ MX 20 broken\nmx2 A 192.0.2.2\n", NULL, "mx2.example.com", NULL,
     "?gone -mx2 -broken", "defer"},
    {"3.11 best all the same", "@ MX 20 mx2\n@ MX 20 broken\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "-mx2 -broken", "freeze"},
    {"3.12 null MX", "@ MX 0 .\n", NULL, NULL, NULL, NULL, "bounce"},
    {"3.12 preference is not looked at", "@ MX 7 .\n", NULL, NULL, NULL, NULL, "bounce"},
    {"3.12 in company it is ignored", "@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.1\n", NULL, NULL, NULL,
     "?. mx1", "deliver"},
    {"0 literal is no name", "@ MX 10 192.0.2.1.\n", NULL, NULL, NULL, "?192.0.2.1.", "bounce"},
    {"0 literal allowed", "@ MX 10 192.0.2.1.\n", "allow_mx_to_ip=yes", NULL, NULL, "192.0.2.1.",
     "deliver"},
    {"3.14 554 by the last of the list", TWO, NULL, NULL, "*=greeting5", NULL, "bounce 5.3.2"},
    {"3.14 554, then refused by the last", TWO, NULL, NULL,
     "mx1.example.com=greeting5,mx2.example.com", NULL, "defer"},
    {"3.14 554 cut by the limit", TWO "@ MX 20 mx3\nmx3 A 192.0.2.3\n", "hosts_max_try=1", NULL,
     "*=greeting5", NULL, "defer"},
    {"3.14 554 at the limit, where only the same address is left",
     "@ MX 10 mx1\n@ MX 10 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.1\n", "hosts_max_try=1", NULL,
     "*=greeting5", NULL, "bounce 5.3.2"},
    {"3.14 EHLO and HELO refused by the last", TWO, NULL, NULL, "*=ehlo5", NULL, "bounce 5.3.0"},
    {"3.14 EHLO and HELO refused, another refuses the connection", TWO, NULL, NULL,
     "mx1.example.com=ehlo5,mx2.example.com", NULL, "defer"},
    {"3.14 RCPT 5xx", TWO, NULL, NULL, "*=rcpt5", NULL, "bounce 5.1.1"},
};

static void rule_3_tables(void **state)
{
    (void)state;
    routing_check("exim", cases, sizeof cases / sizeof *cases);
}

/* 2a: itself among equals, better hosts unusable, a look-up failed: what stands before itself in
 * the list decides. */
static const struct {
    const char *rule, *zone;
    double bounces;
} scans[] = {
    {"a cut host fails", "@ MX 10 gone\n@ MX 20 me\n@ MX 20 a\n@ MX 20 broken\n", 0.499},
    {"a worse one fails", "@ MX 10 gone\n@ MX 20 me\n@ MX 20 a\n@ MX 30 broken\n", 0.499},
    {"the better one fails", "@ MX 10 broken\n@ MX 20 me\n@ MX 20 a\n", 0.499},
    {"two good hosts are cut", "@ MX 10 broken\n@ MX 20 me\n@ MX 20 a\n@ MX 20 b\n", 0.66567},
    {"the pass puts IPv6 in front", "@ MX 10 broken\n@ MX 20 me\n@ MX 20 six\n", 1},
    {"none is good", "@ MX 10 broken\n@ MX 20 me\n@ MX 20 gone\n", 0},
    {"a good one that is worse", "@ MX 10 broken\n@ MX 20 me\n@ MX 30 a\n", 0},
    {"itself by a name that is local", "@ MX 10 broken\n@ MX 20 local\n@ MX 20 a\n", 0.499},
    {"nothing failed", "@ MX 10 gone\n@ MX 20 me\n@ MX 20 a\n", 1},
};

static double bounces(const struct simulation_result *result)
{
    for (size_t i = 0; i < result->ending_count; i++)
        if (result->endings[i].verdict == VERDICT_BOUNCE)
            return result->endings[i].share.expected;
    return 0;
}

static void rule_2a_scan_for_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof scans / sizeof *scans; i++) {
        struct routing routing;
        char zone[512];
        snprintf(zone, sizeof zone,
                 "%sme A 192.0.2.1\na A 192.0.2.2\nb A 192.0.2.3\nsix A 192.0.2.4\n"
                 "six AAAA 2001:db8::4\nlocal A 192.0.2.5\n",
                 scans[i].zone);
        routing_init(&routing, zone, "exim");
        routing.world.broken = "broken.example.com.";
        routing_as(&routing, "me.example.com");
        routing_set(&routing, "hosts_treat_as_local=local.example.com");
        routing_simulate(&routing, 2000);
        print_message("# %s\n", scans[i].rule);
        assert_true(routing.result->exact);
        assert_float_equal(bounces(routing.result), scans[i].bounces, 1e-4);
        assert_int_equal(routing.result->tries[0].tries, 0);
        routing_clear(&routing);
    }
}

/* 3.14: a host without address behind the hard answer is one more entry of the list, so the message
 * is kept. Where it stands is chance. */
static void rule_3_14_unusable_entries_soften(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 mx1\n@ MX 10 gone\nmx1 AAAA 2001:db8::1\n", "exim");
    routing_down(&routing, "*=greeting5");
    routing_simulate(&routing, 2000);
    assert_float_equal(bounces(routing.result), 0.499, 1e-4);
    routing_clear(&routing);
    routing_init(&routing, "@ MX 10 mx1\n@ MX 20 gone\nmx1 AAAA 2001:db8::1\n", "exim");
    routing_down(&routing, "*=greeting5");
    routing_build(&routing);
    assert_string_equal(routing_ending(&routing), "defer");
    routing_clear(&routing);
}

static void rule_3_1_nxdomain_asks_nothing_more(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ A 192.0.2.1\n", "exim");
    ZONE_WORLD_SETTLE(&routing.world, routing.route,
                      route_build(&routing.world.lookup, "none.example.com.", &routing.sender,
                                  routing.world.arena));
    assert_int_equal(routing.world.asked, 1);
    assert_string_equal(routing_verdict(&routing), "bounce");
    routing_clear(&routing);
}

/* 500 keys: of two equals the first listed wins a tie, so it leads with (1 + 1/500) / 2. */
static void rule_3_2_ties_keep_the_order_listed(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 mx1\n@ MX 10 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n", "exim");
    routing_down(&routing, "*");
    routing_simulate(&routing, 50000);
    routing_assert_fits(&routing);
    assert_float_equal(routing_expected_first(&routing, "mx1.example.com."), 0.501, 1e-9);
    assert_true(routing.result->exact);
    routing_clear(&routing);
}

#define TEN                                                                                        \
    "@ MX 10 mail1\n@ MX 10 mail2\n@ MX 10 mail3\n"                                                \
    "mail1 A 192.0.2.11\nmail1 A 192.0.2.12\nmail1 A 192.0.2.13\n"                                 \
    "mail2 A 192.0.2.21\nmail2 A 192.0.2.22\nmail2 A 192.0.2.23\nmail2 A 192.0.2.24\n"             \
    "mail2 A 192.0.2.25\nmail2 A 192.0.2.26\nmail3 A 192.0.2.31\n"

static void rule_3_2_hosts_are_shuffled_and_stay_together(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, TEN, "exim");
    routing_set(&routing, "hosts_max_try=100");
    routing_down(&routing, "*");
    routing_simulate(&routing, 20000);
    routing_assert_fits(&routing);
    assert_float_equal(routing_expected_first(&routing, "mail2.example.com."), 1.0 / 3, 0.002);
    assert_float_equal(routing_expected_address(&routing, "192.0.2.21"), 1.0 / 18, 0.002);
    for (size_t i = 0; i < routing.result->sequence_count; i++) {
        unsigned changes = 0;
        for (size_t j = 1; j < routing.result->sequences[i].try_count; j++)
            changes += routing.result->sequences[i].tries[j].host !=
                       routing.result->sequences[i].tries[j - 1].host;
        assert_int_equal(changes, 2);
    }
    routing_clear(&routing);
}

static void rule_3_4_ipv6_first_inside_a_host(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 mx1\nmx1 A 192.0.2.1\nmx1 A 192.0.2.2\nmx1 AAAA 2001:db8::11\n"
                 "mx1 AAAA 2001:db8::12\n",
                 "exim");
    routing_down(&routing, "*");
    routing_simulate(&routing, 10000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->sequences_total, 4);
    assert_float_equal(routing_expected_address(&routing, "2001:db8::11"), 0.501, 1e-9);
    routing_clear(&routing);
}

/* Two hosts with one address of each family: 6a 4a 6b 4b becomes 6a 6b 4a 4b by the pass. */
static void rule_3_7_one_pass_moves_ipv6_forward(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 10 b\na A 192.0.2.1\na AAAA 2001:db8::11\nb A 192.0.2.2\n"
                 "b AAAA 2001:db8::12\n",
                 "exim");
    routing_down(&routing, "*");
    routing_simulate(&routing, 5000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->sequences_total, 2);
    routing.sender.seed = 1;
    routing_build(&routing);
    if (strcmp(routing_tries(&routing, 0), "a/17 b/18 a/1 b/2") != 0)
        assert_string_equal(routing_tries(&routing, 0), "b/18 a/17 b/2 a/1");
    routing_clear(&routing);
}

/* 4a 4a' 6b: the pass carries 4a' over 6b only, so an IPv4 address stays in front. */
static void rule_3_7_a_single_pass_is_not_a_sort(void **state)
{
    struct routing routing;
    bool four_first = false, six_first = false;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 10 b\na A 192.0.2.1\na A 192.0.2.2\nb AAAA 2001:db8::11\n",
                 "exim");
    routing_down(&routing, "*");
    routing_simulate(&routing, 5000);
    routing_assert_fits(&routing);
    for (size_t i = 0; i < routing.result->sequence_count; i++) {
        const struct attempt *tries = routing.result->sequences[i].tries;
        four_first = four_first || (tries[0].host == 0 && tries[1].host == 1);
        six_first = six_first || tries[0].host == 1;
    }
    assert_true(four_first && six_first);
    assert_int_equal(routing.result->sequences_total, 4);
    routing_clear(&routing);
}

static void rule_3_8_ipv4_prefer_turns_only_the_pass(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 a\na A 192.0.2.1\na AAAA 2001:db8::11\na AAAA 2001:db8::12\n",
                 "exim");
    routing_set(&routing, "ipv4_prefer=yes");
    routing_down(&routing, "*");
    routing_simulate(&routing, 2000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->sequences_total, 2);
    assert_int_equal(routing.route->hosts[0]
                         .addresses[routing.result->sequences[0].tries[0].address]
                         .address.family,
                     6);
    assert_int_equal(routing.route->hosts[0]
                         .addresses[routing.result->sequences[0].tries[1].address]
                         .address.family,
                     4);
    routing_clear(&routing);
    routing_init(&routing, "@ A 192.0.2.1\n@ AAAA 2001:db8::11\n@ AAAA 2001:db8::12\n", "exim");
    routing_set(&routing, "ipv4_prefer=yes");
    routing_down(&routing, "*");
    routing_simulate(&routing, 2000);
    assert_float_equal(routing_expected_address(&routing, "192.0.2.1"), 1, 1e-9);
    routing_clear(&routing);
}

static void rule_3_9_an_address_is_tried_once(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 10 b\n@ MX 20 c\na A 192.0.2.1\nb A 192.0.2.1\nb A 192.0.2.2\n"
                 "c A 192.0.2.2\nc A 192.0.2.3\n",
                 "exim");
    routing_down(&routing, "*");
    routing_simulate(&routing, 2000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->tries_count, 1);
    assert_int_equal(routing.result->tries[0].tries, 3);
    routing_clear(&routing);
}

static void assert_try_count(unsigned hosts, unsigned per_preference, unsigned tries)
{
    struct routing routing;
    struct text zone = {0};

    for (unsigned i = 0; i < hosts; i++)
        text_format(&zone, "@ MX %u mx%u\nmx%u A 192.0.2.%u\n", 10 * (i / per_preference + 1), i, i,
                    i + 1);
    routing_init(&routing, text_get(&zone), "exim");
    routing_down(&routing, "*");
    routing_simulate(&routing, 200);
    assert_int_equal(routing.result->tries_count, 1);
    assert_int_equal(routing.result->tries[0].tries, tries);
    routing_clear(&routing);
    text_clear(&zone);
}

static void rule_3_13_five_but_every_preference(void **state)
{
    (void)state;
    assert_try_count(12, 1, 12);
    assert_try_count(12, 12, 5);
    assert_try_count(12, 3, 7);
    assert_try_count(8, 6, 6);
    assert_try_count(60, 1, 50);
}

#define BY_SRV(more)                                                                               \
    "@ MX 10 mx9\nmx9 A 192.0.2.9\n_smtp._tcp SRV 10 6 25 big\n_smtp._tcp SRV 10 4 25 "            \
    "small\n" more "big A 192.0.2.1\nsmall A 192.0.2.2\nlater A 192.0.2.3\n"

static void rule_3_srv_the_heaviest_of_the_last_priority_is_last(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, BY_SRV(""), "exim");
    routing_set(&routing, "check_srv=smtp");
    routing_down(&routing, "*");
    routing_simulate(&routing, 2000);
    routing_assert_fits(&routing);
    assert_float_equal(routing_first(&routing, "small.example.com."), 1, 1e-9);
    routing_clear(&routing);
    routing_init(&routing, BY_SRV("_smtp._tcp SRV 20 0 25 later\n"), "exim");
    routing_set(&routing, "check_srv=smtp");
    routing_down(&routing, "*");
    routing_simulate(&routing, 10000);
    routing_assert_fits(&routing);
    assert_float_equal(routing_expected_first(&routing, "big.example.com."), 6.0 / 11, 1e-9);
    routing_clear(&routing);
}

/* All-zero weights leave the order of the answer; the pass then moves the IPv6 address forward. */
static void rule_3_7_the_pass_for_srv(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "_smtp._tcp SRV 10 0 25 a\n_smtp._tcp SRV 10 0 25 b\n_smtp._tcp SRV 20 0 25 c\n"
                 "a A 192.0.2.1\nb AAAA 2001:db8::11\nc AAAA 2001:db8::12\n",
                 "exim");
    routing_set(&routing, "check_srv=smtp");
    routing_down(&routing, "*");
    routing_simulate(&routing, 100);
    routing_assert_fits(&routing);
    assert_string_equal(routing_tries(&routing, 0), "b/17 a/1 c/18");
    routing_set(&routing, "hosts_max_try=1");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "b/17 c/18");
    routing_clear(&routing);
}

/* Targets of no weight stay as listed; an address seen before is not tried again. */
static void rule_3_9_for_srv(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "_smtp._tcp SRV 10 0 25 a\n_smtp._tcp SRV 10 0 25 b\na A 192.0.2.1\n"
                 "b A 192.0.2.1\nb A 192.0.2.2\n",
                 "exim");
    routing_set(&routing, "check_srv=smtp");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "a/1 b/2");
    routing_clear(&routing);
}

static void rule_3_1_without_srv_by_mx(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, TWO, "exim");
    routing_set(&routing, "check_srv=smtp");
    routing_build(&routing);
    assert_int_equal(routing.route->kind, ROUTE_MX);
    routing.world.broken = "_tcp.example.com.";
    routing_clear(&routing);
    routing_init(&routing, TWO, "exim");
    routing_set(&routing, "check_srv=smtp");
    routing.world.broken = "_tcp.example.com.";
    routing_build(&routing);
    assert_string_equal(routing_verdict(&routing), "defer");
    routing_clear(&routing);
}

/* As many equals as can be enumerated; keys that are equal favour those listed first a little. */
static void equals_up_to_32_have_exact_shares(void **state)
{
    struct routing routing;
    struct text zone = {0};
    double sum = 0;

    (void)state;
    for (unsigned i = 1; i <= 32; i++)
        text_format(&zone, "@ MX 10 h%u\nh%u A 192.0.2.%u\n", i, i, i);
    routing_init(&routing, text_get(&zone), "exim");
    routing_simulate(&routing, 100);
    assert_int_equal(routing.result->first_count, 32);
    for (size_t i = 0; i < 32; i++) {
        double share = routing.result->first[i].expected;
        assert_float_equal(share, 1.0 / 32, 0.04 / 32);
        assert_true(i == 0 || share < routing.result->first[i - 1].expected);
        sum += share;
    }
    assert_float_equal(sum, 1, 1e-9);
    routing_clear(&routing);
    text_clear(&zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_3_tables),
        cmocka_unit_test(rule_2a_scan_for_itself),
        cmocka_unit_test(rule_3_14_unusable_entries_soften),
        cmocka_unit_test(rule_3_1_nxdomain_asks_nothing_more),
        cmocka_unit_test(rule_3_2_ties_keep_the_order_listed),
        cmocka_unit_test(rule_3_2_hosts_are_shuffled_and_stay_together),
        cmocka_unit_test(rule_3_4_ipv6_first_inside_a_host),
        cmocka_unit_test(rule_3_7_one_pass_moves_ipv6_forward),
        cmocka_unit_test(rule_3_7_a_single_pass_is_not_a_sort),
        cmocka_unit_test(rule_3_8_ipv4_prefer_turns_only_the_pass),
        cmocka_unit_test(rule_3_9_an_address_is_tried_once),
        cmocka_unit_test(rule_3_13_five_but_every_preference),
        cmocka_unit_test(rule_3_srv_the_heaviest_of_the_last_priority_is_last),
        cmocka_unit_test(rule_3_7_the_pass_for_srv),
        cmocka_unit_test(rule_3_9_for_srv),
        cmocka_unit_test(rule_3_1_without_srv_by_mx),
        cmocka_unit_test(equals_up_to_32_have_exact_shares),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
