/* How many round trips a survey takes when every question goes out at once and all replies come
 * together: the chain of questions is as deep as the data, not deeper. */
#include "base/text.h"
#include "dns/type.h"
#include "dns/zone/zone.h"
#include "survey/priority.h"
#include "survey/survey.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

#define SOA " SOA ns.other. h.other. 1 3600 600 86400 60\n"

/* The parent names a server that the zone does not; SPF includes twice and then names a host. */
static const char child[] =
    "$ORIGIN example.test.\n$TTL 300\n@" SOA "@ NS ns1\nns1 A 192.0.2.53\n"
    "@ MX 10 mx1\nmx1 A 192.0.2.1\n@ TXT \"v=spf1 include:_1.example.test -all\"\n"
    "_1 TXT \"v=spf1 include:_2.example.test ~all\"\n_2 TXT \"v=spf1 include:_3.example.test "
    "~all\"\n"
    "_3 TXT \"v=spf1 a:out.example.test ~all\"\nout A 192.0.2.9\n";
static const char parent[] =
    "$ORIGIN test.\n$TTL 300\n@" SOA "@ NS a.nic.other.\n@ NS b.nic.other.\n"
    "@ NS c.nic.other.\n@ NS d.nic.other.\n";
static const char other[] = "$ORIGIN other.\n$TTL 300\n@" SOA "@ NS ns\nns A 192.0.2.99\n"
                            "a.nic A 192.0.2.101\nb.nic A 192.0.2.102\nc.nic A 192.0.2.103\n"
                            "d.nic A 192.0.2.104\nold A 203.0.113.53\n";
static const char delegation[] = "$TTL 300\nexample.test. NS ns1.example.test.\n"
                                 "example.test. NS old.other.\n";

enum { CHILD, PARENT, OTHER, ABOVE, ZONES };

struct world {
    struct zone *zones[ZONES];
    struct survey *survey;
    struct text asked; /* "2 a.nic.other. A\n": of other hosts, and what servers are asked */
    bool misplaced;    /* a question was of another kind than it is */
    size_t depth;
    bool parents_are_silent;
};

static void world_init(struct world *world, const char *typed, enum server_reach reach)
{
    static const char *const texts[ZONES] = {child, parent, other, delegation};
    const struct survey_options options = {.ask_servers = reach, .seed = 1, .questions = 2000};
    struct faults faults = {0};
    struct subject subject;

    memset(world, 0, sizeof *world);
    for (size_t i = 0; i < ZONES; i++)
        if (zone_read_text(texts[i], strlen(texts[i]), "test.zone", NULL, &faults,
                           &world->zones[i]) != STATUS_OK)
            fail_msg("%s", faults.lines[0]);
    assert_int_equal(subject_parse(typed, &subject, NULL), STATUS_OK);
    world->survey = survey_new(&subject, &options);
    subject_clear(&subject);
}

static void world_clear(struct world *world)
{
    survey_free(world->survey);
    for (size_t i = 0; i < ZONES; i++)
        zone_free(world->zones[i]);
    text_clear(&world->asked);
}

/* 192.0.2.53 and 203.0.113.53 have the zone, what begins with 192.0.2.10 its delegation. */
static struct reply *reply_of(const struct world *world, const struct question *question)
{
    const struct zone *all[] = {world->zones[CHILD], world->zones[PARENT], world->zones[OTHER]};
    const struct zone *above = world->zones[ABOVE];
    uint8_t last = question->server.bytes[3];
    struct reply *reply;

    if (!question->server.family)
        return zone_answer(all, 3, question);
    if (last > 100)
        return world->parents_are_silent ? reply_new(question) : zone_answer(&above, 1, question);
    reply = zone_answer(all, 1, question);
    reply->aa = true;
    return reply;
}

