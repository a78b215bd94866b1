/* What theme files say, gathered from a theme and those it inherits from, not yet made into
 * styles. Used by theme.c only. */
#ifndef VIEW_CANVAS_THEME_FILE_H
#define VIEW_CANVAS_THEME_FILE_H

#include "base/fault.h"
#include "base/memory.h"
#include "base/status.h"
#include "sheet/role.h"
#include "view/canvas/theme.h"

/* One colour in the three ways a terminal may know it. */
struct colour {
    const char *name;
    int rgb, index, basic; /* 0xrrggbb, 0..255, 0..15; COLOUR_DEFAULT in all three for "default" */
    int depth;             /* 0: said by the theme itself, 1: by the one it inherits from, ... */
    struct colour *next;
};

/* The words of one role line. */
struct role_line {
    const char *words; /* NULL: no theme says anything */
    const char *file;
    size_t line;
    int depth;
};

struct theme_file {
    struct arena *arena; /* holds all strings and colours */
    struct colour *palette;
    struct role_line roles[ROLE_COUNT];
    const char *name;
};

/* Reads a theme and its ancestors; STATUS_NOT_FOUND only when there is no theme of this name. */
enum status theme_file_read(struct theme_file *theme, const char *name,
                            const struct theme_finder *finder, struct faults *faults);
void theme_file_clear(struct theme_file *theme);

/* NULL when nobody named it. */
const struct colour *theme_file_colour(const struct theme_file *theme, const char *name);

/* "#rrggbb [0..255] [name of the sixteen]"; false, with a static sentence, when it is not that. */
bool colour_parse(const char *text, struct colour *colour, const char **why);

#endif
