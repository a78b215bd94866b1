#include "base/message.h"
#include "report/report.h"

#include "base/escape.h"
#include "report/text_parts.h"
#include "sheet/words.h"

#include <string.h>

static int longer(int column, int end)
{
    return end > column ? end : column;
}

static int exchange_end(const struct text_report *paper, const struct mx_row *row)
{
    int end = TEXT_EXCHANGE + text_name_columns(paper, row->record->mx.exchange);

    for (size_t i = 0; row->host && i < row->host->address_count; i++) {
        const struct address_row *address = &row->host->addresses[i];
        bool named = address->ptr && address->ptr->record_count;
        char literal[ADDRESS_TEXT];
        int length = (int)strlen(address_text(&address->record->address, literal));
        if (named)
            length +=
                (int)strlen("  PTR ") + text_name_columns(paper, address->ptr->records[0]->target);
        end = longer(end, TEXT_EXCHANGE + TEXT_INDENT + length);
    }
    return end;
}

/* TTLs stand behind the longest exchange, its addresses, and SRV target, within reason. */
static int ttl_column(const struct text_report *paper)
{
    enum { LEAST = 44, MOST = 56 };
    const struct facts *facts = paper->facts;
    int column = LEAST;

    for (size_t i = 0; i < facts->mx.count; i++)
        column = longer(column, exchange_end(paper, &facts->mx.rows[i]));
    for (size_t i = 0; i < facts->srv.count; i++)
        for (size_t j = 0; j < facts->srv.owners[i].count; j++) {
            const char *target = facts->srv.owners[i].rows[j].record->srv.target;
            column = longer(column, TEXT_TARGET + text_name_columns(paper, target));
        }
    return column < MOST ? column + 1 : MOST;
}

static void head(struct text_report *paper)
{
    const struct facts *facts = paper->facts;
    const struct report *report = paper->report;
    char elapsed[WORD_SIZE];

    text_name(paper, facts->subject->name);
    text_format(paper->out, ": %s", facts->waiting ? tr("waiting") : outcome_word(facts->outcome));
    if (*report->source_server) {
        text_add(paper->out, message_comma());
        text_format(paper->out, tr("by %s"), report->source_server);
    }
    if (*report->source_file) {
        text_add(paper->out, message_comma());
        text_format(paper->out, tr("from %s"), report->source_file);
    }
    text_add(paper->out, message_comma());
    if (report->elapsed_ms)
        text_format(paper->out, tr("%zu of %zu queries answered in %s"), facts->answered,
                    facts->asked, words_elapsed(report->elapsed_ms * 1000, elapsed));
    else
        text_format(paper->out, tr("%zu of %zu queries answered"), facts->answered, facts->asked);
    text_add_char(paper->out, '\n');
    if (facts->subject->note)
        text_format(paper->out, "(%s)\n", facts->subject->note);
    if (facts->ended)
        text_say(paper, 0, tr("(%zu more were not queried: %s)"), facts->not_asked,
                 tr(facts->ended));
    else if (facts->over_budget)
        text_say(paper, 0, tr("(%zu more were not queried: --questions allows %zu for one name)"),
                 facts->not_asked, facts->limit);
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

static bool has_mail(const struct facts *facts)
{
    return subject_takes_mail(facts->subject);
}

static void misses(struct text_report *paper)
{
    const struct faults *misses = paper->report->misses;

    text_heading(paper, misses->total ? "Expectations: not met" : "Expectations: met");
    for (size_t i = 0; i < misses->kept; i++)
        text_paragraph(paper, TEXT_INDENT, 2, misses->lines[i]);
    if (misses->total > misses->kept)
        text_say(paper, 2, tr("and %zu more"), misses->total - misses->kept);
}

void report_text(const struct report *report, struct text *out)
{
    struct text_report paper = {out, report, survey_facts(report->survey), 0};
    size_t start = out->length;

    paper.ttl_column = ttl_column(&paper);
    head(&paper);
    text_records(&paper);
    if (has_mail(paper.facts))
        text_srv(&paper);
    if (paper.facts->directory)
        text_directory(&paper);
    text_others(&paper);
    if (has_mail(paper.facts))
        text_route(&paper);
    if (has_mail(paper.facts) && paper.facts->route->as)
        text_loop(&paper);
    if (report->deliveries)
        text_simulation(&paper);
    if (report_has_outage(report))
        text_timeline(&paper);
    if (report->diagram && !report->srv_owner)
        text_diagram(&paper);
    if (report->compared.left)
        text_comparison(&paper);
    if (report->matrix)
        text_matrix(&paper);
    if (report->whatif)
        text_whatif(&paper);
    if (report->rotation)
        text_rotation(&paper);
    if (report->srv_owner)
        text_srv_simulation(&paper);
    if (report->diagram && report->srv_owner)
        text_diagram(&paper);
    if (report->client)
        text_client(&paper);
    text_policy(&paper);
    text_findings(&paper);
    if (report->beside)
        text_diff(&paper);
    if (paper.facts->resolvers)
        text_resolvers(&paper);
    if (paper.facts->trace)
        text_trace(&paper);
    if (report->misses)
        misses(&paper);
    text_add_char(out, '\n');
    if (!report->unicode && !message_code())
        make_ascii(out, start);
}
