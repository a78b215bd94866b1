#include "report/report.h"

#include "base/escape.h"
#include "base/utf8.h"
#include "report/text_parts.h"
#include "sheet/words.h"

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

/* A reference in brackets is one word: "[RFC 5321 5.1]". */
static size_t word_length(const char *text)
{
    size_t closed = *text == '[' ? strcspn(text, "]\n") : 0;

    return closed && text[closed] == ']' && closed < WIDTH / 2 ? closed + 1 : strcspn(text, " \n");
}

void text_paragraph(struct sheet *sheet, int indent, int hang, const char *text)
{
    int column = 0;

    while (*text) {
        size_t length = word_length(text);
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

int text_name_columns(const struct sheet *sheet, const char *name)
{
    struct text text = {0};
    int columns;

    words_name(name, sheet->report->unicode, &text);
    columns = utf8_columns(text_get(&text));
    text_clear(&text);
    return columns;
}

static int longer(int column, int end)
{
    return end > column ? end : column;
}

static int exchange_end(const struct sheet *sheet, const struct mx_row *row)
{
    int end = TEXT_EXCHANGE + text_name_columns(sheet, row->record->mx.exchange);

    for (size_t i = 0; row->host && i < row->host->address_count; i++) {
        const struct address_row *address = &row->host->addresses[i];
        bool named = address->ptr && address->ptr->record_count;
        char literal[ADDRESS_TEXT];
        int length = (int)strlen(address_text(&address->record->address, literal));
        if (named)
            length +=
                (int)strlen("  PTR ") + text_name_columns(sheet, address->ptr->records[0]->target);
        end = longer(end, TEXT_EXCHANGE + TEXT_INDENT + length);
    }
    return end;
}

/* TTLs stand behind the longest exchange, its addresses, and SRV target, within reason. */
static int ttl_column(const struct sheet *sheet)
{
    enum { LEAST = 44, MOST = 56 };
    const struct facts *facts = sheet->facts;
    int column = LEAST;

    for (size_t i = 0; i < facts->mx.count; i++)
        column = longer(column, exchange_end(sheet, &facts->mx.rows[i]));
    for (size_t i = 0; i < facts->srv.count; i++)
        for (size_t j = 0; j < facts->srv.owners[i].count; j++) {
            const char *target = facts->srv.owners[i].rows[j].record->srv.target;
            column = longer(column, TEXT_TARGET + text_name_columns(sheet, target));
        }
    return column < MOST ? column + 1 : MOST;
}

static void head(struct sheet *sheet)
{
    const struct facts *facts = sheet->facts;
    const struct report *report = sheet->report;
    char elapsed[WORD_SIZE];

    text_name(sheet, facts->subject->name);
    text_format(sheet->out, ": %s", facts->waiting ? "waiting" : outcome_word(facts->outcome));
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
    if (facts->over_budget)
        text_format(sheet->out,
                    "(not everything was asked: %d questions are the most for a name)\n",
                    SURVEY_QUESTIONS_MAX);
}

/* What was written from `start` on, with everything outside ASCII as \DDD. */
static void make_ascii(struct text *out, size_t start)
{
    struct text plain = {0};

    for (const char *c = text_get(out) + start; *c; c++)
        if ((unsigned char)*c < 0x80)
            text_add_char(&plain, *c);
        else
            escape_bytes(&plain, c, 1, ESCAPE_ASCII, false);
    text_cut(out, start);
    text_add_bytes(out, text_get(&plain), plain.length);
    text_clear(&plain);
}

void report_text(const struct report *report, struct text *out)
{
    struct sheet sheet = {out, report, survey_facts(report->survey), 0};
    size_t start = out->length;

    sheet.ttl_column = ttl_column(&sheet);
    head(&sheet);
    text_records(&sheet);
    if (sheet.facts->subject->kind != SUBJECT_ADDRESS)
        text_route(&sheet);
    if (sheet.facts->subject->kind != SUBJECT_ADDRESS && sheet.facts->route->as)
        text_loop(&sheet);
    if (report->deliveries)
        text_simulation(&sheet);
    if (report_has_outage(report))
        text_timeline(&sheet);
    if (report->compared[1])
        text_comparison(&sheet);
    if (report->matrix)
        text_matrix(&sheet);
    if (report->whatif)
        text_whatif(&sheet);
    if (report->rotation)
        text_rotation(&sheet);
    if (report->srv_owner)
        text_srv_simulation(&sheet);
    text_policy(&sheet);
    text_findings(&sheet);
    if (report->beside)
        text_diff(&sheet);
    text_add_char(out, '\n');
    if (!report->unicode)
        make_ascii(out, start);
}
