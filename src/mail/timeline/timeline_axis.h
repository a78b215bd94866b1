/* A timeline drawn: time runs to the right, a row for each host and one for each queue. The same
 * picture on the screen and in the text report. */
#ifndef MAIL_TIMELINE_TIMELINE_AXIS_H
#define MAIL_TIMELINE_TIMELINE_AXIS_H

#include "mail/timeline/timeline.h"

/* What a column shows; the later and the graver covers the others. */
enum timeline_mark {
    AXIS_NOTHING,
    AXIS_IDLE,   /* a host's row */
    AXIS_PASSED, /* it is up, but passed over: the sender remembers that it failed */
    AXIS_DOWN,
    AXIS_FAILED, /* an attempt failed */
    AXIS_QUEUED, /* a queue's row: the message lies there */
    AXIS_TAKEN,  /* taken over and queued */
    AXIS_ARRIVED,
    TIMELINE_MARKS,
};

struct timeline_row {
    int host;             /* of the route; TIMELINE_SENDER */
    bool queue;           /* its queue */
    const uint8_t *marks; /* enum timeline_mark, a column each; NULL: a name only */
};

struct timeline_axis {
    int columns;
    int64_t span; /* seconds from end to end */
    int64_t step; /* a round time between labels, which need `label` columns each */
    const struct timeline_row *rows;
    size_t row_count;
};

/* How many seconds an axis takes that shows all of it. */
int64_t timeline_axis_span(const struct timeline *timeline);
/* Of at least `span` seconds, so that several can be laid under one scale; 0 for one alone. */
const struct timeline_axis *timeline_axis_build(const struct timeline *timeline, int64_t span,
                                                int columns, int label, struct arena *arena);
/* The column in which a moment lies. */
int timeline_axis_column(const struct timeline_axis *axis, int64_t at);

enum { MOMENT_SIZE = 16 };
/* "+2h05", "+3d 4h": time since the message was written. */
const char *timeline_moment(int64_t at, char out[MOMENT_SIZE]);

#endif
