#include "app/state/window.h"

#include "app/state/state.h"
#include "base/memory.h"
#include "view/panes/pane.h"
#include "view/screen/layout.h"

#include <stdlib.h>
#include <string.h>

struct window *window_open(struct ui *ui, const struct window_kind *kind, void *state,
                           struct effects *effects)
{
    struct window *window = memory_new(1, sizeof *window);

    if (ui->window_count == WINDOWS_MAX)
        windows_close_all(ui, effects);
    window->kind = kind;
    window->state = state;
    window->stale = true;
    window->shown = 1;
    window->view.place = kind->place;
    window->view.two_sided = kind->two_sided;
    window->view.stacked = kind->stacked;
    ui->windows[ui->window_count++] = window;
    return window;
}

static void window_free(struct ui *ui, struct window *window, struct effects *effects)
{
    if (window->kind->close)
        window->kind->close(ui, window, effects);
    arena_free(window->arena);
    free(window->state);
    free(window);
}

void windows_drop_double(struct ui *ui, struct effects *effects)
{
    size_t count = ui->window_count;

    if (count < 2 || ui->windows[count - 1]->kind != ui->windows[count - 2]->kind)
        return;
    window_free(ui, ui->windows[count - 2], effects);
    ui->windows[count - 2] = ui->windows[count - 1];
    ui->window_count--;
}

bool window_close(struct ui *ui, struct effects *effects)
{
    if (!ui->window_count)
        return false;
    window_free(ui, ui->windows[--ui->window_count], effects);
    return true;
}

void windows_close_all(struct ui *ui, struct effects *effects)
{
    while (window_close(ui, effects))
        ;
}

struct window *window_top(const struct ui *ui)
{
    return ui->window_count ? ui->windows[ui->window_count - 1] : NULL;
}

struct window *window_of(const struct ui *ui, const struct window_kind *kind)
{
    struct window *window = window_top(ui);

    return window && window->kind == kind ? window : NULL;
}

bool window_step(const struct ui *ui, int step)
{
    struct window *window = window_top(ui);

    return window && window->kind->step && window->kind->step(window, step);
}

void windows_stale(struct ui *ui, bool by_reply)
{
    for (size_t i = 0; i < ui->window_count; i++)
        if (!by_reply || ui->windows[i]->kind->every_reply)
            ui->windows[i]->stale = true;
}

void windows_forget(struct ui *ui)
{
    for (size_t i = 0; i < ui->window_count; i++) {
        struct window *window = ui->windows[i];
        if (window->kind->forget) {
            window->kind->forget(window);
            window->busy = window->kind->work != NULL;
        }
        window->stale = true;
    }
}

/* A line to stand on: this one, the next, or the one before; itself when there is none. */
static size_t nearest(const struct sheet *sheet, size_t line)
{
    size_t next = sheet_next(sheet, line, 1), before = sheet_next(sheet, line, -1);

    return next < sheet->count ? next : before < sheet->count ? before : line;
}

/* Lines that side of the window shows at once. */
static int height_of(const struct ui *ui, const struct window *window, int side)
{
    struct layout layout;
    struct area areas[OVERLAY_SIDES];

    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    overlay_areas(&window->view, &layout, areas);
    return areas[side].height > 0 ? areas[side].height : 1;
}

/* The cursor stays on the line of the same key or number, else at its place. What begins with more
 * text than there is room for is shown from its beginning. */
static void keep_cursor(struct overlay_side *side, bool reads, const char *key, int number,
                        int height)
{
    size_t count = side->sheet ? side->sheet->count : 0, at = side->cursor.selected;

    for (size_t i = 0; i < count; i++) {
        const struct sheet_line *line = &side->sheet->lines[i];
        if (line->selectable && line->number == number &&
            (key ? line->key && strcmp(line->key, key) == 0 : !line->key && number >= 0)) {
            side->cursor.selected = i;
            return;
        }
    }
    if (!count)
        return;
    side->cursor.selected = at = at < count ? at : count - 1;
    if (!reads && (at > 0 || nearest(side->sheet, at) < (size_t)height))
        side->cursor.selected = nearest(side->sheet, at);
}

bool windows_reveal(const struct ui *ui)
{
    return ui->reveal == REVEAL_ON ||
           (ui->reveal == REVEAL_AUTO && (ui->lecture || ui->settings.present));
}

size_t window_shown(const struct ui *ui, const struct window *window)
{
    return window->kind->reveals && windows_reveal(ui) ? window->shown : 0;
}

