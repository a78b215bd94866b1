/* What is derived from the state before a frame is drawn: app/state/state.h. */
#include "app/state/state.h"

#include "app/state/lecture.h"
#include "app/state/lecture_view.h"
#include "base/message.h"
#include "view/screen/scene.h"

#include <stdio.h>
#include <string.h>

static int compare_places(const void *a, const void *b)
{
    const enum action *left = a, *right = b;
    int places[] = {action_get(*left)->bar, action_get(*right)->bar};

    if (places[0] != places[1])
        return places[0] - places[1];
    return (int)*left - (int)*right;
}

/* Is there a line that Enter does something with? */
static bool has_choice(const struct ui *ui)
{
    const struct window *window = window_top(ui);
    const struct sheet *sheet = window ? window->view.sides[window->view.side].sheet : NULL;

    return sheet && window->kind->choose && sheet_next(sheet, 0, 1) < sheet->count;
}

/* Keys that a lesson takes for itself. */
static bool is_taken(enum action action)
{
    return action == ACTION_STEP || action == ACTION_STEP_BACK || action == ACTION_SIDE ||
           action == ACTION_UNFOLD || action == ACTION_MAIL_OPEN || action == ACTION_NEXT_PANE;
}

static bool is_lesson_hint(const struct ui *ui, enum action action)
{
    const struct asked *open = lecture_open(ui->lecture);

    return action != ACTION_PLAY_CHOOSE || (open && open->count);
}

/* What Space does in a lesson. */
static const char *next_label(const struct lecture *lecture)
{
    const struct lesson_item *item = lecture_item(lecture);

    if (!lecture_step(lecture))
        return tr_in("key", "end");
    if (!item)
        return tr_in("key", "next step");
    if (item->kind == ITEM_ASK)
        return tr_in("key", "answer");
    return item->kind == ITEM_KEY && item->key == ' ' ? tr_in("key", "reveal")
                                                      : tr_in("key", "go on");
}

static bool is_list_of_lessons(const struct ui *ui)
{
    return window_top(ui) && strcmp(window_top(ui)->kind->id, "lessons") == 0;
}

/* The lessons stand in the bar where there is one, or nothing else to look at yet. */
static bool is_hinted(const struct ui *ui, enum action action, unsigned context)
{
    if (!action_get(action)->bar || !(action_get(action)->contexts & context))
        return false;
    if (context == CONTEXT_LESSON)
        return is_lesson_hint(ui, action);
    if (action == ACTION_NARRATION)
        return ui->lesson && (!ui->scene.panel || ui->lecture->over);
    if (action == ACTION_LESSON_NEXT && is_list_of_lessons(ui))
        return ui->marks.count > 0;
    if (action == ACTION_LESSON_NEXT || (ui_plays(ui) && is_taken(action)))
        return ui_plays(ui) && action == ACTION_LESSON_NEXT;
    if (action == ACTION_LESSONS)
        return context == CONTEXT_EMPTY || (context == CONTEXT_LIST && ui->lesson);
    if (action == ACTION_SHOW_ALL)
        return window_top(ui)->kind->show_all != NULL;
    if (action == ACTION_CHOOSE)
        return has_choice(ui);
    if (action == ACTION_STEP || action == ACTION_STEP_BACK)
        return window_top(ui)->units > 0;
    if (action == ACTION_COMPARE || action == ACTION_MATRIX)
        return context == CONTEXT_SIMULATION;
    if (action == ACTION_SIDE)
        return window_top(ui)->kind->two_sided;
    return true;
}

static const char *label_of(const struct ui *ui, enum action action)
{
    const struct window *window = window_top(ui);

    if (action == ACTION_STEP_OUT && ui_way_out(ui) == WAY_QUIT)
        action = ACTION_QUIT;
    if (action == ACTION_STEP_OUT && ui_way_out(ui) == WAY_LESSONS)
        action = ACTION_LESSONS;
    if (action == ACTION_LESSON_NEXT && is_list_of_lessons(ui))
        return tr_in("key", "not done");
    if (action == ACTION_PLAY_NEXT)
        return next_label(ui->lecture);
    if (action == ACTION_PROFILE && window && window->kind->next_label)
        return tr_in("key", window->kind->next_label);
    return action_label(action);
}

/* Lines of the window to choose from. */
static size_t choices(const struct window *window)
{
    const struct sheet *sheet = window->view.sides[0].sheet;
    size_t count = 0;

    for (size_t i = 0; sheet && i < sheet->count; i++)
        count += sheet->lines[i].selectable;
    return count;
}

