#include "app/actions/play.h"

#include "app/actions/command.h"
#include "app/actions/perform.h"
#include "app/state/condition.h"
#include "app/state/editor.h"
#include "app/state/sender_options.h"
#include "app/state/simulated.h"
#include "app/state/visit.h"
#include "base/memory.h"
#include "base/message.h"

#include <stdlib.h>
#include <string.h>

/* ---- the state at the beginning ---- */

static bool read_start(struct ui *ui, const char *start, struct sender *sender)
{
    struct arena *arena = arena_new();
    struct options options;
    struct text why = {0};
    bool good = lesson_options(start, arena, &options, &why) == STATUS_OK &&
                sender_options_read(&options, SEED_DEFAULT, ui_visit(ui)->page.name, sender,
                                    &why) == STATUS_OK;

    if (!good)
        ui_say(ui, ROLE_ERROR, "%s", text_get(&why));
    text_clear(&why);
    arena_free(arena);
    return good;
}

/* What the steps say holds for the sender of the lesson, unless the program was started for lessons
 * with another one. */
static void reset_sender(struct ui *ui)
{
    const struct lecture *lecture = ui->lecture;
    const char *start = lecture->start                         ? lecture->start
                        : lecture->page.old || ui->for_lessons ? NULL
                                                               : "";
    struct sender sender;

    if (!start || !read_start(ui, start, &sender))
        sender_copy(&sender, &ui->started);
    sender_clear(&ui->sender);
    ui->sender = sender;
    simulated_changed(ui);
}

