#include "mail/order/answer_order.h"
#include "mail/order/turn.h"

/* Postfix: all addresses of all hosts of one preference in one pot (smtp_addr.c). With a preferred
 * family the pots are split by family; without smtp_randomize_addresses they are emptied in the
 * order of the answer. Balancing keeps so many of each family, counted from the front of the list.
 */
struct pot_order {
    struct bag *pots; /* of targets */
    unsigned pot_count, pot;
    unsigned left[2]; /* IPv4, IPv6 still to be given */
    bool shuffles, balances, first;
    uint16_t given;
    long prefers;
    struct answer_order answer; /* where they are emptied as listed */
    uint16_t *turned;           /* targets as received: each host's in its run of the plan's */
};

enum { IPV4, IPV6 };
enum { PREFER_ANY, PREFER_IPV6, PREFER_IPV4 }; /* smtp_address_preference */

/* The targets of a level with that family (0: any) go into the pot, in the order of the answer. */
static void fill_pot(const struct delivery_plan *plan, struct bag *pot, unsigned level,
                     unsigned family)
{
    const struct pot_order *state = plan->state;

    pot->count = pot->taken = 0;
    for (size_t i = 0; i < state->answer.count; i++) {
        unsigned slot = state->answer.records[i].slot;
        if (slot == NO_SLOT || plan->hosts[slot].level != level)
            continue;
        for (unsigned j = 0; j < plan->hosts[slot].count; j++) {
            unsigned target = state->turned[plan->hosts[slot].first + j];
            if (family == 0 || plan->targets[target].family == family)
                pot->things[pot->count++] = (uint16_t)target;
        }
    }
}

static void fill_pots(const struct delivery_plan *plan)
{
    struct pot_order *state = plan->state;

    state->pot_count = 0;
    for (unsigned i = 0; i < plan->level_count; i++)
        if (state->prefers == PREFER_ANY) {
            fill_pot(plan, state->pots + state->pot_count++, i, 0);
        } else {
            fill_pot(plan, state->pots + state->pot_count++, i,
                     state->prefers == PREFER_IPV6 ? 6 : 4);
            fill_pot(plan, state->pots + state->pot_count++, i,
                     state->prefers == PREFER_IPV6 ? 4 : 6);
        }
}

/* The resolver turned its answers since the last delivery. */
static void turn(struct delivery_plan *plan, struct chance *chance)
{
    struct pot_order *state = plan->state;

    answer_order_turn(&state->answer, turn_draw(plan, chance, (unsigned)state->answer.turning));
    for (unsigned slot = 0; slot < plan->host_count; slot++)
        turn_list(plan, chance, slot, state->turned + plan->hosts[slot].first);
    fill_pots(plan);
}

static void prepare(struct delivery_plan *plan)
{
    const struct settings *settings = &plan->sender->settings;
    struct pot_order *state = arena_alloc(plan->arena, 1, sizeof *state);
    unsigned limit = plan->limits.addresses;

    plan->state = state;
    state->prefers = settings_number(settings, "smtp_address_preference");
    state->pots = arena_alloc(plan->arena, 2 * plan->level_count + 1, sizeof *state->pots);
    state->shuffles = settings_number(settings, "smtp_randomize_addresses");
    state->balances = settings_number(settings, "smtp_balance_inet_protocols") && limit > 0 &&
                      plan->count4 > 0 && plan->count6 > 0 && plan->target_count > limit;
    for (unsigned i = 0; i < 2 * plan->level_count; i++)
        bag_init(state->pots + i, plan->arena, plan->target_count);
    answer_order_init(&state->answer, plan);
    state->turned = arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->turned);
    for (unsigned i = 0; i < plan->target_count; i++)
        state->turned[i] = (uint16_t)i;
    fill_pots(plan);
}

/* smtp_balance_inet_proto: how many of each family may stay, given the first of the list. */
static void balance(const struct delivery_plan *plan, struct pot_order *state, unsigned first)
{
    unsigned limit = plan->limits.addresses;

    if (plan->count6 <= limit / 2) {
        state->left[IPV6] = plan->count6;
        state->left[IPV4] = limit - plan->count6;
    } else if (plan->count4 <= limit / 2) {
        state->left[IPV4] = plan->count4;
        state->left[IPV6] = limit - plan->count4;
    } else {
        state->left[IPV4] = (limit + (first == 4)) / 2;
        state->left[IPV6] = limit - state->left[IPV4];
    }
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct pot_order *state = plan->state;

    for (unsigned i = 0; i <= state->pot && i < state->pot_count; i++)
        if (state->shuffles)
            bag_refill(state->pots + i);
        else
            state->pots[i].taken = 0;
    state->pot = 0;
    state->first = true;
    if (plan->sender->rotates && !state->shuffles)
        turn(plan, chance);
}

/* The next target of the pots into state->given; false when they are empty. */
static bool take(struct pot_order *state, struct chance *chance)
{
    while (state->pot < state->pot_count) {
        struct bag *pot = state->pots + state->pot;
        if (pot->taken < pot->count) {
            state->given =
                state->shuffles ? (uint16_t)bag_take(pot, chance) : pot->things[pot->taken++];
            return true;
        }
        state->pot++;
    }
    return false;
}

/* Does balancing leave the target in the list? */
static bool stays(const struct delivery_plan *plan, struct pot_order *state)
{
    unsigned family = plan->targets[state->given].family;
    unsigned *left = state->left + (family == 4 ? IPV4 : IPV6);

    if (!state->balances)
        return true;
    if (state->first)
        balance(plan, state, family);
    state->first = false;
    if (*left == 0)
        return false;
    --*left;
    return true;
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct pot_order *state = plan->state;

    *targets = &state->given;
    while (take(state, chance))
        if (stays(plan, state))
            return 1;
    return 0;
}

const struct order order_pot = {.prepare = prepare, .begin = begin, .next = next};
