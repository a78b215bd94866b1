/* The inside of a profile, for the routing core and the profiles only. A profile says in tables how
 * a server finds its route, what each failure leads to, how every dead end is judged and in which
 * order it tries; functions are left for what its settings change. */
#ifndef MAIL_SENDER_RULES_H
#define MAIL_SENDER_RULES_H

#include "dns/reply.h"
#include "mail/sender/profile.h"
#include "mail/sender/sender.h"
#include "mail/sender/sts_cache.h"
#include "mail/sender/verdict.h"

#include <stdbool.h>
#include <stdint.h>

enum null_mx_rule {
    NULL_MX_ALONE,    /* "." as the only record, with preference 0 (RFC 7505 3) */
    NULL_MX_ALL,      /* nothing but ".", with any preference */
    NULL_MX_ANYWHERE, /* one "." among the records is enough */
    NULL_MX_ZERO, /* "." with preference 0, and "localhost", are left out; nothing else is left */
    NULL_MX_UNKNOWN, /* "." is a host like any other, one without addresses */
};

enum literal_rule {
    LITERAL_UNUSABLE, /* looked up as a name, which does not exist */
    LITERAL_CONNECTS, /* taken for the address it spells */
    LITERAL_REFUSES,  /* the whole domain is refused */
};

/* Which names of exchanges a sender takes for host names; all false and NULL: every name. */
struct name_rule {
    const char *marks; /* octets allowed beside letters and digits; NULL: any */
    bool edges;        /* no label begins or ends with a hyphen or a slash */
    bool front;        /* the name does not begin with a hyphen */
    bool reserved;     /* no label has "--" as its third and fourth octet but for "xn--" */
    bool ascii;   /* one with other octets, or a dot in a label, is looked up as another; where an
                     alias leads to octets beyond ASCII it is as bad as the others */
    bool digits;  /* a name of digits alone is none */
    bool aliases; /* the names that aliases lead to are judged, too */
    bool leaves_out; /* a record with such a name counts as if it were not there */
    bool condemns;   /* one that is none, or the domain's own, has the whole domain refused */
};

enum duplicate_rule {
    DUPLICATES_KEPT,
    DUPLICATES_DROPPED,    /* a host listed twice counts once, at its best preference */
    DUPLICATES_REMEMBERED, /* at a worse place it stands for what is remembered of it */
};

/* How a sender knows itself in the list. */
enum self_means {
    SELF_BY_NAME = 1,      /* the exchange is its name */
    SELF_BY_CANONICAL = 2, /* ... or an alias of it */
    SELF_BY_ADDRESS = 4,
    SELF_BY_UNSPECIFIED = 8, /* 0.0.0.0 counts as an own address */
    SELF_BY_LOCALHOST = 16,  /* "localhost" is among its names */
};

enum address_order { ADDRESSES_IPV6_FIRST, ADDRESSES_IPV4_FIRST };

/* Dead ends: where no host is left to try. */
enum route_end {
    END_NXDOMAIN,         /* the domain does not exist */
    END_ALIAS,            /* the domain's aliases come to no end */
    END_MX_TEMPORARY,     /* the MX lookup failed */
    END_NULL_MX,          /* "no mail here" */
    END_LITERAL,          /* refused for an address in place of a name */
    END_NAME,             /* refused for an exchange that is no host name */
    END_INSECURE,         /* not secured by DNSSEC, and that is required; with requires_dnssec */
    END_IMPLICIT_MISSING, /* no MX and no address */
    END_IMPLICIT_FAILED,  /* no MX, the address lookup failed */
    END_HOSTS_MISSING,    /* MX, but none has an address */
    END_HOSTS_FAILED,     /* MX, and all their address lookups failed */
    END_HOSTS_MIXED,      /* some missing, some failed */
    END_HOSTS_MIXED_LAST, /* the same, the last being missing, with PROFILE_LAST_LOOKUP_TELLS */
    END_SELF_BEST,        /* the sender is the most preferred */
    END_SELF_IMPLICIT,    /* no MX, and the domain's address is the sender's */
    END_SELF_MISSING,     /* better hosts are listed, but have no address */
    END_SELF_FAILED,      /* better hosts are listed, but lookups failed */
    END_SRV_NOT_OFFERED,  /* SRV target "." */
    END_SRV_FAILED,       /* the SRV lookup failed */
    END_SRV_MISSING,      /* no SRV records, and no fall-back to MX */
    ROUTE_ENDS,
};

