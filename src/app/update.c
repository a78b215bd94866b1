#include "app/update.h"

#include "app/actions/perform.h"
#include "app/actions/play.h"
#include "app/actions/typed.h"
#include "app/state/editor.h"
#include "app/state/state.h"
#include "app/state/visit.h"
#include "base/memory.h"
#include "base/message.h"
#include "sheet/words.h"
#include "view/panes/pane.h"
#include "view/screen/layout.h"
#include "view/screen/strips.h"

#include <stdlib.h>
#include <string.h>

/* The key means nothing here: where it does, unless that would be a long story. */
static void say_where(struct ui *ui, uint32_t key)
{
    enum { PLACES_SAID = 2 };
    struct text places = {0};
    char name[KEY_TEXT];
    size_t count = 0;

    for (size_t i = 0; i < ui->keymap.count; i++) {
        enum action action = ui->keymap.bindings[i].action;
        if (ui->keymap.bindings[i].key == key)
            text_format(&places, "%s%s %s", count++ ? message_comma() : "", action_label(action),
                        action_where(action_get(action)->contexts));
    }
    if (count && count <= PLACES_SAID)
        ui_say(ui, ROLE_NOTICE, "%s works only here: %s", key_text(key, name), text_get(&places));
    else
        ui_say(ui, ROLE_NOTICE, "%s does nothing here", key_text(key, name));
    text_clear(&places);
}

/* The lesson's keys come before those of where one is. */
static bool find_action(const struct ui *ui, uint32_t key, enum action *action)
{
    unsigned context = ui_context(ui);

    if (ui_plays(ui) && keymap_find(&ui->keymap, key, CONTEXT_LESSON, action) &&
        (*action != ACTION_PLAY_CHOOSE || lecture_open(ui->lecture)))
        return true;
    return keymap_find(&ui->keymap, key, context, action);
}

/* Any key stops what goes on by itself. */
static void stop_auto(struct ui *ui)
{
    windows_stop_auto(ui);
    if (ui->lecture)
        ui->lecture->auto_ms = 0;
}

/* The digit is the argument of the action. */
static bool takes_digit(enum action action)
{
    return action == ACTION_PANE || action == ACTION_PLAY_CHOOSE || action == ACTION_ASK_CHOOSE;
}

static void press(struct ui *ui, uint32_t key, struct effects *effects)
{
    char digit[] = {(char)key, '\0'};
    unsigned opened = ui->opened;
    enum action action;

    text_cut(&ui->message, 0);
    ui->scene.pressed = ui->settings.present ? key_text(key, ui->pressed) : NULL;
    if (!find_action(ui, key, &action)) {
        stop_auto(ui);
        say_where(ui, key);
        return;
    }
    if (action != ACTION_AUTO)
        stop_auto(ui);
    ui->quit_asked = ui->quit_asked && action == ACTION_QUIT;
    if (ui_plays(ui) && ui->lecture->focused && play_page_key(ui, action, effects))
        return;
    action_perform(ui, action, takes_digit(action) ? digit : NULL, effects);
    if (!(action_get(action)->contexts & CONTEXT_LESSON) && ui->opened == opened)
        play_note_key(ui, key, action);
}

/* A key in the bar, the prompt, or a tab was pressed; false when none was. */
static bool press_strip(struct ui *ui, const struct layout *layout, const struct event *event,
                        struct effects *effects)
{
    const struct hint *hint =
        event->y == layout->bar.y ? strips_hint_at(&ui->scene, layout->bar, event->x) : NULL;
    enum pane pane = layout->tabs && event->y == layout->strip.y && !ui->window_count
                         ? strips_pane_at(&ui->scene, layout->strip, event->x)
                         : PANE_COUNT;
    uint32_t key;

    text_cut(&ui->message, 0);
    if (hint && key_parse(hint->key, &key))
        press(ui, key, effects);
    else if (event->y == layout->prompt.y && !ui->window_count)
        browse_open(ui, NULL, effects);
    else if (pane != PANE_COUNT && ui_visit(ui))
        ui_visit(ui)->page.focus = pane;
    else
        return event->y == layout->bar.y;
    return true;
}

