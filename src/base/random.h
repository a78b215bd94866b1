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
static inline uint64_t random_next(struct random *random)
{
    uint64_t *s = random->state;
    uint64_t product = s[1] * 5, shifted = s[1] << 17;

    product = (product << 7 | product >> 57) * 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = s[3] << 45 | s[3] >> 19;
    return product;
}
/* A number in 0..bound-1, each equally likely (Lemire's multiply and reject); bound > 0. */
uint64_t random_below(struct random *random, uint64_t bound);
/* The same for small bounds, with half the bits of one number; bound > 0. */
static inline uint32_t random_pick(struct random *random, uint32_t bound)
{
    uint64_t product = (uint64_t)(uint32_t)random_next(random) * bound;

    if ((uint32_t)product < bound)
        for (uint32_t threshold = (0 - bound) % bound; (uint32_t)product < threshold;)
            product = (uint64_t)(uint32_t)random_next(random) * bound;
    return (uint32_t)(product >> 32);
}
/* Fisher-Yates: afterwards every order of the `count` indices is equally likely. */
void random_shuffle(struct random *random, unsigned *indices, size_t count);
/* A generator of its own for stream `n` of this one's seed; leaves `random` untouched. */
struct random random_stream(const struct random *random, uint64_t n);

#endif
