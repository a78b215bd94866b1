#include "mail/clients/srv_draw.h"

#include "base/hash.h"
#include "mail/clients/srv_exim.h"

#include <stdlib.h>
#include <string.h>

/* ---- one order ---- */

static uint32_t weight_of(const struct srv_set *set, size_t target)
{
    return set->targets[target].record->srv.weight;
}

static uint32_t weight_sum(const struct srv_set *set, const unsigned *queue, size_t count)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += weight_of(set, queue[i]);
    return sum;
}

/* The first place in the queue whose running total of weights reaches the number; else the last. */
static size_t place_reaching(const struct srv_set *set, const unsigned *queue, size_t count,
                             uint64_t number)
{
    size_t place = 0;
    uint64_t total = weight_of(set, queue[0]);

    while (total < number && place + 1 < count)
        total += weight_of(set, queue[++place]);
    return place;
}

static void move_to_front(unsigned *queue, size_t place)
{
    unsigned target = queue[place];

    memmove(queue + 1, queue, place * sizeof *queue);
    queue[0] = target;
}

static void swap_to_front(unsigned *queue, size_t place)
{
    unsigned target = queue[place];

    queue[place] = queue[0];
    queue[0] = target;
}

static void zeros_to_front(const struct srv_set *set, unsigned *queue, size_t count)
{
    size_t zeros = 0;

    for (size_t i = 0; i < count; i++) {
        if (weight_of(set, queue[i]) == 0) {
            move_to_front(queue + zeros, i - zeros);
            zeros++;
        }
    }
}

static void order_rfc2782(const struct srv_set *set, unsigned *queue, size_t count,
                          struct random *random)
{
    zeros_to_front(set, queue, count);
    for (; count > 1; queue++, count--) {
        uint64_t number = random_below(random, (uint64_t)weight_sum(set, queue, count) + 1);

        move_to_front(queue, place_reaching(set, queue, count, number));
    }
}

static void order_postfix(const struct srv_set *set, unsigned *queue, size_t count,
                          struct random *random)
{
    random_shuffle(random, queue, count);
    for (; count > 1; queue++, count--) {
        uint64_t number = random_below(random, (uint64_t)weight_sum(set, queue, count) + 1);

        swap_to_front(queue, place_reaching(set, queue, count, number));
    }
}

static void order_nominal(const struct srv_set *set, unsigned *queue, size_t count,
                          struct random *random)
{
    for (; count > 1; queue++, count--) {
        uint32_t sum = weight_sum(set, queue, count);

        move_to_front(queue, sum ? place_reaching(set, queue, count, 1 + random_below(random, sum))
                                 : random_below(random, count));
    }
}

static void order_exim(const struct srv_set *set, const unsigned *listing, struct random *random,
                       unsigned *order)
{
    struct srv_exim exim;

    srv_exim_init(&exim, set, listing);
    for (size_t i = 0; i < set->count; i++) {
        uint32_t draw = (uint32_t)random_below(random, srv_exim_bound(&exim));

        order[i] = srv_exim_take(&exim, srv_exim_chosen(&exim, draw));
    }
}

static void order_level(const struct srv_set *set, enum srv_algorithm algorithm, unsigned *queue,
                        size_t count, struct random *random)
{
    switch (algorithm) {
    case SRV_RFC2782:
        order_rfc2782(set, queue, count, random);
        break;
    case SRV_POSTFIX:
        order_postfix(set, queue, count, random);
        break;
    case SRV_NOMINAL:
    case SRV_EXIM:
        order_nominal(set, queue, count, random);
        break;
    }
}

/* The order for a given order of the answer: `listing` holds indices into set->targets. */
static void order_listed(const struct srv_set *set, enum srv_algorithm algorithm,
                         const unsigned *listing, struct random *random, unsigned *order)
{
    size_t placed = 0;

    if (algorithm == SRV_EXIM) {
        order_exim(set, listing, random, order);
        return;
    }
    for (size_t level = 0; level < set->level_count; level++) {
        unsigned *queue = order + placed;

        for (size_t i = 0; i < set->count; i++)
            if (set->targets[listing[i]].level == level)
                order[placed++] = listing[i];
        order_level(set, algorithm, queue, set->levels[level].count, random);
    }
}

void srv_order_draw(const struct srv_set *set, enum srv_algorithm algorithm, struct random *random,
                    unsigned *order)
{
    unsigned listing[SRV_TARGETS_MAX];

    memcpy(listing, set->received, set->count * sizeof *listing);
    if (algorithm == SRV_RFC2782 || algorithm == SRV_NOMINAL)
        random_shuffle(random, listing, set->count);
    order_listed(set, algorithm, listing, random, order);
}

/* ---- many orders ---- */

struct order_tally {
    uint64_t count;
    UT_hash_handle hh;
    uint16_t order[]; /* the key */
};

