#include "main/report/main_report.h"

#include "app/events/event.h"
#include "base/escape.h"
#include "base/message.h"
#include "config.h"
#include "dns/name.h"
#include "dns/type.h"
#include "main/batch/main_batch.h"
#include "main/batch/main_progress.h"
#include "main/batch/main_resume.h"
#include "main/batch/main_say.h"
#include "main/input/main_policy.h"
#include "main/input/main_record.h"
#include "main/input/main_server.h"
#include "main/report/main_diff.h"
#include "main/report/main_expect.h"
#include "main/report/main_reporting.h"
#include "policy/spf/spf.h"
#include "report/report.h"
#include "survey/asking/inquiry.h"
#include "survey/policy_place.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* ---- names to jobs ---- */

/* What is no name may be a sender's all the same: the SPF verdict, if it needs no lookup. */
static const struct spf_verdict *judge_alone(const struct request *request, const char *typed,
                                             struct arena *arena)
{
    struct answers *none = answers_new();
    struct lookup lookup = {.answers = none};
    const struct spf_verdict *verdict =
        request->has_spf ? spf_check_of(&lookup, arena, &request->spf, typed) : NULL;

    answers_free(none);
    return verdict && verdict->complete ? verdict : NULL;
}

static void refuse(struct reporting *reporting, struct job *job, const char *typed, const char *why)
{
    struct text input = {0};
    struct arena *arena = arena_new();

    main_say("%s", why);
    escape_bytes(&input, typed, strlen(typed), ESCAPE_UTF8, false);
    if (reporting->request->options->output == OUTPUT_JSON)
        report_json_invalid(VERSION, text_get(&input), why,
                            judge_alone(reporting->request, typed, arena), &job->line);
    text_clear(&input);
    arena_free(arena);
    job->done = true;
}

static void start(struct reporting *reporting, const char *typed)
{
    struct job *job = memory_new(1, sizeof *job);
    struct subject subject;
    struct inquiry inquiry;
    struct text fault = {0};
    char *why = NULL;

    reporting->jobs[reporting->job_count++] = job;
    job->reporting = reporting;
    job->started_ms = uv_now(reporting->loop);
    job->started_tick = reporting->ticks;
    if (inquiry_subject(typed, &inquiry, &subject, &why) != STATUS_OK) {
        refuse(reporting, job, typed, why);
        free(why);
        return;
    }
    if (subject.kind == SUBJECT_ADDRESS && reporting->request->has_spf &&
        !spf_names_sender(&reporting->request->spf))
        main_say(tr("%s: no SPF verdict: an address publishes no policy; give the domain"), typed);
    if (inquiry.has_server && request_is_answered_by_files(reporting->request)) {
        vantage_spec_print(&inquiry.server, &fault);
        text_format(&fault, ": %s", tr("with zone files no name server is queried"));
    }
    if (fault.length ||
        !main_vantage_find(reporting->loop, &inquiry, reporting->request->options->server_family,
                           &job->vantage, &fault) ||
        request_survey(reporting->request, &subject, &job->asker.survey, job->owner, &fault)) {
        refuse(reporting, job, typed, text_get(&fault));
    } else {
        job->news = job->pressing = reporting_is_networked(reporting);
        inquiry_want(&inquiry, job->asker.survey);
        job->asker.vantage = job->vantage;
        job->beside.vantage = reporting->plan.vantage;
        if (reporting->request->options->diff)
            job->beside.survey = beside_plan_survey(&reporting->plan, reporting->request, &subject);
    }
    text_clear(&fault);
    subject_clear(&subject);
    inquiry_clear(&inquiry);
}

/* Waits for the next line of the batch only when there is nothing else to do, so that whoever
 * writes it may read the answers first. */
