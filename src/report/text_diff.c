#include "dns/type.h"
#include "report/text_parts.h"
#include "sheet/words.h"
#include "survey/diff.h"

#include <string.h>

enum { RECORD = 4 }; /* column */

static void add_side(struct text_report *paper, char sign, const char *text,
                     const struct reply *reply)
{
    size_t start = paper->out->length;

    if (!text && reply && (reply->record_count || reply->alias_count))
        return;
    text_column(paper, start, RECORD);
    text_format(paper->out, "%c ", sign);
    if (text)
        text_add(paper->out, text);
    else
        text_format(paper->out, "(%s)", words_reply(reply).phrase);
    text_add_char(paper->out, '\n');
}

static void add_line(struct text_report *paper, const struct diff_line *line)
{
    bool unknown = line->state == DIFF_UNKNOWN;

    add_side(paper, unknown ? '?' : '<', line->left, line->left_reply);
    add_side(paper, unknown ? '?' : '>', line->right, line->right_reply);
}

/* What is the same on both sides is only counted. */
static void add_lines(struct text_report *paper, const struct diff *diff)
{
    const struct diff_line *before = NULL;
    char type[TYPE_TEXT];

    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_line *line = &diff->lines[i];
        if (line->state == DIFF_SAME)
            continue;
        if (!before || before->type != line->type || strcmp(before->owner, line->owner) != 0)
            text_format(paper->out, "%*s%s %s\n", TEXT_INDENT, "", line->owner,
                        type_text(line->type, type));
        add_line(paper, line);
        before = line;
    }
}

static void add_finding(struct text_report *paper, const struct diff_finding *found)
{
    struct text text = {0};

    text_format(&text, "%c %s %s: %s", found->right ? '>' : '<',
                severity_text(found->finding->severity), found->finding->id, found->finding->text);
    text_paragraph(paper, TEXT_INDENT, 2, text_get(&text));
    text_clear(&text);
}

void text_diff(struct text_report *paper)
{
    const struct report *report = paper->report;
    struct arena *arena = arena_new();
    struct text other = {0};
    struct diff diff;
    size_t same;

    diff_build(report->survey, report->beside, arena, &diff);
    same = diff.count - diff.other - diff.unknown;
    words_name(survey_subject(report->beside)->name, report->unicode, &other);
    text_heading(paper, "Beside it: %s, from %s", text_get(&other), report->beside_title);
    add_lines(paper, &diff);
    for (size_t i = 0; i < diff.finding_count; i++)
        add_finding(paper, &diff.findings[i]);
    text_format(paper->out, "%*s%zu line%s differ%s, %zu %s the same", TEXT_INDENT, "", diff.other,
                diff.other == 1 ? "" : "s", diff.other == 1 ? "s" : "", same,
                same == 1 ? "is" : "are");
    if (diff.unknown)
        text_format(paper->out, ", %zu cannot be told", diff.unknown);
    text_add_char(paper->out, '\n');
    text_clear(&other);
    arena_free(arena);
}
