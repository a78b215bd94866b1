#include "mail/order/biased_shuffle.h"

#include "mail/order/permutation.h"

#include <assert.h>
#include <string.h>

static void set_in_order(uint16_t *things, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        things[i] = (uint16_t)i;
}

void biased_shuffle_init(struct biased_shuffle *shuffle, struct arena *arena)
{
    memset(shuffle, 0, sizeof *shuffle);
    shuffle->arena = arena;
}

/* One swap of place `i` with any place, applied to the chances of all orders. */
static void spread(const double *before, double *after, unsigned i, unsigned count)
{
    size_t orders = permutation_count(count);
    uint16_t order[BIASED_ENUMERABLE];

    memset(after, 0, orders * sizeof *after);
    for (size_t place = 0; place < orders; place++) {
        if (before[place] <= 0)
            continue;
        permutation_of(place, order, count);
        for (unsigned j = 0; j < count; j++) {
            permutation_swap(order, i, j);
            after[permutation_rank(order, count)] += before[place] / count;
            permutation_swap(order, i, j);
        }
    }
}

static const double *chances_of(struct biased_shuffle *shuffle, unsigned count)
{
    size_t orders = permutation_count(count);
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

static void swap_with_any(struct chance *chance, uint16_t *things, unsigned count)
{
    struct random random = chance->random; /* a copy stays in registers */

    set_in_order(things, count);
    for (unsigned i = 0; i < count; i++)
        permutation_swap(things, i, random_pick(&random, count));
    chance->random = random;
}

static void weigh(struct biased_shuffle *shuffle, struct chance *chance, uint16_t *things,
                  unsigned count)
{
    unsigned place;

    if (count > BIASED_ENUMERABLE) {
        chance->impossible = true;
        set_in_order(things, count);
        return;
    }
    place = chance_weigh(chance, (unsigned)permutation_count(count), chances_of(shuffle, count));
    permutation_of(place, things, count);
}

void biased_shuffle_draw(struct biased_shuffle *shuffle, struct chance *chance, uint16_t *things,
                         unsigned count)
{
    if (count < 2)
        set_in_order(things, count);
    else if (chance->enumerates)
        weigh(shuffle, chance, things, count);
    else
        swap_with_any(chance, things, count);
}
