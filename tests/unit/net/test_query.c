/* The query policy in virtual time: SAFETY budgets, RFC 5452 9, RFC 6891 7, RFC 7766 5. */
#include "net/live/query.h"
#include "unit/check.h"
#include "unit/net/virtual.h"

#include <stdlib.h>
#include <string.h>

enum { SERVERS = 3 };

struct scenario {
    const char *name;
    struct virtual_server servers[SERVERS];
    size_t count;
    const char *trace;
};

/* In the order of query.h. The servers are unknown at first, so patience is 400 ms. */
static const struct scenario scenarios[] = {
    {"answered at once", {{.rtt_ms = 20}}, 1, "0 send0; 20 take0"},
    {"NXDOMAIN is an answer",
     {{.rtt_ms = 20, .outcome = OUTCOME_NXDOMAIN}},
     1,
     "0 send0; 20 take0"},
    {"a lost datagram is sent again",
     {{.rtt_ms = 20, .lost = 1}},
     1,
     "0 send0; 400 send0; 420 take0"},
    {"three in the first second, then after 1 and 2 s",
     {{.rtt_ms = 20, .lost = 4}},
     1,
     "0 send0; 400 send0; 800 send0; 1800 send0; 3800 send0; 3820 take0"},
    {"a late answer to the first datagram counts",
     {{.slow_ms = 4000}},
     1,
     "0 send0; 400 send0; 800 send0; 1800 send0; 3800 send0; 4000 take0"},
    {"a silent server ends after 10 s, the last pause 4 s",
     {{0}},
     1,
     "0 send0; 400 send0; 800 send0; 1800 send0; 3800 send0; 7800 send0; 10000 giveup"},
    {"a dead first server costs one patience",
     {{0}, {.rtt_ms = 20}},
     2,
     "0 send0; 400 send1; 420 take1"},
    {"two dead servers cost two patiences",
     {{0}, {0}, {.rtt_ms = 20}},
     3,
     "0 send0; 400 send1; 800 send2; 820 take2"},
    {"the slow first server may still win",
     {{.slow_ms = 430}, {.rtt_ms = 50}},
     2,
     "0 send0; 400 send1; 430 take0"},
    {"an unreachable server is left at once",
     {{.rtt_ms = 1, .unreachable = true}, {.rtt_ms = 20}},
     2,
     "0 send0; 1 close0; 1 send1; 21 take1"},
    {"all unreachable ends at once",
     {{.rtt_ms = 1, .unreachable = true}, {.rtt_ms = 1, .unreachable = true}},
     2,
     "0 send0; 1 close0; 1 send1; 2 close1; 2 giveup"},
    {"SERVFAIL: the next server may know better",
     {{.rtt_ms = 20, .outcome = OUTCOME_SERVFAIL}, {.rtt_ms = 30}},
     2,
     "0 send0; 20 keep0; 20 close0; 20 send1; 50 take1"},
    {"REFUSED: the next server may know better",
     {{.rtt_ms = 20, .outcome = OUTCOME_REFUSED}, {.rtt_ms = 30}},
     2,
     "0 send0; 20 keep0; 20 close0; 20 send1; 50 take1"},
    {"SERVFAIL everywhere is the answer",
     {{.rtt_ms = 20, .outcome = OUTCOME_SERVFAIL}, {.rtt_ms = 20, .outcome = OUTCOME_SERVFAIL}},
     2,
     "0 send0; 20 keep0; 20 close0; 20 send1; 40 close1; 40 kept"},
    {"SERVFAIL tells more than REFUSED and malformed",
     {{.rtt_ms = 20, .outcome = OUTCOME_MALFORMED},
      {.rtt_ms = 20, .outcome = OUTCOME_SERVFAIL},
      {.rtt_ms = 20, .outcome = OUTCOME_REFUSED}},
     3,
     "0 send0; 20 keep0; 20 close0; 20 send1; 40 keep1; 40 close1; 40 send2; 60 close2; 60 kept"},
    {"with a failure in hand a silent server gets one try",
     {{.rtt_ms = 20, .outcome = OUTCOME_SERVFAIL}, {0}},
     2,
     "0 send0; 20 keep0; 20 close0; 20 send1; 420 send1; 1420 send1; 2020 kept"},
    {"TC: over TCP, the cut answer is ignored",
     {{.rtt_ms = 20, .cuts = true}},
     1,
     "0 send0; 20 close0; 20 connect0; 60 take0"},
    {"TC on TCP is malformed, and a failure",
     {{.rtt_ms = 20, .cuts = true, .stream_outcome = OUTCOME_MALFORMED}},
     1,
     "0 send0; 20 close0; 20 connect0; 60 keep0; 60 hangup0; 60 kept"},
    {"TC and no TCP: the next server",
     {{.rtt_ms = 20, .cuts = true, .stream = STREAM_BROKEN}, {.rtt_ms = 20}},
     2,
     "0 send0; 20 close0; 20 connect0; 60 hangup0; 60 send1; 80 take1"},
    {"TC and no TCP anywhere",
     {{.rtt_ms = 20, .cuts = true, .stream = STREAM_BROKEN}},
     1,
     "0 send0; 20 close0; 20 connect0; 60 hangup0; 60 giveup"},
    {"a connection closed without a reply is made once more (RFC 7766 6.2.4)",
     {{.rtt_ms = 20, .cuts = true, .stream = STREAM_CLOSED_ONCE}},
     1,
     "0 send0; 20 close0; 20 connect0; 60 hangup0; 60 connect0; 100 take0"},
    {"and no more than that",
     {{.rtt_ms = 20, .cuts = true, .stream = STREAM_CLOSED}, {.rtt_ms = 20}},
     2,
     "0 send0; 20 close0; 20 connect0; 60 hangup0; 60 connect0; 100 hangup0; 100 send1; "
     "120 take1"},
    {"closed after another answer it is made again, as often as that helps",
     {{.rtt_ms = 20, .cuts = true, .stream = STREAM_CLOSED_SERVED}, {.rtt_ms = 20}},
     2,
     "0 send0; 20 close0; 20 connect0; 60 hangup0; 60 connect0; 100 hangup0; 100 connect0; "
     "140 hangup0; 140 connect0; 180 take0"},
    {"TC and silent TCP: 5 s, then the next server",
     {{.rtt_ms = 20, .cuts = true, .stream = STREAM_SILENT}, {.rtt_ms = 20}},
     2,
     "0 send0; 20 close0; 20 connect0; 5020 hangup0; 5020 send1; 5040 take1"},
    {"TC and silent TCP alone",
     {{.rtt_ms = 20, .cuts = true, .stream = STREAM_SILENT}},
     1,
     "0 send0; 20 close0; 20 connect0; 5020 hangup0; 5020 giveup"},
    {"no EDNS (RFC 6891 7): asked plainly from a new socket",
     {{.rtt_ms = 20, .no_edns = true}},
     1,
     "0 send0; 20 close0; 20 send0-; 40 take0"},
    {"no EDNS, then TC: TCP without EDNS too",
     {{.rtt_ms = 20, .no_edns = true, .cuts = true}},
     1,
     "0 send0; 20 close0; 20 send0-; 40 close0; 40 connect0-; 80 take0"},
    {"two replies that do not match are waited past (RFC 5452 9.1)",
     {{.rtt_ms = 20, .forgeries = 2}},
     1,
     "0 send0; 20 take0"},
    {"the third goes to TCP",
     {{.rtt_ms = 20, .forgeries = 3}},
     1,
     "0 send0; 20 close0; 20 connect0; 60 take0"},
    {"the third goes to TCP, and so do the other servers then",
     {{.rtt_ms = 20, .forgeries = 3, .stream = STREAM_BROKEN}, {.rtt_ms = 20}},
     2,
     "0 send0; 20 close0; 20 connect0; 60 hangup0; 60 connect1; 100 take1"},
};

