/* A message over time, as a sheet: hosts as rows over an axis, then what happened when. */
#ifndef SHEET_TIMELINE_SHEET_H
#define SHEET_TIMELINE_SHEET_H

#include "mail/timeline/timeline.h"
#include "sheet/sheet.h"

void timeline_axis_draw(struct sheet *sheet, const struct timeline *timeline);
void timeline_events_draw(struct sheet *sheet, const struct timeline *timeline);

#endif
