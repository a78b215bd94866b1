/* Relays that are tried when the domain's own hosts failed (ROUTING 2.11, 3.15, 4.9). */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>
#include <string.h>

#define TWO                                                                                        \
    "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"                                 \
    "relay A 192.0.2.9\nrelays MX 20 relay\nrelays MX 10 relay2\nrelay2 A 192.0.2.8\n"
#define GONE    "@ MX 10 gone\nrelay A 192.0.2.9\n"
#define BROKEN  "@ MX 10 broken\nrelay A 192.0.2.9\n"
#define NULL_MX "@ MX 0 .\nrelay A 192.0.2.9\n"
#define MANY                                                                                       \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
    "aaaaaa"                                                                                       \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
    "aaaaaa"
#define OWN "mx1.example.com,mx2.example.com"

static const struct {
    const char *rule, *profile, *zone, *set, *as, *down, *tries, *ending;
} cases[] = {
    {"not while a host accepts", "postfix", TWO, "smtp_fallback_relay=relay.example.com", NULL,
     NULL, "mx1/1", "deliver"},
    {"2.11 after the MX list", "postfix", TWO, "smtp_fallback_relay=relay.example.com", NULL, OWN,
     "mx1/1 mx2/2 relay/9", "deliver"},
    {"2.11 a relay's own MX", "postfix", TWO, "smtp_fallback_relay=relays.example.com", NULL,
     OWN ",relay2.example.com", "mx1/1 mx2/2 relay2/8 relay/9", "deliver"},
    {"2.11 [name] means no MX", "postfix", TWO, "smtp_fallback_relay=[relay2.example.com]:26", NULL,
     OWN, "mx1/1 mx2/2 relay2/8", "deliver"},
    {"2.11 a list of them", "postfix", TWO, "smtp_fallback_relay=[relay2.example.com], [192.0.2.7]",
     NULL, OWN ",relay2.example.com", "mx1/1 mx2/2 relay2/8 192.0.2.7./7", "deliver"},
    {"2.11 not when self was found", "postfix", TWO, "smtp_fallback_relay=relay.example.com",
     "mx2.example.com", OWN, "mx1/1", "defer 4.4.1"},
    {"2.11 a hard reply is final", "postfix", TWO, "smtp_fallback_relay=relay.example.com", NULL,
     "*=rcpt5", "mx1/1", "bounce 5.1.1"},
    {"2.11 limits begin anew", "postfix",
     "@ MX 10 mx1\nmx1 A 192.0.2.1\nmx1 A 192.0.2.2\nrelay A 192.0.2.9\nrelay A 192.0.2.9\n",
     "smtp_fallback_relay=[relay.example.com]", NULL, "*=mail4", NULL, "defer 4.3.0"},
    {"2.11 also without a route", "postfix", GONE, "smtp_fallback_relay=relay.example.com", NULL,
     NULL, "relay/9", "deliver"},
    {"2a the relay is missing", "postfix", TWO, "smtp_fallback_relay=gone.example.com", NULL, OWN,
     "mx1/1 mx2/2", "defer 4.3.5"},
    {"2a ... and so are all hosts", "postfix", GONE, "smtp_fallback_relay=gone.example.com", NULL,
     NULL, "", "defer 4.3.5"},
    {"2a ... after a null MX", "postfix", NULL_MX, "smtp_fallback_relay=gone.example.com", NULL,
     NULL, "", "defer 4.3.5"},
    {"2a ... but a hard reply is final", "postfix", TWO, "smtp_fallback_relay=gone.example.com",
     NULL, "*=rcpt5", "mx1/1", "bounce 5.1.1"},
    {"2a ... or no name at all", "postfix", TWO, "smtp_fallback_relay=a..b", NULL, OWN,
     "mx1/1 mx2/2", "defer 4.3.5"},
    {"2a ... or one too long", "postfix", TWO, "smtp_fallback_relay=" MANY MANY MANY MANY MANY MANY,
     NULL, OWN, "mx1/1 mx2/2", "defer 4.3.5"},
    {"2a the relay is the sender, by name", "postfix", GONE,
     "smtp_fallback_relay=relay.example.com", "relay.example.com", NULL, "", "defer 4.3.5"},
    {"2a the relay is the sender, by address", "postfix", GONE "other A 192.0.2.9\n",
     "smtp_fallback_relay=[other.example.com]", "relay.example.com", NULL, "", "defer 4.3.5"},
    {"2a the lookup of the relay fails", "postfix", TWO, "smtp_fallback_relay=broken.example.com",
     NULL, OWN, "mx1/1 mx2/2", "defer 4.4.3"},
    {"2a only the last relay counts", "postfix", TWO,
     "smtp_fallback_relay=gone.example.com, relay.example.com", NULL, OWN ",relay.example.com",
     "mx1/1 mx2/2 relay/9", "defer 4.4.1"},
    {"2a one relay refuses, the last is missing", "postfix", TWO,
     "smtp_fallback_relay=relay.example.com, gone.example.com", NULL, OWN ",relay.example.com",
     "mx1/1 mx2/2 relay/9", "defer 4.3.5"},
    {"3.15 after the list", "exim", TWO, "fallback_hosts=relay.example.com:relay2.example.com",
     NULL, OWN, "mx1/1 mx2/2 relay/9", "deliver"},
    {"3.15 one after the other", "exim", TWO, "fallback_hosts=relay.example.com:relay2.example.com",
     NULL, OWN ",relay.example.com", "mx1/1 mx2/2 relay/9 relay2/8", "deliver"},
    {"3.10 not when hosts were removed", "exim", TWO, "fallback_hosts=relay.example.com",
     "mx2.example.com", OWN, "mx1/1", "defer"},
    {"3.15 not without a host list", "exim", GONE, "fallback_hosts=relay.example.com", NULL, NULL,
     "", "bounce"},
    {"3.14 only for what is deferred", "exim", TWO, "fallback_hosts=relay.example.com", NULL,
     "mx1.example.com=greeting5,mx2.example.com=greeting5", "mx1/1 mx2/2", "bounce 5.3.2"},
    {"4.9 appended", "sendmail", TWO, "FallbackMX=relay.example.com", NULL, OWN,
     "mx1/1 mx2/2 relay/9", "deliver"},
    {"4.9 the list goes on after hard greetings", "sendmail", TWO, "FallbackMX=relay.example.com",
     NULL, "mx1.example.com=greeting5,mx2.example.com=greeting5", "mx1/1 mx2/2 relay/9", "deliver"},
    {"4.9 one of the hosts: refused, not tried again", "sendmail", TWO,
     "FallbackMX=[mx1.example.com]", NULL, OWN, "mx1/1 mx2/2", "defer 4.4.1"},
    {"4.9 one of the hosts: what is remembered tells", "sendmail", TWO,
     "FallbackMX=[mx1.example.com]", NULL, "mx1.example.com=greeting5,mx2.example.com=greeting5",
     "mx1/1 mx2/2", "bounce 5.0.0"},
    {"4.9 the last of the hosts: DATA is tried again", "sendmail", TWO,
     "FallbackMX=[mx2.example.com]", NULL, "mx1.example.com=data4,mx2.example.com=data4",
     "mx1/1 mx2/2 mx2/2", "defer 4.0.0"},
    {"4.9 not when self was found", "sendmail", TWO, "FallbackMX=relay.example.com",
     "mx2.example.com", OWN, "mx1/1", "defer 4.4.1"},
    {"4.9 a failed lookup", "sendmail", BROKEN, "FallbackMX=relay.example.com", NULL, NULL,
     "relay/9", "deliver"},
    {"4.9 a null MX binds", "sendmail", NULL_MX, "FallbackMX=relay.example.com", NULL, NULL, "",
     "bounce 5.1.10"},
    {"not to itself", "postfix", TWO, "smtp_fallback_relay=relay.example.com", "relay.example.com",
     OWN, "mx1/1 mx2/2", "defer 4.3.5"},
};

