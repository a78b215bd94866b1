/* The exchanges of a domain as a plain list: what DANE, PTR and the findings go over. (How senders
 * order and try them is mail/route/route.h.) */
#ifndef POLICY_SERVERS_EXCHANGES_H
#define POLICY_SERVERS_EXCHANGES_H

#include "dns/lookup.h"

struct exchange {
    const struct record *record; /* the MX record; NULL for the implicit MX */
    const char *name;            /* canonical; "." for a null MX */
    uint16_t preference;
    bool repeated;  /* the name stands in front of it already, under whatever preference */
    bool literal;   /* an IP address where a name must stand */
    bool localhost; /* the sender itself (RFC 6761 6.3) */
    struct host_addresses replies;
    const struct address *addresses; /* IPv4 first, in the order received */
    size_t address_count;
};

struct exchanges {
    const struct reply *mx;           /* NULL while pending */
    bool complete;                    /* all address questions answered (or failed) */
    bool implicit;                    /* no MX record: the domain itself (RFC 5321 5.1) */
    bool null_mx;                     /* a single "0 ." (RFC 7505) */
    const struct exchange *exchanges; /* by preference, then name; every record of the answer */
    size_t count;
    size_t left_out; /* records beyond EXCHANGES_MAX, whose addresses are not asked */
};

enum { EXCHANGES_MAX = 128 };

struct exchanges *exchanges_build(const struct lookup *lookup, struct arena *arena,
                                  const char *domain);
/* An IP address where a name must stand: "192.0.2.1.", "2001:db8::1." and, as in RFC 5321 4.1.3,
 * "[192.0.2.1]." and "[ipv6:2001:db8::1]."; and the same written without the last dot, so that the
 * name of a zone at or above the domain follows. *address may change when it is not. */
bool exchange_literal(const char *name, const char *domain, struct address *address);
/* The exchange's first occurrence by name; NULL when it is none. */
const struct exchange *exchanges_find(const struct exchanges *exchanges, const char *name);
/* All addresses of a host whose questions are answered, IPv4 first. */
const struct address *exchange_host_addresses(struct arena *arena, struct host_addresses replies,
                                              size_t *count);
/* The lookup of a host's addresses that failed, A before AAAA; NULL when neither did. */
const struct reply *exchange_host_failure(struct host_addresses replies);

#endif
