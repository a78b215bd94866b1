/* RR types, response codes and their names (IANA DNS parameters). */
#ifndef DNS_TYPE_H
#define DNS_TYPE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TYPE_A = 1,
    TYPE_NS = 2,
    TYPE_CNAME = 5,
    TYPE_SOA = 6,
    TYPE_PTR = 12,
    TYPE_MX = 15,
    TYPE_TXT = 16,
    TYPE_AAAA = 28,
    TYPE_LOC = 29,
    TYPE_SRV = 33,
    TYPE_NAPTR = 35,
    TYPE_CERT = 37,
    TYPE_DNAME = 39,
    TYPE_OPT = 41,
    TYPE_APL = 42,
    TYPE_DS = 43,
    TYPE_SSHFP = 44,
    TYPE_IPSECKEY = 45,
    TYPE_RRSIG = 46,
    TYPE_NSEC = 47,
    TYPE_DNSKEY = 48,
    TYPE_NSEC3 = 50,
    TYPE_TLSA = 52,
    TYPE_SMIMEA = 53,
    TYPE_CDS = 59,
    TYPE_CDNSKEY = 60,
    TYPE_OPENPGPKEY = 61,
    TYPE_CSYNC = 62,
    TYPE_ZONEMD = 63,
    TYPE_SVCB = 64,
    TYPE_HTTPS = 65,
    TYPE_SPF = 99,
    TYPE_TSIG = 250,
    TYPE_ANY = 255,
    TYPE_URI = 256,
    TYPE_CAA = 257,
};

enum {
    RCODE_NOERROR = 0,
    RCODE_FORMERR = 1,
    RCODE_SERVFAIL = 2,
    RCODE_NXDOMAIN = 3,
    RCODE_NOTIMP = 4,
    RCODE_REFUSED = 5,
    RCODE_BADVERS = 16,
};

enum { TYPE_TEXT = 16, RCODE_TEXT = 16 }; /* room for a name and its NUL */

/* "MX", or "TYPE65280" for what has no name here (RFC 3597). Returns out. */
const char *type_text(uint16_t type, char out[TYPE_TEXT]);
/* Reads "mx", "MX", "TYPE15"; false when it names no type. */
bool type_parse(const char *text, uint16_t *type);
/* Can records of this type be asked for? Not OPT, transfers, ANY and the other meta types
 * (RFC 6895 3.1), nor type 0. */
bool type_is_askable(uint16_t type);
/* "NOERROR", "NXDOMAIN", ..., or "RCODE24". Returns out. */
const char *type_rcode_text(int rcode, char out[RCODE_TEXT]);
/* The purpose of an extended error (RFC 8914 4). Static. */
const char *type_extended_error_text(int code);

#endif
