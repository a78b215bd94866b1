/* The list of a host that is an exchange itself, and the way a message goes round or not. */
#ifndef SHEET_SECONDARY_SHEET_H
#define SHEET_SECONDARY_SHEET_H

#include "mail/timeline/loop.h"
#include "sheet/sheet.h"

/* The exchanges as the sender sees them: what it drops is struck out, with the reason; hosts
 * that are down say so. */
void secondary_list_draw(struct sheet *sheet, const struct route *route,
                         const struct sender *sender);
/* A message hop by hop, and how it ends. */
void loop_draw(struct sheet *sheet, const char *title, const struct loop *loop);

/* Units of the list (sheet_unit()): all hosts unmarked, then each with its mark; the cases of loops
 * come behind them. */
size_t secondary_units(const struct route *route);

#endif