static void press_pane(struct ui *ui, const struct layout *layout, const struct event *event,
                       struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct pane_state *state;
    enum pane pane = visit ? layout_pane_at(layout, event->x, event->y) : PANE_COUNT;
    const struct area *area;
    size_t row;

    if (pane == PANE_COUNT)
        return;
    typed_cancel(ui, effects);
    area = &layout->panes[pane];
    state = &visit->page.panes[pane];
    row =
        cursor_top(&state->cursor, state->rows.count, area->height) + (size_t)(event->y - area->y);
    visit->page.focus = pane;
    if (event->y < area->y || row >= state->rows.count)
        return;
    state->cursor.selected = row;
    visit_note_cursor(visit, pane);
    if (event->mouse == MOUSE_DOUBLE)
        press(ui, '\r', effects);
}

static void press_in_window(struct ui *ui, const struct layout *layout, struct window *window,
                            const struct event *event, struct effects *effects)
{
    struct area areas[OVERLAY_SIDES];

    overlay_areas(&window->view, layout, areas);
    for (int side = 0; side < OVERLAY_SIDES; side++) {
        const struct area *area = &areas[side];
        const struct overlay_side *shown = &window->view.sides[side];
        if (!shown->sheet || event->x < area->x || event->x >= area->x + area->width ||
            event->y < area->y || event->y >= area->y + area->height)
            continue;
        window->view.side = side;
        window_jump(ui, window,
                    cursor_top(&shown->cursor, shown->sheet->count, area->height) +
                        (size_t)(event->y - area->y),
                    effects);
        if (event->mouse == MOUSE_DOUBLE)
            press(ui, '\r', effects);
        return;
    }
}

static void mouse(struct ui *ui, const struct event *event, struct effects *effects)
{
    struct window *window = window_top(ui);
    unsigned opened = ui->opened;
    struct layout layout;

    ui_refresh(ui);
    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    if (play_page_mouse(ui, event, effects))
        return;
    if (event->mouse == MOUSE_WHEEL_UP || event->mouse == MOUSE_WHEEL_DOWN)
        for (int i = 0; i < 3; i++)
            move_lines(ui, event->mouse == MOUSE_WHEEL_UP ? -1 : 1, effects);
    else if (press_strip(ui, &layout, event, effects))
        ;
    else if (window)
        press_in_window(ui, &layout, window, event, effects);
    else
        press_pane(ui, &layout, event, effects);
    if (event->y != layout.bar.y && ui->opened == opened)
        play_note_moved(ui);
}

static void tick(struct ui *ui, struct effects *effects)
{
    for (size_t i = 0; i < ui->window_count; i++) {
        struct window *window = ui->windows[i];
        if (window->kind->work && (window->busy || window->auto_ms)) {
            window->busy = window->kind->work(ui, window);
            window->stale = true;
        }
    }
    play_tick(ui, effects);
    browse_watch_tick(ui);
}

/* Before others no window names the resolver. */
static void hide_resolver(const struct ui *ui, struct reply *reply)
{
    if (ui->settings.privacy && !reply->question.server.family &&
        reply->transport != TRANSPORT_ZONE && *reply->server)
        reply->server = "resolver";
}

static void reply(struct ui *ui, struct reply *reply)
{
    hide_resolver(ui, reply);
    visit_reply(ui, reply);
    windows_stale(ui, true);
}

static void paste(struct ui *ui)
{
    ui_say(ui, ROLE_NOTICE, "to look up what you pasted, press o first");
}

/* The light theme for a light ground, unless another was chosen meanwhile. */
static void background(struct ui *ui, const char *ground, struct effects *effects)
{
    static const char light[] = "okabe-light";

    if (strcmp(ground, "light") != 0 || strcmp(ui->theme, ui->settings.theme) != 0 ||
        ui->theme_shown)
        return;
    free(ui->theme);
    ui->theme = memory_dup(light);
    effects_add_text(effects, EFFECT_THEME, light, false);
}

