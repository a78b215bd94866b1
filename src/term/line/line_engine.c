#include "term/line/line_engine.h"

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "config.h"

#include <curses.h>
#include <fcntl.h>
#include <histedit.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

#if defined(HAVE_PTY_H)
#include <pty.h>
#elif defined(HAVE_UTIL_H)
#include <util.h>
#elif defined(HAVE_LIBUTIL_H)
#include <libutil.h>
#endif

enum { ESC = 0x1b, QUEUE = 16, PREFIX = 8, TIMES_MOST = 999, PTY_COLUMNS = 1100, PTY_ROWS = 2 };

struct line_engine {
    EditLine *edit;
    int outer, inner; /* the two ends of the pseudo-terminal */
    FILE *nowhere;
    bool vi;
    wchar_t queue[QUEUE]; /* what libedit has not read yet */
    size_t queued, taken;
    bool starved;   /* libedit wanted more than there was */
    uint32_t held;  /* a command that waits for its second character; 0 for none */
    struct prefix { /* of a vi command, kept until the command is whole */
        char keys[PREFIX];
        size_t count;
        char verb;       /* 'c', 'd', 'y'; 0 for none */
        unsigned number; /* how often; 0: none given */
    } prefix;
    bool commanding; /* what the last probe found */
    const struct history *history;
    size_t back;      /* where libedit stands in the history */
    struct text text; /* what line_engine_text() lends */
};

static int take_queued(EditLine *edit, wchar_t *out)
{
    struct line_engine *engine;

    el_get(edit, EL_CLIENTDATA, &engine);
    if (engine->taken == engine->queued) {
        engine->starved = true;
        return 0;
    }
    *out = engine->queue[engine->taken++];
    return 1;
}

static char *no_prompt(EditLine *edit)
{
    static char empty[] = "";

    (void)edit;
    return empty;
}

/* libedit's view of struct history: its "first" is the newest, its "next" the one before. */
static int walk_history(void *context, HistEvent *event, int operation, ...)
{
    struct line_engine *engine = context;
    size_t count = history_count(engine->history), back = engine->back;
    va_list arguments;

    va_start(arguments, operation);
    if (operation == H_FIRST)
        back = 0;
    else if (operation == H_LAST)
        back = count - 1;
    else if (operation == H_NEXT)
        back++;
    else if (operation == H_PREV)
        back--;
    else if (operation == H_SET)
        back = (size_t)va_arg(arguments, int) - 1;
    else if (operation != H_CURR)
        back = count;
    va_end(arguments);
    *event = (HistEvent){0, "no such line"};
    if (back >= count) /* also below 0 */
        return -1;
    engine->back = back;
    *event = (HistEvent){(int)back + 1, history_line(engine->history, back)};
    return 0;
}

/* Two commands of our own under one key tell which of libedit's two maps is in use. Asking for
 * more leaves a half-typed vi command as it is. */
static unsigned char probed_inserting(EditLine *edit, wint_t key)
{
    struct line_engine *engine;

    (void)key;
    el_get(edit, EL_CLIENTDATA, &engine);
    engine->commanding = false;
    return CC_ARGHACK;
}

static unsigned char probed_commanding(EditLine *edit, wint_t key)
{
    struct line_engine *engine;

    (void)key;
    el_get(edit, EL_CLIENTDATA, &engine);
    engine->commanding = true;
    return CC_ARGHACK;
}

enum { PROBE = ENGINE_LAST + 1 };

static const struct {
    int key;
    const char *inserting, *commanding;
} bindings[] = {
    {ENGINE_UP, "ed-prev-history", "ed-prev-history"},
    {ENGINE_DOWN, "ed-next-history", "ed-next-history"},
    {ENGINE_LEFT, "ed-prev-char", "ed-prev-char"},
    {ENGINE_RIGHT, "ed-next-char", "ed-next-char"},
    {ENGINE_HOME, "ed-move-to-beg", "ed-move-to-beg"},
    {ENGINE_END, "ed-move-to-end", "ed-move-to-end"},
    {ENGINE_DELETE, "ed-delete-next-char", "ed-delete-next-char"},
    {ENGINE_BACKSPACE, "ed-delete-prev-char", "ed-delete-prev-char"},
    {PROBE, "mxtrail-inserting", "mxtrail-commanding"},
};

/* vi commands that read on by themselves, repeat such ones, run programs, or begin what terminals
 * send for their keys. */
static const char *const unwanted[] = {"/", "?", "n", "N", ":", "@", "v", "#", "O", "["};

static void bind_commands(EditLine *edit, bool vi)
{
    el_wset(edit, EL_ADDFN, L"mxtrail-inserting", L"tell the map", probed_inserting);
    el_wset(edit, EL_ADDFN, L"mxtrail-commanding", L"tell the map", probed_commanding);
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
        char key[8];
        snprintf(key, sizeof key, "\\%o", (unsigned)bindings[i].key);
        el_set(edit, EL_BIND, key, bindings[i].inserting, NULL);
        el_set(edit, EL_BIND, "-a", key, bindings[i].commanding, NULL);
    }
    for (size_t i = 0; vi && i < sizeof unwanted / sizeof *unwanted; i++)
        el_set(edit, EL_BIND, "-a", unwanted[i], "ed-unassigned", NULL);
}

