/* A recording on the screen: main/main_loop.h. */
#include "base/message.h"
#include "main/main_loop.h"
#include "term/screen.h"

#include <string.h>

/* ---- a recorded screen that is larger than the terminal ---- */

static bool is_larger(const struct main_loop *loop, int *width, int *height)
{
    const struct canvas *canvas = loop->program.canvas;

    screen_size(width, height);
    return loop->program.playing &&
           (canvas_width(canvas) > *width || canvas_height(canvas) > *height);
}

static int within(int value, int most)
{
    return value > most && most > 0 ? most : value < 0 || most <= 0 ? 0 : value;
}

static void scroll_by(struct main_loop *loop, int columns, int rows)
{
    const struct canvas *canvas = loop->program.canvas;
    int width, height;

    screen_size(&width, &height);
    loop->left = within(loop->left + columns, canvas_width(canvas) - width);
    loop->top = within(loop->top + rows, canvas_height(canvas) - height);
    loop->program.dirty = true;
}

static void scroll(struct main_loop *loop, uint32_t key)
{
    enum { COLUMNS = 8, PAGE = 10 };
    static const struct {
        uint32_t key;
        int columns, rows;
    } moves[] = {
        {KEY_CODE_LEFT, -COLUMNS, 0},
        {KEY_CODE_RIGHT, COLUMNS, 0},
        {KEY_CODE_UP, 0, -1},
        {KEY_CODE_DOWN, 0, 1},
        {'h', -COLUMNS, 0},
        {'l', COLUMNS, 0},
        {'k', 0, -1},
        {'j', 0, 1},
        {KEY_CODE_PAGE_UP, 0, -PAGE},
        {KEY_CODE_PAGE_DOWN, 0, PAGE},
    };

    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].key == key)
            scroll_by(loop, moves[i].columns, moves[i].rows);
}

/* In the last line of the terminal: that of the recording is below, or says less. */
static void say_last(struct main_loop *loop, const char *sentence)
{
    struct canvas *canvas = loop->program.canvas;
    struct area line = {loop->left, 0, 0, 1};
    int height;

    screen_size(&line.width, &height);
    height =
        loop->top + height < canvas_height(canvas) ? loop->top + height : canvas_height(canvas);
    line.y = height - 1;
    canvas_fill(canvas, line, ROLE_NOTICE);
    canvas_put_fit(canvas, line, 1, 0, line.width - 1, ROLE_NOTICE, sentence);
}

/* Until it is scrolled. */
static void say_larger(struct main_loop *loop, int width, int height)
{
    const struct canvas *canvas = loop->program.canvas;
    struct text text = {0};

    text_format(&text, tr("recorded at %dx%d, this is %dx%d: arrows scroll, q quits"),
                canvas_width(canvas), canvas_height(canvas), width, height);
    say_last(loop, text_get(&text));
    text_clear(&text);
}

/* What the keys do, until the first of them. */
static void say_slides(struct main_loop *loop)
{
    if (loop->program.playing && loop->slides && !replay_is_begun(loop->replay))
        say_last(loop, tr("Space next key, b back, a plays, q quits"));
}

/* The recording goes on at its own pace; at its end the keys are live, the next may be here. */
static void go_on_playing(struct main_loop *loop)
{
    loop->slides = !loop->slides;
    loop->replayed_at = uv_now(loop->uv);
    showing_play(loop);
}

/* From event to event; then time no longer plays them. */
static void slide(struct main_loop *loop, uint32_t key)
{
    struct program *program = &loop->program;
    bool last = replay_next_ms(loop->replay) < 0;

    loop->slides = true;
    loop->status =
        key == 'b' ? replay_back(loop->replay, program) : replay_slide(loop->replay, program);
    program->quit = program->quit || loop->status;
    if (!loop->status && key != 'b' && (last || replay_next_ms(loop->replay) < 0))
        program_note(program, replay_end_text(loop->replay));
    loop->replayed_ms = replay_next_ms(loop->replay);
}

void showing_key(struct main_loop *loop, const struct event *event)
{
    struct program *program = &loop->program;
    uint32_t key = event->kind == EVENT_KEY ? event->key : 0;
    bool leave =
        event->kind == EVENT_HANGUP || (key && key < 0x7f && strchr("qQ\x03\x1b", (int)key));

    program->quit = program->quit || leave;
    if (key == 'a')
        go_on_playing(loop);
    else if (key == ' ' || key == 'b')
        slide(loop, key);
    else
        scroll(loop, key);
}

void showing_overlay(struct main_loop *loop)
{
    int width, height;

    scroll_by(loop, 0, 0);
    if (is_larger(loop, &width, &height) && !loop->left && !loop->top)
        say_larger(loop, width, height);
    say_slides(loop);
}

/* ---- time ---- */

void showing_begin(struct main_loop *loop)
{
    loop->slides = loop->program.request->options->slides;
    if (loop->slides)
        loop->status = replay_begin(loop->replay, &loop->program);
    loop->program.quit = loop->program.quit || loop->status;
}

int64_t showing_wait(const struct main_loop *loop)
{
    double speed = loop->program.request->options->speed;
    int64_t next = loop->replay ? replay_next_ms(loop->replay) : -1, due, passed;

    if (next < 0 || loop->slides)
        return -1;
    due = speed > 0 ? (int64_t)((double)(next - loop->replayed_ms) / speed) : 0;
    passed = (int64_t)(uv_now(loop->uv) - loop->replayed_at);
    return due > passed ? due - passed : 0;
}

void showing_play(struct main_loop *loop)
{
    int width, height;

    while (loop->replay && !loop->program.quit && showing_wait(loop) == 0) {
        loop->replayed_ms = replay_next_ms(loop->replay);
        loop->replayed_at = uv_now(loop->uv);
        if ((loop->status = replay_step(loop->replay, &loop->program)))
            loop->program.quit = true;
    }
    if (loop->program.playing && !loop->slides && replay_next_ms(loop->replay) < 0) {
        bool larger = is_larger(loop, &width, &height);
        loop->program.playing = false; /* the last screen stays, the keys are live */
        if (larger)
            program_size(&loop->program);
        program_note(&loop->program, replay_end_text(loop->replay));
    }
}