static void silent(struct ui *ui, const struct event *event)
{
    text_cut(&ui->silent, 0);
    text_add(&ui->silent, ui->settings.privacy ? tr("the resolver") : event->text);
    ui->silence = (struct silence){.server = event->y ? text_get(&ui->silent) : NULL,
                                   .since_ms = ui->now_ms - event->x,
                                   .try = event->y,
                                   .tries = event->most};
}

/* The prompt is ready before the first key, unless a name comes from the command line. */
static void begin(struct ui *ui, const struct event *event, struct effects *effects)
{
    if (!ui->editor_due)
        return;
    ui->editor_due = false;
    if (event->kind == EVENT_SUBMIT)
        ui->editor = EDITOR_NONE;
    else
        editor_open(ui, EDITOR_NAME, "", false, effects);
}

/* The window's title: the name, with dots behind it as long as answers are awaited. */
static void title(struct ui *ui, struct effects *effects)
{
    const struct visit *visit = ui->visit_count ? ui->visits[ui->current] : NULL;
    struct text text = {0};

    if (!visit || (visit->id == ui->titled && visit->page.waiting == ui->titled_waiting))
        return;
    ui->titled = visit->id;
    ui->titled_waiting = visit->page.waiting;
    text_add(&text, "mxtrail ");
    words_name(visit->page.name, false, &text);
    text_add(&text, visit->page.waiting ? " ..." : "");
    effects_add_text(effects, EFFECT_TITLE, text_get(&text), false);
    text_clear(&text);
}

static void apply(struct ui *ui, struct event *event, struct effects *effects)
{
    switch (event->kind) {
    case EVENT_KEY:
        ui_refresh(ui);
        press(ui, event->key, effects);
        break;
    case EVENT_EDIT:
        typed_change(ui, event->text, event->caret, effects);
        break;
    case EVENT_SUBMIT:
        typed_submit(ui, event->text, effects);
        break;
    case EVENT_PASTE:
        paste(ui);
        break;
    case EVENT_MOUSE:
        mouse(ui, event, effects);
        break;
    case EVENT_REPLY:
    case EVENT_REPLIES:
        reply(ui, event->reply);
        break;
    case EVENT_TICK:
        tick(ui, effects);
        break;
    case EVENT_RESIZE:
        ui->width = event->x;
        ui->height = event->y;
        windows_stale(ui, false);
        break;
    case EVENT_HANGUP:
        effects_add(effects, EFFECT_QUIT);
        break;
    case EVENT_ZONE:
        show_diff_zone(ui, event->text, (const char *)event->bytes.bytes, event->bytes.length,
                       effects);
        break;
    case EVENT_POLICY:
        fetch_take_policy(ui, event->text, (const char *)event->bytes.bytes);
        break;
    case EVENT_BACKGROUND:
        background(ui, event->text, effects);
        break;
    case EVENT_SILENT:
        silent(ui, event);
        break;
    case EVENT_NOTE:
        ui_say(ui, ROLE_NOTICE, "%s", event->text);
        break;
    }
}

/* What was just opened is to be seen: the page of a lesson that is over all else gives way. */
static void show_opened(struct ui *ui, size_t windows_before)
{
    if (!ui->lecture || !ui->lecture->over || ui->window_count <= windows_before)
        return;
    ui->lecture->focused = false;
    windows_stale(ui, false);
}

void update(struct ui *ui, struct event *event, struct effects *effects)
{
    size_t windows = ui->window_count;

    if (event->at_ms > ui->now_ms)
        ui->now_ms = event->at_ms;
    begin(ui, event, effects);
    apply(ui, event, effects);
    show_opened(ui, windows);
    play_go_on(ui, effects);
    play_mark(ui, effects);
    if (event->kind != EVENT_REPLIES) {
        visit_end_late(ui, effects);
        visit_ask(ui, effects);
    }
    title(ui, effects);
}
