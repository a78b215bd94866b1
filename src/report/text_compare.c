#include "base/utf8.h"
#include "base/wrap.h"
#include "mail/simulation/comparison.h"
#include "report/text_parts.h"
#include "sheet/words.h"

#include <string.h>

enum { HALF = 36, RIGHT = TEXT_INDENT + HALF + 4 };

/* How much of the text goes into a cell. */
static size_t cell_length(const char *text)
{
    size_t length = wrap_fit(text, HALF);

    return length ? length : utf8_fit(text, HALF);
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
