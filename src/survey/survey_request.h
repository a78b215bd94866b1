/* A copy of what a survey was asked for, independent of its giver. */
#ifndef SURVEY_SURVEY_REQUEST_H
#define SURVEY_SURVEY_REQUEST_H

#include "policy/spf/spf.h"
#include "survey/survey.h"

enum { PROBE_LABEL_TEXT = 24 };

struct survey_request {
    struct arena *arena; /* of everything below but the sender */
    struct subject subject;
    struct survey_options options; /* its sender and spf point below, or spf is NULL */
    struct sender sender;
    struct spf_sender spf;
    char probe[PROBE_LABEL_TEXT]; /* a label nobody has, the same for the same seed */
};

void survey_request_init(struct survey_request *request, const struct subject *subject,
                         const struct survey_options *options);
void survey_request_clear(struct survey_request *request);
void survey_request_set_selectors(struct survey_request *request, const char *const *selectors,
                                  size_t count);
void survey_request_set_policy(struct survey_request *request, const char *policy);
void survey_request_set_names(struct survey_request *request, const char *const *names,
                              size_t count);
void survey_request_set_client(struct survey_request *request, const char *client);
void survey_request_set_places(struct survey_request *request, const char *const *places,
                               size_t count);
void survey_request_set_resolvers(struct survey_request *request,
                                  const struct compared_resolver *list, size_t count);
void survey_request_set_trace(struct survey_request *request, const char *name);
void survey_request_add(struct survey_request *request, const struct record_request *more);
void survey_request_set_spf(struct survey_request *request, const struct spf_sender *spf);

#endif
