#include "view/canvas/frame.h"

#include "base/utf8.h"

/* Which of its four neighbours a crossing is joined to. */
enum arm { ARM_UP = 1, ARM_DOWN = 2, ARM_LEFT = 4, ARM_RIGHT = 8 };

static const char *const glyphs[16] = {
    [ARM_LEFT | ARM_RIGHT] = "─",
    [ARM_UP | ARM_DOWN] = "│",
    [ARM_DOWN | ARM_RIGHT] = "┌",
    [ARM_DOWN | ARM_LEFT] = "┐",
    [ARM_UP | ARM_RIGHT] = "└",
    [ARM_UP | ARM_LEFT] = "┘",
    [ARM_UP | ARM_DOWN | ARM_RIGHT] = "├",
    [ARM_UP | ARM_DOWN | ARM_LEFT] = "┤",
    [ARM_DOWN | ARM_LEFT | ARM_RIGHT] = "┬",
    [ARM_UP | ARM_LEFT | ARM_RIGHT] = "┴",
    [ARM_UP | ARM_DOWN | ARM_LEFT | ARM_RIGHT] = "┼",
};

static void put(struct canvas *canvas, int x, int y, unsigned arms, enum role role)
{
    canvas_put(canvas, canvas_area(canvas), x, y, role, glyphs[arms]);
}

static unsigned crossing(size_t column, size_t x_count, size_t row, size_t y_count, bool foot)
{
    bool inner = column > 0 && column + 1 < x_count;
    size_t last = inner && foot ? y_count - 2 : y_count - 1;

    return (row > 0 && row <= last ? ARM_UP : 0u) | (row < last ? ARM_DOWN : 0u) |
           (column > 0 ? ARM_LEFT : 0u) | (column + 1 < x_count ? ARM_RIGHT : 0u);
}

void frame_grid(struct canvas *canvas, const int *xs, size_t x_count, const int *ys, size_t y_count,
                bool foot, enum role role)
{
    for (size_t row = 0; row < y_count; row++)
        for (int x = xs[0]; x <= xs[x_count - 1]; x++)
            put(canvas, x, ys[row], ARM_LEFT | ARM_RIGHT, role);
    for (size_t column = 0; column < x_count; column++) {
        bool inner = column > 0 && column + 1 < x_count;
        int end = ys[inner && foot ? y_count - 2 : y_count - 1];
        for (int y = ys[0]; y <= end; y++)
            put(canvas, xs[column], y, ARM_UP | ARM_DOWN, role);
    }
    for (size_t row = 0; row < y_count; row++)
        for (size_t column = 0; column < x_count; column++)
            put(canvas, xs[column], ys[row], crossing(column, x_count, row, y_count, foot), role);
}

void frame_highlight(struct canvas *canvas, struct area inside, enum role role)
{
    struct area around = {inside.x - 1, inside.y - 1, inside.width + 2, inside.height + 2};

    canvas_paint(canvas, (struct area){around.x, around.y, around.width, 1}, role);
    canvas_paint(canvas, (struct area){around.x, around.y + around.height - 1, around.width, 1},
                 role);
    canvas_paint(canvas, (struct area){around.x, around.y, 1, around.height}, role);
    canvas_paint(canvas, (struct area){around.x + around.width - 1, around.y, 1, around.height},
                 role);
}

int frame_title(struct canvas *canvas, struct area line, int x, int columns, enum role role,
                const char *text)
{
    int used = utf8_columns(text);

    used = used > columns - 2 ? columns - 2 : used;
    if (used < 1)
        return 0;
    if (x < 0)
        x = line.width + x - used - 2;
    canvas_put(canvas, line, x, 0, role, " ");
    canvas_put_fit(canvas, line, x + 1, 0, used, role, text);
    canvas_put(canvas, line, x + 1 + used, 0, role, " ");
    return used + 2;
}
