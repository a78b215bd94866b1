/* The authoritative view: every address of every name server asked directly. */
#ifndef POLICY_SERVERS_AUTHORITY_H
#define POLICY_SERVERS_AUTHORITY_H

#include "dns/lookup.h"

enum authority_state {
    AUTHORITY_PENDING,
    AUTHORITY_OK,
    AUTHORITY_LAME,        /* answers without authority (AA clear), with a referral or SERVFAIL */
    AUTHORITY_REFUSED,     /* refuses */
    AUTHORITY_SILENT,      /* no answer in time */
    AUTHORITY_FAILED,      /* no usable answer: what soa->outcome says */
    AUTHORITY_NOWHERE,     /* never asked: its address is out of reach, or the budget is used up */
    AUTHORITY_INTERCEPTED, /* somebody else answers in its place, and in that of all others */
};

struct authority_server {
    const char *name; /* canonical */
    struct address address;
    enum authority_state state;
    bool only_parent; /* named by the parent, not by the zone */
    /* Asked of this address without recursion; or NULL. */
    const struct reply *soa, *ns, *mx, *txt, *a, *aaaa;
    const struct reply *const *srv; /* for each of authority->srv_owners */
    uint32_t serial;                /* valid when has_serial */
    bool has_serial;
    /* From the first server in the list that answers: */
    bool mx_differs, ns_differs, txt_differs, address_differs, srv_differs;
    const char *why; /* one sentence */
};

struct authority_parent {
    const char *zone;   /* the parent zone; NULL when not known */
    const char *server; /* which of its servers was asked */
    struct address address;
    const struct reply *ns;                             /* its delegation */
    const char *const *only_parent, *const *only_child; /* names in one of the two sets only */
    size_t only_parent_count, only_child_count;
    bool known;                        /* both sets are there to compare */
    const struct authority_glue *glue; /* addresses that came with the delegation */
    size_t glue_count, glue_differs;
};

struct authority_glue {
    const char *name; /* canonical, of a server */
    struct address address;
    bool differs; /* the zone gives the name addresses of this family, but not this one */
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
    const struct reply *const
        *own; /* what the reference said where a cache was asked; NULL among */
    size_t own_count;
    const char *const *srv_owners; /* of SRV records that there are: compared, too */
    size_t srv_count;
    struct authority_parent parent;
    enum server_reach reach; /* which servers of the domain may be asked, as far as is known */
};

enum { AUTHORITY_SERVERS_MAX = 32, AUTHORITY_SRV_MAX = 4 };

/* The owners (canonical) of SRV records to compare; those without records are passed over. */
struct authority_srv {
    const char *const *owners;
    size_t count;
};

/* "ok", "timed out", "not queried": the word on screen and in the text report. Static. */
const char *authority_word(const struct authority_server *server);
/* The JSON's, "ok", "silent", "not asked", for AUTHORITY_FAILED that of the outcome. Static. */
const char *authority_text(const struct authority_server *server);
/* Might it have been asked, with another option? Else nobody can be at its address. */
bool authority_could_be_asked(const struct authority_server *server);

/* Where no server is within reach only the recursive view is looked at. */
struct authority *authority_build(const struct lookup *lookup, struct arena *arena,
                                  const char *domain, enum server_reach ask_servers,
                                  struct authority_srv srv);
/* Are both authoritative answers, of different data? */
bool authority_replies_differ(struct arena *arena, const struct reply *reference,
                              const struct reply *reply);
/* Does it differ from the reference in any set? The serial is not looked at. */
bool authority_server_differs(const struct authority_server *server);

/* How long caches keep what the reply says, counted from the moment they ask: the TTL of the zone's
 * own servers, where one of them was asked the same, else that of the reply. For a negative one
 * min(SOA TTL, SOA minimum) (RFC 2308 5), of the zone's own servers where the reply is from that
 * zone. `least`: a cache answered, so that it may be more. */
struct authority_ttl {
    uint32_t seconds;
    bool least;
};
/* `authority` may be NULL. */
struct authority_ttl authority_ttl(const struct authority *authority, const struct reply *reply);

#endif
