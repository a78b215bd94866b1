/* A resolver that turns its answers: each RRset begins at a record that chance decides, and goes
 * round from there. */
#ifndef MAIL_ORDER_TURN_H
#define MAIL_ORDER_TURN_H

#include "mail/order/order.h"

/* Where an RRset of `count` records begins; 0 where the resolver turns nothing. */
static inline unsigned turn_draw(const struct delivery_plan *plan, struct chance *chance,
                                 unsigned count)
{
    return plan->sender->rotates && count > 1 ? chance_pick(chance, count) : 0;
}

/* The record that comes to stand at the place, of an RRset that begins at record `turned`; both are
 * less than `count`. */
static inline unsigned turn_place(unsigned place, unsigned turned, unsigned count)
{
    unsigned record = place + turned;

    return record < count ? record : record - count;
}

/* Each family of a plan_host is an answer of its own: where they begin. */
struct turn {
    uint16_t leading, rest;
};
struct turn turn_host(const struct delivery_plan *plan, struct chance *chance, unsigned slot);
/* The target that comes to stand at the place of `target`, both of the plan_host. */
unsigned turn_target(const struct delivery_plan *plan, unsigned target, struct turn turn);
/* The targets of the plan_host in the order received, into list; returns how many. */
unsigned turn_list(const struct delivery_plan *plan, struct chance *chance, unsigned slot,
                   uint16_t *list);

#endif
