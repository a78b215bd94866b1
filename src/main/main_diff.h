/* --diff: what is laid beside a name of the report. */
#ifndef MAIN_MAIN_DIFF_H
#define MAIN_MAIN_DIFF_H

#include "main/main_request.h"
#include "net/source.h"
#include "survey/vantage.h"

struct uv_loop_s;

/* What the option names, found once for all names; NULL when it cannot be had, which is said then.
 * For a name `vantage` of the result is NULL. */
struct beside_plan {
    struct vantage_spec spec;
    struct vantage *vantage;
};
/* Returns 0 or the exit status. */
int beside_plan_init(struct beside_plan *plan, const struct options *options,
                     struct uv_loop_s *loop);
void beside_plan_clear(struct beside_plan *plan);

struct beside;

/* The survey that stands beside that of `subject`. NULL when the name given is none: said then. */
struct beside *beside_new(const struct beside_plan *plan, const struct request *request,
                          const struct subject *subject);
void beside_free(struct beside *beside); /* NULL is allowed */
/* Asks what it wants to know. */
void beside_ask(struct beside *beside, struct source *source);
/* Takes a copy of the reply when it waits for that. */
void beside_take(struct beside *beside, const struct reply *reply);
struct survey *beside_survey(struct beside *beside);

#endif
