/* The whole mail setup of a domain: every fact gathered beside the panes, judged together. Built
 * whole from the answers; the screen, both reports and the findings read it. */
#ifndef POLICY_SETUP_SETUP_H
#define POLICY_SETUP_SETUP_H

#include "dns/lookup.h"
#include "dns/zone/zone_flaws.h"
#include "policy/directory/directory.h"
#include "policy/records/bimi.h"
#include "policy/records/dkim.h"
#include "policy/records/dmarc.h"
#include "policy/records/mta_sts.h"
#include "policy/records/tls_rpt.h"
#include "policy/servers/authority.h"
#include "policy/servers/dane.h"
#include "policy/servers/dnssec.h"
#include "policy/servers/exchanges.h"
#include "policy/servers/ptr.h"
#include "policy/servers/trace.h"
#include "policy/servers/wildcard.h"
#include "policy/setup/operators.h"
#include "policy/spf/spf.h"

/* The priorities of what is asked later than the records themselves, as lookup.priority. */
struct setup_priorities {
    int reverse, servers, probes, old_names;
};

/* What is judged, and how. Everything is borrowed. */
struct setup_view {
    const struct lookup *lookup;
    struct setup_priorities later;
    const char *domain;            /* canonical */
    int64_t now;                   /* seconds since 1970; 0 unknown */
    const char *probe;             /* a label nobody has, for the wildcard probes */
    enum server_reach ask_servers; /* which name servers may be asked directly */
    const char *const *names;      /* more names used in mail addresses, canonical (L12) */
    size_t name_count;
    const char *const *selectors; /* DKIM selectors typed by the user */
    size_t selector_count;
    const struct spf_sender *sender;   /* NULL: no verdict asked for; see spf_check_of */
    const struct operators *operators; /* NULL: none known */
    const char *const *srv_owners;     /* canonical owners of the SRV questions asked */
    size_t srv_count;
    const struct directory *directory; /* NULL: the domain is none, or not known to be */
    const char *sts_policy;            /* text of the domain's MTA-STS policy; NULL: not known */
    const struct trace *trace;         /* the way from the root; NULL: not gone */
    bool zone_files;                   /* answers come from zone files that the user gave */
    struct zone_flaws flaws;           /* of these files */
    const char *const *ignored;        /* ids of findings that are switched off */
    size_t ignored_count;
};

struct customary_host {
    const char *name; /* canonical */
    const char *word; /* what the name is for */
    bool old;         /* only RFC 2219 has it: one group, asked last, in no finding */
    struct host_addresses replies;
    const char *alias_of;            /* canonical name it is an alias of; NULL when it is none */
    const struct address *addresses; /* IPv4 first */
    size_t address_count;
    bool exists;      /* has an address of its own */
    bool by_wildcard; /* answers as a random name does, which proves nothing; then not `exists` */
    bool waiting;     /* which of the two it is, if any, is not known yet */
    const struct reply *failure; /* why it is not known whether it has an address; NULL: it is */
};

struct operator_match {
    const char *name; /* the exchange, include, name server, or DKIM selector with a key */
    enum operator_role {
        OPERATOR_EXCHANGE,
        OPERATOR_SPF,
        OPERATOR_NAME_SERVER,
        OPERATOR_SELECTOR,
    } role;
    const struct mail_operator *operator;
    bool filter_in_front; /* a filter service that takes the mail first, by its preference (L6) */
};

struct mail_name { /* one of view->names beside the domain (L12) */
    const char *name;
    struct exchanges *exchanges;
    bool missing; /* no MX and no address: mail to it cannot be delivered */
};

