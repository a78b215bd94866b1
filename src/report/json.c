#include "report/report.h"

#include "report/json_parts.h"
#include "report/json_print.h"
#include "report/json_room.h"
#include "report/json_value.h"

#include <string.h>

enum { REPORT_VERSION = 1 };

static json_t *source(const struct report *report)
{
    json_t *object = json_object();

    json_set(object, "kind", json_text(report->source_kind));
    json_set(object, "server", json_text(*report->source_server ? report->source_server : NULL));
    json_set(object, "file", json_text(*report->source_file ? report->source_file : NULL));
    return object;
}

/* The findings that are left out, by id. */
static json_t *ignored(const struct facts *facts)
{
    json_t *ids = json_array();

    for (size_t i = 0; i < facts->ignored_count; i++)
        json_append(ids, json_text(facts->ignored[i]));
    return ids;
}

static json_t *json_misses(const struct faults *misses)
{
    json_t *lines = json_array();

    for (size_t i = 0; i < misses->kept; i++)
        json_append(lines, json_text(misses->lines[i]));
    return lines;
}

static void set_head(json_t *object, const struct report *report, const struct facts *facts)
{
    const struct subject *subject = facts->subject;

    json_set(object, "mxtrail", json_integer(REPORT_VERSION));
    json_set(object, "version", json_text(report->version));
    json_set(object, "input", json_text(subject->input));
    if (subject->note)
        json_set(object, "note", json_text(subject->note));
    json_set_name(object, "name", subject->name);
    json_set(object, "status", json_text(outcome_text(facts->outcome)));
    json_set(object, "source", source(report));
    json_set(object, "elapsed_ms", json_integer(report->elapsed_ms));
    json_set(object, "asked", json_integer((json_int_t)facts->asked));
    json_set(object, "not_asked", json_integer((json_int_t)facts->not_asked));
    json_set(object, "over_budget", json_boolean(facts->over_budget));
    if (facts->limit)
        json_set(object, "questions", json_integer((json_int_t)facts->limit));
    if (facts->ignored_count)
        json_set(object, "ignored", ignored(facts));
    if (facts->ended)
        json_set(object, "ended", json_text(facts->ended));
}

static void set_records(json_t *object, const struct facts *facts)
{
    json_set(object, "mx", json_mx(facts));
    json_set(object, "mx_status", json_outcome(facts->mx.reply));
    json_set(object, "null_mx", json_boolean(facts->mx.null_mx));
    json_set(object, "implicit_mx", json_boolean(facts->mx.implicit != NULL));
    json_set(object, "a", json_addresses_of(facts->self.a));
    json_set(object, "aaaa", json_addresses_of(facts->self.aaaa));
    json_set(object, "ns", json_ns(facts));
    json_set(object, "ns_status", json_outcome(facts->ns.reply));
    json_set_name(object, "cname", facts->self.alias_of);
    json_set(object, "soa", json_soa(facts->soa));
    json_set(object, "txt", json_txt(facts->txt));
    json_set(object, "caa", json_caa(facts->caa));
    json_set(object, "https", json_rdata(facts->https));
    if (facts->requested_count)
        json_set(object, "requested", json_requested(facts));
    json_set(object, "srv", json_srv(facts));
    json_set(object, "srv_without", json_srv_without(facts));
    json_set(object, "announced", json_announced(facts));
    json_set(object, "directory", json_directory(facts->directory));
    if (facts->subject->kind == SUBJECT_ADDRESS || facts->subject->kind == SUBJECT_REVERSE) {
        json_set_targets(object, "ptr", facts->ptr);
        json_set(object, "ptr_status", json_outcome(facts->ptr));
    }
}

static void print(json_t *object, struct text *out)
{
    json_print(object, out);
    text_add_char(out, '\n');
}

/* The queries are the last member. */
static void print_with_queries(json_t *object, const struct answers *answers, struct text *out)
{
    bool alone = json_object_size(object) == 0;

    print(object, out);
    text_cut(out, out->length - strlen("}\n"));
    text_add(out, alone ? "\"queries\":" : ",\"queries\":");
    json_print_queries(answers, out);
    text_add(out, "}\n");
}

bool report_has_outage(const struct report *report)
{
    const struct sender *sender = survey_sender(report->survey);

    for (size_t i = 0; i < sender->down_count; i++)
        if (sender->downs[i].bounded)
            return true;
    return false;
}

/* What takes time to make is made only when it stays. */
static bool wants(const struct report *report, const char *key)
{
    for (size_t i = 0; i < report->field_count; i++)
        if (strcmp(report->fields[i], key) == 0)
            return true;
    return !report->field_count;
}

void report_json(const struct report *report, struct text *out)
{
    const struct facts *facts = survey_facts(report->survey);
    json_t *object;

    json_room_open();
    object = json_object();
    set_head(object, report, facts);
    set_records(object, facts);
    json_set(object, "route",
             facts->subject->kind == SUBJECT_REVERSE ? json_null() : json_route(facts->route));
    if (facts->route && facts->route->as && wants(report, "loop"))
        json_set(object, "loop", json_loop(report));
    if (report->deliveries && wants(report, "simulation"))
        json_set(object, "simulation", json_simulation(report));
    if (report_has_outage(report) && wants(report, "timeline"))
        json_set(object, "timeline", json_timeline(report));
    if (report->compared.left && wants(report, "comparison"))
        json_set(object, "comparison", json_comparison(report, facts));
    if (report->matrix && wants(report, "matrix"))
        json_set(object, "matrix", json_matrix(report, facts));
    if (report->whatif && wants(report, "whatif"))
        json_set(object, "whatif", json_whatif(report, facts));
    if (report->rotation && wants(report, "round_robin"))
        json_set(object, "round_robin", json_rotation(report, facts));
    if ((report->srv_owner || report->client) && wants(report, "srv_simulation"))
        json_set(object, "srv_simulation", json_srv_simulation(report));
    if (wants(report, "policy"))
        json_set(object, "policy",
                 facts->setup ? json_policy(facts->setup)
                 : facts->key ? json_key(facts->key)
                              : json_verdict(facts->verdict));
    if (wants(report, "setup"))
        json_set(object, "setup", json_setup(facts->zone));
    if (wants(report, "findings"))
        json_set(object, "findings", json_findings(facts->findings));
    if (report->beside && wants(report, "diff"))
        json_set(object, "diff", json_diff(report));
    if (facts->resolvers && wants(report, "resolvers"))
        json_set(object, "resolvers", json_resolvers(facts->resolvers));
    if (facts->trace && wants(report, "trace"))
        json_set(object, "trace", json_trace(facts->trace));
    if (report->misses)
        json_set(object, "misses", json_misses(report->misses));
    json_reduce(object, report);
    if (wants(report, "queries"))
        print_with_queries(object, survey_answers(report->survey), out);
    else
        print(object, out);
    json_room_close();
}

void report_json_invalid(const char *version, const char *input, const char *why,
                         const struct spf_verdict *verdict, struct text *out)
{
    json_t *object;

    json_room_open();
    object = json_object();
    json_set(object, "mxtrail", json_integer(REPORT_VERSION));
    json_set(object, "version", json_text(version));
    json_set(object, "input", json_text(input));
    json_set(object, "name", json_null());
    json_set(object, "status", json_text(outcome_text(OUTCOME_INVALID)));
    json_set(object, "why", json_text(why));
    if (verdict)
        json_set(object, "policy", json_verdict(verdict));
    print(object, out);
    json_room_close();
}
