#include "sheet/lessons/diagram_sheet.h"

#include "base/utf8.h"
#include "base/wrap.h"

#include <stdlib.h>
#include <string.h>

enum { LEFT_COLUMNS = 9, LEAST_COLUMNS = 60, INDENT = 2, CELL = 8 };

/* A row being drawn: a character and a role for each column. */
struct slot {
    char glyph[CELL]; /* "" behind a wide one */
    enum role role;
};

struct drawing {
    struct sheet *sheet;
    const struct diagram *diagram;
    struct slot *row;
    int *xs; /* of the lifelines */
};

/* ---- a row ---- */

static void clear(struct drawing *drawing)
{
    for (int x = 0; x < drawing->sheet->width; x++)
        drawing->row[x] = (struct slot){" ", ROLE_TEXT};
}

/* The last column says that more follows. */
static void mark_cut(struct drawing *drawing)
{
    struct slot *last = &drawing->row[drawing->sheet->width - 1];

    if (!*last->glyph && drawing->sheet->width > 1)
        memcpy(last[-1].glyph, " ", sizeof " ");
    memcpy(last->glyph, "…", sizeof "…");
}

/* Puts text from a column on, cut at the right edge; returns the column behind it. */
static int put(struct drawing *drawing, int x, enum role role, const char *text)
{
    const char *end = text + strlen(text);

    while (text < end && x >= 0) {
        const char *from = text;
        int width = utf8_width(utf8_next(&text, end));
        if (x + width > drawing->sheet->width) {
            mark_cut(drawing);
            break;
        }
        for (int i = 0; i < width; i++)
            drawing->row[x + i] = (struct slot){"", role};
        memcpy(drawing->row[x].glyph, from, (size_t)(text - from));
        drawing->row[x].glyph[text - from] = '\0';
        x += width;
    }
    return x;
}

static bool is_blank(const struct drawing *drawing, int from, int to)
{
    for (int x = from; x < to; x++)
        if (x >= drawing->sheet->width || strcmp(drawing->row[x].glyph, " ") != 0)
            return false;
    return true;
}

/* The row as a line of the sheet: one span for each run of a role. */
static void flush(struct drawing *drawing)
{
    int width = drawing->sheet->width;

    while (width > 0 && strcmp(drawing->row[width - 1].glyph, " ") == 0)
        width--;
    sheet_line(drawing->sheet);
    for (int from = 0, to; from < width; from = to) {
        struct text run = {0};
        for (to = from; to < width && drawing->row[to].role == drawing->row[from].role; to++)
            text_add(&run, drawing->row[to].glyph);
        sheet_add(drawing->sheet, drawing->row[from].role, text_get(&run));
        text_clear(&run);
    }
    clear(drawing);
}

/* ---- heads and lifelines ---- */

static int fit(int x, int columns, int width)
{
    x = x + columns > width ? width - columns : x;
    return x < 0 ? 0 : x;
}

static void add_heads(struct drawing *drawing)
{
    const struct diagram *diagram = drawing->diagram;
    bool notes = false;
    int last = 0;

    for (size_t i = 0; i < diagram->head_count; i++) {
        int columns = utf8_columns(diagram->heads[i].name);
        int x = fit(drawing->xs[i] - columns / 2, columns, drawing->sheet->width);
        last = put(drawing, x > last || !last ? x : last + 1, ROLE_NAME, diagram->heads[i].name);
        notes = notes || *diagram->heads[i].note;
    }
    flush(drawing);
    if (!notes)
        return;
    for (size_t i = 0; i < diagram->head_count; i++)
        put(drawing, drawing->xs[i] - utf8_columns(diagram->heads[i].note) / 2, ROLE_PREFERENCE,
            diagram->heads[i].note);
    flush(drawing);
}

static void add_lifelines(struct drawing *drawing, size_t arrow)
{
    static const struct {
        const char *glyph;
        enum role role;
    } looks[] = {[DIAGRAM_LINE] = {"│", ROLE_FRAME},
                 [DIAGRAM_DOWN] = {"░", ROLE_WARN},
                 [DIAGRAM_QUEUE] = {"┃", ROLE_BAR}};
    const struct diagram *diagram = drawing->diagram;

    for (size_t i = 0; i < diagram->head_count; i++) {
        int bar = diagram->bars ? diagram->bars[arrow * diagram->head_count + i] : DIAGRAM_LINE;
        put(drawing, drawing->xs[i], looks[bar].role, looks[bar].glyph);
    }
}

