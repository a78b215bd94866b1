#include "main/main_cast.h"

#include "app/state/lecture.h"
#include "base/memory.h"
#include "main/batch/main_say.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_MS = 30 }; /* frames come no closer than that */

struct cast {
    struct program *program;
    struct text out;
    struct cell *shown; /* what the terminal has; NULL: nothing yet */
    int width, height;
    size_t step; /* of the lesson, as last marked; from 1 */
};

/* ---- JSON ---- */

static void add_string(struct text *out, const char *string)
{
    text_add_char(out, '"');
    for (const char *c = string; *c; c++)
        if (*c == '"' || *c == '\\')
            text_format(out, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            text_format(out, "\\u%04x", (unsigned char)*c);
        else
            text_add_char(out, *c);
    text_add_char(out, '"');
}

static void add_event(struct cast *cast, int64_t at_ms, const char *kind, const char *data)
{
    text_format(&cast->out, "[%" PRId64 ".%03d, \"%s\", ", at_ms / 1000, (int)(at_ms % 1000), kind);
    add_string(&cast->out, data);
    text_add(&cast->out, "]\n");
}

/* ---- cells ---- */

static void add_colour(struct text *out, int colour, int base)
{
    if (colour != COLOUR_DEFAULT)
        text_format(out, ";%d;5;%d", base, colour);
}

static void add_look(const struct cast *cast, enum role role, struct text *out)
{
    static const struct {
        unsigned emphasis;
        const char *code;
    } codes[] = {{EMPHASIS_BOLD, ";1"},
                 {EMPHASIS_DIM, ";2"},
                 {EMPHASIS_ITALIC, ";3"},
                 {EMPHASIS_UNDERLINE, ";4"},
                 {EMPHASIS_REVERSE, ";7"}};
    struct style style = theme_style(cast->program->theme, TIER_256, role);

    text_add(out, "\033[0");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        text_add(out, style.emphasis & codes[i].emphasis ? codes[i].code : "");
    add_colour(out, style.foreground, 38);
    add_colour(out, style.background, 48);
    text_add(out, "m");
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->role == b->role && a->width == b->width && strcmp(a->glyph, b->glyph) == 0;
}

/* A run of cells that changed, from column x on; returns the column behind it. */
static int add_run(struct cast *cast, int x, int y, struct text *out)
{
    const struct canvas *canvas = cast->program->canvas;
    int role = -1;

    text_format(out, "\033[%d;%dH", y + 1, x + 1);
    for (; x < cast->width; x++) {
        const struct cell *cell = canvas_cell(canvas, x, y);
        struct cell *shown = &cast->shown[y * cast->width + x];
        if (same_cell(cell, shown))
            break;
        *shown = *cell;
        if (cell->width && cell->role != role)
            add_look(cast, (enum role)(role = cell->role), out);
        if (cell->width)
            text_add(out, cell->glyph);
    }
    text_add(out, "\033[0m");
    return x;
}

static void add_cells(struct cast *cast, struct text *out)
{
    for (int y = 0; y < cast->height; y++)
        for (int x = 0; x < cast->width;)
            if (same_cell(canvas_cell(cast->program->canvas, x, y),
                          &cast->shown[y * cast->width + x]))
                x++;
            else
                x = add_run(cast, x, y, out);
}

/* ---- frames ---- */

/* Everything is new in a terminal of that size. */
static void forget(struct cast *cast, struct text *out)
{
    cast->width = canvas_width(cast->program->canvas);
    cast->height = canvas_height(cast->program->canvas);
    free(cast->shown);
    cast->shown = memory_new((size_t)cast->width * (size_t)cast->height, sizeof *cast->shown);
    text_add(out, "\033[?25l\033[2J");
}

static void add_marker(struct cast *cast, int64_t at_ms)
{
    const struct lecture *lecture = ui_lecture(cast->program->ui);
    size_t step = lecture ? lecture->at.step + 1 : 0;
    struct text text = {0};

    if (lecture && step != cast->step && step <= lecture->page.step_count) {
        text_format(&text, "%ld.%zu %s", lecture->number, step,
                    lecture->page.steps[step - 1].title);
        add_event(cast, at_ms, "m", text_get(&text));
    }
    cast->step = step;
    text_clear(&text);
}

static void add_frame(struct cast *cast, int64_t at_ms)
{
    struct text frame = {0}, size = {0};
    const struct canvas *canvas = cast->program->canvas;
    bool resized = cast->width != canvas_width(canvas) || cast->height != canvas_height(canvas);

    if (resized && cast->shown) {
        text_format(&size, "%dx%d", canvas_width(canvas), canvas_height(canvas));
        add_event(cast, at_ms, "r", text_get(&size));
    }
    if (resized || !cast->shown)
        forget(cast, &frame);
    ui_draw(cast->program->ui, cast->program->canvas);
    add_cells(cast, &frame);
    add_marker(cast, at_ms);
    if (frame.length)
        add_event(cast, at_ms, "o", text_get(&frame));
    text_clear(&frame);
    text_clear(&size);
}

/* The first line is made last, for the lesson's title stands in it. */
static void print_header(const struct cast *cast, int width, int height, struct text *out)
{
    const struct lecture *lecture = ui_lecture(cast->program->ui);
    struct text title = {0};

    text_add(&title, "mxtrail");
    if (lecture)
        text_format(&title, ": lesson %ld %s", lecture->number, lecture->title);
    text_format(out,
                "{\"version\": 2, \"width\": %d, \"height\": %d, \"idle_time_limit\": 2, "
                "\"title\": ",
                width, height);
    add_string(out, text_get(&title));
    text_add(out, "}\n");
    text_clear(&title);
}

static int write_file(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "wxe");
    bool good = file && fwrite(text->bytes, 1, text->length, file) == text->length;

    if (file)
        good = fclose(file) == 0 && good;
    if (!good)
        main_say("--cast %s: %s", path, strerror(errno));
    return good ? 0 : EXIT_INPUT;
}

int cast_write(struct program *program, struct replay *replay, const char *path)
{
    struct cast cast = {.program = program};
    struct text out = {0};
    int status = 0, width = 0, height = 0;
    int64_t last_ms = -FRAME_MS, at_ms = 0;

    while (!status && !program->quit && replay_next_ms(replay) >= 0) {
        at_ms = replay_next_ms(replay);
        status = replay_step(replay, program);
        if (status || (replay_next_ms(replay) >= 0 && at_ms - last_ms < FRAME_MS &&
                       replay_next_ms(replay) - last_ms < FRAME_MS))
            continue;
        add_frame(&cast, at_ms);
        width = width ? width : cast.width;
        height = height ? height : cast.height;
        last_ms = at_ms;
    }
    add_event(&cast, at_ms, "o", "\033[?25h");
    print_header(&cast, width, height, &out);
    text_add(&out, text_get(&cast.out));
    if (!status)
        status = write_file(path, &out);
    text_clear(&out);
    text_clear(&cast.out);
    free(cast.shown);
    return status;
}
