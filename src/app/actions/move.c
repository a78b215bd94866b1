#include "app/actions/perform.h"

#include "app/state/visit.h"
#include "view/panes/pane.h"
#include "view/screen/layout.h"

#include <stdlib.h>
#include <string.h>

/* Lines of the pane with the focus. */
static long page_height(struct ui *ui, const struct visit *visit)
{
    struct layout layout;

    ui->scene.page = &visit->page;
    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    return layout.panes[visit->page.focus].height > 1 ? layout.panes[visit->page.focus].height : 1;
}

static void move_rows(struct ui *ui, struct visit *visit, long lines)
{
    struct pane_state *state = &visit->page.panes[visit->page.focus];
    long count = (long)state->rows.count, at = (long)state->cursor.selected;

    at = lines > count - 1 - at ? count - 1 : at + lines < 0 ? 0 : at + lines;
    state->cursor.selected = at < 0 ? 0 : (size_t)at;
    state->cursor.top = cursor_top(&state->cursor, state->rows.count, (int)page_height(ui, visit));
    visit_note_cursor(visit, visit->page.focus);
}

/* By lines, or by halves of what is seen at once. */
static void move_by(struct ui *ui, long lines, long halves, struct effects *effects)
{
    struct window *window = window_top(ui);
    struct visit *visit = ui_visit(ui);

    if (window) {
        struct layout layout;
        struct area areas[OVERLAY_SIDES];
        layout_compute(&ui->scene, ui->width, ui->height, &layout);
        overlay_areas(&window->view, &layout, areas);
        window_move(ui, window, lines + halves * areas[window->view.side].height / 2, effects);
    } else if (visit) {
        move_rows(ui, visit, lines + (halves ? halves * page_height(ui, visit) / 2 : 0));
    }
}

void move_lines(struct ui *ui, long lines, struct effects *effects)
{
    move_by(ui, lines, 0, effects);
}

void move_halves(struct ui *ui, long halves, struct effects *effects)
{
    move_by(ui, 0, halves, effects);
}

static int place_of(const struct page *page, enum pane pane)
{
    int place = 0;

    while (page->places[place] != pane)
        place++;
    return place;
}

static void focus_place(struct visit *visit, int place)
{
    visit->page.focus = visit->page.places[(place + PANE_COUNT) % PANE_COUNT];
    visit->stale = visit->stale || visit->page.zoomed; /* what is unfolded follows the zoom */
}

void move_panes(struct ui *ui, long panes, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);

    (void)effects;
    if (visit)
        focus_place(visit, place_of(&visit->page, visit->page.focus) + (int)panes);
}

/* The pane beside this one on the screen, at about the height of the cursor. */
static void move_aside(struct ui *ui, long direction)
{
    struct visit *visit = ui_visit(ui);
    struct layout layout;
    const struct area *area;
    enum pane pane;

    if (!visit)
        return;
    ui->scene.page = &visit->page;
    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    area = &layout.panes[visit->page.focus];
    pane =
        layout_pane_at(&layout, direction < 0 ? area->x - 2 : area->x + area->width + 2, area->y);
    if (pane != PANE_COUNT && pane != visit->page.focus)
        visit->page.focus = pane;
    else if (layout.column_count == 1)
        focus_place(visit, place_of(&visit->page, visit->page.focus) + (int)direction);
}

static void change_side(struct window *window, int side)
{
    if (window->view.two_sided)
        window->view.side = side;
}

void move_sideways(struct ui *ui, long direction, struct effects *effects)
{
    (void)effects;
    if (window_top(ui))
        change_side(window_top(ui), direction > 0);
    else
        move_aside(ui, direction);
}

void move_pane(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    uint64_t place;

    (void)effects;
    if (visit && ui_number(ui, argument ? argument : "", 1, PANE_COUNT, &place))
        focus_place(visit, (int)place - 1);
}

/* The order holds for the names to come, and the next time. */
static void keep_order(struct ui *ui, const struct page *page, struct effects *effects)
{
    struct text text = {0};

    memcpy(ui->places, page->places, sizeof ui->places);
    for (int i = 0; i < PANE_COUNT; i++)
        text_format(&text, "%s%d", i ? " " : "", (int)page->places[i] + 1);
    effects_add_file(effects, EFFECT_CONFIG, "ui.panes", text_get(&text));
    text_clear(&text);
}

void move_exchange(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    uint64_t number;
    int place, other;
    enum pane moved;

    if (!visit)
        return;
    place = place_of(&visit->page, visit->page.focus);
    other = (place + 1) % PANE_COUNT;
    if (argument && *argument) {
        if (!ui_number(ui, argument, 1, PANE_COUNT, &number))
            return;
        other = (int)number - 1;
    }
    moved = visit->page.places[place];
    visit->page.places[place] = visit->page.places[other];
    visit->page.places[other] = moved;
    keep_order(ui, &visit->page, effects);
}

void move_side(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_top(ui);

    (void)argument;
    (void)effects;
    if (window)
        change_side(window, !window->view.side);
}
