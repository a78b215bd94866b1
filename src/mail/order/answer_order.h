/* The records of a route as the answer has them, candidates or not: for the orders of servers that
 * do not sort them all. */
#ifndef MAIL_ORDER_ANSWER_ORDER_H
#define MAIL_ORDER_ANSWER_ORDER_H

#include "mail/order/order.h"

struct answer_record {
    unsigned preference;
    uint16_t slot; /* its plan_host; NO_SLOT where it is no candidate */
};

struct answer_order {
    const struct answer_record *received;
    struct answer_record *records; /* a copy that the order may spoil */
    size_t count;
    size_t turning; /* so many of them are one answer, which a resolver may turn */
};

/* In the arena of the plan; `records` are as received. */
void answer_order_init(struct answer_order *answer, const struct delivery_plan *plan);
/* Makes `records` anew, beginning `offset` records further. */
void answer_order_turn(struct answer_order *answer, unsigned offset);

#endif
