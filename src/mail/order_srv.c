#include "mail/delivery_order.h"
#include "mail/key_set.h"
#include "mail/srv_choice.h"
#include "mail/srv_draw.h"

#include <string.h>

/* By SRV records: targets as the algorithm chooses them by priority and weight, each one's
 * addresses as they are, or by Exim's keys. */
enum { SRV_ENUMERABLE = 8 }; /* more targets are drawn only */

struct srv_order {
    enum srv_algorithm algorithm;
    const struct srv_set *set;
    unsigned *order; /* of set->targets */
    uint16_t *slots; /* by place in the set; `none` where it is no candidate */
    size_t position;
    unsigned slot, next, end; /* of the host in hand, when its addresses are as they are */
    bool by_keys;
    struct key_set family[2]; /* IPv6, IPv4 */
    unsigned split;
    unsigned (*ways)[SRV_ENUMERABLE]; /* all orders with a chance, made when first needed */
    double *chances;
    size_t way_count;
};

enum { NO_SLOT = UINT16_MAX, HOST_END = -1 };

static size_t listed_place(const struct delivery_plan *plan, const struct record *record)
{
    size_t i = 0;

    while (plan->route->srv_records[i] != record)
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
                               plan->route->host_count);
    state->order = arena_alloc(plan->arena, state->set->count + 1, sizeof *state->order);
    state->slots = arena_alloc(plan->arena, state->set->count + 1, sizeof *state->slots);
    map_slots(plan, state);
    for (unsigned i = 0; i < 2; i++)
        key_set_init(state->family + i, plan->arena, plan->target_count);
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

static size_t factorial(size_t count)
{
    return count < 2 ? 1 : count * factorial(count - 1);
}

/* The order of that rank, by Lehmer code. */
static void unrank(size_t rank, unsigned *order, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        order[i] = (unsigned)(rank % (count - i));
        rank /= count - i;
        for (size_t j = i + 1; j < count; j++)
            order[j] += order[j] >= order[i];
    }
}

static void find_ways(struct delivery_plan *plan, struct srv_order *state)
{
    size_t count = state->set->count, orders = factorial(count);

    state->ways = arena_alloc(plan->arena, orders, sizeof *state->ways);
    state->chances = arena_alloc(plan->arena, orders, sizeof *state->chances);
    for (size_t rank = 0; rank < orders; rank++) {
        unsigned *way = state->ways[state->way_count];
        unrank(rank, way, count);
        state->chances[state->way_count] = srv_order_probability(state->set, state->algorithm, way);
        state->way_count += state->chances[state->way_count] > 0;
    }
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct srv_order *state = plan->state;

    state->position = 0;
    state->next = state->end = 0;
    state->slot = NO_SLOT;
    if (!chance->enumerates) {
        srv_order_draw(state->set, state->algorithm, &chance->random, state->order);
        return;
    }
    if (state->set->count > SRV_ENUMERABLE) {
        chance->impossible = true;
        return;
    }
    if (!state->ways)
        find_ways(plan, state);
    memcpy(state->order,
           state->ways[chance_weigh(chance, (unsigned)state->way_count, state->chances)],
           state->set->count * sizeof *state->order);
}

static void open_host(struct delivery_plan *plan, struct chance *chance, unsigned slot)
{
    struct srv_order *state = plan->state;
    const struct plan_host *host = plan->hosts + slot;

    state->slot = slot;
    state->next = host->first;
    state->end = state->next + host->count;
    state->split = 0;
    while (state->split < host->count && plan->targets[host->first + state->split].family == 6)
        state->split++;
    if (state->by_keys) {
        key_set_begin(state->family, chance, state->split);
        key_set_begin(state->family + 1, chance, host->count - state->split);
    }
}

/* The next address of the host in hand, or HOST_END. */
static int next_address(struct delivery_plan *plan, struct chance *chance)
{
    struct srv_order *state = plan->state;
    int index;

    if (state->next == state->end)
        return HOST_END;
    if (!state->by_keys)
        return (int)state->next++;
    index = key_set_take(state->family, chance);
    if (index < 0) {
        index = key_set_take(state->family + 1, chance);
        index = index < 0 ? HOST_END : index + (int)state->split;
    }
    return index < 0 ? HOST_END : plan->hosts[state->slot].first + index;
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct srv_order *state = plan->state;

    for (;;) {
        int target = next_address(plan, chance);
        unsigned slot;
        if (target != HOST_END) {
            *targets = plan->numbers + target;
            return 1;
        }
        if (state->position == state->set->count || chance->impossible)
            return 0;
        slot = state->slots[state->order[state->position++]];
        state->end = state->next;
        if (slot != NO_SLOT && plan->hosts[slot].count > 0)
            open_host(plan, chance, slot);
    }
}

static unsigned priority_at(const struct srv_order *state, size_t position)
{
    return state->set->targets[state->order[position]].record->srv.priority;
}

/* On to the next host of another priority than the one in hand. */
static bool skip_level(struct delivery_plan *plan)
{
    struct srv_order *state = plan->state;

    for (size_t i = state->position; i < state->set->count; i++)
        if (priority_at(state, i) != priority_at(state, state->position - 1)) {
            state->position = i;
            state->next = state->end;
            return true;
        }
    return false;
}

static bool more(const struct delivery_plan *plan)
{
    const struct srv_order *state = plan->state;

    if (state->by_keys ? state->family[0].taken + state->family[1].taken < state->end - state->next
                       : state->next < state->end)
        return true;
    for (size_t i = state->position; i < state->set->count; i++)
        if (state->slots[state->order[i]] != NO_SLOT)
            return true;
    return false;
}

const struct order order_srv_plain = {.prepare = prepare_plain, .begin = begin, .next = next};
const struct order order_srv_postfix = {.prepare = prepare_postfix, .begin = begin, .next = next};
const struct order order_srv_keys = {
    .prepare = prepare_exim, .begin = begin, .next = next, .skip_level = skip_level, .more = more};
