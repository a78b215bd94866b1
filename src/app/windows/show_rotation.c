/* Round robin, and what caches make of it: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"

#include "base/memory.h"
#include "dns/type.h"
#include "sheet/rotation_rows.h"
#include "sheet/rotation_sheet.h"
#include "sheet/words.h"
#include "view/panes/pane.h"

#include <stdlib.h>
#include <string.h>

struct rotation_state {
    struct question question;           /* whose RRset; name owned */
    bool turned[ROTATION_RECORDS_MOST]; /* down here and up for the sender, or the other way */
};

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    struct rotation_state *state = window->state;

    (void)ui;
    (void)effects;
    free((char *)state->question.name);
}

static struct rotation_rows rows_of(struct ui *ui, const struct window *window)
{
    const struct rotation_state *state = window->state;
    struct visit *visit = ui_visit(ui);
    const struct reply *reply = answers_find(survey_answers(visit->survey), &state->question);
    struct rotation_rows rows;

    rotation_rows_build(reply, visit->page.facts, &ui->sender, window->arena, &rows);
    for (size_t i = 0; i < rows.count; i++)
        rows.down[i] = rows.down[i] != state->turned[i];
    return rows;
}

static void build(struct ui *ui, struct window *window)
{
    const struct rotation_state *state = window->state;
    struct rotation_rows rows = rows_of(ui, window);
    struct rotation_case cases[ROTATION_CASES];
    size_t count = rotation_rows_play(&rows, ui->sender.seed, window->arena, cases);
    char type[TYPE_TEXT], users[WORD_SIZE];
    struct text name = {0};
    struct sheet *sheet;

    words_name(state->question.name, false, &name);
    sheet = list_sheet(ui, window,
                       arena_format(window->arena, "Who gets which first  %s %s", text_get(&name),
                                    type_text(state->question.type, type)),
                       arena_format(window->arena, "%s users  d puts one down",
                                    words_number(ROTATION_USERS, users)));
    text_clear(&name);
    for (size_t i = 0; i < count; i++)
        rotation_draw(sheet, &rows, &cases[i]);
    if (!count)
        sheet_pair(sheet, "", 0, ROLE_DIM, "There are no records to turn.");
}

static void put_down(struct ui *ui, struct window *window, const struct sheet_line *line)
{
    struct rotation_state *state = window->state;

    if (line->number < 0 || line->number >= ROTATION_RECORDS_MOST)
        return;
    state->turned[line->number] = !state->turned[line->number];
    ui_say(ui, ROLE_NOTICE, "%s",
           rows_of(ui, window).down[line->number] ? "down: users go on to the next" : "up again");
    window->stale = true;
}

static const struct window_kind window_rotation = {
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_BESIDE,
    .help = "help/round-robin.txt",
    .build = build,
    .close = close,
    .down = put_down,
    .every_reply = true,
};

void show_rotation(struct ui *ui, const char *argument, struct effects *effects)
{
    const struct row *row = ui_row(ui);
    struct rotation_state *state;

    (void)argument;
    if (!row || !row->record || !row->reply || !row->reply->record_count) {
        ui_say(ui, ROLE_NOTICE, "there are no records in this row");
        return;
    }
    state = memory_new(1, sizeof *state);
    state->question = row->reply->question;
    state->question.name = memory_dup(row->reply->question.name);
    window_open(ui, &window_rotation, state, effects);
}
