#include "mail/order/biased_shuffle.h"

#include <assert.h>
#include <string.h>

static void swap(uint16_t *things, unsigned i, unsigned j)
{
    uint16_t kept = things[i];

    things[i] = things[j];
    things[j] = kept;
}

static void set_in_order(uint16_t *things, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        things[i] = (uint16_t)i;
}

/* How many of the n^n ways lead to the order. */
static uint64_t count_ways(const uint16_t *order, unsigned count)
{
    uint64_t ways = 0, all = 1;
    uint16_t things[SMALL_ORDER_MOST];

    for (unsigned i = 0; i < count; i++)
        all *= count;
    for (uint64_t way = 0; way < all; way++) {
        uint64_t rest = way;
        set_in_order(things, count);
        for (unsigned i = 0; i < count; i++, rest /= count)
            swap(things, i, (unsigned)(rest % count));
        ways += memcmp(things, order, count * sizeof *things) == 0;
    }
    return ways;
}

void biased_shuffle_init(struct biased_shuffle *shuffle, struct arena *arena)
{
    memset(shuffle, 0, sizeof *shuffle);
    shuffle->arena = arena;
}

/* One swap of place `i` with any place, applied to the chances of all orders. */
static void spread(const double *before, double *after, unsigned i, unsigned count)
{
    size_t orders = order_factorial(count);
    uint16_t order[BIASED_ENUMERABLE];

    memset(after, 0, orders * sizeof *after);
    for (size_t place = 0; place < orders; place++) {
        if (before[place] <= 0)
            continue;
        order_unrank(place, order, count);
        for (unsigned j = 0; j < count; j++) {
            swap(order, i, j);
            after[order_rank(order, count)] += before[place] / count;
            swap(order, i, j);
        }
    }
}

static const double *chances_of(struct biased_shuffle *shuffle, unsigned count)
{
    size_t orders = order_factorial(count);
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
    return chances_of(shuffle, count)[order_rank(order, count)];
}

enum { PACKED_MOST = 16 };

/* The things stand in one word, four bits each. */
static void swap_packed(struct chance *chance, uint16_t *things, unsigned count)
{
    uint64_t order = 0xfedcba9876543210u;
    uint16_t picks[PACKED_MOST];

    chance_fill(chance, count, picks, count);
    for (unsigned i = 0; i < count; i++) {
        unsigned here = 4 * i, there = 4u * picks[i];
        uint64_t differ = (order >> here ^ order >> there) & 15;
        order ^= differ << here | differ << there;
    }
    for (unsigned i = 0; i < count; i++)
        things[i] = (uint16_t)(order >> 4 * i & 15);
}

static void swap_with_any(struct chance *chance, uint16_t *things, unsigned count)
{
    uint16_t picks[64];

    set_in_order(things, count);
    if (count > sizeof picks / sizeof *picks) {
        for (unsigned i = 0; i < count; i++)
            swap(things, i, chance_pick(chance, count));
        return;
    }
    chance_fill(chance, count, picks, count);
    for (unsigned i = 0; i < count; i++)
        swap(things, i, picks[i]);
}

static const uint16_t *draw_small(struct biased_shuffle *shuffle, struct chance *chance,
                                  unsigned count)
{
    if (!shuffle->small[count].orders)
        small_orders_init(shuffle->small + count, shuffle->arena, count, count_ways);
    return small_orders_draw(shuffle->small + count, chance);
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
    place = chance_weigh(chance, (unsigned)order_factorial(count), chances_of(shuffle, count));
    order_unrank(place, things, count);
}

const uint16_t *biased_shuffle_draw(struct biased_shuffle *shuffle, struct chance *chance,
                                    uint16_t *things, unsigned count)
{
    if (count < 2)
        set_in_order(things, count);
    else if (chance->enumerates)
        weigh(shuffle, chance, things, count);
    else if (count <= SMALL_ORDER_MOST)
        return draw_small(shuffle, chance, count);
    else if (count <= PACKED_MOST)
        swap_packed(chance, things, count);
    else
        swap_with_any(chance, things, count);
    return things;
}
