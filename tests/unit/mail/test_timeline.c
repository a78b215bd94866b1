/* Outages, retries and a secondary's queue over time. */
#include "mail/profiles/profiles.h"
#include "mail/timeline/timeline.h"
#include "mail/timeline/timeline_axis.h"
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>
#include <string.h>

#define TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
#define ONE "@ MX 10 mx1\nmx1 A 192.0.2.1\n"

enum { HOUR = 3600, DAY = 86400 };

static const struct timeline *settle(struct routing *routing)
{
    struct zone_world *world = &routing->world;
    const struct timeline *timeline;

    do {
        routing->route =
            route_build(&world->lookup, "example.com.", &routing->sender, world->arena);
        timeline = timeline_build(&world->lookup, routing->route, &routing->sender, world->arena);
    } while (zone_world_answer(world));
    return timeline;
}

static size_t count_kind(const struct timeline *timeline, enum timeline_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < timeline->event_count; i++)
        count += timeline->events[i].kind == kind;
    return count;
}

static void postfix_doubles_its_pause(void **state)
{
    static const int64_t rounds[] = {0, 300, 900, 2100, 4500, 8500, 12500, 16500, 20500, 24500};
    struct routing routing;
    const struct timeline *timeline;
    size_t round = 0;

    (void)state;
    routing_init(&routing, ONE, "postfix");
    routing_down(&routing, "mx1.example.com@0h-6h");
    timeline = settle(&routing);
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].kind == TIMELINE_ATTEMPT)
            assert_int_equal(timeline->events[i].at, rounds[round++]);
    assert_int_equal(round, 9);
    assert_int_equal(timeline->end, 24500);
    assert_int_equal(timeline->decision.verdict, VERDICT_DELIVER);
    assert_int_equal(timeline->outage_count, 1);
    assert_int_equal(timeline->outages[0].until, 6 * HOUR);
    routing_clear(&routing);
}

static void the_secondary_queues_and_hands_over(void **state)
{
    struct routing routing;
    const struct timeline *timeline;
    const struct timeline_event *last;

    (void)state;
    routing_init(&routing, TWO, "postfix");
    routing_down(&routing, "mx1.example.com@0h-6h");
    timeline = settle(&routing);
    assert_int_equal(count_kind(timeline, TIMELINE_ACCEPTED), 1);
    assert_int_equal(count_kind(timeline, TIMELINE_DELIVERED), 1);
    last = timeline->events + timeline->event_count - 1;
    assert_int_equal(last->kind, TIMELINE_DELIVERED);
    assert_int_equal(last->holder, 1);
    assert_int_equal(last->host, 0);
    assert_true(last->at >= 6 * HOUR && last->at <= 6 * HOUR + 4000);
    routing_clear(&routing);
}

static void it_is_returned_when_its_time_is_over(void **state)
{
    static const struct {
        const char *profile;
        int64_t lifetime;
    } cases[] = {{"rfc5321", 5 * DAY},   {"postfix", 5 * DAY}, {"exim", 4 * DAY},
                 {"sendmail", 5 * DAY},  {"qmail", 7 * DAY},   {"courier", 7 * DAY},
                 {"opensmtpd", 4 * DAY}, {"naive", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        const struct timeline *timeline;
        routing_init(&routing, ONE, cases[i].profile);
        routing_down(&routing, "*");
        timeline = settle(&routing);
        assert_int_equal(timeline->decision.verdict, VERDICT_BOUNCE);
        assert_int_equal(timeline->end, cases[i].lifetime);
        assert_int_equal(count_kind(timeline, TIMELINE_RETURNED), 1);
        routing_clear(&routing);
    }
}

/* The last moment before which an address must not be tried again, as earlier events have it. */
static int64_t held_until(const struct timeline *timeline, size_t event)
{
    const char *text = timeline->events[event].text;
    size_t length = strcspn(text, ":"); /* "sender -> a.example.com 192.0.2.1" */
    int64_t until = 0;

    for (size_t i = 0; i < event; i++)
        if (timeline->events[i].kind == TIMELINE_ATTEMPT &&
            strncmp(timeline->events[i].text, text, length) == 0)
            until = timeline->events[i].until;
    return until;
}

#define SEVEN                                                                                      \
    "@ MX 10 a\n@ MX 10 b\n@ MX 10 c\n@ MX 10 d\n@ MX 10 e\n@ MX 10 f\n@ MX 10 g\n"                \
    "a A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\nd A 192.0.2.4\ne A 192.0.2.5\n"                  \
    "f A 192.0.2.6\ng A 192.0.2.7\n"

/* 7a: Exim keeps retry data for each host and address; those not yet due are skipped, so that what
 * the limit of 5 left out comes to its turn. */
static void exim_skips_hosts_that_are_not_due(void **state)
{
    struct routing routing;
    const struct timeline *timeline;
    size_t passed = 0, attempts = 0;

    (void)state;
    routing_init(&routing, SEVEN, "exim");
    routing_down(&routing, "*@0h-12h");
    timeline = settle(&routing);
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = timeline->events + i;
        passed += event->kind == TIMELINE_PASSED && event->until > event->at;
        if (event->kind != TIMELINE_ATTEMPT)
            continue;
        attempts++;
        assert_true(event->at >= held_until(timeline, i));
        assert_true(event->until >= event->at + 15 * 60);
    }
    assert_true(passed > 0);
    assert_true(attempts > 5);
    assert_int_equal(timeline->decision.verdict, VERDICT_DELIVER);
    assert_true(timeline->end >= 12 * HOUR && timeline->end < 18 * HOUR);
    routing_clear(&routing);
}

