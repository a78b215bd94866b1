/* Words about services and their groups. */
#ifndef SHEET_SERVICES_WORDS_SRV_H
#define SHEET_SERVICES_WORDS_SRV_H

#include "survey/facts.h"

enum { WORDS_GROUP = 128 };

/* "directory", "Kerberos, site hamburg", "directory, location lisbon". Returns out. */
const char *words_srv_group(const struct facts *facts, const struct srv_owner *owner,
                            char out[WORDS_GROUP]);

#endif
