#include "view/timeline_sheet.h"

#include "base/utf8.h"
#include "view/delivery_sheet.h"
#include "view/words.h"

#include <stdio.h>
#include <string.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, AXIS_MOST = 120, LABEL_COLUMNS = 9 };

/* "+2h05", "+3d 4h": time since the message was written. */
static const char *moment(int64_t at, char out[WORD_SIZE])
{
    if (at < MINUTE)
        snprintf(out, WORD_SIZE, "+%ds", (int)at);
    else if (at < HOUR)
        snprintf(out, WORD_SIZE, "+%dm", (int)(at / MINUTE));
    else if (at < DAY)
        snprintf(out, WORD_SIZE, "+%dh%02d", (int)(at / HOUR), (int)(at % HOUR / MINUTE));
    else
        snprintf(out, WORD_SIZE, "+%dd %dh", (int)(at / DAY), (int)(at % DAY / HOUR));
    return out;
}

static const char *holder_name(struct sheet *sheet, const struct timeline *timeline, int host)
{
    struct text text = {0};
    const char *name;

    if (host == TIMELINE_SENDER)
        return timeline->route->as ? timeline->route->as : "the sender";
    words_name_within(timeline->route->hosts[host].exchange, timeline->route->domain, &text);
    name = arena_dup(sheet->arena, text_get(&text));
    text_clear(&text);
    return name;
}

/* The axis: how many columns stand for how much time. */
struct axis {
    int first, columns;
    int64_t span;
};

static int column_of(const struct axis *axis, int64_t at)
{
    int64_t column = at * axis->columns / axis->span;

    return column < 0 ? 0 : column >= axis->columns ? axis->columns - 1 : (int)column;
}

static struct axis axis_of(struct sheet *sheet, const struct timeline *timeline)
{
    struct axis axis = {.first = 12, .span = timeline->end > HOUR ? timeline->end : HOUR};

    for (size_t i = 0; i < timeline->outage_count; i++) {
        int64_t until = timeline->outages[i].until;
        if (until > axis.span && until < axis.span * 4)
            axis.span = until;
    }
    for (size_t i = 0; i < timeline->route->host_count; i++) {
        int columns = utf8_columns(holder_name(sheet, timeline, (int)i)) + 2;
        axis.first = columns > axis.first && columns <= 30 ? columns : axis.first;
    }
    axis.span += axis.span / 20;
    axis.columns = sheet->width - axis.first - 1;
    axis.columns = axis.columns > AXIS_MOST ? AXIS_MOST : axis.columns < 10 ? 10 : axis.columns;
    return axis;
}

/* One mark for each column; the later and the graver wins. */
struct lane {
    const char *marks[AXIS_MOST];
    enum role roles[AXIS_MOST];
};

static void lane_fill(struct lane *lane, int from, int to, const char *mark, enum role role)
{
    for (int i = from; i <= to; i++) {
        lane->marks[i] = mark;
        lane->roles[i] = role;
    }
}

static void lane_add(struct sheet *sheet, const struct axis *axis, const struct lane *lane)
{
    for (int from = 0, to; from < axis->columns; from = to) {
        struct text text = {0};
        for (to = from; to < axis->columns && lane->roles[to] == lane->roles[from]; to++)
            text_add(&text, lane->marks[to]);
        sheet_add(sheet, lane->roles[from], text_get(&text));
        text_clear(&text);
    }
}

static void mark_event(struct lane *lane, const struct axis *axis,
                       const struct timeline_event *event)
{
    int at = column_of(axis, event->at);

    switch (event->kind) {
    case TIMELINE_ATTEMPT:
        lane_fill(lane, at, at, "✗", ROLE_ERROR);
        break;
    case TIMELINE_ACCEPTED:
        lane_fill(lane, at, at, "►", ROLE_NOTICE);
        break;
    case TIMELINE_DELIVERED:
        lane_fill(lane, at, at, "✓", ROLE_OK);
        break;
    default:
        break;
    }
}