void window_draw_runs(const struct ui *ui, struct window *window, uint64_t runs)
{
    enum { SLICES = 20, GROWS_MS = 1000 };
    uint64_t part = (runs + SLICES - 1) / SLICES;

    window->runs = runs;
    window->slice = WINDOW_SLICE;
    window->grow_ms = 0;
    if (windows_reveal(ui) && runs > 1) {
        window->slice = part < WINDOW_SLICE ? part : WINDOW_SLICE;
        window->grow_ms = (int)(GROWS_MS * window->slice / runs);
    }
    window->busy = true;
    window->stale = true;
}

void windows_hurry(struct ui *ui)
{
    for (size_t i = 0; i < ui->window_count; i++)
        ui->windows[i]->grow_ms = 0;
}

void windows_stop_auto(struct ui *ui)
{
    for (size_t i = 0; i < ui->window_count; i++)
        ui->windows[i]->auto_ms = 0;
}

/* The text of a unit, one line after the other. */
static void unit_text(const struct sheet *sheet, size_t unit, struct text *out)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->lines[i].unit == unit) {
            sheet_text(sheet, i, out);
            text_add_char(out, '\n');
        }
}

static bool same_unit(const struct sheet *a, const struct sheet *b, size_t unit)
{
    struct text before = {0}, after = {0};
    bool same;

    unit_text(a, unit, &before);
    unit_text(b, unit, &after);
    same = strcmp(text_get(&before), text_get(&after)) == 0;
    text_clear(&before);
    text_clear(&after);
    return same;
}

/* What was shown stays so up to the first unit that is another now, which is shown too. */
static bool keep_shown(struct window *window, const struct sheet *before)
{
    const struct sheet *after = window->view.sides[0].sheet;
    size_t unit = 1;

    if (!before || !after || before->width != after->width || before->shown != after->shown)
        return false;
    while (unit < window->shown && same_unit(before, after, unit))
        unit++;
    if (unit >= window->shown)
        return false;
    window->shown = unit;
    return true;
}

static void note_units(const struct ui *ui, struct window *window)
{
    window->units = 0;
    for (int i = 0; i < OVERLAY_SIDES; i++) {
        const struct sheet *sheet = window->view.sides[i].sheet;
        if (sheet && sheet->units > window->units)
            window->units = sheet->units;
    }
    if (window->shown > window->units || !window_shown(ui, window))
        window->shown = window->units ? window->units : 1;
}

static void build_revealed(struct ui *ui, struct window *window)
{
    const struct sheet *before = window->view.sides[0].sheet;
    struct arena *first;

    window->arena = first = arena_new();
    window->kind->build(ui, window);
    if (!window_shown(ui, window) || !keep_shown(window, before))
        return;
    window->arena = arena_new();
    window->kind->build(ui, window); /* looks at the sheets that are there */
    arena_free(first);
}

static void build(struct ui *ui, struct window *window)
{
    struct arena *old = window->arena;
    const struct sheet_line *lines[OVERLAY_SIDES] = {NULL};

    for (int i = 0; i < OVERLAY_SIDES; i++) {
        const struct overlay_side *side = &window->view.sides[i];
        if (side->sheet && side->cursor.selected < side->sheet->count)
            lines[i] = &side->sheet->lines[side->cursor.selected];
    }
    build_revealed(ui, window);
    note_units(ui, window);
    for (int i = 0; i < OVERLAY_SIDES; i++)
        keep_cursor(&window->view.sides[i], window->kind->reads, lines[i] ? lines[i]->key : NULL,
                    lines[i] ? lines[i]->number : -1, height_of(ui, window, i));
    arena_free(old);
    window->stale = false;
}

void windows_refresh(struct ui *ui)
{
    for (size_t i = 0; i < ui->window_count; i++) {
        if (ui->windows[i]->stale)
            build(ui, ui->windows[i]);
        ui->views[i] = ui->windows[i]->view;
    }
    ui->scene.overlays = ui->views;
    ui->scene.overlay_count = ui->window_count;
}

struct overlay_side *window_side(struct window *window)
{
    return &window->view.sides[window->view.side];
}

const struct sheet_line *window_line(struct window *window)
{
    const struct overlay_side *side = window_side(window);

    if (!side->sheet || side->cursor.selected >= side->sheet->count)
        return NULL;
    return side->sheet->lines[side->cursor.selected].selectable
               ? &side->sheet->lines[side->cursor.selected]
               : NULL;
}

static int side_height(const struct ui *ui, const struct window *window)
{
    return height_of(ui, window, window->view.side);
}

