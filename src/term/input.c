#include "term/input.h"

#include "base/escape.h"
#include "term/background.h"
#include "term/character.h"
#include "term/paste.h"
#include "term/screen.h"
#include "term/terminal.h"

#include <curses.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/*
 * curses turns the sequences terminfo knows into key codes and hands everything else through as
 * bytes, which go through these states:
 *
 *   GROUND --ESC--> ESCAPE --'['--> CSI: up to its final byte; the mouse (SGR), or unknown and
 * dropped
 *                          --'O'--> SS3: the same, one byte more
 *                          --']'--> OSC: when an answer is awaited, up to BEL or ESC '\\'
 *                          --key--> that key with KEY_ALT
 *   nothing more comes in ESCAPE, CSI, SS3 or OSC: Esc, Alt-[, Alt-O or Alt-] was typed; of an
 *   answer that has begun the rest is waited for a while, and no byte of it is a key
 */
enum state { GROUND, ESCAPE, CSI, SS3, OSC, OSC_END };

enum {
    ESC = 0x1b,
    DELETE = 0x7f,
    CODE_PASTE_BEGIN = 0x4000, /* above those curses gives to keys only terminfo knows */
    CODE_MODIFIED, /* an arrow pressed with Alt or Ctrl: one code for each of `modified` */
    READ_BYTES = 4096,
    CODES_AT_ONCE = 8192, /* then the caller gets a turn */
    DOUBLE_MS = 400,
    PARAMETERS = 32, /* bytes of a CSI sequence, or an answer, looked at */
    BELL = 7,
    ANSWER_MS = 500, /* so long may an answer stop in the middle */
};

static struct {
    bool more; /* stopped early: call again */
    enum state state;
    struct character character;
    char parameters[PARAMETERS + 1]; /* of the CSI sequence so far */
    size_t parameters_length;
    bool asked;          /* for the colour of the ground */
    int64_t answered_ms; /* when the last byte of the answer came */
    struct paste paste;
    unsigned char left[READ_BYTES]; /* read past curses, [left_at..left_length) not yet taken */
    size_t left_at, left_length;
    int press_x, press_y; /* the last press, for double ones */
    int64_t press_at_ms;
} input;

static const struct {
    const char *sequence;
    int code;
} sequences[] = {
    {"\033[200~", CODE_PASTE_BEGIN},
    {"\033[A", KEY_UP},
    {"\033OA", KEY_UP},
    {"\033[B", KEY_DOWN},
    {"\033OB", KEY_DOWN},
    {"\033[C", KEY_RIGHT},
    {"\033OC", KEY_RIGHT},
    {"\033[D", KEY_LEFT},
    {"\033OD", KEY_LEFT},
    {"\033[H", KEY_HOME},
    {"\033OH", KEY_HOME},
    {"\033[F", KEY_END},
    {"\033OF", KEY_END},
    {"\033[1~", KEY_HOME},
    {"\033[4~", KEY_END},
    {"\033[7~", KEY_HOME},
    {"\033[8~", KEY_END},
    {"\033[2~", KEY_IC},
    {"\033[3~", KEY_DC},
    {"\033[5~", KEY_PPAGE},
    {"\033[6~", KEY_NPAGE},
    {"\033[Z", KEY_BTAB},
};

/* The end of "ESC [ 1 ; MODIFIER" says which key it was. */
static const struct {
    char final;
    enum key key;
} modified[] = {
    {'A', KEY_CODE_UP},   {'B', KEY_CODE_DOWN}, {'C', KEY_CODE_RIGHT},
    {'D', KEY_CODE_LEFT}, {'H', KEY_CODE_HOME}, {'F', KEY_CODE_END},
};

