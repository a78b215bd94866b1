/* The model that the screen, the text report and the JSON are drawn from: the answers put in order.
 * Rebuilt whole into an arena. A reply that is NULL has not come yet ("waiting"). Names are
 * canonical. */
#ifndef SURVEY_FACTS_H
#define SURVEY_FACTS_H

#include "dns/lookup.h"
#include "mail/clients/services.h"
#include "mail/clients/srv_choice.h"
#include "mail/route/route.h"
#include "policy/directory/directory.h"
#include "policy/findings/findings.h"
#include "survey/subject.h"

#include <stdbool.h>
#include <stddef.h>

struct address_row {
    const struct record *record; /* A or AAAA */
    const struct reply *reply;   /* the reply that brought it */
    bool additional;             /* from the additional section of another reply, not asked yet */
    bool came_along;             /* the reply that named the host had it in that section */
    const struct reply *ptr;     /* PTR lookup; NULL when not wanted or not in yet */
};

/* A host name and its addresses: A first, then AAAA, in the order received. */
struct host {
    const char *name;
    const struct reply *a, *aaaa; /* NULL: waiting */
    const struct address_row *addresses;
    size_t address_count;
    const char *alias_of; /* canonical name when `name` owns a CNAME, else NULL */
    /* One word for both lookups: ANSWERED when any address is known, else the temporary failure if
     * one failed so, else NXDOMAIN or NODATA. */
    bool waiting;
    enum outcome outcome;
};

struct mx_row {
    const struct record *record;
    const struct host *host;         /* the exchange; NULL for "." */
    unsigned level;                  /* 1 = lowest preference */
    size_t group_index, group_count; /* place among the records of equal preference */
    bool outside;                    /* exchange is not within the domain surveyed */
    bool literal;                    /* exchange looks like an IP address */
};

struct mx_list {
    const struct reply *reply;
    const struct mx_row *rows; /* by preference, then name */
    size_t count;
    bool null_mx;                /* RFC 7505: exactly one record, "0 ." */
    const struct host *implicit; /* RFC 5321 5.1: no MX record, but the domain itself has addresses
                                    or may have; else NULL */
};

struct ns_row {
    const struct record *record;
    const struct host *host;
};

struct ns_list {
    const struct reply *reply;
    const struct ns_row *rows; /* by name */
    size_t count;
};

struct srv_row {
    const struct record *record;
    const struct host *host; /* NULL for "." */
    unsigned level;          /* 1 = lowest priority value of the owner */
    bool not_offered;        /* target "." */
    double nominal, rfc2782; /* share of first choices within its priority, 0..1 */
};

struct srv_owner {
    const char *owner;
    const char *service; /* "LDAP directory", or "" */
    enum service_group group;
    const char *place; /* the site or location in its name; NULL without */
    bool typed;        /* by the user: shown whatever it answers */
    const struct reply *reply;
    const struct srv_set
        *set; /* mail/clients/srv_choice.h: levels and shares; NULL while waiting */
    const struct srv_row
        *rows; /* one per target of the set: by priority, weight descending, name */
    size_t count;
    bool by_wildcard; /* a guess that answers as any name would: no rows, "*" has them */
};

struct srv_list {
    const struct srv_owner *owners; /* those with records first, in table order */
    size_t count;
    size_t record_count; /* in all */
    size_t waiting;      /* owners not answered */
    /* Of the owners that nobody typed, those without rows: what a wildcard answers, and the others
     * by what was said. */
    size_t by_wildcard, rest[OUTCOME_COUNT];
};

/* What announces services otherwise than by SRV: NAPTR, URI, TXT, PTR, addresses. */
struct announcement {
    const struct service *service;
    const char *owner;
    const struct reply *reply; /* with records */
};

/* Records that were asked for by their type. */
struct requested {
    const char *name;
    uint16_t type;
    const struct reply *reply; /* NULL: waiting */
};

struct facts {
    const struct subject *subject;
    struct mx_list mx;
    struct host self; /* A and AAAA of the name itself */
    struct ns_list ns;
    struct srv_list srv;
    const struct announcement *announcements; /* those found, in table order */
    size_t announcement_count;
    const struct directory *directory;                         /* NULL: none is known */
    const struct reply *cname, *soa, *txt, *caa, *https, *ptr; /* ptr: for an address subject */
    const struct requested *requested; /* without those that are members here anyway, each once */
    size_t requested_count;
    const struct route *route; /* of the survey's sender */
    const struct setup *setup; /* NULL for addresses, and with panes_only */
    const struct setup *zone;  /* the same, or of a reverse zone: then only dnssec and authority */
    const struct trace *trace; /* NULL: not wanted */
    const struct resolvers *resolvers; /* NULL: none are compared */
    const struct findings *findings;   /* likewise */
    const struct spf_verdict *verdict; /* NULL: not asked for */
    const struct dkim *key; /* SUBJECT_KEY: that key alone, and the findings are about it */
    /* Every host met: the name itself, exchanges, name servers, SRV targets; each once, in that
     * order. */
    const struct host *const *hosts;
    size_t host_count;
    enum outcome outcome; /* of the subject as a whole, when not waiting */
    bool waiting;
    size_t asked;               /* questions sent */
    size_t answered;            /* of these, how many got a response, whatever it says */
    size_t not_asked;           /* wanted, but not sent */
    size_t limit;               /* of questions; 0: none */
    bool over_budget;           /* some questions were not asked because of it */
    const char *const *ignored; /* ids of findings that are left out */
    size_t ignored_count;
    const char *ended; /* why the survey was ended before everything was asked; NULL: it was not */
};

/* Does a new group of services, or a new place within it, begin with this owner, and has the list
 * several, as those of a directory are? Then it has a head. */
bool facts_srv_begins(const struct facts *facts, size_t owner);
/* The name the owner is an alias of (FreeIPA's locations are such); NULL: none. */
const char *srv_owner_alias(const struct srv_owner *owner);
/* The SRV lookup of that owner; NULL when it was not asked for. */
const struct srv_owner *facts_srv_owner(const struct facts *facts, const char *owner);
const struct host *facts_host(const struct facts *facts, const char *name); /* NULL when not met */

#endif
