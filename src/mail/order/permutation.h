/* Permutations of 0..count-1, by rank (Lehmer code): all of them can be listed, and each found. */
#ifndef MAIL_ORDER_PERMUTATION_H
#define MAIL_ORDER_PERMUTATION_H

#include <stddef.h>
#include <stdint.h>

size_t permutation_count(unsigned count);
size_t permutation_rank(const uint16_t *things, unsigned count);
void permutation_of(size_t rank, uint16_t *things, unsigned count);
/* Puts two things in each other's place. */
static inline void permutation_swap(uint16_t *things, unsigned i, unsigned j)
{
    uint16_t kept = things[i];

    things[i] = things[j];
    things[j] = kept;
}

#endif
