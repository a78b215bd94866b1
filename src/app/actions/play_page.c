/* Keys in the page of a lesson: app/actions/play.h. */
#include "app/actions/perform.h"
#include "app/actions/play.h"
#include "app/state/lecture_view.h"
#include "sheet/lessons/lesson_sheet.h"
#include "view/screen/layout.h"

#include <string.h>

enum { PAGE_LINES = 8, WHEEL_LINES = 3 };
enum { PAGE_MARGIN = 2 }; /* what overlay_draw() leaves free before a line */

static void focus(struct ui *ui, bool focused)
{
    ui->lecture->focused = focused;
    windows_stale(ui, false);
}

/* To the other side of the window, or the next pane; false when that was the last, or where a strip
 * says that the page is behind Tab. */
static bool move_on(struct ui *ui)
{
    struct window *window = window_top(ui);
    struct visit *visit = ui_visit(ui);
    struct layout layout;

    if (window) {
        if (!window->kind->two_sided || window->view.side)
            return false;
        window->view.side = 1;
        return true;
    }
    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    if (!visit || visit->page.focus == visit->page.places[PANE_COUNT - 1] ||
        layout.lesson_place == LESSON_STRIP)
        return false;
    move_panes(ui, 1, NULL);
    return true;
}

/* To the first side or pane, from the last one. */
static bool move_to_first(struct ui *ui)
{
    struct window *window = window_top(ui);
    struct visit *visit = ui_visit(ui);
    bool last = window ? window->view.side != 0
                       : visit && visit->page.focus == visit->page.places[PANE_COUNT - 1];

    if (last && window)
        window->view.side = 0;
    else if (last)
        visit->page.focus = visit->page.places[0];
    return last;
}

/* Where one stands is part of the state: other than in the page one strays. */
void play_page(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    (void)effects;
    if (!ui->lecture)
        return;
    if (ui->lecture->focused) {
        focus(ui, false);
        if (move_to_first(ui))
            play_note_moved(ui);
    } else if (move_on(ui)) {
        play_note_moved(ui);
    } else if (ui->scene.panel) {
        focus(ui, true);
    }
}

static bool is_enter(enum action action)
{
    const char *keys = action_get(action)->keys;

    return strcmp(keys, "Enter") == 0 || strncmp(keys, "Enter ", 6) == 0;
}

/* A choice is made, a past step gone back to; false where the number stands for neither. */
static bool take(struct ui *ui, int number, struct effects *effects)
{
    char digit[] = {(char)('1' + number - LESSON_CHOICE), '\0'};

    if (number >= LESSON_CHOICE)
        play_choose(ui, digit, effects);
    else if (number >= 0 && (size_t)number != ui->lecture->at.step)
        play_go(ui, (struct position){(size_t)number, 0}, effects);
    else
        return false;
    return true;
}

/* Enter: the same, or the step at hand goes on. */
static void choose(struct ui *ui, struct effects *effects)
{
    const struct sheet *sheet = ui->panel.sides[0].sheet;

    if (!sheet || !take(ui, lesson_number_at(sheet, ui->lecture->line, 0), effects))
        play_next(ui, NULL, effects);
}

bool play_page_key(struct ui *ui, enum action action, struct effects *effects)
{
    switch (action) {
    case ACTION_UP:
        lecture_view_move(ui, -1);
        return true;
    case ACTION_DOWNWARDS:
        lecture_view_move(ui, 1);
        return true;
    case ACTION_PAGE_UP:
    case ACTION_HALF_UP:
        lecture_view_scroll(ui, -PAGE_LINES);
        return true;
    case ACTION_PAGE_DOWN:
    case ACTION_HALF_DOWN:
        lecture_view_scroll(ui, PAGE_LINES);
        return true;
    case ACTION_CLOSE:
        focus(ui, false);
        return true;
    default:
        if (!is_enter(action))
            return false;
        choose(ui, effects);
        return true;
    }
}

bool play_page_mouse(struct ui *ui, const struct event *event, struct effects *effects)
{
    const struct overlay_view *panel = ui->scene.panel;
    struct area areas[OVERLAY_SIDES], page;
    struct layout layout;

    if (!panel || ui->editor != EDITOR_NONE)
        return false;
    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    overlay_areas(panel, &layout, areas);
    page = areas[0];
    if (event->x < page.x || event->x >= page.x + page.width || event->y < page.y ||
        event->y >= page.y + page.height)
        return false;
    if (event->mouse == MOUSE_WHEEL_UP || event->mouse == MOUSE_WHEEL_DOWN)
        lecture_view_scroll(ui, event->mouse == MOUSE_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
    else
        take(ui,
             lesson_number_at(panel->sides[0].sheet, ui->lecture->top + (size_t)(event->y - page.y),
                              event->x - page.x - PAGE_MARGIN),
             effects);
    return true;
}
