#include "view/screen/layout.h"

#include "view/screen/overlay.h"

#include <string.h>

enum { WIDE_COLUMNS = 150, GRID_COLUMNS = 100, STACK_COLUMNS = 60, STACK_ROWS = 20 };
enum { LESSON_BESIDE_COLUMNS = 120, LESSON_BELOW_ROWS = 30, LESSON_HIGH_ROWS = 36 };

/* Lines of the strip at the bottom that explains the row under the cursor. */
static int detail_lines(int width, int height)
{
    if (height < 14)
        return 1;
    if (height < 30)
        return width < GRID_COLUMNS ? 3 : 2;
    return 3;
}

/* A pane alone on the screen lends the strip the lines that it has no rows for: a long sentence is
 * read to its end there. */
static int zoomed_lines(const struct page *page, int height, int lines)
{
    enum { MOST = 14, FRAME = 6 };
    int free = height - lines - FRAME - (int)page->panes[page->focus].rows.count;

    if (free <= 0)
        return lines;
    return lines + free < MOST ? lines + free : MOST;
}

/* The pane shown at a place of the grid, counted along the rows; PANE_COUNT for none. */
static enum pane pane_in(const struct layout *layout, const struct page *page, int column, int band)
{
    int place = band * layout->column_count + column;

    if (layout->tabs)
        return page->focus;
    if (layout->column_count == LAYOUT_COLUMNS) /* the last column holds the last two panes */
        place = column == 2 ? 4 + band : band * 2 + column;
    return place < PANE_COUNT ? page->places[place] : PANE_COUNT;
}

static void split_columns(struct layout *layout, int width)
{
    static const int shares[LAYOUT_COLUMNS][LAYOUT_COLUMNS] = {{100}, {44, 56}, {29, 36, 35}};
    int x = 0;

    for (int i = 0; i < layout->column_count; i++) {
        layout->column_x[i] = x;
        x += (width - 1) * shares[layout->column_count - 1][i] / 100;
    }
    layout->column_x[layout->column_count] = width - 1;
}

/* How many lines a band would fill. */
static int band_need(const struct layout *layout, const struct page *page, int band)
{
    int need = 1;

    for (int column = 0; column < layout->column_count; column++) {
        enum pane pane = pane_in(layout, page, column, band);
        int rows = pane == PANE_COUNT ? 0 : (int)page->panes[pane].rows.count;
        need = rows > need ? rows : need;
    }
    return need;
}

static bool band_focused(const struct layout *layout, const struct page *page, int band)
{
    for (int column = 0; column < layout->column_count; column++)
        if (pane_in(layout, page, column, band) == page->focus)
            return true;
    return false;
}

/* Gives one more line at a time to the band that has most use for it. */
static void share_lines(int *lines, const int *needs, int count, int left)
{
    while (left > 0) {
        int neediest = -1;
        for (int i = 0; i < count; i++)
            if (needs[i] > lines[i] && (neediest < 0 || lines[i] < lines[neediest]))
                neediest = i;
        if (neediest < 0)
            break;
        lines[neediest]++;
        left--;
    }
    for (int i = 0; left > 0; i = (i + 1) % count) { /* everything is shown: spread the rest */
        lines[i]++;
        left--;
    }
}

/* Lines inside every band: first a few for the pane with the focus, then one each, then half of
 * what is left for the pane with the focus, then wherever they are of use. Bands of a crowded
 * screen may be left with their title alone. */
static void split_bands(const struct layout *layout, const struct page *page, int height,
                        int *lines)
{
    int needs[LAYOUT_BANDS], left = height - layout->band_count, focused = 0, limit;
    int wanted = (int)page->panes[page->focus].rows.count; /* not what is beside it */

    for (int i = 0; i < layout->band_count; i++) {
        needs[i] = band_need(layout, page, i);
        if (band_focused(layout, page, i))
            focused = i;
        lines[i] = 0;
    }
    limit = left < 4 ? left : 4;
    while (lines[focused] < wanted && lines[focused] < limit) {
        lines[focused]++;
        left--;
    }
    for (int i = 0; i < layout->band_count && left > 0; i++)
        if (lines[i] == 0) {
            lines[i] = 1;
            left--;
        }
    limit = lines[focused] + (left + 1) / 2;
    while (left > 0 && lines[focused] < wanted && lines[focused] < limit) {
        lines[focused]++;
        left--;
    }
    share_lines(lines, needs, layout->band_count, left > 0 ? left : 0);
}

static void place_panes(struct layout *layout, const struct page *page)
{
    int lines[LAYOUT_BANDS], y = layout->body.y;

    split_bands(layout, page, layout->body.height, lines);
    for (int band = 0; band < layout->band_count; band++) {
        layout->band_y[band] = y;
        for (int column = 0; column < layout->column_count; column++) {
            enum pane pane = pane_in(layout, page, column, band);
            int x = layout->column_x[column];
            if (pane != PANE_COUNT)
                layout->panes[pane] =
                    (struct area){x + 1, y + 1, layout->column_x[column + 1] - x - 1, lines[band]};
        }
        y += lines[band] + 1;
    }
    layout->band_y[layout->band_count] = layout->body.y + layout->body.height;
}

