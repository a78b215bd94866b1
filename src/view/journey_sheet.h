/* The way of a message through a domain, station by station, and when a change is noticed, as
 * sheets. */
#ifndef VIEW_JOURNEY_SHEET_H
#define VIEW_JOURNEY_SHEET_H

#include "survey/facts.h"
#include "view/sheet.h"

void journey_draw(struct sheet *sheet, const struct facts *facts);
/* Every TTL on the way on one axis, the longest last. */
void notice_draw(struct sheet *sheet, const struct facts *facts);

#endif
