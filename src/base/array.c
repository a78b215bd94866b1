#include "base/array.h"

#include "base/memory.h"

void *array_reserve(void *array, size_t *capacity, size_t wanted, size_t size)
{
    size_t grown = *capacity ? *capacity : 8;

    if (wanted <= *capacity)
        return array;
    while (grown < wanted)
        grown += grown / 2 + 1;
    *capacity = grown;
    return memory_resize(array, grown, size);
}
