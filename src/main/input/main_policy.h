/* MTA-STS policies that are fetched, or were when a recording was made. */
#ifndef MAIN_INPUT_MAIN_POLICY_H
#define MAIN_INPUT_MAIN_POLICY_H

#include "main/input/main_request.h"
#include "net/policy_fetch.h"
#include "net/source.h"

/* NULL, or why no policy is fetched with this source: a sentence. */
const char *main_policy_barred(struct source *source);
/* Begins to fetch it within the time that one name has. */
struct policy_fetch *main_policy_fetch(struct uv_loop_s *loop, const struct request *request,
                                       const char *domain, const char *addresses,
                                       policy_fetched *done, void *context);
/* What came when the recording was made; false when nothing came. */
bool main_policy_recorded(const char *path, const char *domain, struct text *policy);

#endif
