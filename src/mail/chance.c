#include "mail/chance.h"

#include <assert.h>

void chance_draw(struct chance *chance, const struct random *random)
{
    chance->random = *random;
    chance->pool_full = false;
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

static uint32_t half(struct chance *chance)
{
    chance->pool_full = !chance->pool_full;
    if (!chance->pool_full)
        return (uint32_t)(chance->pool >> 32);
    chance->pool = random_next(&chance->random);
    return (uint32_t)chance->pool;
}

/* Multiply and reject (Lemire) with 32 bits, two numbers out of each one drawn. */
static unsigned draw_below(struct chance *chance, uint32_t bound)
{
    uint64_t product = (uint64_t)half(chance) * bound;

    if ((uint32_t)product < bound) {
        uint32_t threshold = (0 - bound) % bound;
        while ((uint32_t)product < threshold)
            product = (uint64_t)half(chance) * bound;
    }
    return (unsigned)(product >> 32);
}

unsigned chance_pick(struct chance *chance, unsigned bound)
{
    assert(bound > 0);
    if (bound == 1)
        return 0;
    if (!chance->enumerates)
        return draw_below(chance, bound);
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
