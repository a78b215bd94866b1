#include "sheet/diff_sheet.h"

#include "dns/type.h"
#include "sheet/words.h"

#include <string.h>

enum { OWNER = 2, MARGIN = 9 };

/* Columns of one side: the type stands in front, three columns between the sides. */
static int half_of(const struct sheet *sheet)
{
    return (sheet->width - MARGIN - 3) / 2;
}

/* Why a side has nothing to show; NULL where it has other records of that type. */
static const char *absence(struct sheet *sheet, const struct reply *reply)
{
    if (reply && (reply->record_count || reply->alias_count))
        return NULL;
    return arena_format(sheet->arena, "(%s)", words_reply(reply).word);
}

static void draw_side(struct sheet *sheet, int column, const char *text, const struct reply *reply,
                      bool same)
{
    const char *word = text ? NULL : absence(sheet, reply);

    if (text)
        sheet_cell(sheet, column, half_of(sheet) - 1, same ? ROLE_TEXT : ROLE_CHANGED, text);
    else if (word)
        sheet_cell(sheet, column, half_of(sheet), ROLE_DIM, word);
}

static const char *sign_of(const struct diff_line *line)
{
    if (line->state == DIFF_SAME)
        return "=";
    return line->state == DIFF_UNKNOWN ? "?" : line->left ? "<" : ">";
}

static void draw_line(struct sheet *sheet, const struct diff_line *line, bool first)
{
    bool same = line->state == DIFF_SAME;
    char type[TYPE_TEXT];

    sheet_line(sheet);
    if (first) {
        sheet_tab(sheet, OWNER);
        sheet_add(sheet, ROLE_PREFERENCE, type_text(line->type, type));
    }
    draw_side(sheet, MARGIN, line->left, line->left_reply, same);
    sheet_cell(sheet, MARGIN + half_of(sheet), 2, same ? ROLE_DIM : ROLE_WARN, sign_of(line));
    draw_side(sheet, MARGIN + half_of(sheet) + 3, line->right, line->right_reply, same);
    sheet_select(sheet, (int)sheet->count, NULL);
}

static void draw_lines(struct sheet *sheet, const struct diff *diff)
{
    const char *owner = "@";
    uint16_t type = 0;

    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_line *line = &diff->lines[i];
        bool another = strcmp(line->owner, owner) != 0;
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
    sheet_heading(sheet, "Findings of one side only", "");
    for (size_t i = 0; i < diff->finding_count; i++) {
        const struct diff_finding *found = &diff->findings[i];
        sheet_line(sheet);
        sheet_format(sheet, ROLE_WARN, "%s ", found->right ? ">" : "<");
        sheet_format(sheet, ROLE_TEXT, "%s %s: ", severity_text(found->finding->severity),
                     found->finding->id);
        sheet_wrap(sheet, 4, ROLE_TEXT, found->finding->text);
    }
}

void diff_draw(struct sheet *sheet, const struct diff *diff, const char *left_title,
               const char *right_title)
{
    int half = half_of(sheet);

    sheet_line(sheet);
    sheet_cell(sheet, MARGIN, half, ROLE_OVERLAY_TITLE, left_title);
    sheet_cell(sheet, MARGIN + half + 3, half, ROLE_OVERLAY_TITLE, right_title);
    draw_lines(sheet, diff);
    draw_findings(sheet, diff);
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_format(sheet, diff->other ? ROLE_WARN : ROLE_OK, "%zu line%s differ%s", diff->other,
                 diff->other == 1 ? "" : "s", diff->other == 1 ? "s" : "");
    if (diff->unknown)
        sheet_format(sheet, ROLE_WARN, ", %zu cannot be told: a look-up failed or is under way",
                     diff->unknown);
}
