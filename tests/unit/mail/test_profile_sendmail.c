/* Sendmail 8.18, rule by rule. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TWO  "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
#define FOUR TWO "@ MX 20 mx3\n@ MX 30 mx4\nmx3 A 192.0.2.3\nmx4 A 192.0.2.4\n"

#define THREE TWO "@ MX 30 mx3\nmx3 A 192.0.2.3\n"
#define AGAIN TWO "@ MX 30 mx1\n"

static const struct routing_case cases[] = {
    {"4.2 secondary by name", FOUR, NULL, "mx2.example.com", NULL, "mx1 -mx2 -mx3 -mx4", "deliver"},
    {"4.2 best", TWO, NULL, "mx1.example.com", NULL, "-mx1 -mx2", "bounce 5.3.5"},
    {"4.2 an address is never compared",
     "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 CNAME foo\nfoo A 192.0.2.2\n", NULL,
     "foo.example.com", NULL, "mx1 mx2", "deliver"},
    {"4.2 localhost is in class w", "@ MX 10 localhost.\n", NULL, NULL, NULL, "-localhost.",
     "bounce 5.3.5"},
    {"4.2 the loop is met at EHLO", "@ MX 10 mx1\nmx1 CNAME foo\nfoo A 192.0.2.2\n", NULL,
     "foo.example.com", "198.51.100.1", NULL, "bounce 5.3.5"},
    {"0 better one does not exist", "@ MX 10 gone\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "?gone -mx2", "bounce 5.1.2"},
    {"0 better one fails", "@ MX 10 broken\n@ MX 20 mx2\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "?broken -mx2", "defer 4.4.3"},
    {"4.4 what failed is not tried at a worse preference",
     "@ MX 10 mx1\n@ MX 20 mx1\nmx1 A 192.0.2.1\n", NULL, NULL, NULL, "mx1 -mx1", "deliver"},
    {"4.6 null MX", "@ MX 0 .\n", NULL, NULL, NULL, NULL, "bounce 5.1.10"},
    {"4.6 . with another preference is unknown", "@ MX 5 .\n", NULL, NULL, NULL, "?.",
     "bounce 5.1.2"},
    {"4.6 . in company", "@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.1\n", NULL, NULL, NULL, "?. mx1",
     "deliver"},
    {"4.8 all unknown", "@ MX 10 gone\n@ MX 20 lost\n", NULL, NULL, NULL, "?gone ?lost",
     "bounce 5.1.2"},
    {"4.8 one failing makes it temporary", "@ MX 10 broken\n@ MX 20 gone\n", NULL, NULL, NULL,
     "?broken ?gone", "defer 5.1.2"},
    {"4.8 the last unknown names the code only when it is the last",
     "@ MX 10 gone\n@ MX 20 broken\n", NULL, NULL, NULL, "?gone ?broken", "defer 4.4.3"},
    {"0 literal", "@ MX 10 192.0.2.1.\n", NULL, NULL, NULL, "192.0.2.1.", "deliver"},
    {"0 no MX", "@ A 192.0.2.9\n", NULL, NULL, NULL, "example.com.", "deliver"},
    {"0 nothing", "@ TXT x\n", NULL, NULL, NULL, "?example.com.", "bounce 5.1.2"},
    {"4.8 refused, then unknown", "@ MX 10 mx1\n@ MX 20 gone\nmx1 A 192.0.2.1\n", NULL, NULL, "*",
     "mx1 ?gone", "defer 5.1.2"},
    {"4.8 refused, then a failed lookup", "@ MX 10 mx1\n@ MX 20 broken\nmx1 A 192.0.2.1\n", NULL,
     NULL, "*", "mx1 ?broken", "defer 4.4.3"},
    {"EHLO and HELO refused by the last", TWO, NULL, NULL, "*=ehlo5", NULL, "bounce 5.5.0"},
    {"EHLO and HELO refused, then the connection", TWO, NULL, NULL,
     "mx1.example.com=ehlo5,mx2.example.com", NULL, "defer 4.4.1"},
    {"RCPT 4xx stands, whatever comes later", TWO, NULL, NULL,
     "mx1.example.com=rcpt4,mx2.example.com=greeting5", NULL, "defer 4.2.0"},
    {"MAIL 4xx does not stand", TWO, NULL, NULL, "mx1.example.com=mail4,mx2.example.com", NULL,
     "defer 4.4.1"},
    {"RCPT 4xx stands until another takes the recipient", THREE, NULL, NULL,
     "mx1.example.com=rcpt4,mx2.example.com=data4,mx3.example.com=greeting5", NULL, "bounce 5.5.0"},
    {"4.4 ends with what is remembered of the last", AGAIN, NULL, NULL,
     "mx1.example.com=greeting5,mx2.example.com", "mx1 mx2 -mx1", "bounce 5.5.0"},
    {"4.4 without its code, when another connection came about since", AGAIN, NULL, NULL,
     "mx1.example.com=greeting5,mx2.example.com=ehlo4", "mx1 mx2 -mx1", "bounce 5.0.0"},
    {"4.4 refused at the first place, then a hard greeting", AGAIN, NULL, NULL,
     "mx1.example.com,mx2.example.com=greeting5", "mx1 mx2 -mx1", "defer 4.4.1"},
    {"4.4 the recipient put off once more", AGAIN "@ MX 40 mx4\nmx4 A 192.0.2.4\n", NULL, NULL,
     "mx1.example.com=rcpt4,mx2.example.com=data4,mx4.example.com=greeting5", NULL, "defer 4.2.0"},
    {"4.4 a missing one remembered", "@ MX 10 gone\n@ MX 20 mx1\n@ MX 30 gone\nmx1 A 192.0.2.1\n",
     NULL, NULL, "*", NULL, "defer 5.1.2"},
    {"RCPT 5xx", TWO, NULL, NULL, "*=rcpt5", NULL, "bounce 5.1.1"},
};

static void rule_4_tables(void **state)
{
    (void)state;
    routing_check("sendmail", cases, sizeof cases / sizeof *cases);
}

static void rule_4_3_hosts_shuffled(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\n@ MX 10 b\n@ MX 10 c\na A 192.0.2.1\na A 192.0.2.4\nb A 192.0.2.2\n"
                 "c A 192.0.2.3\n",
                 "sendmail");
    routing_down(&routing, "*");
    routing_simulate(&routing, 12000);
    routing_assert_fits(&routing);
    assert_int_equal(routing.result->sequences_total, 6);
    assert_float_equal(routing_expected_first(&routing, "a.example.com."), 1.0 / 3, 1e-9);
    routing_clear(&routing);
}

static void rule_4_5_ipv6_then_ipv4_as_received(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 a\na A 192.0.2.2\na A 192.0.2.1\na AAAA 2001:db8::12\n"
                 "a AAAA 2001:db8::11\n",
                 "sendmail");
    routing_down(&routing, "*");
    routing_build(&routing);
    assert_string_equal(routing_tries(&routing, 0), "a/18 a/17 a/2 a/1");
    routing_clear(&routing);
}

/* The other addresses of a host are for connections that fail, not for sessions. */
static void rule_4_5_a_session_leaves_the_host(void **state)
{
    static const char *const stages[] = {"greeting4", "greeting5", "ehlo4", "ehlo5",
                                         "mail4",     "rcpt4",     "data4"};

    (void)state;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        struct routing routing;
        char down[32];
        routing_init(&routing,
                     "@ MX 10 a\n@ MX 20 b\na A 192.0.2.1\na A 192.0.2.2\na A 192.0.2.3\n"
                     "b A 192.0.2.4\n",
                     "sendmail");
        routing_down(&routing, "192.0.2.1");
        snprintf(down, sizeof down, "192.0.2.2=%s", stages[i]);
        routing_down(&routing, down);
        routing_build(&routing);
        assert_string_equal(routing_tries(&routing, 0), "a/1 a/2 b/4");
        routing_clear(&routing);
    }
}

