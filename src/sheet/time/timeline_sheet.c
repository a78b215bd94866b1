#include "sheet/time/timeline_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "mail/timeline/timeline_axis.h"
#include "sheet/delivery_sheet.h"

#include <assert.h>

enum { AXIS_MOST = 120, LABEL_COLUMNS = 9 };

static const char *holder_name(struct sheet *sheet, const struct timeline *timeline, int host)
{
    if (host == TIMELINE_SENDER)
        return timeline->route->as ? sheet_name(sheet, timeline->route->as, timeline->route->domain)
                                   : tr("the sender");
    return sheet_name(sheet, timeline->route->hosts[host].exchange, timeline->route->domain);
}

/* Where the axis begins: behind the longest name, within reason. */
static int first_column(struct sheet *sheet, const struct timeline *timeline)
{
    int first = 12;

    for (size_t i = 0; i < timeline->route->host_count; i++) {
        int columns = utf8_columns(holder_name(sheet, timeline, (int)i)) + 2;
        first = columns > first && columns <= 30 ? columns : first;
    }
    return first;
}

static const struct {
    const char *glyph;
    enum role role;
} marks[TIMELINE_MARKS] = {
    [AXIS_NOTHING] = {" ", ROLE_TEXT}, [AXIS_IDLE] = {"─", ROLE_FRAME},
    [AXIS_DOWN] = {"░", ROLE_WARN},    [AXIS_PASSED] = {"·", ROLE_DIM},
    [AXIS_FAILED] = {"✗", ROLE_ERROR}, [AXIS_QUEUED] = {"━", ROLE_BAR},
    [AXIS_TAKEN] = {"►", ROLE_NOTICE}, [AXIS_ARRIVED] = {"✓", ROLE_OK},
};

static void add_marks(struct sheet *sheet, const struct timeline_axis *axis,
                      const struct timeline_row *row)
{
    for (int from = 0, to; from < axis->columns; from = to) {
        struct text text = {0};
        enum role role = marks[row->marks[from]].role;
        for (to = from; to < axis->columns && marks[row->marks[to]].role == role; to++)
            text_add(&text, marks[row->marks[to]].glyph);
        sheet_add(sheet, role, text_get(&text));
        text_clear(&text);
    }
}

static void add_row(struct sheet *sheet, const struct timeline *timeline,
                    const struct timeline_axis *axis, const struct timeline_row *row, int first)
{
    sheet_line(sheet);
    if (row->queue)
        sheet_format(sheet, ROLE_DIM, "  %s", tr("queued"));
    else
        sheet_add(sheet, ROLE_NAME, holder_name(sheet, timeline, row->host));
    if (!row->marks)
        return;
    sheet_tab(sheet, first);
    add_marks(sheet, axis, row);
}

static void add_scale(struct sheet *sheet, const struct timeline_axis *axis, int first)
{
    char text[MOMENT_SIZE];

    sheet_line(sheet);
    sheet_tab(sheet, first);
    sheet_add(sheet, ROLE_DIM, tr("composed"));
    for (int64_t at = axis->step; timeline_axis_column(axis, at) + LABEL_COLUMNS <= axis->columns;
         at += axis->step) {
        sheet_tab(sheet, first + timeline_axis_column(axis, at));
        sheet_add(sheet, ROLE_DIM, timeline_moment(at, text));
    }
}

static bool has_mark(const struct timeline_axis *axis, enum timeline_mark mark)
{
    for (size_t i = 0; i < axis->row_count; i++)
        for (int j = 0; axis->rows[i].marks && j < axis->columns; j++)
            if (axis->rows[i].marks[j] == mark)
                return true;
    return false;
}

size_t timeline_sides_build(const struct lookup *lookup, const char *domain,
                            const struct sender *sender, const struct compared_senders *compared,
                            struct arena *arena, struct timeline_side sides[TIMELINE_SIDES])
{
    bool both = compared && compared->left && !compared->by_srv;

    sides[0].profile = both ? compared->left : sender->profile;
    sides[1].profile = both ? compared->right : NULL;
    for (size_t i = 0; i < TIMELINE_SIDES && sides[i].profile; i++) {
        struct sender *one = arena_alloc(arena, 1, sizeof *one);
        const struct route *route;
        comparison_sender(sender, sides[i].profile, one);
        route = route_build(lookup, domain, one, arena);
        timeline_assume_outage(route, one);
        sides[i].timeline = timeline_build(lookup, route, one, arena);
        sender_clear(one);
    }
    return both ? 2 : 1;
}

