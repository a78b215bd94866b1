/* Numbers, hexadecimal and complaints: what the fields of rdata are read with. */
#ifndef DNS_ZONE_ZONE_FIELD_H
#define DNS_ZONE_ZONE_FIELD_H

#include "dns/zone/zone_rdata.h"

/* Writes "WHAT: "TOKEN"" into reason; false. */
bool zone_field_fail(char reason[ZONE_REASON], const char *what, const char *token);
/* "the record is incomplete"; false. */
bool zone_field_incomplete(char reason[ZONE_REASON]);
/* A decimal number up to `most`; false for anything else. */
bool zone_field_number(const char *token, uint32_t most, uint32_t *number);

/* Appends the octets of the hexadecimal digits that the tokens from *at on hold together. On
 * failure *at is the token where it is. */
bool zone_rdata_hex(const struct zone_rdata *rdata, struct text *out, char reason[ZONE_REASON],
                    size_t *at);
/* What ldns would take though it is wrong: numbers too large, half octets, mnemonics nobody knows.
 * For types and forms that ldns reads. */
bool zone_rdata_check(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at);

#endif
