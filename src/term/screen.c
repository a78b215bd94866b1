#include "term/screen.h"

#include "base/array.h"
#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"
#include "base/utf8.h"
#include "config.h"
#include "term/look.h"
#include "term/restore.h"
#include "term/terminal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

enum { ESCAPE_DELAY_MS = 25, TITLE_COLUMNS = 120, WRITE_PATIENCE_MS = 1000, ANSWER_MS = 200 };

static struct {
    SCREEN *curses; /* NULL: not open */
    FILE *in, *out;
    WINDOW *keys; /* a pad: reading from it never refreshes */
    struct termios before;
    enum tier tier;
    bool ascii;
    bool mouse;
    int64_t asked_ms; /* when the terminal was asked for its ground; 0: it was not */
    bool titled;      /* the title before is on the terminal's stack */
    char *title;
    const struct theme *theme;
    struct look looks[ROLE_COUNT];
    struct cell *shown; /* what curses was given, row by row */
    size_t shown_capacity;
    int width, height;                 /* of shown */
    int painted_width, painted_height; /* how much of it the last canvas covered */
} screen;

/* --- terminfo --- */

const char *terminal_string(const char *name)
{
    char wanted[16];
    const char *string;

    snprintf(wanted, sizeof wanted, "%s", name); /* tigetstr wants it writable */
    string = tigetstr(wanted);
    return string == (char *)-1 ? NULL : string;
}

static bool terminal_flag(const char *name)
{
    char wanted[16];

    snprintf(wanted, sizeof wanted, "%s", name);
    return tigetflag(wanted) > 0;
}

/* An ANSI terminal ignores private modes it does not know. */
static bool is_ansi(void)
{
    const char *move = terminal_string("cup");

    return move && strncmp(move, "\033[", 2) == 0;
}

static bool has_title(void)
{
    return terminal_flag("XT") || (terminal_string("tsl") && terminal_string("fsl"));
}

void terminal_send(const char *bytes, size_t length)
{
    int fd = screen.out ? fileno(screen.out) : -1;

    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        struct pollfd ready = {fd, POLLOUT, 0};

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EAGAIN && poll(&ready, 1, WRITE_PATIENCE_MS) > 0)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

static void send(const char *string)
{
    if (string)
        terminal_send(string, strlen(string));
}

WINDOW *terminal_keys(void)
{
    return screen.keys;
}

/* --- opening and closing --- */

enum { DESCRIPTORS = 3 }; /* for terminfo, keys and screen */

/* Without descriptors every terminal would seem unknown. */
static bool has_descriptors(void)
{
    int fds[DESCRIPTORS], count = 0;

    while (count < DESCRIPTORS && (fds[count] = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) >= 0)
        count++;
    for (int i = 0; i < count; i++)
        close(fds[i]);
    return count == DESCRIPTORS;
}

static enum status check_type(const char **why)
{
    const char *type = getenv("TERM");
    int error;
    bool able;

    *why = tr("TERM is not set");
    if (!type || !*type)
        return STATUS_UNSUPPORTED;
    *why = tr("this terminal (TERM) is not in the terminfo database");
    if (setupterm(type, STDOUT_FILENO, &error) == ERR)
        return STATUS_UNSUPPORTED;
    able = terminal_string("cup") && terminal_string("clear") && !terminal_flag("hc");
    del_curterm(cur_term);
    *why = tr("this terminal (TERM) cannot move its cursor");
    return able ? STATUS_OK : STATUS_UNSUPPORTED;
}

/* The terminal opened anew, so that nothing done to this descriptor (not waiting, say) happens to
 * the shell's too. */
static FILE *open_keys(void)
{
    const char *path = ttyname(isatty(STDIN_FILENO) ? STDIN_FILENO : STDOUT_FILENO);
    int fd = path ? open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC) : -1;
    FILE *keys;

    if (fd < 0)
        fd = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 && isatty(STDIN_FILENO))
        fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    if (fd < 0)
        return NULL;
    keys = fdopen(fd, "r");
    if (!keys)
        close(fd);
    return keys;
}

static enum status open_terminal(const char **why)
{
    *why = tr("no terminal to read keys from");
    if (tcgetattr(STDOUT_FILENO, &screen.before) < 0)
        return STATUS_UNREADABLE;
    screen.in = open_keys();
    if (!screen.in)
        return STATUS_UNREADABLE;
    screen.out = fdopen(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3), "w");
    if (!screen.out)
        return STATUS_UNREADABLE;
    use_env(FALSE);
    use_tioctl(TRUE); /* the size the terminal has, whatever LINES and COLUMNS say */
    *why = tr("curses cannot use this terminal");
    screen.curses = newterm(NULL, screen.out, screen.in);
    return screen.curses ? STATUS_OK : STATUS_UNSUPPORTED;
}

static void set_modes(bool mono)
{
    raw();
    noecho();
    nonl();
    typeahead(-1); /* never leave a frame half drawn because a key is waiting */
#ifdef HAVE_SET_ESCDELAY
    if (!getenv("ESCDELAY"))
        set_escdelay(ESCAPE_DELAY_MS);
#endif
    screen.keys = newpad(1, 1);
    keypad(screen.keys, TRUE);
    nodelay(screen.keys, TRUE);
    mouseinterval(0);
    if (has_colors() && !mono)
        start_color();
    screen.tier = mono ? TIER_MONO : look_tier();
}

