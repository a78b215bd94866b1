/* The bridge between the records of ldns and ours. */
#ifndef DNS_RR_H
#define DNS_RR_H

#include "base/memory.h"
#include "dns/record.h"

#include <ldns/ldns.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes a record into the arena; false when its rdata does not have the shape of its type.
 * `likely` is a name the owner often equals; then it is shared, and must live as long. */
bool rr_read(struct arena *arena, const ldns_rr *rr, const char *likely, struct record *record);

struct rr_parts {
    const char *owner;
    uint16_t type;
    uint32_t ttl;
    const uint8_t *rdata; /* without compression */
    size_t length;        /* at most 65535 */
};

/* The same of a record that lies in pieces. */
bool rr_decode(struct arena *arena, const struct rr_parts *parts, const char *likely,
               struct record *record);

/* The rdata without compression, in memory the caller frees; returns its length. */
size_t rr_rdata(const ldns_rr *rr, uint8_t **octets);

/* A record of class IN, checked as one off the network is; NULL when it is unsound. The caller
 * frees it with ldns_rr_free(). */
ldns_rr *rr_new(const struct rr_parts *parts);

#endif