static void note(struct world *world, const struct question *question, int priority)
{
    char type[TYPE_TEXT], address[ADDRESS_TEXT];
    bool direct = question->server.family != 0;

    if (direct != (priority == ASK_SERVERS) && name_is_within(question->name, "example.test."))
        world->misplaced = true;
    if (strstr(question->name, "._domainkey.") && priority != ASK_PROBES)
        world->misplaced = true;
    if (!direct && (*question->name == '_' || name_is_within(question->name, "example.test.") ||
                    name_is_within(question->name, "arpa.")))
        return;
    text_format(&world->asked, "%zu %s %s", world->depth, question->name,
                type_text(question->type, type));
    if (direct)
        text_format(&world->asked, " @%s", address_text(&question->server, address));
    text_add_char(&world->asked, '\n');
}

static void run(struct world *world)
{
    struct reply *replies[512];
    size_t count;

    do {
        struct question question;
        int priority;
        world->depth++;
        for (count = 0; survey_ask(world->survey, &question, &priority); count++) {
            assert_true(count < sizeof replies / sizeof *replies);
            note(world, &question, priority);
            replies[count] = reply_of(world, &question);
        }
        for (size_t i = 0; i < count; i++)
            survey_apply(world->survey, replies[i]);
    } while (count);
    world->depth--;
    assert_true(survey_complete(world->survey));
}

#define SOA_AND_NS(wave) wave " test. SOA\n" wave " test. NS\n"
#define ADDRESSES(wave)                                                                            \
    wave " a.nic.other. A\n" wave " a.nic.other. AAAA\n" wave " b.nic.other. A\n" wave             \
         " b.nic.other. AAAA\n" wave " c.nic.other. A\n" wave " c.nic.other. AAAA\n"
#define OLD(wave)                wave " old.other. A\n" wave " old.other. AAAA\n"
#define DELEGATION(wave, server) wave " example.test. NS @" server "\n"
#define OWN(wave, name, server)                                                                    \
    wave " example.test. SOA @" server "\n" wave " example.test. NS @" server "\n" wave " " name   \
         " MX @" server "\n" wave " " name " TXT @" server "\n" wave " " name " A @" server        \
         "\n" wave " " name " AAAA @" server "\n"

static void the_parent_is_asked_along_with_the_rest(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, "example.test", REACH_ALL);
    run(&world);
    assert_int_equal(world.depth, 5); /* that of SPF */
    assert_string_equal(text_get(&world.asked),
                        SOA_AND_NS("1") ADDRESSES("2") DELEGATION("3", "192.0.2.101")
                            OWN("3", "example.test.", "192.0.2.53") OLD("4")
                                OWN("5", "example.test.", "203.0.113.53"));
    assert_false(world.misplaced);
    world_clear(&world);
}

static void silent_parents_are_tried_without_further_lookups(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, "example.test", REACH_ALL);
    world.parents_are_silent = true;
    run(&world);
    assert_int_equal(world.depth, 5);
    assert_string_equal(text_get(&world.asked),
                        SOA_AND_NS("1") ADDRESSES("2") DELEGATION("3", "192.0.2.101")
                            OWN("3", "example.test.", "192.0.2.53") DELEGATION("4", "192.0.2.102")
                                DELEGATION("5", "192.0.2.103"));
    world_clear(&world);
}

static void nothing_is_asked_about_servers_that_are_not(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, "example.test", REACH_NONE);
    run(&world);
    assert_string_equal(text_get(&world.asked), "");
    assert_false(world.misplaced);
    world_clear(&world);
}

/* A name inside a zone is first taken for a zone itself, which costs a question. */
static void a_name_in_a_zone_takes_one_round_more(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, "mx1.example.test", REACH_ALL);
    run(&world);
    assert_string_equal(
        text_get(&world.asked),
        "2 test. NS\n2 test. SOA\n" ADDRESSES("3") OWN("3", "mx1.example.test.", "192.0.2.53")
            DELEGATION("4", "192.0.2.101") OLD("5") OWN("6", "mx1.example.test.", "203.0.113.53"));
    world_clear(&world);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parent_is_asked_along_with_the_rest),
        cmocka_unit_test(silent_parents_are_tried_without_further_lookups),
        cmocka_unit_test(nothing_is_asked_about_servers_that_are_not),
        cmocka_unit_test(a_name_in_a_zone_takes_one_round_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