/* The keys for the bar: those of the context, by their place; help and back are always shown. */
static void list_hints(struct ui *ui)
{
    enum action chosen[ACTION_COUNT];
    unsigned context = ui_context(ui);
    bool page_away = ui_plays(ui) && !ui->scene.panel; /* nothing else says where it is */
    size_t count = 0, first;

    for (int i = 0; ui_plays(ui) && i < ACTION_COUNT; i++) {
        if (is_hinted(ui, (enum action)i, CONTEXT_LESSON))
            chosen[count++] = (enum action)i;
        if (i == ACTION_PLAY_NEXT && page_away)
            chosen[count++] = ACTION_NARRATION;
    }
    first = count;
    for (int i = 0; i < ACTION_COUNT; i++)
        if (is_hinted(ui, (enum action)i, context) && !(i == ACTION_NARRATION && page_away))
            chosen[count++] = (enum action)i;
    for (size_t i = first + 1; i < count; i++) /* insertion sort: a dozen */
        for (size_t k = i; k > first && compare_places(&chosen[k - 1], &chosen[k]) > 0; k--) {
            enum action moved = chosen[k];
            chosen[k] = chosen[k - 1];
            chosen[k - 1] = moved;
        }
    ui->scene.hint_count = 0;
    for (size_t i = 0; i < count && i < HINTS_MAX; i++) {
        struct hint *hint = &ui->hints[ui->scene.hint_count];
        keymap_first(&ui->keymap, chosen[i], context, hint->key);
        hint->label = label_of(ui, chosen[i]);
        if (chosen[i] == ACTION_ASK_CHOOSE)
            snprintf(hint->key, sizeof hint->key, "1-%zu", choices(window_top(ui)));
        if (chosen[i] == ACTION_PLAY_CHOOSE)
            snprintf(hint->key, sizeof hint->key, "1-%zu", lecture_open(ui->lecture)->count);
        if (chosen[i] == ACTION_RUN_1 && strcmp(hint->key, "1") == 0) { /* 1 2 3 4, more each */
            snprintf(hint->key, sizeof hint->key, "1-4");
            hint->label =
                context == CONTEXT_SIMULATION ? tr_in("key", "run") : tr_in("key", "choices");
        }
        ui->scene.hint_count += *hint->key != '\0';
    }
    ui->scene.hints = ui->hints;
    ui->scene.hint_last = ui->scene.hint_count > 2 ? 2 : ui->scene.hint_count;
}

static void fill_lines(struct ui *ui)
{
    static const char *const labels[] = {"", "name", ":", "/", N_("filter:")};
    bool name = ui->editor == EDITOR_NAME, other = ui->editor != EDITOR_NONE && !name;
    struct visit *visit = ui->visit_count ? ui->visits[ui->current] : NULL;
    struct line *prompt = &ui->scene.prompt, *command = &ui->scene.command;

    prompt->text = name ? text_get(&ui->line) : visit ? survey_subject(visit->survey)->input : "";
    prompt->caret = ui->caret;
    prompt->active = name;
    prompt->marked = name && ui->marked;
    command->label = *labels[ui->editor] ? tr(labels[ui->editor]) : "";
    command->text = text_get(&ui->line);
    command->caret = ui->caret;
    command->active = other;
    command->marked = other && ui->marked;
    ui->scene.candidates = ui->candidates.length ? text_get(&ui->candidates) : NULL;
}

/* Who answers the page: the server that was typed with its name counts for it alone. */
static const char *source_of(const struct ui *ui, const struct visit *visit)
{
    if (!visit || !visit->vantage || ui->lesson)
        return ui->source;
    return ui->settings.privacy ? "resolver" : visit->vantage->title;
}

void ui_refresh(struct ui *ui)
{
    struct visit *visit = ui_visit(ui);
    struct scene *scene = &ui->scene;

    scene->now_ms = ui->now_ms;
    scene->lesson = ui->lesson != NULL;
    scene->source = source_of(ui, visit);
    scene->search = ui->search;
    scene->watching = visit && visit->watched;
    scene->edits = visit && visit->whatif ? whatif_count(visit->whatif) : 0;
    scene->page = visit ? &visit->page : NULL;
    if (visit) {
        visit->page.place = ui->current + 1;
        visit->page.pages = ui->visit_count;
        visit->page.waiting = !survey_complete(visit->survey);
    }
    fill_lines(ui);
    lecture_view_refresh(ui);
    windows_refresh(ui);
    list_hints(ui);
    scene->silence = visit && visit->page.waiting ? ui->silence : (struct silence){0};
    scene->message = ui->message.length ? text_get(&ui->message) : NULL;
}

void ui_draw(struct ui *ui, struct canvas *canvas)
{
    if (canvas_width(canvas) != ui->width || canvas_height(canvas) != ui->height) {
        ui->width = canvas_width(canvas);
        ui->height = canvas_height(canvas);
        windows_stale(ui, false);
    }
    ui_refresh(ui);
    scene_draw(&ui->scene, canvas);
}