/* The page of the lesson's name, as it was when it was opened. */
static void reset_page(struct ui *ui, struct effects *effects)
{
    char *why;

    if (!visit_first(ui, effects) && visit_open(ui, ui->lecture->name, effects, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        free(why);
        return;
    }
    visit_reset(ui_visit(ui));
}

static void reset(struct ui *ui, struct effects *effects)
{
    editor_close(ui, effects);
    windows_close_all(ui, effects);
    free(ui->search);
    ui->search = NULL;
    ui->scene.raw_ttl = ui->settings.raw_ttl;
    reset_page(ui, effects);
    if (ui_visit(ui))
        reset_sender(ui);
}

/* ---- items ---- */

/* The action that the key has where one is, whatever keys the user gave. */
static void press(struct ui *ui, const struct lesson_item *item, struct effects *effects)
{
    char digit[] = {(char)item->key, '\0'};
    struct keymap keymap;
    enum action action;
    bool found;

    keymap_init(&keymap);
    found = keymap_find(&keymap, item->key, ui_context(ui), &action);
    keymap_clear(&keymap);
    if (found && action == ACTION_CLOSE && window_top(ui))
        window_top(ui)->busy = false; /* what is closed is not stopped first */
    if (found)
        action_perform(ui, action, action == ACTION_PANE ? digit : NULL, effects);
    else
        ui_say(ui, ROLE_ERROR, "%s does nothing here", item->text);
}

static void perform(struct ui *ui, const struct lesson_item *item, struct effects *effects)
{
    ui_refresh(ui);
    if (item->kind == ITEM_KEY)
        press(ui, item, effects);
    else if (item->kind == ITEM_COMMAND)
        command_run(ui, item->text, effects);
    else if (item->kind == ITEM_TRY)
        play_try(ui, item->text, effects);
    windows_drop_double(ui, effects);
    ui_refresh(ui);
}

static bool answers_are_in(const struct visit *visit)
{
    return survey_ended(visit->survey) == survey_asked(visit->survey);
}

/* Nothing is awaited. Once the answers are in, the pages are judged anew: what that wants is
 * awaited, too. */
static bool is_settled(struct ui *ui)
{
    if (ui->visit_count && !answers_are_in(ui->visits[ui->current]))
        return false;
    if (!ui_visit(ui))
        return false;
    for (size_t i = 0; i < ui->compared_count; i++) {
        if (!answers_are_in(ui->compared[i]))
            return false;
        visit_refresh(ui, ui->compared[i]);
        if (!survey_complete(ui->compared[i]->survey))
            return false;
    }
    return ui_settled(ui) && ui->editor == EDITOR_NONE;
}

/* Counts grow, and are to be seen whole before the lesson goes on. */
static bool is_growing(const struct ui *ui)
{
    const struct window *window = window_top(ui);

    return window && window->busy && window->runs;
}

/* Wherever one came to: what is asked there is offered, and the page shows it. */
static void offer(struct ui *ui)
{
    struct asked *asked = lecture_open(ui->lecture);

    ui->lecture->moved = false;
    ui->lecture->due = asked && !is_settled(ui);
    if (asked)
        play_offer(ui, lecture_item(ui->lecture), asked, ui->lecture->arena);
}

static void advance(struct ui *ui, struct effects *effects)
{
    struct lecture *lecture = ui->lecture;
    const struct lesson_item *item = lecture_item(lecture);

    text_cut(&ui->message, 0);
    if (!item) {
        lecture->at = (struct position){lecture->at.step + 1, 0};
    } else {
        perform(ui, item, effects);
        lecture->at.item++;
    }
    offer(ui);
}

void play_go(struct ui *ui, struct position position, struct effects *effects)
{
    struct lecture *lecture = ui->lecture;

    reset(ui, effects);
    lecture->at = (struct position){0, 0};
    lecture->wanted = position;
    lecture->strayed = false;
    lecture->remade = true;
    lecture->due = true;
    play_go_on(ui, effects);
}

/* ---- what the step expects ---- */

static void add_missed(struct faults *faults, const char *file, size_t line, const char *wanted,
                       const char *is)
{
    if (*is)
        faults_add(faults, file, line, tr("not reached: %s (is %s)"), wanted, is);
    else
        faults_add(faults, file, line, tr("not reached: %s"), wanted);
}

bool play_holds(struct ui *ui, struct faults *faults)
{
    const struct lesson_step *step = lecture_step(ui->lecture);
    const char *file = arena_format(ui->lecture->arena, "%s.txt", ui->lecture->id);
    bool holds = true;

    for (size_t i = 0; step && i < step->condition_count; i++) {
        struct text wanted = {0}, is = {0};
        if (!condition_holds(ui, &step->conditions[i], &is)) {
            holds = false;
            condition_print(&step->conditions[i], &wanted);
            if (faults)
                add_missed(faults, file, step->expect_line, text_get(&wanted), text_get(&is));
        }
        text_clear(&wanted);
        text_clear(&is);
        if (!holds && !faults)
            break;
    }
    return holds;
}

/* Once true is done for good. */
static void judge(struct ui *ui)
{
    struct lecture *lecture = ui->lecture;
    const struct lesson_step *step = lecture_step(lecture);
    bool *done = step ? &lecture->done[lecture->at.step] : NULL;

    if (!step || *done || is_growing(ui))
        return;
    ui_refresh(ui);
    *done = step->condition_count ? play_holds(ui, NULL) : !lecture_item(lecture);
}

void play_go_on(struct ui *ui, struct effects *effects)
{
    struct lecture *lecture = ui->lecture;

    if (!lecture || !is_settled(ui))
        return;
    if (lecture->due) /* it was opened before the answers came */
        offer(ui);
    while (lecture_before(lecture->at, lecture->wanted) && is_settled(ui) &&
           (lecture->remade || !is_growing(ui))) {
        if (!lecture->remade && !lecture_item(lecture))
            judge(ui); /* what was drawn since is part of the step that is left now */
        advance(ui, effects);
        if (lecture->remade)
            windows_hurry(ui);
    }
    if (lecture->restored && !lecture_before(lecture->at, lecture->wanted)) {
        lecture->restored = false;
        ui_say(ui, ROLE_NOTICE, "as the lesson has it");
    }
    if (lecture->resumed && !lecture_before(lecture->at, lecture->wanted)) {
        lecture->resumed = false;
        ui_say(ui, ROLE_NOTICE, "continued at step %zu; :lesson 1 begins again",
               lecture->at.step + 1);
    }
    judge(ui);
}

/* ---- keys of the lesson ---- */

/* Where one Space leads. */
static struct position after(const struct lecture *lecture)
{
    const struct lesson_step *step = lecture_step(lecture);

    if (!step)
        return lecture->at;
    if (lecture->at.item < step->item_count)
        return (struct position){lecture->at.step, lecture->at.item + 1};
    return (struct position){lecture->at.step + 1, 0};
}

static struct position before(const struct lecture *lecture)
{
    struct position at = lecture->at;

    if (at.item > 0)
        return (struct position){at.step, at.item - 1};
    if (at.step == 0)
        return at;
    return (struct position){at.step - 1, lecture->page.steps[at.step - 1].item_count};
}

static void answer(struct lecture *lecture, struct asked *asked)
{
    if (asked->score == SCORE_NONE)
        asked->score = !asked->count || asked->chosen < 0      ? SCORE_UNCHOSEN
                       : (size_t)asked->chosen == asked->right ? SCORE_RIGHT
                                                               : SCORE_WRONG;
    asked->answered = true;
    lecture->at.item++;
    lecture->wanted = lecture->at;
}

/* Somebody got to what the step expects in another way: its items are left out. */
static void skip_done(struct ui *ui)
{
    struct lecture *lecture = ui->lecture;
    const struct lesson_step *step = lecture_step(lecture);

    if (lecture->strayed && step && step->condition_count && play_holds(ui, NULL))
        lecture->at.item = step->item_count;
}

void play_next(struct ui *ui, const char *argument, struct effects *effects)
{
    struct lecture *lecture = ui->lecture;
    struct asked *asked;

    (void)argument;
    if (!lecture || lecture_before(lecture->at, lecture->wanted))
        return;
    if ((asked = lecture_open(lecture))) {
        answer(lecture, asked);
        offer(ui);
        return;
    }
    skip_done(ui);
    if (lecture->strayed) {
        lecture->restored = true;
        play_go(ui, after(lecture), effects);
        return;
    }
    lecture->remade = false;
    lecture->wanted = after(lecture);
    windows_hurry(ui);
    play_go_on(ui, effects);
}

bool play_auto(struct ui *ui)
{
    struct lecture *lecture = ui->lecture;

    if (!lecture || !ui_plays(ui))
        return false;
    if (lecture_open(lecture)) {
        ui_say(ui, ROLE_NOTICE, "a question is open: Space shows the answer");
        return true;
    }
    if (lecture->strayed || !lecture_item(lecture)) {
        lecture->strayed = lecture->strayed || window_top(ui)->shown < window_top(ui)->units;
        return false;
    }
    lecture->auto_ms = lecture->auto_ms ? 0 : ui->now_ms + AUTO_MS;
    return true;
}

void play_tick(struct ui *ui, struct effects *effects)
{
    struct lecture *lecture = ui->lecture;

    if (!lecture || !lecture->auto_ms || ui->now_ms < lecture->auto_ms || ui_busy(ui))
        return;
    play_next(ui, NULL, effects);
    lecture->auto_ms = lecture_item(lecture) && !lecture_open(lecture) ? ui->now_ms + AUTO_MS : 0;
}

void play_back(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    if (ui->lecture)
        play_go(ui, before(ui->lecture), effects);
}

void play_choose(struct ui *ui, const char *argument, struct effects *effects)
{
    struct asked *asked = ui->lecture ? lecture_open(ui->lecture) : NULL;
    size_t chosen = argument && *argument ? (size_t)(*argument - '1') : 0;

    (void)effects;
    if (!asked || !asked->count)
        ui_say(ui, ROLE_NOTICE, "no question with choices is open");
    else if (chosen >= asked->count)
        ui_say(ui, ROLE_NOTICE, "there are %zu choices", asked->count);
    else
        asked->chosen = asked->chosen == (int)chosen ? -1 : (int)chosen;
}

/* ---- free play ---- */

/* Keys that leave the state of the lesson as it is. */
static bool is_harmless(enum action action)
{
    switch (action) {
    case ACTION_COMMAND:
    case ACTION_THEME:
    case ACTION_MOUSE:
    case ACTION_REDRAW:
    case ACTION_SUSPEND:
    case ACTION_COPY:
    case ACTION_COPY_LINE:
    case ACTION_NARRATION:
    case ACTION_LESSONS:
    case ACTION_LESSON_NEXT:
    case ACTION_LESSON_PREVIOUS:
    case ACTION_QUIT:
    case ACTION_ASK:
    case ACTION_ASK_ANSWER:
    case ACTION_ASK_CHOOSE:
    case ACTION_AUTO: /* it says itself when that leaves the lesson */
        return true;
    default:
        return false;
    }
}

static void take_item(struct lecture *lecture)
{
    lecture->at.item++;
    lecture->wanted = lecture->at;
}

void play_note_key(struct ui *ui, uint32_t key, enum action action)
{
    struct lecture *lecture = ui->lecture;
    const struct lesson_item *item = lecture ? lecture_item(lecture) : NULL;

    if (!lecture || is_harmless(action))
        return;
    if (item && item->kind == ITEM_KEY && item->key == key && !lecture->strayed)
        take_item(lecture);
    else
        lecture->strayed = true;
    offer(ui);
}

void play_note_moved(struct ui *ui)
{
    if (!ui->lecture)
        return;
    ui->lecture->strayed = true;
    offer(ui);
}

void play_note_command(struct ui *ui, const char *command)
{
    struct lecture *lecture = ui->lecture;
    const struct lesson_item *item = lecture ? lecture_item(lecture) : NULL;

    command += strspn(command, " :");
    if (!lecture || !*command || strncmp(command, "lesson", strlen("lesson")) == 0)
        return;
    if (item && item->kind == ITEM_COMMAND && strcmp(item->text, command) == 0 && !lecture->strayed)
        take_item(lecture);
    else
        lecture->strayed = true;
    offer(ui);
}

void play_mark(struct ui *ui, struct effects *effects)
{
    struct lecture *lecture = ui->lecture;
    struct text line = {0};
    struct lesson_mark mark;

    if (!lecture || lecture_before(lecture->at, lecture->wanted) || !lecture_mark(lecture, &mark))
        return;
    marks_print(&mark, &line);
    if (!lecture->marked || strcmp(lecture->marked, text_get(&line)) != 0) {
        marks_put(&ui->marks, &mark);
        effects_add_text(effects, EFFECT_MARK, text_get(&line), false);
        free(lecture->marked);
        lecture->marked = memory_dup(text_get(&line));
    }
    text_clear(&line);
}
