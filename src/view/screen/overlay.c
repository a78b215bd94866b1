#include "view/screen/overlay.h"

#include "base/message.h"
#include "base/utf8.h"
#include "sheet/words.h"
#include "view/canvas/frame.h"
#include "view/panes/pane.h"

#include <stdio.h>
#include <string.h>

enum { SIDE_BY_SIDE_COLUMNS = 86, ABOVE_ROWS = 16, SMALL_COLUMNS = 44 };

static struct area box_of(const struct overlay_view *overlay, const struct layout *layout)
{
    const struct sheet *sheet = overlay->sides[0].sheet;
    struct area whole = layout->whole;
    int rows = sheet ? (int)sheet->count + 2 : 3, width, height;

    if (overlay->place == OVERLAY_WHOLE)
        return whole;
    if (overlay->place == OVERLAY_BESIDE)
        return layout->window;
    if (overlay->place == OVERLAY_LESSON)
        return layout->lesson;
    width = whole.width < SMALL_COLUMNS + 4 ? whole.width : SMALL_COLUMNS + 4;
    height = rows < whole.height ? rows : whole.height;
    return (struct area){whole.x + whole.width - width, whole.y + whole.height - height, width,
                         height};
}

static bool is_beside(const struct overlay_view *overlay, struct area box)
{
    return box.width >= SIDE_BY_SIDE_COLUMNS && !overlay->stacked;
}

/* One below the other takes more lines than a strip of a lesson leaves. */
static bool is_split(const struct overlay_view *overlay, const struct layout *layout,
                     struct area box)
{
    return overlay->two_sided && !overlay->zoomed &&
           (is_beside(overlay, box) ||
            (box.height >= ABOVE_ROWS && layout->lesson_place != LESSON_STRIP));
}

bool overlay_one_side(const struct overlay_view *overlay, const struct layout *layout)
{
    return overlay->two_sided && !is_split(overlay, layout, box_of(overlay, layout));
}

/* Lines for the upper side: a good half, less when it needs less and the lower one has use for
 * them (or the upper one says so). */
static int upper_lines(const struct overlay_view *overlay, int height)
{
    int half = height * 58 / 100;
    const struct sheet *upper = overlay->sides[0].sheet, *lower = overlay->sides[1].sheet;
    bool wanted = overlay->stacked || (lower && (int)lower->count > height - half - 2);

    return wanted && upper && (int)upper->count + 1 < half ? (int)upper->count + 1 : half;
}

/* The boxes of both sides, borders included; they share a border. */
static void boxes_of(const struct overlay_view *overlay, const struct layout *layout,
                     struct area out[OVERLAY_SIDES])
{
    struct area box = box_of(overlay, layout);

    out[0] = out[1] = (struct area){0, 0, 0, 0};
    if (!is_split(overlay, layout, box)) {
        out[overlay->two_sided ? overlay->side : 0] = box;
    } else if (is_beside(overlay, box)) {
        int left = box.width * 53 / 100;
        out[0] = (struct area){box.x, box.y, left + 1, box.height};
        out[1] = (struct area){box.x + left, box.y, box.width - left, box.height};
    } else {
        int upper = upper_lines(overlay, box.height);
        out[0] = (struct area){box.x, box.y, box.width, upper + 1};
        out[1] = (struct area){box.x, box.y + upper, box.width, box.height - upper};
    }
}

void overlay_areas(const struct overlay_view *overlay, const struct layout *layout,
                   struct area out[OVERLAY_SIDES])
{
    boxes_of(overlay, layout, out);
    for (int i = 0; i < OVERLAY_SIDES; i++)
        if (out[i].width)
            out[i] = (struct area){out[i].x + 1, out[i].y + 1, out[i].width - 2, out[i].height - 2};
}

int overlay_columns(const struct overlay_view *overlay, const struct layout *layout, int side)
{
    struct overlay_view shown = *overlay;
    struct area areas[OVERLAY_SIDES];

    overlay_areas(&shown, layout, areas);
    if (!areas[side].width) { /* not shown: as wide as it would be */
        shown.side = side;
        overlay_areas(&shown, layout, areas);
    }
    return overlay->place == OVERLAY_SMALL ? SMALL_COLUMNS - 1
           : areas[side].width > 4         ? areas[side].width - 3
                                           : 1;
}

