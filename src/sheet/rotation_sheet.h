/* Who gets which record first when records have no preference, as a sheet. */
#ifndef SHEET_ROTATION_SHEET_H
#define SHEET_ROTATION_SHEET_H

#include "sheet/rotation_rows.h"
#include "sheet/sheet.h"

/* One way of answering: a heading, the sentence, a bar for each record. Lines are numbered by the
 * record, the first is `number`. */
void rotation_draw(struct sheet *sheet, const struct rotation_rows *rows,
                   const struct rotation_case *played, int number);

/* There is nothing to be drawn: because none of the replies has records, or what the first of those
 * says that leave it open. A reply may be NULL: it is waited for. */
void rotation_absence_draw(struct sheet *sheet, const struct reply *const *replies, size_t count);

#endif
