#include "unit/worlds/zone_world.h"

#include "base/text.h"
#include "dns/name.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] = "$ORIGIN example.com.\n$TTL 3600\n"
                           "@ SOA ns1 hostmaster 1 7200 900 1209600 300\n";

enum { ROUNDS_MAX = 64 };

/* With ZONES_TO in the environment every world is kept there as a file, for other tests to read;
 * one that is made again at once is not. */
static void keep(const struct text *zone)
{
    static unsigned number;
    static char last[16384];
    const char *folder = getenv("ZONES_TO");
    struct text path = {0};
    FILE *file;

    if (!folder || strcmp(last, text_get(zone)) == 0)
        return;
    snprintf(last, sizeof last, "%s", text_get(zone));
    text_format(&path, "%s/%u.zone", folder, ++number);
    file = fopen(text_get(&path), "w");
    assert_non_null(file);
    fputs(text_get(zone), file);
    assert_int_equal(fclose(file), 0);
    text_clear(&path);
}

void zone_world_init(struct zone_world *world, const char *text)
{
    struct text whole = {0};
    struct faults faults = {0};

    memset(world, 0, sizeof *world);
    text_add(&whole, head);
    text_add(&whole, text);
    keep(&whole);
    if (zone_read_text(text_get(&whole), whole.length, "test.zone", NULL, &faults, &world->zone) !=
        STATUS_OK)
        fail_msg("%s", faults.lines[0]);
    text_clear(&whole);
    world->answers = answers_new();
    world->arena = arena_new();
    world->lookup.answers = world->answers;
    world->lookup.wants = wants_new();
}

void zone_world_clear(struct zone_world *world)
{
    wants_free(world->lookup.wants);
    arena_free(world->arena);
    answers_free(world->answers);
    zone_free(world->zone);
}

static bool is_below(const char *name, const char *ancestor)
{
    return ancestor && name_is_within(name, ancestor);
}

static struct reply *failure(const struct question *question, enum outcome outcome)
{
    struct reply *reply = reply_new(question);

    reply->outcome = outcome;
    return reply;
}

static struct reply *reply_to(const struct zone_world *world, const struct question *question)
{
    const struct zone *zones[] = {world->zone};
    struct reply *reply;

    if (is_below(question->name, world->silent))
        return failure(question, OUTCOME_TIMEOUT);
    if (is_below(question->name, world->broken))
        return failure(question, OUTCOME_SERVFAIL);
    if (is_below(question->name, world->refused))
        return failure(question, OUTCOME_REFUSED);
    reply = zone_answer(zones, 1, question);
    /* Unless offline, the zone stands for the whole name space: what it does not know does not
     * exist. */
    if (reply->outcome == OUTCOME_NOT_IN_FILE && !world->offline)
        reply->outcome = OUTCOME_NXDOMAIN;
    if (!world->offline) {
        reply->transport = TRANSPORT_UDP;
        reply->server = "127.0.0.1#53";
    }
    reply->ad = world->secure;
    return reply;
}

bool zone_world_answer(struct zone_world *world)
{
    struct wants *wants = world->lookup.wants;
    size_t count = wants_count(wants), before = world->asked;

    assert_true(world->rounds++ < ROUNDS_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct question *question = &wants_at(wants, i)->question;
        struct reply *reply;

        if (world->withholds && world->withholds(question))
            continue;
        reply = reply_to(world, question);
        if (world->adjust)
            world->adjust(reply);
        answers_put(world->answers, reply);
        world->asked++;
    }
    if (world->asked == before)
        return false;
    wants_free(wants);
    world->lookup.wants = wants_new();
    arena_free(world->arena);
    world->arena = arena_new();
    return true;
}
