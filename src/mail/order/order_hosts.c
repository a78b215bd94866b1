#include "mail/order/turn.h"

/* Hosts of equal preference in random order, each one's addresses one after the other (RFC 5321
 * 5.1; Sendmail). */
struct host_order {
    struct bag *levels; /* of plan_host indices */
    unsigned level;     /* the one being gone through */
    struct last_listed last_listed;
    bool repeats;      /* a host stands in the list again: */
    bool *dropped;     /* by plan_host: left out of this list */
    int connection[2]; /* Sendmail's cache, of plan_hosts (the better place); -1: none */
    uint16_t *list;    /* targets in the order given: each host's in its run of the plan's */
};

static const struct last_listed nothing = {.host = -1, .target = -1};

/* The host's plan_host at its best place. */
static unsigned best_place(const struct delivery_plan *plan, unsigned place)
{
    return plan->hosts[place].repeats ? plan->hosts[place].repeats - 1u : place;
}

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
    for (unsigned i = 0; i < plan->host_count; i++)
        state->repeats = state->repeats || plan->hosts[i].repeats;
    state->list = arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->list);
    for (unsigned i = 0; i < plan->target_count; i++)
        state->list[i] = (uint16_t)i;
    state->dropped = arena_alloc(plan->arena, plan->host_count + 1, sizeof *state->dropped);
    plan->state = state;
}

static bool is_relay(const struct delivery_plan *plan, unsigned place)
{
    return plan->route->hosts[plan->hosts[place].host].relay;
}

/* Sendmail (domain.c, getmxrr) leaves out a host that comes twice in a row, in an order of equals
 * that is not yet the one they are tried in. A fallback relay is appended later. */
static void drop_neighbours(const struct delivery_plan *plan, struct host_order *state,
                            struct chance *chance)
{
    unsigned before = plan->host_count;

    for (unsigned i = 0; i < plan->level_count; i++) {
        struct bag *bag = state->levels + i;
        while (bag->taken < bag->count) {
            unsigned place = bag_take(bag, chance), best = best_place(plan, place);
            state->dropped[place] = best == before && !is_relay(plan, place);
            before = best;
        }
        bag_refill(bag);
    }
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct host_order *state = plan->state;

    for (unsigned i = 0; i <= state->level && i < plan->level_count; i++)
        bag_refill(state->levels + i);
    state->level = 0;
    state->last_listed = nothing;
    if (!state->repeats)
        return;
    state->connection[0] = state->connection[1] = -1;
    drop_neighbours(plan, state, chance);
}

/* The target with which a host that has addresses is done. */
static unsigned last_target(const struct delivery_plan *plan, const struct plan_host *host)
{
    const struct host_order *state = plan->state;
    const unsigned ends = FATE_ACCEPTS | FATE_STOPS | FATE_LEAVES;
    unsigned place = host->first, end = host->first + host->count;

    while (place + 1 < end && !(plan->fates[state->list[place]] & ends))
        place++;
    return state->list[place];
}

static enum stage stage_of(const struct delivery_plan *plan, unsigned place)
{
    return (enum stage)plan->targets[last_target(plan, plan->hosts + place)].attempt.stage;
}

/* The session is over, the connection is not. */
static bool stays_open(const struct delivery_plan *plan, int place)
{
    enum stage stage = place < 0 ? STAGE_REFUSED : stage_of(plan, (unsigned)place);

    return stage == STAGE_MAIL4 || stage == STAGE_RCPT4;
}

static bool is_cached(const struct host_order *state, unsigned place)
{
    return state->connection[0] == (int)place || state->connection[1] == (int)place;
}

/* The new connection takes the place of none, of a closed one, or else of the first (mci.c). */
static void cache(const struct delivery_plan *plan, struct host_order *state, unsigned place)
{
    if (!is_cached(state, place))
        state->connection[!stays_open(plan, state->connection[1])] = (int)place;
}

/* Sendmail (deliver.c, mci.c) remembers a host that failed before MAIL. On a connection that is
 * still open nothing new is to be heard. */
static bool is_tried_again(const struct delivery_plan *plan, const struct host_order *state,
                           unsigned place)
{
    return stage_of(plan, place) >= STAGE_MAIL4 &&
           !(is_cached(state, place) && stays_open(plan, (int)place));
}

/* It stands at the end, unless something comes later; a recipient put off does so whatever comes,
 * until somebody takes it. */
static void leave_trail(const struct delivery_plan *plan, struct host_order *state, unsigned place)
{
    const struct plan_host *host = plan->hosts + place;
    const struct plan_host *known = plan->hosts + best_place(plan, place);
    int target = host->count ? (int)(host->first + last_target(plan, known) - known->first) : -1;

    if (!state->last_listed.lasts)
        state->last_listed = (struct last_listed){
            .host = host->host,
            .target = target,
            .outlived = !is_cached(state, best_place(plan, place)),
            .lasts = target >= 0 && (plan->fates[target] & FATE_LASTS),
        };
}

/* Where a host is listed again: notes the one at the place; true when it is tried. */
static bool recall(const struct delivery_plan *plan, struct host_order *state, unsigned place)
{
    const struct plan_host *host = plan->hosts + place;
    unsigned best = best_place(plan, place);

    if (state->dropped[place])
        return false;
    if (!host->count || (host->repeats && !is_tried_again(plan, state, best))) {
        leave_trail(plan, state, place);
        return false;
    }
    if (stage_of(plan, best) >= STAGE_GREETING4)
        cache(plan, state, best);
    if (!state->last_listed.lasts || (plan->fates[last_target(plan, host)] & FATE_LIFTS))
        state->last_listed = nothing;
    return true;
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct host_order *state = plan->state;

    for (; state->level < plan->level_count; state->level++) {
        struct bag *bag = state->levels + state->level;
        while (bag->taken < bag->count) {
            unsigned place = bag_take(bag, chance);
            const struct plan_host *host = plan->hosts + place;
            *targets = state->list + host->first;
            if (plan->sender->rotates)
                turn_list(plan, chance, place, state->list + host->first);
            if (!state->repeats)
                state->last_listed.host = host->count ? -1 : host->host;
            if (state->repeats ? recall(plan, state, place) : host->count > 0)
                return host->count;
        }
    }
    return 0;
}

static struct last_listed trailing(const struct delivery_plan *plan)
{
    const struct host_order *state = plan->state;

    return state->last_listed;
}

const struct order order_hosts = {
    .prepare = prepare, .begin = begin, .next = next, .trailing = trailing};