static void check_scenario(void **state)
{
    const struct scenario *scenario = *state;
    struct virtual_run run = {.servers = scenario->servers, .count = scenario->count};

    virtual_ask(&run);
    assert_string_equal(text_get(&run.trace), scenario->trace);
    text_clear(&run.trace);
}

static void no_server_ends_at_once(void **state)
{
    struct virtual_run run = {.count = 0};

    (void)state;
    virtual_ask(&run);
    assert_string_equal(text_get(&run.trace), "0 giveup");
    assert_int_equal(run.query.reason, QUERY_NO_SERVER);
    text_clear(&run.trace);
}

static void reasons_tell_silence_from_failure(void **state)
{
    static const struct virtual_server silent[] = {{0}};
    static const struct virtual_server dead[] = {{.rtt_ms = 1, .unreachable = true}};
    struct virtual_run run = {.servers = silent, .count = 1};

    (void)state;
    virtual_ask(&run);
    assert_int_equal(run.query.reason, QUERY_SILENT);
    text_clear(&run.trace);
    run = (struct virtual_run){.servers = dead, .count = 1};
    virtual_ask(&run);
    assert_int_equal(run.query.reason, QUERY_ALL_FAILED);
    text_clear(&run.trace);
}

/* --timeout and --tries. */
static void limits_may_be_given(void **state)
{
    static const struct virtual_server silent[] = {{0}};
    static const struct {
        unsigned timeout_ms, tries;
        int64_t ends_ms;
    } rows[] = {
        {0, 0, 10000}, {0, 1, 2000},   {0, 2, 5000},    {0, 3, 10000},     {0, 5, 10000},
        {500, 1, 500}, {500, 3, 1500}, {250, 10, 2500}, {20000, 1, 20000},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int tcp = 0; tcp < 2; tcp++) {
            struct virtual_run run = {.servers = silent, .count = 1};

            query_limits_init(&run.limits, rows[i].timeout_ms, rows[i].tries, tcp);
            virtual_ask(&run);
            assert_int_equal(run.ended_ms, rows[i].ends_ms);
            text_clear(&run.trace);
        }
}

