/* A resolver that rotates RRsets (ROUTING 2a): it decides for Sendmail, OpenSMTPD and qmail, which
 * leave some order to the answer, and not for those that shuffle themselves. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 20000 };

#define A2 "a A 192.0.2.1\na A 192.0.2.2\n"
#define B3 "b A 192.0.2.11\nb A 192.0.2.12\nb A 192.0.2.13\n"
#define SIX                                                                                        \
    "@ MX 10 a\na A 192.0.2.1\na A 192.0.2.2\na AAAA 2001:db8::1\na AAAA 2001:db8::2\n"            \
    "a AAAA 2001:db8::3\n"
#define HOSTS(preference)                                                                          \
    "@ MX " #preference " h1\n@ MX " #preference " h2\n@ MX " #preference " h3\n"                  \
    "h1 A 192.0.2.1\nh2 A 192.0.2.2\nh3 A 192.0.2.3\n"

/* Of an address (-1: not even listed): exactly, with an answer that stays and with one that
 * rotates. */
struct expectation {
    const char *profile, *settings, *zone, *address;
    double stays, rotates;
};

static const struct expectation expectations[] = {
    {"rfc5321", NULL, "@ MX 10 a\n@ MX 10 b\n" A2 B3, "192.0.2.1", 1.0 / 2, 1.0 / 4},
    {"rfc5321", NULL, "@ MX 10 a\n@ MX 10 b\n" A2 B3, "192.0.2.13", 0, 1.0 / 6},
    {"sendmail", NULL, "@ MX 10 a\n@ MX 10 b\n" A2 B3, "192.0.2.11", 1.0 / 2, 1.0 / 6},
    {"sendmail", NULL, "@ MX 10 a\n@ MX 20 a\n@ MX 30 b\n" A2 B3, "192.0.2.2", 0, 1.0 / 2},
    {"sendmail", NULL, SIX, "2001:db8::2", 0, 1.0 / 3}, /* IPv6 stays first */
    {"sendmail", NULL, SIX, "192.0.2.1", 0, 0},
    {"opensmtpd", NULL, "@ MX 10 b\n" B3, "192.0.2.13", 0, 1.0 / 3},
    {"opensmtpd", NULL, HOSTS(10), "192.0.2.1", 1, 1.0 / 3},
    /* Five records; of level 10 the first listed is tried first, unless a worse one is listed
     * before it: then the last. */
    {"opensmtpd", NULL, HOSTS(10) "@ MX 20 a\n@ MX 20 b\n" A2 B3, "192.0.2.3", 0, 3.0 / 5},
    {"opensmtpd", NULL, HOSTS(10) "@ MX 20 a\n@ MX 20 b\n" A2 B3, "192.0.2.2", 0, 1.0 / 5},
    {"qmail", NULL, HOSTS(10), "192.0.2.2", 0, 1.0 / 3},
    {"qmail", NULL, "@ MX 10 a\n@ MX 20 b\n" A2 B3, "192.0.2.2", 0, 1.0 / 2},
    {"qmail", "long_bits=32", "@ MX 10 b\n" B3, "192.0.2.12", 0, 1.0 / 3},
    {"naive", NULL, "@ MX 20 a\n@ MX 10 b\n" A2 B3, "192.0.2.2", -1, 1.0 / 4},
    {"naive", NULL, "@ MX 20 a\n@ MX 10 b\n" A2 B3, "192.0.2.13", -1, 1.0 / 6},
    {"postfix", NULL, "@ MX 10 a\n@ MX 10 b\n" A2 B3, "192.0.2.13", 1.0 / 5, 1.0 / 5},
    {"postfix", "smtp_randomize_addresses=no", "@ MX 10 a\n@ MX 10 b\n" A2 B3, "192.0.2.13", 0,
     1.0 / 6},
    {"postfix", "smtp_randomize_addresses=no smtp_address_preference=ipv4", SIX, "192.0.2.2", 0,
     1.0 / 2},
    {"courier", NULL, "@ MX 10 b\n" B3, "192.0.2.12", 9.0 / 27, 1.0 / 3},
};

static double first_of(const struct expectation *expectation, bool rotates)
{
    struct routing routing;
    double share;

    routing_init(&routing, expectation->zone, expectation->profile);
    for (const char *at = expectation->settings; at && *at; at += strspn(at, " ")) {
        char one[64];
        snprintf(one, sizeof one, "%.*s", (int)strcspn(at, " "), at);
        routing_set(&routing, one);
        at += strcspn(at, " ");
    }
    routing.sender.rotates = rotates;
    routing_simulate(&routing, DRAWS);
    routing_assert_fits(&routing);
    share = routing_expected_address(&routing, expectation->address);
    routing_clear(&routing);
    return share;
}

static void rule_2a_rotation_decides(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++) {
        const struct expectation *expectation = expectations + i;
        print_message("# %s %s\n", expectation->profile, expectation->address);
        if (expectation->stays >= 0)
            assert_float_equal(first_of(expectation, false), expectation->stays, 1e-9);
        assert_float_equal(first_of(expectation, true), expectation->rotates, 1e-9);
    }
}

