/* Whole numbers that people type, and numbers and shares as the program writes them. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/status.h"
#include "base/text.h"

#include <stdint.h>

/* Decimal digits alone, within the limits. On failure STATUS_RANGE, and `why` has "must be a whole
 * number from 1 to 20". */
enum status number_read(const char *text, uint64_t least, uint64_t most, uint64_t *number,
                        struct text *why);

enum { WORD_SIZE = 32 };

/* "9999", "10,000": from there on in groups of three. Returns out. */
const char *number_words(uint64_t number, char out[WORD_SIZE]);
/* "33.3%", of a part of one. Returns out. */
const char *number_share(double share, char out[WORD_SIZE]);

#endif
