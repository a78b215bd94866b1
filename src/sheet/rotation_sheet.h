/* Who gets which record first when records have no preference, as a sheet. */
#ifndef SHEET_ROTATION_SHEET_H
#define SHEET_ROTATION_SHEET_H

#include "sheet/rotation_rows.h"
#include "sheet/sheet.h"

/* One way of answering: a heading, the sentence, a bar for each record. Lines are numbered by the
 * record, the first is `number`. */
void rotation_draw(struct sheet *sheet, const struct rotation_rows *rows,
                   const struct rotation_case *played, int number);

#endif
