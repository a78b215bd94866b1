#include "view/panes/pane.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"
#include "sheet/words.h"

#include <string.h>

#define PANE_ROW(identifier, name) &pane_##name,
static const struct pane_kind *const kinds[PANE_COUNT] = {PANE_LIST(PANE_ROW)};
#undef PANE_ROW

const struct pane_kind *pane_kind(enum pane pane)
{
    return kinds[pane];
}

/* Keeps the rows that have the text in them, and the rows under these. */
static void filter_rows(struct rows *rows, const char *filter)
{
    struct text text = {0};
    size_t kept = 0;
    bool parent_kept = false;

    for (size_t i = 0; i < rows->count; i++) {
        bool keep = parent_kept && rows->rows[i].depth > 0;
        text_cut(&text, 0);
        row_text(&rows->rows[i], &text);
        keep = keep || words_find(text_get(&text), filter);
        if (rows->rows[i].depth == 0)
            parent_kept = keep;
        if (keep)
            rows->rows[kept++] = rows->rows[i];
    }
    rows->hidden = rows->count - kept;
    rows->count = kept;
    text_clear(&text);
}

/* A row with the rows under it moves as one. */
struct block {
    size_t first, count;
};

static size_t find_blocks(const struct rows *rows, struct block *blocks)
{
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].depth == 0 || count == 0)
            blocks[count++] = (struct block){i, 1};
        else
            blocks[count - 1].count++;
    return count;
}

/* Insertion sort: stable, and the lists are short. */
static void sort_blocks(const struct rows *rows, struct block *blocks, size_t count,
                        const struct pane_kind *kind, unsigned order)
{
    for (size_t i = 1; i < count; i++) {
        struct block moving = blocks[i];
        size_t place = i;
        for (; place > 0; place--) {
            const struct row *before = &rows->rows[blocks[place - 1].first];
            if (kind->compare(before, &rows->rows[moving.first], order) <= 0)
                break;
            blocks[place] = blocks[place - 1];
        }
        blocks[place] = moving;
    }
}

static void sort_rows(struct rows *rows, const struct pane_kind *kind,
                      const struct pane_state *state, struct arena *arena)
{
    struct block *blocks = arena_alloc(arena, rows->count, sizeof *blocks);
    struct row *sorted = arena_alloc(arena, rows->count, sizeof *sorted);
    size_t count = find_blocks(rows, blocks), used = 0;

    if (state->sort && kind->compare)
        sort_blocks(rows, blocks, count, kind, state->sort);
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &blocks[state->reversed ? count - 1 - i : i];
        memcpy(&sorted[used], &rows->rows[block->first], block->count * sizeof *sorted);
        if (state->sort || state->reversed)
            sorted[used].continued = false;
        used += block->count;
    }
    rows->rows = sorted;
    rows->capacity = rows->count;
}

static void find_identity(struct pane_state *state, const char *identity)
{
    struct text text = {0};
    size_t count = state->rows.count, at = state->cursor.selected;

    for (size_t i = 0; i <= count; i++) { /* first where it was, then from the top */
        size_t place = i == 0 ? at : i - 1;
        if (place >= count)
            continue;
        text_cut(&text, 0);
        row_identity(&state->rows.rows[place], &text);
        if (strcmp(text_get(&text), identity) == 0) {
            state->cursor.selected = place;
            break;
        }
    }
    text_clear(&text);
}

void pane_list(const struct scene *scene, struct page *page, enum pane pane, struct arena *arena,
               const char *identity)
{
    struct pane_state *state = &page->panes[pane];
    const struct pane_kind *kind = kinds[pane];

    state->rows = (struct rows){0};
    if (page->facts)
        kind->rows(scene, page, arena, &state->rows);
    if (state->filter)
        filter_rows(&state->rows, state->filter);
    if (state->sort || state->reversed)
        sort_rows(&state->rows, kind, state, arena);
    if (kind->arrange)
        kind->arrange(&state->rows);
    if (identity)
        find_identity(state, identity);
    if (state->cursor.selected >= state->rows.count)
        state->cursor.selected = state->rows.count ? state->rows.count - 1 : 0;
}

