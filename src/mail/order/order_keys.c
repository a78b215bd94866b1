#include "mail/order/key_set.h"
#include "mail/order/order.h"

/* Exim (host.c, host_find_bydns): hosts of one preference by random keys; inside a host the IPv6
 * addresses by keys, then the IPv4 ones; then one pass over each preference that swaps an IPv4
 * entry with an IPv6 entry (or one without address) behind it; then an address seen before is
 * removed. */
struct key_order {
    struct key_set hosts, family[2]; /* IPv6, IPv4 of the host in hand */
    unsigned level, slot;
    int held; /* the entry the pass carries along */
    bool level_open, host_open, holds;
    bool passes, reversed; /* the pass matters; ipv4_prefer turns it round */
    bool ipv4_first;       /* ... and the order inside a host, but only without MX */
    unsigned given;        /* entries of this level */
    bool unusable;         /* hosts without address stood behind the entry given last */
    unsigned *entries;     /* per level, without those seen before */
    uint16_t *split;       /* per host slot: its IPv6 targets */
    uint32_t *seen, draw;  /* per twin: the draw it was last given in */
    bool twins, plain;     /* neither they nor the pass matter */
    uint16_t entry;        /* given last */
};

enum { HOST_END = -1, LEVEL_END = -2, NO_ADDRESS = -3 };

static bool twin_before(const struct delivery_plan *plan, unsigned target)
{
    for (unsigned i = 0; i < target; i++)
        if (plan->targets[i].twin == plan->targets[target].twin)
            return true;
    return false;
}

static void count_entries(struct delivery_plan *plan, struct key_order *state)
{
    state->entries = arena_alloc(plan->arena, plan->level_count + 1, sizeof *state->entries);
    for (unsigned i = 0; i < plan->target_count; i++)
        if (!twin_before(plan, i))
            state->entries[plan->hosts[plan->targets[i].slot].level]++;
    for (unsigned i = 0; i < plan->host_count; i++)
        if (plan->hosts[i].count == 0)
            state->entries[plan->hosts[i].level]++;
    state->twins = plan->twin_count < plan->target_count;
}

static bool any_without_address(const struct delivery_plan *plan)
{
    for (unsigned i = 0; i < plan->host_count; i++)
        if (plan->hosts[i].count == 0)
            return true;
    return false;
}

/* Targets of a host stand IPv6 first: how many those are. */
static void split_families(struct delivery_plan *plan, struct key_order *state)
{
    state->split = arena_alloc(plan->arena, plan->host_count + 1, sizeof *state->split);
    for (unsigned i = 0; i < plan->target_count; i++)
        state->split[plan->targets[i].slot] += plan->targets[i].family == 6;
}

static void prepare(struct delivery_plan *plan)
{
    struct key_order *state = arena_alloc(plan->arena, 1, sizeof *state);

    plan->state = state;
    key_set_init(&state->hosts, plan->arena, plan->host_count);
    key_set_init(state->family, plan->arena, plan->target_count);
    key_set_init(state->family + 1, plan->arena, plan->target_count);
    state->seen = arena_alloc(plan->arena, plan->twin_count + 1, sizeof *state->seen);
    state->passes = (plan->count4 > 0 && plan->count6 > 0) || any_without_address(plan);
    state->reversed = settings_number(&plan->sender->settings, "ipv4_prefer");
    state->ipv4_first = state->reversed && plan->route->kind == ROUTE_IMPLICIT_MX;
    count_entries(plan, state);
    state->plain = !state->passes && !state->twins;
    split_families(plan, state);
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct key_order *state = plan->state;

    (void)chance;
    state->level = 0;
    state->level_open = state->host_open = state->holds = false;
    state->given = 0;
    state->unusable = false;
    state->draw++;
}

static void open_host(struct delivery_plan *plan, struct chance *chance, unsigned slot)
{
    struct key_order *state = plan->state;
    unsigned six = state->split[slot];

    state->slot = slot;
    state->host_open = true;
    key_set_begin(state->family, chance, six);
    key_set_begin(state->family + 1, chance, plan->hosts[slot].count - six);
}

/* Of the targets of the host in hand. */
static unsigned first_of_family(const struct delivery_plan *plan, bool ipv4)
{
    const struct key_order *state = plan->state;

    return plan->hosts[state->slot].first + (ipv4 ? state->split[state->slot] : 0u);
}

/* The next address of the host in hand, or HOST_END. */
static int next_address(struct delivery_plan *plan, struct chance *chance)
{
    struct key_order *state = plan->state;
    bool ipv4 = state->ipv4_first;
    int index;

    if (key_set_is_empty(state->family + ipv4))
        ipv4 = !ipv4;
    index = key_set_take(state->family + ipv4, chance);
    return index < 0 ? HOST_END : (int)first_of_family(plan, ipv4) + index;
}

