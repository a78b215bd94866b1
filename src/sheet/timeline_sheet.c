#include "sheet/timeline_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "mail/timeline/timeline_axis.h"
#include "sheet/delivery_sheet.h"
#include "sheet/words.h"

enum { AXIS_MOST = 120, LABEL_COLUMNS = 9 };

static const char *holder_name(struct sheet *sheet, const struct timeline *timeline, int host)
{
    if (host == TIMELINE_SENDER)
        return timeline->route->as ? sheet_name(sheet, timeline->route->as, timeline->route->domain)
                                   : N_("the sender");
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
    [MARK_NOTHING] = {" ", ROLE_TEXT}, [MARK_IDLE] = {"─", ROLE_FRAME},
    [MARK_DOWN] = {"░", ROLE_WARN},    [MARK_PASSED] = {"·", ROLE_DIM},
    [MARK_FAILED] = {"✗", ROLE_ERROR}, [MARK_QUEUED] = {"━", ROLE_BAR},
    [MARK_TAKEN] = {"►", ROLE_NOTICE}, [MARK_ARRIVED] = {"✓", ROLE_OK},
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

void timeline_axis_draw(struct sheet *sheet, const struct timeline *timeline)
{
    int first = first_column(sheet, timeline), room = sheet->width - first - 1;
    const struct timeline_axis *axis = timeline_axis_build(timeline,
                                                           room > AXIS_MOST ? AXIS_MOST
                                                           : room < 10      ? 10
                                                                            : room,
                                                           LABEL_COLUMNS, sheet->arena);

    add_scale(sheet, axis, first);
    for (size_t i = 0; i < axis->row_count; i++)
        add_row(sheet, timeline, axis, &axis->rows[i], first);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_DIM, tr("░ down   ✗ failed   ━ queued   ► relayed   ✓ delivered"));
    if (has_mark(axis, MARK_PASSED)) {
        sheet_line(sheet);
        sheet_wrap(sheet, 0, ROLE_DIM, tr("· up, but skipped: the sender remembers the failure"));
    }
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_format(sheet, delivery_role(timeline->decision.verdict), "%s %s  ",
                 verdict_word(timeline->decision.verdict), timeline->decision.code);
    sheet_wrap(sheet, 2, ROLE_TEXT, tr(timeline->decision.why));
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
    char text[MOMENT_SIZE];

    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = &timeline->events[i];
        sheet_line(sheet);
        sheet_add(sheet, ROLE_DIM, timeline_moment(event->at, text));
        sheet_tab(sheet, 9);
        sheet_select(sheet, (int)i, NULL);
        sheet_wrap(sheet, 9, event_role(event->kind), event->text);
        sheet_reference(sheet, event->reference);
    }
}
