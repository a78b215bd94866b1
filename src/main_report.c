#include "main_report.h"

#include "base/escape.h"
#include "config.h"
#include "dns/question_map.h"
#include "main_say.h"
#include "report/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { AT_ONCE = 8 }; /* names looked up at the same time */

/* One name on its way from typed to printed. */
struct job {
    struct survey *survey; /* NULL: `line` is all there is to say */
    char owner[NAME_TEXT]; /* of --srv */
    struct text line;
    uint64_t started_ms;
    bool done;
};

struct reporting {
    uv_loop_t *loop;
    struct source *source;
    const struct request *request;
    struct job *jobs[AT_ONCE]; /* in the order given; the first is printed next */
    size_t job_count;
    size_t next_name; /* index into options->names */
    FILE *batch;      /* NULL when there is none (any more) */
    size_t answered;  /* names that could be looked up */
    bool finding, broken;
};

static bool is_networked(const struct reporting *reporting)
{
    enum source_kind kind = source_info(reporting->source).kind;

    return kind == SOURCE_LIVE || kind == SOURCE_OVERLAY;
}

/* ---- names to jobs ---- */

static void refuse(struct reporting *reporting, struct job *job, const char *typed, const char *why)
{
    struct text input = {0};

    say("%s", why);
    escape_bytes(&input, typed, strlen(typed), ESCAPE_UTF8, false);
    if (reporting->request->options->output == OUTPUT_JSON)
        report_json_invalid(VERSION, text_get(&input), why, &job->line);
    text_clear(&input);
    job->done = true;
}

static void start(struct reporting *reporting, const char *typed)
{
    struct job *job = memory_new(1, sizeof *job);
    struct subject subject;
    struct text fault = {0};
    char *why = NULL;

    reporting->jobs[reporting->job_count++] = job;
    job->started_ms = uv_now(reporting->loop);
    if (subject_parse(typed, &subject, &why) != STATUS_OK) {
        refuse(reporting, job, typed, why);
        free(why);
        return;
    }
    if (request_survey(reporting->request, &subject, &job->survey, job->owner, &fault))
        refuse(reporting, job, typed, text_get(&fault));
    text_clear(&fault);
    subject_clear(&subject);
}

/* The next line of the batch that is not empty and no comment; NULL at its end. */
static char *next_line(struct reporting *reporting)
{
    size_t capacity = 0;
    char *line = NULL;

    while (reporting->batch && getline(&line, &capacity, reporting->batch) >= 0) {
        size_t start = strspn(line, " \t\r\n");
        if (line[start] && line[start] != '#') {
            line[strcspn(line, "\r\n")] = '\0';
            return line;
        }
    }
    free(line);
    return NULL;
}

static bool start_next(struct reporting *reporting)
{
    const struct options *options = reporting->request->options;
    char *line;

    if (reporting->next_name < options->names.count) {
        start(reporting, options->names.list[reporting->next_name++]);
        return true;
    }
    if (!(line = next_line(reporting)))
        return false;
    start(reporting, line);
    free(line);
    return true;
}

/* ---- questions and replies ---- */

static void ask(struct reporting *reporting, struct job *job)
{
    struct question question;
    int priority;

    while (job->survey && survey_ask(job->survey, &question, &priority))
        source_ask(reporting->source, &question, priority);
}

/* Every survey that has the question open gets the reply; all but the last a copy. */
static void apply(struct reporting *reporting, struct reply *reply)
{
    struct survey *last = NULL;

    for (size_t i = 0; i < reporting->job_count; i++) {
        struct survey *survey = reporting->jobs[i]->survey;
        if (!survey || !survey_awaits(survey, &reply->question))
            continue;
        if (last)
            survey_apply(last, reply_dup(reply));
        last = survey;
    }
    if (last)
        survey_apply(last, reply);
    else
        reply_free(reply);
}

