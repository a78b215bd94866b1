/* One connection to one address of one host. */
#ifndef MAIL_ORDER_ATTEMPT_H
#define MAIL_ORDER_ATTEMPT_H

#include "mail/sender/verdict.h"

#include <stdbool.h>
#include <stdint.h>

struct attempt {
    uint16_t host;           /* index into route.hosts */
    uint16_t address;        /* index into that host's addresses */
    uint16_t target;         /* index of the pair, 0.. delivery_plan_targets - 1 */
    uint8_t stage;           /* enum stage: how far it came */
    uint8_t way;             /* enum tls_way: what TLS makes of it */
    bool taken;              /* the message */
    bool known;              /* its host failed in TLS before, which is not tried again */
    const struct rule *rule; /* what follows from that, static */
};

/* A target left out in its turn, without a connection. */
struct skip {
    uint16_t target, before; /* before that attempt, 0.. count */
};

#endif
