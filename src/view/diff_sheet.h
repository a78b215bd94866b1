/* What two surveys know, line by line side by side, as a sheet. */
#ifndef VIEW_DIFF_SHEET_H
#define VIEW_DIFF_SHEET_H

#include "survey/facts.h"
#include "view/sheet.h"

/* Names within a survey's own domain are compared without it, so that two domains of the same build
 * read alike. The titles stand over the columns. */
void diff_draw(struct sheet *sheet, const struct facts *left, const char *left_title,
               const struct facts *right, const char *right_title);

#endif