/* Without the "$<5>" that asks for a pause: modern terminals need none, a crash has no time. */
static void add_unpadded(struct text *out, const char *string)
{
    while (string && *string) {
        if (strncmp(string, "$<", 2) == 0 && strchr(string, '>'))
            string = strchr(string, '>') + 1;
        else
            text_add_char(out, *string++);
    }
}

static void prepare_restore(void)
{
    struct text bytes = {0};

    if (is_ansi())
        text_add(&bytes, "\033[?1006;1000l\033[?2004l");
    if (screen.titled)
        text_add(&bytes, "\033[23;2t");
    add_unpadded(&bytes, terminal_string("sgr0"));
    add_unpadded(&bytes, terminal_string("op"));
    add_unpadded(&bytes, terminal_string("cnorm"));
    add_unpadded(&bytes, terminal_string("rmkx"));
    add_unpadded(&bytes, terminal_string("rmcup"));
    restore_arm(fileno(screen.out), &screen.before, text_get(&bytes), bytes.length);
    text_clear(&bytes);
}

/* curses 6.4 reads beside its lines on a screen of one column, which nobody could read anyway. */
static void show(void)
{
    if (screen.width > 1)
        refresh();
}

static void take_over(void)
{
    if (is_ansi())
        send(screen.mouse ? "\033[?1006h\033[?2004h" : "\033[?2004h");
    screen.titled = is_ansi() && has_title();
    if (screen.titled)
        send("\033[22;2t");
}

static void hand_back(void)
{
    if (is_ansi())
        send(screen.mouse ? "\033[?1006l\033[?2004l" : "\033[?2004l");
    if (screen.titled)
        send("\033[23;2t");
}

/* Frees what there is; the terminal is the shell's again. */
static void release(void)
{
    if (screen.keys)
        delwin(screen.keys);
    if (screen.curses)
        delscreen(screen.curses);
    if (screen.in)
        fclose(screen.in);
    if (screen.out)
        fclose(screen.out);
    free(screen.shown);
    free(screen.title);
    memset(&screen, 0, sizeof screen);
}

static void forget_shown(void)
{
    getmaxyx(stdscr, screen.height, screen.width);
    screen.shown = array_reserve(screen.shown, &screen.shown_capacity,
                                 (size_t)screen.width * (size_t)screen.height, sizeof(struct cell));
    memset(screen.shown, 0, screen.shown_capacity * sizeof(struct cell));
}

enum status screen_open(const struct screen_options *options, const char **why)
{
    enum status status = STATUS_UNREADABLE;

