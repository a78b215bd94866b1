/* What-if edits before and after, side by side, as a sheet. */
#ifndef SHEET_WHATIF_SHEET_H
#define SHEET_WHATIF_SHEET_H

#include "mail/simulation/whatif_change.h"
#include "sheet/sheet.h"

/* A row for each exchange of either side, those that differ marked, and both decisions. */
void whatif_draw(struct sheet *sheet, const struct whatif_change *change);

#endif