/* Rules a route's steps quote. */
enum route_rule {
    RULE_LOOKUP,     /* what is asked first */
    RULE_ALIAS,      /* the domain is an alias */
    RULE_IMPLICIT,   /* no MX: the domain itself */
    RULE_SORT,       /* by preference */
    RULE_SELF,       /* this is the sender */
    RULE_NOT_BETTER, /* dropped: not better than the sender */
    RULE_DOT,        /* "." among others */
    RULE_LITERAL,    /* the record names an address */
    RULE_NAME,       /* the exchange's name is no host name; with `names` only */
    RULE_DUPLICATE,  /* listed twice */
    RULE_NO_ADDRESS, /* has no address */
    RULE_FAILED,     /* its lookup failed */
    RULE_HOST_ALIAS, /* the exchange is an alias */
    RULE_EQUALS,     /* order among equals */
    RULE_ADDRESSES,  /* order inside a host */
    RULE_SRV,        /* by SRV records */
    RULE_SRV_EQUALS, /* order among SRV targets of one priority */
    RULE_ACCEPTED,
    RULE_LIMIT,     /* enough addresses tried */
    RULE_SESSIONS,  /* enough sessions had */
    RULE_EXHAUSTED, /* the list is at its end */
    RULE_SELF_MET,  /* connected to itself unawares */
    RULE_RELAYHOST, /* all goes to a relay, whatever MX says; with next_hop only */
    RULE_FALLBACK,  /* relays tried when all others failed; with a fallback only */
    ROUTE_RULES,
};

struct ending {
    enum verdict verdict;
    const char *code;
};

/* Of a host's name: that it failed in TLS, for the rest of this delivery and for later ones. */
enum tls_memory { TLS_FORGOTTEN, TLS_NOTED, TLS_KNOWN };

/* What a failure at one stage leads to; or how a message is taken all the same, when `way` is
 * TLS_CLEAR, _RECLEAR or _USED. */
struct consequence {
    enum tls_way way;
    bool unseen;      /* with TLS_SKIP: gives the ending only where nothing else does */
    bool stops;       /* no other host is tried for this message */
    bool leaves_host; /* the host's other addresses are left out */
    bool session;     /* it was a session that counts */
    bool lasts;       /* unless the message is taken, this ending stands, whatever comes later */
    bool lifts;       /* ... and this is what ends that */
    enum tls_memory memory; /* noted now, or known already from another delivery (Courier) */
    struct ending ending;   /* when it stops, or when this was the last of the list */
    struct ending cut;      /* when a limit ends the round here; without code: the same */
    struct ending recalled; /* when only the memory of it stands last, and another connection came
                               between, with DUPLICATES_REMEMBERED; without code: the same */
    struct rule rule;
};

/* Those that most servers share. The next address is tried; or the session decides, whatever else
 * is listed. What follows verdict and code is the rule: a text and where it is from. */
#define NEXT_IS_TRIED(verdict_, code, ...)                                                         \
    {                                                                                              \
        .ending = {verdict_, code}, .rule = { __VA_ARGS__ }                                        \
    }
#define NO_OTHER_IS_TRIED(verdict_, code, ...)                                                     \
    {                                                                                              \
        .stops = true, .session = true, .ending = {verdict_, code}, .rule = { __VA_ARGS__ }        \
    }

/* What a rule about TLS judges: one host, and how far it lets the delivery come. */
struct tls_case {
    const struct settings *settings;
    const struct security *security;
    const struct host_security *host;
    const char *exchange, *domain; /* canonical */
    enum stage stage;
    bool known; /* of its name: that it failed in TLS */
};

struct limits {
    unsigned addresses, sessions; /* 0: none */
    unsigned hard;                /* addresses in all, with extends */
    bool extends;                 /* at the limit, on to the next preference (Exim) */
};

enum { HOLD_FORGETS = -1 };

/* When a message that could not be delivered is tried again, and what is remembered till then. */
struct retry_schedule {
    /* Seconds from the end of round `round` (1, 2, ...) to the next, the message being `age` old.
     */
    int64_t (*pause)(unsigned round, int64_t age);
    int64_t lifetime; /* seconds until it is returned */
    int64_t warning;  /* seconds until its writer is told, 0: never */
    struct rule rule;
    /* For how many seconds an address is passed over that failed at the stage, the `failures`th
     * time in a row, first `age` seconds ago; `chance` is 0..31. HOLD_FORGETS: what was kept of it
     * is wiped out. NULL: nothing is kept. */
    int64_t (*hold)(enum stage stage, unsigned failures, int64_t age, unsigned chance);
    bool by_host;      /* kept for host and address, not for the address alone */
    bool paces;        /* the next try is when the first of them is due, not by `pause` ... */
    int64_t least;     /* ... but not before that many seconds */
    const char *noted; /* what is kept, for a sentence: with a hold of 0 ... */
    /* ... and with one: "disabled for 15 seconds"; NULL: not told */
    const char *(*passed)(struct arena *arena, const char *time);
    struct rule held; /* the verdict when every address is passed over */
    int64_t backlog;  /* seconds for which nothing else to the same destination is tried after a
                         round without a session; 0: no such thing */
};

/* How a round ends, and by which rule. */
struct round_end {
    struct ending ending;
    struct rule rule;
};

/* Relays tried, one after the other and with fresh limits, when the domain's own hosts failed;
 * never when the sender found itself among those. */
