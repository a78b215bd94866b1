/* What several resolvers answer, beside the zone's own servers: has a change arrived everywhere? */
#ifndef POLICY_SERVERS_RESOLVERS_H
#define POLICY_SERVERS_RESOLVERS_H

#include "policy/servers/authority.h"

struct compared_resolver {
    struct address address;
    uint16_t port;      /* 0: the usual one */
    uint16_t encrypted; /* as in struct question */
};

enum resolver_state {
    RESOLVER_PENDING,
    RESOLVER_SAME,
    RESOLVER_DIFFERS, /* from the zone's servers; where these are not known, from the first */
    RESOLVER_FAILED,  /* did not answer, or with an error: nobody can say */
};
const char *resolver_state_text(enum resolver_state state); /* "same", ... Static. */

struct resolver_answer {
    const struct reply *reply; /* NULL: waiting */
    enum resolver_state state;
    const char *text; /* the records, sorted, ", " between; "" for none */
};

struct resolver_row {
    const char *label; /* "MX", "A", "AAAA", "SPF", "DMARC", or the type asked for */
    const char *name;  /* canonical */
    uint16_t type;
    struct resolver_answer zone;           /* of the first of its servers; reply NULL: not known */
    const struct resolver_answer *answers; /* of each resolver */
};

struct resolvers {
    const struct compared_resolver *list; /* borrowed */
    size_t count;
    const struct resolver_row *rows;
    size_t row_count;
    size_t differs, failed; /* answers in that state */
    bool complete, agree;   /* every answer is in, and that of the zone's servers */
};

/* Records asked for beside MX, A, AAAA, SPF and DMARC of the domain. */
struct resolver_wish {
    const char *name; /* canonical */
    uint16_t type;
};

/* Everything lives in the arena. `authority` says whom the zone has; NULL: not known. */
struct resolvers *resolvers_build(const struct lookup *lookup, struct arena *arena,
                                  const char *domain, const struct authority *authority,
                                  const struct compared_resolver *list, size_t count,
                                  const struct resolver_wish *wishes, size_t wish_count);

#endif
