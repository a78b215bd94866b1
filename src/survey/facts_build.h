/* Puts the answers of a survey in order; what is missing is noted in the lookup's wants. */
#ifndef SURVEY_FACTS_BUILD_H
#define SURVEY_FACTS_BUILD_H

#include "dns/lookup.h"
#include "survey/facts.h"
#include "survey/survey_request.h"

/* The facts live in the arena and borrow from the answers behind `lookup`; its priority is set
 * here. The request's sender learns what it can know of the domain. */
struct facts *facts_build(struct arena *arena, struct lookup lookup,
                          struct survey_request *request);

#endif
