/* Zones, a zone over another source, and a recording behind the one interface. */
#include "net/source.h"

#include "base/text.h"
#include "dns/type.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static const char upper_zone[] = "$ORIGIN example.com.\n"
                                 "$TTL 300\n"
                                 "@ SOA ns hostmaster 1 3600 600 86400 60\n"
                                 "@ NS ns\n"
                                 "@ MX 10 mx\n"
                                 "mx A 192.0.2.1\n"
                                 "out CNAME far.example.net.\n"
                                 "twice CNAME out\n"
                                 "lost CNAME nowhere.example.org.\n"
                                 "sub NS ns.example.net.\n";

static const char lower_zone[] = "$ORIGIN example.net.\n"
                                 "$TTL 300\n"
                                 "@ SOA ns hostmaster 1 3600 600 86400 60\n"
                                 "@ NS ns\n"
                                 "far A 192.0.2.7\n"
                                 "alias CNAME far\n";

static struct zone *dnssec_zone_of(const char *text, const char *label)
{
    struct faults faults = {0};
    struct zone *zone = NULL;

    assert_int_equal(zone_read_text(text, strlen(text), label, NULL, &faults, &zone), STATUS_OK);
    return zone;
}

static struct source *zone_source(const char *text, const char *label)
{
    struct zone *zone = dnssec_zone_of(text, label);

    return source_zone_new(SOURCE_ZONE, &zone, 1);
}

static struct source *overlay_source(void)
{
    struct zone *zone = dnssec_zone_of(upper_zone, "upper.zone");

    return source_overlay_new(&zone, 1, zone_source(lower_zone, "lower.zone"));
}

static struct question question_of(const char *name, uint16_t type)
{
    return (struct question){.name = name, .type = type};
}

/* Asks and takes the one reply that is there at once. */
static struct reply *reply_from(struct source *source, const char *name, uint16_t type)
{
    struct question question = question_of(name, type);
    struct reply *reply;

    source_ask(source, &question, 0);
    assert_int_equal(source_waiting(source), 1);
    reply = source_take(source);
    assert_non_null(reply);
    assert_string_equal(reply->question.name, name);
    assert_int_equal(reply->question.type, type);
    assert_int_equal(source_waiting(source), 0);
    assert_null(source_take(source));
    return reply;
}

static void expect(struct source *source, const char *name, uint16_t type, enum outcome outcome,
                   size_t aliases, const char *server)
{
    struct reply *reply = reply_from(source, name, type);

    assert_int_equal(reply->outcome, outcome);
    assert_int_equal(reply->alias_count, aliases);
    assert_string_equal(reply->server, server);
    reply_free(reply);
}

static void note(void *context)
{
    ++*(unsigned *)context;
}

static void zones_answer_through_the_queue(void **state)
{
    struct source *source = zone_source(upper_zone, "upper.zone");
    struct question mx = question_of("example.com.", TYPE_MX);
    struct question none = question_of("none.example.com.", TYPE_A);
    unsigned readies = 0;
    struct reply *reply;

    (void)state;
    source_on_ready(source, note, &readies);
    source_ask(source, &mx, 0);
    source_ask(source, &none, 0);
    assert_int_equal(readies, 1);
    assert_int_equal(source_waiting(source), 2);
    reply = source_take(source);
    assert_int_equal(reply->outcome, OUTCOME_ANSWERED);
    assert_int_equal(reply->transport, TRANSPORT_ZONE);
    reply_free(reply);
    source_cancel(source);
    assert_int_equal(source_waiting(source), 0);
    assert_null(source_take(source));
    source_free(source);
}

static void a_name_outside_the_zones_is_not_in_the_file(void **state)
{
    struct source *source = zone_source(upper_zone, "upper.zone");

    (void)state;
    expect(source, "example.org.", TYPE_A, OUTCOME_NOT_IN_FILE, 0, "zone upper.zone");
    source_free(source);
}

