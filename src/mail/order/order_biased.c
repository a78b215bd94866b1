#include "mail/order/biased_shuffle.h"
#include "mail/order/turn.h"

/* Courier (rfc1035mxlist.c, rfc1035reply.c): every RRset is put through the biased shuffle, then
 * records go in front of their equals one by one, which turns the order round; AAAA before A, so
 * that IPv4 comes to stand in front. */
struct biased_order {
    struct biased_shuffle shuffle;
    uint16_t *slots;         /* of each record by place in the answer; `none` where no candidate */
    uint16_t *room;          /* for a shuffle */
    uint16_t *sequence;      /* slots in the order they are tried */
    uint16_t *ends;          /* per level: where its next slot goes */
    bool nothing_to_shuffle; /* each preference has one host */
    uint16_t *list;          /* the targets of one host */
    unsigned position;
};

static unsigned record_count(const struct delivery_plan *plan)
{
    return (unsigned)plan->route->host_count;
}

static void prepare(struct delivery_plan *plan)
{
    struct biased_order *state = arena_alloc(plan->arena, 1, sizeof *state);
    unsigned records = record_count(plan), most = records + plan->target_count + 1;

    plan->state = state;
    biased_shuffle_init(&state->shuffle, plan->arena);
    state->slots = arena_alloc(plan->arena, records + 1, sizeof *state->slots);
    state->sequence = arena_alloc(plan->arena, records + 1, sizeof *state->sequence);
    state->ends = arena_alloc(plan->arena, plan->level_count + 1, sizeof *state->ends);
    state->list = arena_alloc(plan->arena, plan->target_count + 1, sizeof *state->list);
    state->room = arena_alloc(plan->arena, most, sizeof *state->room);
    for (unsigned i = 0; i < records; i++)
        state->slots[i] = NO_SLOT;
    for (unsigned i = 0; i < plan->host_count; i++)
        state->slots[plan->route->hosts[plan->hosts[i].host].listed] = (uint16_t)i;
    state->nothing_to_shuffle = plan->level_count == plan->host_count;
    for (unsigned i = 0; i < plan->host_count && state->nothing_to_shuffle; i++)
        state->sequence[i] = (uint16_t)i;
}

/* `records` numbers those of an answer that begins at record `turned`. */
static void sort_by_level(struct delivery_plan *plan, const uint16_t *records, unsigned turned)
{
    struct biased_order *state = plan->state;

    for (unsigned level = 0; level < plan->level_count; level++)
        state->ends[level] = plan->levels[level].first_host;
    for (unsigned i = record_count(plan); i-- > 0;) {
        unsigned slot = state->slots[turn_place(records[i], turned, record_count(plan))];
        if (slot != NO_SLOT)
            state->sequence[state->ends[plan->hosts[slot].level]++] = (uint16_t)slot;
    }
}

/* Shuffles the records; the last of each preference comes to stand in front of its equals. */
static void begin(struct delivery_plan *plan, struct chance *chance)
{
    struct biased_order *state = plan->state;
    unsigned records = record_count(plan), turned;

    state->position = 0;
    if (state->nothing_to_shuffle)
        return;
    turned = turn_draw(plan, chance, records);
    biased_shuffle_draw(&state->shuffle, chance, state->room, records);
    sort_by_level(plan, state->room, turned);
}

/* Puts the shuffled targets of one family behind the list, turned round; returns how many. */
static unsigned list_family(struct delivery_plan *plan, struct chance *chance, unsigned first,
                            unsigned count, unsigned listed)
{
    struct biased_order *state = plan->state;
    unsigned turned = turn_draw(plan, chance, count);

    biased_shuffle_draw(&state->shuffle, chance, state->room, count);
    for (unsigned i = 0; i < count; i++)
        state->list[listed + i] =
            (uint16_t)(first + turn_place(state->room[count - 1 - i], turned, count));
    return count;
}

static size_t next(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets)
{
    struct biased_order *state = plan->state;
    const struct plan_host *host;
    unsigned listed;

    if (state->position == plan->host_count)
        return 0;
    host = plan->hosts + state->sequence[state->position++];
    listed = list_family(plan, chance, host->first, host->leading, 0);
    if (listed < host->count)
        list_family(plan, chance, host->first + listed, host->count - listed, listed);
    *targets = state->list;
    return host->count;
}

const struct order order_biased = {.prepare = prepare, .begin = begin, .next = next};
