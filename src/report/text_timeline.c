#include "base/utf8.h"
#include "mail/timeline/timeline.h"
#include "mail/timeline/timeline_axis.h"
#include "report/text_parts.h"
#include "sheet/words.h"
#include "survey/survey_edited.h"

#include <string.h>

enum { WIDTH = 78, LABEL_MOST = 26, LABEL_COLUMNS = 9 };

static const char marks[TIMELINE_MARKS + 1] = " -.:x=>*";

/* The name of a row, for the column in front of the axis; in the arena. */
static const char *row_name(const struct timeline *timeline, int host, struct arena *arena)
{
    const struct route *route = timeline->route;
    const char *name = host != TIMELINE_SENDER ? route->hosts[host].exchange : route->as;
    struct text text = {0};
    const char *kept;

    if (name)
        words_name_within(name, route->domain, &text);
    else
        text_add(&text, "the sender");
    text_cut(&text, utf8_fit(text_get(&text), LABEL_MOST));
    kept = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return kept;
}

static int first_column(const struct timeline *timeline, struct arena *arena)
{
    int first = 12;

    for (int i = TIMELINE_SENDER; i < (int)timeline->route->host_count; i++) {
        int columns = TEXT_INDENT + utf8_columns(row_name(timeline, i, arena)) + 2;
        first = columns > first ? columns : first;
    }
    return first;
}

static void scale(struct text_report *paper, const struct timeline_axis *axis, int first)
{
    size_t line = paper->out->length;
    char text[MOMENT_SIZE];

    text_column(paper, line, first);
    text_add(paper->out, "written");
    for (int64_t at = axis->step; timeline_axis_column(axis, at) + LABEL_COLUMNS <= axis->columns;
         at += axis->step) {
        text_column(paper, line, first + timeline_axis_column(axis, at));
        text_add(paper->out, timeline_moment(at, text));
    }
    text_add_char(paper->out, '\n');
}

static void row(struct text_report *paper, const struct timeline_axis *axis,
                const struct timeline_row *row, const char *name, int first)
{
    size_t line = paper->out->length;

    text_format(paper->out, "%*s%s", TEXT_INDENT, "", row->queue ? "  queued" : name);
    if (row->marks) {
        int end = axis->columns;
        while (end > 0 && row->marks[end - 1] == MARK_NOTHING)
            end--;
        text_column(paper, line, first);
        for (int i = 0; i < end; i++)
            text_add_char(paper->out, marks[row->marks[i]]);
    }
    text_add_char(paper->out, '\n');
}

static void axis(struct text_report *paper, const struct timeline *timeline, struct arena *arena)
{
    int first = first_column(timeline, arena);
    const struct timeline_axis *axis =
        timeline_axis_build(timeline, WIDTH - first, LABEL_COLUMNS, arena);
    const struct decision *end = &timeline->decision;

    scale(paper, axis, first);
    for (size_t i = 0; i < axis->row_count; i++)
        row(paper, axis, &axis->rows[i], row_name(timeline, axis->rows[i].host, arena), first);
    text_paragraph(paper, TEXT_INDENT, 2,
                   "(: down, x tried in vain, . up but passed over, = queued, "
                   "> taken over, * arrived)");
    text_paragraph(paper, TEXT_INDENT, 2,
                   arena_format(arena, "%s%s%s: %s", verdict_text(end->verdict),
                                *end->code ? " " : "", end->code, end->why));
}

/* "30:30:00 text": hours, minutes, seconds end in one column, the text begins in one. */
static void event(struct text_report *paper, struct arena *arena,
                  const struct timeline_event *event)
{
    enum { CLOCK_END = 11 };
    bool cited = event->reference && *event->reference;
    const char *clock = arena_format(arena, "%lld:%02lld:%02lld", (long long)(event->at / 3600),
                                     (long long)(event->at / 60 % 60), (long long)(event->at % 60));
    int length = (int)strlen(clock);

    text_paragraph(paper, CLOCK_END - length, length + 1,
                   arena_format(arena, "%s %s%s%s%s", clock, event->text, cited ? " [" : "",
                                cited ? event->reference : "", cited ? "]" : ""));
}

void text_timeline(struct text_report *paper)
{
    struct arena *arena = arena_new();
    struct lookup lookup = survey_edited_lookup(paper->report->survey);
    const struct timeline *timeline =
        timeline_build(&lookup, survey_edited_route(paper->report->survey, arena),
                       survey_sender(paper->report->survey), arena);

    text_heading(paper, "Over time: an outage hour by hour");
    axis(paper, timeline, arena);
    text_heading(paper, "Over time (hours, minutes, seconds after it was written)");
    for (size_t i = 0; i < timeline->event_count; i++)
        event(paper, arena, &timeline->events[i]);
    arena_free(arena);
}
