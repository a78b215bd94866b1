#include "view/canvas/canvas.h"

#include "base/array.h"
#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "sheet/bar.h"
#include "sheet/glyph.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMATTED_BYTES = 4096 }; /* more than the widest line anyone has on a screen */

struct canvas {
    int width, height;
    int cursor_x, cursor_y;
    struct cell *cells; /* row by row */
    size_t capacity;
};

static const struct cell blank = {" ", 1, ROLE_TEXT};

struct canvas *canvas_new(int width, int height)
{
    struct canvas *canvas = memory_new(1, sizeof *canvas);

    canvas_resize(canvas, width, height);
    return canvas;
}

void canvas_free(struct canvas *canvas)
{
    if (!canvas)
        return;
    free(canvas->cells);
    free(canvas);
}

void canvas_resize(struct canvas *canvas, int width, int height)
{
    size_t count;

    canvas->width = width < 1 ? 1 : width;
    canvas->height = height < 1 ? 1 : height;
    count = (size_t)canvas->width * (size_t)canvas->height;
    canvas->cells = array_reserve(canvas->cells, &canvas->capacity, count, sizeof blank);
    for (size_t i = 0; i < count; i++) /* what is there is of another shape, or nothing yet */
        canvas->cells[i] = blank;
    canvas_cursor_set(canvas, -1, -1);
}

int canvas_width(const struct canvas *canvas)
{
    return canvas->width;
}

int canvas_height(const struct canvas *canvas)
{
    return canvas->height;
}

struct area canvas_area(const struct canvas *canvas)
{
    return (struct area){0, 0, canvas->width, canvas->height};
}

static struct cell *cell_at(const struct canvas *canvas, int x, int y)
{
    return &canvas->cells[(size_t)y * (size_t)canvas->width + (size_t)x];
}

const struct cell *canvas_cell(const struct canvas *canvas, int x, int y)
{
    assert(x >= 0 && x < canvas->width && y >= 0 && y < canvas->height);
    return cell_at(canvas, x, y);
}

/* The part of a run that starts at `from` and lies within 0..limit-1; *length may become 0. */
static int clip(int from, int *length, int limit)
{
    long long end = (long long)from + (*length > 0 ? *length : 0);
    int start = from < 0 ? 0 : from;

    if (end > limit)
        end = limit;
    *length = end > start ? (int)(end - start) : 0;
    return start;
}

static struct area clip_area(const struct canvas *canvas, struct area area)
{
    area.x = clip(area.x, &area.width, canvas->width);
    area.y = clip(area.y, &area.height, canvas->height);
    return area;
}

/* Before a cell gets other content: a wide character it is half of loses its other half too. */
static void release(struct canvas *canvas, int x, int y)
{
    struct cell *cell = cell_at(canvas, x, y);

    if (cell->width == 0 && x > 0)
        *(cell - 1) = (struct cell){" ", 1, (cell - 1)->role};
    if (cell->width == 2 && x + 1 < canvas->width)
        *(cell + 1) = (struct cell){" ", 1, (cell + 1)->role};
    *cell = (struct cell){" ", 1, cell->role};
}

void canvas_fill(struct canvas *canvas, struct area area, enum role role)
{
    struct cell space = blank;

    space.role = (uint8_t)role;
    area = clip_area(canvas, area);
    if (area.width == 0)
        return;
    for (int y = area.y; y < area.y + area.height; y++) {
        release(canvas, area.x, y);
        release(canvas, area.x + area.width - 1, y);
        for (int x = area.x; x < area.x + area.width; x++)
            *cell_at(canvas, x, y) = space;
    }
}

void canvas_paint(struct canvas *canvas, struct area area, enum role role)
{
    area = clip_area(canvas, area);
    for (int y = area.y; y < area.y + area.height; y++)
        for (int x = area.x; x < area.x + area.width; x++)
            cell_at(canvas, x, y)->role = (uint8_t)role;
}

/* The next character of a text as it will be shown. */
struct glyph {
    const char *bytes;
    size_t length;
    int width; /* 0: a mark that combines with what stands before it */
};

static struct glyph glyph_next(const char **cursor, const char *end)
{
    struct glyph glyph = {*cursor, 1, 1};
    uint32_t character = utf8_next(cursor, end);

    if (character == UTF8_INVALID || !escape_showable(character)) {
        glyph.bytes = "?";
        return glyph;
    }
    glyph.length = (size_t)(*cursor - glyph.bytes);
    glyph.width = utf8_width(character);
    return glyph;
}

static int glyph_columns(const char *text)
{
    const char *end = text + strlen(text);
    int columns = 0;

    while (text < end)
        columns += glyph_next(&text, end).width;
    return columns;
}

