/* What becomes a diagram: a delivery, a loop of hosts, an outage, a client's choice. All of it in
 * the arena; the title is that of the window. */
#ifndef SHEET_LESSONS_DIAGRAM_H
#define SHEET_LESSONS_DIAGRAM_H

#include "mail/clients/srv_choice.h"
#include "mail/delivery/delivery.h"
#include "mail/timeline/loop.h"
#include "mail/timeline/timeline.h"
#include "sheet/lessons/diagram_sheet.h"

struct reply;

/* The order of targets that the seed draws. */
const struct diagram *diagram_srv(const struct srv_set *set, enum srv_algorithm algorithm,
                                  uint64_t seed, struct arena *arena);

/* Of what; DIAGRAM_ANY: the loop of a sender that is a host (sender->as), the outage of one with
 * hosts that are down for a time, else a delivery. */
enum diagram_of { DIAGRAM_ANY, DIAGRAM_DELIVERY, DIAGRAM_LOOP, DIAGRAM_OUTAGE };
/* An outage that the sender does not have is assumed (timeline.h). */
const struct diagram *diagram_build(const struct lookup *lookup, const struct route *route,
                                    const struct sender *sender, enum diagram_of of,
                                    struct arena *arena);

/* What became of a message, for an arrow or a choice: "delivered", "sent in a loop". */
const char *diagram_fate(enum verdict verdict);

#endif
