#include "main/report/main_reporting.h"

#include "survey/asking/asking.h"

#include <uv.h>

/* ---- the time of one name ---- */

/* The loop comes round, and looks at the time. */
static void on_tick(uv_timer_t *timer)
{
    struct reporting *reporting = timer->data;

    reporting->ticks++;
}

void reporting_watch_time(struct reporting *reporting)
{
    const struct request *request = reporting->request;

    uv_timer_init(reporting->loop, &reporting->pause);
    uv_timer_init(reporting->loop, &reporting->clock);
    reporting->clock.data = reporting;
    if ((request->time_limit_ms || request->options->batch) && reporting_is_networked(reporting))
        uv_timer_start(&reporting->clock, on_tick, TICK_MS, TICK_MS);
}

void reporting_stop_watching(struct reporting *reporting)
{
    uv_close((uv_handle_t *)&reporting->pause, NULL);
    uv_close((uv_handle_t *)&reporting->clock, NULL);
    uv_run(reporting->loop, UV_RUN_NOWAIT);
}

static void end_question(const struct question *question, void *source)
{
    source_end(source, question, survey_time_is_up);
}

/* What other names wait for as well goes on. */
static void end_asker(struct reporting *reporting, const struct asker *asker)
{
    if (!asker->survey)
        return;
    survey_end(asker->survey, survey_time_is_up);
    asking_each_own(reporting->asking, asker, end_question, reporting->source);
}

void reporting_end_late(struct reporting *reporting)
{
    int64_t limit = reporting->request->time_limit_ms, now = (int64_t)uv_now(reporting->loop);

    if (!limit || !reporting_is_networked(reporting))
        return;
    for (size_t i = 0; i < reporting->job_count; i++) {
        struct job *job = reporting->jobs[i];
        if (!job->asker.survey || survey_is_ended(job->asker.survey) ||
            now - (int64_t)job->started_ms < limit)
            continue;
        end_asker(reporting, &job->asker);
        end_asker(reporting, &job->beside);
        job->news = true;
    }
}

/* ---- a moment between two replies ---- */

/* The loop comes round. */
static void on_pause(uv_timer_t *timer)
{
    (void)timer;
}

/* The replies to what was asked at once come one after the other, and most make nothing else
 * wanted: the first one waits for others, so long that judging takes no more than a third of the
 * time. What leads to more is judged at once. */
bool reporting_pauses(struct reporting *reporting, const struct job *job)
{
    uint64_t least = 2 * job->judged < PAUSE_MOST_NS ? 2 * job->judged : PAUSE_MOST_NS;

    if (job->pressing || !reporting_is_networked(reporting) || uv_hrtime() - job->since >= least)
        return false;
    uv_timer_start(&reporting->pause, on_pause, 1, 0);
    return true;
}
