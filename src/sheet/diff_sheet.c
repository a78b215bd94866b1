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
    if (line->state == DIFF_UNKNOWN)
        return "?";
    return line->left && line->right ? "|" : line->left ? "<" : ">";
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

/* The lines of one RRset; what one side alone has stands opposite what may have become of it. */
struct pairs {
    struct diff_line *lines;
    size_t count;
};

static const char *last_word(const char *text)
{
    const char *blank = strrchr(text, ' ');

    return blank ? blank + 1 : text;
}

/* The first of the lines that only the right side has, one about the same host (the last word) if
 * there is any; the count when there is none. */
static size_t opposite(const struct pairs *pairs, const struct diff_line *left)
{
    size_t found = pairs->count;

    for (size_t i = pairs->count; i-- > 0;) {
        const struct diff_line *line = &pairs->lines[i];
        if (line->state != DIFF_OTHER || line->left || !line->right)
            continue;
        if (strcmp(last_word(line->right), last_word(left->left)) == 0)
            return i;
        found = i;
    }
    return found;
}

static void drop(struct pairs *pairs, size_t place)
{
    pairs->count--;
    memmove(pairs->lines + place, pairs->lines + place + 1,
            (pairs->count - place) * sizeof *pairs->lines);
}

static bool has_host(const struct pairs *pairs, size_t right, const struct diff_line *left)
{
    return right < pairs->count &&
           strcmp(last_word(pairs->lines[right].right), last_word(left->left)) == 0;
}

/* Those about the same host first, so that none of them is taken by another. */
static void pair(struct pairs *pairs)
{
    for (int same_host = 1; same_host >= 0; same_host--)
        for (size_t i = 0; i < pairs->count; i++) {
            struct diff_line *line = &pairs->lines[i];
            size_t right;
            if (line->state != DIFF_OTHER || !line->left || line->right)
                continue;
            right = opposite(pairs, line);
            if (right == pairs->count || (same_host && !has_host(pairs, right, line)))
                continue;
            line->right = pairs->lines[right].right;
            drop(pairs, right);
            i -= right < i;
        }
}

static bool is_same_set(const struct diff_line *a, const struct diff_line *b)
{
    return a->type == b->type && strcmp(a->owner, b->owner) == 0;
}

/* The RRset that begins with line `from`. */
static struct pairs pairs_of(struct arena *arena, const struct diff *diff, size_t from)
{
    struct pairs pairs = {0};

    while (from + pairs.count < diff->count &&
           is_same_set(&diff->lines[from], &diff->lines[from + pairs.count]))
        pairs.count++;
    pairs.lines = arena_alloc(arena, pairs.count, sizeof *pairs.lines);
    memcpy(pairs.lines, diff->lines + from, pairs.count * sizeof *pairs.lines);
    return pairs;
}

/* Returns whether any of them was shown. */
static bool draw_set(struct sheet *sheet, const struct pairs *pairs, bool another, bool all)
{
    bool first = true;

    for (size_t i = 0; i < pairs->count; i++) {
        const struct diff_line *line = &pairs->lines[i];
        if (line->state == DIFF_SAME && !all)
            continue;
        if (first && another) {
            sheet_line(sheet);
            sheet_add(sheet, ROLE_DIM, line->owner);
        }
        draw_line(sheet, line, first);
        first = false;
    }
    return !first;
}

static void draw_lines(struct sheet *sheet, const struct diff *diff, bool all)
{
    const char *owner = "@";
    struct pairs pairs;

    for (size_t i = 0, lines; i < diff->count; i += lines) {
        const char *next = diff->lines[i].owner;
        pairs = pairs_of(sheet->arena, diff, i);
        lines = pairs.count;
        pair(&pairs);
        if (draw_set(sheet, &pairs, strcmp(next, owner) != 0, all))
            owner = next;
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
        sheet_format(sheet, ROLE_TEXT, "%s %s: ", severity_word(found->finding->severity),
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
    sheet_add(sheet, ROLE_DIM, message_comma());
    sheet_format(sheet, ROLE_DIM, tr_plural("%zu is the same", "%zu are the same", same), same);
    if (diff->unknown) {
        sheet_add(sheet, ROLE_DIM, message_comma());
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
