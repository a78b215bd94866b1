/* A sheet of character cells. Views fill it, term/ shows it, --dump prints it.
 * Text put on it is valid, already escaped UTF-8; anything unshowable that slips in becomes "?". */
#ifndef VIEW_CANVAS_CANVAS_H
#define VIEW_CANVAS_CANVAS_H

#include "base/text.h"
#include "sheet/role.h"

#include <stdbool.h>
#include <stdint.h>

enum { CELL_GLYPH = 14 };

struct cell {
    char glyph[CELL_GLYPH]; /* one character and its combining marks, NUL terminated */
    uint8_t width;          /* 1, 2; 0 for the right half of a wide character */
    uint8_t role;           /* enum role */
};

/* A part of the canvas, in cells; drawing outside of it is cut off. */
struct area {
    int x, y, width, height;
};

struct canvas;

struct canvas *canvas_new(int width, int height);
void canvas_free(struct canvas *canvas);
/* Keeps the object, changes its size and clears it. Sizes below 1 count as 1. */
void canvas_resize(struct canvas *canvas, int width, int height);
int canvas_width(const struct canvas *canvas);
int canvas_height(const struct canvas *canvas);
struct area canvas_area(const struct canvas *canvas); /* the whole of it */
/* Borrowed; y and x must be inside. The cells of a row follow one another. */
const struct cell *canvas_cell(const struct canvas *canvas, int x, int y);

/* Spaces in a role. */
void canvas_fill(struct canvas *canvas, struct area area, enum role role);
/* Puts text at column x, row y of the area (relative to its corner), at most to the area's right
 * edge; returns the columns used. `canvas_put_fit` shortens to `columns` with a final "…" (ASCII
 * mode shows "~") when it does not fit. */
int canvas_put(struct canvas *canvas, struct area area, int x, int y, enum role role,
               const char *text);
int canvas_put_fit(struct canvas *canvas, struct area area, int x, int y, int columns,
                   enum role role, const char *text);
int canvas_format(struct canvas *canvas, struct area area, int x, int y, enum role role,
                  const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Gives a run of cells another role and leaves their text. */
void canvas_paint(struct canvas *canvas, struct area area, enum role role);

/* Where the hardware cursor stands; (-1,-1) for hidden. */
void canvas_cursor_set(struct canvas *canvas, int x, int y);
void canvas_cursor_get(const struct canvas *canvas, int *x, int *y);

/* ASCII substitute of a cell's glyph for --ascii and terminals without UTF-8: "│" -> "|", "▸" ->
 * ">". What has none is "?" in English; in a language that needs other letters '\0': it stays as it
 * is, as does the right half of a wide one. */
char canvas_ascii(const struct cell *cell);
/* The sheet as lines of text, trailing spaces cut, for --dump; ascii uses canvas_ascii. */
void canvas_dump(const struct canvas *canvas, bool ascii, struct text *out);

/* Draws share (0..1) of `columns` at column x, row y; the cell where the exact share ends is
 * marked when it is neither none nor all (below 0: not known). */
void canvas_bar(struct canvas *canvas, struct area area, int x, int y, int columns, double share,
                double expected, enum role role);

#endif
