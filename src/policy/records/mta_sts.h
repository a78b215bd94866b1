/* MTA-STS as far as DNS shows it (RFC 8461 3.1): the record that announces a policy. */
#ifndef POLICY_RECORDS_MTA_STS_H
#define POLICY_RECORDS_MTA_STS_H

#include "dns/lookup.h"
#include "policy/records/sts_policy.h"
#include "policy/records/tags.h"

struct mta_sts {
    enum policy_state state;
    const char *name; /* "_mta-sts.example.com." */
    const struct reply *reply;
    const struct record *record;          /* the one, or the first of several; NULL */
    const char *text;                     /* escaped; NULL without a record */
    const char *repeated;                 /* a tag that is in it twice, escaped; NULL without one */
    const char *id;                       /* escaped; NULL without one */
    const char *why;                      /* one sentence */
    const char *policy_host;              /* "mta-sts.example.com.": where the policy is fetched */
    struct host_addresses policy_address; /* asked only when senders use the record */
    bool policy_host_missing;             /* it has no address: senders see no policy */
    bool policy_host_waiting;             /* whether it has one is not known yet */
    const struct sts_policy *policy;      /* NULL: not given */
};

/* `policy`: the text that is served at the policy host, given or fetched; NULL when not known. */
struct mta_sts *mta_sts_build(const struct lookup *lookup, struct arena *arena, const char *domain,
                              const char *policy);

#endif
