#include "main/main_screen.h"

#include "app/settings/views.h"
#include "base/message.h"
#include "main/batch/main_say.h"
#include "main/main_cast.h"
#include "main/main_loop.h"
#include "main/main_source.h"
#include "term/input.h"
#include "term/screen.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum {
    PAINT_MS = 30, /* replies alone paint no more often; keys paint at once */
};

static const int watched[SIGNALS] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

static int64_t loop_now(struct program *program)
{
    struct main_loop *loop = (struct main_loop *)program;

    return (int64_t)(uv_now(loop->uv) - loop->epoch_ms);
}

/* ---- events ---- */

static void send_plain(struct program *program, enum event_kind kind)
{
    struct event event = {.kind = kind};

    program_event(program, &event);
}

/* ---- keys ---- */

static void send_line(struct program *program, enum event_kind kind)
{
    struct event event = {.kind = kind,
                          .text = line_edit_text(program->editing),
                          .caret = line_edit_caret(program->editing)};

    program_event(program, &event);
}

/* Keys and pasted text go through the line being typed first. Returns whether it used them. */
static bool edit(struct program *program, const struct event *event)
{
    enum line_result result = LINE_IGNORED;

    if (!program->editing)
        return false;
    if (event->kind == EVENT_KEY)
        result = line_edit_key(program->editing, event->key);
    else if (event->kind == EVENT_PASTE)
        result = line_edit_paste(program->editing, event->text, event->cut);
    if (result == LINE_EDITED) {
        send_line(program, EVENT_EDIT);
        if (program->editing && *line_edit_note(program->editing))
            program_note(program, line_edit_note(program->editing));
    } else if (result == LINE_SUBMITTED) {
        send_line(program, EVENT_SUBMIT);
    }
    return result != LINE_IGNORED;
}

static void take_key(struct main_loop *loop, struct event *event)
{
    struct program *program = &loop->program;

    if (program->playing) {
        showing_key(loop, event);
    } else if (!edit(program, event)) {
        program_event(program, event);
    }
    loop->pressed = true;
}

static void take_keys(struct main_loop *loop)
{
    struct event event = {0};

    while (!loop->program.quit && input_next(&event)) {
        take_key(loop, &event);
        event = (struct event){0};
    }
}

/* ---- replies ---- */

static void take_replies(struct program *program)
{
    struct reply *reply;

    if (!program->playing)
        program_replies(program);
    else
        while ((reply = source_take(program_source(program))))
            reply_free(reply);
}

/* ---- signals ---- */

static void stop_and_continue(struct program *program)
{
    program->suspend = false;
    screen_suspend();
    raise(SIGSTOP);
    screen_resume();
    input_reset();
    program->redraw = true;
    program_size(program);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct main_loop *loop = handle->data;
    struct program *program = &loop->program;

    loop->pressed = true;
    if (number == SIGWINCH) {
        if (screen_resize() && !program->playing)
            program_size(program);
        program->dirty = true;
    } else if (number == SIGTSTP) {
        program->suspend = true;
    } else if (number == SIGCONT) {
        screen_resume();
        program->redraw = true;
        program_size(program); /* it may have changed while the program stood still */
    } else {
        send_plain(program, EVENT_HANGUP);
        program->quit = true;
        loop->status = EXIT_SIGNAL + number;
    }
}

/* The loop comes round and looks at everything. Where the timer was due before the loop got to
 * waiting, it must not wait for something else. */
static void on_wake(uv_timer_t *timer)
{
    uv_stop(timer->loop);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    struct main_loop *loop = poll->data;

    (void)events;
    if (status < 0)
        loop->program.quit = true;
}

static void watch(struct main_loop *loop)
{
    uv_poll_init(loop->uv, &loop->keys, screen_fd());
    loop->keys.data = loop;
    uv_poll_start(&loop->keys, UV_READABLE | UV_DISCONNECT, on_readable);
    uv_timer_init(loop->uv, &loop->timer);
    for (int i = 0; i < SIGNALS; i++) {
        uv_signal_init(loop->uv, &loop->signals[i]);
        loop->signals[i].data = loop;
        uv_signal_start(&loop->signals[i], on_signal, watched[i]);
    }
}