/* ---- arrows ---- */

static enum role end_role(enum diagram_end end)
{
    return end == DIAGRAM_TAKEN ? ROLE_OK : end == DIAGRAM_FAILED ? ROLE_ERROR : ROLE_TEXT;
}

static const char *end_glyph(enum diagram_end end)
{
    return end == DIAGRAM_TAKEN ? "✓" : end == DIAGRAM_FAILED ? "✗" : NULL;
}

/* Nothing, or a line that the shaft passes over. */
static bool is_free(const struct drawing *drawing, int x)
{
    const char *glyph = drawing->row[x].glyph;

    return strcmp(glyph, " ") == 0 || strcmp(glyph, "│") == 0;
}

static const char *foot_glyph(const struct drawing *drawing, int x, bool right)
{
    if (strcmp(drawing->row[x].glyph, "┃") == 0)
        return right ? "┣" : "┫";
    return right ? "├" : "┤";
}

/* The shaft between foot and head, with the label in it where there is room. Returns whether the
 * label was put. */
static bool add_shaft(struct drawing *drawing, const struct diagram_arrow *arrow)
{
    int foot = drawing->xs[arrow->foot], head = drawing->xs[arrow->head];
    int left = foot < head ? foot : head, right = foot < head ? head : foot;
    int columns = utf8_columns(arrow->label);
    bool fits = *arrow->label && columns + 6 <= right - left;

    for (int x = left + 1; x < right; x++)
        if (is_free(drawing, x))
            put(drawing, x, ROLE_STEP, "─");
    put(drawing, foot, ROLE_STEP, foot_glyph(drawing, foot, foot < head));
    put(drawing, foot < head ? head - 1 : head + 1, ROLE_STEP, foot < head ? "►" : "◄");
    if (end_glyph(arrow->end))
        put(drawing, head, end_role(arrow->end), end_glyph(arrow->end));
    if (!fits)
        return false;
    put(drawing, left + 2, ROLE_STEP, " ");
    put(drawing, put(drawing, left + 3, ROLE_ADDRESS, arrow->label), ROLE_STEP, " ");
    return true;
}

/* At the head, else in front of it, else on the row below. False: it needs that row. */
static bool add_result(struct drawing *drawing, const struct diagram_arrow *arrow)
{
    int columns = utf8_columns(arrow->result), head = drawing->xs[arrow->head];
    bool right = arrow->foot <= arrow->head;
    int x = right ? head + 2 : drawing->xs[arrow->foot] + 2;

    if (!columns)
        return true;
    if (x + columns > drawing->sheet->width || !is_blank(drawing, x, x + columns))
        return false;
    put(drawing, x, end_role(arrow->end), arrow->result);
    return true;
}

/* What found no room in the arrow stands below it. */
static void add_below(struct drawing *drawing, const struct diagram_arrow *arrow, size_t place,
                      bool label, bool result)
{
    int foot = drawing->xs[arrow->foot], head = drawing->xs[arrow->head];
    int left = (foot < head ? foot : head) + 2, columns = utf8_columns(arrow->result);

    if (!label && !result)
        return;
    add_lifelines(drawing, place);
    if (label)
        put(drawing, fit(left, utf8_columns(arrow->label), drawing->sheet->width), ROLE_ADDRESS,
            arrow->label);
    if (result)
        put(drawing, fit(label ? head + 2 : head - columns / 2, columns, drawing->sheet->width),
            end_role(arrow->end), arrow->result);
    flush(drawing);
}

/* Words longer than a row, from the left edge on. */
static void add_long_words(struct drawing *drawing, const char *words, enum role role, size_t place)
{
    struct text line = {0};

    for (const char *at = words; *at;) {
        size_t length = wrap_line(at, drawing->sheet->width - INDENT);
        text_cut(&line, 0);
        text_add_bytes(&line, at, length);
        add_lifelines(drawing, place);
        put(drawing, INDENT, role, text_get(&line));
        flush(drawing);
        for (at += length; *at == ' ';)
            at++;
    }
    text_clear(&line);
}

/* What happens at one party alone: words next to its line, wrapped. */
static void add_words(struct drawing *drawing, const struct diagram_arrow *arrow, size_t place)
{
    int x = drawing->xs[arrow->foot] + 2, width = drawing->sheet->width;
    int columns = utf8_columns(arrow->label);
    enum role role = end_role(arrow->end) == ROLE_TEXT ? ROLE_STEP : end_role(arrow->end);

    if (columns + INDENT > width) {
        add_long_words(drawing, arrow->label, role, place);
        return;
    }
    if (x + columns > width)
        x = fit(x, columns, width);
    add_lifelines(drawing, place);
    if (x <= drawing->xs[arrow->foot] && arrow->foot > 0)
        x = fit(drawing->xs[arrow->foot] - columns - 2, columns, width);
    put(drawing, x, role, arrow->label);
    flush(drawing);
}

