/* Growing arrays: three fields in the owner (T *xs; size_t x_count, x_capacity) and this one
 * function. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

/* Returns `array` with room for at least `wanted` elements of `size` bytes, growing *capacity
 * (counted in elements) geometrically. The caller stores the result and frees it with free(). */
void *array_reserve(void *array, size_t *capacity, size_t wanted, size_t size);

/* Appends one value: ARRAY_PUSH(list->hosts, list->host_count, list->host_capacity, host). */
#define ARRAY_PUSH(array, count, capacity, value)                                                  \
    ((array) = array_reserve((array), &(capacity), (count) + 1, sizeof *(array)),                  \
     (array)[(count)++] = (value))

#endif
