/* The hosts a survey meets, each once. */
#ifndef SURVEY_FACTS_HOST_H
#define SURVEY_FACTS_HOST_H

#include "dns/lookup.h"
#include "survey/facts.h"

struct hosts; /* in an arena; hosts_clear frees what the arena does not hold */

struct hosts *hosts_new(struct arena *arena, const struct lookup *lookup);
void hosts_clear(struct hosts *hosts);

/* The host of that name, looked up with `priority` when it is met first. `parent` is the reply that
 * named it (its additional section may carry addresses not asked yet), or NULL. */
const struct host *hosts_meet(struct hosts *hosts, const char *name, const struct reply *parent,
                              int priority);
/* Looks up the PTR records of the addresses of a host met before (not of additional ones). */
void hosts_reverse(struct hosts *hosts, const char *name, int priority);
/* In the order met; the array lives in the arena. */
const struct host *const *hosts_list(const struct hosts *hosts, size_t *count);

/* What one lookup said, in the words of the whole: ANSWERED wins, then a temporary failure, then
 * NODATA over NXDOMAIN. NULL replies are left out; false when all are NULL. */
bool host_outcome_of(const struct reply *const *replies, size_t count, enum outcome *outcome);

#endif
