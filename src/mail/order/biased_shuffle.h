/* A shuffle that is none: n swaps of each place with any place, so that n^n ways fall on n! orders
 * (Courier, rfc1035reply.c). Drawn as it is, enumerated by how likely each order comes out. */
#ifndef MAIL_ORDER_BIASED_SHUFFLE_H
#define MAIL_ORDER_BIASED_SHUFFLE_H

#include "base/memory.h"
#include "mail/order/chance.h"

enum { BIASED_ENUMERABLE = 8 }; /* longer ones are drawn only */

struct biased_shuffle {
    struct arena *arena;
    double *chances[BIASED_ENUMERABLE + 1]; /* of each order by rank, made when first needed */
};

void biased_shuffle_init(struct biased_shuffle *shuffle, struct arena *arena);
/* Writes 0..count-1 in shuffled order. */
void biased_shuffle_draw(struct biased_shuffle *shuffle, struct chance *chance, uint16_t *things,
                         unsigned count);

#endif
