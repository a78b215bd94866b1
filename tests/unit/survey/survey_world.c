#include "unit/survey/survey_world.h"

#include "base/memory.h"
#include "base/random.h"
#include "base/text.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static const char soa[] = "@ SOA ns1 hostmaster 1 7200 900 1209600 300\n";
static const char head[] = "$ORIGIN example.com.\n$TTL 3600\n"
                           "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.53\nns2 A 198.51.100.53\n";

static struct zone *read_zone(const char *text)
{
    struct text whole = {0};
    struct faults faults = {0};
    struct zone *zone = NULL;

    text_add(&whole, head);
    text_add(&whole, strstr(text, "@ SOA ") ? "" : soa);
    text_add(&whole, text);
    if (zone_read_text(text_get(&whole), whole.length, "test.zone", NULL, &faults, &zone) !=
        STATUS_OK)
        fail_msg("%s", faults.lines[0]);
    text_clear(&whole);
    return zone;
}

void survey_world_init(struct survey_world *world, const char *typed, const char *zone,
                       const struct survey_options *options)
{
    static const struct survey_options panes = {.panes_only = true};
    struct subject subject;

    memset(world, 0, sizeof *world);
    world->zone = read_zone(zone);
    assert_int_equal(subject_parse(typed, &subject, NULL), STATUS_OK);
    world->survey = survey_new(&subject, options ? options : &panes);
    subject_clear(&subject);
}

static void forget_asked(struct survey_world *world)
{
    for (size_t i = 0; i < world->asked_count; i++)
        free((char *)world->asked[i].question.name);
    world->asked_count = 0;
}

void survey_world_clear(struct survey_world *world)
{
    forget_asked(world);
    survey_free(world->survey);
    zone_free(world->zone);
}

int survey_world_find(const struct survey_world *world, const char *name, uint16_t type,
                      size_t from)
{
    const struct question wanted = {.name = name, .type = type};

    for (size_t i = from; i < world->asked_count; i++)
        if (question_equal(&world->asked[i].question, &wanted))
            return (int)i;
    return -1;
}

static bool is_among(const struct survey_world *world, const struct question *question)
{
    for (size_t i = 0; i < world->asked_count; i++)
        if (question_equal(&world->asked[i].question, question))
            return true;
    return false;
}

size_t survey_world_ask(struct survey_world *world)
{
    size_t before = world->asked_count;
    struct question question;
    int priority;

    while (survey_ask(world->survey, &question, &priority)) {
        struct asked asked = {question, priority};
        assert_true(world->asked_count < WORLD_ASKED_MAX);
        assert_true(survey_awaits(world->survey, &question));
        world->again = world->again || is_among(world, &question);
        asked.question.name = memory_dup(question.name);
        world->asked[world->asked_count++] = asked;
    }
    return world->asked_count - before;
}

static struct reply *reply_to(const struct survey_world *world, const struct question *question)
{
    const struct zone *zones[] = {world->zone};
    struct reply *reply;

    if (world->silent && strcmp(question->name, world->silent) == 0)
        return reply_new(question);
    reply = zone_answer(zones, 1, question);
    if (world->broken && strcmp(question->name, world->broken) == 0)
        reply->outcome = OUTCOME_SERVFAIL;
    return reply;
}

void survey_world_answer(struct survey_world *world, const char *name, uint16_t type)
{
    struct question question = {.name = name, .type = type};

    survey_apply(world->survey, reply_to(world, &question));
}

static bool answer_open(struct survey_world *world)
{
    bool any = false;

    for (size_t i = 0; i < world->asked_count; i++) {
        const struct question *question = &world->asked[i].question;
        if (survey_awaits(world->survey, question)) {
            survey_apply(world->survey, reply_to(world, question));
            any = true;
        }
    }
    return any;
}

void survey_world_run(struct survey_world *world)
{
    do
        survey_world_ask(world);
    while (answer_open(world));
    assert_true(survey_complete(world->survey));
}

/* The places in `asked` of what is open; how many. */
static size_t list_open(const struct survey_world *world, size_t *places)
{
    size_t count = 0;

    for (size_t i = 0; i < world->asked_count; i++)
        if (survey_awaits(world->survey, &world->asked[i].question))
            places[count++] = i;
    return count;
}

void survey_world_run_in_order(struct survey_world *world, uint64_t seed)
{
    size_t *open = memory_new(WORLD_ASKED_MAX, sizeof *open), count;
    struct random random;

    random_init(&random, seed);
    do {
        survey_world_ask(world);
        count = list_open(world, open);
        for (size_t n = count ? 1 + random_below(&random, (uint32_t)count) : 0; n; n--) {
            size_t i = random_below(&random, (uint32_t)count);
            survey_apply(world->survey, reply_to(world, &world->asked[open[i]].question));
            open[i] = open[--count];
        }
    } while (survey_world_ask(world) || list_open(world, open));
    assert_true(survey_complete(world->survey));
    free(open);
}

const struct finding *survey_world_finding(const struct survey_world *world, const char *id)
{
    const struct findings *findings = survey_facts(world->survey)->findings;

    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->findings[i].id, id) == 0)
            return &findings->findings[i];
    fail_msg("there is no %s", id);
    return NULL;
}
