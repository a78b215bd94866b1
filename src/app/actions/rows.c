/* What is done with the rows of a pane: app/actions/perform.h. */
#include "app/actions/perform.h"

#include "app/state/visit.h"
#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/formats/published.h"
#include "view/panes/pane.h"

#include <stdlib.h>
#include <string.h>

static void toggle_fold(struct page *page, const char *key)
{
    for (size_t i = 0; i < page->unfolded_count; i++)
        if (strcmp(page->unfolded[i], key) == 0) {
            free(page->unfolded[i]);
            page->unfolded[i] = page->unfolded[--page->unfolded_count];
            return;
        }
    ARRAY_PUSH(page->unfolded, page->unfolded_count, page->unfolded_capacity, memory_dup(key));
}

/* The row that has others under it: the one under the cursor, or the one it is under. */
static const struct row *fold_row(const struct pane_state *state, size_t *at)
{
    *at = state->cursor.selected;
    if (*at >= state->rows.count)
        return NULL;
    if (state->rows.rows[*at].foldable)
        return &state->rows.rows[*at];
    while (*at > 0 && state->rows.rows[*at].depth >= state->rows.rows[state->cursor.selected].depth)
        --*at;
    return state->rows.rows[*at].foldable ? &state->rows.rows[*at] : NULL;
}

void rows_unfold(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct pane_state *state = visit ? &visit->page.panes[visit->page.focus] : NULL;
    const struct row *row;
    size_t at;

    (void)argument;
    (void)effects;
    if (!visit || !(row = fold_row(state, &at))) {
        ui_say(ui, ROLE_NOTICE, "this row has nothing to expand");
        return;
    }
    state->cursor.selected = at;
    visit_note_cursor(visit, visit->page.focus);
    toggle_fold(&visit->page, row->key);
    visit->stale = true;
}

void rows_unfold_all(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct pane_state *state = visit ? &visit->page.panes[visit->page.focus] : NULL;

    (void)argument;
    (void)effects;
    if (!visit)
        return;
    state->all_unfolded = !state->all_unfolded;
    visit->stale = true;
}

void rows_zoom(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_top(ui);
    struct visit *visit = ui_visit(ui);

    (void)argument;
    (void)effects;
    if (window) {
        window->view.zoomed = !window->view.zoomed;
        window->stale = true;
    } else if (visit) {
        visit->page.zoomed = !visit->page.zoomed;
        visit->stale = true;
    }
}

/* Through the orders of the pane, each forwards and then turned round. */
void rows_sort(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    const struct pane_kind *kind = visit ? pane_kind(visit->page.focus) : NULL;
    struct pane_state *state = visit ? &visit->page.panes[visit->page.focus] : NULL;

    (void)argument;
    (void)effects;
    if (!visit || !kind->orders || !kind->compare) {
        ui_say(ui, ROLE_NOTICE, "these rows have only one order");
        return;
    }
    if (!state->reversed) {
        state->reversed = true;
    } else {
        state->reversed = false;
        state->sort = kind->orders[state->sort + 1] ? state->sort + 1 : 0;
    }
    visit->stale = true;
    ui_say(ui, ROLE_NOTICE, state->reversed ? "sorted by %s, largest first" : "sorted by %s",
           tr(kind->orders[state->sort]));
}

void rows_raw_ttl(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    ui->scene.raw_ttl = !ui->scene.raw_ttl;
    effects_add_file(effects, EFFECT_CONFIG, "ui.raw-ttl", ui->scene.raw_ttl ? "yes" : "no");
}

static void copy_text(struct ui *ui, const struct text *text, struct effects *effects)
{
    if (text->length)
        effects_add_text(effects, EFFECT_COPY, text_get(text), false);
    else
        ui_say(ui, ROLE_NOTICE, "nothing to copy here");
}

/* As the zone has it, not as a cache counts its TTL down. */
static void write_line(struct ui *ui, const struct row *row, struct text *out)
{
    if (row->record)
        published_print(survey_answers(ui_visit(ui)->survey), row->record, out);
    else
        row_line(row, out);
}

static void write_value(struct ui *ui, const struct row *row, struct text *out)
{
    (void)ui;
    row_value(row, out);
}

static void copy_row(struct ui *ui, struct effects *effects,
                     void (*write)(struct ui *ui, const struct row *row, struct text *out))
{
    struct window *window = window_top(ui);
    const struct row *row = window ? NULL : ui_row(ui);
    struct text text = {0};

    if (window) {
        const struct overlay_side *side = window_side(window);
        if (window_line(window) && window_line(window)->value)
            text_add(&text, window_line(window)->value);
        else if (side->sheet && side->cursor.selected < side->sheet->count)
            sheet_text(side->sheet, side->cursor.selected, &text);
    } else if (row) {
        write(ui, row, &text);
    }
    copy_text(ui, &text, effects);
    text_clear(&text);
}

void rows_copy(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    copy_row(ui, effects, write_value);
}

void rows_copy_line(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    copy_row(ui, effects, write_line);
}
