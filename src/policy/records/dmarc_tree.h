/* The organisational domain: by DNS tree walk (RFC 9989 4.10) and by public suffix (RFC 7489 3.2).
 */
#ifndef POLICY_RECORDS_DMARC_TREE_H
#define POLICY_RECORDS_DMARC_TREE_H

#include "policy/records/dmarc.h"

/* At most eight questions are asked, whatever the number of labels. */
enum { DMARC_WALK_MAX = 8 };

/* The names of the walk without "_dmarc.", from `domain` to the top-level name; returns how many.
 * They point into domain. */
size_t dmarc_walk(const char *domain, const char *names[DMARC_WALK_MAX]);

/* Is there one DMARC record for receivers to see, usable or not? Several are as good as none, and
 * so is what only looks like one; a record that begins with v=DMARC1 and cannot be used is one. */
bool dmarc_step_counts(const struct dmarc_step *step);

/* The organisational domain found by the steps of a walk over these names: that of a record with
 * psd=n; one label below that of a record with psd=y; else the shortest name with a record; else
 * the name the walk began at. Points into names[0]. */
const char *dmarc_organisational(const struct dmarc_step *steps, const char *const *names,
                                 size_t count);

/* No public suffix list is built in: a top-level name is a suffix, and so is a customary
 * second-level name ("co", "com", "ac", ...) under a two-letter one. *rule (may be NULL) says which
 * of the two decided (static sentence). Points into domain. */
const char *dmarc_suffix_domain(const char *domain, const char **rule);

#endif
