/* A question about what the simulation shows next, before it shows it: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/actions/play.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "mail/delivery/delivery.h"

#include <stdlib.h>
#include <string.h>

struct ask_state {
    struct arena *arena;
    struct asked asked;
    bool verdict;                   /* asked at the last line: what becomes of the message */
    const char *reason, *reference; /* of the line that follows */
};

static void build(struct ui *ui, struct window *window)
{
    const struct ask_state *state = window->state;
    const struct asked *asked = &state->asked;
    struct sheet *sheet = list_sheet(
        ui, window, state->verdict ? "What becomes of the message?" : "Which host is tried next?",
        NULL);

    for (size_t i = 0; i < asked->count; i++) {
        bool right = asked->answered && i == asked->right;
        bool wrong = asked->answered && (int)i == asked->chosen && !right;
        sheet_line(sheet);
        sheet_format(sheet, ROLE_PREFERENCE, "%zu  ", i + 1);
        sheet_select(sheet, (int)i, NULL);
        sheet_wrap(sheet, 3, right ? ROLE_OK : wrong ? ROLE_ERROR : ROLE_TEXT, asked->choices[i]);
        if (right || wrong)
            sheet_add(sheet, right ? ROLE_OK : ROLE_ERROR, right ? "  ✓" : "  ✗");
    }
    if (!asked->answered)
        return;
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, state->reason);
    sheet_reference(sheet, state->reference);
}

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    (void)ui;
    (void)effects;
    arena_free(((struct ask_state *)window->state)->arena);
}

static const struct window_kind window_ask = {
    .id = "ask",
    .context = CONTEXT_QUESTION,
    .place = OVERLAY_SMALL,
    .help = "help/lessons.txt",
    .build = build,
    .close = close,
};

/* The choice under the cursor is the one that is made. */
void ask_answer(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_of(ui, &window_ask);
    const struct overlay_side *side = window ? &window->view.sides[0] : NULL;
    struct asked *asked = window ? &((struct ask_state *)window->state)->asked : NULL;

    (void)argument;
    if (!asked)
        return;
    if (asked->answered) {
        window_close(ui, effects);
        return;
    }
    if (side->sheet && side->cursor.selected < side->sheet->count)
        asked->chosen = side->sheet->lines[side->cursor.selected].number;
    asked->answered = true;
    window->stale = true;
}

void ask_choose(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_of(ui, &window_ask);
    const struct sheet *sheet = window ? window->view.sides[0].sheet : NULL;
    int chosen = argument && *argument ? *argument - '1' : 0;

    for (size_t line = 0; sheet && line < sheet->count; line++)
        if (sheet->lines[line].selectable && sheet->lines[line].number == chosen) {
            window_jump(ui, window, line, effects);
            return;
        }
    ui_say(ui, ROLE_NOTICE, "no such choice");
}

/* The sentence that the simulation shows next. */
static void find_reason(struct ui *ui, struct ask_state *state, size_t shown)
{
    const struct route *route = simulated_route(ui, &ui->sender, state->arena);
    struct delivery_plan *plan = delivery_plan_new(route, &ui->sender, 0);
    struct delivery delivery;
    struct steps steps;

    delivery_draw_nth(plan, 0, &delivery);
    steps = delivery_steps(plan, &delivery, state->arena);
    if (shown < steps.count) {
        state->reason = steps.steps[shown].text;
        state->reference = steps.steps[shown].reference;
    }
    delivery_plan_free(plan);
}

void show_ask(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_top(ui);
    struct ask_state *state;
    struct lesson_item item = {.kind = ITEM_ASK, .ask = ASK_NEXT};

    (void)argument;
    if (!window || strcmp(window->kind->id, "simulate") != 0) {
        ui_say(ui, ROLE_NOTICE, "no simulation is open: :simulate opens one");
        return;
    }
    if (!window_shown(ui, window) || window->shown >= window->units) {
        ui_say(ui, ROLE_NOTICE, "everything is shown already (:set reveal=on, then r)");
        return;
    }
    state = memory_new(1, sizeof *state);
    state->arena = arena_new();
    state->reason = state->reference = "";
    state->asked.chosen = -1;
    state->verdict = window->shown + 1 == window->units;
    item.ask = state->verdict ? ASK_VERDICT : ASK_NEXT;
    play_offer(ui, &item, &state->asked, state->arena);
    find_reason(ui, state, window->shown);
    window_open(ui, &window_ask, state, effects);
    window_top(ui)->own = true;
}
