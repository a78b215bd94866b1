/* Rdata as it stands in a master file, into octets. */
#ifndef DNS_ZONE_ZONE_RDATA_H
#define DNS_ZONE_ZONE_RDATA_H

#include "base/fault.h"
#include "dns/zone/zone_lines.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ZONE_REASON = 200 };

struct zone_rdata {
    const char *owner;  /* canonical */
    const char *origin; /* canonical; NULL while there is none */
    uint16_t type;
    const struct zone_token *tokens;
    size_t count;
};

/* Encodes the fields after the type; every type may be in the form of RFC 3597 5. The octets,
 * without compression, are appended to out; a message can hold them. On failure `reason` says what
 * is wrong, and *at is the index of the token where it is (`count`: the record ends too early, or
 * the token is not known).
 */
bool zone_rdata_encode(const struct zone_rdata *rdata, struct text *out, char reason[ZONE_REASON],
                       size_t *at);

/* Does the name of a zone file need an origin: "@", or without a last dot? */
bool zone_rdata_is_relative(const char *token);
/* The name with the origin behind it, as both are written, if it needs one; below NAME_TEXT octets
 * each. The length. */
size_t zone_rdata_whole(const char *token, const char *origin, char out[]);
/* The canonical form of a name in a master file: "@", relative or absolute. */
bool zone_rdata_name(const char *token, const char *origin, char out[], char reason[ZONE_REASON]);

/* A TTL: seconds, or units as in 1h30m and 1h30; more than 2147483647 count as 0 (RFC 2181 8). */
bool zone_rdata_ttl(const char *token, uint32_t *ttl);

#endif
