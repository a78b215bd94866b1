/* A sheet on paper. */
#ifndef REPORT_SHEET_PRINT_H
#define REPORT_SHEET_PRINT_H

#include "sheet/sheet.h"

/* The width of a sheet that is printed: with its indent and the brackets of a reference it fills
 * the 78 columns of the report. */
enum { PRINT_INDENT = 2, PRINT_WIDTH = 78 - PRINT_INDENT - 2 };

/* Appends the lines, indented, as text: glyphs as sheet/glyph.h has them in ASCII, references in
 * brackets. Wider sheets are cut. */
void sheet_print(const struct sheet *sheet, struct text *out);

#endif
