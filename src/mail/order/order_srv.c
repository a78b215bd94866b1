#include "mail/clients/srv_choice.h"
#include "mail/clients/srv_draw.h"
#include "mail/order/key_set.h"
#include "mail/order/order.h"
#include "mail/order/permutation.h"

#include <string.h>

/* By SRV records: targets as the algorithm chooses them by priority and weight, each one's
 * addresses as they are, or by Exim's keys. */
enum { SRV_ENUMERABLE = 8 }; /* more targets are drawn only */

struct srv_order {
    enum srv_algorithm algorithm;
    const struct srv_set *set;
    unsigned *order; /* of set->targets */
    uint16_t *slots; /* by place in the set; `none` where it is no candidate */
    uint16_t *list;  /* what is tried, of this draw */
    unsigned count, position;
    bool by_keys;
    struct key_set keys;
    unsigned (*ways)[SRV_ENUMERABLE]; /* all orders with a chance, made when first needed */
    double *chances;
    size_t way_count;
};

static size_t listed_place(const struct delivery_plan *plan, const struct record *record)
{
    size_t i = 0;

    while (i < plan->route->listed_count && plan->route->srv_records[i] != record)
        i++;
    return i;
}

static void map_slots(const struct delivery_plan *plan, struct srv_order *state)
{
    for (size_t place = 0; place < state->set->count; place++) {
        size_t listed = listed_place(plan, state->set->targets[place].record);
        state->slots[place] = NO_SLOT;
        for (unsigned i = 0; i < plan->host_count; i++)
            if (plan->route->hosts[plan->hosts[i].host].listed == listed)
                state->slots[place] = (uint16_t)i;
    }
}

static void prepare(struct delivery_plan *plan, enum srv_algorithm algorithm, bool by_keys)
{
    struct srv_order *state = arena_alloc(plan->arena, 1, sizeof *state);

    plan->state = state;
    state->algorithm = algorithm;
    state->by_keys = by_keys;
    state->set = srv_set_build(plan->arena, plan->route->srv_owner, plan->route->srv_records,
                               plan->route->listed_count);
    state->order = arena_alloc(plan->arena, state->set->count + 1, sizeof *state->order);
    state->slots = arena_alloc(plan->arena, state->set->count + 1, sizeof *state->slots);
    map_slots(plan, state);
    state->list = arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->list);
    key_set_init(&state->keys, plan->arena, plan->target_count);
}

static void prepare_plain(struct delivery_plan *plan)
{
    prepare(plan, SRV_RFC2782, false);
}

static void prepare_postfix(struct delivery_plan *plan)
{
    prepare(plan, SRV_POSTFIX, false);
}

static void prepare_exim(struct delivery_plan *plan)
{
    prepare(plan, SRV_EXIM, true);
}

static void find_ways(struct delivery_plan *plan, struct srv_order *state)
{
    size_t count = state->set->count, orders = permutation_count((unsigned)count);
    uint16_t things[SRV_ENUMERABLE];

    state->ways = arena_alloc(plan->arena, orders, sizeof *state->ways);
    state->chances = arena_alloc(plan->arena, orders, sizeof *state->chances);
    for (size_t rank = 0; rank < orders; rank++) {
        unsigned *way = state->ways[state->way_count];
        permutation_of(rank, things, (unsigned)count);
        for (size_t i = 0; i < count; i++)
            way[i] = things[i];
        state->chances[state->way_count] = srv_order_probability(state->set, state->algorithm, way);
        state->way_count += state->chances[state->way_count] > 0;
    }
}

/* The order of the targets of this draw; false when it cannot be enumerated. */
static bool order_targets(struct delivery_plan *plan, struct chance *chance)
{
    struct srv_order *state = plan->state;
    unsigned way;

    if (!chance->enumerates) {
        srv_order_draw(state->set, state->algorithm, &chance->random, state->order);
        return true;
    }
    chance->impossible = chance->impossible || state->set->count > SRV_ENUMERABLE;
    if (chance->impossible)
        return false;
    if (!state->ways)
        find_ways(plan, state);
    way = chance_weigh(chance, (unsigned)state->way_count, state->chances);
    memcpy(state->order, state->ways[way], state->set->count * sizeof *state->order);
    return true;
}

/* Puts `count` addresses from `first` on behind the list, as they are or by keys. */
static void list_family(struct srv_order *state, struct chance *chance, unsigned first,
                        unsigned count)
{
    const uint16_t *order = NULL;

    if (state->by_keys) {
        key_set_begin(&state->keys, chance, count);
        order = key_set_take_all(&state->keys, chance);
    }
    for (unsigned i = 0; i < count; i++)
        state->list[state->count++] = (uint16_t)(first + (order ? order[i] : i));
}

static unsigned priority_of(const struct delivery_plan *plan, unsigned target)
{
    return plan->route->hosts[plan->targets[target].attempt.host].preference;
}

/* Exim's one pass over equal priorities: an IPv4 address behind the IPv6 one that follows it. */
static void pass(struct delivery_plan *plan)
{
    struct srv_order *state = plan->state;
    unsigned moves = settings_number(&plan->sender->settings, "ipv4_prefer") ? 6 : 4;

    for (unsigned i = 0; i + 1 < state->count; i++) {
        uint16_t here = state->list[i], there = state->list[i + 1];
        if (plan->targets[here].family != moves || plan->targets[there].family == moves ||
            priority_of(plan, here) != priority_of(plan, there))
            continue;
        state->list[i] = there;
        state->list[i + 1] = here;
    }
}

/* Only the first of equal addresses stays. */
static void drop_twins(const struct delivery_plan *plan, struct srv_order *state)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < state->count; i++) {
        unsigned j = 0;
        while (j < kept && plan->targets[state->list[j]].twin != plan->targets[state->list[i]].twin)
            j++;
        if (j == kept)
            state->list[kept++] = state->list[i];
    }
    state->count = kept;
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct srv_order *state = plan->state;

    state->position = state->count = 0;
    if (!order_targets(plan, chance))
        return;
    for (size_t i = 0; i < state->set->count; i++) {
        unsigned slot = state->slots[state->order[i]];
        const struct plan_host *host;
        if (slot == NO_SLOT)
            continue;
        host = plan->hosts + slot;
        list_family(state, chance, host->first, host->leading);
        list_family(state, chance, host->first + host->leading, host->count - host->leading);
    }
    if (!state->by_keys)
        return;
    pass(plan);
    if (plan->twin_count < plan->target_count)
        drop_twins(plan, state);
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct srv_order *state = plan->state;

    (void)chance;
    *targets = state->list + state->position;
    if (state->position == state->count)
        return 0;
    state->position++;
    return 1;
}

/* On to the next target of another priority than the one just given. */
static bool skip_level(struct delivery_plan *plan)
{
    struct srv_order *state = plan->state;
    unsigned priority = priority_of(plan, state->list[state->position - 1]);

    for (unsigned i = state->position; i < state->count; i++)
        if (priority_of(plan, state->list[i]) != priority) {
            state->position = i;
            return true;
        }
    return false;
}

static bool more(const struct delivery_plan *plan)
{
    const struct srv_order *state = plan->state;

    return state->position < state->count;
}

const struct order order_srv_plain = {.prepare = prepare_plain, .begin = begin, .next = next};
const struct order order_srv_postfix = {.prepare = prepare_postfix, .begin = begin, .next = next};
const struct order order_srv_keys = {
    .prepare = prepare_exim, .begin = begin, .next = next, .skip_level = skip_level, .more = more};
