#include "mail/order/answer_order.h"
#include "mail/order/turn.h"

#include <string.h>

/* OpenSMTPD (mta.c) over time, in seconds: one new connection every 2 s, at most 3 waiting, an
 * address that failed is out for 15 s. */
enum { CONNECT_EVERY = 2, DISABLED_FOR = 15, CONNECT_TIMEOUT = 300, WAITING_MOST = 3 };

struct entry {
    uint16_t target;
    bool tried;
    int64_t ends;    /* when its connection fails, 0 none */
    int64_t enabled; /* from when it may be tried */
};

/* What has no chance in it is played once, as a list; where the resolver turns its answers, each
 * delivery plays it anew, and a host's addresses are turned when the first of them is due. */
struct pool_order {
    struct answer_order answer;
    struct entry *entries; /* in the order of preference */
    unsigned count, waiting, left;
    int64_t now;
    struct turn *turns; /* by plan_host */
    bool *turned;       /* ... once they are drawn */
    bool *seen;         /* addresses, by twin */
    uint16_t *list;     /* all that is tried; what is tried next where answers turn */
    unsigned listed;
    bool given;
};

/* Moves literals, which need no lookup, to the front; returns how many. */
static size_t literals_first(const struct delivery_plan *plan, struct answer_record *records,
                             size_t count)
{
    size_t literals = 0;

    for (size_t i = 0; i < count; i++) {
        struct answer_record record = records[i];
        if (record.slot == NO_SLOT || !plan->route->hosts[plan->hosts[record.slot].host].literal)
            continue;
        memmove(records + literals + 1, records + literals, (i - literals) * sizeof *records);
        records[literals++] = record;
    }
    return literals;
}

/* An address is one route, however many exchanges have it. */
static void add_entry(const struct delivery_plan *plan, struct pool_order *state, unsigned target)
{
    bool *seen = state->seen + plan->targets[target].twin;

    if (!*seen)
        state->entries[state->count++] = (struct entry){.target = (uint16_t)target};
    *seen = true;
}

static void add_host(const struct delivery_plan *plan, struct pool_order *state,
                     struct chance *chance, unsigned slot, unsigned level)
{
    const struct plan_host *host = plan->hosts + slot;

    if (slot == NO_SLOT || host->level != level)
        return;
    /* Which of equal addresses is left depends on how they are turned. */
    if (chance && plan->twin_count < plan->target_count) {
        state->turns[slot] = turn_host(plan, chance, slot);
        state->turned[slot] = true;
    }
    for (unsigned i = 0; i < host->count; i++)
        add_entry(plan, state,
                  state->turned[slot] ? turn_target(plan, host->first + i, state->turns[slot])
                                      : host->first + i);
}

/* dns.c: every address lookup runs at once and what it finds is put behind its equals: literals
 * first; then the first asked is the first to finish, then the last asked, and so on back. */
static void fill(const struct delivery_plan *plan, struct pool_order *state, struct chance *chance)
{
    struct answer_record *records = state->answer.records;
    size_t literals = literals_first(plan, records, state->answer.count);
    size_t count = state->answer.count - literals;

    state->count = 0;
    memset(state->seen, 0, plan->twin_count * sizeof *state->seen);
    memset(state->turned, 0, plan->host_count * sizeof *state->turned);
    for (unsigned level = 0; level < plan->level_count; level++) {
        for (size_t i = 0; i < literals; i++)
            add_host(plan, state, chance, records[i].slot, level);
        for (size_t i = 0; i < count; i++)
            add_host(plan, state, chance, records[literals + (i == 0 ? 0 : count - i)].slot, level);
    }
    state->now = 0;
    state->waiting = 0;
    state->left = state->count;
}

static void let_fail(struct pool_order *state)
{
    for (unsigned i = 0; i < state->count; i++) {
        struct entry *entry = state->entries + i;
        if (!entry->ends || entry->ends > state->now)
            continue;
        entry->enabled = entry->ends + DISABLED_FOR;
        entry->ends = 0;
        state->waiting--;
    }
}

