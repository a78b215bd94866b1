/* Just enough DER (ITU-T X.690) to tell a key from a certificate and to count the bits of a key. */
#ifndef DNS_FORMATS_DER_H
#define DNS_FORMATS_DER_H

#include "dns/record.h"

#include <stdbool.h>
#include <stdint.h>

enum { DER_INTEGER = 0x02, DER_BIT_STRING = 0x03, DER_OBJECT = 0x06, DER_SEQUENCE = 0x30 };

/* Takes one element of the tag off the front of *rest; its content (borrowed) goes into *content.
 * Definite lengths of up to four octets. False, with nothing taken, when there is none. */
bool der_take(struct octets *rest, uint8_t tag, struct octets *content);
/* Is it a sequence that says of itself that it is longer than what is there? */
bool der_is_cut(struct octets der);
/* Is it one SubjectPublicKeyInfo and nothing else (RFC 5280 4.1)? */
bool der_is_public_key(struct octets der);
/* Is it one Certificate and nothing else (RFC 5280 4.1)? What is inside is not looked at. */
bool der_is_certificate(struct octets der);

#endif