static const struct {
    int code;
    enum key key;
} keys[] = {
    {KEY_UP, KEY_CODE_UP},           {KEY_SR, KEY_CODE_UP},
    {KEY_DOWN, KEY_CODE_DOWN},       {KEY_SF, KEY_CODE_DOWN},
    {KEY_LEFT, KEY_CODE_LEFT},       {KEY_SLEFT, KEY_CODE_LEFT},
    {KEY_RIGHT, KEY_CODE_RIGHT},     {KEY_SRIGHT, KEY_CODE_RIGHT},
    {KEY_HOME, KEY_CODE_HOME},       {KEY_SHOME, KEY_CODE_HOME},
    {KEY_A1, KEY_CODE_HOME},         {KEY_END, KEY_CODE_END},
    {KEY_SEND, KEY_CODE_END},        {KEY_C1, KEY_CODE_END},
    {KEY_PPAGE, KEY_CODE_PAGE_UP},   {KEY_SPREVIOUS, KEY_CODE_PAGE_UP},
    {KEY_A3, KEY_CODE_PAGE_UP},      {KEY_NPAGE, KEY_CODE_PAGE_DOWN},
    {KEY_SNEXT, KEY_CODE_PAGE_DOWN}, {KEY_C3, KEY_CODE_PAGE_DOWN},
    {KEY_IC, KEY_CODE_INSERT},       {KEY_DC, KEY_CODE_DELETE},
    {KEY_SDC, KEY_CODE_DELETE},      {KEY_BACKSPACE, KEY_CODE_BACKSPACE},
    {KEY_BTAB, KEY_CODE_BACKTAB},    {KEY_ENTER, '\r'},
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void input_reset(void)
{
    bool asked = input.asked;

    memset(&input, 0, sizeof input);
    input.asked = asked;
    input.press_at_ms = -DOUBLE_MS;
}

void input_await_answer(bool awaited)
{
    input.asked = awaited;
}

/* Whatever terminfo calls them: its names for these keys have no codes that are known here. */
static void define_modified(void)
{
    static const char modifiers[] = {'3', '5'}; /* Alt, Ctrl */

    for (size_t i = 0; i < sizeof modified / sizeof *modified; i++)
        for (size_t m = 0; m < sizeof modifiers; m++) {
            char sequence[] = {ESC, '[', '1', ';', modifiers[m], modified[i].final, '\0'};
            define_key(sequence, CODE_MODIFIED + (int)i);
        }
}

void input_open(void)
{
    input_reset();
    define_modified();
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (!key_defined(sequences[i].sequence))
            define_key(sequences[i].sequence, sequences[i].code);
}

static bool emit_key(struct event *event, uint32_t key)
{
    *event = (struct event){.kind = EVENT_KEY, .key = key};
    if (input.state == ESCAPE)
        event->key |= KEY_ALT;
    input.state = GROUND;
    return true;
}

static bool emit_paste(struct event *event)
{
    *event = (struct event){.kind = EVENT_PASTE, .text = paste_end(&input.paste)};
    event->cut = input.paste.cut;
    return true;
}

static bool emit_press(struct event *event)
{
    int64_t now = now_ms();
    bool again = event->x == input.press_x && event->y == input.press_y &&
                 now - input.press_at_ms < DOUBLE_MS;

    event->mouse = again ? MOUSE_DOUBLE : MOUSE_PRESS;
    input.press_x = event->x;
    input.press_y = event->y;
    input.press_at_ms = again ? -DOUBLE_MS : now; /* a third press is a first one again */
    return true;
}

/* What the wheel moved is another thing under the same place: no second press of the first. */
static bool emit_wheel(struct event *event, bool up)
{
    event->mouse = up ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
    input.press_at_ms = -DOUBLE_MS;
    return true;
}

static bool emit_mouse(struct event *event)
{
    MEVENT mouse;

    if (getmouse(&mouse) != OK)
        return false;
    *event = (struct event){.kind = EVENT_MOUSE, .x = mouse.x, .y = mouse.y};
    if (mouse.bstate & BUTTON1_PRESSED)
        return emit_press(event);
    return (mouse.bstate & (BUTTON4_PRESSED | BUTTON5_PRESSED)) != 0 &&
           emit_wheel(event, mouse.bstate & BUTTON4_PRESSED);
}

/* "<button;column;row" M: how terminals report the mouse when terminfo expects another form. */
static bool emit_sgr_mouse(struct event *event)
{
    unsigned button, column, row;

    if (sscanf(input.parameters, "<%5u;%5u;%5u", &button, &column, &row) != 3 || !column || !row)
        return false;
    *event = (struct event){.kind = EVENT_MOUSE, .x = (int)column - 1, .y = (int)row - 1};
    if (button == 0)
        return emit_press(event);
    return (button == 64 || button == 65) && emit_wheel(event, button == 64);
}

static bool take_code(struct event *event, int code)
{
    input.character.count = 0;
    if (code == CODE_PASTE_BEGIN)
        paste_begin(&input.paste, now_ms());
    if (code == KEY_MOUSE)
        return emit_mouse(event);
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return emit_key(event, (uint32_t)(KEY_CODE_F1 + (code - KEY_F(1))));
    if (code >= CODE_MODIFIED && code < CODE_MODIFIED + (int)(sizeof modified / sizeof *modified))
        return emit_key(event, KEY_ALT | (uint32_t)modified[code - CODE_MODIFIED].key);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].code == code)
            return emit_key(event, keys[i].key);
    input.state = GROUND;
    return false;
}

