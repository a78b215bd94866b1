/* Macros of SPF (RFC 7208 7). */
#ifndef POLICY_SPF_SPF_MACRO_H
#define POLICY_SPF_SPF_MACRO_H

#include "base/text.h"
#include "dns/address.h"
#include "dns/name.h"
#include "dns/record.h"

#include <stdbool.h>

/* What the letters stand for. Names without final dot. */
struct spf_macro_values {
    struct octets sender, local_part, sender_domain; /* s l o */
    struct octets domain;                            /* d */
    struct address ip;                               /* i c v */
    const char *validated;                           /* p; NULL: "unknown" */
    struct octets helo;                              /* h */
    const char *receiver;                            /* r */
    int64_t now;                                     /* t */
};

/* Is it a macro-string (RFC 7208 7.1)? With `explanation` also c, r, t and spaces may stand there.
 * On failure *why (may be NULL) is a static sentence. */
bool spf_macro_valid(struct octets spec, bool explanation, const char **why);
/* Does it hold a macro whose value depends on the message (the current domain, "%%", "%_" and "%-"
 * do not)? */
bool spf_macro_varies(struct octets spec);
/* Does it use the validated domain name %{p}? */
bool spf_macro_uses_p(struct octets spec);
/* Appends the expansion of a valid macro-string. */
void spf_macro_expand(struct octets spec, const struct spf_macro_values *values, struct text *out);
/* The expansion as a canonical name to ask for: labels are dropped from the left until it has at
 * most 253 octets (RFC 7208 7.3). False when that is no name (empty or too long label). */
bool spf_macro_name(struct octets spec, const struct spf_macro_values *values, char out[NAME_TEXT]);

#endif