/* The user's own key bindings; not from a pipe or device, which could keep us waiting. */
static void read_editrc(EditLine *edit)
{
    const char *file = getenv("EDITRC"), *home = getenv("HOME");
    struct text path = {0};
    struct stat found;

    if (file)
        text_add(&path, file);
    else if (home)
        text_format(&path, "%s/.editrc", home);
    if (path.length && stat(text_get(&path), &found) == 0 && S_ISREG(found.st_mode))
        el_source(edit, text_get(&path));
    text_clear(&path);
}

static void set_up(struct line_engine *engine)
{
    EditLine *edit = engine->edit;
    const char *editor = "emacs";

    el_set(edit, EL_CLIENTDATA, engine);
    el_set(edit, EL_PROMPT, no_prompt);
    el_set(edit, EL_SIGNAL, 0);
    el_set(edit, EL_EDITOR, "emacs");
    if (engine->history)
        el_set(edit, EL_HIST, walk_history, engine);
    read_editrc(edit);
    el_set(edit, EL_EDITMODE, 1);
    el_get(edit, EL_EDITOR, &editor);
    engine->vi = strcmp(editor, "vi") == 0;
    bind_commands(edit, engine->vi);
    el_wset(edit, EL_GETCFN, take_queued);
    el_set(edit, EL_UNBUFFERED, 1);
}

static bool open_terminal(struct line_engine *engine)
{
    struct winsize size = {.ws_row = PTY_ROWS, .ws_col = PTY_COLUMNS};

    engine->nowhere = fopen("/dev/null", "r+e");
    if (!engine->nowhere || openpty(&engine->outer, &engine->inner, NULL, NULL, &size) < 0)
        return false;
    fcntl(engine->outer, F_SETFD, FD_CLOEXEC);
    fcntl(engine->inner, F_SETFD, FD_CLOEXEC);
    return true;
}

/* libedit makes the terminal it thinks it has the current one, of which curses has its own, and
 * never lets go of it; it takes the same again when it finds it in place. */
static void init_edit(struct line_engine *engine)
{
    static TERMINAL *libedits;
    TERMINAL *current = cur_term;

    if (libedits)
        set_curterm(libedits);
    engine->edit = el_init_fd("mxtrail", engine->nowhere, engine->nowhere, engine->nowhere,
                              engine->inner, engine->inner, fileno(engine->nowhere));
    if (engine->edit)
        set_up(engine);
    libedits = cur_term;
    set_curterm(current);
}

enum status line_engine_new(const struct history *history, struct line_engine **out)
{
    struct line_engine *engine = memory_new(1, sizeof *engine);

    engine->outer = engine->inner = -1;
    engine->history = history;
    if (open_terminal(engine))
        init_edit(engine);
    if (!engine->edit) {
        line_engine_free(engine);
        return STATUS_UNREADABLE;
    }
    *out = engine;
    return STATUS_OK;
}

void line_engine_free(struct line_engine *engine)
{
    if (!engine)
        return;
    if (engine->edit)
        el_end(engine->edit);
    if (engine->nowhere)
        fclose(engine->nowhere);
    if (engine->outer >= 0) {
        close(engine->outer);
        close(engine->inner);
    }
    text_clear(&engine->text);
    free(engine);
}

bool line_engine_vi(const struct line_engine *engine)
{
    return engine->vi;
}

void line_engine_insert(struct line_engine *engine, const char *text)
{
    const char *end = text + strlen(text);
    wchar_t *wide = memory_new(strlen(text) + 1, sizeof *wide);
    size_t count = 0;

    while (text < end)
        wide[count++] = (wchar_t)utf8_next(&text, end);
    if (count)
        el_winsertstr(engine->edit, wide);
    free(wide);
}

void line_engine_set(struct line_engine *engine, const char *text, int caret)
{
    engine->held = 0;
    engine->prefix = (struct prefix){.count = 0};
    el_reset(engine->edit);
    line_engine_insert(engine, text);
    if (caret < line_engine_caret(engine))
        el_cursor(engine->edit, caret - line_engine_caret(engine));
}

int line_engine_caret(const struct line_engine *engine)
{
    const LineInfoW *line = el_wline(engine->edit);

    return (int)(line->cursor - line->buffer);
}

const char *line_engine_text(struct line_engine *engine)
{
    const LineInfoW *line = el_wline(engine->edit);

    text_cut(&engine->text, 0);
    for (const wchar_t *character = line->buffer; character < line->lastchar; character++) {
        char bytes[4];
        text_add_bytes(&engine->text, bytes, utf8_from((uint32_t)*character, bytes));
    }
    return text_get(&engine->text);
}

