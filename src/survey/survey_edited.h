/* What a sender or client would do with the edits of what-if: loops, deliveries, timelines,
 * comparisons and choices among SRV records are of the records as edited. Records, policy and
 * findings stay those of DNS. */
#ifndef SURVEY_SURVEY_EDITED_H
#define SURVEY_SURVEY_EDITED_H

#include "survey/survey.h"

/* In the arena, or that of the facts when nothing is edited. */
const struct route *survey_edited_route(struct survey *survey, struct arena *arena);

/* The SRV records of one owner. */
struct edited_srv {
    const struct reply *reply;    /* NULL while not answered */
    const struct srv_set *set;    /* as edited; NULL when there are none */
    const struct srv_set *before; /* as DNS has them; NULL when nothing is edited */
};
struct edited_srv survey_edited_srv(struct survey *survey, const char *owner, struct arena *arena);

#endif
