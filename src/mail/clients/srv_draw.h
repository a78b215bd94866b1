/* Drawing a client's choice many times, in slices: counts of who comes first, and of whole orders.
 */
#ifndef MAIL_CLIENTS_SRV_DRAW_H
#define MAIL_CLIENTS_SRV_DRAW_H

#include "base/random.h"
#include "mail/clients/srv_choice.h"

/* Draws one order of all targets (indices into set->targets) as the algorithm would: rfc2782 and
 * nominal see the records in a random order, Postfix shuffles them itself, Exim takes them as
 * received. */
void srv_order_draw(const struct srv_set *set, enum srv_algorithm algorithm, struct random *random,
                    unsigned *order);

enum { SRV_ORDERS_SHOWN = 100, SRV_ORDERS_KEPT = 65536 };

struct srv_order_tally {
    const uint16_t *order; /* set->count indices into set->targets */
    uint64_t count;
};

struct srv_draw; /* keeps pointers into the set */

struct srv_draw *srv_draw_new(const struct srv_set *set, enum srv_algorithm algorithm,
                              uint64_t seed, uint64_t draws);
void srv_draw_free(struct srv_draw *draw);
/* Makes up to `slice` more draws; true while some are left. However it is sliced, the result for a
 * seed is the same. */
bool srv_draw_step(struct srv_draw *draw, uint64_t slice);
uint64_t srv_draw_done(const struct srv_draw *draw);
enum srv_algorithm srv_draw_algorithm(const struct srv_draw *draw);
/* How often target was tried before all others / before all of its priority. */
uint64_t srv_draw_first(const struct srv_draw *draw, size_t target);
uint64_t srv_draw_first_of_level(const struct srv_draw *draw, size_t target);
/* The most frequent orders, most frequent first, equal counts by order; returns how many of at most
 * SRV_ORDERS_SHOWN were written. Borrowed until the next step. */
size_t srv_draw_orders(const struct srv_draw *draw, struct srv_order_tally out[SRV_ORDERS_SHOWN]);
/* Different orders seen; beyond SRV_ORDERS_KEPT new ones are no longer told apart. */
size_t srv_draw_orders_total(const struct srv_draw *draw);

#endif
