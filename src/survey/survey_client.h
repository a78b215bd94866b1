/* A client played over the answers of a survey, with the edits laid over them. */
#ifndef SURVEY_SURVEY_CLIENT_H
#define SURVEY_SURVEY_CLIENT_H

#include "mail/client/client_walk.h"
#include "survey/survey.h"

/* `site`: "" for none; `owner`: of the clients that look up any (NULL: none). In the arena. */
struct client_walk *survey_client_walk(struct survey *survey, const struct client *client,
                                       const char *site, const char *owner, struct arena *arena);

#endif
