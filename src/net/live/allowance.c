#include "net/live/allowance.h"

enum { PART = 8 }; /* more than one in so many lost halve it */

unsigned allowance_width(const struct allowance *allowance)
{
    return allowance->width ? allowance->width : ALLOWANCE_FIRST;
}

static unsigned most(const struct allowance *allowance)
{
    return allowance->most ? allowance->most : ALLOWANCE_MOST;
}

static void halve(struct allowance *allowance)
{
    unsigned half = allowance_width(allowance) / 2;

    allowance->width = allowance->safe = half < ALLOWANCE_LEAST ? ALLOWANCE_LEAST : half;
}

static void look(struct allowance *allowance)
{
    if (allowance->answered + allowance->lost < allowance_width(allowance))
        return;
    if (allowance->lost * PART > allowance->answered + allowance->lost)
        halve(allowance);
    allowance->answered = allowance->lost = 0;
}

/* One that is not used has not shown that it could be wider. */
static void widen(struct allowance *allowance, unsigned young)
{
    unsigned width = allowance_width(allowance);

    if (young * 2 < width || width >= most(allowance))
        return;
    if (allowance->safe && width >= allowance->safe && ++allowance->slowly < PART)
        return;
    allowance->slowly = 0;
    allowance->width = width + 1;
}

void allowance_answered(struct allowance *allowance, unsigned young)
{
    allowance->answered++;
    widen(allowance, young);
    look(allowance);
}

void allowance_lost(struct allowance *allowance)
{
    allowance->lost++;
    look(allowance);
}