/* A lesson is the whole world: what it does not tell of is not there; what is above it is. */
static void outside_a_lesson_there_is_nothing(void **state)
{
    struct zone *zones[] = {dnssec_zone_of(upper_zone, "upper.zone")};
    struct source *source = source_zone_new(SOURCE_DEMO, zones, 1);
    struct question question = question_of("example.org.", TYPE_A);
    struct reply *reply;

    (void)state;
    expect(source, "example.org.", TYPE_A, OUTCOME_NXDOMAIN, 0, "zone upper.zone");
    expect(source, "25.", TYPE_A, OUTCOME_NXDOMAIN, 0, "zone upper.zone");
    expect(source, "com.", TYPE_TXT, OUTCOME_NODATA, 0, "zone upper.zone");
    expect(source, ".", TYPE_MX, OUTCOME_NODATA, 0, "zone upper.zone");
    expect(source, "lost.example.com.", TYPE_A, OUTCOME_NXDOMAIN, 1, "zone upper.zone");
    assert_true(address_parse("192.0.2.53", &question.server));
    source_ask(source, &question, 0);
    reply = source_take(source);
    assert_int_equal(reply->outcome, OUTCOME_REFUSED);
    reply_free(reply);
    source_free(source);
}

static void info_names_kind_and_files(void **state)
{
    struct zone *zones[] = {dnssec_zone_of(upper_zone, "upper.zone"),
                            dnssec_zone_of(lower_zone, "lower.zone")};
    struct source *source = source_zone_new(SOURCE_DEMO, zones, 2);

    (void)state;
    assert_string_equal(source_kind_text(source_info(source).kind), "demo");
    assert_string_equal(source_info(source).file, "upper.zone, lower.zone");
    assert_string_equal(source_info(source).server, "");
    source_free(source);
    source = overlay_source();
    assert_string_equal(source_kind_text(source_info(source).kind), "overlay");
    assert_string_equal(source_info(source).file, "upper.zone");
    source_free(source);
}

/* A zone that "upper@192.0.2.54.zone" has another MX in, and what both sources of it say. */
static struct source *servers_source(struct zone **zones)
{
    static const char old_zone[] = "$ORIGIN example.com.\n"
                                   "$TTL 300\n"
                                   "@ SOA ns hostmaster 0 3600 600 86400 60\n"
                                   "@ MX 10 old\n";
    static const char foreign_zone[] =
        "example.net. 60 SOA ns.example.net. hm.example.net. 1 1 1 1 1\n";

    zones[0] = dnssec_zone_of(old_zone, "upper@192.0.2.54.zone");
    zones[1] = dnssec_zone_of(upper_zone, "upper.zone");
    zones[2] = dnssec_zone_of(foreign_zone, "upper@2001:db8::54.zone");
    return source_zone_new(SOURCE_ZONE, zones, 3);
}

static void a_server_answers_from_zones_of_its_own_or_else_from_those_of_all(void **state)
{
    static const struct {
        const char *server, *name;
        enum outcome outcome;
        const char *zone;
    } cases[] = {
        {"192.0.2.54", "old.example.com.", OUTCOME_NXDOMAIN, "zone upper@192.0.2.54.zone"},
        {"192.0.2.54", "mx.example.com.", OUTCOME_NXDOMAIN, "zone upper@192.0.2.54.zone"},
        {"192.0.2.55", "mx.example.com.", OUTCOME_ANSWERED, "zone upper.zone"},
        {"2001:db8::54", "mx.example.com.", OUTCOME_REFUSED, "zone upper@2001:db8::54.zone"},
        {NULL, "mx.example.com.", OUTCOME_ANSWERED, "zone upper.zone"},
        {NULL, "example.net.", OUTCOME_NOT_IN_FILE, "zone upper.zone"},
    };
    struct zone *zones[3];
    struct source *source = servers_source(zones);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct question question = question_of(cases[i].name, TYPE_A);
        struct reply *reply;

        if (cases[i].server)
            assert_true(address_parse(cases[i].server, &question.server));
        source_ask(source, &question, 0);
        reply = source_take(source);
        assert_int_equal(reply->outcome, cases[i].outcome);
        assert_string_equal(reply->server, cases[i].zone);
        assert_true(question_equal(&reply->question, &question));
        reply_free(reply);
    }
    source_free(source);
}

/* Without recursion it speaks for what it is named for; who is named for nothing may have all. No
 * server is the side of the parent. */
