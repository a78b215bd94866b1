#include "app/state/list.h"

#include "base/message.h"
#include "view/screen/layout.h"

#include <string.h>

struct sheet *list_side(struct ui *ui, struct window *window, int side, const char *title,
                        const char *right)
{
    struct overlay_side *shown = &window->view.sides[side];
    struct layout layout;

    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    shown->title = tr(title);
    shown->right = right ? tr(right) : NULL;
    shown->sheet = sheet_new(window->arena, overlay_columns(&window->view, &layout, side));
    shown->sheet->plain = ui->settings.ascii && !message_code();
    shown->sheet->shown = window_shown(ui, window);
    shown->sheet->blank = shown->sheet->shown && !window->runs;
    return shown->sheet;
}

struct sheet *list_sheet(struct ui *ui, struct window *window, const char *title, const char *right)
{
    return list_side(ui, window, 0, title, right);
}

void list_place(struct ui *ui, struct window *window, const char *key)
{
    const struct sheet *sheet;

    windows_refresh(ui);
    sheet = window->view.sides[0].sheet;
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->lines[i].key && strcmp(sheet->lines[i].key, key) == 0)
            window->view.sides[0].cursor.selected = i;
}