    *why = tr("standard output is not a terminal");
    if (isatty(STDOUT_FILENO)) {
        *why = tr("no file descriptors left");
        status = has_descriptors() ? check_type(why) : STATUS_UNREADABLE;
    }
    if (status == STATUS_OK)
        status = open_terminal(why);
    if (status != STATUS_OK) {
        release();
        return status;
    }
    screen.ascii = options->ascii;
    set_modes(options->mono);
    screen_theme(options->theme);
    forget_shown();
    show();
    take_over();
    prepare_restore();
    screen_mouse(options->mouse);
    return STATUS_OK;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* An answer on its way would be typed into the shell. */
static void drop_answer(void)
{
    struct pollfd ready = {screen_fd(), POLLIN, 0};
    int64_t left = screen.asked_ms ? screen.asked_ms + ANSWER_MS - now_ms() : 0;

    if (left > 0 && poll(&ready, 1, (int)left) > 0)
        tcflush(ready.fd, TCIFLUSH);
}

void screen_close(void)
{
    if (!screen.curses)
        return;
    hand_back();
    endwin();
    tcsetattr(fileno(screen.out), TCSADRAIN, &screen.before);
    restore_disarm();
    drop_answer();
    release();
}

bool screen_ask_background(void)
{
    bool asked = screen.curses && screen.tier != TIER_MONO && is_ansi() && has_title();

    if (asked)
        send("\033]11;?\033\\");
    screen.asked_ms = asked ? now_ms() : 0;
    return asked;
}

int screen_fd(void)
{
    return screen.in ? fileno(screen.in) : -1;
}

enum tier screen_tier(void)
{
    return screen.curses ? screen.tier : TIER_MONO;
}

/* --- painting --- */

static void set_cchar(cchar_t *out, const struct cell *cell)
{
    const struct look *look = &screen.looks[cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT];
    const char *cursor = cell->glyph, *end = cursor + strlen(cursor);
    wchar_t characters[CCHARW_MAX + 1] = {0};
    int count = 0;
    char plain = screen.ascii ? canvas_ascii(cell) : '\0';

    if (plain)
        characters[count++] = (wchar_t)(unsigned char)plain;
    else
        while (cursor < end && count < CCHARW_MAX)
            characters[count++] = (wchar_t)utf8_next(&cursor, end);
    if (count == 0)
        characters[0] = L' ';
    setcchar(out, characters, look->attributes, look->pair, NULL);
}

/* Gives curses one cell; a wide character that does not fit leaves a blank. */
static void paint_cell(int x, int y, const struct cell *cell)
{
    struct cell half = {" ", 1, cell->role};
    cchar_t cchar;

    if (cell->width == 0 && x == 0)
        cell = &half; /* its left half is beyond the edge */
    if (cell->width == 0 && (!screen.ascii || !canvas_ascii(cell)))
        return; /* came with its left half */
    set_cchar(&cchar, cell->width == 2 && x + 1 >= screen.width ? &half : cell);
    mvadd_wchnstr(y, x, &cchar, 1);
}

static void paint_row(int y, const struct cell *cells, int width)
{
    struct cell *shown = &screen.shown[(size_t)y * (size_t)screen.width];
    int first = 0, last = width;

    while (first < width && memcmp(&shown[first], &cells[first], sizeof *cells) == 0)
        first++;
    while (last > first && memcmp(&shown[last - 1], &cells[last - 1], sizeof *cells) == 0)
        last--;
    if (first < last && first > 0 && cells[first].width == 0)
        first--;
    for (int x = first; x < last; x++)
        paint_cell(x, y, &cells[x]);
    memcpy(shown, cells, (size_t)width * sizeof *cells);
}

static void place_cursor(const struct canvas *canvas, int left, int top)
{
    int x, y;

    canvas_cursor_get(canvas, &x, &y);
    x -= left;
    y -= top;
    curs_set(x >= 0 && y >= 0 && x < screen.width && y < screen.height);
    if (x >= 0 && y >= 0 && x < screen.width && y < screen.height)
        move(y, x);
}

void screen_paint(const struct canvas *canvas, int left, int top)
{
    int width = canvas_width(canvas) - left, height = canvas_height(canvas) - top;

    if (!screen.curses)
        return;
    width = width < screen.width ? width : screen.width;
    height = height < screen.height ? height : screen.height;
    if (width < screen.painted_width || height < screen.painted_height) {
        erase(); /* what a larger one left beside */
        forget_shown();
    }
    screen.painted_width = width;
    screen.painted_height = height;
    for (int y = 0; y < height; y++)
        paint_row(y, canvas_cell(canvas, left, top + y), width);
    place_cursor(canvas, left, top);
    show();
}

void screen_redraw(void)
{
    if (screen.curses)
        clearok(curscr, TRUE);
}

void screen_theme(const struct theme *theme)
{
    cchar_t ground;

    if (!screen.curses)
        return;
    screen.theme = theme;
    look_set(theme, screen.tier, screen.looks);
    setcchar(&ground, L" ", screen.looks[ROLE_TEXT].attributes, screen.looks[ROLE_TEXT].pair, NULL);
    wbkgrndset(stdscr, &ground);
    if (screen.shown)
        forget_shown(); /* the same cells look different now */
}

void screen_mouse(bool wanted)
{
    if (!screen.curses)
        return;
    mousemask(wanted ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
    if (is_ansi() && wanted != screen.mouse) /* columns beyond 223, which curses may not ask for */
        send(wanted ? "\033[?1006h" : "\033[?1006l");
    screen.mouse = wanted;
}

void screen_title(const char *title)
{
    struct text safe = {0};

    if (!screen.curses || !screen.titled)
        return;
    escape_bytes(&safe, title, strlen(title), screen.ascii ? ESCAPE_ASCII : ESCAPE_UTF8, false);
    text_cut(&safe, utf8_fit(text_get(&safe), TITLE_COLUMNS));
    if (!screen.title || strcmp(screen.title, text_get(&safe)) != 0) {
        bool listed = terminal_string("tsl") && terminal_string("fsl");
        send(listed ? terminal_string("tsl") : "\033]2;");
        send(text_get(&safe));
        send(listed ? terminal_string("fsl") : "\007");
        free(screen.title);
        screen.title = memory_dup(text_get(&safe));
    }
    text_clear(&safe);
}

/* --- size, stop and go on --- */

void screen_size(int *width, int *height)
{
    *width = screen.curses ? screen.width : 80;
    *height = screen.curses ? screen.height : 24;
}

bool screen_resize(void)
{
    struct winsize size;
    int width = screen.width, height = screen.height;

    if (!screen.curses || ioctl(fileno(screen.out), TIOCGWINSZ, &size) < 0)
        return false;
    if (size.ws_row > 0 && size.ws_col > 0 && (size.ws_row != height || size.ws_col != width)) {
        resizeterm(size.ws_row, size.ws_col);
        erase();
        forget_shown();
        clearok(curscr, TRUE);
    }
    return screen.width != width || screen.height != height;
}

void screen_suspend(void)
{
    if (!screen.curses)
        return;
    hand_back();
    endwin();
    tcsetattr(fileno(screen.out), TCSADRAIN, &screen.before);
}

void screen_resume(void)
{
    if (!screen.curses)
        return;
    reset_prog_mode();
    clearok(curscr, TRUE);
    screen_resize();
    show();
    take_over();
    free(screen.title);
    screen.title = NULL;
}