static void a_server_that_several_zones_name_answers_from_those(void **state)
{
    static const struct {
        const char *server;
        uint8_t flags;
        enum outcome outcome;
        const char *zone;
        bool aa;
    } cases[] = {
        {"192.0.2.1", QUESTION_NO_RECURSION, OUTCOME_NODATA, "zone above.zone", false},
        {"192.0.2.2", QUESTION_NO_RECURSION, OUTCOME_ANSWERED, "zone below.zone", true},
        {"192.0.2.9", QUESTION_NO_RECURSION, OUTCOME_ANSWERED, "zone below.zone", true},
        {"192.0.2.1", 0, OUTCOME_ANSWERED, "zone below.zone", true},
        {NULL, QUESTION_NO_RECURSION, OUTCOME_NODATA, "zone above.zone", false},
        {NULL, 0, OUTCOME_ANSWERED, "zone below.zone", true},
    };
    struct zone *zones[] = {
        dnssec_zone_of("$ORIGIN example.\n$TTL 60\n@ SOA ns h 1 1 1 1 1\n@ NS ns\n"
                       "ns A 192.0.2.1\nsub NS ns.sub\nns.sub A 192.0.2.2\n",
                       "above.zone"),
        dnssec_zone_of("$ORIGIN sub.example.\n$TTL 60\n@ SOA ns h 1 1 1 1 1\n@ NS ns\n"
                       "ns A 192.0.2.2\n@ MX 10 mx\n",
                       "below.zone"),
    };
    struct source *source = source_zone_new(SOURCE_ZONE, zones, 2);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct question question = question_of("sub.example.", TYPE_MX);
        struct reply *reply;

        question.flags = cases[i].flags;
        assert_true(!cases[i].server || address_parse(cases[i].server, &question.server));
        source_ask(source, &question, 0);
        reply = source_take(source);
        assert_int_equal(reply->outcome, cases[i].outcome);
        assert_string_equal(reply->server, cases[i].zone);
        assert_int_equal(reply->aa, cases[i].aa);
        reply_free(reply);
    }
    source_free(source);
}

