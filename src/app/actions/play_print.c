/* The window on top, on paper: app/actions/play.h. */
#include "app/actions/play.h"

#include "report/sheet_print.h"

enum { PAPER_COLUMNS = 68, FRAME_COLUMNS = 3, PAPER_ROWS = 400 };

static void print_side(const struct overlay_side *side, struct text *out)
{
    if (!side->sheet)
        return;
    text_format(out, "  %s%s%s\n", side->title ? side->title : "", side->right ? "  " : "",
                side->right ? side->right : "");
    sheet_print(side->sheet, out);
}

/* Nothing was drawn that could stand there. */
static bool is_blank(const struct window *window, int side)
{
    return window->view.sides[side].sheet && window->view.sides[side].sheet->blank;
}

void play_print_window(struct ui *ui, struct text *out)
{
    int width = ui->width, height = ui->height;

    if (!window_top(ui))
        return;
    ui->lecture->hidden = true;
    ui->width = PAPER_COLUMNS + FRAME_COLUMNS;
    ui->height = PAPER_ROWS;
    windows_stale(ui, false);
    ui_refresh(ui);
    for (int side = 0; side < OVERLAY_SIDES; side++)
        if (side == 0 || !is_blank(window_top(ui), side))
            print_side(&window_top(ui)->view.sides[side], out);
    ui->lecture->hidden = false;
    ui->width = width;
    ui->height = height;
    windows_stale(ui, false);
    ui_refresh(ui);
}
