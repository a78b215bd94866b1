#include "mail/clients/srv_choice.h"

#include "base/message.h"
#include "dns/name.h"
#include "mail/clients/srv_exim.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *sentence;
} algorithms[SRV_ALGORITHMS] = {
    [SRV_RFC2782] = {"rfc2782", N_("As RFC 2782 has it: records of weight 0 first, the rest in the "
                                   "order received, then a number from 0 to the sum inclusive; so "
                                   "whatever happens to be listed first gets one share more.")},
    [SRV_NOMINAL] = {"nominal", N_("What the weights promise: each target its weight's part of the "
                                   "sum.")},
    [SRV_POSTFIX] = {"postfix",
                     N_("Postfix shuffles the records, draws from 0 to the sum inclusive "
                        "and swaps the chosen one to the front; records of weight 0 are "
                        "not put first.")},
    [SRV_EXIM] =
        {"exim",
         N_("Exim sorts by ascending weight and leaves the last record of the last priority out of "
            "the sum, so the heaviest host of the last priority always comes last.")},
};

const char *srv_algorithm_text(enum srv_algorithm algorithm)
{
    return algorithms[algorithm].name;
}

static bool has_equals(const struct srv_set *set)
{
    for (size_t i = 1; i < set->count; i++) {
        const struct record *record = set->targets[i].record;
        const struct record *before = set->targets[i - 1].record;
        if (before->srv.priority == record->srv.priority &&
            before->srv.weight == record->srv.weight)
            return true;
    }
    return false;
}

const char *srv_algorithm_sentence(const struct srv_set *set, enum srv_algorithm algorithm)
{
    if (algorithm == SRV_EXIM && set && has_equals(set))
        return tr("Exim sorts by ascending weight and leaves the last record of the last priority "
                  "out of the sum, so the heaviest host of the last priority always comes last. "
                  "Records of equal weight keep the order of the answer, so their shares depend on "
                  "it: these are those of the order received.");
    return tr(algorithms[algorithm].sentence);
}

bool srv_algorithm_parse(const char *text, enum srv_algorithm *algorithm)
{
    for (int i = 0; i < SRV_ALGORITHMS; i++) {
        if (strcmp(text, algorithms[i].name) == 0) {
            *algorithm = (enum srv_algorithm)i;
            return true;
        }
    }
    return false;
}

/* ---- the set ---- */

struct listed {
    const struct record *record;
    size_t place; /* in the answer */
};

static int compare_listed(const void *a, const void *b)
{
    const struct listed *left = a, *right = b;
    int order = record_compare(left->record, right->record);

    if (order != 0)
        return order;
    return left->place < right->place ? -1 : left->place > right->place;
}

static int compare_received(const void *a, const void *b)
{
    const struct listed *left = a, *right = b;

    return left->place < right->place ? -1 : left->place > right->place;
}

static struct listed *sort_records(struct arena *arena, const struct record *const *records,
                                   size_t count)
{
    struct listed *listed = arena_alloc(arena, count + 1, sizeof *listed);

    for (size_t i = 0; i < count; i++)
        listed[i] = (struct listed){records[i], i};
    qsort(listed, count, sizeof *listed, compare_listed);
    return listed;
}

static void fill_targets(struct srv_set *set, struct arena *arena, const struct listed *listed)
{
    set->targets = arena_alloc(arena, set->count + 1, sizeof *set->targets);
    for (size_t i = 0; i < set->count; i++) {
        set->targets[i].record = listed[i].record;
        set->targets[i].offered = !name_is_root(listed[i].record->srv.target);
    }
    set->not_offered = set->count == 1 && !set->targets[0].offered;
}

/* Reuses `listed`, whose first set->count entries are the targets in their order. */
static void fill_received(struct srv_set *set, struct arena *arena, struct listed *listed)
{
    struct listed *by_place = arena_alloc(arena, set->count + 1, sizeof *by_place);

    set->received = arena_alloc(arena, set->count + 1, sizeof *set->received);
    for (size_t i = 0; i < set->count; i++)
        by_place[i] = (struct listed){listed[i].record, listed[i].place};
    qsort(by_place, set->count, sizeof *by_place, compare_received);
    for (size_t i = 0; i < set->count; i++)
        for (size_t k = 0; k < set->count; k++)
            if (listed[k].place == by_place[i].place)
                set->received[i] = (unsigned)k;
}

static void fill_levels(struct srv_set *set, struct arena *arena)
{
    set->levels = arena_alloc(arena, set->count + 1, sizeof *set->levels);
    for (size_t i = 0; i < set->count; i++) {
        const struct record *record = set->targets[i].record;
        struct srv_level *level = &set->levels[set->level_count ? set->level_count - 1 : 0];

        if (i == 0 || record->srv.priority != level->priority) {
            level = &set->levels[set->level_count++];
            *level = (struct srv_level){.priority = record->srv.priority, .begin = i};
        }
        level->count++;
        level->weight_sum += record->srv.weight;
        level->zero_only = level->weight_sum == 0;
        set->targets[i].level = set->level_count - 1;
    }
}

/* ---- exact shares ----
 *
 * RFC 2782 and Postfix draw one of sum + 1 numbers; the record listed first (RFC 2782: the first of
 * weight 0, if there are any) gets one number more than its weight. Whatever was taken before, all
 * orders of the remaining records are equally likely, so each of n candidates for that extra number
 * has it with 1/n. This gives the mean over all orders without walking through them, for the first
 * place and, with the product over the places, for whole orders. */

