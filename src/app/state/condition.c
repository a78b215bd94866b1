#include "app/state/condition.h"

#include "app/state/simulated.h"
#include "base/memory.h"
#include "dns/name.h"
#include "mail/delivery/delivery.h"
#include "mail/sender/verdict.h"
#include "sheet/words.h"
#include "view/panes/pane.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Rows are compared as they are where there is room for all of a row. */
enum { WIDE_COLUMNS = 900, PANE_COLUMNS = 400 };

/* ---- names ---- */

/* Appends the host as a page has it: "mx1" within the domain, else in full. */
static void add_host(struct ui *ui, const char *host, struct text *out)
{
    words_name_within(host, ui_visit(ui) ? ui_visit(ui)->page.name : ".", out);
}

/* Is the host, as add_host() has it, the one wanted, which may be written in full? */
static bool is_host(struct ui *ui, const char *wanted, const char *is)
{
    const char *domain = ui_visit(ui) ? ui_visit(ui)->page.name : ".";
    struct text full = {0};
    bool same;

    text_format(&full, "%s.%.*s", is, (int)name_shown_length(domain), domain);
    same = strcmp(wanted, is) == 0 || strcmp(text_get(&full), wanted) == 0;
    text_clear(&full);
    return same;
}

/* ---- the state, in the words of a page ---- */

static void window_is(struct ui *ui, struct text *out)
{
    text_add(out, window_top(ui) ? window_top(ui)->kind->id : "panes");
}

static void name_is(struct ui *ui, struct text *out)
{
    const char *name = ui_visit(ui) ? ui_visit(ui)->page.name : "none";

    text_add_bytes(out, name, (size_t)name_shown_length(name));
}

static void pane_is(struct ui *ui, struct text *out)
{
    static const char *const names[PANE_COUNT] = {
        [PANE_MX] = "mx",   [PANE_ADDRESS] = "address", [PANE_NS] = "ns",
        [PANE_SRV] = "srv", [PANE_MAIL] = "mail",       [PANE_FINDINGS] = "findings"};

    text_add(out, ui_visit(ui) ? names[ui_visit(ui)->page.focus] : "none");
}

static void row_is(struct ui *ui, struct text *out)
{
    const struct row *row = ui_row(ui);

    if (row && row->target)
        add_host(ui, row->target, out);
    else
        text_add(out, "none");
}

static void down_is(struct ui *ui, struct text *out)
{
    size_t count = 0;

    for (size_t i = 0; i < ui->sender.down_count; i++) {
        const struct down *down = &ui->sender.downs[i];
        char address[ADDRESS_TEXT];
        if (down->stage == STAGE_ACCEPTS || down->bounded)
            continue;
        text_add(out, count++ ? "," : "");
        if (down->all)
            text_add(out, "*");
        else if (down->host)
            add_host(ui, down->host, out);
        else
            text_add(out, address_text(&down->address, address));
    }
    if (!count)
        text_add(out, "none");
}

/* Who one is: in the window about that, or for the sender. */
static void as_is(struct ui *ui, struct text *out)
{
    if (ui->sender.as)
        add_host(ui, ui->sender.as, out);
    else
        text_add(out, "none");
}

static void sender_is(struct ui *ui, struct text *out)
{
    text_add(out, profile_name(ui->sender.profile));
}

static void seed_is(struct ui *ui, struct text *out)
{
    text_format(out, "%" PRIu64, ui->sender.seed);
}

static void step_is(struct ui *ui, struct text *out)
{
    const struct window *window = window_top(ui);

    if (!window || !window->units)
        text_add(out, "0");
    else
        text_format(out, "%zu", window->shown < window->units ? window->shown : window->units);
}

static void runs_is(struct ui *ui, struct text *out)
{
    const struct window *window = window_top(ui);

    text_format(out, "%" PRIu64, window && !window->busy ? window->runs : 0);
}

static void verdict_is(struct ui *ui, struct text *out)
{
    const struct window *window = window_top(ui);
    struct arena *arena = arena_new();
    const struct route *route = simulated_route(ui, &ui->sender, arena);
    struct delivery_plan *plan;
    struct delivery delivery;

    if (route && window && window->units && window->shown >= window->units) {
        plan = delivery_plan_new(route, &ui->sender, 0);
        delivery_draw_nth(plan, 0, &delivery);
        text_add(out, verdict_text(delivery.verdict));
        delivery_plan_free(plan);
    } else {
        text_add(out, "not shown yet");
    }
    arena_free(arena);
}

/* ---- what stands on the screen ---- */

/* The same text with each run of blanks as one. */
static void squeeze(const char *text, struct text *out)
{
    for (; *text; text++)
        if (*text != ' ' || (text[1] != ' ' && text[1] != '\0' && out->length))
            text_add_char(out, *text);
}