static bool start_next(struct reporting *reporting)
{
    const struct options *options = reporting->request->options;
    enum batch_state state;
    const char *line;

    if (reporting->next_name < options->names.count) {
        start(reporting, options->names.list[reporting->next_name++]);
        return true;
    }
    if (!reporting->batch || reporting->unreadable)
        return false;
    while ((state = batch_next(reporting->batch, reporting->job_count == 0, &line)) == BATCH_LINE &&
           reporting->resumed && resumed_has(reporting->resumed, line))
        reporting->progress.skipped++;
    if (state == BATCH_LINE)
        start(reporting, line);
    reporting->unreadable = state == BATCH_FAILED;
    return state == BATCH_LINE;
}

/* ---- questions and replies ---- */

/* What a survey wants is judged anew with every reply, after a moment. While enough other names are
 * under way, that waits until all that the job has asked is in: then it is judged once for each
 * wave. */
static bool may_wait(struct reporting *reporting, const struct job *job)
{
    return job->asker.open &&
           (!job->news || reporting->job_count >= MANY || reporting_pauses(reporting, job));
}

/* Of a name in a batch that nobody answers no more is asked than shows that; else such names would
 * take the place of others. */
static bool is_held_small(const struct reporting *reporting, const struct job *job)
{
    return reporting->batch && reporting_is_networked(reporting) && !job->grown;
}

static void grow(struct reporting *reporting, struct job *job)
{
    if (!is_held_small(reporting, job) || !job->heard || job->done ||
        reporting->grown == GROWN_MOST)
        return;
    job->grown = true;
    reporting->grown++;
}

static bool may_ask(const struct reporting *reporting, const struct job *job,
                    const struct asker *asker)
{
    return !is_held_small(reporting, job) || survey_is_ended(asker->survey) ||
           survey_asked(asker->survey) < FIRST_MOST;
}

static void ask_for(struct reporting *reporting, struct job *job, struct asker *asker)
{
    struct outgoing asked;

    while (asker->survey && may_ask(reporting, job, asker) &&
           asking_next(reporting->asking, asker, &asked))
        if (asked.reply)
            survey_apply(asker->survey, asked.reply);
        else if (asked.send)
            source_ask(reporting->source, &asked.question, asked.priority);
}

/* All that was asked first has ended without a response, so nothing else is asked. */
static void end_unheard(struct job *job)
{
    static const char why[] = N_("no query for this name got a response");

    if (job->heard || job->asker.open || job->beside.open || !job->asker.survey ||
        !survey_asked(job->asker.survey))
        return;
    survey_end(job->asker.survey, why);
    if (job->beside.survey)
        survey_end(job->beside.survey, why);
}

/* What the text that has come includes, or at first the text, is on its way before all else is
 * judged. False when it includes none. */
static bool ask_chain(struct reporting *reporting, struct job *job)
{
    size_t open = job->asker.open;

    job->pressing = false;
    survey_hurry(job->asker.survey);
    ask_for(reporting, job, &job->asker);
    uv_run(reporting->loop, UV_RUN_NOWAIT);
    return job->asker.open > open;
}

static void ask(struct reporting *reporting, struct job *job)
{
    uint64_t begun;

    if (may_wait(reporting, job))
        return;
    if (job->pressing && reporting->job_count < MANY && may_ask(reporting, job, &job->asker) &&
        ask_chain(reporting, job) && may_wait(reporting, job))
        return;
    begun = uv_hrtime();
    job->news = job->pressing = false;
    if (is_held_small(reporting, job))
        end_unheard(job);
    grow(reporting, job);
    ask_for(reporting, job, &job->asker);
    ask_for(reporting, job, &job->beside);
    job->judged = uv_hrtime() - begun;
}

static struct job *job_of(const struct reporting *reporting, const struct asker *asker)
{
    size_t i = 0;

    if (!reporting->request->options->diff)
        return (struct job *)((char *)(uintptr_t)asker - offsetof(struct job, asker));
    while (&reporting->jobs[i]->asker != asker && &reporting->jobs[i]->beside != asker)
        i++;
    return reporting->jobs[i];
}

