/* All orders of up to five things, each with a weight: one number drawn picks an order, instead of
 * one number and one comparison for each thing. */
#ifndef MAIL_ORDER_SMALL_ORDER_H
#define MAIL_ORDER_SMALL_ORDER_H

#include "base/memory.h"
#include "mail/order/chance.h"

#include <stdint.h>

enum { SMALL_ORDER_MOST = 5 };

struct small_orders {
    unsigned count, order_count;
    uint16_t *orders; /* order_count rows of `count` things, by rank */
    uint64_t least;   /* the smallest weight of an order */
    double inverse;   /* 1 / least, nearly */
    uint64_t *extra;  /* what each weighs beyond that */
    uint64_t total;
    uint8_t *ranks; /* of each number below `total`, where that is small; else NULL */
};

enum { SMALL_ORDER_TOTAL = 4096 };

/* Place of an order of 0..count-1 among all of them (Lehmer code), and back. */
size_t order_rank(const uint16_t *order, unsigned count);
void order_unrank(size_t rank, uint16_t *order, unsigned count);
size_t order_factorial(unsigned count);

/* `weight` gives the integer weight of an order; the sum must stay below 2^53. */
void small_orders_init(struct small_orders *orders, struct arena *arena, unsigned count,
                       uint64_t (*weight)(const uint16_t *order, unsigned count));
/* A row, good as long as the arena; only while drawing. */
const uint16_t *small_orders_draw(const struct small_orders *orders, struct chance *chance);

#endif