static void draw_line(const struct scene *scene, const struct sheet_line *line,
                      struct canvas *canvas, struct area area, bool focused)
{
    struct area inner = {area.x + 2, area.y, area.width - 3, 1};

    for (size_t i = 0; i < line->span_count; i++)
        canvas_put(canvas, inner, line->spans[i].column, 0, line->spans[i].role,
                   line->spans[i].text);
    if (line->current)
        canvas_paint(canvas, area, ROLE_STEP_CURRENT);
    if (focused) {
        canvas_paint(canvas, area, ROLE_ROW_SELECTED);
        canvas_put(canvas, area, 0, 0, ROLE_ROW_SELECTED, "▸");
    }
    if (scene->search)
        for (size_t i = 0; i < line->span_count; i++)
            if (words_find(line->spans[i].text, scene->search))
                canvas_paint(canvas, (struct area){area.x + 1, area.y, 1, 1}, ROLE_SEARCH_MATCH);
}

/* Lines that are not seen: "▾ 5 more  ▴ 2"; "" for none. */
static void hidden_lines(const struct overlay_side *side, int height, char text[WORD_SIZE * 3])
{
    size_t count = side->sheet ? side->sheet->count : 0;
    size_t above = count ? cursor_top(&side->cursor, count, height) : 0, length = 0;
    size_t below = count > above + (size_t)height ? count - above - (size_t)height : 0;
    char number[WORD_SIZE], more[WORD_SIZE];

    *text = '\0';
    if (below) {
        snprintf(more, sizeof more, tr("%s more"), number_words(below, number));
        length = (size_t)snprintf(text, WORD_SIZE * 3, "▾ %s", more);
    }
    if (above)
        snprintf(text + length, WORD_SIZE * 3 - length, "%s▴ %s", below ? "  " : "",
                 number_words(above, number));
}

static void draw_more(struct canvas *canvas, struct area inside, const char *hidden)
{
    struct area edge = {inside.x, inside.y - 1, inside.width, inside.height + 2};
    char text[WORD_SIZE * 4];

    snprintf(text, sizeof text, " %s ", hidden);
    if (*hidden)
        canvas_put(canvas, edge, inside.width - utf8_columns(text) - 1, inside.height + 1,
                   ROLE_SCROLL, text);
}

static void draw_side(const struct scene *scene, const struct overlay_view *overlay, int side,
                      struct canvas *canvas, struct area inside, bool top_most)
{
    const struct overlay_side *shown = &overlay->sides[side];
    const struct sheet *sheet = shown->sheet;
    size_t top = sheet ? cursor_top(&shown->cursor, sheet->count, inside.height) : 0, i = 0;
    bool active = top_most && side == overlay->side && !scene->prompt.active;

    for (; sheet && (int)i < inside.height && top + i < sheet->count; i++) {
        struct area line = {inside.x, inside.y + (int)i, inside.width, 1};
        bool focused = active && top + i == shown->cursor.selected;
        draw_line(scene, &sheet->lines[top + i], canvas, line,
                  focused && sheet->lines[top + i].selectable);
        if (focused)
            canvas_cursor_set(canvas, line.x, line.y);
    }
}

/* Does the lower border have the title of what is below? */
static bool is_above_another(const struct layout *layout, const struct area boxes[OVERLAY_SIDES],
                             int side)
{
    int bottom = boxes[side].y + boxes[side].height - 1;
    bool page = layout->lesson_place == LESSON_BELOW || layout->lesson_place == LESSON_STRIP;

    return (page && layout->lesson.width && layout->lesson.y == bottom) ||
           (side == 0 && boxes[1].width && boxes[1].y == bottom);
}

/* What is hidden stands at the right of the title where the lower border has no room for it. */
/* What a place at the right, 11/11 or 3/…, needs to stand there whole: cut it would be another. */
static int columns_kept(const char *right)
{
    return right && *right && !right[strspn(right, "0123456789/…")] ? utf8_columns(right) + 4 : 0;
}

