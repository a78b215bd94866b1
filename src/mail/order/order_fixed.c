#include "mail/order/answer_order.h"
#include "mail/order/turn.h"

/* Orders that only the answer decides: worked out once and given whole; or, where the resolver
 * turns its answers, worked out anew for each delivery and given host by host. */
struct fixed_order {
    void (*line_up)(const struct delivery_plan *plan, struct fixed_order *state);
    struct answer_order answer;
    uint16_t *slots; /* plan_hosts in the order they are tried */
    unsigned slot_count, position;
    uint16_t *targets; /* of all; of the host in hand where answers turn */
    unsigned count;
    bool given, first_only;
};

static void append(struct fixed_order *state, unsigned slot)
{
    if (slot != NO_SLOT)
        state->slots[state->slot_count++] = (uint16_t)slot;
}

static void prepare(struct delivery_plan *plan,
                    void (*line_up)(const struct delivery_plan *, struct fixed_order *))
{
    struct fixed_order *state = arena_alloc(plan->arena, 1, sizeof *state);

    plan->state = state;
    state->line_up = line_up;
    state->first_only = plan->profile->flags & PROFILE_FIRST_ADDRESS;
    state->targets = arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->targets);
    state->slots = arena_alloc(plan->arena, plan->host_count + 1, sizeof *state->slots);
    answer_order_init(&state->answer, plan);
    line_up(plan, state);
    for (unsigned i = 0; i < state->slot_count; i++) {
        const struct plan_host *host = plan->hosts + state->slots[i];
        for (unsigned j = 0; j < host->count; j++)
            state->targets[state->count++] = (uint16_t)(host->first + j);
    }
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct fixed_order *state = plan->state;

    state->given = false;
    if (!plan->sender->rotates)
        return;
    answer_order_turn(&state->answer, turn_draw(plan, chance, (unsigned)state->answer.turning));
    state->slot_count = state->position = 0;
    state->line_up(plan, state);
}

static size_t next_turned(struct delivery_plan *plan, struct chance *chance,
                          const uint16_t **targets)
{
    struct fixed_order *state = plan->state;

    *targets = state->targets;
    while (state->position < state->slot_count) {
        unsigned slot = state->slots[state->position++];
        unsigned count = turn_list(plan, chance, slot, state->targets);
        if (count > 0)
            return state->first_only ? 1 : count;
    }
    return 0;
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct fixed_order *state = plan->state;
    unsigned count = state->given ? 0 : state->count;

    if (plan->sender->rotates)
        return next_turned(plan, chance, targets);
    state->given = true;
    *targets = state->targets;
    return count;
}

static void as_listed(const struct delivery_plan *plan, struct fixed_order *state)
{
    (void)plan;
    for (size_t i = 0; i < state->answer.count; i++)
        append(state, state->answer.records[i].slot);
}

static void prepare_as_listed(struct delivery_plan *plan)
{
    prepare(plan, as_listed);
}

const struct order order_as_listed = {.prepare = prepare_as_listed, .begin = begin, .next = next};

/* qmail (dns.c, dns_mxip) with 64-bit longs: the first listed of the best is taken, the last record
 * moves into its place. */
static void into_holes(const struct delivery_plan *plan, struct fixed_order *state)
{
    struct answer_record *records = state->answer.records;
    size_t left = state->answer.count;

    (void)plan;
    while (left > 0) {
        size_t best = 0;
        for (size_t i = 1; i < left; i++)
            if (records[i].preference < records[best].preference)
                best = i;
        append(state, records[best].slot);
        records[best] = records[--left];
    }
}

static void prepare_holes(struct delivery_plan *plan)
{
    prepare(plan, into_holes);
}

const struct order order_holes = {.prepare = prepare_holes, .begin = begin, .next = next};
