/* What a sender or client would do with the edits of --whatif: loops, deliveries, time-lines,
 * comparisons and choices among SRV records are of the records as edited, as on the screen.
 * Records, policy and findings stay those of DNS. */
#ifndef REPORT_EDITED_H
#define REPORT_EDITED_H

#include "report/report.h"

/* The answers with the edits laid over them; without edits the answers. */
struct lookup edited_lookup(const struct report *report);
/* In the arena, or that of the facts when nothing is edited. */
const struct route *edited_route(const struct report *report, const struct facts *facts,
                                 struct arena *arena);

/* The records of --srv. */
struct edited_srv {
    const struct reply *reply;    /* NULL while not answered */
    const struct srv_set *set;    /* as edited; NULL when there are none */
    const struct srv_set *before; /* as DNS has them; NULL when nothing is edited */
};
struct edited_srv edited_srv(const struct report *report, const struct facts *facts,
                             struct arena *arena);

#endif
