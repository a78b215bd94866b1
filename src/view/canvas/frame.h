/* The lines between panes: a grid whose cells share their borders. */
#ifndef VIEW_CANVAS_FRAME_H
#define VIEW_CANVAS_FRAME_H

#include "view/canvas/canvas.h"

#include <stdbool.h>
#include <stddef.h>

/* Draws level lines at ys[0..y_count-1] and upright lines at xs[0..x_count-1], ascending, at least
 * two of each. With `foot` the inner upright lines end at the last level line but one. */
void frame_grid(struct canvas *canvas, const int *xs, size_t x_count, const int *ys, size_t y_count,
                bool foot, enum role role);
/* Gives the border around an inside area another role. */
void frame_highlight(struct canvas *canvas, struct area inside, enum role role);
/* Puts text into a level line, with a space on either side: from column x on, or for x < 0 so that
 * it ends -x columns before the right end. Returns the columns used. */
int frame_title(struct canvas *canvas, struct area line, int x, int columns, enum role role,
                const char *text);

#endif
