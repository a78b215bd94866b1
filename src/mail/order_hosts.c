#include "mail/delivery_order.h"

/* Hosts of equal preference in random order, each one's addresses one after the other (RFC 5321
 * 5.1; Sendmail). */
struct host_order {
    struct bag *levels; /* of plan_host indices */
    unsigned level;     /* the one being gone through */
    int trailing;       /* the host without address met last, behind all given; or -1 */
};

static void prepare(struct delivery_plan *plan)
{
    struct host_order *state = arena_alloc(plan->arena, 1, sizeof *state);

    state->levels = arena_alloc(plan->arena, plan->level_count + 1, sizeof *state->levels);
    for (unsigned i = 0; i < plan->level_count; i++) {
        const struct plan_level *level = plan->levels + i;
        bag_init(state->levels + i, plan->arena, level->host_count);
        for (unsigned j = 0; j < level->host_count; j++)
            state->levels[i].things[j] = (uint16_t)(level->first_host + j);
    }
    plan->state = state;
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct host_order *state = plan->state;

    (void)chance;
    for (unsigned i = 0; i <= state->level && i < plan->level_count; i++)
        bag_refill(state->levels + i);
    state->level = 0;
    state->trailing = -1;
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct host_order *state = plan->state;

    for (; state->level < plan->level_count; state->level++) {
        struct bag *bag = state->levels + state->level;
        while (bag->taken < bag->count) {
            const struct plan_host *host = plan->hosts + bag_take(bag, chance);
            state->trailing = host->count ? -1 : host->host;
            *targets = plan->numbers + host->first;
            if (host->count)
                return host->count;
        }
    }
    return 0;
}

static int trailing(const struct delivery_plan *plan)
{
    const struct host_order *state = plan->state;

    return state->trailing;
}

const struct order order_hosts = {
    .prepare = prepare, .begin = begin, .next = next, .trailing = trailing};
