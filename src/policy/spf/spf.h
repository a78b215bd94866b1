/* SPF (RFC 7208): records, the verdict for a sender, and the tree of a domain's record. */
#ifndef POLICY_SPF_SPF_H
#define POLICY_SPF_SPF_H

#include "dns/lookup.h"
#include "policy/spf/spf_record.h"

enum spf_result {
    SPF_NONE,
    SPF_NEUTRAL,
    SPF_PASS,
    SPF_FAIL,
    SPF_SOFTFAIL,
    SPF_TEMPERROR,
    SPF_PERMERROR,
};
const char *spf_result_text(enum spf_result result); /* "none", "neutral", ... Static. */
/* One sentence: what receivers make of it (RFC 7208 8). Static. */
const char *spf_result_sentence(enum spf_result result);

enum { SPF_LOOKUPS_MAX = 10, SPF_VOIDS_MAX = 2, SPF_MX_MAX = 10, SPF_PTR_MAX = 10 };

/* Who hands a message over. */
struct spf_sender {
    struct address ip;
    const char *from;     /* MAIL FROM, as typed (spf_reverse_path); NULL, "" or "<>" makes HELO the
                             identity (RFC 7208 2.4) */
    const char *helo;     /* NULL or "": the domain of `from` */
    const char *receiver; /* %{r}; NULL: "unknown" */
    int64_t now;          /* %{t}, seconds since 1970 */
};

/* One term on the way to the verdict. */
struct spf_step {
    const char *domain; /* whose record, as written there, escaped */
    const char *term;   /* as written, escaped */
    size_t depth;       /* 0: the record of the domain itself */
    enum spf_step_outcome {
        SPF_STEP_NO_MATCH,
        SPF_STEP_MATCH,
        SPF_STEP_ERROR,
        SPF_STEP_PENDING,
        SPF_STEP_FOLLOWED, /* redirect= */
    } outcome;
    unsigned lookups, voids; /* after this term */
    const char *why;         /* "192.0.2.1 is within 192.0.2.0/24" */
};

struct spf_verdict {
    struct spf_sender given; /* as asked for; borrowed */
    bool complete;           /* false: something in lookup->wants may still change it */
    enum spf_result result;
    const char *domain;      /* judged, escaped */
    const char *identity;    /* "mailfrom" or "helo" */
    const char *explanation; /* for fail: the domain's own words (exp=), escaped; else NULL */
    const char *why;         /* one sentence, never NULL */
    const char *mechanism;   /* the term that decided, escaped; NULL when none did */
    unsigned lookups, voids;
    const struct spf_step *steps; /* in the order evaluated: the path that decided */
    size_t step_count;
};

/* The reverse-path out of what a log or a person writes: "<x@d>", "from=<x@d>," and a source route
 * (RFC 5321 4.1.1.2, C) mean x@d, "<>" means none; NULL stays NULL. In the arena where it differs.
 */
const char *spf_reverse_path(struct arena *arena, const char *typed);
/* Is there a name to judge by, MAIL FROM or HELO? */
bool spf_names_sender(const struct spf_sender *sender);
/* check_host() (RFC 7208 4). */
struct spf_verdict *spf_check(const struct lookup *lookup, struct arena *arena,
                              const struct spf_sender *sender);
/* The same for a sender of whom not all is said: where `from` is NULL, HELO is what is checked, and
 * without HELO a message from the domain; an empty `from` without HELO means the domain's HELO. */
struct spf_verdict *spf_check_of(const struct lookup *lookup, struct arena *arena,
                                 const struct spf_sender *sender, const char *domain);

/* ---- the record as a tree, whoever sends ---- */

enum spf_state {
    SPF_STATE_OK,
    SPF_STATE_PENDING,
    SPF_STATE_NONE,        /* no SPF record */
    SPF_STATE_MULTIPLE,    /* several records: permerror */
    SPF_STATE_SYNTAX,      /* see node->record.error */
    SPF_STATE_UNKNOWN,     /* the lookup failed */
    SPF_STATE_LOOP,        /* this name is already open above */
    SPF_STATE_BY_SENDER,   /* macros: depends on the message */
    SPF_STATE_VOID,        /* the lookup finds nothing, whoever sends */
    SPF_STATE_UNREACHABLE, /* behind "all", or redirect= beside it: never evaluated, not opened */
    SPF_STATE_UNOPENED,    /* too many: not asked */
    SPF_STATE_CROWDED,     /* mx: more exchanges than receivers look at, so permerror */
    SPF_STATE_OPEN,        /* passes everybody */
    SPF_STATE_BROKEN,      /* of a tree: an included record makes it a permerror */
    SPF_STATE_LOOKUPS,     /* of a tree: more than ten lookups */
    SPF_STATE_VOIDS,       /* of a tree: more than two void lookups, for some senders at least */
};
const char *spf_state_text(enum spf_state state); /* a word or two: JSON. Static. */
const char *spf_state_word(enum spf_state state); /* the same as people read it */

