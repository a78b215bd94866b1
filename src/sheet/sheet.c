#include "sheet/sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "sheet/bar.h"
#include "sheet/words.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

struct sheet *sheet_new(struct arena *arena, int width)
{
    struct sheet *sheet = arena_alloc(arena, 1, sizeof *sheet);

    sheet->arena = arena;
    sheet->width = width < 1 ? 1 : width;
    return sheet;
}

const char *sheet_name(struct sheet *sheet, const char *name, const char *domain)
{
    struct text text = {0};
    const char *copy;

    words_name_within(name, domain, &text);
    copy = arena_dup(sheet->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

void sheet_line(struct sheet *sheet)
{
    sheet->lines = arena_grow(sheet->arena, sheet->lines, sheet->count, &sheet->capacity,
                              sizeof *sheet->lines);
    sheet->lines[sheet->count++] = (struct sheet_line){.number = -1, .unit = sheet->unit};
}

bool sheet_unit(struct sheet *sheet, size_t n)
{
    sheet->unit = n;
    sheet->units = n > sheet->units ? n : sheet->units;
    return !sheet->shown || n <= sheet->shown;
}

void sheet_draw_keys(struct sheet *sheet, bool choices)
{
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_DIM,
               choices ? tr("1 2 3 4 draw 1, 100, 10,000 or 1,000,000 choices")
                       : tr("1 2 3 4 draw 1, 100, 10,000 or 1,000,000 deliveries"));
}

struct sheet_line *sheet_last(struct sheet *sheet)
{
    assert(sheet->count > 0);
    return &sheet->lines[sheet->count - 1];
}

void sheet_select(struct sheet *sheet, int number, const char *key)
{
    struct sheet_line *line = sheet_last(sheet);

    line->selectable = true;
    line->number = number;
    line->key = key ? arena_dup(sheet->arena, key) : NULL;
}

/* Spaces behind words take no part in how the words look: a ground does not run on under them. */
static void cut_spaces(char *text)
{
    size_t length = strlen(text), kept = length;

    while (kept > 0 && text[kept - 1] == ' ')
        kept--;
    if (kept > 0)
        text[kept] = '\0';
}

static void add_at(struct sheet *sheet, int column, enum role role, const char *text)
{
    struct sheet_line *line = sheet_last(sheet);
    int room = sheet->width - column, columns = utf8_columns(text);
    char *copy;

    if (room < 1 || !*text)
        return;
    copy = columns <= room
               ? arena_dup(sheet->arena, text)
               : arena_format(sheet->arena, "%.*s…", (int)utf8_fit(text, room - 1), text);
    cut_spaces(copy);
    columns = columns < room ? columns : room;
    line->spans = arena_grow(sheet->arena, line->spans, line->span_count, &line->span_capacity,
                             sizeof *line->spans);
    line->spans[line->span_count++] = (struct span){role, column, copy};
    if (column + columns > line->end)
        line->end = column + columns;
}

void sheet_add(struct sheet *sheet, enum role role, const char *text)
{
    add_at(sheet, sheet_last(sheet)->end, role, text);
}

void sheet_format(struct sheet *sheet, enum role role, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    sheet_add(sheet, role, arena_format_list(sheet->arena, format, arguments));
    va_end(arguments);
}

void sheet_tab(struct sheet *sheet, int column)
{
    struct sheet_line *line = sheet_last(sheet);

    line->end = line->end < column ? column : line->end + (line->end > 0);
}

void sheet_right(struct sheet *sheet, enum role role, const char *text)
{
    int column = sheet->width - utf8_columns(text);

    if (column > sheet_last(sheet)->end)
        add_at(sheet, column, role, text);
}

void sheet_reference(struct sheet *sheet, const char *text)
{
    if (!*text)
        return;
    text = tr(text);
    if (sheet_last(sheet)->end + utf8_columns(text) + 2 > sheet->width)
        sheet_line(sheet);
    sheet_right(sheet, ROLE_REFERENCE, text);
}

/* Bytes of the text that stand in so many columns: up to a space where there is one. */
static size_t piece_of(const char *text, int columns)
{
    return wrap_line(text, columns < 1 ? 1 : columns);
}

static void wrap(struct sheet *sheet, int indent, enum role role, const char *text)
{
    for (bool first = true; *text; first = false) {
        int column, room;
        size_t cut;
        if (!first)
            sheet_line(sheet);
        if (sheet_last(sheet)->end < indent)
            sheet_tab(sheet, indent);
        column = sheet_last(sheet)->end;
        room = sheet->width - column;
        cut = first && column > indent ? wrap_fit(text, room < 1 ? 1 : room) : piece_of(text, room);
        if (cut == 0 && !(first && column > indent))
            return;
        add_at(sheet, column, role, arena_dup_bytes(sheet->arena, text, cut));
        for (text += cut; *text == ' ';)
            text++;
    }
}

void sheet_wrap(struct sheet *sheet, int indent, enum role role, const char *text)
{
    wrap(sheet, indent, role, sheet->plain ? text : words_readable(sheet->arena, text));
}

void sheet_example(struct sheet *sheet, int column, enum role role, const char *text)
{
    enum { IN = 2 };
    size_t word = strcspn(text, " ");

    if (column + utf8_columns(text) <= sheet->width) {
        sheet_tab(sheet, column);
        sheet_add(sheet, role, text);
        return;
    }
    column = column < IN ? column : IN;
    sheet_tab(sheet, column);
    sheet_add(sheet, role, arena_dup_bytes(sheet->arena, text, word));
    wrap(sheet, column + IN, role, text + word);
}

void sheet_parts(struct sheet *sheet, const struct sheet_part *parts, size_t count)
{
    const char *rest[SHEET_PARTS_MOST];
    bool more = true;

    assert(count <= SHEET_PARTS_MOST);
    for (size_t i = 0; i < count; i++)
        rest[i] = parts[i].text;
    for (bool first = true; more; first = false) {
        more = false;
        if (!first)
            sheet_line(sheet);
        for (size_t i = 0; i < count; i++) {
            size_t length = piece_of(rest[i], parts[i].columns);
            add_at(sheet, parts[i].column, parts[i].role,
                   arena_dup_bytes(sheet->arena, rest[i], length));
            rest[i] += length + strspn(rest[i] + length, " ");
            more = more || *rest[i];
        }
    }
}

void sheet_gap(struct sheet *sheet)
{
    if (sheet->count && sheet_last(sheet)->span_count)
        sheet_line(sheet);
}

void sheet_heading(struct sheet *sheet, const char *text, const char *reference)
{
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, tr(text));
    if (reference)
        sheet_right(sheet, ROLE_REFERENCE, reference);
}

