/* The terminal floor alone, for the terminal tests: shows every event as it comes, edits a line,
 * stops, goes on, changes its size and crashes when told to. */
#include "app/events/event.h"
#include "base/memory.h"
#include "term/clipboard.h"
#include "term/input.h"
#include "term/line/line_edit.h"
#include "term/screen.h"
#include "view/canvas/canvas.h"
#include "view/canvas/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EVENTS_SHOWN = 12, EVENT_BYTES = 200, CTRL_Z = 26, CTRL_C = 3 };

static int wake[2];
static struct canvas *canvas;
static struct line_edit *edit;
static char shown[EVENTS_SHOWN][EVENT_BYTES];
static int event_count;

static void on_signal(int number)
{
    char byte = (char)number;
    int error = errno;

    if (write(wake[1], &byte, 1) < 0)
        errno = error;
    errno = error;
}

__attribute__((format(printf, 1, 2))) static void show(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(shown[event_count % EVENTS_SHOWN], EVENT_BYTES, format, arguments);
    va_end(arguments);
    event_count++;
}

static void paint(void)
{
    struct area all;
    int width, height, x, first = event_count > EVENTS_SHOWN ? event_count - EVENTS_SHOWN : 0;

    screen_size(&width, &height);
    if (width != canvas_width(canvas) || height != canvas_height(canvas))
        canvas_resize(canvas, width, height);
    all = canvas_area(canvas);
    canvas_fill(canvas, all, ROLE_TEXT);
    canvas_format(canvas, all, 0, 0, ROLE_TITLE, "driver %dx%d tier %d %d events", width, height,
                  (int)screen_tier(), event_count);
    x = canvas_put(canvas, all, 0, 1, ROLE_PROMPT_LABEL, "name ▸ ");
    x += canvas_put(canvas, all, x, 1, ROLE_PROMPT_TEXT, line_edit_text(edit));
    canvas_cursor_set(canvas, 7 + line_edit_caret(edit), 1);
    canvas_put(canvas, all, x + 1, 1, ROLE_DIM, line_edit_note(edit));
    frame_grid(canvas, (const int[]){0, width - 1}, 2, (const int[]){2, height - 1}, 2, false,
               ROLE_FRAME);
    frame_title(canvas, (struct area){0, 2, width, 1}, -1, width / 2, ROLE_PANE_TITLE, "漢字");
    frame_title(canvas, (struct area){0, 2, width, 1}, 1, width / 2, ROLE_PANE_TITLE, "events ✓");
    for (int i = first; i < event_count; i++)
        canvas_put(canvas, (struct area){1, 3, width - 2, height - 4}, 0, i - first,
                   i + 1 == event_count ? ROLE_ROW_SELECTED : ROLE_TEXT, shown[i % EVENTS_SHOWN]);
    screen_paint(canvas, 0, 0);
    screen_title(line_edit_text(edit));
}

/* Uses up the stack. */
static int overflow(volatile char *from, long depth)
{
    volatile char frame[4096];

    frame[0] = *from;
    return depth > 0 ? overflow(frame, depth - 1) + frame[0] : 0;
}

static void key(uint32_t code)
{
    struct text said = {0};
    char start = 0;

    switch (line_edit_key(edit, code)) {
    case LINE_EDITED:
        return;
    case LINE_SUBMITTED:
        show("submitted %s", line_edit_text(edit));
        line_edit_set(edit, line_edit_text(edit), true);
        return;
    case LINE_IGNORED:
        break;
    }
    show("key %x", (unsigned)code);
    if (code == CTRL_Z) {
        screen_suspend();
        raise(SIGSTOP);
    } else if (code == KEY_CODE_F5) {
        clipboard_copy(line_edit_text(edit), &said);
        show("%s", text_get(&said));
    } else if (code == KEY_CODE_F6) {
        show("depth %x", (unsigned)overflow(&start, 1L << 30));
    } else if (code == KEY_CODE_F7) {
        free(memory_new(SIZE_MAX, 2));
    } else if (code == KEY_CODE_F8) {
        abort();
    }
    text_clear(&said);
}

static bool handle(const struct event *event)
{
    switch (event->kind) {
    case EVENT_KEY:
        key(event->key);
        return event->key != CTRL_C;
    case EVENT_PASTE:
        line_edit_paste(edit, event->text, event->cut);
        show("paste of %s", event->text);
        return true;
    case EVENT_MOUSE:
        show("mouse %s %x",
             event->mouse == MOUSE_PRESS    ? "press"
             : event->mouse == MOUSE_DOUBLE ? "double"
                                            : "wheel",
             (unsigned)(event->x << 8 | event->y));
        return true;
    default:
        return event->kind != EVENT_HANGUP;
    }
}

static bool signalled(void)
{
    char byte;

    while (read(wake[0], &byte, 1) == 1) {
        if (byte == SIGWINCH && screen_resize())
            show("resized");
        else if (byte == SIGCONT)
            screen_resume();
        else if (byte == SIGTERM || byte == SIGHUP)
            return false;
    }
    return true;
}

static void loop(void)
{
    struct event event;
    bool on = true;

    while (on) {
        struct pollfd fds[] = {{wake[0], POLLIN, 0}, {screen_fd(), POLLIN, 0}};
        paint();
        if (poll(fds, 2, input_pending_ms()) < 0 && errno != EINTR)
            return;
        on = signalled();
        while (on && input_next(&event))
            on = handle(&event);
    }
}

int main(int argc, char **argv)
{
    static const int numbers[] = {SIGWINCH, SIGCONT, SIGTERM, SIGHUP};
    struct screen_options options = {.mouse = true, .ascii = argc > 1 && *argv[1] == 'a'};
    struct line_options line = {history_new(), 253, NULL, NULL};
    struct faults faults = {0};
    struct theme *theme;
    const char *why;
    int status = 0;

    setlocale(LC_CTYPE, "C.UTF-8");
    options.mono = getenv("NO_COLOR") != NULL;
    if (theme_read("okabe-dark", NULL, &faults, &theme) != STATUS_OK)
        return 4;
    options.theme = theme;
    if (pipe(wake) < 0 || fcntl(wake[0], F_SETFL, O_NONBLOCK) < 0 ||
        line_edit_new(&line, &edit) != STATUS_OK)
        return 3;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], on_signal);
    if (screen_open(&options, &why) != STATUS_OK) {
        fprintf(stderr, "driver: %s\n", why);
        status = 2;
    } else {
        input_open();
        canvas = canvas_new(80, 24);
        loop();
        screen_close();
        canvas_free(canvas);
    }
    line_edit_free(edit);
    history_free(line.history);
    theme_free(theme);
    faults_clear(&faults);
    return status;
}
