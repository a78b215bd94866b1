/* The parts of the JSON report, a file each. All return new references. */
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

#include "report/report.h"

#include <jansson.h>

/* json_records.c: what the panes show. */
json_t *json_mx(const struct facts *facts);
json_t *json_addresses_of(const struct reply *reply);
json_t *json_ns(const struct facts *facts);
json_t *json_srv(const struct facts *facts);
json_t *json_srv_without(const struct facts *facts);
json_t *json_announced(const struct facts *facts);
json_t *json_directory(const struct directory *directory);
json_t *json_soa(const struct reply *reply);
json_t *json_txt(const struct reply *reply);
json_t *json_caa(const struct reply *reply);
json_t *json_rdata(const struct reply *reply); /* each with "rdata" and "ttl" */
json_t *json_requested(const struct facts *facts);
/* As text: there are too many of them for a tree of values. */
void json_print_queries(const struct answers *answers, struct text *out);

/* json_route.c, json_loop.c, json_simulation.c, json_timeline.c: what a sender does with it. */
json_t *json_route(const struct route *route);
json_t *json_loop(const struct report *report);
json_t *json_simulation(const struct report *report);
json_t *json_timeline(const struct report *report);
/* json_compare.c, json_rotation.c, json_whatif.c */
json_t *json_comparison(const struct report *report, const struct facts *facts);
json_t *json_matrix(const struct report *report, const struct facts *facts);
json_t *json_rotation(const struct report *report, const struct facts *facts);
json_t *json_whatif(const struct report *report, const struct facts *facts);
/* The client played; null without --client. */
json_t *json_client(const struct report *report, struct arena *arena);
json_t *json_srv_simulation(const struct report *report);

/* json_policy.c, json_setup.c, json_findings.c: the mail setup and what is wrong with it; null
 * without one. */
json_t *json_policy(const struct setup *setup);
/* In the place of the policy: the SPF verdict asked for alone; null without one. */
json_t *json_verdict(const struct spf_verdict *verdict);
json_t *json_key(const struct dkim *dkim);
json_t *json_setup(const struct setup *setup);
json_t *json_findings(const struct findings *findings);

/* Takes away what the report does not want: report->fields, report->summary. */
void json_reduce(json_t *object, const struct report *report);
json_t *json_resolvers(const struct resolvers *resolvers); /* json_resolvers.c */
json_t *json_trace(const struct trace *trace);             /* json_trace.c */
json_t *json_diff(const struct report *report);            /* json_diff.c: what is laid beside */

#endif