static void combine(struct cell *cell, struct glyph mark)
{
    size_t length = strlen(cell->glyph);

    if (length + mark.length < CELL_GLYPH) {
        memcpy(cell->glyph + length, mark.bytes, mark.length);
        cell->glyph[length + mark.length] = '\0';
    }
}

/* Where text may go: columns left..right-1 of one row. */
struct run {
    int left, right, y;
    uint8_t role;
};

static void put_glyph(struct canvas *canvas, const struct run *run, int x, struct glyph glyph)
{
    bool whole = x >= run->left && x + glyph.width <= run->right;

    for (int i = x; i < x + glyph.width; i++)
        if (i >= run->left && i < run->right) {
            release(canvas, i, run->y);
            cell_at(canvas, i, run->y)->role = run->role;
        }
    if (!whole)
        return;
    *cell_at(canvas, x, run->y) = (struct cell){"", (uint8_t)glyph.width, run->role};
    memcpy(cell_at(canvas, x, run->y)->glyph, glyph.bytes, glyph.length);
    if (glyph.width == 2)
        *cell_at(canvas, x + 1, run->y) = (struct cell){"", 0, run->role};
}

int canvas_put(struct canvas *canvas, struct area area, int x, int y, enum role role,
               const char *text)
{
    struct area clipped = clip_area(canvas, area);
    struct run run = {clipped.x, clipped.x + clipped.width, area.y + y, (uint8_t)role};
    const char *end = text + strlen(text);
    int start = area.x + x, at = start, base = -1;

    if (run.y < clipped.y || run.y >= clipped.y + clipped.height)
        return 0;
    while (text < end && at <= run.right) {
        struct glyph glyph = glyph_next(&text, end);
        if (glyph.width == 0 && base >= run.left && base < run.right)
            combine(cell_at(canvas, base, run.y), glyph);
        if (glyph.width == 0)
            continue;
        put_glyph(canvas, &run, at, glyph);
        base = at + glyph.width <= run.right ? at : -1;
        at += glyph.width;
    }
    if (at > run.right)
        at = run.right;
    return at > start ? at - start : 0;
}

int canvas_put_fit(struct canvas *canvas, struct area area, int x, int y, int columns,
                   enum role role, const char *text)
{
    int used;

    if (columns > area.width - x)
        columns = area.width - x;
    if (columns <= 0)
        return 0;
    if (glyph_columns(text) <= columns)
        return canvas_put(canvas, area, x, y, role, text);
    area.width = x + columns;
    used = canvas_put(canvas, (struct area){area.x, area.y, area.width - 1, area.height}, x, y,
                      role, text);
    return used + canvas_put(canvas, area, x + used, y, role, "…");
}

int canvas_format(struct canvas *canvas, struct area area, int x, int y, enum role role,
                  const char *format, ...)
{
    char text[FORMATTED_BYTES];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return canvas_put(canvas, area, x, y, role, text);
}

void canvas_cursor_set(struct canvas *canvas, int x, int y)
{
    bool inside = x >= 0 && x < canvas->width && y >= 0 && y < canvas->height;

    canvas->cursor_x = inside ? x : -1;
    canvas->cursor_y = inside ? y : -1;
}

void canvas_cursor_get(const struct canvas *canvas, int *x, int *y)
{
    *x = canvas->cursor_x;
    *y = canvas->cursor_y;
}

char canvas_ascii(const struct cell *cell)
{
    const char *cursor = cell->glyph;
    char plain;

    if (cell->width == 0 || !*cursor)
        return cell->width == 0 && message_code() ? '\0' : ' ';
    utf8_next(&cursor, cursor + strlen(cursor));
    plain = glyph_ascii(cell->glyph, (size_t)(cursor - cell->glyph));
    return plain || message_code() ? plain : '?';
}

void canvas_dump(const struct canvas *canvas, bool ascii, struct text *out)
{
    for (int y = 0; y < canvas->height; y++) {
        size_t used = out->length;
        for (int x = 0; x < canvas->width; x++) {
            const struct cell *cell = cell_at(canvas, x, y);
            char plain = ascii ? canvas_ascii(cell) : '\0';
            if (plain)
                text_add_char(out, plain);
            else
                text_add(out, cell->glyph);
            if (out->length && out->bytes[out->length - 1] != ' ')
                used = out->length;
        }
        text_cut(out, used);
        text_add_char(out, '\n');
    }
}

void canvas_bar(struct canvas *canvas, struct area area, int x, int y, int columns, double share,
                double expected, enum role role)
{
    char text[BAR_TEXT];

    columns = columns > BAR_COLUMNS ? BAR_COLUMNS : columns;
    canvas_put(canvas, area, x, y, role, bar_text(share, columns, text));
    if (expected > 0 && expected < 1) {
        int at = (int)(expected * columns + 0.5);
        canvas_put(canvas, area, x + (at < columns ? at : columns - 1), y, ROLE_BAR_EXPECTED, "│");
    }
}