static void relays_come_last(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        routing_init(&routing, cases[i].zone, cases[i].profile);
        routing.world.broken = "broken.example.com.";
        routing_set(&routing, cases[i].set);
        if (cases[i].as)
            routing_as(&routing, cases[i].as);
        if (cases[i].down)
            routing_down(&routing, cases[i].down);
        routing_build(&routing);
        if (cases[i].tries && strcmp(routing_tries(&routing, 0), cases[i].tries) != 0)
            fail_msg("%s: tried %s", cases[i].rule, routing_tries(&routing, 0));
        if (strcmp(routing_ending(&routing), cases[i].ending) != 0)
            fail_msg("%s: ends with %s", cases[i].rule, routing_ending(&routing));
        routing_clear(&routing);
    }
}

/* What is drawn of lists and relays fits what is enumerated. */
static void expectations_reach_over_relays(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing,
                 "@ MX 10 mx1\n@ MX 10 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
                 "r MX 10 r1\nr MX 10 r2\nr1 A 192.0.2.8\nr2 A 192.0.2.9\n",
                 "postfix");
    routing_set(&routing, "smtp_fallback_relay=r.example.com");
    routing_down(&routing, "*");
    routing_simulate(&routing, 10000);
    assert_true(routing.result->exact);
    assert_int_equal(routing.result->sequence_count, 4);
    assert_int_equal(routing.result->tries_count, 1);
    assert_int_equal(routing.result->tries[0].tries, 4);
    routing_assert_fits(&routing);
    routing_clear(&routing);
}

static void the_story_tells_of_the_relay(void **state)
{
    struct routing routing;
    struct delivery_plan *plan;
    struct delivery delivery;
    struct steps steps;
    bool told = false;

    (void)state;
    routing_init(&routing, TWO, "exim");
    routing_set(&routing, "fallback_hosts=relay.example.com");
    routing_down(&routing, OWN);
    routing_build(&routing);
    plan = delivery_plan_new(routing.route, &routing.sender, 0);
    delivery_draw_nth(plan, 0, &delivery);
    steps = delivery_steps(plan, &delivery, routing.world.arena);
    for (size_t i = 0; i < steps.count; i++)
        told = told || (steps.steps[i].kind == STEP_FALLBACK &&
                        strstr(steps.steps[i].text, "fallback_hosts") != NULL);
    assert_true(told);
    delivery_plan_free(plan);
    routing_clear(&routing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relays_come_last),
        cmocka_unit_test(expectations_reach_over_relays),
        cmocka_unit_test(the_story_tells_of_the_relay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