/* So that those who wait behind need not all wait as long. */
static void a_server_that_never_answered_is_dead_until_it_does(void **state)
{
    static const struct virtual_server silent[] = {{0}}, good[] = {{.rtt_ms = 20}};

    (void)state;
    for (int tcp = 0; tcp < 2; tcp++) {
        struct health health = {0};
        struct virtual_run run = {.servers = silent, .count = 1, .health = &health};

        query_limits_init(&run.limits, 0, 0, tcp);
        virtual_ask(&run);
        assert_true(health.dead);
        run.servers = good;
        virtual_ask(&run);
        assert_false(health.dead);
        text_clear(&run.trace);
    }
}

/* A cold resolver is not a lossy line. */
static void a_busy_server_is_not_asked_again_within_the_first_second(void **state)
{
    static const struct virtual_server servers[] = {{0}, {0}};
    struct health health[2] = {{.busy = true}, {.busy = true}};
    struct virtual_run run = {.servers = servers, .count = 1, .health = health};

    (void)state;
    virtual_ask(&run);
    assert_string_equal(text_get(&run.trace),
                        "0 send0; 1000 send0; 3000 send0; 7000 send0; 10000 giveup");
    text_clear(&run.trace);
    run.count = 2;
    virtual_ask(&run);
    assert_string_equal(text_get(&run.trace),
                        "0 send0; 1000 send1; 3000 send0; 7000 send1; 10000 giveup");
    text_clear(&run.trace);
}

