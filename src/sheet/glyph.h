/* What the glyphs of sheets and panes are where there is ASCII only: with --ascii, and on paper. */
#ifndef SHEET_GLYPH_H
#define SHEET_GLYPH_H

#include <stddef.h>

/* What stands for one UTF-8 character of that many bytes; ASCII stands for itself. NUL: nothing
 * does. */
char glyph_ascii(const char *glyph, size_t length);

#endif
