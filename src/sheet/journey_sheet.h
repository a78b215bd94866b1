/* The way of a message through a domain, station by station, and when a change is noticed, as
 * sheets. */
#ifndef SHEET_JOURNEY_SHEET_H
#define SHEET_JOURNEY_SHEET_H

#include "sheet/sheet.h"
#include "survey/facts.h"

void journey_draw(struct sheet *sheet, const struct facts *facts);
/* Every TTL on the way on one axis, the longest last. */
void ttl_axis_draw(struct sheet *sheet, const struct facts *facts);

#endif