static bool take_character(struct event *event, uint32_t character)
{
    if (character == DELETE || character == '\b')
        return emit_key(event, KEY_CODE_BACKSPACE);
    if (character == '\n')
        return emit_key(event, '\r');
    if ((character >= 1 && character < ' ') || escape_showable(character))
        return emit_key(event, character);
    input.state = GROUND;
    return false;
}

static bool emit_background(struct event *event)
{
    bool light;

    input.state = GROUND;
    input.parameters[input.parameters_length] = '\0';
    if (!background_parse(input.parameters, &light))
        return false;
    input.asked = false;
    *event = (struct event){.kind = EVENT_BACKGROUND, .text = light ? "light" : "dark"};
    return true;
}

/* A byte of an answer. Returns whether it was one; *emitted: with it the answer is whole. */
static bool take_answer(struct event *event, unsigned char byte, bool *emitted)
{
    if (input.state == ESCAPE && byte == ']' && input.asked) {
        input.state = OSC;
        input.parameters_length = 0;
    } else if (input.state == OSC && byte == ESC) {
        input.state = OSC_END;
    } else if (input.state == OSC_END || (input.state == OSC && byte == BELL)) {
        *emitted = emit_background(event);
    } else if (input.state == OSC && input.parameters_length < PARAMETERS) {
        input.parameters[input.parameters_length++] = (char)byte;
    } else if (input.state != OSC) {
        return false;
    }
    input.answered_ms = now_ms();
    return true;
}

/* Bytes behind ESC that do not make a key with Alt. Returns whether the byte was one of them. */
static bool take_in_sequence(struct event *event, unsigned char byte, bool *emitted)
{
    if (input.state == ESCAPE && (byte == '[' || byte == 'O')) {
        input.state = byte == '[' ? CSI : SS3;
        input.parameters_length = 0;
        return true;
    }
    if (input.state != CSI && input.state != SS3)
        return false;
    if (input.state == CSI && byte >= 0x20 && byte < 0x40) {
        if (input.parameters_length < PARAMETERS)
            input.parameters[input.parameters_length++] = (char)byte;
        return true;
    }
    input.parameters[input.parameters_length] = '\0';
    *emitted = input.state == CSI && byte == 'M' && emit_sgr_mouse(event);
    input.state = GROUND;
    return true;
}

