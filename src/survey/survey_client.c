#include "survey/survey_client.h"

struct client_walk *survey_client_walk(struct survey *survey, const struct client *client,
                                       const char *site, const char *owner, struct arena *arena)
{
    const struct facts *facts = survey_facts(survey);
    struct lookup lookup = survey_edited_lookup(survey);
    const struct client_place place = {
        .domain = facts->subject->name,
        .site = *site ? site : NULL,
        .owner = owner,
    };

    return client_walk(client, &lookup, &place, survey_sender(survey), arena);
}
