/* DKIM keys (RFC 6376 3.6, RFC 8301, RFC 8463): selectors cannot be listed, so the customary ones
 * are tried. */
#ifndef POLICY_RECORDS_DKIM_H
#define POLICY_RECORDS_DKIM_H

#include "dns/lookup.h"
#include "policy/records/tags.h"

struct dkim_selector {
    const char *selector;
    const char *service; /* "Google Workspace"; "" for names in general use */
};
size_t dkim_selectors_count(void);

enum dkim_state {
    DKIM_PENDING,
    DKIM_UNKNOWN, /* the lookup failed */
    DKIM_ABSENT,
    DKIM_OK,
    DKIM_WILDCARD, /* a good key that every selector has, so that it says nothing of any */
    DKIM_WEAK,     /* RSA below 1024 bits must not, below 2048 should not be used (RFC 8301 3.2) */
    DKIM_REVOKED,  /* p= is empty */
    DKIM_SYNTAX,
    DKIM_UNUSABLE, /* well formed, but no signature of a message is accepted with it */
};
const char *dkim_state_text(enum dkim_state state); /* as JSON has it. Static. */
const char *dkim_state_word(enum dkim_state state); /* as people read it */

struct dkim_key {
    const char *selector;
    const char *service; /* whose selector this customarily is; "" when unknown */
    const char *name;    /* "google._domainkey.example.com." */
    const struct reply *reply;
    enum dkim_state state;
    const char *text;      /* the record, escaped; NULL when there is none */
    const char *algorithm; /* "rsa", "ed25519"; escaped as written when it is neither */
    unsigned bits;         /* RSA modulus, 256 for Ed25519, 0 unknown */
    bool testing;          /* t=y */
    bool typed;            /* asked for by the user */
    const char *delegated; /* the alias target the key lives at; NULL without one */
    const char *why;       /* one sentence */
};

struct dkim {
    bool complete;
    const struct dkim_key *keys; /* typed selectors first, then the table's, then "*" */
    size_t count;
    size_t tried;  /* selectors, typed or of the table */
    size_t found;  /* with a key record of whatever state */
    size_t failed; /* of the table, whose lookup failed; the key "*" stands for all of them */
    bool wildcard; /* a name nobody chose has a key as well: the table is not tried then, for what
                      is found would prove nothing. The key "*" is the one every selector has. */
    const struct reply *nobody; /* at that name; NULL where it was not asked */
};

/* `guesses` is the lookup for what nobody typed. `selectors` are those the user typed, as labels
 * ("s1", "a.b"). `probe` is a label nobody has; it is asked before the table is, or not when NULL.
 */
struct dkim *dkim_build(const struct lookup *lookup, const struct lookup *guesses,
                        struct arena *arena, const char *domain, const char *const *selectors,
                        size_t count, const char *probe);
/* The worst key that cannot be used, or should be longer; NULL when all are good. */
const struct dkim_key *dkim_faulty(const struct dkim *dkim);
/* "found", or the state of the worst key; "none found", "lookup failed", "wildcard": all keys in a
 * word; and a sentence about how they are looked for, or what they prove. Static. */
/* Could a selector not be looked up? Then no key found does not mean that there is none. */
bool dkim_has_unknown(const struct dkim *dkim);
/* Where no key is known, the reply that leaves it open whether there is one; else NULL. */
const struct reply *dkim_failed(const struct dkim *dkim);
const char *dkim_summary(const struct dkim *dkim);
const char *dkim_sentence(const struct dkim *dkim);
/* One key, and nothing else. */
struct dkim *dkim_build_key(const struct lookup *lookup, struct arena *arena, const char *domain,
                            const char *selector);

#endif
