/* IPv4 and IPv6 addresses. */
#ifndef DNS_ADDRESS_H
#define DNS_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address {
    uint8_t family;    /* 4, 6; 0 for none */
    uint8_t bytes[16]; /* network order; IPv4 uses the first 4, the rest is 0 */
};

enum { ADDRESS_TEXT = 46 };

/* Reads a literal without brackets, port or zone index; false when it is none. */
bool address_parse(const char *text, struct address *address);
/* Dotted quad or RFC 5952 form into out, which is returned. */
const char *address_text(const struct address *address, char out[ADDRESS_TEXT]);
/* Order: IPv4 before IPv6, then by bytes. */
int address_compare(const struct address *a, const struct address *b);
bool address_equal(const struct address *a, const struct address *b);
bool address_is_among(const struct address *address, const struct address *list, size_t count);
/* The name PTR records live at: "1.2.0.192.in-addr.arpa." or ip6.arpa (RFC 1035 3.5, RFC 3596 2.5).
 * out has room for 75 bytes; returned. */
enum { ADDRESS_REVERSE_TEXT = 75 };
const char *address_reverse(const struct address *address, char out[ADDRESS_REVERSE_TEXT]);
/* Do the first `bits` bits agree (and the family)? */
bool address_in_prefix(const struct address *address, const struct address *prefix, unsigned bits);

/* What an address is registered for (IANA special-purpose registries, RFC 6890). */
enum address_kind {
    ADDRESS_GLOBAL,
    ADDRESS_UNSPECIFIED,   /* 0.0.0.0, :: */
    ADDRESS_THIS_NETWORK,  /* 0.0.0.0/8 */
    ADDRESS_PRIVATE,       /* RFC 1918, fc00::/7 */
    ADDRESS_LOOPBACK,      /* 127/8, ::1 */
    ADDRESS_LINK_LOCAL,    /* 169.254/16, fe80::/10 */
    ADDRESS_CGNAT,         /* 100.64/10, RFC 6598 */
    ADDRESS_DOCUMENTATION, /* RFC 5737, 2001:db8::/32, 3fff::/20 */
    ADDRESS_BENCHMARK,     /* 198.18/15, 2001:2::/48 */
    ADDRESS_6TO4,          /* 2002::/16, 192.88.99/24 */
    ADDRESS_TEREDO,        /* 2001::/32 */
    ADDRESS_MAPPED,        /* ::ffff:0:0/96 */
    ADDRESS_MULTICAST,
    ADDRESS_RESERVED, /* 240/4 and whatever else is not for use */
};
enum address_kind address_kind(const struct address *address);
/* The kind of the IPv4 address that an IPv6 one stands for: IPv4-mapped, NAT64 (RFC 6052), 6to4
 * (RFC 3056). Others are of their own kind. */
enum address_kind address_inner_kind(const struct address *address);

/* Which servers that a domain names may be asked at their own addresses. The numbers stand in
 * recordings. */
enum server_reach {
    REACH_NONE,          /* none: a zone file speaks for all of them */
    REACH_HOSTS,         /* where anybody may ask: global addresses */
    REACH_ALL,           /* anywhere: zone files that say what each server answers */
    REACH_DOCUMENTATION, /* at documentation addresses, too: a class-room lab */
    REACH_PRIVATE,       /* there, and at private, loopback and link-local ones */
    REACH_COUNT
};
bool server_reach_has(enum server_reach reach, const struct address *server);
/* The reach when an answer for the zone came, with authority, straight from this address: whoever
 * asks a server inside may ask its neighbours. Only REACH_HOSTS ever grows. */
enum server_reach server_reach_within(enum server_reach reach, const struct address *answered_from);
/* "private address (RFC 1918)", "" for global ones. Static. */
const char *address_kind_text(enum address_kind kind);

#endif