/* What others say, of a zone above or of shared hosts, is no sign of the name itself. */
static void note_heard(struct job *job, const struct reply *reply)
{
    const struct subject *subject = survey_subject(job->asker.survey);

    if (name_is_within(reply->question.name, subject->name))
        job->heard = true;
}

/* An SPF record may include others, and those others again: no chain is as long. */
static bool leads_on(const struct reply *reply)
{
    for (size_t i = 0; reply->question.type == TYPE_TXT && i < reply->record_count; i++)
        if (spf_record_is(reply->records[i]->txt.joined))
            return true;
    return false;
}

/* Every job that waits for the reply gets it. */
static void apply(struct reporting *reporting, struct reply *reply)
{
    struct asker *asker;
    struct reply *own;

    while ((asker = asking_take(reporting->asking, &reply, &own))) {
        struct job *job = job_of(reporting, asker);

        if (!job->news)
            job->since = uv_hrtime();
        job->news = true;
        job->pressing |= leads_on(own);
        if (reply_was_heard(own))
            note_heard(job, own);
        survey_apply(asker->survey, own);
    }
}

static bool take_replies(struct reporting *reporting)
{
    struct reply *reply;
    bool any = false;

    while ((reply = source_take(reporting->source))) {
        recording_event(
            reporting->recording,
            &(struct event){.kind = EVENT_REPLY, .at_ms = reply->received_ms, .reply = reply});
        apply(reporting, reply);
        reporting->progress.queries++;
        any = true;
    }
    return any;
}

/* ---- what is done with a job that has everything ---- */

static bool is_complete(const struct job *job)
{
    return !job->asker.open && !job->fetching && survey_complete(job->asker.survey) &&
           (!job->beside.survey || survey_complete(job->beside.survey));
}

/* Edits can be laid over records only when those are known; they may need answers of their own. */
static void lay_edits(struct reporting *reporting, struct job *job)
{
    const struct strings *edits = &reporting->request->options->edits;
    const struct survey *survey = job->asker.survey;
    const char *why;

    if (!edits->count || job->whatif || survey_subject(survey)->kind == SUBJECT_ADDRESS)
        return;
    job->whatif = whatif_new();
    for (size_t i = 0; i < edits->count; i++)
        if (whatif_edit(job->whatif, survey_answers(survey), survey_subject(survey)->name,
                        edits->list[i], &why))
            main_say("--whatif %s: %s", edits->list[i], why);
    survey_set_whatif(job->asker.survey, job->whatif);
    ask(reporting, job);
}

/* Edits of records that had to be asked for first. */
static void say_idle_edits(const struct job *job)
{
    for (size_t i = 0; job->whatif && i < whatif_count(job->whatif); i++) {
        const char *why = whatif_fault(job->whatif, survey_answers(job->asker.survey), i);
        if (why)
            main_say("--whatif %s: %s", whatif_at(job->whatif, i), why);
    }
}

/* ---- a policy ---- */

static void take_policy(struct job *job, const struct text *policy)
{
    struct event event = {.kind = EVENT_POLICY,
                          .at_ms = (int64_t)(uv_now(job->reporting->loop) - job->started_ms),
                          .text = survey_subject(job->asker.survey)->name,
                          .bytes = {(const uint8_t *)text_get(policy), policy->length}};

    recording_event(job->reporting->recording, &event);
    survey_set_policy(job->asker.survey, text_get(policy));
    job->news = true;
}

static void on_fetched(void *context, const struct text *policy, const char *why)
{
    struct job *job = context;

    job->fetching = false;
    if (policy)
        take_policy(job, policy);
    else
        main_say(tr("%s: the MTA-STS policy was not fetched: %s"),
                 survey_subject(job->asker.survey)->input, why);
}

