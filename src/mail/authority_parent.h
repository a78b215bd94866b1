/* The parent's side of a delegation. */
#ifndef MAIL_AUTHORITY_PARENT_H
#define MAIL_AUTHORITY_PARENT_H

#include "mail/authority.h"

/* Asks a server of the parent zone for its NS records of authority->zone and compares them with
 * `child`, the zone's own (NULL while pending). */
struct authority_parent authority_parent_build(const struct lookup *lookup, struct arena *arena,
                                               struct authority *authority,
                                               const struct reply *child);

#endif
