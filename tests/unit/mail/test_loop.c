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

#define PAIR "@ MX 10 mx1\n@ MX 10 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"

/* A line for each case, one for each hop, and how it ends. */
static const char *cases_told(const struct loop_case *cases, size_t count, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++) {
        const struct loop *loop = cases[i].loop;
        text = arena_format(arena, "%s%s%s\n", text, cases[i].title,
                            loop->complete ? "" : " (not complete)");
        for (size_t k = 0; k < loop->count; k++) {
            const struct loop_hop *hop = &loop->hops[k];
            text = arena_format(arena, "%s  %s > %s %s%s: %s [%s]\n", text, hop->from,
                                hop->to ? hop->to : "-", hop->address, hop->again ? " again" : "",
                                hop->text, hop->reference);
        }
        text = arena_format(arena, "%s  %s%s %s %s [%s]\n", text, loop->loops ? "loops: " : "",
                            verdict_word(loop->decision.verdict), loop->decision.code,
                            loop->decision.why, loop->decision.reference);
    }
    return text;
}

static const struct {
    const char *about, *zone, *host, *downs, *told;
} told_cases[] = {
    {"the first of three", THREE, "mx1.example.com", NULL,
     "With the rules of RFC 5321, unless the mail stays here\n"
     "  mx1.example.com. > - : bounced here: the sender is the most preferred MX host, but not "
     "the final destination: no host is left to try [RFC 5321 5.1]\n"
     "  bounced 5.4.6 the sender is the most preferred MX host, but not the final destination: "
     "no host is left to try [RFC 5321 5.1]\n"
     "The same, if it did not ignore its own record\n"
     "  mx1.example.com. > mx1.example.com. 192.0.2.1 again: mx1.example.com has it again: the "
     "delivery is complete [RFC 5321 5.1]\n"
     "  loops: loop 5.4.6 it loops until a host counts too many Received header fields and "
     "bounces it [RFC 5321 6.3]\n"},
    {"the second of three", THREE, "mx2.example.com", NULL,
     "With the rules of RFC 5321\n"
     "  mx2.example.com. > mx1.example.com. 192.0.2.1: relayed to mx1.example.com, preference "
     "10 [RFC 5321 5.1]\n"
     "  delivered  the most preferred MX host is the final destination [RFC 5321 5.1]\n"
     "While the preferred ones are down\n"
     "  mx2.example.com. > - : deferred here: every address failed; the message is deferred "
     "[RFC 5321 4.5.4.1]\n"
     "  deferred  every address failed; the message is deferred [RFC 5321 4.5.4.1]\n"
     "The same, if no host ignored its own record\n"
     "  mx2.example.com. > mx2.example.com. 192.0.2.2 again: mx2.example.com has it again: the "
     "delivery is complete [RFC 5321 5.1]\n"
     "  loops: loop 5.4.6 it loops until a host counts too many Received header fields and "
     "bounces it [RFC 5321 6.3]\n"},
    {"the last of three", THREE, "mx3.example.com", NULL,
     "With the rules of RFC 5321\n"
     "  mx3.example.com. > mx1.example.com. 192.0.2.1: relayed to mx1.example.com, preference "
     "10 [RFC 5321 5.1]\n"
     "  delivered  the most preferred MX host is the final destination [RFC 5321 5.1]\n"
     "While the preferred ones are down\n"
     "  mx3.example.com. > - : deferred here: every address failed; the message is deferred "
     "[RFC 5321 4.5.4.1]\n"
     "  deferred  every address failed; the message is deferred [RFC 5321 4.5.4.1]\n"
     "The same, if no host ignored its own record\n"
     "  mx3.example.com. > mx3.example.com. 192.0.2.3 again: mx3.example.com has it again: the "
     "delivery is complete [RFC 5321 5.1]\n"
     "  loops: loop 5.4.6 it loops until a host counts too many Received header fields and "
     "bounces it [RFC 5321 6.3]\n"},
    {"the last, and one is down", THREE, "mx3.example.com", "mx1.example.com",
     "With the rules of RFC 5321\n"
     "  mx3.example.com. > mx2.example.com. 192.0.2.2: relayed to mx2.example.com, preference "
     "20 [RFC 5321 5.1]\n"
     "  mx2.example.com. > - : deferred here: every address failed; the message is deferred "
     "[RFC 5321 4.5.4.1]\n"
     "  deferred  every address failed; the message is deferred [RFC 5321 4.5.4.1]\n"
     "While the preferred ones are down\n"
     "  mx3.example.com. > - : deferred here: every address failed; the message is deferred "
     "[RFC 5321 4.5.4.1]\n"
     "  deferred  every address failed; the message is deferred [RFC 5321 4.5.4.1]\n"
     "The same, if no host ignored its own record\n"
     "  mx3.example.com. > mx3.example.com. 192.0.2.3 again: mx3.example.com has it again: the "
     "delivery is complete [RFC 5321 5.1]\n"
     "  loops: loop 5.4.6 it loops until a host counts too many Received header fields and "
     "bounces it [RFC 5321 6.3]\n"},
    {"of equals the one listed last", THREE_EQUALS, "mx3.example.com", NULL,
     "With the rules of RFC 5321\n"
     "  mx3.example.com. > mx1.example.com. 192.0.2.1: relayed to mx1.example.com, preference "
     "10 [RFC 5321 5.1]\n"
     "  delivered  the most preferred MX host is the final destination [RFC 5321 5.1]\n"
     "While the preferred ones are down\n"
     "  mx3.example.com. > - : deferred here: every address failed; the message is deferred "
     "[RFC 5321 4.5.4.1]\n"
     "  deferred  every address failed; the message is deferred [RFC 5321 4.5.4.1]\n"
     "The same, if no host ignored its own record\n"
     "  mx3.example.com. > mx2.example.com. 192.0.2.2: relayed to mx2.example.com, preference "
     "20 [RFC 5321 5.1]\n"
     "  mx2.example.com. > mx3.example.com. 192.0.2.3 again: mx3.example.com has it again: the "
     "delivery is complete [RFC 5321 5.1]\n"
     "  loops: loop 5.4.6 it loops until a host counts too many Received header fields and "
     "bounces it [RFC 5321 6.3]\n"},
    {"of the best the one listed last", PAIR, "mx2.example.com", NULL,
     "With the rules of RFC 5321, unless the mail stays here\n"
     "  mx2.example.com. > - : bounced here: the sender is the most preferred MX host, but not "
     "the final destination: no host is left to try [RFC 5321 5.1]\n"
     "  bounced 5.4.6 the sender is the most preferred MX host, but not the final destination: "
     "no host is left to try [RFC 5321 5.1]\n"
     "The same, if it did not ignore its own record\n"
     "  mx2.example.com. > mx1.example.com. 192.0.2.1: relayed to mx1.example.com, preference "
     "10 [RFC 5321 5.1]\n"
     "  mx1.example.com. > mx2.example.com. 192.0.2.2 again: mx2.example.com has it again: the "
     "delivery is complete [RFC 5321 5.1]\n"
     "  loops: loop 5.4.6 it loops until a host counts too many Received header fields and "
     "bounces it [RFC 5321 6.3]\n"},
    {"behind an alias", ALIAS, "foo.example.com", NULL,
     "With the rules of RFC 5321\n"
     "  foo.example.com. > mx1.example.com. 192.0.2.1: relayed to mx1.example.com, preference "
     "10 [RFC 5321 5.1]\n"
     "  delivered  the most preferred MX host is the final destination [RFC 5321 5.1]\n"
     "While the preferred ones are down\n"
     "  foo.example.com. > - : deferred here: every address failed; the message is deferred "
     "[RFC 5321 4.5.4.1]\n"
     "  deferred  every address failed; the message is deferred [RFC 5321 4.5.4.1]\n"
     "The same, if no host ignored its own record\n"
     "  foo.example.com. > foo.example.com. 192.0.2.2 again: foo.example.com has it again: the "
     "delivery is complete [RFC 5321 5.1]\n"
     "  loops: loop 5.4.6 it loops until a host counts too many Received header fields and "
     "bounces it [RFC 5321 6.3]\n"},
    {"a stranger, and all are down", THREE, "other.example.net", "*",
     "With the rules of RFC 5321\n"
     "  other.example.net. > - : deferred here: every address failed; the message is deferred "
     "[RFC 5321 4.5.4.1]\n"
     "  deferred  every address failed; the message is deferred [RFC 5321 4.5.4.1]\n"},
    {"the second, and the first is down", THREE, "mx2.example.com", "mx1.example.com",
     "With the rules of RFC 5321\n"
     "  mx2.example.com. > - : deferred here: every address failed; the message is deferred "
     "[RFC 5321 4.5.4.1]\n"
     "  deferred  every address failed; the message is deferred [RFC 5321 4.5.4.1]\n"
     "The same, if no host ignored its own record\n"
     "  mx2.example.com. > mx2.example.com. 192.0.2.2 again: mx2.example.com has it again: the "
     "delivery is complete [RFC 5321 5.1]\n"
     "  loops: loop 5.4.6 it loops until a host counts too many Received header fields and "
     "bounces it [RFC 5321 6.3]\n"},
};

static void cases_are_told_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof told_cases / sizeof *told_cases; i++) {
        struct routing routing;
        struct loop_case cases[LOOP_CASES];
        const struct route *route;
        size_t count;

        routing_init(&routing, told_cases[i].zone, "rfc5321");
        routing_as(&routing, told_cases[i].host);
        if (told_cases[i].downs)
            routing_down(&routing, told_cases[i].downs);
        do {
            route = route_build(&routing.world.lookup, "example.com.", &routing.sender,
                                routing.world.arena);
            count = loop_cases(&routing.world.lookup, route, &routing.sender, routing.world.arena,
                               cases);
        } while (zone_world_answer(&routing.world));
        assert_string_equal(cases_told(cases, count, routing.world.arena), told_cases[i].told);
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
        cmocka_unit_test(cases_are_told_whole),
        cmocka_unit_test(cases_for_a_secondary_the_primary_and_a_stranger),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
