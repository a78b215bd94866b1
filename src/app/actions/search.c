#include "app/actions/search.h"

#include "app/actions/perform.h"
#include "app/state/editor.h"
#include "app/state/visit.h"
#include "base/memory.h"
#include "sheet/words.h"

#include <stdlib.h>

static bool sheet_matches(const struct sheet *sheet, size_t line, const char *search)
{
    struct text text = {0};
    bool found;

    sheet_text(sheet, line, &text);
    found = words_find(text_get(&text), search) != NULL;
    text_clear(&text);
    return found;
}

static bool row_matches(const struct row *row, const char *search)
{
    struct text text = {0};
    bool found;

    row_text(row, &text);
    found = words_find(text_get(&text), search) != NULL;
    text_clear(&text);
    return found;
}

/* The next match from `from` on, round the end; count when there is none. */
static size_t find_match(const struct sheet *sheet, const struct rows *rows, size_t count,
                         size_t from, int direction, const char *search)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = direction > 0 ? (from + i) % count : (from + count - i) % count;
        if (sheet ? sheet_matches(sheet, at, search) : row_matches(&rows->rows[at], search))
            return at;
    }
    return count;
}

/* That a further search did not simply go on from where the cursor was. */
static void say_round(struct ui *ui, int direction, size_t was, size_t at)
{
    if (at == was)
        ui_say(ui, ROLE_NOTICE, "no other match: %s", ui->search);
    else if ((direction > 0) != (at > was))
        ui_say(ui, ROLE_NOTICE,
               direction > 0 ? "continued at the top: %s" : "continued at the end: %s", ui->search);
}

/* False when there is no match, or none behind the cursor and the search went round. */
static bool go_to_match(struct ui *ui, int direction, size_t skip, struct effects *effects)
{
    struct window *window = window_top(ui);
    struct visit *visit = window ? NULL : ui_visit(ui);
    struct pane_state *state = visit ? &visit->page.panes[visit->page.focus] : NULL;
    const struct sheet *sheet = window ? window_side(window)->sheet : NULL;
    struct cursor *cursor = window ? &window_side(window)->cursor : state ? &state->cursor : NULL;
    size_t count = sheet ? sheet->count : state ? state->rows.count : 0, from, at, was;

    if (!ui->search)
        ui_say(ui, ROLE_NOTICE, "nothing to repeat yet: press / to search");
    if (!count || !ui->search)
        return false;
    was = cursor->selected;
    from = direction > 0 ? (cursor->selected + skip) % count
                         : (cursor->selected + count - skip) % count;
    at = find_match(sheet, state ? &state->rows : NULL, count, from, direction, ui->search);
    if (at == count) {
        ui_say(ui, ROLE_NOTICE, "not found: %s", ui->search);
    } else if (window) {
        window_jump(ui, window, at, effects);
        cursor->top = cursor->selected = at;
    } else {
        cursor->selected = at;
        visit_note_cursor(visit, visit->page.focus);
    }
    if (skip && at != count)
        say_round(ui, direction, was, at);
    return at < count && (!skip || direction < 0 || at > was);
}

void search_changed(struct ui *ui, const char *text, struct effects *effects)
{
    char *wanted = *text ? memory_dup(text) : NULL;

    free(ui->search);
    ui->search = wanted;
    if (wanted)
        go_to_match(ui, 1, 0, effects);
}

/* In the help a search goes on to the other pages. */
static void search_help(struct ui *ui)
{
    struct window *window = window_top(ui);

    if (ui->search && window && window->kind->find && window->kind->find(window, ui->search))
        text_cut(&ui->message, 0);
}

void search_submit(struct ui *ui, const char *text, struct effects *effects)
{
    search_changed(ui, text, effects);
    if (!go_to_match(ui, 1, 0, effects))
        search_help(ui);
}

void search_open(struct ui *ui, const char *argument, struct effects *effects)
{
    if (argument && *argument)
        search_submit(ui, argument, effects);
    else
        editor_open(ui, EDITOR_SEARCH, "", false, effects);
}

void search_again(struct ui *ui, long direction, struct effects *effects)
{
    if (!go_to_match(ui, direction, 1, effects) && direction > 0)
        search_help(ui);
}

void search_filter(struct ui *ui, const char *text)
{
    struct visit *visit = ui_visit(ui);
    struct pane_state *state;
    char *wanted;

    if (!visit)
        return;
    wanted = *text ? memory_dup(text) : NULL;
    state = &visit->page.panes[visit->page.focus];
    free(state->filter);
    state->filter = wanted;
    visit->stale = true;
}

void filter_open(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    const char *now = visit ? visit->page.panes[visit->page.focus].filter : NULL;

    if (argument)
        search_filter(ui, argument);
    else
        editor_open(ui, EDITOR_FILTER, now ? now : "", true, effects);
}
