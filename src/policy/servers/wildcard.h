/* Wildcards (RFC 4592): does a name nobody chose get an answer, and what does that not cover? */
#ifndef POLICY_SERVERS_WILDCARD_H
#define POLICY_SERVERS_WILDCARD_H

#include "dns/lookup.h"

struct wildcard {
    bool complete;
    bool failed;                /* a lookup failed: nothing is known */
    const char *probe;          /* "<label>.example.com." */
    const struct reply *mx, *a; /* to the probe */
    bool has_mx, has_address;
    const char *alias_of;         /* canonical name that the probe is an alias of; NULL: of none */
    const char *const *uncovered; /* names below the domain that exist, so the wildcard MX skips */
    size_t uncovered_count;       /* them, and have no MX of their own */
};

/* `label` is the random label to probe with; `names` are canonical names to hold against the
 * wildcard. */
struct wildcard *wildcard_build(const struct lookup *lookup, struct arena *arena,
                                const char *domain, const char *label, const char *const *names,
                                size_t name_count);
/* The lookup that failed, where one did; else NULL. */
const struct reply *wildcard_failure(const struct wildcard *wildcard);

#endif
