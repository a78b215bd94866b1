/* What deliveries are counted into: drawn ones with weight 1, enumerated ones with their
 * probability. */
#ifndef MAIL_SIMULATION_SIMULATION_TALLY_H
#define MAIL_SIMULATION_SIMULATION_TALLY_H

#include "mail/delivery/delivery.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TALLY_SEQUENCES_MOST = 1 << 16 }; /* more different sequences are not told apart */

struct tally_sequence {
    double weight;
    uint64_t sample; /* number of the first delivery that went this way */
};

struct tally_ending {
    enum verdict verdict;
    const char *code;
    const struct rule *rule;
    int host; /* in the route; -1 */
    enum tls_way way;
    bool exposed;
    double weight;
};

struct tally {
    double total;
    double *first, *level_first;   /* by target */
    double *first_host;            /* by host of the route */
    double *level_reached, *tries; /* by level - 1; by number of attempts */
    size_t target_count, host_count, level_count, tries_count;
    struct tally_ending *endings;
    size_t ending_count, ending_capacity;
    struct attempt *targets; /* of each number of an attempt's target */
    uint16_t *levels;        /* of the same */
    uint16_t *pairs;         /* delivery_plan_pair of the same */
    /* Orders, in a table with open addressing: hashes of the targets in order, 0 where free. */
    uint64_t *hashes;
    struct tally_sequence *sequences;
    size_t sequence_count, sequence_slots;
    bool orders_cut;
};

void tally_init(struct tally *tally, const struct delivery_plan *plan);
void tally_clear(struct tally *tally);
void tally_add(struct tally *tally, const struct delivery *delivery, double weight,
               uint64_t sample);
/* Weight of an order, 0 when it never came. */
double tally_sequence_weight(const struct tally *tally, const struct delivery *delivery);
/* Weight of an outcome. */
double tally_ending_weight(const struct tally *tally, const struct tally_ending *ending);

#endif
