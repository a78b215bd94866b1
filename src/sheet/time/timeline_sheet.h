/* A message over time, as a sheet: hosts as rows over an axis, then what happened when. */
#ifndef SHEET_TIME_TIMELINE_SHEET_H
#define SHEET_TIME_TIMELINE_SHEET_H

#include "mail/simulation/comparison.h"
#include "mail/timeline/timeline.h"
#include "sheet/sheet.h"

/* The timeline of one sender among those that are compared. */
struct timeline_side {
    const struct profile *profile;
    const struct timeline *timeline;
};

/* Of the sender, in the arena; of both of those compared where `compared` (may be NULL) names
 * some. Returns how many. */
enum { TIMELINE_SIDES = 2 };
size_t timeline_sides_build(const struct lookup *lookup, const char *domain,
                            const struct sender *sender, const struct compared_senders *compared,
                            struct arena *arena, struct timeline_side sides[TIMELINE_SIDES]);
/* One under the other over one scale; with more than one each has the title of its sender. */
void timeline_axis_draw(struct sheet *sheet, const struct timeline_side *sides, size_t count);
/* The events of all, by time; with more than one each has its sender in front. */
void timeline_events_draw(struct sheet *sheet, const struct timeline_side *sides, size_t count);

#endif
