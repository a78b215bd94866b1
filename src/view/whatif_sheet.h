/* What-if edits before and after, side by side, as a sheet. */
#ifndef VIEW_WHATIF_SHEET_H
#define VIEW_WHATIF_SHEET_H

#include "mail/whatif_change.h"
#include "view/sheet.h"

/* A row for each exchange of either side, those that differ marked, and both decisions. */
void whatif_draw(struct sheet *sheet, const struct whatif_change *change);

#endif
