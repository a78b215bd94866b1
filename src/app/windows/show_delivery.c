/* The simulation: the steps of one delivery, and many deliveries as shares: app/actions/perform.h.
 */
#include "app/actions/perform.h"
#include "app/actions/play.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "app/settings/options.h"
#include "base/memory.h"
#include "base/message.h"
#include "mail/simulation/simulation.h"
#include "sheet/delivery_sheet.h"
#include "sheet/words.h"
#include "view/screen/layout.h"
#include "view/screen/overlay.h"

#include <stdio.h>
#include <stdlib.h>

struct simulation_state {
    struct arena *arena;  /* of the route and the steps */
    struct sender sender; /* as the route was built */
    bool built;
    const struct route *route;
    struct delivery_plan *plan;
    struct steps steps;
    struct simulation *run;
    uint64_t deliveries;
    size_t answers; /* how many there were when the route was built */
};

static void state_clear(struct simulation_state *state)
{
    if (!state->built)
        return;
    simulation_free(state->run);
    delivery_plan_free(state->plan);
    sender_clear(&state->sender);
    arena_free(state->arena);
    state->run = NULL;
    state->plan = NULL;
    state->built = false;
}

/* Route, one delivery and a fresh run, from the answers and the sender as they are now. */
static void state_build(struct ui *ui, struct window *window)
{
    struct simulation_state *state = window->state;
    struct delivery delivery;

    state_clear(state);
    state->arena = arena_new();
    sender_copy(&state->sender, &ui->sender);
    state->built = true;
    state->route = simulated_route(ui, &state->sender, state->arena);
    state->answers = answers_count(survey_answers(ui_visit(ui)->survey));
    state->plan = delivery_plan_new(state->route, &state->sender, 0);
    delivery_draw_nth(state->plan, 0, &delivery);
    state->steps = delivery_steps(state->plan, &delivery, state->arena);
    state->run = simulation_new(state->route, &state->sender, state->deliveries);
}

/* The step the cursor of the left side is on. */
static size_t current_step(const struct window *window)
{
    const struct overlay_side *side = &window->view.sides[0];
    const struct sheet *sheet = side->sheet;

    if (!sheet || side->cursor.selected >= sheet->count || !sheet->lines[side->cursor.selected].key)
        return 0;
    return (size_t)atol(sheet->lines[side->cursor.selected].key) - 1;
}

static const char *steps_title(struct ui *ui, struct simulation_state *state, struct arena *arena)
{
    struct text name = {0};
    const char *title;
    struct visit *visit = ui_visit(ui);
    size_t edits = visit->whatif ? whatif_count(visit->whatif) : 0;

    words_name(state->route->domain, false, &name);
    title = arena_format(arena, tr("Delivery to %s  %s  seed %llu"), text_get(&name),
                         profile_full_title(state->sender.profile, arena),
                         (unsigned long long)state->sender.seed);
    if (state->sender.as)
        title = arena_format(arena, tr("%s  as %s"), title, state->sender.as);
    if (state->sender.rotates)
        title = arena_format(arena, tr("%s  resolver rotates"), title);
    if (edits)
        title = arena_format(arena, tr("%s  what if"), title);
    text_clear(&name);
    return title;
}

/* "3/7", or "3/…" while not all is shown. */
static const char *place_title(struct ui *ui, const struct window *window,
                               const struct simulation_state *state, size_t step)
{
    if (window_shown(ui, window) && window->shown < state->steps.count)
        return arena_format(window->arena, "%zu/…", step + 1);
    return arena_format(window->arena, "%zu/%zu", step + 1, state->steps.count);
}

static const char *runs_title(const struct window *window, const struct simulation_state *state)
{
    uint64_t drawn = window->grow_ms ? simulation_done(state->run) : state->deliveries;
    char number[WORD_SIZE];

    if (!state->deliveries)
        return tr("not drawn yet");
    return arena_format(window->arena, tr_plural("%s delivery", "%s deliveries", drawn),
                        number_words(drawn, number));
}

static void build(struct ui *ui, struct window *window)
{
    struct simulation_state *state = window->state;
    size_t step = current_step(window);
    const struct simulation_result *result;
    struct sheet *left, *right;

    if (window_shown(ui, window) && step >= window->shown)
        step = window->shown - 1;
    if (state->built && !state->route->complete &&
        state->answers != answers_count(survey_answers(ui_visit(ui)->survey)))
        state_clear(state);
    if (!state->built) {
        state_build(ui, window);
        window->busy = true;
    }
    left = list_side(ui, window, 0, steps_title(ui, state, window->arena),
                     place_title(ui, window, state, step));
    right = list_side(ui, window, 1, "Shares", runs_title(window, state));
    delivery_steps_draw(left, &state->steps, step);
    result = simulation_result(state->run, window->arena);
    delivery_shares_draw(right, state->route, &state->sender, result, state->deliveries);
}

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    (void)ui;
    (void)effects;
    state_clear(window->state);
}