static bool line_has(const char *line, const char *wanted)
{
    struct text squeezed = {0};
    bool has;

    squeeze(line, &squeezed);
    has = strstr(text_get(&squeezed), wanted) != NULL;
    text_clear(&squeezed);
    return has;
}

static bool sheet_has(const struct sheet *sheet, const char *wanted)
{
    bool has = false;

    for (size_t i = 0; sheet && i < sheet->count && !has; i++) {
        struct text line = {0};
        sheet_text(sheet, i, &line);
        has = line_has(text_get(&line), wanted);
        text_clear(&line);
    }
    return has;
}

/* Builds the window once more, wide enough for any row. */
static bool window_has(struct ui *ui, const char *wanted)
{
    int width = ui->width, height = ui->height;
    bool has = false;

    ui->width = ui->height = WIDE_COLUMNS;
    windows_stale(ui, false);
    windows_refresh(ui);
    for (int side = 0; side < OVERLAY_SIDES && !has; side++) {
        const struct overlay_side *shown = &window_top(ui)->view.sides[side];
        has = sheet_has(shown->sheet, wanted) || (shown->title && line_has(shown->title, wanted)) ||
              (shown->right && line_has(shown->right, wanted));
    }
    ui->width = width;
    ui->height = height;
    windows_stale(ui, false);
    windows_refresh(ui);
    return has;
}

static bool pane_has(struct ui *ui, enum pane pane, const char *wanted)
{
    struct canvas *canvas =
        canvas_new(PANE_COLUMNS, (int)ui_visit(ui)->page.panes[pane].rows.count + 1);
    struct text rows = {0};
    char *rest = NULL, *all;
    bool has = false;

    pane_draw(&ui->scene, pane, canvas, canvas_area(canvas));
    canvas_dump(canvas, false, &rows);
    all = text_take(&rows);
    for (char *row = strtok_r(all, "\n", &rest); row && !has; row = strtok_r(NULL, "\n", &rest))
        has = line_has(row, wanted);
    free(all);
    canvas_free(canvas);
    return has;
}

static bool screen_has(struct ui *ui, const char *wanted)
{
    bool has = false;

    if (window_top(ui))
        return window_has(ui, wanted);
    for (int pane = 0; pane < PANE_COUNT && ui_visit(ui) && !has; pane++)
        has = pane_has(ui, (enum pane)pane, wanted);
    return has;
}

/* ---- conditions ---- */

typedef void describe_function(struct ui *ui, struct text *out);

static describe_function *const describers[EXPECT_COUNT] = {
    [EXPECT_WINDOW] = window_is, [EXPECT_NAME] = name_is,      [EXPECT_PANE] = pane_is,
    [EXPECT_ROW] = row_is,       [EXPECT_DOWN] = down_is,      [EXPECT_AS] = as_is,
    [EXPECT_SENDER] = sender_is, [EXPECT_SEED] = seed_is,      [EXPECT_STEP] = step_is,
    [EXPECT_RUNS] = runs_is,     [EXPECT_VERDICT] = verdict_is};

/* Are the words of two lists, parted by commas, the same whatever their order? */
static bool same_hosts(struct ui *ui, const char *wanted, const char *is)
{
    char *all = memory_dup(wanted), *rest = NULL;
    size_t count = 0, found = 0, there = 1;

    for (const char *c = is; *c; c++)
        there += *c == ',';
    for (char *word = strtok_r(all, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        char *others = memory_dup(is), *more = NULL;
        bool same = false;
        count++;
        for (char *other = strtok_r(others, ",", &more); other && !same;
             other = strtok_r(NULL, ",", &more))
            same = is_host(ui, word, other);
        found += same;
        free(others);
    }
    free(all);
    return found == count && count == there;
}

static bool is_wanted(struct ui *ui, const struct lesson_condition *condition, const char *is)
{
    const struct window *window = window_top(ui);

    switch (condition->kind) {
    case EXPECT_DOWN:
        return same_hosts(ui, condition->value, is);
    case EXPECT_ROW:
    case EXPECT_AS:
        return is_host(ui, condition->value, is);
    case EXPECT_STEP:
        if (strcmp(condition->value, "all") == 0)
            return window && window->units && window->shown >= window->units;
        return strcmp(condition->value, is) == 0;
    default:
        return strcmp(condition->value, is) == 0;
    }
}

bool condition_holds(struct ui *ui, const struct lesson_condition *condition, struct text *is)
{
    struct text state = {0};
    bool holds;

    if (condition->kind == EXPECT_SCREEN)
        return screen_has(ui, condition->value);
    describers[condition->kind](ui, &state);
    holds = is_wanted(ui, condition, text_get(&state));
    if (is)
        text_add(is, text_get(&state));
    text_clear(&state);
    return holds;
}

void condition_print(const struct lesson_condition *condition, struct text *out)
{
    if (condition->kind == EXPECT_SCREEN)
        text_format(out, "screen \"%s\"", condition->value);
    else
        text_format(out, "%s=%s", condition_word(condition->kind), condition->value);
}
