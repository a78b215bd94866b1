/* Styles as curses wants them: attributes and colour pairs. */
#ifndef TERM_LOOK_H
#define TERM_LOOK_H

#include "view/canvas/theme.h"

#include <curses.h>

struct look {
    attr_t attributes;
    short pair;
};

/* What the terminal curses has open can show. */
enum tier look_tier(void);
/* Defines the colour pairs a theme needs and fills in one look per role. */
void look_set(const struct theme *theme, enum tier tier, struct look looks[ROLE_COUNT]);

#endif