void sheet_pair(struct sheet *sheet, const char *label, int indent, enum role role,
                const char *text)
{
    sheet_line(sheet);
    sheet_add(sheet, ROLE_DIM, tr(label));
    sheet_tab(sheet, indent);
    sheet_wrap(sheet, indent, role, text);
}

void sheet_bar(struct sheet *sheet, int columns, enum role role, double share, double expected)
{
    char text[BAR_TEXT];
    int from = sheet_last(sheet)->end;

    if (columns > sheet->width - from)
        columns = sheet->width - from;
    if (columns < 1)
        return;
    add_at(sheet, from, role, bar_text(share, columns, text));
    if (expected > 0 && expected < 1) {
        int at = (int)(expected * columns + 0.5);
        add_at(sheet, from + (at < columns ? at : columns - 1), ROLE_BAR_EXPECTED, "│");
    }
    sheet_last(sheet)->end = from + columns;
}

void sheet_text(const struct sheet *sheet, size_t line, struct text *out)
{
    const struct sheet_line *from = &sheet->lines[line];

    for (size_t i = 0; i < from->span_count; i++) {
        if (i && from->spans[i].column > from->spans[i - 1].column)
            text_add_char(out, ' ');
        text_add(out, from->spans[i].text);
    }
}

size_t sheet_next(const struct sheet *sheet, size_t from, int direction)
{
    for (size_t i = from; i < sheet->count; i += (size_t)direction)
        if (sheet->lines[i].selectable)
            return i;
    return sheet->count;
}

void sheet_cell(struct sheet *sheet, int column, int columns, enum role role, const char *text)
{
    sheet_tab(sheet, column);
    if (utf8_columns(text) > columns)
        sheet_format(sheet, role, "%.*s…", (int)utf8_fit(text, columns - 1), text);
    else
        sheet_add(sheet, role, text);
}
