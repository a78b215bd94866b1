/* The names where policies are published, and what was answered there: SPF stands at the domain
 * itself and is not among them. */
#ifndef POLICY_FINDINGS_FINDING_POLICIES_H
#define POLICY_FINDINGS_FINDING_POLICIES_H

#include "policy/findings/finding_list.h"

struct policy_name {
    const char *name;          /* "_dmarc.example.com.", canonical */
    const struct reply *reply; /* NULL: not in yet */
};

/* DMARC of the domain, MTA-STS and its policy host, TLS-RPT, BIMI, the selectors that lead anywhere
 * (where every selector does, "*._domainkey" stands for them), and the TLSA records of the
 * exchanges, each once; in the list's arena. */
const struct policy_name *finding_policies(struct finding_list *list, size_t *count);

#endif
