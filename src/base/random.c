#include "base/random.h"

#include <assert.h>

static uint64_t splitmix(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

void random_init(struct random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++)
        random->state[i] = splitmix(&seed);
}

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

/* The two halves of a * b, without a 128-bit type. */
static uint64_t multiply_high(uint64_t a, uint64_t b, uint64_t *low)
{
    uint64_t a0 = a & UINT32_MAX, a1 = a >> 32, b0 = b & UINT32_MAX, b1 = b >> 32;
    uint64_t middle = a1 * b0 + (a0 * b0 >> 32);
    uint64_t carry = (middle & UINT32_MAX) + a0 * b1;

    *low = a * b;
    return a1 * b1 + (middle >> 32) + (carry >> 32);
}

uint64_t random_below(struct random *random, uint64_t bound)
{
    uint64_t low, high;

    assert(bound > 0);
    high = multiply_high(random_next(random), bound, &low);
    if (low < bound) {
        uint64_t threshold = (0 - bound) % bound;
        while (low < threshold)
            high = multiply_high(random_next(random), bound, &low);
    }
    return high;
}

void random_shuffle(struct random *random, unsigned *indices, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = random_below(random, i);
        unsigned kept = indices[i - 1];
        indices[i - 1] = indices[j];
        indices[j] = kept;
    }
}

struct random random_stream(const struct random *random, uint64_t n)
{
    struct random stream;
    uint64_t mixed = random->state[0] ^ rotate(random->state[2], 23) ^ splitmix(&n);

    random_init(&stream, mixed);
    return stream;
}
