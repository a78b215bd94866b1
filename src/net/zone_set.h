/* The zones a source answers from. */
#ifndef NET_ZONE_SET_H
#define NET_ZONE_SET_H

#include "dns/zone/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone_set {
    struct zone **zones; /* owned */
    size_t count;
    char *labels; /* with ", " between */
};

/* Takes the zones, not the array. */
void zone_set_init(struct zone_set *set, struct zone *const *zones, size_t count);
void zone_set_clear(struct zone_set *set);
/* Is a zone among them that tells what one server answers? */
bool zone_set_has_servers(const struct zone_set *set);
/* From the zones of the server asked; when it has none, or none is named, from those of all. A
 * server asked without recursion has of these the zones it is named for, if there are any.
 * Asked without recursion and of no server: the parent's side of a delegation, what the zones above
 * the name say. `whole`: a question to no server is answered as if there were nothing but the zones
 * (zone_answer_whole). */
struct reply *zone_set_answer(const struct zone_set *set, bool whole,
                              const struct question *question);
/* As zone_decides, for a question to no server. */
bool zone_set_decides(const struct zone_set *set, const char *name, uint16_t type);

#endif
