#include "mail/order/turn.h"

struct turn turn_host(const struct delivery_plan *plan, struct chance *chance, unsigned slot)
{
    const struct plan_host *host = plan->hosts + slot;
    struct turn turn;

    turn.leading = (uint16_t)turn_draw(plan, chance, host->leading);
    turn.rest = (uint16_t)turn_draw(plan, chance, (unsigned)host->count - host->leading);
    return turn;
}

unsigned turn_target(const struct delivery_plan *plan, unsigned target, struct turn turn)
{
    const struct plan_host *host = plan->hosts + plan->targets[target].slot;
    unsigned place = target - host->first;

    if (place < host->leading)
        return host->first + turn_place(place, turn.leading, host->leading);
    return host->first + host->leading +
           turn_place(place - host->leading, turn.rest, (unsigned)host->count - host->leading);
}

unsigned turn_list(const struct delivery_plan *plan, struct chance *chance, unsigned slot,
                   uint16_t *list)
{
    const struct plan_host *host = plan->hosts + slot;
    struct turn turn = turn_host(plan, chance, slot);

    for (unsigned i = 0; i < host->count; i++)
        list[i] = (uint16_t)turn_target(plan, host->first + i, turn);
    return host->count;
}
