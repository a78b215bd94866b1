/* Who gets which record first when records have no preference, as a sheet. */
#ifndef VIEW_ROTATION_SHEET_H
#define VIEW_ROTATION_SHEET_H

#include "report/rotation_rows.h"
#include "view/sheet.h"

/* One way of answering: a heading, the sentence, a bar for each record. Lines are numbered by the
 * record. */
void rotation_draw(struct sheet *sheet, const struct rotation_rows *rows,
                   const struct rotation_case *played);

#endif