static void the_name_of_a_zone_file_may_tell_its_server(void **state)
{
    static const struct {
        const char *label, *server;
    } cases[] = {
        {"a@192.0.2.1.zone", "192.0.2.1"},
        {"a@2001:db8::1.zone", "2001:db8::1"},
        {"a@b@192.0.2.1.zone", "192.0.2.1"},
        {"@192.0.2.1.zone", "192.0.2.1"},
        {"a@192.0.2.1", NULL},
        {"a@192.0.2.1.zone.old", NULL},
        {"a@192.0.2.256.zone", NULL},
        {"me@example.com.zone", NULL},
        {"192.0.2.1.zone", NULL},
        {"a@.zone", NULL},
        {"a@192.0.2.1.zone@b.zone", NULL},
        {"a@", NULL},
        {"a@2001:db8:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0.zone", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zone *zone = dnssec_zone_of(upper_zone, cases[i].label);
        struct address server = zone_server(zone), wanted = {0};

        if (cases[i].server)
            assert_true(address_parse(cases[i].server, &wanted));
        if (!address_equal(&server, &wanted))
            fail_msg("%s", cases[i].label);
        zone_free(zone);
    }
}

static void info_tells_which_servers_can_be_asked(void **state)
{
    struct zone *zones[3];
    struct source *source = servers_source(zones);

    (void)state;
    assert_int_equal(source_info(source).servers, REACH_ALL);
    source_free(source);
    source = zone_source(upper_zone, "upper.zone");
    assert_int_equal(source_info(source).servers, REACH_NONE);
    source_free(source);
    source = overlay_source();
    assert_int_equal(source_info(source).servers, REACH_NONE);
    source_free(source);
}

static void an_overlay_passes_over_zones_of_one_server(void **state)
{
    struct zone *zone = dnssec_zone_of(upper_zone, "upper@192.0.2.54.zone");
    struct source *source = source_overlay_new(&zone, 1, zone_source(lower_zone, "lower.zone"));

    (void)state;
    expect(source, "mx.example.com.", TYPE_A, OUTCOME_NOT_IN_FILE, 0, "zone lower.zone");
    source_free(source);
}

static void an_overlay_asks_below_for_what_it_does_not_know(void **state)
{
    struct source *source = overlay_source();

    (void)state;
    expect(source, "mx.example.com.", TYPE_A, OUTCOME_ANSWERED, 0, "zone upper.zone");
    expect(source, "none.example.com.", TYPE_A, OUTCOME_NXDOMAIN, 0, "zone upper.zone");
    expect(source, "far.example.net.", TYPE_A, OUTCOME_ANSWERED, 0, "zone lower.zone");
    expect(source, "host.sub.example.com.", TYPE_A, OUTCOME_NOT_IN_FILE, 0, "zone lower.zone");
    source_free(source);
}

/* A question to a certain server is about what that server says. */
static void an_overlay_leaves_questions_to_a_server_alone(void **state)
{
    struct source *source = overlay_source();
    struct question question = question_of("mx.example.com.", TYPE_A);
    struct reply *reply;

    (void)state;
    assert_true(address_parse("192.0.2.53", &question.server));
    source_ask(source, &question, 0);
    reply = source_take(source);
    assert_non_null(reply);
    assert_string_equal(reply->server, "zone lower.zone");
    reply_free(reply);
    source_free(source);
}

static void an_alias_out_of_an_overlay_is_followed_below(void **state)
{
    struct source *source = overlay_source();
    struct reply *reply;

    (void)state;
    reply = reply_from(source, "twice.example.com.", TYPE_A);
    assert_int_equal(reply->outcome, OUTCOME_ANSWERED);
    assert_int_equal(reply->alias_count, 2);
    assert_string_equal(reply->aliases[0]->target, "out.example.com.");
    assert_string_equal(reply->canonical, "far.example.net.");
    assert_int_equal(reply->record_count, 1);
    assert_string_equal(reply->records[0]->rdata, "192.0.2.7");
    reply_free(reply);
    expect(source, "out.example.com.", TYPE_MX, OUTCOME_NODATA, 1, "zone lower.zone");
    expect(source, "lost.example.com.", TYPE_A, OUTCOME_REFUSED, 1, "zone lower.zone");
    source_free(source);
}

/* A recording with these lines. */
static struct source *replay_of(char *const *lines, size_t count)
{
    FILE *file = tmpfile();
    struct source *replay = source_replay_new("x.rec", file);
    const char *why;

    assert_non_null(file);
    for (size_t i = 0; i < count; i++) {
        off_t place = ftello(file);

        assert_true(fprintf(file, "%s\n", lines[i]) > 0);
        assert_int_equal(source_replay_add(replay, lines[i], place, &why), STATUS_OK);
    }
    return replay;
}

/* What an overlay puts together can be recorded like any reply. */
static void a_chained_reply_survives_a_recording(void **state)
{
    struct source *overlay = overlay_source(), *replay;
    struct reply *reply = reply_from(overlay, "twice.example.com.", TYPE_A);
    struct text line = {0};
    char *taken;

    (void)state;
    reply_print(reply, &line);
    reply_free(reply);
    taken = text_take(&line);
    replay = replay_of(&taken, 1);
    free(taken);
    reply = reply_from(replay, "twice.example.com.", TYPE_A);
    assert_int_equal(reply->alias_count, 2);
    assert_int_equal(reply->record_count, 1);
    assert_int_equal(reply->transport, TRANSPORT_REPLAY);
    reply_free(reply);
    source_free(overlay);
    source_free(replay);
}

static char *recorded_line(const char *owner, unsigned ttl)
{
    struct text zone = {0}, line = {0};
    struct source *source;
    struct reply *reply;

    text_format(&zone, "%s %u IN A 192.0.2.1\n", owner, ttl);
    source = zone_source(text_get(&zone), "one.zone");
    reply = reply_from(source, owner, TYPE_A);
    reply_print(reply, &line);
    reply_free(reply);
    source_free(source);
    text_clear(&zone);
    return text_take(&line);
}

static void a_replay_gives_replies_in_the_order_recorded(void **state)
{
    static const unsigned ttls[] = {10, 20}, expected[] = {10, 20, 20};
    char *lines[2];
    struct source *replay;

    (void)state;
    for (size_t i = 0; i < 2; i++)
        lines[i] = recorded_line("example.com.", ttls[i]);
    replay = replay_of(lines, 2);
    for (size_t i = 0; i < 3; i++) {
        struct reply *reply = reply_from(replay, "example.com.", TYPE_A);

        assert_int_equal(reply->records[0]->ttl, expected[i]);
        reply_free(reply);
    }
    assert_string_equal(source_info(replay).file, "x.rec");
    source_free(replay);
    for (size_t i = 0; i < 2; i++)
        free(lines[i]);
}

/* Each of many, twice, and then what was not recorded. */
static void a_replay_of_many_questions_keeps_them_apart(void **state)
{
    enum { NAMES = 1000 };
    static char *lines[2 * NAMES];
    struct source *replay;

    (void)state;
    for (unsigned i = 0; i < 2 * NAMES; i++) {
        char owner[32];

        snprintf(owner, sizeof owner, "n%u.example.com.", i % NAMES);
        lines[i] = recorded_line(owner, i);
    }
    replay = replay_of(lines, 2 * NAMES);
    for (unsigned i = 0; i < 3 * NAMES; i++) {
        char owner[32];
        struct reply *reply;

        snprintf(owner, sizeof owner, "n%u.example.com.", i % NAMES);
        reply = reply_from(replay, owner, TYPE_A);
        assert_string_equal(reply->question.name, owner);
        assert_int_equal(reply->records[0]->ttl, i < 2 * NAMES ? i : i - NAMES);
        reply_free(reply);
    }
    source_free(replay);
    for (size_t i = 0; i < 2 * NAMES; i++)
        free(lines[i]);
}

/* Somebody wrote something else over the file. */
static void a_recording_that_changes_gives_nothing_else(void **state)
{
    char *line = recorded_line("example.com.", 10), *other = recorded_line("example.org.", 10);
    FILE *file = tmpfile();
    struct source *replay = source_replay_new("x.rec", file);
    struct reply *reply;
    const char *why;

    (void)state;
    assert_int_equal(source_replay_add(replay, line, 0, &why), STATUS_OK);
    assert_true(fprintf(file, "%s\n", other) > 0);
    reply = reply_from(replay, "example.com.", TYPE_A);
    assert_int_equal(reply->outcome, OUTCOME_NOT_ASKED);
    reply_free(reply);
    source_free(replay);
    free(line);
    free(other);
}

static void a_question_not_recorded_was_not_asked_and_says_so(void **state)
{
    struct source *replay = replay_of(NULL, 0);
    struct reply *reply = reply_from(replay, "example.com.", TYPE_A);

    (void)state;
    assert_int_equal(reply->outcome, OUTCOME_NOT_ASKED);
    assert_string_equal(reply->why, "it is not in the recording");
    reply_free(reply);
    source_free(replay);
}

static void a_bad_line_is_no_recorded_reply(void **state)
{
    static const char *const lines[] = {"", "example.com.", "example.com. A 0 * answered moo"};
    struct source *replay = replay_of(NULL, 0);

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *why = NULL;

        assert_int_not_equal(source_replay_add(replay, lines[i], 0, &why), STATUS_OK);
        assert_non_null(why);
    }
    source_free(replay);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_answer_through_the_queue),
        cmocka_unit_test(a_name_outside_the_zones_is_not_in_the_file),
        cmocka_unit_test(outside_a_lesson_there_is_nothing),
        cmocka_unit_test(info_names_kind_and_files),
        cmocka_unit_test(a_server_answers_from_zones_of_its_own_or_else_from_those_of_all),
        cmocka_unit_test(a_server_that_several_zones_name_answers_from_those),
        cmocka_unit_test(the_name_of_a_zone_file_may_tell_its_server),
        cmocka_unit_test(info_tells_which_servers_can_be_asked),
        cmocka_unit_test(an_overlay_passes_over_zones_of_one_server),
        cmocka_unit_test(an_overlay_asks_below_for_what_it_does_not_know),
        cmocka_unit_test(an_overlay_leaves_questions_to_a_server_alone),
        cmocka_unit_test(an_alias_out_of_an_overlay_is_followed_below),
        cmocka_unit_test(a_chained_reply_survives_a_recording),
        cmocka_unit_test(a_replay_gives_replies_in_the_order_recorded),
        cmocka_unit_test(a_replay_of_many_questions_keeps_them_apart),
        cmocka_unit_test(a_recording_that_changes_gives_nothing_else),
        cmocka_unit_test(a_question_not_recorded_was_not_asked_and_says_so),
        cmocka_unit_test(a_bad_line_is_no_recorded_reply),
    };

    return cmocka_run_group_tests_name("sources", tests, NULL, NULL);
}
