/* Zone files as a source. */
#include "base/memory.h"
#include "net/source_class.h"
#include "net/zone_set.h"

#include <stdlib.h>

struct zone_source {
    struct source source;
    enum source_kind kind;
    struct zone_set zones;
};

static bool ask(struct source *source, const struct question *question, int priority)
{
    const struct zone_source *zone_source = (const struct zone_source *)source;
    bool whole = zone_source->kind == SOURCE_DEMO;

    (void)priority;
    source_deliver(source, zone_set_answer(&zone_source->zones, whole, question));
    return true;
}

static struct source_info info(struct source *source)
{
    const struct zone_source *zone_source = (const struct zone_source *)source;

    return (struct source_info){
        .kind = zone_source->kind,
        .server = "",
        .file = zone_source->zones.labels,
        .servers = zone_set_has_servers(&zone_source->zones) ? REACH_ALL : REACH_NONE,
    };
}

static void zone_source_free(struct source *source)
{
    zone_set_clear(&((struct zone_source *)source)->zones);
    free(source);
}

static const struct source_class zone_class = {.ask = ask, .info = info, .free = zone_source_free};

struct source *source_zone_new(enum source_kind kind, struct zone *const *zones, size_t count)
{
    struct zone_source *zone_source = memory_new(1, sizeof *zone_source);

    zone_source->source.class = &zone_class;
    zone_source->kind = kind;
    zone_set_init(&zone_source->zones, zones, count);
    return &zone_source->source;
}