static bool take_replies(struct reporting *reporting)
{
    struct reply *reply;
    bool any = false;

    while ((reply = source_take(reporting->source))) {
        apply(reporting, reply);
        any = true;
    }
    return any;
}

/* ---- jobs to lines ---- */

static void write_report(struct reporting *reporting, struct job *job)
{
    struct source_info info = source_info(reporting->source);
    const struct request *request = reporting->request;
    struct report report = {
        .version = VERSION,
        .survey = job->survey,
        .source_kind = source_kind_text(info.kind),
        .source_server = info.server,
        .source_file = info.file,
        .deliveries = request->options->simulate,
        .srv_owner = *job->owner ? job->owner : NULL,
        .algorithm = request->algorithm,
        .unicode = !request->options->ascii,
    };

    if (is_networked(reporting))
        report.elapsed_ms = (int64_t)(uv_now(reporting->loop) - job->started_ms);
    if (request->options->output == OUTPUT_JSON)
        report_json(&report, &job->line);
    else
        report_text(&report, &job->line);
}

static void count(struct reporting *reporting, struct job *job)
{
    const struct facts *facts = survey_facts(job->survey);

    reporting->answered += !outcome_is_temporary(facts->outcome);
    if (facts->findings && facts->findings->by_severity[SEVERITY_ERROR])
        reporting->finding = true;
}

static void finish(struct reporting *reporting, struct job *job)
{
    if (job->survey && !job->done && survey_complete(job->survey)) {
        write_report(reporting, job);
        count(reporting, job);
        survey_free(job->survey);
        job->survey = NULL;
        job->done = true;
    }
}

static void job_free(struct job *job)
{
    survey_free(job->survey);
    text_clear(&job->line);
    free(job);
}

static void print_finished(struct reporting *reporting)
{
    while (reporting->job_count && reporting->jobs[0]->done) {
        struct job *job = reporting->jobs[0];
        if (fputs(text_get(&job->line), stdout) < 0 || fflush(stdout) != 0)
            reporting->broken = true;
        job_free(job);
        reporting->job_count--;
        memmove(reporting->jobs, reporting->jobs + 1,
                reporting->job_count * sizeof *reporting->jobs);
    }
}

/* One round: start, ask, take replies or wait for some, print. False when all is done. */
static bool turn(struct reporting *reporting)
{
    while (reporting->job_count < AT_ONCE && start_next(reporting))
        ;
    for (size_t i = 0; i < reporting->job_count; i++)
        ask(reporting, reporting->jobs[i]);
    if (!take_replies(reporting) && source_waiting(reporting->source))
        uv_run(reporting->loop, UV_RUN_ONCE);
    for (size_t i = 0; i < reporting->job_count; i++) {
        ask(reporting, reporting->jobs[i]);
        finish(reporting, reporting->jobs[i]);
    }
    if (!reporting->job_count)
        return false;
    print_finished(reporting);
    return !reporting->broken;
}

static bool open_batch(struct reporting *reporting)
{
    const char *path = reporting->request->options->batch;

    if (!path)
        return true;
    reporting->batch = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (!reporting->batch)
        say("%s: %s", path, strerror(errno));
    return reporting->batch != NULL;
}

static int exit_status(const struct reporting *reporting)
{
    if (reporting->broken) {
        say("standard output: %s", strerror(errno));
        return EXIT_INPUT;
    }
    if (!reporting->answered)
        return EXIT_NO_ANSWER;
    return reporting->request->options->check && reporting->finding ? EXIT_FINDING : EXIT_ANSWERED;
}

int run_report(uv_loop_t *loop, struct source *source, const struct request *request)
{
    struct reporting reporting = {.loop = loop, .source = source, .request = request};

    if (!open_batch(&reporting))
        return EXIT_INPUT;
    while (turn(&reporting))
        ;
    while (reporting.job_count)
        job_free(reporting.jobs[--reporting.job_count]);
    if (reporting.batch && reporting.batch != stdin)
        fclose(reporting.batch);
    return exit_status(&reporting);
}
