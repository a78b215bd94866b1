/* The public key in a DKIM record: base64 and as much DER as it takes to count bits. */
#ifndef POLICY_RECORDS_DKIM_KEY_H
#define POLICY_RECORDS_DKIM_KEY_H

#include "dns/formats/octets.h"

/* Bits of the modulus in an RSA public key: SubjectPublicKeyInfo (RFC 5280 4.1) or RSAPublicKey
 * (RFC 8017 A.1.1) in DER. 0 when it is neither. */
unsigned dkim_rsa_bits(struct octets der);
/* Decodes base64 with white space in it; false when it is none. *out is in the arena. */
bool dkim_base64(struct arena *arena, struct octets text, struct octets *out);

#endif
