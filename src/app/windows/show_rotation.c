/* Round robin, and what caches make of it: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"
#include "sheet/rotation_rows.h"
#include "sheet/rotation_sheet.h"
#include "sheet/words.h"

#include <stdlib.h>

enum { SETS = 3 };

struct rotation_state {
    struct question questions[SETS]; /* whose RRsets; names owned */
    size_t count;
    bool turned[SETS][ROTATION_RECORDS_MOST]; /* down here and up for the sender, or other way */
};

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    struct rotation_state *state = window->state;

    (void)ui;
    (void)effects;
    for (size_t i = 0; i < state->count; i++)
        free((char *)state->questions[i].name);
}

static struct rotation_rows rows_of(struct ui *ui, const struct window *window, size_t set)
{
    const struct rotation_state *state = window->state;
    struct visit *visit = ui_visit(ui);
    const struct reply *reply = answers_find(survey_answers(visit->survey), &state->questions[set]);
    struct rotation_rows rows;

    rotation_rows_build(reply, visit->page.facts, &ui->sender, window->arena, &rows);
    for (size_t i = 0; i < rows.count; i++)
        rows.down[i] = rows.down[i] != state->turned[set][i];
    return rows;
}

static size_t draw_set(struct ui *ui, struct window *window, size_t set, struct sheet *sheet)
{
    const struct rotation_state *state = window->state;
    struct rotation_rows rows = rows_of(ui, window, set);
    struct rotation_case cases[ROTATION_CASES];
    size_t count = rotation_rows_play(&rows, ui->sender.seed, window->arena, cases);
    char type[TYPE_TEXT];

    if (count && state->count > 1)
        sheet_heading(sheet,
                      arena_format(window->arena, tr("%s records"),
                                   type_text(state->questions[set].type, type)),
                      NULL);
    for (size_t i = 0; i < count; i++)
        rotation_draw(sheet, &rows, &cases[i], (int)(set * ROTATION_RECORDS_MOST));
    return count;
}

static const char *title_of(const struct rotation_state *state, struct arena *arena)
{
    char type[TYPE_TEXT];
    struct text name = {0};
    const char *title;

    words_name(state->questions[0].name, false, &name);
    title = arena_format(arena, tr("First address by user  %s %s"), text_get(&name),
                         state->count == 1 ? type_text(state->questions[0].type, type) : "");
    text_clear(&name);
    return title;
}

static void draw_absence(struct ui *ui, const struct rotation_state *state, struct sheet *sheet)
{
    const struct answers *answers = survey_answers(ui_visit(ui)->survey);
    const struct reply *replies[SETS];

    for (size_t i = 0; i < state->count; i++)
        replies[i] = answers_find(answers, &state->questions[i]);
    rotation_absence_draw(sheet, replies, state->count);
}

static void build(struct ui *ui, struct window *window)
{
    const struct rotation_state *state = window->state;
    size_t drawn = 0;
    char draws[WORD_SIZE];
    struct sheet *sheet = list_sheet(ui, window, title_of(state, window->arena),
                                     arena_format(window->arena, tr("%s draws  d marks one down"),
                                                  number_words(ROTATION_USERS, draws)));

    for (size_t i = 0; i < state->count; i++)
        drawn += draw_set(ui, window, i, sheet);
    if (!drawn)
        draw_absence(ui, state, sheet);
}

static void put_down(struct ui *ui, struct window *window, const struct sheet_line *line)
{
    struct rotation_state *state = window->state;
    size_t set, at;

    if (line->number < 0 || line->number >= SETS * ROTATION_RECORDS_MOST)
        return;
    set = (size_t)line->number / ROTATION_RECORDS_MOST;
    at = (size_t)line->number % ROTATION_RECORDS_MOST;
    state->turned[set][at] = !state->turned[set][at];
    ui_say(ui, ROLE_NOTICE, "%s",
           rows_of(ui, window, set).down[at] ? tr("down: users continue with the next")
                                             : tr("up again"));
    window->stale = true;
}

static const struct window_kind window_rotation = {
    .id = "rotate",
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_BESIDE,
    .help = "help/round-robin.txt",
    .build = build,
    .close = close,
    .down = put_down,
    .every_reply = true,
};

static void add_question(struct rotation_state *state, const struct question *question)
{
    struct question *added = &state->questions[state->count++];

    *added = *question;
    added->name = memory_dup(question->name);
}

/* The RRset of the row under the cursor. */
static bool add_row(struct ui *ui, struct rotation_state *state)
{
    const struct row *row = ui_row(ui);

    if (!row || !row->record || !row->reply || !row->reply->record_count) {
        ui_say(ui, ROLE_NOTICE, "this row has no records");
        return false;
    }
    add_question(state, &row->reply->question);
    return true;
}

/* All of the domain that have no preference, as in the report. */
static void add_all(struct ui *ui, struct rotation_state *state)
{
    static const uint16_t types[SETS] = {TYPE_A, TYPE_AAAA, TYPE_NS};

    for (size_t i = 0; i < SETS; i++)
        add_question(state, &(struct question){.name = ui_visit(ui)->page.name, .type = types[i]});
}

void show_rotation(struct ui *ui, const char *argument, struct effects *effects)
{
    struct rotation_state chosen = {0}, *state;

    if (!ui_visit(ui))
        return;
    if (argument)
        add_all(ui, &chosen);
    else if (!add_row(ui, &chosen))
        return;
    state = memory_new(1, sizeof *state);
    *state = chosen;
    window_open(ui, &window_rotation, state, effects);
}
