/* A domain out of a master file, asked about until nothing is open. */
#ifndef UNIT_WORLDS_JUDGED_DOMAIN_H
#define UNIT_WORLDS_JUDGED_DOMAIN_H

#include "base/text.h"
#include "dns/lookup.h"
#include "dns/zone/zone.h"
#include "survey/survey.h"

#include <stdint.h>

struct judged {
    struct zone *zone;
    struct survey *survey;
    const struct facts *facts;
    struct answers *answers; /* to what a test itself wants to know */
};

/* Answers from the zone whatever the survey asks, until it asks nothing: all that is open before
 * the first answer is taken, which makes everything new. It asks 5,000 questions at most. */
void judged_answer(struct survey *survey, const struct zone *zone);
/* A survey of the name, as all here are, of which nothing is asked yet; NULL when the name is none,
 * which is printed as a comment. */
struct survey *judged_survey(const char *name);
/* False when the file cannot be read or the name is none; that is printed as a comment, and there
 * is nothing to clear. */
bool judged_init(struct judged *judged, const char *zone, size_t length, const char *name);
void judged_clear(struct judged *judged);

/* Answers from the zone what was wanted, and clears the wants; false when that was nothing. */
bool judged_answer_wanted(const struct judged *judged, struct lookup *lookup);
/* Makes `expression` until nothing is wanted from the zone any more. */
#define JUDGED_SETTLE(judged, lookup, expression)                                                  \
    do {                                                                                           \
        (expression);                                                                              \
    } while (judged_answer_wanted((judged), &(lookup)))

/* Do the lines have it? */
bool judged_has_line(const char *lines, const char *line, size_t length);
/* Appends the zone's records but those that the finding wants removed, and those it wants
 * published. NULL, or what is wrong with it. Static. */
const char *judged_apply(const struct zone *zone, const struct finding *finding, struct text *out);

/* Prints which domain it is, as a line of its own, and then as judged_init. */
bool judged_begin(struct judged *judged, const char *label, const char *zone, size_t length,
                  const char *name);

/* One domain that is tried: `label` says which it is. */
typedef void judged_visit(const char *label, const char *zone, size_t length, const char *name,
                          void *context);
/* The domains of the arguments of a program: FIRST COUNT, so many seeds of the grammar; or NAME
 * FILE NAME FILE ..., where "seed" N stands for the domain of that seed. */
void judged_each(int argc, char **argv, judged_visit *visit, void *context);

#endif
