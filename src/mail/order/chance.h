/* Where choices come from: drawn from a generator, or all of them in turn with their exact
 * probability. What is written once against this draws a million deliveries and enumerates them.
 *
 *     struct chance chance;
 *     for (chance_enumerate(&chance); chance_again(&chance);)
 *         ... choose as if drawing; chance.probability is that of this way through ...
 */
#ifndef MAIL_ORDER_CHANCE_H
#define MAIL_ORDER_CHANCE_H

#include "base/random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHANCE_DEPTH = 512 }; /* choices on one way; deeper ones make it `impossible` */

struct chance {
    struct random random;
    bool enumerates;
    bool impossible;    /* something on this way cannot be enumerated */
    double probability; /* of this way so far */
    size_t depth, known;
    uint16_t taken[CHANCE_DEPTH], bound[CHANCE_DEPTH];
};

/* Draws from the generator, which is copied. Touches no more of `chance` than drawing needs. */
void chance_draw(struct chance *chance, const struct random *random);
void chance_enumerate(struct chance *chance);
/* Starts the next way; false when all have been gone. */
bool chance_again(struct chance *chance);

/* One of 0..bound-1, each equally likely; bound > 0. */
unsigned chance_pick(struct chance *chance, unsigned bound);
/* One of 0..bound-1 with these probabilities (of sum 1); only while enumerating. */
unsigned chance_weigh(struct chance *chance, unsigned bound, const double *probabilities);

#endif