static bool take_byte(struct event *event, unsigned char byte)
{
    bool emitted = false;
    uint32_t character;

    if (take_answer(event, byte, &emitted))
        return emitted;
    if (byte == ESC) {
        bool was_escape = input.state == ESCAPE;
        input.character.count = 0;
        input.state = GROUND;
        if (was_escape)
            emit_key(event, ESC);
        input.state = ESCAPE;
        return was_escape;
    }
    if (input.character.count == 0 && take_in_sequence(event, byte, &emitted))
        return emitted;
    switch (character_add(&input.character, byte, &character)) {
    case CHARACTER_WHOLE:
        return take_character(event, character);
    case CHARACTER_PART:
        return false;
    case CHARACTER_BROKEN:
        input.state = GROUND;
    }
    return false;
}

static bool terminal_is_gone(void)
{
    struct pollfd ready = {screen_fd(), POLLIN, 0};
    int waiting = 0;

    if (poll(&ready, 1, 0) <= 0)
        return false;
    if (ready.revents & (POLLHUP | POLLERR | POLLNVAL))
        return true;
    return (ready.revents & POLLIN) && ioctl(ready.fd, FIONREAD, &waiting) == 0 && waiting == 0;
}

/* Has an answer begun, and more of it than a key could be? */
static bool in_answer(void)
{
    return input.state == OSC_END || (input.state == OSC && input.parameters_length);
}

/* No byte is waiting: what that means for what came so far. */
static bool take_silence(struct event *event)
{
    enum state state = input.state;

    if (input.paste.open && paste_stale(&input.paste, now_ms()))
        return emit_paste(event);
    if (in_answer()) {
        if (now_ms() - input.answered_ms >= ANSWER_MS)
            input.state = GROUND;
    } else if (state != GROUND && input.character.count == 0) {
        input.state = state == ESCAPE ? GROUND : ESCAPE; /* which adds KEY_ALT */
        return emit_key(event, state == CSI ? '[' : state == SS3 ? 'O' : state == OSC ? ']' : ESC);
    }
    if (!terminal_is_gone())
        return false;
    *event = (struct event){.kind = EVENT_HANGUP};
    return true;
}

/* curses takes two system calls for each byte: a pasted text is read past it. */
static bool read_left(void)
{
    struct pollfd ready = {screen_fd(), POLLIN, 0};
    ssize_t got = -1;

    if (poll(&ready, 1, 0) > 0 && ready.revents & POLLIN)
        got = read(ready.fd, input.left, sizeof input.left);
    input.left_at = 0;
    input.left_length = got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* Inside a paste nothing is a key. */
static bool take_pasted(struct event *event)
{
    int64_t now = now_ms();

    while (input.left_at < input.left_length)
        if (paste_byte(&input.paste, input.left[input.left_at++], now))
            return emit_paste(event);
    return false;
}

/* The next byte or code: of what was read behind a paste, then from curses. */
static int next_code(WINDOW *window)
{
    const char *left = (const char *)input.left + input.left_at;
    size_t length = input.left_length - input.left_at;

    if (!length)
        return wgetch(window);
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        size_t wanted = strlen(sequences[i].sequence);
        if (wanted <= length && memcmp(left, sequences[i].sequence, wanted) == 0) {
            input.left_at += wanted;
            return sequences[i].code;
        }
    }
    return input.left[input.left_at++];
}

bool input_next(struct event *event)
{
    WINDOW *window = terminal_keys();
    int code;

    input.more = false;
    if (!window)
        return false;
    for (size_t taken = 0; taken < CODES_AT_ONCE; taken++) {
        if (input.paste.open) {
            if (input.left_at == input.left_length && !read_left())
                return take_silence(event);
            taken += input.left_length - input.left_at;
            if (take_pasted(event))
                return true;
            continue;
        }
        code = next_code(window);
        if (code == ERR)
            return take_silence(event);
        if (code > 0xff ? take_code(event, code) : take_byte(event, (unsigned char)code))
            return true;
    }
    input.more = true;
    return false;
}

int input_pending_ms(void)
{
    int64_t left = ANSWER_MS - (now_ms() - input.answered_ms);

    if (input.more)
        return 0;
    if (in_answer())
        return left > 0 ? (int)left : 0;
    return input.paste.open ? paste_patience_ms(&input.paste, now_ms()) : -1;
}
