/* What two surveys were answered, line by line side by side, as a sheet. */
#ifndef SHEET_DIFF_SHEET_H
#define SHEET_DIFF_SHEET_H

#include "sheet/sheet.h"
#include "survey/diff.h"

/* The titles stand over the columns; NULL: no titles. Where there is no room for columns, the right
 * side is below the left one. Without `all`, what is the same is only counted. */
void diff_draw(struct sheet *sheet, const struct diff *diff, const char *left_title,
               const char *right_title, bool all);

#endif