/* Where all of their axes begin, and how many seconds they show. */
struct frame {
    int first, columns;
    int64_t span;
};

static struct frame frame_of(struct sheet *sheet, const struct timeline_side *sides, size_t count)
{
    struct frame frame = {0};
    int room;

    for (size_t i = 0; i < count; i++) {
        int first = first_column(sheet, sides[i].timeline);
        int64_t span = timeline_axis_span(sides[i].timeline);
        frame.first = first > frame.first ? first : frame.first;
        frame.span = span > frame.span ? span : frame.span;
    }
    room = sheet->width - frame.first - 1;
    frame.columns = room > AXIS_MOST ? AXIS_MOST : room < 10 ? 10 : room;
    return frame;
}

static void add_verdict(struct sheet *sheet, const struct timeline_side *side, bool titled)
{
    const struct timeline *timeline = side->timeline;
    char moment[MOMENT_SIZE];

    sheet_line(sheet);
    if (titled)
        sheet_format(sheet, ROLE_NAME, "%s: ", profile_title(side->profile));
    sheet_format(sheet, delivery_role(timeline->decision.verdict), "%s %s  ",
                 verdict_word(timeline->decision.verdict), timeline->decision.code);
    if (titled)
        sheet_format(sheet, ROLE_TEXT, "%s  ", timeline_moment(timeline->end, moment));
    sheet_wrap(sheet, 2, ROLE_TEXT, tr(timeline->decision.why));
}

void timeline_axis_draw(struct sheet *sheet, const struct timeline_side *sides, size_t count)
{
    struct frame frame = frame_of(sheet, sides, count);
    bool passed = false;

    for (size_t i = 0; i < count; i++) {
        const struct timeline *timeline = sides[i].timeline;
        const struct timeline_axis *axis =
            timeline_axis_build(timeline, frame.span, frame.columns, LABEL_COLUMNS, sheet->arena);
        if (i == 0)
            add_scale(sheet, axis, frame.first);
        if (count > 1)
            sheet_heading(sheet, profile_title(sides[i].profile), NULL);
        for (size_t j = 0; j < axis->row_count; j++)
            add_row(sheet, timeline, axis, &axis->rows[j], frame.first);
        passed = passed || has_mark(axis, AXIS_PASSED);
    }
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_DIM, tr("░ down   ✗ failed   ━ queued   ► relayed   ✓ delivered"));
    if (passed) {
        sheet_line(sheet);
        sheet_wrap(sheet, 0, ROLE_DIM, tr("· up, but skipped: the sender remembers the failure"));
    }
    sheet_gap(sheet);
    for (size_t i = 0; i < count; i++)
        add_verdict(sheet, &sides[i], count > 1);
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

/* The side whose next event comes first; of equal ones the first. `count` when none is left. */
static size_t next_side(const struct timeline_side *sides, size_t count, const size_t *done)
{
    size_t first = count;

    for (size_t i = 0; i < count; i++) {
        const struct timeline *timeline = sides[i].timeline;
        if (done[i] == timeline->event_count)
            continue;
        if (first == count ||
            timeline->events[done[i]].at < sides[first].timeline->events[done[first]].at)
            first = i;
    }
    return first;
}

static int title_columns(const struct timeline_side *sides, size_t count)
{
    int columns = 0;

    for (size_t i = 0; i < count && count > 1; i++) {
        int title = utf8_columns(profile_title(sides[i].profile)) + 1;
        columns = title > columns ? title : columns;
    }
    return columns;
}

void timeline_events_draw(struct sheet *sheet, const struct timeline_side *sides, size_t count)
{
    int text_column = LABEL_COLUMNS + title_columns(sides, count);
    size_t done[TIMELINE_SIDES] = {0}, side;
    char moment[MOMENT_SIZE];
    int number = 0;

    assert(count <= TIMELINE_SIDES);
    while ((side = next_side(sides, count, done)) < count) {
        const struct timeline_event *event = &sides[side].timeline->events[done[side]++];
        sheet_line(sheet);
        sheet_add(sheet, ROLE_DIM, timeline_moment(event->at, moment));
        sheet_tab(sheet, LABEL_COLUMNS);
        if (count > 1) {
            sheet_add(sheet, ROLE_NAME, profile_title(sides[side].profile));
            sheet_tab(sheet, text_column);
        }
        sheet_select(sheet, number++, NULL);
        sheet_wrap(sheet, text_column, event_role(event->kind), event->text);
        sheet_reference(sheet, event->reference);
    }
}