/* Once the records are known, the policy that they announce. */
static void want_policy(struct reporting *reporting, struct job *job)
{
    const struct request *request = reporting->request;
    const char *domain = survey_subject(job->asker.survey)->name;
    struct text got = {0};
    const char *why;

    if (!request->options->fetch_policy || job->fetched)
        return;
    job->fetched = true;
    if (request->options->replay) {
        if (main_policy_recorded(request->options->replay, domain, &got))
            take_policy(job, &got);
    } else if ((why = policy_place_find(survey_facts(job->asker.survey), &got))) {
        if (!reporting->batch)
            main_say(tr("%s: no policy is fetched: %s"), survey_subject(job->asker.survey)->input,
                     why);
    } else {
        job->fetching = true;
        job->fetch =
            main_policy_fetch(reporting->loop, request, domain, text_get(&got), on_fetched, job);
    }
    text_clear(&got);
    ask(reporting, job);
}

static void end_job(struct reporting *reporting, struct job *job)
{
    asking_drop(reporting->asking, &job->asker);
    asking_drop(reporting->asking, &job->beside);
    survey_free(job->asker.survey);
    survey_free(job->beside.survey);
    vantage_free(job->vantage);
    job->asker = job->beside = (struct asker){0};
    job->vantage = NULL;
    reporting->grown -= job->grown;
    job->grown = false;
}

static void finish(struct reporting *reporting, struct job *job)
{
    if (job->asker.survey && !job->done && is_complete(job))
        want_policy(reporting, job);
    if (job->asker.survey && !job->done && is_complete(job))
        lay_edits(reporting, job);
    while (job->asker.survey && !job->done && !job->expected && is_complete(job)) {
        job->expected = job_expect(reporting, job);
        if (!job->expected)
            ask(reporting, job);
    }
    if (job->asker.survey && !job->done && job->expected && is_complete(job)) {
        say_idle_edits(job);
        job_write(reporting, job);
        job_count(reporting, job);
        end_job(reporting, job);
        job->done = true;
    }
}

static void job_free(struct reporting *reporting, struct job *job)
{
    policy_fetch_free(job->fetch);
    end_job(reporting, job);
    whatif_free(job->whatif);
    faults_clear(&job->misses);
    text_clear(&job->line);
    free(job);
}

static void print_job(struct reporting *reporting, size_t place)
{
    struct job **job = reporting->jobs + place;

    reporting_print(reporting, &(*job)->line);
    reporting->progress.done++;
    job_free(reporting, *job);
    memmove(job, job + 1, (--reporting->job_count - place) * sizeof *job);
}

/* A batch whose answers come when they like is printed as they come, unless the order counts. */
static bool keeps_order(const struct reporting *reporting)
{
    return !reporting->batch || reporting->request->options->ordered ||
           !reporting_is_networked(reporting);
}

/* Prints each as soon as it is finished, before the next one is looked at. */
static void finish_jobs(struct reporting *reporting)
{
    size_t place = 0;

    while (place < reporting->job_count && !reporting->output_error) {
        struct job *job = reporting->jobs[place];
        ask(reporting, job);
        finish(reporting, job);
        if (job->done && (place == 0 || !keeps_order(reporting)))
            print_job(reporting, place);
        else
            place++;
    }
}

static bool is_waiting(const struct reporting *reporting)
{
    for (size_t i = 0; i < reporting->job_count; i++)
        if (reporting->jobs[i]->fetching)
            return true;
    return source_waiting(reporting->source) > 0;
}

/* A name that nothing is heard of for a second only waits, and leaves its place to others; so does
 * one that is done before those in front of it (--ordered). */
static bool only_waits(const struct reporting *reporting, const struct job *job)
{
    return job->done || (job->asker.open && !job->heard && reporting->batch &&
                         reporting->ticks - job->started_tick >= SILENT_TICKS);
}

static bool may_start(const struct reporting *reporting)
{
    size_t lively = 0;

    if (reporting->job_count == JOBS_MOST)
        return false;
    for (size_t i = 0; i < reporting->job_count; i++)
        lively += !only_waits(reporting, reporting->jobs[i]);
    return lively < GROWN_MOST;
}