static void unwatch(struct main_loop *loop)
{
    uv_close((uv_handle_t *)&loop->keys, NULL);
    uv_close((uv_handle_t *)&loop->timer, NULL);
    for (int i = 0; i < SIGNALS; i++)
        uv_close((uv_handle_t *)&loop->signals[i], NULL);
    uv_run(loop->uv, UV_RUN_NOWAIT);
}

/* ---- time ---- */

static void paint(struct main_loop *loop)
{
    struct program *program = &loop->program;

    if (program->redraw)
        screen_redraw();
    ui_draw(program->ui, program->canvas);
    showing_overlay(loop);
    screen_paint(program->canvas, loop->left, loop->top);
    loop->painted_ms = uv_now(loop->uv);
    program->dirty = program->redraw = loop->pressed = false;
}

static int64_t paint_wait(const struct main_loop *loop)
{
    uint64_t since = uv_now(loop->uv) - loop->painted_ms;

    if (!loop->program.dirty)
        return -1;
    return loop->pressed || since >= PAINT_MS ? 0 : (int64_t)(PAINT_MS - since);
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* Milliseconds until a tick is due: at once while something is computed, else when the screen would
 * change by itself; -1 for never. */
static int64_t tick_wait(struct program *program)
{
    int tick = ui_tick_ms(program->ui);
    int64_t passed = program->now(program) - program->event_ms;

    if (program->playing)
        return -1;
    return tick < 0 ? -1 : passed < tick ? tick - passed : 0;
}

static void wait_for_something(struct main_loop *loop)
{
    int64_t wait;

    uv_update_time(loop->uv);
    wait = tick_wait(&loop->program);
    wait = sooner(wait, input_pending_ms());
    wait = sooner(wait, paint_wait(loop));
    wait = sooner(wait, showing_wait(loop));
    if (wait == 0) {
        uv_run(loop->uv, UV_RUN_NOWAIT);
        return;
    }
    if (wait > 0)
        uv_timer_start(&loop->timer, on_wake, (uint64_t)wait, 0);
    uv_run(loop->uv, UV_RUN_ONCE);
    uv_timer_stop(&loop->timer);
}

static void submit(struct program *program, const char *command, const char *argument)
{
    struct text text = {0};
    struct event event = {.kind = EVENT_SUBMIT};

    text_format(&text, "%s%s", command, argument);
    event.text = text_get(&text);
    program_event(program, &event);
    text_clear(&text);
}

/* What the options ask to see of the name, as its user would, once its answers are in and nothing
 * is being typed. */
static void open_views(struct main_loop *loop)
{
    struct program *program = &loop->program;
    struct strings commands;
    struct arena *arena;

    if (!loop->views_due || !ui_survey(program->ui) || !ui_settled(program->ui) ||
        ui_editor(program->ui) != EDITOR_NONE)
        return;
    loop->views_due = false;
    arena = arena_new();
    views_asked(program->request->options, arena, &commands);
    for (size_t i = 0; i < commands.count; i++)
        submit(program, ":", commands.list[i]);
    arena_free(arena);
}

/* Tells the program of a server that answers nothing, when that has changed. */
static void watch_silence(struct main_loop *loop)
{
    struct program *program = &loop->program;
    struct source_trouble trouble = {0};
    struct event event = {.kind = EVENT_SILENT};
    bool any;

    if (program->playing)
        return;
    any = source_trouble(program_source(program), &trouble);
    if (trouble.try == loop->silent_try && (!any || strcmp(trouble.server, loop->silent) == 0))
        return;
    loop->silent_try = trouble.try;
    snprintf(loop->silent, sizeof loop->silent, "%s", any ? trouble.server : "");
    event.text = any ? trouble.server : "-";
    event.x = (int)trouble.silent_ms;
    event.y = (int)trouble.try;
    event.most = (int)trouble.tries;
    program_event(program, &event);
}

static void turn(struct main_loop *loop)
{
    struct program *program = &loop->program;

    take_keys(loop);
    showing_play(loop);
    take_replies(program);
    program_inbox(program);
    open_views(loop);
    watch_silence(loop);
    if (tick_wait(program) == 0)
        send_plain(program, EVENT_TICK);
    if (program->suspend)
        stop_and_continue(program);
    if (!program->quit && paint_wait(loop) == 0)
        paint(loop);
    if (!program->quit)
        wait_for_something(loop);
}

/* ---- start and end ---- */

static int open_terminal(struct program *program, bool utf8)
{
    const char *no_color = getenv("NO_COLOR"), *why;
    const struct options *options = program->request->options;
    struct screen_options screen = {
        .ascii = options->ascii || !utf8,
        .mono = options->mono || (no_color && *no_color),
        .mouse = options->mouse && configuration_switch(&program->config, "ui.mouse", true),
        .theme = program->theme,
    };

    if (screen_open(&screen, &why) != STATUS_OK) {
        main_say(tr("%s; --report needs no screen"), why);
        return EXIT_USAGE;
    }
    input_open();
    if (!options->theme && !options->present && !configuration_get(&program->config, "ui.theme"))
        input_await_answer(screen_ask_background());
    return 0;
}

static void first_events(struct main_loop *loop)
{
    struct program *program = &loop->program;
    const struct options *options = program->request->options;
    const struct lesson *lesson =
        options->lesson ? lessons_find(program->lessons, options->lesson) : NULL;
    char place[256] = "";

    if (lesson && options->lesson_step)
        snprintf(place, sizeof place, "%s.%zu", lesson->id, options->lesson_step);
    else if (lesson)
        snprintf(place, sizeof place, "%s", lesson->id);
    program_size(program);
    loop->views_due = !program->playing;
    if (program->playing) {
        showing_begin(loop);
        return;
    }
    if (options->names.count)
        submit(program, "", options->names.list[0]);
    else if (options->demo)
        submit(program, ":lessons ", place);
    if (program->fault.length)
        program_note(program, text_get(&program->fault));
}

static void run_loop(struct main_loop *loop)
{
    watch(loop);
    first_events(loop);
    paint(loop); /* before the first answer is looked at */
    while (!loop->program.quit)
        turn(loop);
    unwatch(loop);
}

/* What a report recorded: the name is looked up in it, with the views that the options ask for. */
static void look_up(struct main_loop *loop)
{
    struct program *program = &loop->program;

    first_events(loop);
    while (!program->quit && program->request->options->names.count &&
           (loop->views_due || !ui_settled(program->ui))) {
        uv_run(loop->uv, UV_RUN_NOWAIT);
        take_replies(program);
        open_views(loop);
    }
}

/* Every event at once, then the screen as text; no terminal needed. */
static int dump(struct main_loop *loop)
{
    struct program *program = &loop->program;
    struct text out = {0};
    int status = 0;

    if (!program->playing)
        look_up(loop);
    while (!status && program->playing && !program->quit && replay_next_ms(loop->replay) >= 0)
        status = replay_step(loop->replay, program);
    while (!status && ui_busy(program->ui))
        send_plain(program, EVENT_TICK);
    if (status)
        return status;
    ui_draw(program->ui, program->canvas);
    canvas_dump(program->canvas, program->request->options->ascii, &out);
    if (fputs(text_get(&out), stdout) < 0 || fflush(stdout))
        status = EXIT_INPUT;
    text_clear(&out);
    return status;
}

int main_run_screen(uv_loop_t *uv, struct source *source, const struct request *request,
                    const struct lessons *lessons, bool utf8)
{
    struct main_loop loop = {.uv = uv, .epoch_ms = uv_now(uv)};
    struct program *program = &loop.program;
    int closed;

    program->request = request;
    program->lessons = lessons;
    program->uv = uv;
    program->keeps_marks = true;
    program->source = source;
    program->now = loop_now;
    loop.status = program_open(program);
    if (!loop.status && request->options->replay)
        loop.status = replay_open(request->options->replay, &loop.replay);
    program->playing = loop.replay && (request->options->cast || !request->options->names.count ||
                                       replay_is_session(loop.replay));
    if (!program->playing) {
        replay_close(loop.replay);
        loop.replay = NULL;
    }
    if (!loop.status && request->options->cast) {
        loop.status = cast_write(program, loop.replay, request->options->cast);
    } else if (!loop.status && request->options->dump) {
        loop.status = dump(&loop);
    } else if (!loop.status && !(loop.status = open_terminal(program, utf8))) {
        run_loop(&loop);
        screen_close();
    }
    replay_close(loop.replay);
    closed = program_close(program);
    return loop.status ? loop.status : closed;
}
