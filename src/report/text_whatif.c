#include "mail/simulation/whatif_change.h"
#include "report/text_parts.h"
#include "sheet/words.h"

#include <string.h>

enum { BEFORE = 40, AFTER = 60 }; /* columns */

static void side(struct text_report *paper, size_t line, const struct route *route, int host,
                 double share, int column)
{
    char word[WORD_SIZE];

    text_column(paper, line, column);
    if (host < 0)
        text_format(paper->out, "%5s %8s", "-", "-");
    else
        text_format(paper->out, "%5u %8s", route->hosts[host].preference, words_share(share, word));
}

static void row(struct text_report *paper, const struct whatif_change *change,
                const struct whatif_row *row)
{
    size_t line = paper->out->length;

    text_format(paper->out, "%*s%s ", TEXT_INDENT, "", row->same ? "=" : "!");
    text_name(paper, row->exchange);
    side(paper, line, change->before, row->before, row->before_share, BEFORE);
    side(paper, line, change->after, row->after, row->after_share, AFTER);
    text_add_char(paper->out, '\n');
}

static void decision(struct text_report *paper, const char *label, const struct route *route,
                     struct arena *arena)
{
    const struct decision *decision = &route->decision;

    text_paragraph(paper, TEXT_INDENT, 2,
                   arena_format(arena, "%s: %s%s%s: %s", label, verdict_text(decision->verdict),
                                *decision->code ? " " : "", decision->code, decision->why));
}

static void records(struct text_report *paper, struct whatif *whatif)
{
    struct text text = {0};
    const char *rest;

    whatif_print(whatif, survey_answers(paper->report->survey), &text);
    for (rest = text_get(&text); *rest;) {
        size_t length = strcspn(rest, "\n");
        text_format(paper->out, "%*s", 2 * TEXT_INDENT, "");
        text_add_bytes(paper->out, rest, length);
        text_add_char(paper->out, '\n');
        rest += length + (rest[length] == '\n');
    }
    text_clear(&text);
}

void text_whatif(struct text_report *paper)
{
    const struct report *report = paper->report;
    struct lookup lookup = survey_lookup(report->survey), edited = lookup;
    struct arena *arena = arena_new();
    const struct whatif_change *change;
    size_t line;

    edited.overlay = whatif_answers(report->whatif, survey_answers(report->survey));
    change = whatif_change_build(&lookup, &edited, paper->facts->subject->name,
                                 survey_sender(report->survey), arena);
    text_heading(paper, "What if");
    for (size_t i = 0; i < whatif_count(report->whatif); i++)
        text_format(paper->out, "%*s%s\n", TEXT_INDENT, "", whatif_at(report->whatif, i));
    line = paper->out->length;
    text_format(paper->out, "%*sTried first", TEXT_INDENT, "");
    text_column(paper, line, BEFORE);
    text_add(paper->out, "before");
    text_column(paper, line, AFTER);
    text_add(paper->out, "after\n");
    for (size_t i = 0; i < change->count; i++)
        row(paper, change, &change->rows[i]);
    decision(paper, "before", change->before, arena);
    decision(paper, "after", change->after, arena);
    text_format(paper->out, "%*sto publish:\n", TEXT_INDENT, "");
    records(paper, report->whatif);
    arena_free(arena);
}
