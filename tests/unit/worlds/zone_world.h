/* A world for judgements: a master file that answers whatever they want to know. */
#ifndef TESTS_ZONE_WORLD_H
#define TESTS_ZONE_WORLD_H

#include "base/memory.h"
#include "dns/lookup.h"
#include "dns/zone/zone.h"

#include <stdbool.h>
#include <stddef.h>

struct zone_world {
    struct zone *zone;
    struct answers *answers;
    struct arena *arena; /* renewed by every round */
    struct lookup lookup;
    size_t asked, rounds;
    /* Questions about these names and below are not answered from the zone; NULL for none. */
    const char *silent, *broken, *refused;
    bool secure;  /* answers have the AD bit */
    bool offline; /* as with --zone: other names are refused, and nobody vouches for DNSSEC */
    /* True for a question that is not answered yet, however long one waits. NULL for none. */
    bool (*withholds)(const struct question *question);
    /* Called for each reply before it is put; may change it. NULL for none. */
    void (*adjust)(struct reply *reply);
};

/* "$ORIGIN example.com." and "$TTL 3600" stand in front of the text, an SOA, too. Fails the test
 * when the text is no master file. */
void zone_world_init(struct zone_world *world, const char *text);
void zone_world_clear(struct zone_world *world);
/* Answers everything wanted that is not withheld; false when that was nothing, else clears arena
 * and wants for the next round. */
bool zone_world_answer(struct zone_world *world);

/* Makes `result = expression` until nothing more is wanted; the expression uses &world->lookup and
 * world->arena. */
#define ZONE_WORLD_SETTLE(world, result, expression)                                               \
    do {                                                                                           \
        (result) = (expression);                                                                   \
    } while (zone_world_answer(world))

#endif