const struct row *pane_row(const struct page *page, enum pane pane)
{
    const struct pane_state *state = &page->panes[pane];

    return state->cursor.selected < state->rows.count ? &state->rows.rows[state->cursor.selected]
                                                      : NULL;
}

size_t cursor_top(const struct cursor *cursor, size_t count, int height)
{
    size_t lines = height > 0 ? (size_t)height : 1, top = cursor->top;

    if (count <= lines)
        return 0;
    if (top + lines > count)
        top = count - lines;
    if (cursor->selected < top)
        top = cursor->selected;
    if (cursor->selected >= top + lines)
        top = cursor->selected - lines + 1;
    return top;
}

static void mark_match(struct canvas *canvas, struct area line, const struct row *row,
                       const char *search)
{
    struct text text = {0};

    row_text(row, &text);
    if (words_find(text_get(&text), search))
        canvas_paint(canvas, (struct area){line.x - 2, line.y, 1, 1}, ROLE_SEARCH_MATCH);
    text_clear(&text);
}

/* Is the record one that was not there when the page was first asked for? */
static bool is_changed(const struct page *page, const struct row *row)
{
    struct text line = {0};
    char type[TYPE_TEXT];
    bool found = false;

    if (!row->record || !page->changed_count)
        return false;
    text_format(&line, "%s %s %s", row->record->owner, type_text(row->record->type, type),
                row->record->rdata);
    for (size_t i = 0; i < page->changed_count && !found; i++)
        found = strcmp(page->changed[i], text_get(&line)) == 0;
    text_clear(&line);
    return found;
}

static void draw_row(const struct scene *scene, enum pane pane, const struct row *row,
                     struct canvas *canvas, struct area line, bool focused)
{
    struct area inner = {line.x + 2, line.y, line.width - 3, 1};

    kinds[pane]->draw(scene, row, canvas, inner, focused);
    if (is_changed(scene->page, row))
        canvas_put(canvas, line, 1, 0, ROLE_CHANGED, "+");
    if (focused) {
        canvas_paint(canvas, line, ROLE_ROW_SELECTED);
        canvas_put(canvas, line, 0, 0, ROLE_ROW_SELECTED, "▸");
        canvas_cursor_set(canvas, line.x, line.y);
    }
    if (scene->search)
        mark_match(canvas, inner, row, scene->search);
}

/* "▴ 2  ▾ 5 more": rows that are not seen above and below. */
void pane_hidden(const struct pane_state *state, int height, struct text *out)
{
    size_t lines = height > 0 ? (size_t)height : 0, count = state->rows.count;
    size_t top = cursor_top(&state->cursor, count, height), below;
    char number[WORD_SIZE];

    if (lines == 0)
        return;
    below = (count > top + lines ? count - top - lines : 0) + state->rows.cut;
    if (top)
        text_format(out, "▴ %s  ", number_words(top, number));
    if (below) {
        text_add(out, "▾ ");
        text_format(out, tr("%s more"), number_words(below, number));
        text_add(out, "  ");
    }
}

void pane_draw(const struct scene *scene, enum pane pane, struct canvas *canvas, struct area area)
{
    const struct page *page = scene->page;
    const struct pane_state *state = &page->panes[pane];
    bool active = page->focus == pane && !scene->prompt.active && !scene->overlay_count;
    size_t top = cursor_top(&state->cursor, state->rows.count, area.height), shown = 0;

    for (; (int)shown < area.height && top + shown < state->rows.count; shown++) {
        struct area line = {area.x, area.y + (int)shown, area.width, 1};
        size_t index = top + shown;
        draw_row(scene, pane, &state->rows.rows[index], canvas, line,
                 active && index == state->cursor.selected);
    }
    if (state->rows.count == 0 && state->filter)
        canvas_put_fit(canvas, area, 2, 0, area.width - 3, ROLE_DIM,
                       tr("no row contains this text"));
    if (state->rows.count == 0 && active)
        canvas_cursor_set(canvas, area.x, area.y);
}
