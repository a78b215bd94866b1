/* Keys in the page of a lesson: app/actions/play.h. */
#include "app/actions/perform.h"
#include "app/actions/play.h"
#include "app/state/lecture_view.h"
#include "app/state/visit.h"
#include "sheet/lessons/lesson_sheet.h"
#include "view/panes/pane.h"

#include <string.h>

enum { PAGE_LINES = 8 };

static void focus(struct ui *ui, bool focused)
{
    ui->lecture->focused = focused;
    windows_stale(ui, false);
}

/* To the other side of the window, or the next pane; false when that was the last. */
static bool move_on(struct ui *ui)
{
    struct window *window = window_top(ui);
    struct visit *visit = ui_visit(ui);

    if (window) {
        if (!window->kind->two_sided || window->view.side)
            return false;
        window->view.side = 1;
        return true;
    }
    if (!visit || visit->page.focus == visit->page.places[PANE_COUNT - 1])
        return false;
    move_next_pane(ui, NULL, NULL);
    return true;
}

void play_page(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);

    (void)argument;
    (void)effects;
    if (!ui->lecture)
        return;
    if (ui->lecture->focused) {
        focus(ui, false);
        if (window_top(ui))
            window_top(ui)->view.side = 0;
        else if (visit)
            visit->page.focus = visit->page.places[0];
    } else if (!move_on(ui) && ui->scene.panel) {
        focus(ui, true);
    }
}

static bool is_enter(enum action action)
{
    const char *keys = action_get(action)->keys;

    return strcmp(keys, "Enter") == 0 || strncmp(keys, "Enter ", 6) == 0;
}

/* Enter: the step at hand goes on, a past one is gone back to, a choice is made. */
static void choose(struct ui *ui, struct effects *effects)
{
    const struct sheet *sheet = ui->panel.sides[0].sheet;
    struct lecture *lecture = ui->lecture;
    int number = sheet && lecture->line < sheet->count ? sheet->lines[lecture->line].number : -1;
    char digit[] = {(char)('1' + number - LESSON_CHOICE), '\0'};

    if (number >= LESSON_CHOICE)
        play_choose(ui, digit, effects);
    else if (number >= 0 && (size_t)number != lecture->at.step)
        play_go(ui, (struct position){(size_t)number, 0}, effects);
    else
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