/* Everything that belongs to the line of the cursor, up to the next one to stand on, is seen. */
static void show_line(struct overlay_side *side, int height)
{
    size_t count = side->sheet->count, at = side->cursor.selected, lines = (size_t)height;
    size_t end = sheet_next(side->sheet, at + 1, 1);

    side->cursor.top = cursor_top(&side->cursor, count, height);
    if (end > side->cursor.top + lines && end - at <= lines)
        side->cursor.top = end - lines;
}

static void placed(struct ui *ui, struct window *window, struct effects *effects)
{
    show_line(window_side(window), side_height(ui, window));
    if (window->kind->moved)
        window->kind->moved(ui, window, effects);
}

void window_jump(struct ui *ui, struct window *window, size_t line, struct effects *effects)
{
    struct overlay_side *side = window_side(window);
    size_t count = side->sheet ? side->sheet->count : 0;

    if (!count)
        return;
    line = line < count ? line : count - 1;
    side->cursor.selected = window->kind->reads ? line : nearest(side->sheet, line);
    placed(ui, window, effects);
}

/* The sheet moves under the window. */
static void scroll(const struct ui *ui, struct window *window, long lines)
{
    struct overlay_side *side = window_side(window);
    long height = side_height(ui, window), count = (long)side->sheet->count;
    long top = (long)cursor_top(&side->cursor, side->sheet->count, (int)height);
    size_t next;

    top = lines > count - height - top ? count - height : top + lines;
    top = top < 0 ? 0 : top;
    next =
        sheet_next(side->sheet, (size_t)(lines > 0 ? top : top + height - 1), lines > 0 ? 1 : -1);
    if (next < (size_t)top || next >= (size_t)(top + height))
        next = (size_t)top;
    side->cursor.top = (size_t)top;
    side->cursor.selected = next;
}

/* One line further in a text: to the next line to stand on when it is in sight. */
static bool step_in_sight(const struct ui *ui, struct window *window, int direction)
{
    struct overlay_side *side = window_side(window);
    size_t height = (size_t)side_height(ui, window), count = side->sheet->count;
    size_t top = cursor_top(&side->cursor, count, (int)height);
    size_t next = sheet_next(side->sheet, side->cursor.selected + (size_t)direction, direction);

    if (next >= count || next < top || next >= top + height)
        return false;
    side->cursor.selected = next;
    return true;
}

/* Moves over lines that are there; returns how many there were not enough. */
static long step(struct window *window, long lines)
{
    struct overlay_side *side = window_side(window);
    int direction = lines < 0 ? -1 : 1;
    size_t count = side->sheet->count, at = side->cursor.selected;
    long left = lines < 0 ? -lines : lines;

    for (; left > 0; left--) {
        size_t next = sheet_next(side->sheet, at + (size_t)direction, direction);
        if (next >= count)
            break;
        at = next;
    }
    side->cursor.selected = at;
    return left;
}

void window_move(struct ui *ui, struct window *window, long lines, struct effects *effects)
{
    struct overlay_side *side = window_side(window);
    size_t count = side->sheet ? side->sheet->count : 0;

    if (!count)
        return;
    if (sheet_next(side->sheet, 0, 1) == count) {
        scroll(ui, window, lines);
    } else if (window->kind->reads) {
        if ((lines != 1 && lines != -1) || !step_in_sight(ui, window, (int)lines))
            scroll(ui, window, lines);
    } else {
        long left = step(window, lines);
        while (lines > 0 && left-- > 0 && window_reveal(ui, window, effects))
            ;
        placed(ui, window, effects);
    }
}

/* The first line of the unit, on whichever side it is; that side has the cursor then. */
static void go_to_unit(struct ui *ui, struct window *window, struct effects *effects)
{
    for (int side = 0; side < OVERLAY_SIDES; side++) {
        const struct sheet *sheet = window->view.sides[side].sheet;
        for (size_t i = 0; sheet && i < sheet->count; i++)
            if (sheet->lines[i].unit == window->shown && sheet->lines[i].selectable) {
                window->view.side = side;
                window_jump(ui, window, i, effects);
                return;
            }
    }
}

static void show_to(struct ui *ui, struct window *window, size_t units, struct effects *effects)
{
    window->shown = units;
    window->stale = true;
    windows_refresh(ui);
    go_to_unit(ui, window, effects);
}

bool window_reveal(struct ui *ui, struct window *window, struct effects *effects)
{
    if (!window_shown(ui, window) || window->shown >= window->units)
        return false;
    show_to(ui, window, window->shown + 1, effects);
    return true;
}

bool window_conceal(struct ui *ui, struct window *window, struct effects *effects)
{
    if (window_shown(ui, window) < 2)
        return false;
    show_to(ui, window, window->shown - 1, effects);
    return true;
}
