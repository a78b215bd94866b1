#include "mail/order/order.h"

#include <string.h>

/* Orders without chance: worked out once, then given. */
struct fixed_order {
    uint16_t *targets;
    unsigned count;
    bool given;
};

static struct fixed_order *new_state(struct delivery_plan *plan)
{
    struct fixed_order *state = arena_alloc(plan->arena, 1, sizeof *state);

    state->targets = arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->targets);
    plan->state = state;
    return state;
}

static void append_host(const struct delivery_plan *plan, struct fixed_order *state, unsigned slot)
{
    const struct plan_host *host = plan->hosts + slot;

    for (unsigned i = 0; i < host->count; i++)
        state->targets[state->count++] = (uint16_t)(host->first + i);
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct fixed_order *state = plan->state;

    (void)chance;
    state->given = false;
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct fixed_order *state = plan->state;
    unsigned count = state->given ? 0 : state->count;

    (void)chance;
    state->given = true;
    *targets = state->targets;
    return count;
}

static void prepare_as_listed(struct delivery_plan *plan)
{
    struct fixed_order *state = new_state(plan);

    for (unsigned slot = 0; slot < plan->host_count; slot++)
        append_host(plan, state, slot);
}

const struct order order_as_listed = {.prepare = prepare_as_listed, .begin = begin, .next = next};

struct listed {
    unsigned preference;
    uint16_t slot;
};

/* All records as the answer has them, with the plan's slot where they are candidates. */
static struct listed *answer_order(const struct delivery_plan *plan)
{
    const struct route *route = plan->route;
    struct listed *records = arena_alloc(plan->arena, route->host_count + 1, sizeof *records);

    for (size_t i = 0; i < route->host_count; i++) {
        records[route->hosts[i].listed].preference = route->hosts[i].preference;
        records[route->hosts[i].listed].slot = NO_SLOT;
    }
    for (unsigned i = 0; i < plan->host_count; i++)
        records[route->hosts[plan->hosts[i].host].listed].slot = (uint16_t)i;
    return records;
}

/* qmail (dns.c, dns_mxip) with 64-bit longs: the first listed of the best is taken, the last record
 * moves into its place. */
static void prepare_holes(struct delivery_plan *plan)
{
    struct fixed_order *state = new_state(plan);
    struct listed *records = answer_order(plan);
    size_t left = plan->route->host_count;

    while (left > 0) {
        size_t best = 0;
        for (size_t i = 1; i < left; i++)
            if (records[i].preference < records[best].preference)
                best = i;
        if (records[best].slot != NO_SLOT)
            append_host(plan, state, records[best].slot);
        records[best] = records[--left];
    }
}

const struct order order_holes = {.prepare = prepare_holes, .begin = begin, .next = next};

/* Moves literals, which need no lookup, to the front; returns how many. */
static size_t literals_first(const struct delivery_plan *plan, struct listed *records, size_t count)
{
    struct listed *others = arena_alloc(plan->arena, count + 1, sizeof *others);
    size_t literals = 0, rest = 0;

    for (size_t i = 0; i < count; i++) {
        unsigned slot = records[i].slot;
        if (slot != NO_SLOT && plan->route->hosts[plan->hosts[slot].host].literal)
            records[literals++] = records[i];
        else
            others[rest++] = records[i];
    }
    memcpy(records + literals, others, rest * sizeof *others);
    return literals;
}

/* OpenSMTPD (dns.c): every address lookup runs at once and what it finds is put behind its equals:
 * literals first; then the first asked is the first to finish, then the last asked, and so on back.
 */
static void list_by_finish(const struct delivery_plan *plan, struct fixed_order *state)
{
    struct listed *records = answer_order(plan);
    size_t literals = literals_first(plan, records, plan->route->host_count);
    size_t count = plan->route->host_count - literals;

    for (unsigned level = 0; level < plan->level_count; level++) {
        for (size_t i = 0; i < literals; i++)
            if (plan->hosts[records[i].slot].level == level)
                append_host(plan, state, records[i].slot);
        for (size_t i = 0; i < count; i++) {
            unsigned slot = records[literals + (i == 0 ? 0 : count - i)].slot;
            if (slot != NO_SLOT && plan->hosts[slot].level == level)
                append_host(plan, state, slot);
        }
    }
}

