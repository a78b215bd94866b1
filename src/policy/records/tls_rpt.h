/* SMTP TLS Reporting (RFC 8460 3): where reports about failed encryption go. */
#ifndef POLICY_RECORDS_TLS_RPT_H
#define POLICY_RECORDS_TLS_RPT_H

#include "dns/lookup.h"
#include "policy/records/tags.h"

struct tls_rpt {
    enum policy_state state;
    const char *name; /* "_smtp._tls.example.com." */
    const struct reply *reply;
    const char *text;       /* escaped; NULL without a record */
    const char *repeated;   /* a tag that is in it twice, escaped; NULL without one */
    const char *const *rua; /* escaped URIs */
    size_t rua_count;
    const char *why; /* one sentence */
};

struct tls_rpt *tls_rpt_build(const struct lookup *lookup, struct arena *arena, const char *domain);

#endif
