#include "net/zone_set.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void zone_set_init(struct zone_set *set, struct zone *const *zones, size_t count)
{
    struct text labels = {0};

    set->zones = memory_new(count, sizeof *set->zones);
    set->count = count;
    for (size_t i = 0; i < count; i++) {
        set->zones[i] = zones[i];
        text_format(&labels, "%s%s", i ? ", " : "", zone_label(zones[i]));
    }
    set->labels = text_take(&labels);
}

void zone_set_clear(struct zone_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        zone_free(set->zones[i]);
    free(set->zones);
    free(set->labels);
}

bool zone_set_has_servers(const struct zone_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (zone_server(set->zones[i]).family)
            return true;
    return false;
}

/* The zones of a server; of family 0: those that are nobody's own. */
static size_t choose(const struct zone_set *set, const struct address *server,
                     const struct zone **chosen)
{
    size_t count = 0;

    for (size_t i = 0; i < set->count; i++) {
        struct address own = zone_server(set->zones[i]);
        if (address_equal(&own, server))
            chosen[count++] = set->zones[i];
    }
    return count;
}

/* Several zones are on different servers: whoever is asked itself answers from those that it is
 * named for. Where it is named for none it may have them all. */
static size_t keep_served(const struct zone **zones, size_t count, const struct address *server)
{
    const struct zone **all = memory_new(count, sizeof *all);
    size_t served = 0;

    memcpy(all, zones, count * sizeof *all);
    for (size_t i = 0; i < count; i++)
        if (zone_apex(all[i]) && zone_is_served_by(all, count, zone_apex(all[i]), server))
            zones[served++] = all[i];
    if (!served)
        memcpy(zones, all, count * sizeof *all);
    free(all);
    return served ? served : count;
}

/* The side of the parent: what the zones above say of the name. */
static size_t keep_above(const struct zone **zones, size_t count, const char *name)
{
    size_t above = 0;

    for (size_t i = 0; i < count; i++)
        if (!zone_apex(zones[i]) || strcmp(zone_apex(zones[i]), name) != 0)
            zones[above++] = zones[i];
    return above;
}

struct reply *zone_set_answer(const struct zone_set *set, bool whole,
                              const struct question *question)
{
    static const struct address nobody;
    const struct zone **zones = memory_new(set->count, sizeof *zones);
    size_t count = choose(set, &question->server, zones);
    bool itself = question->flags & QUESTION_NO_RECURSION, own = count > 0;
    struct reply *reply;

    if (!own)
        count = choose(set, &nobody, zones);
    if (itself && !question->server.family)
        count = keep_above(zones, count, question->name);
    else if (itself && !own && count > 1)
        count = keep_served(zones, count, &question->server);
    reply = whole && !question->server.family ? zone_answer_whole(zones, count, question)
                                              : zone_answer(zones, count, question);
    free(zones);
    return reply;
}

bool zone_set_decides(const struct zone_set *set, const char *name, uint16_t type)
{
    for (size_t i = 0; i < set->count; i++)
        if (!zone_server(set->zones[i]).family && zone_decides(set->zones[i], name, type))
            return true;
    return false;
}
