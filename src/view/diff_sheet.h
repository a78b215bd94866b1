/* What two surveys were answered, line by line side by side, as a sheet. */
#ifndef VIEW_DIFF_SHEET_H
#define VIEW_DIFF_SHEET_H

#include "survey/diff.h"
#include "view/sheet.h"

/* The titles stand over the columns. */
void diff_draw(struct sheet *sheet, const struct diff *diff, const char *left_title,
               const char *right_title);

#endif
