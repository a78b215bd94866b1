/* Whole numbers that people type. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/status.h"
#include "base/text.h"

#include <stdint.h>

/* Decimal digits alone, within the limits. On failure STATUS_RANGE, and `why` has "must be a whole
 * number from 1 to 20". */
enum status number_read(const char *text, uint64_t least, uint64_t most, uint64_t *number,
                        struct text *why);

#endif