/* Does a name that is looked up with few others have to go on? */
static bool is_pressed(const struct reporting *reporting)
{
    for (size_t i = 0; reporting->job_count < MANY && i < reporting->job_count; i++)
        if (reporting->jobs[i]->pressing)
            return true;
    return false;
}

/* And takes all that have come by then. Those to questions that were sent together keep coming for
 * some time: what the first of them, the most urgent, make wanted waits neither for the last nor
 * for guesses that would be sent now. */
static void wait_for_replies(struct reporting *reporting)
{
    uint64_t begin;

    uv_run(reporting->loop, UV_RUN_ONCE);
    source_hold(reporting->source, reporting->job_count < MANY);
    begin = uv_hrtime();
    while (take_replies(reporting) && !is_pressed(reporting) &&
           uv_hrtime() - begin < TAKING_MOST_NS)
        uv_run(reporting->loop, UV_RUN_NOWAIT);
    source_hold(reporting->source, false);
}

/* One round: start, ask, take replies or wait for some, print. False when all is done. */
static bool turn(struct reporting *reporting)
{
    while (may_start(reporting) && start_next(reporting))
        ;
    for (size_t i = 0; i < reporting->job_count; i++)
        ask(reporting, reporting->jobs[i]);
    reporting_end_late(reporting);
    if (!take_replies(reporting) && is_waiting(reporting))
        wait_for_replies(reporting);
    if (!reporting->job_count)
        return false;
    finish_jobs(reporting);
    if (reporting->batch && reporting->progress.shown) {
        uv_update_time(reporting->loop); /* without a network nothing else does */
        progress_show(&reporting->progress, uv_now(reporting->loop));
    }
    return !reporting->output_error;
}

static bool open_files(struct reporting *reporting)
{
    const struct options *options = reporting->request->options;
    struct text head = {0};
    bool good;

    if (options->resume && !(reporting->resumed = resumed_read(options->resume)))
        return false;
    if (options->batch && !(reporting->batch = batch_open(options->batch)))
        return false;
    progress_init(&reporting->progress, uv_now(reporting->loop), options->batch);
    request_print_header(reporting->request, &head);
    good = recording_open(options, text_get(&head), &reporting->recording) == 0;
    text_clear(&head);
    return good;
}

/* False when the recording is not whole. */
static bool close_files(struct reporting *reporting)
{
    progress_clear(&reporting->progress);
    batch_close(reporting->batch);
    resumed_free(reporting->resumed);
    return recording_close(reporting->recording);
}

static int exit_status(const struct reporting *reporting)
{
    if (reporting->output_error) {
        main_say(tr("standard output: %s"), strerror(reporting->output_error));
        return EXIT_INPUT;
    }
    if (reporting->unreadable)
        return EXIT_INPUT;
    if (!reporting->answered && !reporting->progress.skipped)
        return EXIT_NO_ANSWER;
    if (reporting->missed)
        return EXIT_FINDING;
    return reporting->request->options->check && reporting->finding ? EXIT_FINDING : EXIT_ANSWERED;
}

int main_run_report(uv_loop_t *loop, struct source *source, const struct request *request)
{
    struct reporting reporting = {.loop = loop, .source = source, .request = request};

    bool good;
    int status = request->options->diff ? beside_plan_init(&reporting.plan, request, loop) : 0;

    if (status)
        return status;
    reporting.asking = asking_new();
    reporting_watch_time(&reporting);
    good = open_files(&reporting);
    while (good && turn(&reporting))
        ;
    while (reporting.job_count)
        job_free(&reporting, reporting.jobs[--reporting.job_count]);
    asking_free(reporting.asking);
    reporting_stop_watching(&reporting);
    good = close_files(&reporting) && good;
    beside_plan_clear(&reporting.plan);
    return good ? exit_status(&reporting) : EXIT_INPUT;
}