/* Of the sends that the trace tells of, those in the first second; the least pause behind it. */
static unsigned early_sends(const char *trace, long *pause_ms)
{
    unsigned early = 0;
    long before = 0;

    *pause_ms = 10000;
    for (const char *part = trace; part; part = strstr(part, "; ")) {
        long ms;
        part += *part == ';' ? 2 : 0;
        ms = strtol(part, NULL, 10);
        if (!strstr(part, "send") || strcspn(part, ";") < (size_t)(strstr(part, "send") - part))
            continue;
        early += ms < 1000;
        if (ms >= 1000 && ms - before < *pause_ms)
            *pause_ms = ms - before;
        before = ms;
    }
    return early;
}

static void silence_gets_three_sends_in_the_first_second_whatever_is_known(void **state)
{
    static const struct virtual_server servers[SERVERS] = {{0}};

    (void)state;
    for (int64_t rtt_us = 0; rtt_us < 2000000; rtt_us += 7919)
        for (size_t count = 1; count <= SERVERS; count++) {
            struct health health[SERVERS] = {{0}};
            struct virtual_run run = {.servers = servers, .count = count, .health = health};
            long pause_ms;

            for (size_t i = 0; rtt_us && i < count; i++)
                health_answered(&health[i], rtt_us);
            virtual_ask(&run);
            assert_in_range(early_sends(text_get(&run.trace), &pause_ms), 1, 3);
            assert_true(pause_ms >= 1000);
            text_clear(&run.trace);
        }
}

static void tcp_only_never_sends_a_datagram(void **state)
{
    static const struct virtual_server servers[] = {{.rtt_ms = 20, .stream = STREAM_SILENT},
                                                    {.rtt_ms = 20}};
    struct virtual_run run = {.servers = servers, .count = 2};

    (void)state;
    query_limits_init(&run.limits, 0, 0, true);
    virtual_ask(&run);
    assert_string_equal(text_get(&run.trace),
                        "0 connect0; 2000 hangup0; 2000 connect1; 2040 take1");
    text_clear(&run.trace);
}

/* A server known to answer is asked again after three round trips; two sends in a row go to it. */
static void patience_follows_the_round_trip(void **state)
{
    static const struct virtual_server servers[] = {{.rtt_ms = 20, .lost = 3}, {.rtt_ms = 30}};
    struct health health[2] = {{0}};
    struct virtual_run run = {.servers = servers, .count = 2, .health = health};

    (void)state;
    health_answered(&health[0], 20000);
    virtual_ask(&run);
    assert_string_equal(text_get(&run.trace), "0 send0; 60 send0; 120 send1; 150 take1");
    text_clear(&run.trace);
}

/* Asked while nothing was known, a question profits from what others learn meanwhile. */
static void due_moves_closer_when_others_are_answered(void **state)
{
    static const struct query_event start = {.kind = QUERY_START};
    struct health health = {0}, *healths[] = {&health};
    struct query_actions actions;
    struct query_limits limits;
    struct query query;

    (void)state;
    query_limits_init(&limits, 0, 0, false);
    query_init(&query, &limits, healths, 1);
    query_step(&query, &start, 1000000, &actions);
    assert_int_equal(query_due(&query), 1400000);
    health_answered(&health, 20000);
    assert_int_equal(query_due(&query), 1060000);
}

static void plain_dns_is_remembered(void **state)
{
    static const struct virtual_server servers[] = {{.rtt_ms = 20, .no_edns = true}};
    struct health health = {0};
    struct virtual_run run = {.servers = servers, .count = 1, .health = &health};

    (void)state;
    virtual_ask(&run);
    text_clear(&run.trace);
    virtual_ask(&run);
    assert_string_equal(text_get(&run.trace), "0 send0-; 20 take0");
    text_clear(&run.trace);
}