static void add_host(struct sheet *sheet, const struct timeline *timeline, const struct axis *axis,
                     int host)
{
    struct lane lane;

    lane_fill(&lane, 0, axis->columns - 1, "─", ROLE_FRAME);
    for (size_t i = 0; i < timeline->outage_count; i++)
        if (timeline->outages[i].host == host)
            lane_fill(&lane, column_of(axis, timeline->outages[i].from),
                      column_of(axis, timeline->outages[i].until), "░", ROLE_WARN);
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].host == host)
            mark_event(&lane, axis, &timeline->events[i]);
    sheet_line(sheet);
    sheet_add(sheet, ROLE_NAME, holder_name(sheet, timeline, host));
    sheet_tab(sheet, axis->first);
    lane_add(sheet, axis, &lane);
}

/* Where the message lies: a thick line for as long as somebody keeps it. */
static void add_queue(struct sheet *sheet, const struct timeline *timeline, const struct axis *axis,
                      int holder)
{
    struct lane lane;
    bool any = false;

    lane_fill(&lane, 0, axis->columns - 1, " ", ROLE_TEXT);
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = &timeline->events[i];
        if (event->kind != TIMELINE_DEFERRED || event->holder != holder)
            continue;
        any = true;
        lane_fill(&lane, column_of(axis, event->at), column_of(axis, event->until), "━", ROLE_BAR);
    }
    if (!any)
        return;
    sheet_line(sheet);
    sheet_add(sheet, ROLE_DIM, "  queued");
    sheet_tab(sheet, axis->first);
    lane_add(sheet, axis, &lane);
}

/* The shortest round time that leaves room for its label. */
static int64_t scale_step(const struct axis *axis)
{
    static const int64_t steps[] = {10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR,
                                    6 * HOUR,    12 * HOUR,   DAY,  2 * DAY};
    size_t i = 0;

    while (i + 1 < sizeof steps / sizeof *steps &&
           axis->columns * steps[i] / axis->span < LABEL_COLUMNS)
        i++;
    return steps[i];
}

static void add_scale(struct sheet *sheet, const struct axis *axis)
{
    int64_t step = scale_step(axis);
    char text[WORD_SIZE];

    sheet_line(sheet);
    sheet_tab(sheet, axis->first);
    sheet_add(sheet, ROLE_DIM, "written");
    for (int64_t at = step; column_of(axis, at) + LABEL_COLUMNS <= axis->columns; at += step) {
        sheet_tab(sheet, axis->first + column_of(axis, at));
        sheet_add(sheet, ROLE_DIM, moment(at, text));
    }
}

void timeline_axis_draw(struct sheet *sheet, const struct timeline *timeline)
{
    struct axis axis = axis_of(sheet, timeline);

    add_scale(sheet, &axis);
    sheet_line(sheet);
    sheet_add(sheet, ROLE_NAME, holder_name(sheet, timeline, TIMELINE_SENDER));
    add_queue(sheet, timeline, &axis, TIMELINE_SENDER);
    for (size_t i = 0; i < timeline->route->host_count; i++) {
        add_host(sheet, timeline, &axis, (int)i);
        add_queue(sheet, timeline, &axis, (int)i);
    }
    sheet_line(sheet);
    sheet_add(sheet, ROLE_DIM, "░ down   ✗ tried in vain   ━ queued   ► taken over   ✓ arrived");
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_format(sheet, delivery_role(timeline->decision.verdict), "%s %s  ",
                 verdict_text(timeline->decision.verdict), timeline->decision.code);
    sheet_wrap(sheet, 2, ROLE_TEXT, timeline->decision.why);
}

static enum role event_role(enum timeline_kind kind)
{
    switch (kind) {
    case TIMELINE_DELIVERED:
        return ROLE_OK;
    case TIMELINE_ATTEMPT:
    case TIMELINE_RETURNED:
    case TIMELINE_FROZEN:
        return ROLE_ERROR;
    case TIMELINE_ACCEPTED:
        return ROLE_NOTICE;
    default:
        return ROLE_TEXT;
    }
}

void timeline_events_draw(struct sheet *sheet, const struct timeline *timeline)
{
    char text[WORD_SIZE];

    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = &timeline->events[i];
        sheet_line(sheet);
        sheet_add(sheet, ROLE_DIM, moment(event->at, text));
        sheet_tab(sheet, 9);
        sheet_select(sheet, (int)i, NULL);
        sheet_wrap(sheet, 9, event_role(event->kind), event->text);
        if (*event->reference)
            sheet_right(sheet, ROLE_REFERENCE, event->reference);
    }
}
