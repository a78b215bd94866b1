/* Bars of shares, in eighths of a column. */
#ifndef VIEW_BAR_H
#define VIEW_BAR_H

#include "view/canvas.h"

/* Draws share (0..1) of `columns` at column x, row y; the cell where the exact share ends is
 * marked when it is neither none nor all (below 0: not known). */
void bar_draw(struct canvas *canvas, struct area area, int x, int y, int columns, double share,
              double expected, enum role role);
/* The bar as text of at most `columns` columns, without the rest: "███▊". Returns out, which has
 * room for 4 * columns + 1 bytes, at most BAR_TEXT. */
enum { BAR_TEXT = 400, BAR_COLUMNS = 96 };
const char *bar_text(double share, int columns, char out[BAR_TEXT]);

#endif