struct setup {
    bool complete;
    const struct setup_view *view;
    struct exchanges *exchanges;
    struct spf_tree *spf;
    struct spf_verdict *verdict; /* NULL without view->sender */
    struct dmarc *dmarc;
    const struct dkim *dkim;
    struct mta_sts *mta_sts;
    struct tls_rpt *tls_rpt;
    struct bimi *bimi;
    struct dane *dane;
    struct ptrs *ptrs;
    struct dnssec *dnssec;
    struct authority *authority;
    struct wildcard *wildcard;
    const struct customary_host *customary; /* in the order of the table */
    size_t customary_count;
    const struct operator_match *matches;
    size_t match_count;
    const struct mail_name *names;
    size_t name_count;
};

/* The first exchange that a sibling has and this one of the names (or the domain) has not, where
 * both share another: a secondary that was forgotten (L12). NULL: nothing is missing. */
const char *setup_lacking(const struct setup *setup, const struct exchanges *exchanges);

struct setup *setup_build(const struct setup_view *view, struct arena *arena);
/* Of a zone without mail: nothing but dnssec and authority, the rest is NULL. */
struct setup *setup_build_zone(const struct setup_view *view, struct arena *arena);
/* The host that is meant by a target which is not there, when its last dot is missing: the name of
 * the zone follows what is a host by itself. In the arena; NULL when it is not so. *complete
 * becomes false while that is not known. */
const char *setup_meant(const struct setup *setup, const char *target, struct arena *arena,
                        bool *complete);
/* The name that is likely meant by one that is not there and ends in the name of the zone, where
 * what stands in front of that has labels enough for a name of its own: "_dmarc.example.net." for
 * "_dmarc.example.net.example.com.". In the arena; NULL when it does not look so. */
const char *setup_undotted(const struct setup *setup, const char *target, struct arena *arena);
/* The host that is meant by a target with a dot too many: "mail.", which is a name of its own,
 * where the zone has "mail.example.com.". In the arena; NULL when it is not so. `replies` are those
 * to the target. */
const char *setup_overdotted(const struct setup *setup, const char *target,
                             const struct host_addresses *replies, struct arena *arena,
                             bool *complete);
/* The same of what an alias leads to: "dm.", where the zone has what was looked up at
 * "dm.example.com.". */
const char *setup_overdotted_alias(const struct setup *setup, const struct reply *reply,
                                   struct arena *arena, bool *complete);
/* The records of a name that was written without its last dot as an owner, so that the name of the
 * zone is in it twice: the answer at "_dmarc.example.com.example.com.". NULL when nothing is there,
 * or what a wildcard says. *complete becomes false while that is not known. */
const struct reply *setup_doubled(const struct setup *setup, const char *name, uint16_t type,
                                  struct arena *arena, bool *complete);
/* The first that is, or nearly is, a record of the kind; NULL without one, or without a reply. */
const struct record *setup_text_of_kind(const struct reply *reply, enum near_kind kind,
                                        struct arena *arena);
/* A record of the kind at the domain itself, where receivers look for SPF only; NULL without one.
 */
const struct record *setup_text_at_apex(const struct setup *setup, enum near_kind kind);
/* Where a record stands that nobody finds, as its owner is not the one that is looked up. */
enum misplacement {
    MISPLACED_APEX,     /* at the domain itself */
    MISPLACED_DOUBLED,  /* with the name of the zone twice */
    MISPLACED_UNMARKED, /* without the underscores: "dmarc.example.com." */
    MISPLACED_TURNED,   /* its first two labels in the other order: "_tls._smtp.example.com." */
    MISPLACED_REPEATED, /* its first label twice: "_dmarc._dmarc.example.com." */
};
/* The answer there; never by an alias or a wildcard, and not at the domain itself. Of servers only
 * the name with the zone twice is asked. NULL without one, and while that is not known
 * (*complete). */
const struct reply *setup_misplaced(const struct setup *setup, const char *owner, uint16_t type,
                                    struct arena *arena, enum misplacement *how, bool *complete);
/* The same for a text of that kind, at the domain itself as well; servers are asked for the name
 * without underscores, too. */
const struct record *setup_misplaced_text(const struct setup *setup, const char *owner,
                                          enum near_kind kind, struct arena *arena,
                                          enum misplacement *how, bool *complete);

#endif
