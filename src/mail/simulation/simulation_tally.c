#include "mail/simulation/simulation_tally.h"

#include "base/array.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

void tally_init(struct tally *tally, const struct delivery_plan *plan)
{
    const struct route *route = delivery_plan_route(plan);
    size_t targets = delivery_plan_targets(plan), numbers = delivery_plan_numbers(plan);

    memset(tally, 0, sizeof *tally);
    tally->target_count = targets;
    tally->host_count = route->host_count;
    tally->level_count = route->level_count;
    tally->tries_count = targets + 1;
    tally->first = memory_new(targets + 1, sizeof *tally->first);
    tally->level_first = memory_new(targets + 1, sizeof *tally->level_first);
    tally->first_host = memory_new(route->host_count + 1, sizeof *tally->first_host);
    tally->level_reached = memory_new(route->level_count + 1, sizeof *tally->level_reached);
    tally->tries = memory_new(tally->tries_count, sizeof *tally->tries);
    tally->sequence_slots = FIRST_SLOTS;
    tally->hashes = memory_new(FIRST_SLOTS, sizeof *tally->hashes);
    tally->sequences = memory_new(FIRST_SLOTS, sizeof *tally->sequences);
    tally->levels = memory_new(numbers + 1, sizeof *tally->levels);
    tally->pairs = memory_new(numbers + 1, sizeof *tally->pairs);
    tally->targets = memory_new(numbers + 1, sizeof *tally->targets);
    for (size_t i = 0; i < numbers; i++) {
        tally->pairs[i] = (uint16_t)delivery_plan_pair(plan, i);
        tally->targets[i] = delivery_plan_target(plan, i);
        tally->levels[i] = (uint16_t)route->hosts[tally->targets[i].host].level;
    }
}

void tally_clear(struct tally *tally)
{
    free(tally->first);
    free(tally->level_first);
    free(tally->first_host);
    free(tally->level_reached);
    free(tally->tries);
    free(tally->endings);
    free(tally->levels);
    free(tally->pairs);
    free(tally->targets);
    free(tally->hashes);
    free(tally->sequences);
    memset(tally, 0, sizeof *tally);
}

static inline uint64_t hash_next(uint64_t hash, uint64_t word)
{
    return (hash ^ hash >> 29) * 0x9e3779b97f4a7c15u + word;
}

/* Of the targets in order, four at a time, and their number; never 0. */
static uint64_t hash_of(const struct delivery *delivery)
{
    const uint16_t *tried = delivery->tried;
    uint64_t hash = delivery->count, word;
    size_t i = 0;

    for (; i + 4 <= delivery->count; i += 4) {
        memcpy(&word, tried + i, sizeof word);
        hash = hash_next(hash, word);
    }
    for (; i < delivery->count; i++)
        hash = hash_next(hash, tried[i]);
    hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

/* Where the order is, or the free slot where it would go. */
static size_t slot_of(const uint64_t *hashes, size_t slots, uint64_t hash)
{
    size_t slot = hash & (slots - 1);

    while (hashes[slot] && hashes[slot] != hash)
        slot = (slot + 1) & (slots - 1);
    return slot;
}

static void grow(struct tally *tally)
{
    size_t slots = 2 * tally->sequence_slots;
    uint64_t *hashes = memory_new(slots, sizeof *hashes);
    struct tally_sequence *sequences = memory_new(slots, sizeof *sequences);

    for (size_t i = 0; i < tally->sequence_slots; i++)
        if (tally->hashes[i]) {
            size_t slot = slot_of(hashes, slots, tally->hashes[i]);
            hashes[slot] = tally->hashes[i];
            sequences[slot] = tally->sequences[i];
        }
    free(tally->hashes);
    free(tally->sequences);
    tally->hashes = hashes;
    tally->sequences = sequences;
    tally->sequence_slots = slots;
}

static void add_order(struct tally *tally, uint64_t hash, double weight, uint64_t sample)
{
    size_t slot = slot_of(tally->hashes, tally->sequence_slots, hash);

    if (tally->hashes[slot]) {
        tally->sequences[slot].weight += weight;
        return;
    }
    if (tally->sequence_count == TALLY_SEQUENCES_MOST) {
        tally->orders_cut = true;
        return;
    }
    if (2 * (tally->sequence_count + 1) > tally->sequence_slots) {
        grow(tally);
        slot = slot_of(tally->hashes, tally->sequence_slots, hash);
    }
    tally->sequence_count++;
    tally->hashes[slot] = hash;
    tally->sequences[slot] = (struct tally_sequence){weight, sample};
}

static bool same_ending(const struct tally_ending *a, const struct tally_ending *b)
{
    return a->verdict == b->verdict && a->host == b->host && a->rule == b->rule &&
           a->exposed == b->exposed && (a->code == b->code || strcmp(a->code, b->code) == 0);
}

/* The host that took the message or decided its fate; none where the list or a limit ended it. */
static int deciding_host(const struct tally *tally, const struct delivery *delivery)
{
    unsigned last;

    if (delivery->count == 0)
        return -1;
    last = delivery->tried[delivery->count - 1];
    return delivery->rule == tally->targets[last].rule ? tally->targets[last].host : -1;
}

static void add_ending(struct tally *tally, const struct delivery *delivery, double weight)
{
    struct tally_ending ending = {delivery->verdict,
                                  delivery->code,
                                  delivery->rule,
                                  deciding_host(tally, delivery),
                                  (enum tls_way)delivery->way,
                                  delivery->exposed,
                                  weight};

    for (size_t i = 0; i < tally->ending_count; i++)
        if (same_ending(tally->endings + i, &ending)) {
            tally->endings[i].weight += weight;
            return;
        }
    ARRAY_PUSH(tally->endings, tally->ending_count, tally->ending_capacity, ending);
}

/* Counts who was first on each level reached. */
static void add_levels(struct tally *tally, const struct delivery *delivery, double weight)
{
    unsigned seen = 0;

    for (size_t i = 0; i < delivery->count && seen < tally->level_count; i++) {
        unsigned target = delivery->tried[i], level = tally->levels[target];
        if (level == seen)
            continue;
        seen = level;
        tally->level_reached[level - 1] += weight;
        tally->level_first[tally->pairs[target]] += weight;
    }
}

void tally_add(struct tally *tally, const struct delivery *delivery, double weight, uint64_t sample)
{
    tally->total += weight;
    tally->tries[delivery->count] += weight;
    add_ending(tally, delivery, weight);
    if (delivery->count == 0)
        return;
    tally->first[delivery->tried[0]] += weight;
    tally->first_host[tally->targets[delivery->tried[0]].host] += weight;
    add_levels(tally, delivery, weight);
    add_order(tally, hash_of(delivery), weight, sample);
}

double tally_sequence_weight(const struct tally *tally, const struct delivery *delivery)
{
    return tally->sequences[slot_of(tally->hashes, tally->sequence_slots, hash_of(delivery))]
        .weight;
}

double tally_ending_weight(const struct tally *tally, const struct tally_ending *ending)
{
    for (size_t i = 0; i < tally->ending_count; i++)
        if (same_ending(tally->endings + i, ending))
            return tally->endings[i].weight;
    return 0;
}
