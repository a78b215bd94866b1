/* An MTA-STS policy (RFC 8461 3.2): what a domain's web server serves, whoever fetched it. */
#ifndef POLICY_RECORDS_STS_POLICY_H
#define POLICY_RECORDS_STS_POLICY_H

#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STS_POLICY_MOST = 64 * 1024, STS_MAX_AGE_MOST = 31557600 };

enum sts_policy_mode { STS_POLICY_NONE, STS_POLICY_TESTING, STS_POLICY_ENFORCE };
const char *sts_policy_mode_text(enum sts_policy_mode mode); /* "none", "testing", "enforce" */

struct sts_policy_mx {
    const char *pattern; /* canonical: "mx1.example.com.", "*.example.com." */
    const char *line;    /* as written, escaped: "mx: mx1.example.com" */
    unsigned number;     /* of the line */
};

struct sts_policy {
    enum sts_policy_mode mode;
    int64_t max_age; /* seconds */
    const struct sts_policy_mx *mx;
    size_t mx_count;
    const char
        *fault; /* why senders cannot use it, a sentence without full stop; NULL when valid */
};

/* Reads the text, `length` octets of anybody's making; at most STS_POLICY_MOST are looked at.
 * Everything is in the arena. */
const struct sts_policy *sts_policy_parse(struct arena *arena, const char *text, size_t length);
/* Does a pattern of the policy match the exchange (RFC 8461 4.1)? */
bool sts_policy_lists(const struct sts_policy *policy, const char *exchange);

#endif