struct pool {
    size_t count; /* records of the priority still to be placed */
    uint32_t sum; /* of their weights */
    size_t zeros; /* of them with weight 0 */
};

static struct pool pool_of_level(const struct srv_set *set, const struct srv_level *level)
{
    struct pool pool = {.count = level->count, .sum = level->weight_sum};

    for (size_t i = 0; i < level->count; i++)
        pool.zeros += set->targets[level->begin + i].record->srv.weight == 0;
    return pool;
}

static void pool_take(struct pool *pool, uint32_t weight)
{
    pool->count--;
    pool->sum -= weight;
    pool->zeros -= weight == 0;
}

static struct srv_share share_nominal(const struct pool *pool, uint32_t weight)
{
    double share = pool->sum ? (double)weight / pool->sum : 1.0 / (double)pool->count;

    return (struct srv_share){share, share, share};
}

/* `candidates` records compete for the extra number, this one among them or not. */
static struct srv_share share_inclusive(const struct pool *pool, uint32_t weight, size_t candidates,
                                        bool competes)
{
    double numbers = (double)pool->sum + 1;
    double extra = competes ? 1.0 / (double)candidates : 0;

    return (struct srv_share){
        .exact = (weight + extra) / numbers,
        .low = (weight + (competes && candidates == 1 ? 1 : 0)) / numbers,
        .high = (weight + (competes ? 1 : 0)) / numbers,
    };
}

static struct srv_share share_of(enum srv_algorithm algorithm, const struct pool *pool,
                                 uint32_t weight)
{
    if (algorithm == SRV_NOMINAL)
        return share_nominal(pool, weight);
    if (algorithm == SRV_POSTFIX || pool->zeros == 0)
        return share_inclusive(pool, weight, pool->count, true);
    return share_inclusive(pool, weight, pool->zeros, weight == 0);
}

static void fill_shares(struct srv_set *set, enum srv_algorithm algorithm)
{
    for (size_t i = 0; i < set->level_count; i++) {
        const struct srv_level *level = &set->levels[i];
        struct pool pool = pool_of_level(set, level);

        for (size_t k = level->begin; k < level->begin + level->count; k++) {
            struct srv_target *target = &set->targets[k];

            target->share[algorithm] = share_of(algorithm, &pool, target->record->srv.weight);
            target->first[algorithm] = i == 0 ? target->share[algorithm].exact : 0;
        }
    }
}

/* A weight over 999 can tear a priority apart; the first piece of it decides who is first. */
static void fill_exim_run(struct srv_set *set, struct srv_exim *exim, bool level_seen[])
{
    size_t run = srv_exim_run(exim);
    size_t level = set->targets[exim->target[exim->front]].level;

    for (size_t entry = 0; entry < run && !level_seen[level]; entry++) {
        struct srv_target *target = &set->targets[exim->target[exim->front + entry]];
        double chance = srv_exim_chance(exim, entry);

        target->share[SRV_EXIM] = (struct srv_share){chance, chance, chance};
        target->first[SRV_EXIM] = exim->front == 0 ? chance : 0;
    }
    level_seen[level] = true;
    exim->front += run;
}

static void fill_exim(struct srv_set *set)
{
    struct srv_exim exim;
    bool level_seen[SRV_TARGETS_MAX] = {false};

    srv_exim_init(&exim, set, set->received);
    while (exim.front < exim.count)
        fill_exim_run(set, &exim, level_seen);
}

struct srv_set *srv_set_build(struct arena *arena, const char *owner,
                              const struct record *const *records, size_t count)
{
    struct srv_set *set = arena_alloc(arena, 1, sizeof *set);
    struct listed *listed = sort_records(arena, records, count);

    set->owner = arena_dup(arena, owner);
    set->count = count < SRV_TARGETS_MAX ? count : SRV_TARGETS_MAX;
    set->left_out = count - set->count;
    fill_targets(set, arena, listed);
    fill_received(set, arena, listed);
    fill_levels(set, arena);
    fill_shares(set, SRV_RFC2782);
    fill_shares(set, SRV_NOMINAL);
    fill_shares(set, SRV_POSTFIX);
    fill_exim(set);
    return set;
}

/* ---- whole orders ---- */

static double exim_probability(const struct srv_set *set, const unsigned *order)
{
    struct srv_exim exim;
    double probability = 1;

    srv_exim_init(&exim, set, set->received);
    for (size_t i = 0; i < set->count; i++) {
        size_t entry = 0, run = srv_exim_run(&exim);

        while (entry < run && exim.target[exim.front + entry] != order[i])
            entry++;
        if (entry == run)
            return 0;
        probability *= srv_exim_chance(&exim, entry);
        srv_exim_take(&exim, entry);
    }
    return probability;
}

double srv_order_probability(const struct srv_set *set, enum srv_algorithm algorithm,
                             const unsigned *order)
{
    double probability = 1;
    struct pool pool = {0};

    if (algorithm == SRV_EXIM)
        return exim_probability(set, order);
    for (size_t i = 0, level = 0; i < set->count; i++) {
        const struct srv_target *target = &set->targets[order[i]];

        if (pool.count == 0)
            pool = pool_of_level(set, &set->levels[level++]);
        if (target->level != level - 1)
            return 0;
        probability *= share_of(algorithm, &pool, target->record->srv.weight).exact;
        pool_take(&pool, target->record->srv.weight);
    }
    return probability;
}