static void missing_descriptors_are_waited_for(void **state)
{
    static const struct virtual_server servers[] = {{.rtt_ms = 20}};
    struct virtual_run run = {.servers = servers, .count = 1, .without_descriptors = 2};

    (void)state;
    virtual_ask(&run);
    assert_string_equal(text_get(&run.trace), "0 nosend0; 100 nosend0; 200 send0; 220 take0");
    assert_int_equal(run.query.sends, 1);
    text_clear(&run.trace);
}

static void descriptors_missing_for_good_end_after_ten_seconds(void **state)
{
    static const struct virtual_server servers[] = {{.rtt_ms = 20}};
    struct virtual_run run = {.servers = servers, .count = 1, .without_descriptors = 1000};

    (void)state;
    virtual_ask(&run);
    assert_int_equal(run.ended_ms, 10000);
    assert_int_equal(run.query.reason, QUERY_NO_DESCRIPTOR);
    text_clear(&run.trace);
}

/* Every mixture of three servers ends within ten seconds, with an answer if one can be had. */
static void every_mixture_ends(void **state)
{
    static const struct virtual_server kinds[] = {
        {.rtt_ms = 20},
        {0},
        {.rtt_ms = 1, .unreachable = true},
        {.rtt_ms = 20, .outcome = OUTCOME_SERVFAIL},
        {.rtt_ms = 20, .cuts = true, .stream = STREAM_SILENT},
        {.rtt_ms = 20, .cuts = true, .stream = STREAM_BROKEN},
        {.rtt_ms = 20, .cuts = true, .stream = STREAM_CLOSED},
        {.rtt_ms = 20, .cuts = true},
        {.rtt_ms = 20, .forgeries = 9, .stream = STREAM_BROKEN},
        {.rtt_ms = 20, .forgeries = 9, .stream = STREAM_SILENT},
        {.rtt_ms = 1900, .no_edns = true},
        {.rtt_ms = 20, .lost = 1},
    };
    enum { KINDS = sizeof kinds / sizeof *kinds };

    (void)state;
    for (unsigned mixture = 0; mixture < KINDS * KINDS * KINDS; mixture++) {
        struct virtual_server servers[SERVERS] = {
            kinds[mixture % KINDS], kinds[mixture / KINDS % KINDS], kinds[mixture / KINDS / KINDS]};
        struct virtual_run run = {.servers = servers, .count = SERVERS};

        virtual_ask(&run);
        assert_int_equal(run.query.state, QUERY_DONE);
        assert_in_range(run.ended_ms, 0, 10000);
        text_clear(&run.trace);
    }
}

static const struct CMUnitTest rules[] = {
    cmocka_unit_test(no_server_ends_at_once),
    cmocka_unit_test(reasons_tell_silence_from_failure),
    cmocka_unit_test(limits_may_be_given),
    cmocka_unit_test(a_server_that_never_answered_is_dead_until_it_does),
    cmocka_unit_test(a_busy_server_is_not_asked_again_within_the_first_second),
    cmocka_unit_test(silence_gets_three_sends_in_the_first_second_whatever_is_known),
    cmocka_unit_test(tcp_only_never_sends_a_datagram),
    cmocka_unit_test(patience_follows_the_round_trip),
    cmocka_unit_test(due_moves_closer_when_others_are_answered),
    cmocka_unit_test(plain_dns_is_remembered),
    cmocka_unit_test(missing_descriptors_are_waited_for),
    cmocka_unit_test(descriptors_missing_for_good_end_after_ten_seconds),
    cmocka_unit_test(every_mixture_ends),
};

int main(void)
{
    enum { SCENARIOS = sizeof scenarios / sizeof *scenarios, RULES = sizeof rules / sizeof *rules };
    struct CMUnitTest tests[SCENARIOS + RULES];

    for (size_t i = 0; i < SCENARIOS; i++)
        tests[i] = (struct CMUnitTest){scenarios[i].name, check_scenario, NULL, NULL,
                                       (void *)(uintptr_t)&scenarios[i]};
    memcpy(tests + SCENARIOS, rules, sizeof rules);
    return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