/* OpenSMTPD (mta.c) over time, in seconds: one new connection every 2 s, at most 3 waiting, an
 * address that failed is out for 15 s. */
enum { CONNECT_EVERY = 2, DISABLED_FOR = 15, CONNECT_TIMEOUT = 300, WAITING_MOST = 3 };

struct pool {
    const struct delivery_plan *plan;
    const uint16_t *entries; /* in the order of preference */
    unsigned count, waiting;
    int64_t now;
    int64_t *ends;    /* per entry: when its connection fails, 0 none */
    int64_t *enabled; /* per entry: from when it may be tried */
};

static void let_fail(struct pool *pool)
{
    for (unsigned i = 0; i < pool->count; i++)
        if (pool->ends[i] && pool->ends[i] <= pool->now) {
            pool->enabled[i] = pool->ends[i] + DISABLED_FOR;
            pool->ends[i] = 0;
            pool->waiting--;
        }
}

static unsigned level_of(const struct pool *pool, unsigned entry)
{
    const struct delivery_plan *plan = pool->plan;

    return plan->hosts[plan->targets[pool->entries[entry]].slot].level;
}

/* The first entry of the best preference that is neither out nor waited for; none while one of that
 * preference is waited for and no more may be. */
static int choose(const struct pool *pool)
{
    bool waiting = false;

    for (unsigned i = 0; i < pool->count; i++) {
        if (i > 0 && waiting && level_of(pool, i) != level_of(pool, i - 1))
            break;
        if (pool->ends[i])
            waiting = true;
        else if (pool->enabled[i] <= pool->now && pool->waiting < WAITING_MOST)
            return (int)i;
    }
    return -1;
}

/* Tries an entry; true when the message's fate is decided there. */
static bool connect_to(struct pool *pool, unsigned entry)
{
    unsigned target = pool->entries[entry];

    if (pool->plan->targets[target].attempt.stage == STAGE_TIMEOUT) {
        pool->ends[entry] = pool->now + CONNECT_TIMEOUT;
        pool->waiting++;
    } else {
        pool->enabled[entry] = pool->now + DISABLED_FOR;
    }
    return pool->plan->fates[target] & (FATE_ACCEPTS | FATE_STOPS);
}

/* The order in which the entries are tried until one decides or one would be tried again. */
static void run_pool(struct pool *pool, struct fixed_order *state)
{
    bool *tried = arena_alloc(pool->plan->arena, pool->count + 1, sizeof *tried);

    for (unsigned left = pool->count; left > 0; pool->now += CONNECT_EVERY) {
        int entry;
        let_fail(pool);
        entry = choose(pool);
        if (entry < 0)
            continue;
        if (tried[entry])
            break;
        tried[entry] = true;
        left--;
        state->targets[state->count++] = pool->entries[entry];
        if (connect_to(pool, (unsigned)entry))
            break;
    }
}

/* An address is one route, however many exchanges have it. */
static unsigned without_twins(const struct delivery_plan *plan, const struct fixed_order *state,
                              uint16_t *entries)
{
    bool *seen = arena_alloc(plan->arena, plan->twin_count + 1, sizeof *seen);
    unsigned count = 0;

    for (unsigned i = 0; i < state->count; i++) {
        bool *known = seen + plan->targets[state->targets[i]].twin;
        if (!*known)
            entries[count++] = state->targets[i];
        *known = true;
    }
    return count;
}

static void prepare_pool(struct delivery_plan *plan)
{
    struct fixed_order *state = new_state(plan);
    uint16_t *entries = arena_alloc(plan->arena, plan->target_count + 1, sizeof *entries);
    struct pool pool = {.plan = plan, .entries = entries};

    list_by_finish(plan, state);
    pool.count = without_twins(plan, state, entries);
    pool.ends = arena_alloc(plan->arena, pool.count + 1, sizeof *pool.ends);
    pool.enabled = arena_alloc(plan->arena, pool.count + 1, sizeof *pool.enabled);
    state->count = 0;
    run_pool(&pool, state);
}

const struct order order_pool = {.prepare = prepare_pool, .begin = begin, .next = next};
