/* What if the records were others: edits laid over the answers, never sent anywhere. */
#ifndef SURVEY_WHATIF_H
#define SURVEY_WHATIF_H

#include "dns/lookup.h"

struct whatif;

struct whatif *whatif_new(void);
void whatif_free(struct whatif *whatif);

/* One edit of the domain's records as the answers (and earlier edits) have them:
 *   add mx PREFERENCE EXCHANGE        remove mx EXCHANGE        preference EXCHANGE NUMBER|+N|-N
 *   add a|aaaa HOST ADDRESS           remove a|aaaa HOST [ADDRESS]
 *   add srv OWNER PRIORITY WEIGHT PORT TARGET                   remove srv OWNER TARGET
 *   weight OWNER TARGET NUMBER|+N|-N  priority OWNER TARGET NUMBER|+N|-N
 * Names are absolute when they end in a dot, else relative to the domain when of one label. On
 * failure *why is a sentence (static or good until the next call). An edit of records that are not
 * known yet is taken: whatif_fault() tells what became of it. */
enum status whatif_edit(struct whatif *whatif, const struct answers *answers, const char *domain,
                        const char *command, const char **why);
/* Takes back the last edit; false when there is none. */
bool whatif_undo(struct whatif *whatif);
void whatif_reset(struct whatif *whatif);
size_t whatif_count(const struct whatif *whatif);
/* The edit as it was given. */
const char *whatif_at(const struct whatif *whatif, size_t index);
/* Why that edit changes nothing of these answers: the record is there already, or is not there.
 * NULL when it does change something. Static. */
const char *whatif_fault(struct whatif *whatif, const struct answers *answers, size_t index);
/* Looks up the records that are edited, so that they are asked for. */
void whatif_want(const struct whatif *whatif, const struct lookup *lookup);

/* The changed replies, to be put into lookup.overlay; empty when nothing is changed. Made from the
 * answers and all edits; good until the answers change or a changing function is called. */
const struct answers *whatif_answers(struct whatif *whatif, const struct answers *answers);
/* Appends the changed RRsets as a master file fragment, ready to publish, with a comment for what
 * was before. */
void whatif_print(struct whatif *whatif, const struct answers *answers, struct text *out);

#endif