static unsigned level_of(const struct delivery_plan *plan, const struct entry *entry)
{
    return plan->hosts[plan->targets[entry->target].slot].level;
}

/* The first entry of the best preference that is neither out nor waited for; NULL while one of that
 * preference is waited for and no more may be. */
static struct entry *choose(const struct delivery_plan *plan, const struct pool_order *state)
{
    bool waiting = false;

    for (unsigned i = 0; i < state->count; i++) {
        struct entry *entry = state->entries + i;
        if (i > 0 && waiting && level_of(plan, entry) != level_of(plan, entry - 1))
            break;
        if (entry->ends)
            waiting = true;
        else if (entry->enabled <= state->now && state->waiting < WAITING_MOST)
            return entry;
    }
    return NULL;
}

/* The addresses of its host get their places. */
static void turn_entries(const struct delivery_plan *plan, struct pool_order *state,
                         struct chance *chance, unsigned slot)
{
    state->turned[slot] = true;
    state->turns[slot] = turn_host(plan, chance, slot);
    for (unsigned i = 0; i < state->count; i++) {
        struct entry *entry = state->entries + i;
        if (plan->targets[entry->target].slot == slot)
            entry->target = (uint16_t)turn_target(plan, entry->target, state->turns[slot]);
    }
}

static void connect_to(const struct delivery_plan *plan, struct pool_order *state,
                       struct entry *entry)
{
    entry->tried = true;
    state->left--;
    if (plan->targets[entry->target].attempt.stage == STAGE_TIMEOUT) {
        entry->ends = state->now + CONNECT_TIMEOUT;
        state->waiting++;
    } else {
        entry->enabled = state->now + DISABLED_FOR;
    }
    if (plan->fates[entry->target] & (FATE_ACCEPTS | FATE_STOPS))
        state->left = 0;
}

/* The next address tried, into *target; false when the message's fate was decided or one would be
 * tried again. `chance` is NULL where nothing turns. */
static bool play(const struct delivery_plan *plan, struct pool_order *state, struct chance *chance,
                 uint16_t *target)
{
    for (; state->left > 0; state->now += CONNECT_EVERY) {
        struct entry *entry;
        let_fail(state);
        entry = choose(plan, state);
        if (!entry)
            continue;
        if (entry->tried)
            break;
        if (chance && !state->turned[plan->targets[entry->target].slot])
            turn_entries(plan, state, chance, plan->targets[entry->target].slot);
        connect_to(plan, state, entry);
        *target = entry->target;
        state->now += CONNECT_EVERY;
        return true;
    }
    state->left = 0;
    return false;
}

static void prepare(struct delivery_plan *plan)
{
    struct pool_order *state = arena_alloc(plan->arena, 1, sizeof *state);

    plan->state = state;
    answer_order_init(&state->answer, plan);
    state->entries = arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->entries);
    state->list = arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->list);
    state->turns = arena_alloc(plan->arena, plan->host_count + 1, sizeof *state->turns);
    state->turned = arena_alloc(plan->arena, plan->host_count + 1, sizeof *state->turned);
    state->seen = arena_alloc(plan->arena, plan->twin_count + 1, sizeof *state->seen);
    if (plan->sender->rotates)
        return;
    fill(plan, state, NULL);
    while (play(plan, state, NULL, state->list + state->listed))
        state->listed++;
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct pool_order *state = plan->state;

    state->given = false;
    if (!plan->sender->rotates)
        return;
    answer_order_turn(&state->answer, turn_draw(plan, chance, (unsigned)state->answer.turning));
    fill(plan, state, chance);
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct pool_order *state = plan->state;
    unsigned count = state->given ? 0 : state->listed;

    *targets = state->list;
    if (plan->sender->rotates)
        return play(plan, state, chance, state->list);
    state->given = true;
    return count;
}

const struct order order_pool = {.prepare = prepare, .begin = begin, .next = next};
