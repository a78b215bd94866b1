#include "mail/order/permutation.h"

size_t permutation_count(unsigned count)
{
    return count < 2 ? 1 : count * permutation_count(count - 1);
}

size_t permutation_rank(const uint16_t *things, unsigned count)
{
    size_t rank = 0;

    for (unsigned i = 0; i < count; i++) {
        unsigned smaller = 0;
        for (unsigned j = i + 1; j < count; j++)
            smaller += things[j] < things[i];
        rank = rank * (count - i) + smaller;
    }
    return rank;
}

void permutation_of(size_t rank, uint16_t *things, unsigned count)
{
    for (unsigned i = count; i-- > 0;) {
        things[i] = (uint16_t)(rank % (count - i));
        rank /= count - i;
        for (unsigned j = i + 1; j < count; j++)
            things[j] = (uint16_t)(things[j] + (things[j] >= things[i]));
    }
}
