/* Bars of shares as text, in eighths of a column. */
#ifndef SHEET_BAR_H
#define SHEET_BAR_H

/* The bar as text of at most `columns` columns, without the rest: "███▊". Returns out, which has
 * room for 4 * columns + 1 bytes, at most BAR_TEXT. */
enum { BAR_TEXT = 400, BAR_COLUMNS = 96 };
const char *bar_text(double share, int columns, char out[BAR_TEXT]);

#endif
