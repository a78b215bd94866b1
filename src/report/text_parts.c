#include "report/text_parts.h"

#include "base/message.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "sheet/words.h"

#include <stdarg.h>
#include <string.h>

enum { WIDTH = 78 };

void text_heading(struct text_report *paper, const char *format, ...)
{
    struct arena *arena = arena_new();
    va_list arguments;

    va_start(arguments, format);
    text_format(paper->out, "\n%s\n", arena_format_list(arena, tr(format), arguments));
    va_end(arguments);
    arena_free(arena);
}

void text_say(struct text_report *paper, int indent, const char *format, ...)
{
    struct arena *arena = arena_new();
    va_list arguments;

    va_start(arguments, format);
    text_format(paper->out, "%*s%s\n", indent, "", arena_format_list(arena, format, arguments));
    va_end(arguments);
    arena_free(arena);
}

/* A reference in brackets is one word: "[RFC 5321 5.1]". */
static size_t word_length(const char *text)
{
    size_t closed = *text == '[' ? strcspn(text, "]\n") : 0;

    return closed && text[closed] == ']' && closed < WIDTH / 2 ? closed + 1 : wrap_word(text);
}

void text_data(struct text_report *paper, int indent, int hang, const char *text)
{
    int column = 0, gap = 0;

    text += strspn(text, " \n");
    while (*text) {
        size_t length = word_length(text);
        struct text word = {0};
        int width;
        text_add_bytes(&word, text, length);
        width = utf8_columns(text_get(&word));
        if (column == 0) {
            text_format(paper->out, "%*s", indent, "");
            column = indent;
        } else if (column + gap + width > WIDTH) {
            text_format(paper->out, "\n%*s", indent + hang, "");
            column = indent + hang;
        } else {
            text_format(paper->out, "%*s", gap, "");
            column += gap;
        }
        text_add_bytes(paper->out, text, length);
        column += width;
        text += length;
        gap = strspn(text, " \n") > 0;
        text += strspn(text, " \n");
        text_clear(&word);
    }
    text_add_char(paper->out, '\n');
}

void text_paragraph(struct text_report *paper, int indent, int hang, const char *text)
{
    struct arena *arena = arena_new();

    text_data(paper, indent, hang, paper->report->unicode ? words_readable(arena, text) : text);
    arena_free(arena);
}

void text_column(struct text_report *paper, size_t line, int column)
{
    int used = utf8_columns(text_get(paper->out) + line);

    text_format(paper->out, "%*s", used < column ? column - used : 1, "");
}

void text_name(struct text_report *paper, const char *name)
{
    words_name(name, paper->report->unicode, paper->out);
}

const char *text_name_of(const struct text_report *paper, const char *name, struct arena *arena)
{
    struct text text = {0};
    const char *kept;

    words_name(name, paper->report->unicode, &text);
    kept = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return kept;
}

int text_name_columns(const struct text_report *paper, const char *name)
{
    struct text text = {0};
    int columns;

    words_name(name, paper->report->unicode, &text);
    columns = utf8_columns(text_get(&text));
    text_clear(&text);
    return columns;
}
