#include "dns/type.h"
#include "report/text_parts.h"
#include "sheet/words.h"
#include "survey/diff.h"

#include <string.h>

enum { RECORD = 4 }; /* column */

static void add_side(struct sheet *sheet, char sign, const char *text, const struct reply *reply)
{
    size_t start = sheet->out->length;

    if (!text && reply && (reply->record_count || reply->alias_count))
        return;
    text_column(sheet, start, RECORD);
    text_format(sheet->out, "%c ", sign);
    if (text)
        text_add(sheet->out, text);
    else
        text_format(sheet->out, "(%s)", words_reply(reply).phrase);
    text_add_char(sheet->out, '\n');
}

static void add_line(struct sheet *sheet, const struct diff_line *line)
{
    bool unknown = line->state == DIFF_UNKNOWN;

    add_side(sheet, unknown ? '?' : '<', line->left, line->left_reply);
    add_side(sheet, unknown ? '?' : '>', line->right, line->right_reply);
}

/* What is the same on both sides is only counted. */
static void add_lines(struct sheet *sheet, const struct diff *diff)
{
    const struct diff_line *before = NULL;
    char type[TYPE_TEXT];

    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_line *line = &diff->lines[i];
        if (line->state == DIFF_SAME)
            continue;
        if (!before || before->type != line->type || strcmp(before->owner, line->owner) != 0)
            text_format(sheet->out, "%*s%s %s\n", TEXT_INDENT, "", line->owner,
                        type_text(line->type, type));
        add_line(sheet, line);
        before = line;
    }
}

static void add_finding(struct sheet *sheet, const struct diff_finding *found)
{
    struct text text = {0};

    text_format(&text, "%c %s %s: %s", found->right ? '>' : '<',
                severity_text(found->finding->severity), found->finding->id, found->finding->text);
    text_paragraph(sheet, TEXT_INDENT, 2, text_get(&text));
    text_clear(&text);
}

void text_diff(struct sheet *sheet)
{
    const struct report *report = sheet->report;
    struct arena *arena = arena_new();
    struct text other = {0};
    struct diff diff;

    diff_build(report->survey, report->beside, arena, &diff);
    words_name(survey_subject(report->beside)->name, report->unicode, &other);
    text_heading(sheet, "Beside it: %s, from %s", text_get(&other), report->beside_title);
    add_lines(sheet, &diff);
    for (size_t i = 0; i < diff.finding_count; i++)
        add_finding(sheet, &diff.findings[i]);
    text_format(sheet->out, "%*s%zu lines differ, %zu are the same", TEXT_INDENT, "", diff.other,
                diff.count - diff.other - diff.unknown);
    if (diff.unknown)
        text_format(sheet->out, ", %zu cannot be told", diff.unknown);
    text_add_char(sheet->out, '\n');
    text_clear(&other);
    arena_free(arena);
}
