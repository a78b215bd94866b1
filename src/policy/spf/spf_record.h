/* The text of one SPF record (RFC 7208 4.6, 5, 6, 7, 12): parsed, not evaluated. */
#ifndef POLICY_SPF_SPF_RECORD_H
#define POLICY_SPF_SPF_RECORD_H

#include "base/memory.h"
#include "dns/address.h"
#include "dns/record.h"

#include <stdbool.h>
#include <stddef.h>

enum spf_kind {
    SPF_ALL,
    SPF_INCLUDE,
    SPF_A,
    SPF_MX,
    SPF_PTR,
    SPF_IP4,
    SPF_IP6,
    SPF_EXISTS,
    SPF_REDIRECT,
    SPF_EXP,
    SPF_UNKNOWN_MODIFIER, /* ignored (RFC 7208 6) */
    SPF_FAULTY,           /* not a term: the whole record is void */
};

struct spf_term {
    enum spf_kind kind;
    char qualifier;         /* + - ~ ?; 0 for modifiers */
    struct octets text;     /* the term as written */
    struct octets spec;     /* domain-spec or macro-string; length 0 when there is none */
    struct address network; /* ip4, ip6 */
    unsigned cidr4, cidr6;  /* 32 and 128 when not written */
};

struct spf_record {
    const struct spf_term *terms; /* mechanisms and modifiers in the order written */
    size_t count;
    const struct spf_term *redirect, *exp; /* or NULL */
    const char *error;                     /* NULL: well formed; else a sentence, escaped */
};

/* Is this the start of an SPF record: "v=spf1" and then a space or the end (RFC 7208 4.5)? */
bool spf_record_is(struct octets text);
/* Parses to the end even behind an error, so that all terms can be shown. Points into `text`. */
struct spf_record *spf_record_parse(struct arena *arena, struct octets text);

/* Does this term cost one of the ten lookups (RFC 7208 4.6.4)? */
bool spf_kind_asks(enum spf_kind kind);

#endif
