/* Everything asked about one subject and what is known so far. Calls nobody: it takes replies and
 * tells which questions are open; whoever drives it asks them (live, zone file, recording or test
 * alike). */
#ifndef SURVEY_SURVEY_H
#define SURVEY_SURVEY_H

#include "dns/lookup.h"
#include "mail/sender/sender.h"
#include "survey/facts.h"
#include "survey/subject.h"
#include "survey/survey_options.h"
#include "survey/whatif.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SURVEY_QUESTIONS = 2000 }; /* of a live survey, unless an option says otherwise */

struct survey;

/* Copies subject and options. */
struct survey *survey_new(const struct subject *subject, const struct survey_options *options);
void survey_free(struct survey *survey);
const struct subject *survey_subject(const struct survey *survey);
/* The label nobody has, by which wildcards are found. */
const char *survey_probe(const struct survey *survey);
/* From now on the route is that of this sender (copied); what it needs to know is asked. */
void survey_set_sender(struct survey *survey, const struct sender *sender);
const struct sender *survey_sender(const struct survey *survey);
/* Edits that are laid over the answers for show (borrowed; NULL for none; told again when they
 * change): what the sender's route needs to know with them is asked, too. */
void survey_set_whatif(struct survey *survey, struct whatif *whatif);
/* Are there any? */
bool survey_is_edited(const struct survey *survey);
/* The SPF verdict wanted from now on (copied); NULL for none. */
void survey_set_spf(struct survey *survey, const struct spf_sender *spf);
/* The DKIM selectors to judge from now on (copied), as survey_options.selectors. */
void survey_set_selectors(struct survey *survey, const char *const *selectors, size_t count);
/* The MTA-STS policy of the domain from now on (copied), as survey_options.sts_policy. */
void survey_set_policy(struct survey *survey, const char *policy);
/* The client that is played from now on (copied), as survey_options.client: what it looks up is
 * asked. */
void survey_set_client(struct survey *survey, const char *client);
/* Sites and GUIDs of a directory from now on (copied), as survey_options.places. */
void survey_set_places(struct survey *survey, const char *const *places, size_t count);
/* Those it has. */
const char *const *survey_places(const struct survey *survey, size_t *count);
/* The resolvers to compare from now on (copied), as survey_options.resolvers. */
void survey_set_resolvers(struct survey *survey, const struct compared_resolver *list,
                          size_t count);
/* From now on the way from the root to the name (copied) is wanted, too; NULL: to the subject. */
void survey_set_trace(struct survey *survey, const char *name);
/* These records are wanted, too (copied). */
void survey_request_records(struct survey *survey, const struct record_request *request);
/* The names to look at beside the subject from now on (copied), as survey_options.names. */
void survey_set_names(struct survey *survey, const char *const *names, size_t count);

/* Is the question asked and not answered yet? */
bool survey_awaits(const struct survey *survey, const struct question *question);
/* Takes the reply. Replies to questions never wanted are freed and ignored. */
void survey_apply(struct survey *survey, struct reply *reply);
/* The next question not yet asked, best priority first; it then counts as asked. False when there
 * is none now. The name stays valid until the next call with this survey. Beyond options.questions
 * nothing is handed out any more: what is still wanted ends as not asked, with that reason. Which
 * these are depends on the answers, not on when they come (survey/budget.h). */
bool survey_ask(struct survey *survey, struct question *question, int *priority);
/* An SPF record has come, and no chain is as long as that of its includes: the next questions are
 * those it leads to, without judging anything else; then survey_ask() says false, once. */
void survey_hurry(struct survey *survey);
/* From now on nothing is asked: whatever is wanted and not open ends as not asked, with this reason
 * (static). What is open is ended by whoever asks it. */
void survey_end(struct survey *survey, const char *why);
bool survey_is_ended(const struct survey *survey);
/* The reason when the time for one name is over (--time-limit). */
extern const char survey_time_is_up[];
/* `r`: forget the answer (or all), so that it is asked again. */
void survey_forget(struct survey *survey, const struct question *question);
void survey_forget_all(struct survey *survey);

size_t survey_asked(const struct survey *survey);  /* questions handed out */
size_t survey_ended(const struct survey *survey);  /* of those, how many have ended */
bool survey_complete(const struct survey *survey); /* nothing open, nothing to ask */

const struct answers *survey_answers(const struct survey *survey);
/* A lookup that only looks (wants NULL), for judgements made for show: routes, simulations,
 * what-if. */
struct lookup survey_lookup(const struct survey *survey);
/* The same with the edits laid over the answers. */
struct lookup survey_edited_lookup(const struct survey *survey);
/* What the panes and reports draw from: rebuilt when something changed since the last call, valid
 * until the next survey_apply, _forget or _free. */
const struct facts *survey_facts(struct survey *survey);
/* The facts are built anew with the next call, in the language set by then. */
void survey_reword(struct survey *survey);
/* Gives the memory of the facts back until somebody looks again. */
void survey_rest(struct survey *survey);

#endif
