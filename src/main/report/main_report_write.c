/* From what is known of a name to what is printed: main/report/main_reporting.h. */
#include "main/report/main_reporting.h"

#include "config.h"
#include "dns/formats/reply_why.h"
#include "main/batch/main_say.h"
#include "report/report.h"
#include "survey/diff.h"

#include <errno.h>
#include <unistd.h>

bool reporting_is_networked(const struct reporting *reporting)
{
    enum source_kind kind = source_info(reporting->source).kind;

    return kind == SOURCE_LIVE || kind == SOURCE_OVERLAY;
}

void job_write(struct reporting *reporting, struct job *job)
{
    struct source_info info = source_info(reporting->source);
    const struct request *request = reporting->request;
    struct report report = {
        .version = VERSION,
        .survey = job->asker.survey,
        .source_kind = source_kind_text(info.kind),
        .source_server = job->vantage ? job->vantage->title : info.server,
        .source_file = info.file,
        .deliveries = request->options->simulate,
        .srv_owner = *job->owner ? job->owner : NULL,
        .client = request->options->client,
        .algorithm = request->algorithm,
        .unicode = !request->options->ascii,
        .fields = request->options->fields.list,
        .field_count = request->options->fields.count,
        .summary = request->options->summary,
        .compared = request->compared,
        .matrix = request->options->matrix,
        .diagram = request->options->diagram,
        .rotation = request->options->round_robin,
        .whatif = job->whatif,
        .beside = job->beside.survey,
        .beside_title = reporting->plan.vantage ? reporting->plan.vantage->title
                        : *info.server          ? info.server
                                                : info.file,
    };

    if (request->expectations)
        report.misses = &job->misses;
    if (report.summary)
        report.fields = report_summary_fields(&report.field_count);
    if (reporting_is_networked(reporting))
        report.elapsed_ms = (int64_t)(uv_now(reporting->loop) - job->started_ms);
    if (request->options->output == OUTPUT_JSON)
        report_json(&report, &job->line);
    else if (request->options->markdown)
        report_markdown(&report, &job->line);
    else
        report_text(&report, &job->line);
}

static void say_failure(const struct facts *facts)
{
    const struct reply *reply = facts->ptr ? facts->ptr : facts->mx.reply;
    struct arena *arena = arena_new();

    main_say("%s", reply ? reply_lost(arena, facts->subject->input, reply)
                         : reply_lost_by(arena, facts->subject->input, facts->outcome));
    arena_free(arena);
}

/* Is there a record that one side alone has? What could not be looked up is no difference. */
static bool differs(struct job *job)
{
    struct arena *arena = arena_new();
    struct diff diff;

    diff_build(job->asker.survey, job->beside.survey, arena, &diff);
    arena_free(arena);
    return diff.other > 0;
}

void job_count(struct reporting *reporting, struct job *job)
{
    const struct facts *facts = survey_facts(job->asker.survey);

    if (outcome_is_temporary(facts->outcome)) {
        progress_clear(&reporting->progress);
        say_failure(facts);
        reporting->progress.failed++;
    } else {
        reporting->answered++;
    }
    if (job->beside.survey && differs(job))
        reporting->finding = true;
    if (facts->findings && facts->findings->by_severity[SEVERITY_ERROR])
        reporting->finding = true;
}

void reporting_print(struct reporting *reporting, const struct text *line)
{
    const char *bytes = text_get(line);
    size_t left = line->length;

    while (left && !reporting->output_error) {
        ssize_t written = write(STDOUT_FILENO, bytes, left);
        if (written >= 0) {
            bytes += written;
            left -= (size_t)written;
        } else if (errno != EINTR) {
            reporting->output_error = errno;
        }
    }
}
