#include "mail/order/order.h"
#include "mail/order/permutation.h"

void bag_init(struct bag *bag, struct arena *arena, size_t count)
{
    bag->things = arena_alloc(arena, count + 1, sizeof *bag->things);
    bag->swaps = arena_alloc(arena, count + 1, sizeof *bag->swaps);
    bag->count = (uint16_t)count;
    bag->taken = 0;
}

/* One more step of Fisher-Yates. */
unsigned bag_take(struct bag *bag, struct chance *chance)
{
    unsigned taken = bag->taken++;
    unsigned chosen = taken + chance_pick(chance, bag->count - taken);

    bag->swaps[taken] = (uint16_t)chosen;
    permutation_swap(bag->things, taken, chosen);
    return bag->things[taken];
}

void bag_refill(struct bag *bag)
{
    while (bag->taken > 0) {
        bag->taken--;
        permutation_swap(bag->things, bag->taken, bag->swaps[bag->taken]);
    }
}
