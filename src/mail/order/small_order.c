#include "mail/order/small_order.h"

#include <assert.h>

size_t order_factorial(unsigned count)
{
    return count < 2 ? 1 : count * order_factorial(count - 1);
}

size_t order_rank(const uint16_t *order, unsigned count)
{
    size_t rank = 0;

    for (unsigned i = 0; i < count; i++) {
        unsigned smaller = 0;
        for (unsigned j = i + 1; j < count; j++)
            smaller += order[j] < order[i];
        rank = rank * (count - i) + smaller;
    }
    return rank;
}

void order_unrank(size_t rank, uint16_t *order, unsigned count)
{
    for (unsigned i = count; i-- > 0;) {
        order[i] = (uint16_t)(rank % (count - i));
        rank /= count - i;
        for (unsigned j = i + 1; j < count; j++)
            order[j] = (uint16_t)(order[j] + (order[j] >= order[i]));
    }
}

/* With few numbers, each knows its order. */
static void list_ranks(struct small_orders *orders, struct arena *arena)
{
    size_t number = 0;

    if (orders->total > SMALL_ORDER_TOTAL)
        return;
    orders->ranks = arena_alloc(arena, (size_t)orders->total, sizeof *orders->ranks);
    for (unsigned i = 0; i < orders->order_count; i++)
        for (uint64_t j = 0; j < orders->least + orders->extra[i]; j++)
            orders->ranks[number++] = (uint8_t)i;
}

void small_orders_init(struct small_orders *orders, struct arena *arena, unsigned count,
                       uint64_t (*weight)(const uint16_t *order, unsigned count))
{
    assert(count >= 2 && count <= SMALL_ORDER_MOST);
    orders->count = count;
    orders->order_count = (unsigned)order_factorial(count);
    orders->orders = arena_alloc(arena, orders->order_count * count, sizeof *orders->orders);
    orders->extra = arena_alloc(arena, orders->order_count, sizeof *orders->extra);
    orders->least = UINT64_MAX;
    orders->total = 0;
    for (unsigned i = 0; i < orders->order_count; i++) {
        uint16_t *row = orders->orders + i * count;
        order_unrank(i, row, count);
        orders->extra[i] = weight(row, count);
        orders->total += orders->extra[i];
        orders->least = orders->extra[i] < orders->least ? orders->extra[i] : orders->least;
    }
    for (unsigned i = 0; i < orders->order_count; i++)
        orders->extra[i] -= orders->least;
    assert(orders->total < (uint64_t)1 << 53);
    orders->inverse = orders->least ? 1 / (double)orders->least : 0;
    list_ranks(orders, arena);
}

/* number / least, which is below 5!: the product with the inverse is off by one at most. */
static size_t quotient(const struct small_orders *orders, uint64_t number)
{
    uint64_t guess = (uint64_t)((double)number * orders->inverse);

    if (guess * orders->least > number)
        guess--;
    else if (number - guess * orders->least >= orders->least)
        guess++;
    return (size_t)guess;
}

/* The common part of all weights is found by a division, what lies beyond by a search. */
static size_t draw_rank(const struct small_orders *orders, struct chance *chance)
{
    uint64_t number = random_below(&chance->random, orders->total);
    uint64_t common = orders->least * orders->order_count;
    size_t rank = 0;

    if (number < common)
        return quotient(orders, number);
    for (number -= common; rank + 1 < orders->order_count && number >= orders->extra[rank]; rank++)
        number -= orders->extra[rank];
    return rank;
}

const uint16_t *small_orders_draw(const struct small_orders *orders, struct chance *chance)
{
    size_t rank;

    assert(!chance->enumerates);
    if (orders->ranks)
        rank = orders->ranks[chance_pick(chance, (unsigned)orders->total)];
    else
        rank = draw_rank(orders, chance);
    return orders->orders + rank * orders->count;
}
