/* How long a million simulated deliveries take in every profile: 12 exchanges with 4 addresses
 * each, of equal and of different preference, nine of ten addresses up, and none up. */
#include "base/text.h"
#include "dns/type.h"
#include "mail/profiles/profiles.h"
#include "mail/simulation/simulation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HOSTS = 12, ADDRESSES = 4 };

static struct record *new_record(struct arena *arena, const char *owner, uint16_t type)
{
    struct record *record = arena_alloc(arena, 1, sizeof *record);

    record->owner = arena_dup(arena, owner);
    record->type = type;
    record->ttl = 3600;
    record->rdata = "";
    return record;
}

static struct reply *new_reply(const char *name, uint16_t type, const struct record **records,
                               size_t count)
{
    struct question question = {.name = name, .type = type};
    struct reply *reply = reply_new(&question);
    const struct record **kept = arena_alloc(reply->arena, count + 1, sizeof *kept);

    memcpy(kept, records, count * sizeof *kept);
    reply->outcome = count ? OUTCOME_ANSWERED : OUTCOME_NODATA;
    reply->canonical = reply->question.name;
    reply->records = kept;
    reply->record_count = count;
    return reply;
}

static void put_host(struct answers *answers, struct arena *arena, unsigned host)
{
    const struct record *records[ADDRESSES];
    char name[32];

    snprintf(name, sizeof name, "mx%u.example.com.", host);
    for (unsigned i = 0; i < ADDRESSES; i++) {
        struct record *record = new_record(arena, name, TYPE_A);
        record->address = (struct address){4, {192, 0, (uint8_t)host, (uint8_t)(i + 1)}};
        records[i] = record;
    }
    answers_put(answers, new_reply(name, TYPE_A, records, ADDRESSES));
    answers_put(answers, new_reply(name, TYPE_AAAA, records, 0));
}

static struct answers *new_answers(struct arena *arena, unsigned levels)
{
    struct answers *answers = answers_new();
    const struct record *records[HOSTS];

    for (unsigned i = 0; i < HOSTS; i++) {
        struct record *record = new_record(arena, "example.com.", TYPE_MX);
        record->mx.preference = (uint16_t)(10 * (i * levels / HOSTS + 1));
        record->mx.exchange = arena_format(arena, "mx%u.example.com.", i);
        records[i] = record;
        put_host(answers, arena, i);
    }
    answers_put(answers, new_reply("example.com.", TYPE_MX, records, HOSTS));
    return answers;
}

static void put_down(struct sender *sender, int tenths)
{
    if (tenths == 10) {
        sender_add_down(sender, "*", NULL);
        return;
    }
    for (unsigned i = 0; i < HOSTS * ADDRESSES; i += 10) {
        char text[32];
        snprintf(text, sizeof text, "192.0.%u.%u", i / ADDRESSES, i % ADDRESSES + 1);
        sender_add_down(sender, text, NULL);
    }
}

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void measure(const struct profile *profile, unsigned long deliveries, unsigned levels,
                    int tenths_down)
{
    struct arena *arena = arena_new();
    struct answers *answers = new_answers(arena, levels);
    struct lookup lookup = {.answers = answers};
    struct sender sender;
    const struct route *route;
    struct simulation *simulation;
    double start;

    sender_init(&sender, profile);
    put_down(&sender, tenths_down);
    sender.seed = 1;
    route = route_build(&lookup, "example.com.", &sender, arena);
    simulation = simulation_new(route, &sender, deliveries);
    while (!simulation_enumerate(simulation, 1000)) /* exact shares: once, not for each delivery */
        continue;
    start = milliseconds();
    while (!simulation_slice(simulation, 10000))
        continue;
    printf("  %-10s %2u preference%s %3d %% down %8lu deliveries %6.1f ms\n", profile_name(profile),
           levels, levels == 1 ? " " : "s", 10 * tenths_down, deliveries, milliseconds() - start);
    simulation_free(simulation);
    sender_clear(&sender);
    answers_free(answers);
    arena_free(arena);
}

/* Of the profiles named; none means all. */
static bool is_wanted(const char *name, int count, char **names)
{
    for (int i = 2; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return count < 3;
}

/* deliveries COUNT [PROFILE ...] */
int main(int argc, char **argv)
{
    unsigned long deliveries = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;

    printf("%lu deliveries, %d exchanges with %d addresses\n", deliveries, HOSTS, ADDRESSES);
    for (size_t i = 0; i < profile_count(); i++)
        for (unsigned levels = 1;
             is_wanted(profile_name(profile_at(i)), argc, argv) && levels <= HOSTS; levels *= 12)
            for (int tenths_down = 1; tenths_down <= 10; tenths_down += 9)
                measure(profile_at(i), deliveries, levels, tenths_down);
    return 0;
}
