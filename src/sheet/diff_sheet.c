#include "sheet/diff_sheet.h"

#include "base/message.h"
#include "dns/type.h"
#include "sheet/words.h"

#include <string.h>

enum { TYPE = 2, MARGIN = 9, SIDE_BY_SIDE = 100 };

/* Columns of one side: the type stands in front, three columns between the sides. */
static int half_of(const struct sheet *sheet)
{
    return (sheet->width - MARGIN - 3) / 2;
}

/* The record of a side, or why it has nothing to show; "" where it has others of that type. */
static const char *side_text(struct sheet *sheet, const char *text, const struct reply *reply)
{
    if (text || (reply && (reply->record_count || reply->alias_count)))
        return text ? text : "";
    return arena_format(sheet->arena, "(%s)", words_reply(reply).word);
}

static enum role side_role(const struct diff_line *line, const char *text)
{
    return !text ? ROLE_DIM : line->state == DIFF_SAME ? ROLE_TEXT : ROLE_CHANGED;
}

static const char *sign_of(const struct diff_line *line)
{
    if (line->state == DIFF_SAME)
        return "=";
    return line->state == DIFF_UNKNOWN ? "?" : line->left ? "<" : ">";
}

/* "10 mx1  <  (no data)" */
static void draw_beside(struct sheet *sheet, const struct diff_line *line)
{
    int half = half_of(sheet);
    const struct sheet_part parts[] = {
        {MARGIN, half - 1, side_role(line, line->left),
         side_text(sheet, line->left, line->left_reply)},
        {MARGIN + half, 1, line->state == DIFF_SAME ? ROLE_DIM : ROLE_WARN, sign_of(line)},
        {MARGIN + half + 3, half, side_role(line, line->right),
         side_text(sheet, line->right, line->right_reply)}};

    sheet_parts(sheet, parts, 3);
}

/* "< 10 mx1", and below it "> (no data)" */
static void draw_below(struct sheet *sheet, const struct diff_line *line)
{
    bool single = line->state == DIFF_SAME, unknown = line->state == DIFF_UNKNOWN;
    const char *signs[] = {single ? "=" : unknown ? "?" : "<", unknown ? "?" : ">"};
    const char *texts[] = {line->left, line->right};
    const struct reply *replies[] = {line->left_reply, line->right_reply};
    bool begun = false;

    for (size_t i = 0; i < (single ? 1 : 2); i++) {
        const char *text = side_text(sheet, texts[i], replies[i]);
        if (!*text)
            continue;
        if (begun)
            sheet_line(sheet);
        begun = true;
        sheet_tab(sheet, MARGIN);
        sheet_format(sheet, single ? ROLE_DIM : ROLE_WARN, "%s ", signs[i]);
        sheet_wrap(sheet, MARGIN + 2, side_role(line, texts[i]), text);
    }
}

static void draw_line(struct sheet *sheet, const struct diff_line *line, bool first)
{
    char type[TYPE_TEXT];

    sheet_line(sheet);
    sheet_select(sheet, (int)sheet->count, NULL);
    if (first) {
        sheet_tab(sheet, TYPE);
        sheet_add(sheet, ROLE_PREFERENCE, type_text(line->type, type));
    }
    if (sheet->width < SIDE_BY_SIDE)
        draw_below(sheet, line);
    else
        draw_beside(sheet, line);
}

static void draw_lines(struct sheet *sheet, const struct diff *diff, bool all)
{
    const char *owner = "@";
    uint16_t type = 0;

    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_line *line = &diff->lines[i];
        bool another = strcmp(line->owner, owner) != 0;
        if (line->state == DIFF_SAME && !all)
            continue;
        if (another) {
            sheet_line(sheet);
            sheet_add(sheet, ROLE_DIM, line->owner);
        }
        draw_line(sheet, line, another || line->type != type);
        owner = line->owner;
        type = line->type;
    }
}

static void draw_findings(struct sheet *sheet, const struct diff *diff)
{
    if (!diff->finding_count)
        return;
    sheet_gap(sheet);
    sheet_heading(sheet, "Findings of one side only", NULL);
    for (size_t i = 0; i < diff->finding_count; i++) {
        const struct diff_finding *found = &diff->findings[i];
        sheet_line(sheet);
        sheet_format(sheet, ROLE_WARN, "%s ", found->right ? ">" : "<");
        sheet_format(sheet, ROLE_TEXT, "%s %s: ", severity_text(found->finding->severity),
                     found->finding->id);
        sheet_wrap(sheet, 4, ROLE_TEXT, found->finding->text);
    }
}

static void draw_titles(struct sheet *sheet, const char *left, const char *right)
{
    int half = half_of(sheet);

    sheet_line(sheet);
    if (sheet->width >= SIDE_BY_SIDE) {
        sheet_cell(sheet, MARGIN, half, ROLE_OVERLAY_TITLE, left);
        sheet_cell(sheet, MARGIN + half + 3, half, ROLE_OVERLAY_TITLE, right);
        return;
    }
    sheet_format(sheet, ROLE_OVERLAY_TITLE, "< %s", left);
    sheet_line(sheet);
    sheet_format(sheet, ROLE_OVERLAY_TITLE, "> %s", right);
}

static void draw_sum(struct sheet *sheet, const struct diff *diff)
{
    size_t same = diff->count - diff->other - diff->unknown;

    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_format(sheet, diff->other ? ROLE_WARN : ROLE_OK,
                 tr_plural("%zu line differs", "%zu lines differ", diff->other), diff->other);
    sheet_add(sheet, ROLE_DIM, tr_in("list", ", "));
    sheet_format(sheet, ROLE_DIM, tr_plural("%zu is the same", "%zu are the same", same), same);
    if (diff->unknown) {
        sheet_add(sheet, ROLE_DIM, tr_in("list", ", "));
        sheet_wrap(sheet, 0, ROLE_WARN,
                   arena_format(sheet->arena, tr("%zu unknown: a lookup failed or is under way"),
                                diff->unknown));
    }
}

void diff_draw(struct sheet *sheet, const struct diff *diff, const char *left_title,
               const char *right_title, bool all)
{
    if (left_title)
        draw_titles(sheet, left_title, right_title);
    draw_lines(sheet, diff, all);
    draw_findings(sheet, diff);
    draw_sum(sheet, diff);
}
