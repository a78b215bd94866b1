/* What the rdata of the record types known here looks like, on the wire and as text. Types that
 * are not in the table are opaque (RFC 3597). */
#ifndef DNS_RDATA_H
#define DNS_RDATA_H

#include "base/memory.h"
#include "dns/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The fields of a type in order, one character each; NULL for an opaque type.
 *   1 2 4  number of so many octets
 *   a A    IPv4, IPv6 address
 *   n      domain name
 *   s S    one character-string; one or more up to the end
 *   h      octets behind a length octet, hexadecimal or base32 as text
 *   x X    octets up to the end; the same, but at least one */
const char *rdata_shape(uint16_t type);

/* Fills type-dependent fields and the text of `record`, whose type is set, from rdata without
 * compression. `foreign` is its presentation form for types that have no fields in struct record,
 * NULL for the RFC 3597 form. False when the rdata does not have the shape of its type. */
bool rdata_decode(struct arena *arena, const uint8_t *bytes, size_t length, const char *foreign,
                  struct record *record);
/* Has struct record fields for this type and rdata_decode its own text? */
bool rdata_is_native(uint16_t type);

#endif