/* 7a: Debian's rule, counted from the first failure of the host. */
static void exim_tries_by_debians_rule(void **state)
{
    static const int64_t minutes[] = {0,   15,  30,  45,  60,  75,  90,   105,
                                      120, 180, 270, 405, 608, 911, 1367, -1};
    struct routing routing;
    const struct timeline *timeline;
    size_t round = 0;

    (void)state;
    routing_init(&routing, ONE, "exim");
    routing_down(&routing, "*@0h-16h");
    timeline = settle(&routing);
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].kind == TIMELINE_ATTEMPT)
            assert_true(llabs(timeline->events[i].at - minutes[round++] * 60) <= 60);
    assert_int_equal(round, 14);
    routing_clear(&routing);
}

/* 6.5: an address that timed out twice is passed over for 64 to 97 minutes. */
static void qmail_passes_over_what_timed_out_twice(void **state)
{
    struct routing routing;
    const struct timeline *timeline;
    size_t attempts = 0, passed = 0;
    int64_t last = 0;

    (void)state;
    routing_init(&routing, ONE, "qmail");
    routing_down(&routing, "*=timeout@0h-5h");
    timeline = settle(&routing);
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = timeline->events + i;
        passed += event->kind == TIMELINE_PASSED;
        if (event->kind != TIMELINE_ATTEMPT)
            continue;
        if (++attempts == 2)
            assert_int_equal(event->at, 400);
        if (attempts > 2)
            assert_true(event->at - last >= 60 * 64);
        if (attempts >= 2)
            assert_in_range(event->until - event->at, 60 * 64, 91 * 64);
        last = event->at;
    }
    assert_true(passed >= 2);
    routing_clear(&routing);
}

/* 6.5: what refuses did not time out: nothing is kept. */
static void qmail_forgets_what_refuses(void **state)
{
    struct routing routing;
    const struct timeline *timeline;

    (void)state;
    routing_init(&routing, ONE, "qmail");
    routing_down(&routing, "*@0h-5h");
    timeline = settle(&routing);
    assert_int_equal(count_kind(timeline, TIMELINE_PASSED), 0);
    assert_int_equal(timeline->events[1].kind, TIMELINE_ATTEMPT);
    assert_int_equal(timeline->events[1].until, 0);
    routing_clear(&routing);
}

/* 5.5: a failure before the session disables the address for 15 s. */
static void opensmtpd_disables_for_fifteen_seconds(void **state)
{
    struct routing routing;
    const struct timeline *timeline;

    (void)state;
    routing_init(&routing, ONE, "opensmtpd");
    routing_down(&routing, "*@0h-1h");
    timeline = settle(&routing);
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].kind == TIMELINE_ATTEMPT)
            assert_int_equal(timeline->events[i].until, timeline->events[i].at + 15);
    routing_clear(&routing);
}

