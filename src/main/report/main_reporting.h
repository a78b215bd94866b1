/* Reports under way: what the files of main/ that make them share. */
#ifndef MAIN_REPORT_MAIN_REPORTING_H
#define MAIN_REPORT_MAIN_REPORTING_H

#include "main/batch/main_batch.h"
#include "main/batch/main_progress.h"
#include "main/batch/main_resume.h"
#include "main/input/main_policy.h"
#include "main/input/main_record.h"
#include "main/input/main_request.h"
#include "main/report/main_diff.h"
#include "net/source.h"
#include "survey/asking/asking.h"
#include "survey/whatif.h"

#include <uv.h>

/* Names looked up at the same time. Of a name in a batch the first queries are sent, and when
 * something was heard of it, it may grow. A grown one holds up to half a MiB, one that nothing is
 * heard of a tenth of that, and all together stay below 48 MiB. */
enum {
    JOBS_MOST = 200,
    GROWN_MOST = 40,
    FIRST_MOST = 16, /* queries before it grows */
    TICK_MS = 100,
    SILENT_TICKS = 10, /* then one that nothing was heard of makes place for another */
    MANY = 16,
    PAUSE_MOST_NS = 50 * 1000 * 1000,
    TAKING_MOST_NS = 1000 * 1000
};

/* One name on its way from typed to printed. */
struct job {
    struct asker asker; /* of the name; no survey: `line` is all there is to say */
    struct vantage
        *vantage;        /* of "@server" in a line, the asker's; NULL: as the program was started */
    struct asker beside; /* of --diff; no survey without */
    char owner[NAME_TEXT]; /* of --srv */
    struct whatif *whatif; /* of --whatif, once the records are known */
    struct text line;
    struct reporting *reporting;
    struct policy_fetch *fetch; /* of --fetch-policy; NULL: nothing was fetched */
    bool fetched, fetching;     /* begun, and not over */
    uint64_t started_ms;
    unsigned started_tick;
    bool heard; /* a reply about it has come */
    bool grown;
    uint64_t judged; /* nanoseconds that it took to ask the survey what it wants, the last time; */
    bool news;       /* something came after that, */
    uint64_t since;  /* the first of it then (uv_hrtime); */
    bool pressing;   /* it is one of a chain that may be long */
    bool done;
    bool expected;        /* what is expected was compared */
    size_t senders;       /* so many of those whose SPF verdict is expected were judged */
    struct faults misses; /* of --expect */
};

struct reporting {
    uv_loop_t *loop;
    struct source *source;
    const struct request *request;
    struct asking *asking;
    uv_timer_t clock, pause;
    struct job *jobs[JOBS_MOST]; /* in the order given */
    size_t job_count;
    size_t grown;     /* jobs that are */
    unsigned ticks;   /* of the clock: none passes while the program does not run */
    size_t next_name; /* index into options->names */
    struct batch *batch;
    struct resumed *resumed; /* of --resume; NULL without */
    struct progress progress;
    struct beside_plan plan;     /* of --diff */
    struct recording *recording; /* NULL: not recording */
    size_t answered;             /* names that could be looked up */
    bool finding;
    bool missed;      /* something is not as --expect has it */
    bool unreadable;  /* the batch */
    int output_error; /* errno of standard output; 0 */
};

/* main_report_time.c */
void reporting_watch_time(struct reporting *reporting);
void reporting_stop_watching(struct reporting *reporting);
/* Ends the names whose time is up. */
void reporting_end_late(struct reporting *reporting);
/* Shall what came for the job wait a moment for more? Then the loop comes round after it. */
bool reporting_pauses(struct reporting *reporting, const struct job *job);

/* main_report_write.c */
bool reporting_is_networked(const struct reporting *reporting);
/* Makes the report of a job, into its line. */
void job_write(struct reporting *reporting, struct job *job);
/* Counts it, and says where it failed. */
void job_count(struct reporting *reporting, struct job *job);
/* Writes to standard output, in one piece as far as the system takes it: what was written is whole
 * whatever ends the program next. */
void reporting_print(struct reporting *reporting, const struct text *line);

#endif
