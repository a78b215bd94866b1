/* What the tags of a DMARC record mean (RFC 9989 4.7; pct, rf and ri: RFC 7489 6.3). */
#ifndef POLICY_RECORDS_DMARC_TAGS_H
#define POLICY_RECORDS_DMARC_TAGS_H

#include "policy/records/tags.h"

/* One sentence without its last dot, for tag and value together. Static. */
const char *dmarc_tag_text(const struct tag *tag);

#endif