struct fallback {
    const char *setting;    /* its list of relays */
    const char *separators; /* between them */
    bool by_mx;             /* a relay that stands not in brackets is looked up by MX */
    bool unrouted;          /* also when the domain has no route, or all others failed for good */
    bool null_mx_binds;     /* ... but not after a null MX */
    bool appended;          /* to the domain's own hosts: one list, in which all is remembered */
    /* The last relay is missing or the sender itself; its lookup failed. NULL: as if it were not
     * listed. */
    const struct round_end *lost, *failed;
};

enum profile_flags {
    PROFILE_NXDOMAIN_ASKS_ADDRESSES = 1, /* goes on to the domain's own address */
    PROFILE_SHOWS_CANONICAL = 2,         /* an alias is renamed to where it leads */
    PROFILE_IPV4_ONLY = 4,
    PROFILE_IGNORES_PREFERENCE = 8,   /* keeps the order of the answer */
    PROFILE_SOFT_WINS = 32,           /* one temporary failure makes the exhausted list temporary */
    PROFILE_LITERAL_IS_ZERO = 64,     /* a literal counts as preference 0 when pruning */
    PROFILE_FIRST_ADDRESS = 128,      /* one address a host */
    PROFILE_UNUSABLE_LISTED = 256,    /* hosts without address keep their place in the list */
    PROFILE_SELF_ON_PORT_25 = 512,    /* looks for itself only where the port is 25 */
    PROFILE_LAST_LOOKUP_TELLS = 1024, /* the code is that of the last failed lookup */
    PROFILE_SCANS_FOR_ITSELF = 2048,  /* any failed lookup defers, unless a good host came before
                                         itself in its list, dropped or not (Exim) */
    PROFILE_LOST_ALIAS_ASKS_ADDRESSES = 4096, /* as above, where an alias leads to no name */
    PROFILE_SRV_DOT_FALLS_BACK = 8192, /* SRV target ".": like no SRV records, for the fall-back */
    PROFILE_NUMBER_IS_ADDRESS = 16384, /* "12345." is one, too: 0.0.48.57 (inet_aton) */
    PROFILE_ALIAS_LIMIT_AT_HOSTS =
        32768,                         /* one of whose aliases are too many condemns the domain */
    PROFILE_POLICY_GOES_ALONG = 65536, /* the recipient's MTA-STS policy holds for relays, too */
};

struct order; /* mail/order/order.h */

struct profile {
    const char *name, *title, *versions, *summary;
    const struct setting *settings;
    size_t setting_count;
    unsigned flags; /* enum profile_flags */
    enum null_mx_rule null_mx;
    enum host_state dot; /* "." in company: ignored or unusable */
    enum literal_rule literal;
    struct name_rule names;
    enum duplicate_rule duplicates;
    enum address_order addresses;
    unsigned alias_limit;                   /* CNAMEs followed; 0: as the resolver does */
    const struct order *order, *srv_order;  /* srv_order: with srv_service only */
    const struct rule *rules;               /* [ROUTE_RULES]; where it never gets to, none */
    const struct decision *decisions;       /* [ROUTE_ENDS]; likewise */
    const struct consequence *consequences; /* [STAGE_COUNT] */
    struct ending self_met;                 /* connected to itself: what comes of it */
    const struct retry_schedule *retry;
    const struct fallback *fallback; /* NULL: none */
    /* What the settings change; each may be NULL. */
    unsigned (*self_means)(const struct sender *sender);   /* enum self_means; NULL: none */
    const char *(*self_name)(const struct sender *sender); /* NULL: sender->as */
    /* Goes on to its own host like to any other when none is better; NULL: never. */
    bool (*sends_to_self)(const struct settings *settings);
    /* More names it goes by, with colons between them; NULL or "": none. */
    const char *(*local_names)(const struct settings *settings);
    /* "relay.example.net", "[relay.example.net]" (not looked up by MX): where all mail goes. */
    const char *(*next_hop)(const struct settings *settings);
    bool (*requires_dnssec)(const struct settings *settings);
    enum address_order (*addresses_by)(const struct settings *settings);
    const struct order *(*order_by)(const struct settings *settings);
    struct limits (*limits)(const struct settings *settings);
    enum literal_rule (*literal_by)(const struct settings *settings);
    const struct consequence *(*consequence)(const struct settings *settings, enum stage stage);
    enum sts_habit sts; /* with a setting mta_sts and those of sts_cache.h */
    /* NULL: TLS does not come in at this stage (TLS stages: the message is taken in clear). */
    const struct consequence *(*tls)(const struct tls_case *tls);
    bool (*ignores_mx_failure)(const struct settings *settings); /* then asks for addresses */
    struct decision (*decide)(const struct settings *settings, enum route_end end);
    const char *(*srv_service)(const struct settings *settings); /* "smtp"; NULL: by MX */
    bool (*srv_falls_back)(const struct settings *settings, enum outcome outcome);
};

#endif
