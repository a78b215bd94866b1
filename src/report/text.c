#include "report/report.h"

#include "base/utf8.h"
#include "report/text_parts.h"
#include "report/words.h"

#include <stdarg.h>
#include <string.h>

enum { WIDTH = 78 };

void text_heading(struct sheet *sheet, const char *format, ...)
{
    struct arena *arena = arena_new();
    va_list arguments;

    va_start(arguments, format);
    text_format(sheet->out, "\n%s\n", arena_format_list(arena, format, arguments));
    va_end(arguments);
    arena_free(arena);
}

void text_paragraph(struct sheet *sheet, int indent, int hang, const char *text)
{
    int column = 0;

    while (*text) {
        size_t length = strcspn(text, " \n");
        struct text word = {0};
        int width;
        text_add_bytes(&word, text, length);
        width = utf8_columns(text_get(&word));
        if (column == 0) {
            text_format(sheet->out, "%*s", indent, "");
            column = indent;
        } else if (column + 1 + width > WIDTH) {
            text_format(sheet->out, "\n%*s", indent + hang, "");
            column = indent + hang;
        } else {
            text_add_char(sheet->out, ' ');
            column++;
        }
        text_add_bytes(sheet->out, text, length);
        column += width;
        text += length;
        text += strspn(text, " \n");
        text_clear(&word);
    }
    text_add_char(sheet->out, '\n');
}

void text_column(struct sheet *sheet, size_t line, int column)
{
    int used = utf8_columns(text_get(sheet->out) + line);

    text_format(sheet->out, "%*s", used < column ? column - used : 1, "");
}

void text_name(struct sheet *sheet, const char *name)
{
    words_name(name, sheet->report->unicode, sheet->out);
}

static void head(struct sheet *sheet)
{
    const struct facts *facts = sheet->facts;
    const struct report *report = sheet->report;
    char elapsed[WORD_SIZE];

    text_name(sheet, facts->subject->name);
    text_format(sheet->out, ": %s", facts->waiting ? "waiting" : outcome_text(facts->outcome));
    if (*report->source_server)
        text_format(sheet->out, ", by %s", report->source_server);
    if (*report->source_file)
        text_format(sheet->out, ", from %s", report->source_file);
    text_format(sheet->out, ", %zu of %zu questions answered", facts->answered, facts->asked);
    if (report->elapsed_ms)
        text_format(sheet->out, " in %s", words_elapsed(report->elapsed_ms * 1000, elapsed));
    text_add_char(sheet->out, '\n');
    if (facts->subject->note)
        text_format(sheet->out, "(%s)\n", facts->subject->note);
}

void report_text(const struct report *report, struct text *out)
{
    struct sheet sheet = {out, report, survey_facts(report->survey)};

    head(&sheet);
    text_records(&sheet);
    text_route(&sheet);
    if (report->deliveries)
        text_simulation(&sheet);
    if (report->srv_owner)
        text_srv_simulation(&sheet);
    text_policy(&sheet);
    text_findings(&sheet);
    text_add_char(out, '\n');
}
