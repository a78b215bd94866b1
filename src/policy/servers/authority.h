/* The authoritative view: every address of every name server asked directly. */
#ifndef POLICY_SERVERS_AUTHORITY_H
#define POLICY_SERVERS_AUTHORITY_H

#include "dns/lookup.h"

enum authority_state {
    AUTHORITY_PENDING,
    AUTHORITY_OK,
    AUTHORITY_LAME,    /* answers without authority (AA clear), with a referral or SERVFAIL */
    AUTHORITY_REFUSED, /* refuses */
    AUTHORITY_SILENT,  /* no answer in time */
    AUTHORITY_FAILED,  /* no usable answer: what soa->outcome says */
    AUTHORITY_NOWHERE, /* never asked: its address is out of reach, or the budget is used up */
};

struct authority_server {
    const char *name; /* canonical */
    struct address address;
    enum authority_state state;
    const struct reply *soa, *ns, *mx, *txt; /* asked of this address, no recursion; or NULL */
    uint32_t serial;                         /* valid when has_serial */
    bool has_serial;
    bool mx_differs, ns_differs, txt_differs; /* from the first server in the list that answers */
    const char *why;                          /* one sentence */
};

struct authority_parent {
    const char *zone;   /* the parent zone; NULL when not known */
    const char *server; /* which of its servers was asked */
    struct address address;
    const struct reply *ns;                             /* its delegation */
    const char *const *only_parent, *const *only_child; /* names in one of the two sets only */
    size_t only_parent_count, only_child_count;
    bool known; /* both sets are there to compare */
};

struct authority {
    bool complete;
    bool asked;       /* false: there are no servers to ask */
    const char *zone; /* apex; NULL when not known */
    const struct reply *ns;
    const struct authority_server *servers; /* by name, then address */
    size_t count;
    size_t left_out;                          /* addresses beyond AUTHORITY_SERVERS_MAX */
    const struct authority_server *reference; /* the first that is OK; NULL without one */
    bool serials_differ;
    struct authority_parent parent;
};

enum { AUTHORITY_SERVERS_MAX = 32 };

/* "ok", "timed out", "not queried": the word on screen and in the text report. Static. */
const char *authority_word(const struct authority_server *server);
/* The JSON's, "ok", "silent", "not asked", for AUTHORITY_FAILED that of the outcome. Static. */
const char *authority_text(const struct authority_server *server);
/* Might it have been asked, with another option? Else nobody can be at its address. */
bool authority_could_be_asked(const struct authority_server *server);

/* The reach for the servers of the zone whose NS records came with this reply. */
enum server_reach authority_reach(enum server_reach reach, const struct reply *ns);

/* Where no server is within reach only the recursive view is looked at. */
struct authority *authority_build(const struct lookup *lookup, struct arena *arena,
                                  const char *domain, enum server_reach ask_servers);

#endif