/* The next host of the level in hand, counted from its first, or -1. One alone needs no key where
 * nothing else does. */
static int next_of_level(struct delivery_plan *plan, struct chance *chance)
{
    struct key_order *state = plan->state;
    const struct plan_level *level = plan->levels + state->level;
    bool alone = level->host_count == 1 && state->plain, first = !state->level_open;

    state->level_open = true;
    if (alone)
        return first ? 0 : -1;
    if (first)
        key_set_begin(&state->hosts, chance, level->host_count);
    return key_set_take(&state->hosts, chance);
}

/* The next entry of the level by keys, before the pass. */
static int next_by_keys(struct delivery_plan *plan, struct chance *chance)
{
    struct key_order *state = plan->state;
    const struct plan_level *level = plan->levels + state->level;
    int target, host;

    for (;;) {
        target = state->host_open ? next_address(plan, chance) : HOST_END;
        if (target != HOST_END)
            return target;
        host = next_of_level(plan, chance);
        if (host < 0)
            return LEVEL_END;
        if (plan->hosts[level->first_host + host].count == 0) {
            state->host_open = false;
            return NO_ADDRESS;
        }
        open_host(plan, chance, (unsigned)(level->first_host + host));
    }
}

/* Does the pass swap these neighbours? */
static bool swaps(const struct delivery_plan *plan, int entry, int behind)
{
    const struct key_order *state = plan->state;
    unsigned moves = state->reversed ? 6 : 4;

    return entry >= 0 && plan->targets[entry].family == moves &&
           (behind == NO_ADDRESS || plan->targets[behind].family != moves);
}

/* The next entry of the level after the pass. */
static int next_in_level(struct delivery_plan *plan, struct chance *chance)
{
    struct key_order *state = plan->state;
    int entry, behind;

    if (!state->passes)
        return next_by_keys(plan, chance);
    if (!state->holds)
        state->held = next_by_keys(plan, chance);
    state->holds = true;
    if (state->held == LEVEL_END)
        return LEVEL_END;
    behind = next_by_keys(plan, chance);
    if (behind != LEVEL_END && swaps(plan, state->held, behind))
        return behind;
    entry = state->held;
    state->held = behind;
    return entry;
}

static void open_level(struct key_order *state)
{
    state->level++;
    state->level_open = state->host_open = state->holds = false;
    state->given = 0;
}

/* Was the address given before in this draw? */
static bool is_repeated(const struct delivery_plan *plan, int target)
{
    struct key_order *state = plan->state;
    uint32_t *seen;

    if (!state->twins)
        return false;
    seen = state->seen + plan->targets[target].twin;
    if (*seen == state->draw)
        return true;
    *seen = state->draw;
    return false;
}

/* Goes to the next address that was not given before; false at the end of the level. */
static bool next_entry(struct delivery_plan *plan, struct chance *chance)
{
    struct key_order *state = plan->state;
    int entry;

    while ((entry = next_in_level(plan, chance)) != LEVEL_END) {
        bool repeated = entry != NO_ADDRESS && is_repeated(plan, entry);
        state->given += !repeated;
        state->unusable = entry == NO_ADDRESS || (repeated && state->unusable);
        if (entry == NO_ADDRESS || repeated)
            continue;
        state->entry = (uint16_t)entry;
        return true;
    }
    return false;
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct key_order *state = plan->state;

    *targets = &state->entry;
    for (; state->level < plan->level_count; open_level(state))
        if (next_entry(plan, chance))
            return 1;
    return 0;
}

static bool skip_level(struct delivery_plan *plan)
{
    struct key_order *state = plan->state;
    unsigned level = state->level + 1;

    while (level < plan->level_count && state->entries[level] == 0)
        level++;
    if (level >= plan->level_count)
        return false;
    state->level = level - 1;
    open_level(state);
    return true;
}

static bool more(const struct delivery_plan *plan)
{
    const struct key_order *state = plan->state;

    if (state->level < plan->level_count && state->given < state->entries[state->level])
        return true;
    for (unsigned level = state->level + 1; level < plan->level_count; level++)
        if (state->entries[level] > 0)
            return true;
    return false;
}

static bool ends_unusable(const struct delivery_plan *plan)
{
    const struct key_order *state = plan->state;

    return state->unusable;
}

const struct order order_keys = {.prepare = prepare,
                                 .begin = begin,
                                 .next = next,
                                 .skip_level = skip_level,
                                 .more = more,
                                 .ends_unusable = ends_unusable};
