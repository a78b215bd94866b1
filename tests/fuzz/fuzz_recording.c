/* A recording played to the whole interactive program: events, typed commands and replies of any
 * kind, at any time, on a screen of any size. The same file is what --replay takes. */
#include "app/events/event.h"
#include "app/state/ui.h"
#include "app/update.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { EVENTS_MOST = 100, COLUMNS_MOST = 200, LINES_MOST = 60, TICKS_MOST = 10 };

struct world {
    struct ui *ui;
    struct canvas *canvas;
    int64_t now_ms;
};

static void apply(struct world *world, struct event *event)
{
    struct effects effects = {0};

    if (event->kind == EVENT_RESIZE) {
        event->x = event->x < 1 ? 1 : event->x > COLUMNS_MOST ? COLUMNS_MOST : event->x;
        event->y = event->y < 1 ? 1 : event->y > LINES_MOST ? LINES_MOST : event->y;
        canvas_resize(world->canvas, event->x, event->y);
    }
    if (event->at_ms > world->now_ms)
        world->now_ms = event->at_ms;
    update(world->ui, event, &effects);
    effects_free(&effects);
    ui_draw(world->ui, world->canvas);
}

/* What can be printed again is what was read. */
static void check_printed(const struct event *event)
{
    struct text once = {0}, again = {0}, storage = {0};
    struct event read;
    const char *why;

    event_print(event, &once);
    if (event_parse(text_get(&once), &storage, &read, &why) == STATUS_OK) {
        event_print(&read, &again);
        assert(strcmp(text_get(&once), text_get(&again)) == 0);
        reply_free(read.reply);
    } else {
        assert(why);
        assert(event->reply); /* its message may be beyond repair */
    }
    text_clear(&once);
    text_clear(&again);
    text_clear(&storage);
}

static void play(struct world *world, const char *line)
{
    struct text storage = {0};
    struct event event;
    const char *why = NULL;

    if (event_parse(line, &storage, &event, &why) == STATUS_OK) {
        check_printed(&event);
        apply(world, &event);
    } else {
        assert(why);
    }
    text_clear(&storage);
}

static void let_tick(struct world *world)
{
    for (int i = 0; i < TICKS_MOST && ui_busy(world->ui); i++) {
        struct event tick = {.kind = EVENT_TICK, .at_ms = world->now_ms};
        apply(world, &tick);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const themes[] = {"okabe-dark", "projector"};
    struct ui_settings settings = {.source = "recording",
                                   .version = "1",
                                   .theme = "okabe-dark",
                                   .themes = themes,
                                   .theme_count = 2};
    struct world world = {.ui = ui_new(&settings), .canvas = canvas_new(80, 24)};
    char *text = malloc(length + 1), *line = text, *end;

    assert(text);
    if (length > 0)
        memcpy(text, bytes, length);
    text[length] = '\0';
    for (int i = 0; line && i < EVENTS_MOST; line = end, i++) {
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        play(&world, line);
    }
    let_tick(&world);
    free(text);
    canvas_free(world.canvas);
    ui_free(world.ui);
    return 0;
}
