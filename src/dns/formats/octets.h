/* Runs of octets from outside: comparing, trimming, splitting, showing. */
#ifndef DNS_FORMATS_OCTETS_H
#define DNS_FORMATS_OCTETS_H

#include "base/memory.h"
#include "dns/name.h"
#include "dns/record.h"

#include <stdbool.h>

/* Of a string, without its NUL; borrowed. NULL gives none. */
struct octets octets_of(const char *string);
/* Comparison without case. */
bool octets_equal(struct octets octets, const char *string);
bool octets_begin(struct octets octets, const char *prefix);
/* The part from `begin` on, at most `length` octets. */
struct octets octets_part(struct octets octets, size_t begin, size_t length);
/* White space (blank, tab, line ends) cut off at both ends. */
struct octets octets_trim(struct octets octets);
/* Cuts the part before `separator` (or everything) off the front of *rest; false when rest is
 * exhausted. Begin with *rest = the whole; an empty one has no parts. */
bool octets_next(struct octets *rest, char separator, struct octets *part);
/* Safe to show (base/escape.h), in the arena. */
const char *octets_shown(struct arena *arena, struct octets octets);
/* Octets that stand for a name ("a b.example") in canonical form; false when they are none. */
bool octets_canonical_name(struct octets name, char out[NAME_TEXT]);

bool octet_is_digit(uint8_t octet);
bool octet_is_letter(uint8_t octet);

#endif
