/* --diff: what is laid beside a name of the report. */
#ifndef MAIN_REPORT_MAIN_DIFF_H
#define MAIN_REPORT_MAIN_DIFF_H

#include "main/input/main_request.h"
#include "net/source.h"
#include "survey/asking/vantage.h"

struct uv_loop_s;

/* What the option names, found once for all names; NULL when it cannot be had, which is said then.
 * For a name `vantage` of the result is NULL. */
struct beside_plan {
    struct vantage_spec spec;
    struct vantage *vantage;
};
/* Returns 0 or the exit status. */
int beside_plan_init(struct beside_plan *plan, const struct request *request,
                     struct uv_loop_s *loop);
void beside_plan_clear(struct beside_plan *plan);

/* The survey that is laid beside that of `subject`, to ask through plan->vantage. NULL when the
 * name given is none: said then. */
struct survey *beside_plan_survey(const struct beside_plan *plan, const struct request *request,
                                  const struct subject *subject);

#endif