static void choose_grid(const struct scene *scene, int width, int height, struct layout *layout)
{
    bool zoomed = scene->page && scene->page->zoomed;

    layout->tabs = zoomed || width < STACK_COLUMNS || height < STACK_ROWS;
    layout->column_count = layout->tabs || width < GRID_COLUMNS ? 1 : width < WIDE_COLUMNS ? 2 : 3;
    layout->band_count = layout->tabs ? 1 : PANE_COUNT / layout->column_count;
    split_columns(layout, width);
}

static void place_window(struct layout *layout)
{
    struct area body = layout->body;
    int below = body.height + 1 + layout->detail.height;

    layout->whole = (struct area){0, body.y, body.width, below + 1};
    if (layout->column_count == LAYOUT_COLUMNS) { /* beside the first column */
        layout->window = (struct area){layout->column_x[1], body.y,
                                       body.width - layout->column_x[1], body.height + 1};
        return;
    }
    layout->window = layout->whole;
    if (layout->column_count == 2 && layout->band_count > 1 && body.height >= 24) {
        int top = layout->band_y[1] - body.y; /* below the first band */
        layout->window.y += top;
        layout->window.height -= top;
    }
}

static enum lesson_place place_of_lesson(const struct scene *scene, int width, int height)
{
    if (!scene->panel)
        return LESSON_NONE;
    if (width < STACK_COLUMNS || height < STACK_ROWS)
        return scene->panel->focused ? LESSON_OVER : LESSON_NONE;
    if (width >= LESSON_BESIDE_COLUMNS)
        return LESSON_BESIDE;
    if (height >= LESSON_BELOW_ROWS)
        return LESSON_BELOW;
    return scene->panel->focused ? LESSON_OVER : LESSON_STRIP;
}

/* Takes the page of a lesson off the screen between the prompt and the bar. */
static void take_lesson(const struct scene *scene, int *width, int *height, struct layout *layout)
{
    static const int strip = 5, low = 10, high = 14, narrow = 43, wide = 50;
    int rows = *height >= LESSON_HIGH_ROWS ? high : low;
    int columns = *width >= WIDE_COLUMNS ? wide : narrow;

    layout->lesson_place = place_of_lesson(scene, *width, *height);
    switch (layout->lesson_place) {
    case LESSON_NONE:
        break;
    case LESSON_BESIDE:
        layout->lesson = (struct area){*width - columns, 2, columns, *height - 3};
        *width -= columns - 1;
        break;
    case LESSON_BELOW:
        layout->lesson = (struct area){0, *height - 1 - rows, *width, rows};
        *height -= rows - 1;
        break;
    case LESSON_STRIP:
        layout->lesson = (struct area){0, *height - 1 - strip, *width, strip};
        *height -= strip - 1;
        break;
    case LESSON_OVER:
        layout->lesson = (struct area){0, 2, *width, *height - 3};
        break;
    }
}

void layout_compute(const struct scene *scene, int width, int height, struct layout *layout)
{
    int y = 2, lines;

    memset(layout, 0, sizeof *layout);
    layout->too_small = width < LAYOUT_LEAST_COLUMNS || height < LAYOUT_LEAST_ROWS;
    layout->title = (struct area){0, 0, width, 1};
    layout->prompt = (struct area){0, 1, width, 1};
    layout->bar = (struct area){0, height - 1, width, 1};
    if (layout->too_small)
        return;
    take_lesson(scene, &width, &height, layout);
    lines = layout->lesson_place == LESSON_STRIP ? 1 : detail_lines(width, height);
    if (scene->page && scene->page->zoomed && scene->page->focus == PANE_FINDINGS &&
        height >= STACK_ROWS)
        lines = zoomed_lines(scene->page, height, lines);
    choose_grid(scene, width, height, layout);
    if (layout->tabs && width < STACK_COLUMNS + 20) {
        layout->strip = (struct area){0, y, width, 1};
        y++;
    }
    layout->detail = (struct area){1, height - 2 - lines, width - 2, lines};
    layout->body = (struct area){0, y, width, layout->detail.y - 1 - y};
    if (scene->page)
        place_panes(layout, scene->page);
    place_window(layout);
}

enum pane layout_pane_at(const struct layout *layout, int x, int y)
{
    for (int i = 0; i < PANE_COUNT; i++) {
        const struct area *area = &layout->panes[i];
        if (area->width && x >= area->x - 1 && x < area->x + area->width + 1 && y >= area->y - 1 &&
            y < area->y + area->height)
            return (enum pane)i;
    }
    return PANE_COUNT;
}
