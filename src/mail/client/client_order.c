#include "mail/client/client_order.h"

#include <string.h>

struct pool {
    const struct client_item *items;
    size_t count;
    uint32_t sum;
    size_t zeros, heaviest, first; /* first: listed before all others */
    size_t as_heavy;               /* of the weight of the heaviest */
};

static struct pool pool_of(const struct client_item *items, size_t count)
{
    struct pool pool = {items, count, 0, 0, 0, 0, 0};

    for (size_t i = 0; i < count; i++) {
        pool.sum += items[i].weight;
        pool.zeros += items[i].weight == 0;
        if (items[i].weight > items[pool.heaviest].weight) {
            pool.heaviest = i;
            pool.as_heavy = 0;
        }
        pool.as_heavy += items[i].weight == items[pool.heaviest].weight;
        if (items[i].place < items[pool.first].place)
            pool.first = i;
    }
    return pool;
}

/* ---- exact ---- */

static double share_rfc2782(const struct pool *pool, size_t i)
{
    double extra = pool->zeros ? (pool->items[i].weight ? 0 : 1.0 / (double)pool->zeros)
                               : 1.0 / (double)pool->count;

    return (pool->items[i].weight + extra) / (pool->sum + 1.0);
}

static double share_nominal(const struct pool *pool, size_t i, bool unit)
{
    double more = unit && pool->zeros ? 1 : 0;

    if (!pool->sum)
        return 1.0 / (double)pool->count;
    if (!pool->items[i].weight)
        return pool->zeros ? more / (double)pool->zeros / (pool->sum + more) : 0;
    return pool->items[i].weight / (pool->sum + more);
}

static double share_of(const struct pool *pool, enum client_order order, size_t i)
{
    switch (order) {
    case CLIENT_NOMINAL:
        return share_nominal(pool, i, false);
    case CLIENT_HEIMDAL:
        return share_nominal(pool, i, true);
    case CLIENT_OPENLDAP:
        return (pool->items[i].weight + (i == pool->heaviest)) / (pool->sum + 1.0);
    case CLIENT_LISTED:
        return i == pool->first;
    case CLIENT_HEAVIEST:
        return pool->items[i].weight == pool->items[pool->heaviest].weight
                   ? 1.0 / (double)pool->as_heavy
                   : 0;
    default:
        return share_rfc2782(pool, i);
    }
}

/* Those to choose from, and their indices: all, or only those inside, while there are any. */
static size_t choose_from(enum client_order order, const struct client_item *items, size_t count,
                          struct client_item *kept, size_t *indices)
{
    size_t n = 0, inside = 0;

    for (size_t i = 0; i < count; i++)
        inside += items[i].inside;
    for (size_t i = 0; i < count; i++)
        if (order != CLIENT_INSIDE || inside == 0 || items[i].inside) {
            indices[n] = i;
            kept[n++] = items[i];
        }
    return n;
}

void client_shares(enum client_order order, const struct client_item *items, size_t count,
                   double *shares)
{
    struct client_item kept[CLIENT_ITEMS_MAX];
    size_t indices[CLIENT_ITEMS_MAX], n = choose_from(order, items, count, kept, indices);
    struct pool pool = pool_of(kept, n);

    memset(shares, 0, count * sizeof *shares);
    for (size_t i = 0; i < n; i++)
        shares[indices[i]] = share_of(&pool, order, i);
}

/* ---- drawn ---- */

/* The records happen to be listed in some order; those of weight 0 go to the front; the first whose
 * running sum reaches the number. */
static size_t draw_rfc2782(const struct pool *pool, struct random *random)
{
    unsigned listed[CLIENT_ITEMS_MAX];
    uint64_t number, running = 0;

    for (size_t i = 0; i < pool->count; i++)
        listed[i] = (unsigned)i;
    random_shuffle(random, listed, pool->count);
    number = random_below(random, (uint64_t)pool->sum + 1);
    for (int zero = 1; zero >= 0; zero--)
        for (size_t i = 0; i < pool->count; i++) {
            uint16_t weight = pool->items[listed[i]].weight;
            if ((weight == 0) != (zero == 1))
                continue;
            running += weight;
            if (running >= number)
                return listed[i];
        }
    return listed[0];
}

/* A number below the sum; `left` takes what no weight reaches. */
static size_t draw_below(const struct pool *pool, uint64_t bound, size_t left,
                         struct random *random)
{
    uint64_t number = random_below(random, bound), running = 0;

    for (size_t i = 0; i < pool->count; i++) {
        running += pool->items[i].weight;
        if (number < running)
            return i;
    }
    return left;
}

static size_t any_zero(const struct pool *pool, struct random *random)
{
    uint64_t number = pool->zeros ? random_below(random, pool->zeros) : 0;

    for (size_t i = 0; i < pool->count; i++)
        if (!pool->items[i].weight && number-- == 0)
            return i;
    return pool->heaviest;
}

static size_t any_heaviest(const struct pool *pool, struct random *random)
{
    uint64_t number = random_below(random, pool->as_heavy);

    for (size_t i = 0; i < pool->count; i++)
        if (pool->items[i].weight == pool->items[pool->heaviest].weight && number-- == 0)
            return i;
    return pool->heaviest;
}

static size_t draw(const struct pool *pool, enum client_order order, struct random *random)
{
    switch (order) {
    case CLIENT_NOMINAL:
        return pool->sum ? draw_below(pool, pool->sum, 0, random)
                         : (size_t)random_below(random, pool->count);
    case CLIENT_HEIMDAL:
        if (!pool->sum)
            return (size_t)random_below(random, pool->count);
        return draw_below(pool, pool->sum + (pool->zeros > 0), any_zero(pool, random), random);
    case CLIENT_OPENLDAP:
        return draw_below(pool, (uint64_t)pool->sum + 1, pool->heaviest, random);
    case CLIENT_LISTED:
        return pool->first;
    case CLIENT_HEAVIEST:
        return any_heaviest(pool, random);
    default:
        return draw_rfc2782(pool, random);
    }
}

size_t client_draw(enum client_order order, const struct client_item *items, size_t count,
                   struct random *random)
{
    struct client_item kept[CLIENT_ITEMS_MAX];
    size_t indices[CLIENT_ITEMS_MAX], n = choose_from(order, items, count, kept, indices);
    struct pool pool = pool_of(kept, n);

    return indices[draw(&pool, order, random)];
}