static void add_arrow(struct drawing *drawing, size_t place)
{
    const struct diagram_arrow *arrow = &drawing->diagram->arrows[place];
    bool label, result;

    put(drawing, LEFT_COLUMNS - 3 - utf8_columns(arrow->moment), ROLE_DIM, arrow->moment);
    if (arrow->foot == arrow->head) {
        add_words(drawing, arrow, place);
        return;
    }
    add_lifelines(drawing, place);
    label = add_shaft(drawing, arrow);
    result = add_result(drawing, arrow);
    flush(drawing);
    add_below(drawing, arrow, place, !label && *arrow->label, !result);
}

/* "3 sender -> mx1 192.0.2.1: refused" */
static void add_line(struct sheet *sheet, const struct diagram *diagram,
                     const struct diagram_arrow *arrow)
{
    const char *foot = diagram->heads[arrow->foot].name, *head = diagram->heads[arrow->head].name;

    sheet_line(sheet);
    sheet_format(sheet, ROLE_DIM, "%s ", arrow->moment);
    if (arrow->foot == arrow->head)
        sheet_wrap(sheet, 3, ROLE_STEP, arena_format(sheet->arena, "%s: %s", foot, arrow->label));
    else
        sheet_wrap(sheet, 3, end_role(arrow->end),
                   arena_format(sheet->arena, "%s -> %s %s%s%s", foot, head, arrow->label,
                                *arrow->result ? ": " : "", arrow->result));
}

/* ---- all of it ---- */

/* Lifelines as far apart as the names beside each other want, the rest shared out evenly. */
static void place_lifelines(struct drawing *drawing)
{
    const struct diagram *diagram = drawing->diagram;
    int count = (int)diagram->head_count;
    int last = count ? utf8_columns(diagram->heads[count - 1].name) / 2 + 2 : 0;
    int first = count ? utf8_columns(diagram->heads[0].name) / 2 : 0;
    int from = first > LEFT_COLUMNS ? first : LEFT_COLUMNS;
    int room = drawing->sheet->width - from - (last < 12 ? 12 : last);

    for (int i = 0; i < count; i++)
        drawing->xs[i] = from + (count > 1 ? room * i / (count - 1) : 0);
}

/* The arrows from `from` on that share a moment; the place behind the last of them. */
static size_t group_end(const struct diagram *diagram, size_t from)
{
    size_t to = from + 1;

    while (to < diagram->arrow_count && !*diagram->arrows[to].moment)
        to++;
    return to;
}

static void add_group(struct drawing *drawing, size_t from, size_t to, size_t unit, bool narrow)
{
    struct sheet *sheet = drawing->sheet;
    size_t line = sheet->count;

    for (size_t i = from; i < to; i++)
        if (narrow)
            add_line(sheet, drawing->diagram, &drawing->diagram->arrows[i]);
        else
            add_arrow(drawing, i);
    sheet->lines[line].selectable = true;
    sheet->lines[line].number = (int)unit;
}

void diagram_draw(struct sheet *sheet, const struct diagram *diagram)
{
    struct drawing drawing = {.sheet = sheet, .diagram = diagram};
    bool narrow = sheet->width < LEAST_COLUMNS || diagram->head_count < 2, shown = true;
    size_t unit = 1;

    drawing.row = arena_alloc(sheet->arena, (size_t)sheet->width, sizeof *drawing.row);
    drawing.xs = arena_alloc(sheet->arena, diagram->head_count, sizeof *drawing.xs);
    clear(&drawing);
    place_lifelines(&drawing);
    if (!narrow)
        add_heads(&drawing);
    for (size_t from = 0, to; from < diagram->arrow_count; from = to, unit++) {
        to = group_end(diagram, from);
        if ((shown = sheet_unit(sheet, unit)))
            add_group(&drawing, from, to, unit, narrow);
    }
    sheet_unit(sheet, 0);
    if (shown && *diagram->end) {
        sheet_gap(sheet);
        sheet_line(sheet);
        sheet_wrap(sheet, 0, ROLE_TEXT, diagram->end);
    }
}
