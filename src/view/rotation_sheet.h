/* Who gets which record first when records have no preference, as a sheet. */
#ifndef VIEW_ROTATION_SHEET_H
#define VIEW_ROTATION_SHEET_H

#include "mail/rotation.h"
#include "view/sheet.h"

/* One way of answering: a heading, the sentence, a bar for each record. Lines are numbered by the
 * record. `labels` has a text for each, `down` says which do not answer. */
void rotation_draw(struct sheet *sheet, const char *title, const struct rotation *rotation,
                   const char *const *labels, const bool *down);

#endif
