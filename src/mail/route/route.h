/* The route of a domain's mail: which hosts a sender may try, in which order of preference, which
 * it must not and why, or the verdict where there is nothing to try. A pure function of the
 * answers, the domain and the sender; made anew whenever one of them changes. RFC 5321 5.1, RFC
 * 7505, and what each server makes of them. */
#ifndef MAIL_ROUTE_ROUTE_H
#define MAIL_ROUTE_ROUTE_H

#include "base/memory.h"
#include "dns/lookup.h"
#include "mail/sender/sender.h"
#include "mail/sender/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct route_address {
    struct address address;
    uint32_t ttl;
    bool own; /* one of the sender's own */
};

struct route_host {
    const char *exchange; /* as the record names it */
    const char *alias_of; /* canonical name where `exchange` is an alias, else NULL */
    const char *shown;    /* the name this sender uses in its log: exchange or alias_of */
    unsigned preference;  /* or SRV priority */
    unsigned weight, port;
    uint32_t ttl;
    unsigned listed;  /* place in the answer, from 0 */
    unsigned level;   /* 1: tried first; equal preferences share a level */
    unsigned repeats; /* 1 + index of the same host at a better place, where its memory stands here
                         too (Sendmail); else 0 */
    enum host_state state;
    const char *why, *reference;           /* of the state; "" for a plain candidate */
    const struct route_address *addresses; /* those this sender can use, A and AAAA as received, in
                                              the order this sender asks or keeps them */
    size_t address_count;
    enum outcome outcome; /* of its address lookups: ANSWERED, NXDOMAIN, NODATA, SERVFAIL ... */
    bool known;           /* its addresses are in (or need not be asked) */
    bool self;            /* recognised as the sender by this profile's own means */
    bool self_by_name;    /* by a list of names that count as its own, whatever its addresses are */
    bool truly_self;      /* is the sender, whether the profile notices or not */
    bool literal;         /* the record names an IPv4 address */
    unsigned relay;       /* 0: of the domain; else of that fallback relay, from 1 */
};

/* Was no query sent for its addresses, so that nobody knows whether it is of use? */
bool route_host_is_not_asked(const struct route_host *host);

enum route_kind {
    ROUTE_UNDECIDED,   /* the MX answer is not in yet */
    ROUTE_MX,          /* by MX records */
    ROUTE_IMPLICIT_MX, /* by the domain's own addresses */
    ROUTE_SRV,         /* by _service._tcp SRV records */
    ROUTE_NONE,        /* refused or put off before any host was known */
};

struct route {
    const struct profile *profile;
    const char *domain;    /* canonical */
    const char *canonical; /* where CNAMEs lead; the domain without any */
    const char *as;        /* NULL for a stranger */
    const char *relay;     /* where all mail goes, whatever MX says; NULL: by the domain */
    const char *relay_why, *relay_reference; /* with a relay */
    enum route_kind kind;
    bool complete;         /* every answer it depends on is in */
    const char *srv_owner; /* "_smtp._tcp.example.com." with ROUTE_SRV, else NULL */
    const struct record *const *srv_records; /* as listed, with ROUTE_SRV */
    struct route_host *hosts;                /* by preference, equal ones in the order listed */
    size_t host_count;
    size_t listed_count; /* of them the domain's own; those of fallback relays stand behind */
    unsigned relay_count;
    const struct round_end *relay_end; /* how every round ends that comes to the last relay, since
                                          that cannot be used; NULL when it can */
    size_t candidate_count;
    unsigned level_count;
    unsigned scan_level; /* no host is left, and chance decides on what of: whether a good host of
                            that level, dropped with the sender, came before it; else 0 */
    bool self_found;     /* the profile found itself */
    const struct address *own; /* the sender's addresses as far as known */
    size_t own_count;
    struct decision decision; /* DELIVER with at least one candidate; else final */
    const struct step *steps; /* lookup to list */
    size_t step_count;
};

/* Builds the route in the arena, noting missing questions in lookup->wants: MX of the domain, A and
 * AAAA of every exchange, of the domain for the implicit MX, of sender->as. While one is missing
 * `complete` is false and the route is what can be said so far. Never NULL. */
const struct route *route_build(const struct lookup *lookup, const char *domain,
                                const struct sender *sender, struct arena *arena);

/* The first host with that exchange name, or -1. */
int route_host_find(const struct route *route, const char *exchange);

#endif
