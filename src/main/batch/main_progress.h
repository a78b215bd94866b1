/* The one line of progress of a batch, on standard error when that is a terminal. */
#ifndef MAIN_BATCH_MAIN_PROGRESS_H
#define MAIN_BATCH_MAIN_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    bool shown;                   /* standard error is a terminal and standard output is not */
    uint64_t started_ms, last_ms; /* of uv_now() */
    size_t done, failed, skipped; /* names */
    size_t total;                 /* 0: not known, as of a pipe */
    uint64_t queries;             /* that were answered */
};

/* Begins to count at a moment. The batch (NULL: none) is counted only when somebody will see it. */
void progress_init(struct progress *progress, uint64_t now_ms, const char *batch);
/* Writes the line again, at most four times a second. */
void progress_show(struct progress *progress, uint64_t now_ms);
/* Takes the line away. */
void progress_clear(struct progress *progress);

#endif
