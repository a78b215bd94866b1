#include "mail/clients/srv_exim.h"

#include <assert.h>
#include <string.h>

static uint32_t sort_key(const struct srv_target *target)
{
    return target->record->srv.priority * 1000u + target->record->srv.weight;
}

/* Insertion behind equals keeps the order of the answer. */
void srv_exim_init(struct srv_exim *exim, const struct srv_set *set, const unsigned *listing)
{
    exim->count = set->count;
    exim->front = 0;
    for (size_t i = 0; i < set->count; i++) {
        uint32_t key = sort_key(&set->targets[listing[i]]);
        size_t place = i;

        for (; place > 0 && key < sort_key(&set->targets[exim->target[place - 1]]); place--)
            exim->target[place] = exim->target[place - 1];
        exim->target[place] = listing[i];
    }
    for (size_t i = 0; i < set->count; i++) {
        const struct record *record = set->targets[exim->target[i]].record;

        exim->weight[i] = record->srv.weight % 1000u;
        exim->priority[i] = record->srv.priority;
    }
}

size_t srv_exim_run(const struct srv_exim *exim)
{
    size_t run = 1;

    assert(exim->front < exim->count);
    while (exim->front + run < exim->count &&
           exim->priority[exim->front + run] == exim->priority[exim->front])
        run++;
    return run;
}

static bool is_last_run(const struct srv_exim *exim)
{
    return exim->front + srv_exim_run(exim) == exim->count;
}

/* The entries whose weights count in this round. */
static size_t summed(const struct srv_exim *exim)
{
    return srv_exim_run(exim) - (is_last_run(exim) ? 1 : 0);
}

uint32_t srv_exim_bound(const struct srv_exim *exim)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < summed(exim); i++)
        sum += exim->weight[exim->front + i];
    return sum + 1;
}

size_t srv_exim_chosen(const struct srv_exim *exim, uint32_t draw)
{
    uint32_t total = 0;

    for (size_t i = 0; i < summed(exim); i++) {
        total += exim->weight[exim->front + i];
        if (total >= draw)
            return i;
    }
    return 0;
}

double srv_exim_chance(const struct srv_exim *exim, size_t entry)
{
    size_t competing = summed(exim);
    uint32_t draws;

    if (competing == 0)
        return entry == 0 ? 1 : 0;
    if (entry >= competing)
        return 0;
    draws = exim->weight[exim->front + entry] + (entry == 0 ? 1 : 0);
    return (double)draws / srv_exim_bound(exim);
}

static void totals_become_weights(struct srv_exim *exim)
{
    uint32_t total = 0;

    for (size_t i = 0, end = summed(exim); i < end; i++) {
        total += exim->weight[exim->front + i];
        exim->weight[exim->front + i] = total % 1000u;
    }
}

unsigned srv_exim_take(struct srv_exim *exim, size_t entry)
{
    size_t front = exim->front, place = front + entry;
    unsigned target = exim->target[place];

    totals_become_weights(exim);
    memmove(exim->target + front + 1, exim->target + front, entry * sizeof exim->target[0]);
    memmove(exim->weight + front + 1, exim->weight + front, entry * sizeof exim->weight[0]);
    exim->target[front] = target;
    exim->front++;
    return target;
}