struct spf_node;

struct spf_branch {
    const struct spf_term *term;
    const char *text;        /* the term as written, escaped */
    const char *target;      /* canonical name it asks; NULL when it asks none or by sender */
    unsigned number;         /* its own among the lookups of the tree; 0: it causes none */
    unsigned lookups, voids; /* running totals after this term, includes counted */
    unsigned own_lookups;    /* what this term and all below it cost */
    bool void4, void6;       /* finds nothing for senders over IPv4, over IPv6 */
    bool inside;             /* an a term whose host has private addresses only */
    enum spf_state state;
    const char *why;              /* a sentence, or NULL */
    const struct spf_node *child; /* of include: and redirect= */
    const struct reply *failed;   /* the lookup that makes the state UNKNOWN, else NULL */
};

struct spf_node {
    const char *domain; /* canonical */
    size_t depth;
    enum spf_state state;
    const struct reply *reply;   /* of the TXT question; NULL while pending */
    const struct record *source; /* the first in it that begins with v=spf1; NULL without one */
    const char *text;            /* the record, escaped; NULL when there is none, or several */
    size_t length;               /* octets of the record */
    uint32_t ttl;
    const struct spf_record *record; /* parsed; NULL when there is none, or several */
    size_t record_count;             /* TXT records that begin with v=spf1 */
    const struct spf_branch *branches;
    size_t branch_count;
    size_t left_out; /* terms beyond what a tree holds */
};

/* What a sender over one family meets: a host without an address of its family is a void lookup
 * for it (RFC 7208 4.6.4, 5.3), and so is an mx none of whose exchanges has one, as deployed
 * checkers count. */
struct spf_family {
    unsigned voids;
    const struct spf_branch *breaker; /* the third void term: permerror; or NULL */
    bool authorised;                  /* some term may pass a sender of this family */
};

/* A void term, and the record it is in. */
struct spf_void {
    const char *domain; /* canonical */
    const struct spf_branch *branch;
};

struct spf_tree {
    bool complete;
    const struct spf_node *root;
    unsigned lookups, voids; /* the whole tree: what a sender that matches nothing costs; voids are
                                those whoever sends */
    bool over_lookups, over_voids; /* beyond the limits: permerror for every such sender */
    struct spf_family ipv4, ipv6;
    const struct spf_void *void_terms; /* in the order evaluated */
    size_t void_term_count;
    const struct spf_branch *lookup_breaker; /* the first term beyond; or NULL */
    const char *loop;                        /* the name that comes back, or NULL */
    bool plus_all;                           /* anybody passes */
    char all_qualifier; /* of the "all" that is reached: + - ~ ?; 0 without one */
    bool uses_ptr;
    bool by_sender;     /* some term depends on the message: a check asks more than the tree */
    const char *type99; /* deprecated SPF-type record, escaped; NULL when there is none */
    size_t include_count;
    const char *const *includes; /* canonical names of all includes and redirects, in order */
};

/* An address that no sender on the Internet has: private, loopback and the like. */
bool spf_address_is_private(const struct address *address);
/* The same of a term whose addresses are looked up, where they are known. */
bool spf_branch_is_private(const struct spf_branch *branch);
/* Does an ip4 or ip6 term name a network that no sender on the Internet has an address in? */
bool spf_term_is_private(const struct spf_term *term);

/* One state for the whole: that of the record, or else the worst thing its terms lead to, once all
 * of them are known. */
enum spf_state spf_tree_state(const struct spf_tree *tree);
/* The lookup that makes that state UNKNOWN; NULL where it is another. */
const struct reply *spf_tree_failed(const struct spf_tree *tree);
/* The first term whose lookup failed, whatever the state; NULL where none did. What becomes of a
 * sender that no term names is not known then. */
const struct spf_branch *spf_tree_lost(const struct spf_tree *tree);
/* The state in a word, translated: what became of the query for the record where that is not known;
 * a record that leads to what was not looked at is known in part. */
const char *spf_tree_word(const struct spf_tree *tree);
/* "5 lookups, 10 allowed; 1 void, 2 allowed": what the tree costs, by family where that differs.
 * In the arena. */
const char *spf_tree_cost(struct arena *arena, const struct spf_tree *tree);

/* Opens every include that can be reached, also those behind terms that may match first. */
struct spf_tree *spf_tree_build(const struct lookup *lookup, struct arena *arena,
                                const char *domain);

#endif