struct srv_draw {
    const struct srv_set *set;
    enum srv_algorithm algorithm;
    struct random random;
    uint64_t done, wanted;
    uint64_t *first, *first_of_level;
    struct order_tally *tallies;
};

struct srv_draw *srv_draw_new(const struct srv_set *set, enum srv_algorithm algorithm,
                              uint64_t seed, uint64_t draws)
{
    struct srv_draw *draw = memory_new(1, sizeof *draw);

    draw->set = set;
    draw->algorithm = algorithm;
    draw->wanted = set->count ? draws : 0;
    draw->first = memory_new(set->count + 1, sizeof *draw->first);
    draw->first_of_level = memory_new(set->count + 1, sizeof *draw->first_of_level);
    random_init(&draw->random, seed);
    return draw;
}

void srv_draw_free(struct srv_draw *draw)
{
    struct order_tally *tally, *next;

    if (!draw)
        return;
    HASH_ITER(hh, draw->tallies, tally, next)
    {
        HASH_DEL(draw->tallies, tally);
        free(tally);
    }
    free(draw->first);
    free(draw->first_of_level);
    free(draw);
}

static void count_order(struct srv_draw *draw, const unsigned *order, uint64_t times)
{
    uint16_t key[SRV_TARGETS_MAX];
    size_t size = draw->set->count * sizeof *key;
    struct order_tally *tally = NULL;

    for (size_t i = 0; i < draw->set->count; i++)
        key[i] = (uint16_t)order[i];
    HASH_FIND(hh, draw->tallies, key, size, tally);
    if (!tally) {
        if (HASH_COUNT(draw->tallies) >= SRV_ORDERS_KEPT)
            return;
        tally = memory_new(1, sizeof *tally + size);
        memcpy(tally->order, key, size);
        HASH_ADD_KEYPTR(hh, draw->tallies, tally->order, size, tally);
    }
    tally->count += times;
}

static void count_firsts(struct srv_draw *draw, const unsigned *order, uint64_t times)
{
    bool level_seen[SRV_TARGETS_MAX] = {false};

    draw->first[order[0]] += times;
    for (size_t i = 0; i < draw->set->count; i++) {
        size_t level = draw->set->targets[order[i]].level;

        if (!level_seen[level])
            draw->first_of_level[order[i]] += times;
        level_seen[level] = true;
    }
}

bool srv_draw_step(struct srv_draw *draw, uint64_t slice)
{
    unsigned order[SRV_TARGETS_MAX] = {0};
    uint64_t left = draw->wanted - draw->done, times = 1;

    if (draw->set->count == 1) /* of one target there is one order */
        times = slice < left ? slice : left;
    for (; slice > 0 && draw->done < draw->wanted; slice -= times, draw->done += times) {
        srv_order_draw(draw->set, draw->algorithm, &draw->random, order);
        count_firsts(draw, order, times);
        count_order(draw, order, times);
    }
    return draw->done < draw->wanted;
}

uint64_t srv_draw_done(const struct srv_draw *draw)
{
    return draw->done;
}

enum srv_algorithm srv_draw_algorithm(const struct srv_draw *draw)
{
    return draw->algorithm;
}

uint64_t srv_draw_first(const struct srv_draw *draw, size_t target)
{
    return draw->first[target];
}

uint64_t srv_draw_first_of_level(const struct srv_draw *draw, size_t target)
{
    return draw->first_of_level[target];
}

size_t srv_draw_orders_total(const struct srv_draw *draw)
{
    return HASH_COUNT(draw->tallies);
}

static int compare_tallies(const struct order_tally *a, const struct order_tally *b, size_t length)
{
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    for (size_t i = 0; i < length; i++)
        if (a->order[i] != b->order[i])
            return a->order[i] < b->order[i] ? -1 : 1;
    return 0;
}

/* Inserts into the best of at most SRV_ORDERS_SHOWN; the last one falls out when all are taken. */
static size_t insert_best(const struct order_tally **best, size_t count,
                          const struct order_tally *tally, size_t length)
{
    size_t place = count;

    while (place > 0 && compare_tallies(tally, best[place - 1], length) < 0)
        place--;
    if (place == SRV_ORDERS_SHOWN)
        return count;
    if (count < SRV_ORDERS_SHOWN)
        count++;
    memmove(best + place + 1, best + place,
            (count - place - 1) * sizeof(const struct order_tally *));
    best[place] = tally;
    return count;
}

size_t srv_draw_orders(const struct srv_draw *draw, struct srv_order_tally out[SRV_ORDERS_SHOWN])
{
    const struct order_tally *best[SRV_ORDERS_SHOWN];
    size_t count = 0;

    for (const struct order_tally *tally = draw->tallies; tally; tally = tally->hh.next)
        count = insert_best(best, count, tally, draw->set->count);
    for (size_t i = 0; i < count; i++)
        out[i] = (struct srv_order_tally){best[i]->order, best[i]->count};
    return count;
}
