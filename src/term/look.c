#include "term/look.h"

#include <term.h>

enum { DIRECT_COLOURS = 1 << 24, BASIC_COLOURS = 8, WHITE = 7, BLACK = 0 };

/* Colours a pair number stands for; number 0 is the terminal's own pair. */
struct pair {
    int foreground, background;
};

static char capability[] = "RGB"; /* extended, and of any type, says user_caps(5) */

static bool tells_rgb(void)
{
    const char *string = tigetstr(capability);

    return tigetflag(capability) > 0 || tigetnum(capability) > 0 ||
           (string && string != (char *)-1);
}

enum tier look_tier(void)
{
    if (!has_colors() || COLORS < BASIC_COLOURS)
        return TIER_MONO;
    if (COLORS >= DIRECT_COLOURS && tells_rgb())
        return TIER_DIRECT;
    return COLORS >= 256 ? TIER_256 : TIER_16;
}

static attr_t attributes_of(unsigned emphasis)
{
    attr_t attributes = 0;

    if (emphasis & EMPHASIS_BOLD)
        attributes |= A_BOLD;
    if (emphasis & EMPHASIS_UNDERLINE)
        attributes |= A_UNDERLINE;
    if (emphasis & EMPHASIS_REVERSE)
        attributes |= A_REVERSE;
    if (emphasis & EMPHASIS_DIM)
        attributes |= A_DIM;
    if (emphasis & EMPHASIS_ITALIC)
        attributes |= A_ITALIC;
    return attributes;
}

/* The number of a pair, defined now if it is new; 0 when the terminal has no more. */
static short pair_number(struct pair *pairs, int *count, struct pair wanted)
{
    for (int i = 1; i <= *count; i++)
        if (pairs[i].foreground == wanted.foreground && pairs[i].background == wanted.background)
            return (short)i;
    if (*count + 1 >= COLOR_PAIRS || *count >= ROLE_COUNT ||
        init_extended_pair(*count + 1, wanted.foreground, wanted.background) == ERR)
        return 0;
    pairs[++*count] = wanted;
    return (short)*count;
}

void look_set(const struct theme *theme, enum tier tier, struct look looks[ROLE_COUNT])
{
    bool defaults = tier != TIER_MONO && use_default_colors() == OK;
    struct pair pairs[ROLE_COUNT + 1];
    int count = 0;

    for (int role = 0; role < ROLE_COUNT; role++) {
        struct style style = theme_style(theme, tier, (enum role)role);
        struct pair pair;

        if (tier == TIER_16 && COLORS == BASIC_COLOURS)
            style = theme_eight(style);
        pair = (struct pair){style.foreground, style.background};
        looks[role] = (struct look){attributes_of(style.emphasis), 0};
        if (tier == TIER_MONO)
            continue;
        if (!defaults && pair.foreground == COLOUR_DEFAULT)
            pair.foreground = WHITE;
        if (!defaults && pair.background == COLOUR_DEFAULT)
            pair.background = BLACK;
        if (pair.foreground != COLOUR_DEFAULT || pair.background != COLOUR_DEFAULT)
            looks[role].pair = pair_number(pairs, &count, pair);
    }
}
