#include "mail/order/chance.h"

#include <assert.h>

void chance_draw(struct chance *chance, const struct random *random)
{
    chance->random = *random;
    chance->enumerates = false;
    chance->impossible = false;
}

void chance_enumerate(struct chance *chance)
{
    chance->enumerates = true;
    chance->impossible = false;
    chance->known = 0;
    chance->depth = 0;
    chance->probability = 0;
}

/* The deepest choice that has a next value takes it; all deeper ones are open again. */
static bool advance(struct chance *chance)
{
    size_t depth = chance->depth;

    while (depth > 0 && chance->taken[depth - 1] + 1 >= chance->bound[depth - 1])
        depth--;
    if (depth == 0)
        return false;
    chance->taken[depth - 1]++;
    chance->known = depth;
    return true;
}

bool chance_again(struct chance *chance)
{
    bool first = chance->probability == 0 && chance->depth == 0;

    assert(chance->enumerates);
    if (chance->impossible || (!first && !advance(chance)))
        return false;
    chance->depth = 0;
    chance->probability = 1;
    return true;
}

/* The value of the next choice on the way being gone: as before, or its first. */
static unsigned next_choice(struct chance *chance, unsigned bound)
{
    size_t depth = chance->depth;

    if (depth == CHANCE_DEPTH || bound > UINT16_MAX) {
        chance->impossible = true;
        return 0;
    }
    if (depth == chance->known) {
        chance->taken[depth] = 0;
        chance->known++;
    }
    chance->bound[depth] = (uint16_t)bound;
    chance->depth++;
    return chance->taken[depth];
}

unsigned chance_pick(struct chance *chance, unsigned bound)
{
    assert(bound > 0);
    if (bound == 1)
        return 0;
    if (!chance->enumerates)
        return random_pick(&chance->random, bound);
    chance->probability /= bound;
    return next_choice(chance, bound);
}

unsigned chance_weigh(struct chance *chance, unsigned bound, const double *probabilities)
{
    unsigned choice;

    assert(chance->enumerates && bound > 0);
    if (bound == 1)
        return 0;
    choice = next_choice(chance, bound);
    chance->probability *= probabilities[choice];
    return choice;
}
