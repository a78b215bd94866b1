#include "report/sheet_print.h"

#include "base/utf8.h"
#include "sheet/glyph.h"

#include <string.h>

enum { COLUMNS = PRINT_WIDTH + 2 };

/* One character and the marks that combine with it; the right half of a wide one is empty. */
struct letter {
    const char *bytes;
    size_t length;
};

/* Puts a text over what stands at the column; returns the column behind it. */
static int put(struct letter row[COLUMNS], int column, const char *text)
{
    const char *end = text + strlen(text);

    while (text < end && column < COLUMNS) {
        const char *begin = text;
        int width = utf8_width(utf8_next(&text, end));
        size_t length = (size_t)(text - begin);
        if (width == 0 && column > 0) {
            row[column - 1].length += length;
            continue;
        }
        row[column++] = (struct letter){begin, length};
        if (width == 2 && column < COLUMNS)
            row[column++] = (struct letter){"", 0};
    }
    return column;
}

static void put_span(struct letter row[COLUMNS], const struct span *span)
{
    if (span->role == ROLE_REFERENCE)
        put(row, put(row, put(row, span->column, "["), span->text), "]");
    else
        put(row, span->column, span->text);
}

static bool is_blank(const struct letter *letter)
{
    return letter->length == 1 && *letter->bytes == ' ';
}

static void print_letter(const struct letter *letter, struct text *out)
{
    char plain = letter->length ? glyph_ascii(letter->bytes, letter->length) : '\0';

    if (plain)
        text_add_char(out, plain);
    else
        text_add_bytes(out, letter->bytes, letter->length);
}

static void print_line(const struct sheet_line *line, struct text *out)
{
    struct letter row[COLUMNS];
    int end = COLUMNS;

    for (int i = 0; i < COLUMNS; i++)
        row[i] = (struct letter){" ", 1};
    for (size_t i = 0; i < line->span_count; i++)
        put_span(row, &line->spans[i]);
    while (end > 0 && is_blank(&row[end - 1]))
        end--;
    if (end)
        text_format(out, "%*s", PRINT_INDENT, "");
    for (int i = 0; i < end; i++)
        print_letter(&row[i], out);
    text_add_char(out, '\n');
}

void sheet_print(const struct sheet *sheet, struct text *out)
{
    size_t count = sheet->count;

    while (count > 0 && sheet->lines[count - 1].span_count == 0)
        count--;
    for (size_t i = 0; i < count; i++)
        print_line(&sheet->lines[i], out);
}
