#include "sheet/page_sheet.h"

#include "base/escape.h"
#include "base/wrap.h"

#include <string.h>

const char *page_title(struct arena *arena, const char *text)
{
    text += strspn(text, "# ");
    return arena_dup_bytes(arena, text, strcspn(text, "\n"));
}

/* Where *emphasis* of the text begins and ends: its first star, and the length between the stars.
 * NULL when there is none. */
static const char *emphasis_find(const char *text, size_t *length)
{
    const char *star = strchr(text, '*'), *end = star ? strchr(star + 1, '*') : NULL;

    *length = end ? (size_t)(end - star) - 1 : 0;
    return *length ? star : NULL;
}

/* Text with *emphasis*, wrapped; what is between stars is a span of its own. */
static void add_emphasis(struct sheet *sheet, const char *text)
{
    const char *star;
    size_t length;

    while ((star = emphasis_find(text, &length))) {
        sheet_wrap(sheet, 0, ROLE_TEXT, arena_dup_bytes(sheet->arena, text, (size_t)(star - text)));
        sheet_wrap(sheet, 0, ROLE_MX_BEST, arena_dup_bytes(sheet->arena, star + 1, length));
        text = star + length + 2;
    }
    sheet_wrap(sheet, 0, ROLE_TEXT, text);
}

static void add_example(struct sheet *sheet, const char *line, bool (*known)(const char *word))
{
    size_t indent = strspn(line, " ");
    char *word = arena_dup_bytes(sheet->arena, line + indent, strcspn(line + indent, " "));

    if (known && known(word)) {
        sheet_tab(sheet, (int)indent);
        sheet_add(sheet, ROLE_PREFERENCE, word);
        sheet_add(sheet, ROLE_NAME, line + indent + strlen(word));
        sheet_select(sheet, -1, word);
    } else {
        sheet_example(sheet, (int)indent, ROLE_NAME, line + indent);
    }
}

/* The lines of a paragraph up to an empty, indented or heading line; the length it takes. */
static size_t paragraph_length(const char *text)
{
    const char *line = text;

    while (*line && *line != '\n' && *line != '#' && strncmp(line, "  ", 2) != 0) {
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return (size_t)(line - text);
}

/* Its lines as one; a blank between them, but none between two wide characters. */
static void add_paragraph(struct sheet *sheet, const char *text, size_t length)
{
    struct text joined = {0};
    const char *line = text, *end = text + length;

    while (line < end) {
        size_t taken = strcspn(line, "\n");
        wrap_join(&joined, line, taken);
        line += taken + 1;
    }
    sheet_line(sheet);
    add_emphasis(sheet, text_get(&joined));
    text_clear(&joined);
}

void page_draw(struct sheet *sheet, const char *text, size_t length,
               bool (*known)(const char *word))
{
    struct text safe = {0};
    const char *cursor;

    for (size_t from = 0; from < length;) { /* line by line, for the line ends must stay */
        size_t line = strcspn(text + from, "\n");
        escape_bytes(&safe, text + from, line, ESCAPE_UTF8, false);
        text_add_char(&safe, '\n');
        from += line + 1;
    }
    cursor = text_get(&safe);
    cursor += strspn(cursor, "\n");
    while (*cursor) {
        size_t line = strcspn(cursor, "\n");
        const char *copy = arena_dup_bytes(sheet->arena, cursor, line);
        if (*cursor == '#') {
            sheet_gap(sheet);
            sheet_line(sheet);
            sheet_add(sheet, ROLE_OVERLAY_TITLE, copy + strspn(copy, "# "));
            while (cursor[line] == '\n' && cursor[line + 1] == '\n') /* no gap below it */
                line++;
        } else if (line == 0 || strncmp(cursor, "  ", 2) == 0) {
            sheet_line(sheet);
            if (line)
                add_example(sheet, copy, known);
        } else {
            line = paragraph_length(cursor) - 1;
            add_paragraph(sheet, cursor, line);
        }
        cursor += line;
        cursor += *cursor == '\n';
    }
    text_clear(&safe);
}