/* 7a: after a round without a session Postfix holds back the whole destination. */
static void postfix_holds_back_the_destination(void **state)
{
    static const struct {
        const char *down;
        bool held;
    } cases[] = {{"*@0h-1h", true}, {"*=rcpt4@0h-1h", false}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct routing routing;
        const struct timeline *timeline;
        const char *text;
        routing_init(&routing, ONE, "postfix");
        routing_down(&routing, cases[i].down);
        timeline = settle(&routing);
        assert_int_equal(timeline->events[2].kind, TIMELINE_DEFERRED);
        text = timeline->events[2].text;
        assert_int_equal(strstr(text, "nothing else to this destination") != NULL, cases[i].held);
        routing_clear(&routing);
    }
}

/* 2.11: the relay takes over what nobody else did, and tries the exchanges at its own times. */
static void a_fallback_relay_has_a_queue(void **state)
{
    struct routing routing;
    const struct timeline *timeline;
    int relay;

    (void)state;
    routing_init(&routing, ONE "relay A 192.0.2.9\n", "postfix");
    routing_set(&routing, "smtp_fallback_relay=[relay.example.com]");
    routing_down(&routing, "mx1.example.com@0h-3h,relay.example.com@0h-1h");
    timeline = settle(&routing);
    relay = route_host_find(timeline->route, "relay.example.com.");
    assert_int_equal(relay, 1);
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = timeline->events + i;
        if (event->kind != TIMELINE_ACCEPTED)
            continue;
        assert_int_equal(event->host, relay);
        assert_in_range(event->at, HOUR, 2 * HOUR);
    }
    assert_int_equal(count_kind(timeline, TIMELINE_ACCEPTED), 1);
    assert_int_equal(timeline->events[timeline->event_count - 1].kind, TIMELINE_DELIVERED);
    assert_int_equal(timeline->events[timeline->event_count - 1].holder, relay);
    assert_in_range(timeline->end, 3 * HOUR, 3 * HOUR + 4000);
    routing_clear(&routing);
}

/* A row for each host and one for each queue; what stands in it as letters. */
static const char *row_text(const struct timeline_axis *axis, size_t row, struct arena *arena)
{
    char *text = arena_alloc(arena, (size_t)axis->columns + 1, 1);

    for (int i = 0; i < axis->columns; i++)
        text[i] = " -.:x=>*"[axis->rows[row].marks[i]];
    return text;
}

static void hosts_are_the_rows_of_the_axis(void **state)
{
    struct routing routing;
    const struct timeline *timeline;
    const struct timeline_axis *axis;

    (void)state;
    routing_init(&routing, TWO, "qmail");
    routing_down(&routing, "mx1.example.com=timeout@0h-1h");
    timeline = settle(&routing);
    axis = timeline_axis_build(timeline, 0, 40, 8, routing.world.arena);
    assert_int_equal(axis->row_count, 4);
    assert_int_equal(axis->rows[0].host, TIMELINE_SENDER);
    assert_non_null(axis->rows[0].marks);
    assert_int_equal(axis->rows[1].host, 0);
    assert_string_equal(row_text(axis, 1, routing.world.arena),
                        "x:x:::::::::::::::::::............----*-");
    assert_string_equal(row_text(axis, 2, routing.world.arena),
                        ">---------------------------------------");
    assert_true(axis->rows[3].queue);
    assert_int_equal(axis->rows[3].host, 1);
    routing_clear(&routing);
}

/* 9.3: never on the first try, at every later one; Courier remembers. */
static void a_later_try_goes_on_in_clear(void **state)
{
    static const struct {
        const char *profile, *setting;
    } cases[] = {{"postfix", "smtp_tls_security_level=may"}, {"courier", "mta_sts=no"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        const struct timeline *timeline;
        routing_init(&routing, ONE, cases[i].profile);
        routing_set(&routing, cases[i].setting);
        routing_down(&routing, "mx1.example.com=tls");
        timeline = settle(&routing);
        assert_int_equal(timeline->decision.verdict, VERDICT_DELIVER);
        assert_int_equal(count_kind(timeline, TIMELINE_ATTEMPT), 1);
        assert_int_equal(timeline->end, 300);
        routing_clear(&routing);
    }
}

static void sendmail_warns_after_four_hours(void **state)
{
    struct routing routing;
    const struct timeline *timeline;

    (void)state;
    routing_init(&routing, ONE, "sendmail");
    routing_down(&routing, "*@0h-8h");
    timeline = settle(&routing);
    assert_int_equal(count_kind(timeline, TIMELINE_WARNED), 1);
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].kind == TIMELINE_WARNED)
            assert_int_equal(timeline->events[i].at, 4 * HOUR);
    assert_int_equal(timeline->end, 8 * HOUR);
    routing_clear(&routing);
}

