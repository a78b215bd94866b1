/* Repeatable random numbers: xoshiro256** (Blackman and Vigna, 2018), seeded through splitmix64. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state[4];
};

/* The same seed gives the same numbers on every machine. */
void random_init(struct random *random, uint64_t seed);
uint64_t random_next(struct random *random);
/* A number in 0..bound-1, each equally likely (Lemire's multiply and reject); bound > 0. */
uint64_t random_below(struct random *random, uint64_t bound);
/* Fisher-Yates: afterwards every order of the `count` indices is equally likely. */
void random_shuffle(struct random *random, unsigned *indices, size_t count);
/* A generator of its own for stream `n` of this one's seed; leaves `random` untouched. */
struct random random_stream(const struct random *random, uint64_t n);

#endif
