#include "mail/timeline/timeline_axis.h"

#include <stdio.h>
#include <string.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

const char *timeline_moment(int64_t at, char out[MOMENT_SIZE])
{
    if (at < MINUTE)
        snprintf(out, MOMENT_SIZE, "+%ds", (int)at);
    else if (at < HOUR)
        snprintf(out, MOMENT_SIZE, "+%dm", (int)(at / MINUTE));
    else if (at < DAY)
        snprintf(out, MOMENT_SIZE, "+%dh%02d", (int)(at / HOUR), (int)(at % HOUR / MINUTE));
    else
        snprintf(out, MOMENT_SIZE, "+%dd %dh", (int)(at / DAY), (int)(at % DAY / HOUR));
    return out;
}

int timeline_axis_column(const struct timeline_axis *axis, int64_t at)
{
    int64_t column = at * axis->columns / axis->span;

    return column < 0 ? 0 : column >= axis->columns ? axis->columns - 1 : (int)column;
}

/* All of it, and the outages as far as they are not out of proportion. */
int64_t timeline_axis_span(const struct timeline *timeline)
{
    int64_t span = timeline->end > HOUR ? timeline->end : HOUR;

    for (size_t i = 0; i < timeline->outage_count; i++) {
        int64_t until = timeline->outages[i].until;
        if (until > span && until < span * 4)
            span = until;
    }
    return span + span / 20;
}

/* The shortest round time that leaves room for its label. */
static int64_t step_of(const struct timeline_axis *axis, int label)
{
    static const int64_t steps[] = {10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR,
                                    6 * HOUR,    12 * HOUR,   DAY,  2 * DAY};
    size_t i = 0;

    while (i + 1 < sizeof steps / sizeof *steps && axis->columns * steps[i] / axis->span < label)
        i++;
    return steps[i];
}

/* A row being filled. */
struct drawing {
    const struct timeline *timeline;
    struct timeline_axis *axis;
    struct arena *arena;
    struct timeline_row *rows;
};

static void fill(const struct drawing *drawing, uint8_t *marks, int64_t from, int64_t until,
                 enum timeline_mark mark)
{
    int last = timeline_axis_column(drawing->axis, until);

    for (int i = timeline_axis_column(drawing->axis, from); i <= last; i++)
        marks[i] = (uint8_t)(mark > marks[i] ? mark : marks[i]);
}

static void add_row(struct drawing *drawing, int host, bool queue, const uint8_t *marks)
{
    drawing->rows[drawing->axis->row_count++] = (struct timeline_row){host, queue, marks};
}

static void mark_event(const struct drawing *drawing, uint8_t *marks,
                       const struct timeline_event *event)
{
    switch (event->kind) {
    case TIMELINE_ATTEMPT:
        if (event->until > event->at)
            fill(drawing, marks, event->at, event->until, AXIS_PASSED);
        fill(drawing, marks, event->at, event->at, AXIS_FAILED);
        break;
    case TIMELINE_ACCEPTED:
        fill(drawing, marks, event->at, event->at, AXIS_TAKEN);
        break;
    case TIMELINE_DELIVERED:
        fill(drawing, marks, event->at, event->at, AXIS_ARRIVED);
        break;
    default:
        break;
    }
}

static void add_host(struct drawing *drawing, int host)
{
    const struct timeline *timeline = drawing->timeline;
    uint8_t *marks = arena_alloc(drawing->arena, (size_t)drawing->axis->columns, 1);

    memset(marks, AXIS_IDLE, (size_t)drawing->axis->columns);
    for (size_t i = 0; i < timeline->outage_count; i++)
        if (timeline->outages[i].host == host)
            fill(drawing, marks, timeline->outages[i].from, timeline->outages[i].until, AXIS_DOWN);
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].host == host)
            mark_event(drawing, marks, &timeline->events[i]);
    add_row(drawing, host, false, marks);
}

/* What the sender itself comes to. */
static void add_sender(struct drawing *drawing)
{
    const struct timeline *timeline = drawing->timeline;
    uint8_t *marks = arena_alloc(drawing->arena, (size_t)drawing->axis->columns, 1);

    memset(marks, AXIS_IDLE, (size_t)drawing->axis->columns);
    for (size_t i = 0; i < timeline->event_count; i++) {
        struct timeline_event event = timeline->events[i];
        event.until = event.at;
        if (event.holder == TIMELINE_SENDER)
            mark_event(drawing, marks, &event);
    }
    add_row(drawing, TIMELINE_SENDER, false, marks);
}

/* Where the message lies, for as long as somebody keeps it. */
static void add_queue(struct drawing *drawing, int holder)
{
    const struct timeline *timeline = drawing->timeline;
    uint8_t *marks = arena_alloc(drawing->arena, (size_t)drawing->axis->columns, 1);
    bool any = false;

    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = &timeline->events[i];
        if (event->kind != TIMELINE_DEFERRED || event->holder != holder)
            continue;
        any = true;
        fill(drawing, marks, event->at, event->until, AXIS_QUEUED);
    }
    if (any)
        add_row(drawing, holder, true, marks);
}

const struct timeline_axis *timeline_axis_build(const struct timeline *timeline, int64_t span,
                                                int columns, int label, struct arena *arena)
{
    int64_t own_span = timeline_axis_span(timeline);
    struct timeline_axis *axis = arena_alloc(arena, 1, sizeof *axis);
    size_t hosts = timeline->route->host_count;
    struct drawing drawing = {timeline, axis, arena, NULL};

    axis->columns = columns;
    axis->span = span > own_span ? span : own_span;
    axis->step = step_of(axis, label);
    axis->rows = drawing.rows = arena_alloc(arena, 2 * hosts + 2, sizeof *drawing.rows);
    add_sender(&drawing);
    add_queue(&drawing, TIMELINE_SENDER);
    for (size_t i = 0; i < hosts; i++) {
        add_host(&drawing, (int)i);
        add_queue(&drawing, (int)i);
    }
    return axis;
}