/* Drawn and enumerated alike, whatever is down. */
static void draws_fit(void **state)
{
    static const char *const profiles[] = {"rfc5321", "postfix",   "exim",    "sendmail",
                                           "qmail",   "opensmtpd", "courier", "naive"};
    static const char *const zones[] = {
        "@ MX 10 a\n@ MX 10 b\n@ MX 20 c\n" A2 B3 "c A 192.0.2.1\nc A 192.0.2.31\n",
        SIX "@ MX 10 b\n" B3, "@ A 192.0.2.1\n@ A 192.0.2.2\n@ A 192.0.2.3\n",
        "@ MX 10 a\n@ MX 20 b\n@ MX 20 c\n" A2 "b A 192.0.2.1\nb A 192.0.2.4\nc A 192.0.2.5\n"};
    static const char *const downs[] = {NULL, "*", "a=mail4,b=greeting4", "192.0.2.1=timeout",
                                        "192.0.2.1=rcpt4,192.0.2.2=data4"};

    (void)state;
    for (size_t p = 0; p < sizeof profiles / sizeof *profiles; p++)
        for (size_t z = 0; z < sizeof zones / sizeof *zones; z++)
            for (size_t d = 0; d < sizeof downs / sizeof *downs; d++) {
                struct routing routing;
                routing_init(&routing, zones[z], profiles[p]);
                routing.sender.rotates = true;
                if (downs[d])
                    routing_down(&routing, downs[d]);
                routing_simulate(&routing, DRAWS);
                print_message("# %s, zone %zu, down %s\n", profiles[p], z,
                              downs[d] ? downs[d] : "nothing");
                routing_assert_fits(&routing);
                routing_clear(&routing);
            }
}

/* RFC 2782 is counted over all listings anyway; Exim keeps weights of zero as listed. */
static void rule_8_listing_of_srv(void **state)
{
    static const struct {
        const char *profile, *setting, *records;
        double stays, rotates;
    } cases[] = {
        {"rfc5321", "srv_service=smtp", "_smtp._tcp SRV 10 6 25 h1\n_smtp._tcp SRV 10 4 25 h2\n",
         13.0 / 22, 13.0 / 22},
        {"exim", "check_srv=smtp", "_smtp._tcp SRV 10 0 25 h1\n_smtp._tcp SRV 10 0 25 h2\n", 1,
         1.0 / 2},
    };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct text zone = {0};
        struct routing routing;
        text_format(&zone, "%sh1 A 192.0.2.1\nh2 A 192.0.2.2\n", cases[i / 2].records);
        routing_init(&routing, text_get(&zone), cases[i / 2].profile);
        routing_set(&routing, cases[i / 2].setting);
        routing.sender.rotates = i % 2;
        routing_simulate(&routing, DRAWS);
        routing_assert_fits(&routing);
        assert_float_equal(routing_expected_address(&routing, "192.0.2.1"),
                           (i % 2 ? cases[i / 2].rotates : cases[i / 2].stays), 1e-9);
        routing_clear(&routing);
        text_clear(&zone);
    }
}

/* The addresses as they came this time: those that are all down are tried as they are told. */
static void the_story_tells_the_order_that_came(void **state)
{
    struct routing routing;
    struct delivery_plan *plan;

    (void)state;
    routing_init(&routing, "@ MX 10 a\n" SIX, "sendmail");
    routing.sender.rotates = true;
    routing_down(&routing, "*");
    routing_build(&routing);
    plan = delivery_plan_new(routing.route, &routing.sender, 0);
    for (unsigned nth = 0; nth < 20; nth++) {
        struct text tried = {0};
        struct delivery delivery;
        struct steps steps;
        const char *told = NULL;

        delivery_draw_nth(plan, nth, &delivery);
        steps = delivery_steps(plan, &delivery, routing.world.arena);
        for (size_t i = 0; i < delivery.count; i++) {
            const struct attempt *attempt = &delivery.attempts[i];
            char address[ADDRESS_TEXT];
            text_format(
                &tried, "%s%s", i ? ", " : "(",
                address_text(
                    &routing.route->hosts[attempt->host].addresses[attempt->address].address,
                    address));
        }
        for (size_t i = 0; i < steps.count; i++)
            if (steps.steps[i].kind == STEP_ADDRESSES)
                told = steps.steps[i].text;
        assert_non_null(told);
        if (!strstr(told, text_get(&tried)))
            fail_msg("tried %s, told %s", text_get(&tried), told);
        text_clear(&tried);
    }
    delivery_plan_free(plan);
    routing_clear(&routing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_2a_rotation_decides),
        cmocka_unit_test(draws_fit),
        cmocka_unit_test(rule_8_listing_of_srv),
        cmocka_unit_test(the_story_tells_the_order_that_came),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
