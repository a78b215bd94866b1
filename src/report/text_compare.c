#include "base/utf8.h"
#include "mail/simulation/comparison.h"
#include "mail/simulation/matrix.h"
#include "report/text_parts.h"
#include "sheet/compare_sheet.h"
#include "sheet/words.h"

#include <string.h>

enum { HALF = 36, RIGHT = TEXT_INDENT + HALF + 4, BAR_COLUMNS = 12, FIRST_SHOWN = 4 };

/* Cuts what fits into a cell off the front of *text, at a space where there is one. */
static size_t cell_length(const char *text)
{
    size_t fits = utf8_fit(text, HALF), length = fits;

    if (!text[fits])
        return fits;
    while (length > 0 && text[length] != ' ')
        length--;
    return length ? length : fits;
}

/* "left  !  right", each side broken over as many lines as it takes. */
static void side_by_side(struct text_report *paper, const char *left, const char *mark,
                         const char *right)
{
    do {
        size_t line = paper->out->length, here = cell_length(left), there = cell_length(right);
        text_format(paper->out, "%*s", TEXT_INDENT, "");
        text_add_bytes(paper->out, left, here);
        if (there || *mark) {
            text_column(paper, line, TEXT_INDENT + HALF + 1);
            text_format(paper->out, "%-2s ", mark);
            text_add_bytes(paper->out, right, there);
        }
        while (paper->out->length > line && text_get(paper->out)[paper->out->length - 1] == ' ')
            text_cut(paper->out, paper->out->length - 1);
        text_add_char(paper->out, '\n');
        left += here + strspn(left + here, " ");
        right += there + strspn(right + there, " ");
        mark = "";
    } while (*left || *right);
}

static const char *title_of(const struct route *route, struct arena *arena)
{
    const char *versions = profile_versions(route->profile);

    return arena_format(arena, "%s%s%s%s", profile_title(route->profile), *versions ? " " : "",
                        versions, route->kind == ROUTE_SRV ? ", by SRV" : "");
}

static void comparison(struct text_report *paper, const struct comparison *comparison,
                       struct arena *arena)
{
    side_by_side(paper, title_of(comparison->left_route, arena), "",
                 title_of(comparison->right_route, arena));
    for (size_t i = 0; i < comparison->count; i++) {
        const struct comparison_row *row = &comparison->rows[i];
        side_by_side(paper, row->left, row->differs ? "!" : "=", row->right);
        if (*row->why)
            text_paragraph(paper, 4, 0, arena_format(arena, "! %s", row->why));
    }
    text_paragraph(paper, TEXT_INDENT, 2,
                   comparison->differs ? "They part on this delivery."
                                       : "Both do the same on this delivery.");
}

void text_comparison(struct text_report *paper)
{
    const struct report *report = paper->report;
    const struct sender *sender = survey_sender(report->survey);
    struct lookup lookup = survey_edited_lookup(report->survey);
    struct arena *arena = arena_new();
    struct sender left, right;

    comparison_sender(sender, report->compared[0], &left);
    comparison_sender(sender, report->compared[1], &right);
    if (report->compared_by_srv)
        comparison_by_srv(&right);
    text_heading(paper, "%s beside %s%s (same draw, seed %llu)", profile_title(left.profile),
                 profile_title(right.profile), report->compared_by_srv ? " by _smtp._tcp SRV" : "",
                 (unsigned long long)sender->seed);
    comparison(paper,
               comparison_build(&lookup, paper->facts->subject->name, &left, &right, 0, arena),
               arena);
    sender_clear(&left);
    sender_clear(&right);
    arena_free(arena);
}

static void first_choice(struct text_report *paper, const struct share *share)
{
    double value = share->expected >= 0 ? share->expected : share->share;
    size_t line = paper->out->length;
    char word[WORD_SIZE];

    text_format(paper->out, "%*s", 14, "");
    text_name(paper, share->exchange);
    text_column(paper, line, 50);
    for (int i = 0; i < BAR_COLUMNS; i++)
        text_add_char(paper->out, i < (int)(value * BAR_COLUMNS + 0.5) ? '#' : '.');
    text_format(paper->out, " %7s\n", words_share(value, word));
}

static void matrix_mode(struct text_report *paper, const char *what, const struct matrix_mode *mode,
                        struct arena *arena)
{
    const char *words = matrix_mode_words(what, mode, paper->facts->subject->name, arena);

    if (words)
        text_paragraph(paper, 14, 0, words);
}

static void matrix_row(struct text_report *paper, const struct matrix_row *row, struct arena *arena)
{
    size_t line = paper->out->length;

    text_format(paper->out, "%*s%s", TEXT_INDENT, "", profile_name(row->profile));
    text_column(paper, line, 14);
    text_format(paper->out, "%s%s%s", verdict_text(row->verdict), *row->code ? " " : "", row->code);
    text_column(paper, line, 34);
    if (row->tries_least == row->tries_most)
        text_format(paper->out, "%u %s", row->tries_most, row->tries_most == 1 ? "try" : "tries");
    else
        text_format(paper->out, "%u-%u tries", row->tries_least, row->tries_most);
    text_add_char(paper->out, '\n');
    for (size_t i = 0; i < row->first_count && i < FIRST_SHOWN; i++)
        first_choice(paper, &row->first[i]);
    if (row->first_count > FIRST_SHOWN)
        text_format(paper->out, "%*sand %zu more\n", 14, "", row->first_count - FIRST_SHOWN);
    if (row->verdict != VERDICT_DELIVER)
        text_paragraph(paper, 14, 0,
                       arena_format(arena, "%s%s%s%s", row->why, *row->reference ? " [" : "",
                                    row->reference, *row->reference ? "]" : ""));
}

void text_matrix(struct text_report *paper)
{
    const struct report *report = paper->report;
    struct lookup lookup = survey_edited_lookup(report->survey);
    struct arena *arena = arena_new();
    const struct matrix *matrix =
        matrix_build(&lookup, paper->facts->subject->name, survey_sender(report->survey), arena);

    text_heading(paper, "Who would deliver where: verdict, addresses tried, tried first");
    for (size_t i = 0; i < matrix->count; i++) {
        matrix_row(paper, &matrix->rows[i], arena);
        if (matrix->has_dane)
            matrix_mode(paper, "DANE", &matrix->rows[i].dane, arena);
        if (matrix->has_mta_sts)
            matrix_mode(paper, "MTA-STS", &matrix->rows[i].mta_sts, arena);
    }
    arena_free(arena);
}
