#include "mail/clients/srv_choice.h"
#include "mail/clients/srv_draw.h"
#include "mail/order/key_set.h"
#include "mail/order/permutation.h"
#include "mail/order/turn.h"

#include <string.h>

/* By SRV records: targets as the algorithm chooses them by priority and weight, each one's
 * addresses as they are, or by Exim's keys. */
enum { SRV_ENUMERABLE = 8 }; /* more targets are drawn only */

/* The records in one order of the answer. */
struct srv_answer {
    const struct srv_set *set;
    uint16_t *slots;                  /* by place in the set; `none` where it is no candidate */
    unsigned (*ways)[SRV_ENUMERABLE]; /* all orders with a chance, made when first needed */
    double *chances;
    size_t way_count;
};

struct srv_order {
    enum srv_algorithm algorithm;
    struct srv_answer *answers; /* as received; and turned by 1, 2, ..., where the resolver turns */
    unsigned answer_count;
    struct srv_answer *answer; /* the one of this draw */
    unsigned *order;           /* of its targets */
    uint16_t *list;            /* what is tried, of this draw */
    unsigned count, position;
    bool by_keys;
    struct key_set keys;
};

static size_t listed_place(const struct delivery_plan *plan, const struct record *record)
{
    size_t i = 0;

    while (i < plan->route->listed_count && plan->route->srv_records[i] != record)
        i++;
    return i;
}

static void map_slots(const struct delivery_plan *plan, struct srv_answer *answer)
{
    answer->slots = arena_alloc(plan->arena, answer->set->count + 1, sizeof *answer->slots);
    for (size_t place = 0; place < answer->set->count; place++) {
        size_t listed = listed_place(plan, answer->set->targets[place].record);
        answer->slots[place] = NO_SLOT;
        for (unsigned i = 0; i < plan->host_count; i++)
            if (plan->route->hosts[plan->hosts[i].host].listed == listed)
                answer->slots[place] = (uint16_t)i;
    }
}

/* The answer as it begins `offset` records further. */
static void read_answer(const struct delivery_plan *plan, struct srv_answer *answer,
                        unsigned offset)
{
    const struct route *route = plan->route;
    size_t count = route->listed_count;
    const struct record **records = arena_alloc(plan->arena, count + 1, sizeof *records);

    for (size_t i = 0; i < count; i++)
        records[i] = route->srv_records[(i + offset) % count];
    answer->set = srv_set_build(plan->arena, route->srv_owner, records, count);
    map_slots(plan, answer);
}

static void prepare(struct delivery_plan *plan, enum srv_algorithm algorithm, bool by_keys)
{
    struct srv_order *state = arena_alloc(plan->arena, 1, sizeof *state);
    size_t listed = plan->route->listed_count;

    plan->state = state;
    state->algorithm = algorithm;
    state->by_keys = by_keys;
    state->answer_count = plan->sender->rotates && listed > 0 ? (unsigned)listed : 1;
    state->answers = arena_alloc(plan->arena, state->answer_count, sizeof *state->answers);
    for (unsigned i = 0; i < state->answer_count; i++)
        read_answer(plan, state->answers + i, i);
    state->order = arena_alloc(plan->arena, listed + 1, sizeof *state->order);
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

static void find_ways(struct delivery_plan *plan, struct srv_answer *answer)
{
    const struct srv_order *state = plan->state;
    size_t count = answer->set->count, orders = permutation_count((unsigned)count);
    uint16_t things[SRV_ENUMERABLE];

    answer->ways = arena_alloc(plan->arena, orders, sizeof *answer->ways);
    answer->chances = arena_alloc(plan->arena, orders, sizeof *answer->chances);
    for (size_t rank = 0; rank < orders; rank++) {
        unsigned *way = answer->ways[answer->way_count];
        double *likely = answer->chances + answer->way_count;
        permutation_of(rank, things, (unsigned)count);
        for (size_t i = 0; i < count; i++)
            way[i] = things[i];
        *likely = srv_order_probability(answer->set, state->algorithm, way);
        answer->way_count += *likely > 0;
    }
}

/* The order of the targets of this draw; false when it cannot be enumerated. */
static bool order_targets(struct delivery_plan *plan, struct chance *chance)
{
    struct srv_order *state = plan->state;
    struct srv_answer *answer = state->answers + turn_draw(plan, chance, state->answer_count);
    unsigned way;

    state->answer = answer;
    if (!chance->enumerates) {
        srv_order_draw(answer->set, state->algorithm, &chance->random, state->order);
        return true;
    }
    chance->impossible = chance->impossible || answer->set->count > SRV_ENUMERABLE;
    if (chance->impossible)
        return false;
    if (!answer->ways)
        find_ways(plan, answer);
    way = chance_weigh(chance, (unsigned)answer->way_count, answer->chances);
    memcpy(state->order, answer->ways[way], answer->set->count * sizeof *state->order);
    return true;
}

/* Puts `count` addresses from `first` on behind the list, as they are or by keys. */
static void list_family(struct delivery_plan *plan, struct chance *chance, unsigned first,
                        unsigned count)
{
    struct srv_order *state = plan->state;
    uint16_t *list = state->list + state->count;

    state->count += count;
    if (state->by_keys) {
        key_set_begin(&state->keys, chance, count);
        key_set_take_all(&state->keys, chance, first, list);
        return;
    }
    for (unsigned i = 0, turned = turn_draw(plan, chance, count); i < count; i++)
        list[i] = (uint16_t)(first + turn_place(i, turned, count));
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
    for (size_t i = 0; i < state->answer->set->count; i++) {
        unsigned slot = state->answer->slots[state->order[i]];
        const struct plan_host *host;
        if (slot == NO_SLOT)
            continue;
        host = plan->hosts + slot;
        list_family(plan, chance, host->first, host->leading);
        list_family(plan, chance, host->first + host->leading, host->count - host->leading);
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
