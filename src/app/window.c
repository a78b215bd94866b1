#include "app/window.h"

#include "app/state.h"
#include "base/memory.h"
#include "view/layout.h"
#include "view/pane.h"

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

/* The cursor stays on the line of the same key or number, else at its place. */
static void keep_cursor(struct overlay_side *side, const char *key, int number)
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
    at = at < count ? at : count - 1;
    if (sheet_next(side->sheet, at, 1) < count)
        at = sheet_next(side->sheet, at, 1);
    else if (sheet_next(side->sheet, at, -1) < count)
        at = sheet_next(side->sheet, at, -1);
    side->cursor.selected = at;
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
    window->arena = arena_new();
    window->kind->build(ui, window);
    for (int i = 0; i < OVERLAY_SIDES; i++)
        keep_cursor(&window->view.sides[i], lines[i] ? lines[i]->key : NULL,
                    lines[i] ? lines[i]->number : -1);
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

/* Lines the side shows at once. */
static int side_height(const struct ui *ui, const struct window *window)
{
    struct layout layout;
    struct area areas[OVERLAY_SIDES];

    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    overlay_areas(&window->view, &layout, areas);
    return areas[window->view.side].height > 0 ? areas[window->view.side].height : 1;
}

void window_jump(struct ui *ui, struct window *window, size_t line, struct effects *effects)
{
    struct overlay_side *side = window_side(window);
    size_t count = side->sheet ? side->sheet->count : 0, at;

    if (!count)
        return;
    at = line < count ? line : count - 1;
    if (sheet_next(side->sheet, at, 1) < count)
        at = sheet_next(side->sheet, at, 1);
    else if (sheet_next(side->sheet, at, -1) < count)
        at = sheet_next(side->sheet, at, -1);
    side->cursor.selected = at;
    side->cursor.top = cursor_top(&side->cursor, count, side_height(ui, window));
    if (window->kind->moved)
        window->kind->moved(ui, window, effects);
}

/* No line to stand on: the sheet moves under the window. */
static void scroll(const struct ui *ui, struct window *window, long lines)
{
    struct overlay_side *side = window_side(window);
    long height = side_height(ui, window), count = (long)side->sheet->count;
    long top = (long)cursor_top(&side->cursor, side->sheet->count, (int)height) + lines;

    top = top > count - height ? count - height : top;
    top = top < 0 ? 0 : top;
    side->cursor.top = side->cursor.selected = (size_t)top;
}

void window_move(struct ui *ui, struct window *window, long lines, struct effects *effects)
{
    struct overlay_side *side = window_side(window);
    int direction = lines < 0 ? -1 : 1;
    size_t count = side->sheet ? side->sheet->count : 0, at = side->cursor.selected;

    if (!count)
        return;
    if (sheet_next(side->sheet, 0, 1) == count) {
        scroll(ui, window, lines);
        return;
    }
    for (long i = lines < 0 ? -lines : lines; i > 0; i--) {
        size_t next = sheet_next(side->sheet, at + (size_t)direction, direction);
        if (next >= count)
            break;
        at = next;
    }
    side->cursor.selected = at;
    side->cursor.top = cursor_top(&side->cursor, count, side_height(ui, window));
    if (window->kind->moved)
        window->kind->moved(ui, window, effects);
}
