#include "base/message.h"
#include "base/utf8.h"
#include "report/text_parts.h"
#include "sheet/policy/policy_lines.h"

#include <string.h>

enum { LABEL_COLUMNS = 12, FINDING_COLUMN = 11 };

/* What is well, or not there, needs no sentence under another line. */
static bool is_remarkable(const struct policy_line *line)
{
    return line->depth == 0 || line->role == ROLE_WARN || line->role == ROLE_ERROR ||
           line->role == ROLE_UNKNOWN;
}

/* "  SPF....... ok: v=spf1 mx -all (1/10)", and what it means below it. */
static void policy_line(struct text_report *paper, const struct policy_line *line, int columns)
{
    int indent = line->depth ? columns + 2 * (int)line->depth : TEXT_INDENT;
    struct text text = {0};

    if (line->depth == 0) {
        text_add(&text, *line->label ? tr(line->label) : "");
        while (utf8_columns(text_get(&text)) < columns - 2)
            text_add_char(&text, '.');
        text_add_char(&text, ' ');
    }
    text_format(&text, "%s%s%s", line->state, *line->state && *line->text ? ": " : "", line->text);
    if (*line->right)
        text_format(&text, " (%s%s%s)", line->right_what ? tr(line->right_what) : "",
                    line->right_what ? " " : "", line->right);
    text_data(paper, indent, line->depth ? 2 : columns, text_get(&text));
    if (line->sentence && *line->sentence && is_remarkable(line))
        text_paragraph(paper, line->depth ? indent + 2 : columns + 2, 0, line->sentence);
    text_clear(&text);
}

void text_policy(struct text_report *paper)
{
    struct arena *arena = arena_new();
    struct policy_lines *list = policy_lines_build(paper->facts, paper->report->unicode, arena);
    int columns = policy_lines_label_columns(list) + 3;

    if (list->count)
        text_heading(paper, paper->facts->setup || !paper->facts->zone ? "Mail policy" : "Zone");
    for (size_t i = 0; i < list->count; i++)
        policy_line(paper, &list->lines[i], columns < LABEL_COLUMNS ? LABEL_COLUMNS : columns);
    arena_free(arena);
}

/* Records are never wrapped; with a word before them they are remarks. */
static void cure_lines(struct text_report *paper, const char *before, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        text_format(paper->out, "%*s%s%s%s%.*s\n", FINDING_COLUMN + TEXT_INDENT, "",
                    before ? "; " : "", before ? before : "", before ? ": " : "", (int)length,
                    lines);
        lines += length + (lines[length] == '\n');
    }
}

static void finding(struct text_report *paper, const struct finding *finding)
{
    struct text said = {0};

    size_t line = paper->out->length;

    text_format(paper->out, "  %s", severity_word(finding->severity));
    text_column(paper, line, FINDING_COLUMN);
    if (finding->more) {
        text_say(paper, 0, tr("%s: and %zu more"), finding->id, finding->more);
        return;
    }
    text_format(paper->out, "%s, ", finding->id);
    text_name(paper, finding->subject);
    text_add_char(paper->out, '\n');
    text_add(&said, finding->text);
    if (*finding->reference)
        text_format(&said, " [%s]", finding->reference);
    text_paragraph(paper, FINDING_COLUMN, 0, text_get(&said));
    text_clear(&said);
    if (*finding->fix)
        text_paragraph(paper, FINDING_COLUMN, 0, finding->fix);
    cure_lines(paper, *finding->publish ? tr_in("cure", "was") : tr_in("cure", "remove"),
               finding->remove);
    cure_lines(paper, NULL, finding->publish);
}

/* "1 error, 2 warnings, 3 notices" */
static void counts_of(struct text *text, const size_t *numbers)
{
    size_t errors = numbers[SEVERITY_ERROR], warnings = numbers[SEVERITY_WARNING];
    size_t notices = numbers[SEVERITY_NOTICE], unknown = numbers[SEVERITY_UNKNOWN];

    text_format(text, tr_plural("%zu error", "%zu errors", errors), errors);
    text_add(text, message_comma());
    text_format(text, tr_plural("%zu warning", "%zu warnings", warnings), warnings);
    text_add(text, message_comma());
    text_format(text, tr_plural("%zu notice", "%zu notices", notices), notices);
    if (!unknown)
        return;
    text_add(text, message_comma());
    text_format(text, tr("%zu unknown"), unknown);
}

void text_findings(struct text_report *paper)
{
    const struct findings *findings = paper->facts->findings;
    struct text counts = {0};

    if (!findings)
        return;
    counts_of(&counts, findings->by_severity);
    text_heading(paper, "Findings: %s", text_get(&counts));
    text_clear(&counts);
    for (size_t i = 0; i < findings->count; i++)
        if (findings->findings[i].severity != SEVERITY_OK &&
            finding_is_listed(&findings->findings[i]))
            finding(paper, &findings->findings[i]);
}
