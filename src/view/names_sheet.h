/* Several names of a domain, each with its exchanges, side by side in a table. */
#ifndef VIEW_NAMES_SHEET_H
#define VIEW_NAMES_SHEET_H

#include "survey/facts.h"
#include "view/sheet.h"

void names_draw(struct sheet *sheet, const struct facts *facts);

#endif