static void forget(struct window *window)
{
    state_clear(window->state);
}

static void moved(struct ui *ui, struct window *window, struct effects *effects)
{
    (void)ui;
    (void)effects;
    window->stale = true;
}

/* The next line by itself, as long as there is one. */
static void go_on(struct ui *ui, struct window *window)
{
    size_t before = window->view.sides[0].cursor.selected;
    int side = window->view.side;

    window->view.side = 0;
    window_move(ui, window, 1, NULL);
    window->view.side = side;
    window->auto_ms = window->view.sides[0].cursor.selected == before ? 0 : ui->now_ms + AUTO_MS;
}

static bool work(struct ui *ui, struct window *window)
{
    struct simulation_state *state = window->state;

    if (window->auto_ms && ui->now_ms >= window->auto_ms)
        go_on(ui, window);
    if (window->busy && !state->built)
        state_build(ui, window);
    if (!window->busy)
        return false;
    return !simulation_enumerate(state->run, WINDOW_SLICE) ||
           !simulation_slice(state->run, window->slice);
}

static const struct route *route_of(const struct window *window)
{
    const struct simulation_state *state = window->state;

    return state->built ? state->route : NULL;
}

static const struct window_kind window_simulation = {
    .id = "simulate",
    .context = CONTEXT_SIMULATION,
    .place = OVERLAY_BESIDE,
    .two_sided = true,
    .help = "help/simulation.txt",
    .build = build,
    .route = route_of,
    .close = close,
    .moved = moved,
    .forget = forget,
    .work = work,
    .reveals = true,
    .every_reply = true,
};

void show_delivery(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct simulation_state *state;
    uint64_t deliveries = windows_reveal(ui) ? 0 : DELIVERIES_DEFAULT;

    if (argument && *argument && !ui_number(ui, argument, 1, DELIVERIES_MAX, &deliveries))
        return;
    if (!visit || !visit->page.facts)
        return;
    if (!visit->page.facts->mx.reply) {
        ui_say(ui, ROLE_NOTICE, "waiting for the MX records");
        return;
    }
    state = memory_new(1, sizeof *state);
    state->deliveries = (uint64_t)deliveries;
    window_draw_runs(ui, window_open(ui, &window_simulation, state, effects), deliveries);
}

/* ---- keys ---- */

/* The simulation on top; NULL, and that is said, when there is none. */
static struct window *simulation(struct ui *ui)
{
    struct window *window = window_of(ui, &window_simulation);

    if (!window)
        ui_say(ui, ROLE_NOTICE, "no simulation is open: :simulate opens one");
    return window;
}

/* On the last line that is shown, or behind it. */
static bool is_at_end(struct window *window)
{
    const struct sheet_line *line = window_line(window);

    return !line || !line->unit || line->unit >= window->shown;
}

/* Where one side is shown, the one that has what comes now. */
static void turn_to(struct ui *ui, struct window *window, int side)
{
    struct layout layout;

    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    if (overlay_one_side(&window->view, &layout))
        window->view.side = side;
}

/* Where lines are revealed, the next one is; else the cursor moves. */
void simulate_steps(struct ui *ui, long steps, struct effects *effects)
{
    struct window *window = window_top(ui);

    if (!window) {
        ui_say(ui, ROLE_NOTICE, "no simulation is open: :simulate opens one");
        return;
    }
    if (window_shown(ui, window) && window->units) {
        turn_to(ui, window, 0);
        if (steps < 0 ? window_conceal(ui, window, effects)
                      : is_at_end(window) && window_reveal(ui, window, effects))
            return;
    }
    if (window->units)
        window->view.side = 0;
    window_move(ui, window, steps, effects);
}

void simulate_auto(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = simulation(ui);

    (void)argument;
    (void)effects;
    if (window && !play_auto(ui))
        window->auto_ms = window->auto_ms ? 0 : ui->now_ms + AUTO_MS;
}

void simulate_reroll(struct ui *ui, const char *argument, struct effects *effects)
{
    uint64_t seed = ui->sender.seed < SEED_MAX ? ui->sender.seed + 1 : 0;

    (void)effects;
    if (argument && *argument && !ui_number(ui, argument, 0, SEED_MAX, &seed))
        return;
    ui->sender.seed = seed;
    simulated_changed(ui);
    ui_say(ui, ROLE_NOTICE, "drawn again with seed %llu", (unsigned long long)seed);
}

void simulate_run(struct ui *ui, long deliveries, struct effects *effects)
{
    struct window *window = window_of(ui, &window_simulation);
    struct simulation_state *state = window ? window->state : NULL;

    (void)effects;
    if (!window) {
        show_srv_draws(ui, (uint64_t)deliveries);
        return;
    }
    state->deliveries = deliveries;
    if (state->built) {
        simulation_free(state->run);
        state->run = simulation_new(state->route, &state->sender, state->deliveries);
    }
    window_draw_runs(ui, window, state->deliveries);
    turn_to(ui, window, 1);
}