static void queue(struct line_engine *engine, uint32_t key)
{
    if (engine->queued < QUEUE)
        engine->queue[engine->queued++] = (wchar_t)key;
}

/* Lets libedit read all that is queued. */
static void run(struct line_engine *engine)
{
    int count;

    engine->taken = 0;
    engine->starved = false;
    while (engine->taken < engine->queued && !engine->starved)
        el_wgets(engine->edit, &count);
    engine->queued = 0;
}

static bool is_commanding(struct line_engine *engine)
{
    engine->commanding = false;
    if (engine->vi) {
        queue(engine, PROBE);
        run(engine);
    }
    return engine->commanding;
}

/* Commands that read their second character themselves: libedit must have both at once. */
static bool wants_second(struct line_engine *engine, uint32_t key)
{
    if (key >= 0x80 || !strchr(engine->vi ? "fFtT" : "\x18", (int)key))
        return false;
    return !engine->vi || is_commanding(engine);
}

/* Keeps a count or a verb back. With a count, going back by words makes libedit read in front
 * of its line, so that it must never see the two together. */
static bool keep_prefix(struct line_engine *engine, uint32_t key)
{
    struct prefix *prefix = &engine->prefix;
    bool digit = key >= (prefix->number ? '0' : '1') && key <= '9';
    bool verb = !prefix->verb && (key == 'c' || key == 'd' || key == 'y');

    if (!engine->vi || (!digit && !verb) || prefix->count == PREFIX ||
        (!prefix->count && !is_commanding(engine)))
        return false;
    prefix->keys[prefix->count++] = (char)key;
    if (digit)
        prefix->number = prefix->number * 10 + (key - '0');
    else
        prefix->verb = (char)key;
    return true;
}

/* The command so often, each time alone; what shall be changed is deleted but for the last time. */
static void run_often(struct line_engine *engine, const struct prefix *prefix, uint32_t key)
{
    unsigned times = prefix->number < TIMES_MOST ? prefix->number : TIMES_MOST;

    for (unsigned i = times ? times : 1; i > 0; i--) {
        if (prefix->verb)
            queue(engine, prefix->verb == 'c' && i > 1 ? 'd' : (uint32_t)prefix->verb);
        queue(engine, key);
        run(engine);
    }
}

/* Changing the case of a line's only character makes libedit read in front of the line as well.
 * Replacing it does not; done again it might be that, and is left undone. */
static bool change_only_character(struct line_engine *engine, uint32_t key)
{
    const LineInfoW *line = el_wline(engine->edit);
    wint_t only = (wint_t)line->buffer[0];

    if (!engine->vi || (key != '~' && key != '.') || line->lastchar - line->buffer != 1 ||
        !is_commanding(engine))
        return false;
    if (key == '.')
        return true;
    queue(engine, 'r');
    queue(engine, iswupper(only) ? towlower(only) : towupper(only));
    run(engine);
    return true;
}

static void run_key(struct line_engine *engine, uint32_t key, bool alt)
{
    struct prefix prefix = engine->prefix;

    engine->prefix = (struct prefix){.count = 0};
    if (prefix.count && key == ESC)
        return; /* called off */
    if (!alt && !engine->held && change_only_character(engine, key))
        return;
    if (prefix.count && !alt && !engine->held && (key == 'b' || key == 'B' || key == '.')) {
        run_often(engine, &prefix, key);
        return;
    }
    for (size_t i = 0; i < prefix.count; i++)
        queue(engine, (unsigned char)prefix.keys[i]);
    if (engine->held)
        queue(engine, engine->held);
    engine->held = 0;
    if (alt)
        queue(engine, ESC);
    queue(engine, key);
    run(engine);
}

/* A command that found no input or no match may leave its caret beside the line, and what is put in
 * may come from there. */
static bool is_torn(const struct line_engine *engine)
{
    const LineInfoW *line = el_wline(engine->edit);
    size_t length = (size_t)(line->lastchar - line->buffer);

    return line->cursor < line->buffer || line->cursor > line->lastchar ||
           wmemchr(line->buffer, L'\0', length);
}

bool line_engine_key(struct line_engine *engine, uint32_t key, bool alt)
{
    char *before;
    int caret = line_engine_caret(engine);
    bool changed;

    if (alt && engine->vi) {
        engine->prefix = (struct prefix){.count = 0};
        if (!is_commanding(engine))
            line_engine_key(engine, ESC, false);
        line_engine_key(engine, key, false);
        return true;
    }
    if (!alt && !engine->held && keep_prefix(engine, key))
        return true;
    if (!alt && !engine->held && key && wants_second(engine, key)) {
        engine->held = key;
        return true;
    }
    before = memory_dup(line_engine_text(engine));
    run_key(engine, key, alt);
    changed = strcmp(before, line_engine_text(engine)) != 0 || caret != line_engine_caret(engine);
    if (changed && (engine->starved || is_torn(engine)))
        line_engine_set(engine, before, caret);
    free(before);
    return changed || !engine->starved;
}
