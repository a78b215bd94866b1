/* How each role looks: theme files (help/themes.txt) read into one style per role for each of the
 * four kinds of terminal. Only term/ turns a style into what a terminal understands. */
#ifndef VIEW_CANVAS_THEME_H
#define VIEW_CANVAS_THEME_H

#include "base/fault.h"
#include "base/status.h"
#include "sheet/role.h"

#include <stdbool.h>
#include <stddef.h>

/* What a terminal can show. */
enum tier {
    TIER_DIRECT, /* colours are 0xrrggbb; 0..7 are the first eight of the terminal's own */
    TIER_256,    /* colours are 16..255 of the xterm palette, or 0..15 */
    TIER_16,   /* colours are 0..15: black red green yellow blue magenta cyan white, then bright */
    TIER_MONO, /* no colours, emphasis only */
    TIER_COUNT,
};

enum { COLOUR_DEFAULT = -1 }; /* whatever the terminal uses itself */

enum emphasis {
    EMPHASIS_BOLD = 1,
    EMPHASIS_UNDERLINE = 2,
    EMPHASIS_REVERSE = 4,
    EMPHASIS_DIM = 8,
    EMPHASIS_ITALIC = 16,
};

struct style {
    int foreground, background; /* in the colours of the tier, or COLOUR_DEFAULT */
    unsigned emphasis;          /* enum emphasis, or-ed */
};

/* Finds the text of a theme by name. Returns false when there is none; *file (for messages) and
 * *text are borrowed and must live until theme_read returns. */
struct theme_finder {
    bool (*find)(void *context, const char *name, const char **file, const char **text);
    void *context;
};

/* The themes carried in the program; what a finder of the user's own files falls back to. */
extern const struct theme_finder theme_embedded;

struct theme;

/* Reads the theme `name` and those it inherits from. Unknown roles, colours and words are added to
 * `faults` as "file:line: what" and the rest is used. STATUS_NOT_FOUND when there is no such theme
 * (that alone leaves *theme untouched). `finder` NULL: theme_embedded alone. Whatever the files
 * say, every role has a style for every tier; in TIER_MONO it is that of the theme "mono". */
enum status theme_read(const char *name, const struct theme_finder *finder, struct faults *faults,
                       struct theme **theme);
void theme_free(struct theme *theme); /* NULL is allowed */

const char *theme_name(const struct theme *theme); /* escaped, never NULL */
struct style theme_style(const struct theme *theme, enum tier tier, enum role role);

/* A style of TIER_16 for a terminal of eight colours, where bold may make a colour bright: bright
 * foregrounds become bold ones, but black never does and nothing on a light ground, where it would
 * not be seen; what would be of one colour with its ground is black or white. */
struct style theme_eight(struct style style);

/* The nearest of the 240 fixed xterm colours (16..255), and of the sixteen, to 0xrrggbb. */
int theme_nearest_256(int rgb);
int theme_nearest_16(int rgb);

#endif
