/* One resource record, decoded. All pointers belong to the arena of the reply or zone that holds
 * it. */
#ifndef DNS_RECORD_H
#define DNS_RECORD_H

#include "base/text.h"
#include "dns/address.h"

#include <stddef.h>
#include <stdint.h>

struct octets {
    const uint8_t *bytes; /* NUL terminated beyond length */
    size_t length;
};

struct record {
    const char *owner; /* canonical name */
    uint16_t type;
    uint32_t ttl;      /* seconds; top bit set was read as 0 (RFC 2181 8) */
    const char *rdata; /* presentation form, escaped; RFC 3597 form for types unknown here */
    union {
        struct address address; /* A, AAAA */
        const char *target;     /* NS, CNAME, PTR, DNAME */
        struct {
            uint16_t preference;
            const char *exchange; /* "." for null MX (RFC 7505) */
        } mx;
        struct {
            uint16_t priority, weight, port;
            const char *target; /* "." for "not offered here" (RFC 2782) */
        } srv;
        struct {
            uint16_t priority, weight;
            struct octets target; /* the URI as it is, without quotes (RFC 7553 4.4) */
        } uri;
        struct {
            uint16_t order, preference;
            struct octets flags, services, regexp; /* RFC 3403 4.1 */
            const char *replacement;               /* "." where the regexp counts */
        } naptr;
        struct {
            const char *mname, *rname;
            uint32_t serial, refresh, retry, expire, minimum;
        } soa;
        struct {
            const struct octets *strings; /* as in the record */
            size_t count;
            struct octets joined; /* all strings in a row, as SPF and DMARC read them */
        } txt;                    /* TXT, SPF */
        struct {
            uint8_t usage, selector, matching;
            struct octets association;
        } tlsa;
        struct {
            uint16_t key_tag;
            uint8_t algorithm, digest_type;
            struct octets digest;
        } ds;
        struct {
            uint16_t flags;
            uint8_t protocol, algorithm;
            struct octets key;
        } dnskey;
        struct {
            uint16_t covered, key_tag;
            uint8_t algorithm, labels;
            uint32_t original_ttl, expiration,
                inception; /* seconds since 1970, serial arithmetic */
            const char *signer;
        } rrsig;
        struct {
            uint8_t flags;
            struct octets tag, value;
        } caa;
    };
};

/* Appends the record as a line of a master file, without the line end: "example.com. 3600 IN MX 10
 * mx1...". */
void record_print(const struct record *record, struct text *out);
/* The name the record points at: exchange, target, host; NULL for types that point at none. */
const char *record_target(const struct record *record);
/* How long a no with this SOA record may be kept: min(TTL, minimum) (RFC 2308 5). */
uint32_t record_negative_ttl(const struct record *soa);
/* Order for stable output: type, then preference/priority, weight descending, then target name,
 * then address, then rdata. */
int record_compare(const struct record *a, const struct record *b);

#endif
