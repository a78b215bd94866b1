#include "mail/biased_shuffle.h"

#include <assert.h>
#include <string.h>

void biased_shuffle_init(struct biased_shuffle *shuffle, struct arena *arena)
{
    memset(shuffle, 0, sizeof *shuffle);
    shuffle->arena = arena;
}

static void swap(uint16_t *things, unsigned i, unsigned j)
{
    uint16_t kept = things[i];

    things[i] = things[j];
    things[j] = kept;
}

static size_t factorial(unsigned count)
{
    return count < 2 ? 1 : count * factorial(count - 1);
}

/* Place of an order among all orders of its things, by Lehmer code. */
static size_t rank(const uint16_t *order, unsigned count)
{
    size_t place = 0;

    for (unsigned i = 0; i < count; i++) {
        unsigned smaller = 0;
        for (unsigned j = i + 1; j < count; j++)
            smaller += order[j] < order[i];
        place = place * (count - i) + smaller;
    }
    return place;
}

static void unrank(size_t place, uint16_t *order, unsigned count)
{
    for (unsigned i = count; i-- > 0;) {
        order[i] = (uint16_t)(place % (count - i));
        place /= count - i;
        for (unsigned j = i + 1; j < count; j++)
            order[j] = (uint16_t)(order[j] + (order[j] >= order[i]));
    }
}

/* One swap of place `i` with any place, applied to the chances of all orders. */
static void spread(const double *before, double *after, unsigned i, unsigned count)
{
    size_t orders = factorial(count);
    uint16_t order[BIASED_ENUMERABLE];

    memset(after, 0, orders * sizeof *after);
    for (size_t place = 0; place < orders; place++) {
        if (before[place] <= 0)
            continue;
        unrank(place, order, count);
        for (unsigned j = 0; j < count; j++) {
            swap(order, i, j);
            after[rank(order, count)] += before[place] / count;
            swap(order, i, j);
        }
    }
}

static const double *chances_of(struct biased_shuffle *shuffle, unsigned count)
{
    size_t orders = factorial(count);
    double *before, *after;

    assert(count <= BIASED_ENUMERABLE);
    if (shuffle->chances[count])
        return shuffle->chances[count];
    before = arena_alloc(shuffle->arena, orders, sizeof *before);
    after = arena_alloc(shuffle->arena, orders, sizeof *after);
    before[0] = 1;
    for (unsigned i = 0; i < count; i++) {
        double *kept = before;
        spread(before, after, i, count);
        before = after;
        after = kept;
    }
    shuffle->chances[count] = before;
    return before;
}

double biased_shuffle_chance(struct biased_shuffle *shuffle, const uint16_t *order, unsigned count)
{
    return chances_of(shuffle, count)[rank(order, count)];
}

static void swap_with_any(struct chance *chance, uint16_t *things, unsigned count)
{
    uint16_t picks[64];

    if (count > sizeof picks / sizeof *picks) {
        for (unsigned i = 0; i < count; i++)
            swap(things, i, chance_pick(chance, count));
        return;
    }
    chance_fill(chance, count, picks, count);
    for (unsigned i = 0; i < count; i++)
        swap(things, i, picks[i]);
}

void biased_shuffle_draw(struct biased_shuffle *shuffle, struct chance *chance, uint16_t *things,
                         unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        things[i] = (uint16_t)i;
    if (count < 2)
        return;
    if (!chance->enumerates) {
        swap_with_any(chance, things, count);
    } else if (count > BIASED_ENUMERABLE) {
        chance->impossible = true;
    } else {
        unsigned place =
            chance_weigh(chance, (unsigned)factorial(count), chances_of(shuffle, count));
        unrank(place, things, count);
    }
}
