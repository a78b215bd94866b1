/* The SRV part of the facts: the owner that was typed, those of --srv, and the well-known services.
 */
#ifndef SURVEY_FACTS_SRV_H
#define SURVEY_FACTS_SRV_H

#include "survey/facts_host.h"
#include "survey/survey_request.h"

/* Fills facts->srv; facts->subject must be set. */
void facts_build_srv(struct arena *arena, struct hosts *hosts, const struct lookup *lookup,
                     const struct survey_request *request, struct facts *facts);

#endif