static void draw_title(const struct overlay_view *overlay, int side, struct canvas *canvas,
                       struct area inside, const char *hidden)
{
    const struct overlay_side *shown = &overlay->sides[side];
    struct area line = {inside.x, inside.y - 1, inside.width, 1};
    enum role role = side == overlay->side ? ROLE_OVERLAY_TITLE : ROLE_PANE_TITLE;
    int used = frame_title(canvas, line, 1, line.width - 2 - columns_kept(shown->right), role,
                           shown->title ? shown->title : "");
    int room = line.width - used - 4;
    struct text right = {0};

    if (shown->right && *shown->right)
        text_add(&right, shown->right);
    if (*hidden && room > utf8_columns(hidden) + 2 + utf8_columns(text_get(&right))) {
        text_cut(&right, 0);
        text_format(&right, "%s%s%s", hidden, shown->right && *shown->right ? "  " : "",
                    shown->right ? shown->right : "");
    }
    if (right.length && room > 3)
        frame_title(canvas, line, -1, room, ROLE_REFERENCE, text_get(&right));
    text_clear(&right);
}

static bool has_glyph(const struct canvas *canvas, int x, int y, const char *glyph)
{
    return x >= 0 && y >= 0 && strcmp(canvas_cell(canvas, x, y)->glyph, glyph) == 0;
}

/* Lines of the panes that end at the window are joined with its border. */
static void join_panes(struct canvas *canvas, struct area box)
{
    struct area all = canvas_area(canvas);
    int right = box.x + box.width - 1, bottom = box.y + box.height - 1;

    for (int y = box.y; y <= bottom; y++)
        if (has_glyph(canvas, box.x - 1, y, "─"))
            canvas_put(canvas, all, box.x, y, ROLE_FRAME,
                       y == box.y    ? "┬"
                       : y == bottom ? "┴"
                                     : "┤");
    for (int x = box.x; x <= right; x++)
        if (has_glyph(canvas, x, box.y - 1, "│") && !has_glyph(canvas, x, box.y, " "))
            canvas_put(canvas, all, x, box.y, ROLE_FRAME,
                       x == box.x   ? "├"
                       : x == right ? "┤"
                                    : "┴");
}

static bool has_keys(const struct scene *scene, const struct overlay_view *overlay)
{
    if (overlay->place == OVERLAY_LESSON)
        return overlay->focused;
    return overlay == &scene->overlays[scene->overlay_count - 1] &&
           !(scene->panel && scene->panel->focused);
}

void overlay_draw(const struct scene *scene, const struct overlay_view *overlay,
                  struct canvas *canvas, const struct layout *layout)
{
    struct area boxes[OVERLAY_SIDES], insides[OVERLAY_SIDES], box = box_of(overlay, layout);
    bool top_most = has_keys(scene, overlay);
    int xs[3] = {box.x, box.x + box.width - 1}, ys[3] = {box.y, box.y + box.height - 1};
    size_t x_count = 2, y_count = 2;
    char hidden[WORD_SIZE * 3];
    bool covered;

    canvas_fill(canvas, box, ROLE_OVERLAY);
    boxes_of(overlay, layout, boxes);
    overlay_areas(overlay, layout, insides);
    if (boxes[0].width && boxes[1].width && boxes[0].x != boxes[1].x)
        xs[1] = boxes[1].x, xs[2] = box.x + box.width - 1, x_count = 3;
    else if (boxes[0].width && boxes[1].width)
        ys[1] = boxes[1].y, ys[2] = box.y + box.height - 1, y_count = 3;
    frame_grid(canvas, xs, x_count, ys, y_count, false, ROLE_FRAME);
    join_panes(canvas, box);
    for (int side = 0; side < OVERLAY_SIDES; side++)
        if (insides[side].width) {
            if (side == overlay->side && top_most)
                frame_highlight(canvas, insides[side], ROLE_FRAME_FOCUS);
            draw_side(scene, overlay, side, canvas, insides[side], top_most);
            hidden_lines(&overlay->sides[side], insides[side].height, hidden);
            covered = is_above_another(layout, boxes, side);
            draw_title(overlay, side, canvas, insides[side], covered ? hidden : "");
            draw_more(canvas, insides[side], covered ? "" : hidden);
        }
}