/* Whoever has the message is named in what it does. */
static void who_acts_is_named(void **state)
{
    static const char *const said[] = {
        "the message enters the sender's queue",
        "sender -> mx1.example.com 192.0.2.1: refused the connection",
        "sender -> mx2.example.com (preference 20): accepted, and queued there for a more "
        "preferred host",
        "mx2.example.com -> mx1.example.com 192.0.2.1: refused the connection",
        "every address failed; the message is deferred; it stays in mx2.example.com's queue, "
        "again in 30 minutes",
        "mx2.example.com -> mx1.example.com: accepted; delivered at the most preferred MX host",
    };
    struct routing routing;
    const struct timeline *timeline;

    (void)state;
    routing_init(&routing, TWO, "rfc5321");
    routing_down(&routing, "mx1.example.com@0h-20m");
    timeline = settle(&routing);
    assert_int_equal(timeline->event_count, sizeof said / sizeof *said);
    for (size_t i = 0; i < timeline->event_count; i++)
        assert_string_equal(timeline->events[i].text, said[i]);
    routing_clear(&routing);
}

enum { TRIES_MOST = 1000 };

/* How long after it took the message over the second host tries again, each time. */
static size_t tries_of_second(const char *profile, const char *downs, int64_t *tries)
{
    struct routing routing;
    const struct timeline *timeline;
    size_t count = 0;
    int64_t taken = 0;

    routing_init(&routing, TWO, profile);
    routing_down(&routing, downs);
    timeline = settle(&routing);
    for (size_t i = 0; i < timeline->event_count && count < TRIES_MOST; i++) {
        const struct timeline_event *event = &timeline->events[i];
        if (event->kind == TIMELINE_ACCEPTED)
            taken = event->at;
        else if (event->kind == TIMELINE_ATTEMPT && event->holder == 1)
            tries[count++] = event->at - taken;
    }
    routing_clear(&routing);
    return count;
}

static void a_queue_counts_from_when_the_message_came(void **state)
{
    size_t compared = 0;

    (void)state;
    for (size_t i = 0; i < profile_count(); i++) {
        int64_t at_once[TRIES_MOST], later[TRIES_MOST];
        const char *profile = profile_name(profile_at(i));
        size_t count = tries_of_second(profile, "mx1.example.com@0h-60h", at_once);
        size_t others =
            tries_of_second(profile, "mx1.example.com@0h-68h,mx2.example.com@0h-3h", later);
        size_t least = count < others ? count : others;

        compared += least;
        assert_memory_equal(later, at_once, least * sizeof *later);
    }
    assert_true(compared > 100);
}

static void events_never_go_back_in_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < profile_count(); i++) {
        struct routing routing;
        const struct timeline *timeline;
        routing_init(&routing, TWO, profile_name(profile_at(i)));
        routing_down(&routing, "mx1.example.com@0h-30h,mx2.example.com@2h-5h");
        timeline = settle(&routing);
        for (size_t j = 1; j < timeline->event_count; j++)
            assert_true(timeline->events[j].at >= timeline->events[j - 1].at);
        for (size_t j = 0; j < timeline->event_count; j++)
            assert_true(timeline->events[j].until >= timeline->events[j].at ||
                        timeline->events[j].kind == TIMELINE_WRITTEN);
        routing_clear(&routing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(postfix_doubles_its_pause),
        cmocka_unit_test(the_secondary_queues_and_hands_over),
        cmocka_unit_test(it_is_returned_when_its_time_is_over),
        cmocka_unit_test(exim_skips_hosts_that_are_not_due),
        cmocka_unit_test(exim_tries_by_debians_rule),
        cmocka_unit_test(qmail_passes_over_what_timed_out_twice),
        cmocka_unit_test(qmail_forgets_what_refuses),
        cmocka_unit_test(opensmtpd_disables_for_fifteen_seconds),
        cmocka_unit_test(postfix_holds_back_the_destination),
        cmocka_unit_test(a_fallback_relay_has_a_queue),
        cmocka_unit_test(hosts_are_the_rows_of_the_axis),
        cmocka_unit_test(a_later_try_goes_on_in_clear),
        cmocka_unit_test(sendmail_warns_after_four_hours),
        cmocka_unit_test(who_acts_is_named),
        cmocka_unit_test(a_queue_counts_from_when_the_message_came),
        cmocka_unit_test(events_never_go_back_in_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
