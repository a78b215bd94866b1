#include "mail/biased_shuffle.h"
#include "mail/delivery_order.h"

/* Courier (rfc1035mxlist.c, rfc1035reply.c): every RRset is put through the biased shuffle, then
 * records go in front of their equals one by one, which turns the order round; AAAA before A, so
 * that IPv4 comes to stand in front. */
struct biased_order {
    struct biased_shuffle shuffle;
    uint16_t *records;     /* the MX RRset as shuffled, by place in the answer */
    uint16_t *slots;       /* of each record; `none` where it is no candidate */
    uint16_t *families[2]; /* the host's IPv4 and IPv6 RRsets as shuffled */
    unsigned counts[2], left[2];
    unsigned level, record; /* records left to look at on this level */
    unsigned slot;
    bool ipv6_first;
};

enum { NO_SLOT = UINT16_MAX };

static unsigned record_count(const struct delivery_plan *plan)
{
    return (unsigned)plan->route->host_count;
}

static void prepare(struct delivery_plan *plan)
{
    struct biased_order *state = arena_alloc(plan->arena, 1, sizeof *state);
    unsigned count = record_count(plan);

    plan->state = state;
    biased_shuffle_init(&state->shuffle, plan->arena);
    state->records = arena_alloc(plan->arena, count + 1, sizeof *state->records);
    state->slots = arena_alloc(plan->arena, count + 1, sizeof *state->slots);
    for (unsigned i = 0; i < 2; i++)
        state->families[i] =
            arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->families[i]);
    for (unsigned i = 0; i < count; i++)
        state->slots[i] = NO_SLOT;
    for (unsigned i = 0; i < plan->host_count; i++)
        state->slots[plan->route->hosts[plan->hosts[i].host].listed] = (uint16_t)i;
    state->ipv6_first = settings_number(&plan->sender->settings, "ESMTP_PREFER_IPV6_MX");
}

static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct biased_order *state = plan->state;

    biased_shuffle_draw(&state->shuffle, chance, state->records, record_count(plan));
    state->level = 0;
    state->record = record_count(plan);
    state->left[0] = state->left[1] = 0;
}

/* Targets of a host stand IPv4 first (or IPv6 first): families[0] are those that go first. */
static void open_host(struct delivery_plan *plan, struct chance *chance, unsigned slot)
{
    struct biased_order *state = plan->state;
    const struct plan_host *host = plan->hosts + slot;
    unsigned leading = state->ipv6_first ? 6 : 4;

    state->slot = slot;
    state->counts[0] = 0;
    while (state->counts[0] < host->count &&
           plan->targets[host->first + state->counts[0]].family == leading)
        state->counts[0]++;
    state->counts[1] = host->count - state->counts[0];
    for (unsigned i = 0; i < 2; i++) {
        biased_shuffle_draw(&state->shuffle, chance, state->families[i], state->counts[i]);
        state->left[i] = state->counts[i];
    }
}

/* The host of this level that was put in front of all left; false when there is none. */
static bool next_host(struct delivery_plan *plan, struct chance *chance)
{
    struct biased_order *state = plan->state;

    while (state->record > 0) {
        unsigned slot = state->slots[state->records[--state->record]];
        if (slot == NO_SLOT || plan->hosts[slot].level != state->level)
            continue;
        open_host(plan, chance, slot);
        return true;
    }
    return false;
}

static int next(struct delivery_plan *plan, struct chance *chance)
{
    struct biased_order *state = plan->state;

    while (state->left[0] + state->left[1] == 0) {
        if (state->level >= plan->level_count)
            return ORDER_END;
        if (next_host(plan, chance))
            continue;
        state->level++;
        state->record = record_count(plan);
    }
    if (state->left[0] > 0)
        return plan->hosts[state->slot].first + state->families[0][--state->left[0]];
    return plan->hosts[state->slot].first + (int)state->counts[0] +
           state->families[1][--state->left[1]];
}

const struct order order_biased = {.prepare = prepare, .begin = begin, .next = next};
