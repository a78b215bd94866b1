/* The names of --batch: one on a line. */
#ifndef MAIN_BATCH_MAIN_BATCH_H
#define MAIN_BATCH_MAIN_BATCH_H

#include <stddef.h>

#include <stdbool.h>

struct batch;

enum batch_state {
    BATCH_LINE,   /* a line is there */
    BATCH_LATER,  /* not now, but more may come */
    BATCH_END,    /* that was all */
    BATCH_FAILED, /* it cannot be read on; said on standard error */
};

/* "-" is standard input. NULL when it cannot be opened; said on standard error. */
struct batch *batch_open(const char *path);
/* How many names a file holds; 0 where that cannot be known beforehand (a pipe). */
size_t batch_lines(const char *path);
void batch_close(struct batch *batch); /* NULL is allowed */
/* The next line that is neither empty nor a comment ("#"), without its end; NUL in it reads \000,
 * what is beyond 64 KiB is left out. Valid until the next call. Only with `wait` the call may
 * block. */
enum batch_state batch_next(struct batch *batch, bool wait, const char **line);

#endif
