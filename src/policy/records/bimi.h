/* BIMI (draft-brand-indicators-for-message-identification): the logo beside a message. */
#ifndef POLICY_RECORDS_BIMI_H
#define POLICY_RECORDS_BIMI_H

#include "dns/lookup.h"
#include "policy/records/dmarc.h"
#include "policy/records/tags.h"

struct bimi {
    enum policy_state state;
    const char *name; /* "default._bimi.example.com." */
    const struct reply *reply;
    const char *text;      /* escaped; NULL without a record */
    const char *logo;      /* l=, escaped; NULL without one */
    const char *authority; /* a=, escaped; NULL without one */
    bool declined;         /* l= and a= empty: no logo wanted */
    const char *fault;     /* what is wrong with the record; or NULL */
    const char *lacking;   /* what DMARC lacks for it; or NULL */
    bool by_share;         /* the policy is strict, but applies to a part of the mail */
    const char *why;       /* one sentence, with the fault and what DMARC lacks */
};

/* The record of the domain itself, else that of the organisational domain: `name` tells which. */
struct bimi *bimi_build(const struct lookup *lookup, struct arena *arena, const char *domain,
                        const struct dmarc *dmarc);

#endif
