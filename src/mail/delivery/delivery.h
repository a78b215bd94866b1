/* Deliveries along a route: which addresses are tried in which order until one accepts, a verdict
 * falls or a limit stops it. One message, first round. */
#ifndef MAIL_DELIVERY_DELIVERY_H
#define MAIL_DELIVERY_DELIVERY_H

#include "base/random.h"
#include "mail/order/attempt.h"
#include "mail/route/route.h"

#include <stddef.h>
#include <stdint.h>

struct delivery {
    struct skip *skips; /* owned by the plan, good until the next draw */
    size_t skip_count;
    uint8_t way; /* enum tls_way, when it is taken */
    bool
        exposed; /* taken in clear, after a host was left that insists on TLS by its TLSA records */
    struct attempt *attempts; /* owned by the plan, good until the next draw */
    uint16_t *tried;          /* their targets, likewise */
    size_t count;
    enum verdict verdict;
    const char *code;        /* "" where there is none */
    const struct rule *rule; /* that made the verdict; NULL when route.decision did, untried */
    struct random random;    /* the state it was drawn from */
};

/* A route and a sender made ready for drawing. Holds scratch memory, so one drawer at a time. */
struct delivery_plan;

/* Both must outlive the plan. `at`: seconds after the start, for bounded outages (else 0). */
struct delivery_plan *delivery_plan_new(const struct route *route, const struct sender *sender,
                                        int64_t at);
void delivery_plan_free(struct delivery_plan *plan);
const struct route *delivery_plan_route(const struct delivery_plan *plan);
/* All (host, address) pairs of candidates, in the order listed. */
size_t delivery_plan_targets(const struct delivery_plan *plan);
struct attempt delivery_plan_target(const struct delivery_plan *plan, size_t target);
/* Where a sender notes names of hosts during a delivery, a pair has a second number above those,
 * for an attempt at a noted host. The first beyond all numbers; and the pair that a number is of.
 */
size_t delivery_plan_numbers(const struct delivery_plan *plan);
size_t delivery_plan_pair(const struct delivery_plan *plan, size_t number);

/* The target is not tried: its time has not come (retry_memory.h). */
void delivery_plan_pass_over(struct delivery_plan *plan, size_t target);

/* Draws one delivery; allocates nothing. With the same state of `random` the same delivery. */
void delivery_draw(struct delivery_plan *plan, struct random *random, struct delivery *delivery);
/* Delivery number n of the sender's seed: what the screen shows one of and the simulation counts
 * many of. */
void delivery_draw_nth(struct delivery_plan *plan, uint64_t n, struct delivery *delivery);

/* The whole story in numbered sentences: route.steps, then shuffle, attempts, limits, verdict, what
 * happens next. In the arena. */
struct steps {
    const struct step *steps;
    size_t count;
};
struct steps delivery_steps(struct delivery_plan *plan, const struct delivery *delivery,
                            struct arena *arena);

/* The plan that has the target, numbered over all of them. */
const struct delivery_plan *delivery_plan_of(const struct delivery_plan *plan, size_t target);

struct chance;

/* Walks until the message's fate is known, but `most` attempts at most (then the ending is not
 * set). Notes the targets tried, not the attempts: millions are walked, few are looked at. */
void delivery_walk(struct delivery_plan *plan, struct chance *chance, size_t most,
                   struct delivery *delivery);

#endif
