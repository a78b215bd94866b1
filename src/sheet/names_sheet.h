/* Several names of a domain, each with its exchanges, side by side in a table. */
#ifndef SHEET_NAMES_SHEET_H
#define SHEET_NAMES_SHEET_H

#include "sheet/sheet.h"
#include "survey/facts.h"

void names_draw(struct sheet *sheet, const struct facts *facts);

#endif
