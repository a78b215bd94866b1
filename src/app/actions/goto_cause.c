/* From a finding to the row that causes it: app/actions/perform.h. */
#include "app/actions/perform.h"

#include "app/state/visit.h"
#include "base/memory.h"
#include "policy/findings/findings.h"
#include "sheet/policy/policy_lines.h"
#include "view/panes/pane.h"

#include <string.h>

#define PANE_NAME(identifier, name) #name,
static const char *const pane_names[] = {PANE_LIST(PANE_NAME)};
#undef PANE_NAME

/* The pane of that name; the mail policy for the name of one of its lines. */
static enum pane pane_of(const char *place)
{
    for (int pane = 0; pane < PANE_COUNT; pane++)
        if (strcmp(pane_names[pane], place) == 0)
            return (enum pane)pane;
    return PANE_MAIL;
}

static bool is_same(const char *name, const char *subject)
{
    return name && strcmp(name, subject) == 0;
}

static bool shows_record(const struct row *row, const struct finding *finding)
{
    struct text line = {0};
    bool same;

    row_line(row, &line);
    same = is_same(finding->record, text_get(&line));
    text_clear(&line);
    return same;
}

static bool is_about(const struct row *row, const char *subject)
{
    return is_same(row->name, subject) || is_same(row->target, subject) ||
           is_same(row->words, subject) ||
           (row->reply && is_same(row->reply->question.name, subject));
}

/* Among rows[from..until): the one that shows the record, else the one about the subject, else the
 * first. */
static size_t find_row(const struct rows *rows, size_t from, size_t until,
                       const struct finding *finding)
{
    for (size_t i = from; i < until; i++)
        if (shows_record(&rows->rows[i], finding))
            return i;
    for (size_t i = from; i < until; i++)
        if (is_about(&rows->rows[i], finding->subject))
            return i;
    return from;
}

static size_t find_group(const struct rows *rows, const char *label)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].kind == ROW_POLICY && strcmp(rows->rows[i].policy->label, label) == 0)
            return i;
    return rows->count;
}

static size_t end_of_group(const struct rows *rows, size_t at)
{
    do
        at++;
    while (at < rows->count && rows->rows[at].depth > 0);
    return at;
}

/* Opens a group of the mail policy, for the cause may be a row under it. */
static size_t find_in_group(struct ui *ui, struct visit *visit, const char *label,
                            const struct finding *finding)
{
    const struct rows *rows = &visit->page.panes[PANE_MAIL].rows;
    size_t at = find_group(rows, label);

    if (at == rows->count)
        return 0;
    if (rows->rows[at].foldable && !rows->rows[at].unfolded &&
        !is_about(&rows->rows[at], finding->subject)) {
        visit->page.panes[PANE_MAIL].cursor.selected = at;
        rows_unfold(ui, NULL, NULL);
        visit_refresh(ui, visit);
        at = find_group(rows, label);
    }
    return at == rows->count ? 0 : find_row(rows, at, end_of_group(rows, at), finding);
}

static void go_to(struct ui *ui, struct visit *visit, const struct finding *finding)
{
    enum pane pane = pane_of(finding->place);
    struct pane_state *state = &visit->page.panes[pane];

    visit->page.focus = visit->jumped_to = pane;
    visit->jumped = true;
    state->cursor.selected = pane == PANE_MAIL
                                 ? find_in_group(ui, visit, finding->place, finding)
                                 : find_row(&state->rows, 0, state->rows.count, finding);
    visit_note_cursor(visit, pane);
}

void goto_cause(struct ui *ui, const char *argument, struct effects *effects)
{
    const struct row *row = ui_row(ui);
    struct visit *visit = ui_visit(ui);
    const struct finding *finding = row && row->kind == ROW_FINDING ? row->finding : NULL;
    struct finding kept; /* the page may be made anew on the way */
    struct arena *arena;

    (void)argument;
    (void)effects;
    if (!finding) {
        ui_say(ui, ROLE_NOTICE, "this row is not a finding");
        return;
    }
    ui_say(ui, ROLE_NOTICE, "%s: %s", finding->id, finding->text);
    arena = arena_new();
    kept = *finding;
    kept.subject = arena_dup(arena, finding->subject);
    kept.record = finding->record ? arena_dup(arena, finding->record) : NULL;
    go_to(ui, visit, &kept);
    arena_free(arena);
}
