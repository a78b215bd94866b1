/* Where the MTA-STS policy of a domain is fetched, if somebody wants it (RFC 8461 3.3). */
#ifndef SURVEY_POLICY_PLACE_H
#define SURVEY_POLICY_PLACE_H

#include "base/text.h"
#include "survey/facts.h"

/* The addresses of the policy host that may be connected to, as policy_fetch_new() takes them, into
 * `addresses`. They are those that name servers may be asked at: an answer of the domain's must not
 * lead to a host inside. NULL, or why there is nothing to fetch: a sentence, static. */
const char *policy_place_find(const struct facts *facts, struct text *addresses);

#endif
