/* Words about services and their groups. */
#ifndef SHEET_SERVICES_WORDS_SRV_H
#define SHEET_SERVICES_WORDS_SRV_H

#include "survey/facts.h"

enum { WORDS_GROUP = 128 };

/* "directory", "Kerberos, site hamburg", "directory, location lisbon". Returns out. */
const char *words_srv_group(const struct facts *facts, const struct srv_owner *owner,
                            char out[WORDS_GROUP]);

/* Services without records of their own that are told in one line. */
struct srv_rest {
    enum outcome outcome; /* ANSWERED: by the wildcard */
    size_t count;
};

enum { SRV_RESTS = OUTCOME_COUNT };

/* What is not known first, then no data, no such name and what a wildcard answers. Returns how many
 * lines there are. */
size_t words_srv_rests(const struct srv_list *list, struct srv_rest rests[SRV_RESTS]);
/* "52 services: no such name (NXDOMAIN)", "3 more services: answered by the wildcard". */
const char *words_srv_rest(const struct srv_list *list, const struct srv_rest *rest,
                           struct arena *arena);
/* What became of all services where none has a record: what is not known goes before no data, and
 * that before no such name. */
enum outcome words_srv_outcome(const struct srv_list *list);

#endif
