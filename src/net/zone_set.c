#include "net/zone_set.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

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

struct reply *zone_set_answer(const struct zone_set *set, const struct question *question)
{
    return zone_answer((const struct zone *const *)set->zones, set->count, question);
}

bool zone_set_decides(const struct zone_set *set, const char *name, uint16_t type)
{
    for (size_t i = 0; i < set->count; i++)
        if (zone_decides(set->zones[i], name, type))
            return true;
    return false;
}