/* What is listed again is tried again when nothing is remembered of it, on a new connection unless
 * the old one is still open: two are kept. */
static void rule_4_4_listed_again(void **state)
{
    static const char ten[] = "@ MX 10 a\n@ MX 20 b\n@ MX 30 c\n@ MX 40 a\na A 192.0.2.1\n"
                              "b A 192.0.2.2\nc A 192.0.2.3\n";
    static const struct {
        const char *a, *b, *c, *tries;
    } rows[] = {
        {"refused", "refused", "refused", "a/1 b/2 c/3"},
        {"ehlo5", "refused", "refused", "a/1 b/2 c/3"},
        {"data4", "refused", "refused", "a/1 b/2 c/3 a/1"},
        {"mail4", "refused", "ehlo4", "a/1 b/2 c/3"},
        {"rcpt4", "rcpt4", "refused", "a/1 b/2 c/3"},
        {"rcpt4", "greeting5", "ehlo4", "a/1 b/2 c/3"},
        {"rcpt4", "mail4", "rcpt4", "a/1 b/2 c/3"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct routing routing;
        struct text down = {0};
        routing_init(&routing, ten, "sendmail");
        text_format(&down, "192.0.2.1=%s,192.0.2.2=%s,192.0.2.3=%s", rows[i].a, rows[i].b,
                    rows[i].c);
        routing_down(&routing, text_get(&down));
        routing_build(&routing);
        assert_string_equal(routing_tries(&routing, 0), rows[i].tries);
        routing_clear(&routing);
        text_clear(&down);
    }
}

static void assert_all_twelve(const char *down)
{
    struct routing routing;
    struct text zone = {0};

    for (int i = 1; i <= 12; i++)
        text_format(&zone, "@ MX 10 mx%d\nmx%d A 192.0.2.%d\n", i, i, i);
    routing_init(&routing, text_get(&zone), "sendmail");
    routing_down(&routing, down);
    routing_simulate(&routing, 300);
    assert_int_equal(routing.result->tries_count, 1);
    assert_int_equal(routing.result->tries[0].tries, 12);
    routing_clear(&routing);
    text_clear(&zone);
}

static void rule_4_7_no_limits(void **state)
{
    (void)state;
    assert_all_twelve("*");
    assert_all_twelve("*=greeting4");
    assert_all_twelve("*=greeting5");
    assert_all_twelve("*=mail4");
    assert_all_twelve("*=rcpt4");
}

static void rule_4_1_the_recipient_is_rewritten(void **state)
{
    struct routing routing;
    size_t told = 0;

    (void)state;
    routing_init(&routing,
                 "@ CNAME real.example.net.\nreal.example.net. MX 10 mx1\nmx1 A 192.0.2.1\n",
                 "sendmail");
    routing_build(&routing);
    assert_string_equal(routing.route->canonical, "real.example.net.");
    assert_string_equal(routing_tries(&routing, 0), "mx1/1");
    for (size_t i = 0; i < routing.route->step_count; i++)
        told += strcmp(routing.route->steps[i].text,
                       "example.com is an alias of real.example.net: the recipient's domain is "
                       "rewritten to where the alias leads (nocanonify)") == 0;
    assert_int_equal(told, 1);
    routing_clear(&routing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_4_tables),
        cmocka_unit_test(rule_4_1_the_recipient_is_rewritten),
        cmocka_unit_test(rule_4_3_hosts_shuffled),
        cmocka_unit_test(rule_4_5_ipv6_then_ipv4_as_received),
        cmocka_unit_test(rule_4_5_a_session_leaves_the_host),
        cmocka_unit_test(rule_4_4_listed_again),
        cmocka_unit_test(rule_4_7_no_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
