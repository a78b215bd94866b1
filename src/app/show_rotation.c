/* Round robin, and what caches make of it: app/perform.h. */
#include "app/list.h"
#include "app/perform.h"

#include "base/memory.h"
#include "dns/type.h"
#include "view/pane.h"
#include "view/rotation_sheet.h"
#include "view/words.h"

#include <stdlib.h>
#include <string.h>

enum { USERS = 10000, ROUNDS = 20, CACHES = 25, RECORDS_MOST = 64 };

struct rotation_state {
    struct question question; /* whose RRset; name owned */
    bool down[RECORDS_MOST];
};

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    struct rotation_state *state = window->state;

    (void)ui;
    (void)effects;
    free((char *)state->question.name);
}

static const char **labels_of(const struct reply *reply, size_t count, struct arena *arena)
{
    const char **labels = arena_alloc(arena, count, sizeof *labels);

    for (size_t i = 0; i < count; i++) {
        const struct record *record = reply->records[i];
        struct text text = {0};
        if (record->type == TYPE_NS)
            words_name(record->target, false, &text);
        else
            text_add(&text, record->rdata);
        labels[i] = arena_dup(arena, text_get(&text));
        text_clear(&text);
    }
    return labels;
}

static void add_model(struct ui *ui, struct window *window, const char *title,
                      struct rotation_model model, const char *const *labels, size_t count)
{
    const struct rotation_state *state = window->state;
    struct random random;

    random_init(&random, ui->sender.seed);
    model.users = USERS;
    model.rounds = ROUNDS;
    model.down = state->down;
    rotation_draw(window->view.sides[0].sheet, title,
                  rotation_play(count, &model, &random, window->arena), labels, state->down);
}

static void build(struct ui *ui, struct window *window)
{
    const struct rotation_state *state = window->state;
    const struct reply *reply =
        answers_find(survey_answers(ui_visit(ui)->survey), &state->question);
    size_t count = reply ? reply->record_count : 0;
    char type[TYPE_TEXT];
    struct sheet *sheet =
        list_sheet(ui, window,
                   arena_format(window->arena, "Who gets which first  %s %s", state->question.name,
                                type_text(state->question.type, type)),
                   "d puts one down");
    const char **labels;

    if (!count) {
        sheet_pair(sheet, "", 0, ROLE_DIM, "There are no records to rotate.");
        return;
    }
    count = count > RECORDS_MOST ? RECORDS_MOST : count;
    labels = labels_of(reply, count, window->arena);
    add_model(ui, window, "Everybody asks the name server, which rotates",
              (struct rotation_model){.order = ROTATION_CYCLIC}, labels, count);
    add_model(ui, window, "All behind one cache that hands on what it keeps",
              (struct rotation_model){.order = ROTATION_CYCLIC, .caches = 1}, labels, count);
    add_model(ui, window, "Behind 25 caches",
              (struct rotation_model){.order = ROTATION_CYCLIC, .caches = CACHES}, labels, count);
    add_model(ui, window, "Behind one cache that rotates, too",
              (struct rotation_model){.order = ROTATION_CYCLIC, .caches = 1, .cache_rotates = true},
              labels, count);
    add_model(ui, window, "Nobody rotates", (struct rotation_model){.order = ROTATION_FIXED},
              labels, count);
}

static void put_down(struct ui *ui, struct window *window, const struct sheet_line *line)
{
    struct rotation_state *state = window->state;

    if (line->number < 0 || line->number >= RECORDS_MOST)
        return;
    state->down[line->number] = !state->down[line->number];
    ui_say(ui, ROLE_NOTICE, "%s",
           state->down[line->number] ? "down: users go on to the next" : "up again");
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
