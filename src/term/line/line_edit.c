#include "term/line/line_edit.h"

#include "app/events/event.h"
#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"
#include "base/utf8.h"
#include "term/line/line_complete.h"
#include "term/line/line_engine.h"
#include "term/line/line_search.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define CONTROL(letter) ((uint32_t)(letter)&0x1f)
enum { ESC = 0x1b, DELETE = 0x7f };

struct line_edit {
    struct line_options options;
    struct line_engine *engine;
    struct line_search search;
    struct line_complete complete;
    bool marked;
    bool cut; /* the last thing done was to paste more than there is room for */
};

enum status line_edit_new(const struct line_options *options, struct line_edit **out)
{
    struct line_engine *engine;
    struct line_edit *edit;
    enum status status = line_engine_new(options->history, &engine);

    if (status != STATUS_OK)
        return status;
    edit = memory_new(1, sizeof *edit);
    edit->options = *options;
    edit->engine = engine;
    *out = edit;
    return STATUS_OK;
}

void line_edit_free(struct line_edit *edit)
{
    if (!edit)
        return;
    line_engine_free(edit->engine);
    line_search_clear(&edit->search);
    line_complete_clear(&edit->complete);
    free(edit);
}

/* Appends as many whole showable characters as fit into `room` bytes. */
static void add_showable(struct text *out, const char *text, size_t room)
{
    const char *end = text + strlen(text);

    while (text < end) {
        const char *start = text;
        uint32_t character = utf8_next(&text, end);
        size_t length = (size_t)(text - start);

        if (character == UTF8_INVALID || !escape_showable(character))
            continue;
        if (length > room)
            return;
        text_add_bytes(out, start, length);
        room -= length;
    }
}

void line_edit_set(struct line_edit *edit, const char *text, bool marked)
{
    struct text safe = {0};

    add_showable(&safe, text, edit->options.limit);
    line_engine_set(edit->engine, text_get(&safe), INT_MAX);
    line_search_end(&edit->search);
    line_complete_end(&edit->complete);
    edit->cut = false;
    edit->marked = marked && safe.length > 0;
    text_clear(&safe);
}

const char *line_edit_text(struct line_edit *edit)
{
    return line_engine_text(edit->engine);
}

int line_edit_caret(struct line_edit *edit)
{
    return line_engine_caret(edit->engine);
}

bool line_edit_marked(const struct line_edit *edit)
{
    return edit->marked;
}

const char *line_edit_note(const struct line_edit *edit)
{
    if (edit->search.active)
        return text_get(&edit->search.note);
    return edit->cut ? tr("of what was pasted only the beginning was taken") : "";
}

/* --- completion --- */

static int characters_of(const char *text)
{
    int count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static enum line_result complete(struct line_edit *edit, int step)
{
    const char *text = line_edit_text(edit), *joined;
    size_t caret = utf8_offset(text, line_edit_caret(edit));
    char *before = memory_dup_bytes(text, caret), *after = memory_dup(text + caret);
    struct text line = {0};

    joined = line_complete_step(&edit->complete, &edit->options, before, step, &line);
    if (joined) {
        int characters = characters_of(joined);
        text_add(&line, after);
        if (line.length <= edit->options.limit && utf8_valid(text_get(&line), line.length))
            line_engine_set(edit->engine, text_get(&line), characters);
    }
    text_clear(&line);
    free(before);
    free(after);
    return joined ? LINE_EDITED : LINE_IGNORED;
}

/* --- searching the history --- */

static void show_found(struct line_edit *edit, const char *found)
{
    struct text safe = {0};

    if (!found)
        return;
    add_showable(&safe, found, edit->options.limit);
    line_engine_set(edit->engine, text_get(&safe), INT_MAX);
    text_clear(&safe);
}

/* Returns whether the key was one for the search; another one ends it and is a key for the line. */
static bool search_key(struct line_edit *edit, uint32_t key)
{
    struct line_search *search = &edit->search;
    const struct history *history = edit->options.history;

    if (key == CONTROL('R'))
        show_found(edit, line_search_further(search, history));
    else if (key == KEY_CODE_BACKSPACE)
        show_found(edit, line_search_erase(search, history));
    else if (key < KEY_CODE_FIRST && key >= ' ')
        show_found(edit, line_search_type(search, history, key));
    else {
        if (key == CONTROL('G') || key == ESC)
            show_found(edit, text_get(&search->before));
        line_search_end(search);
        return key == CONTROL('G') || key == ESC || key == '\r';
    }
    return true;
}

/* --- keys --- */

static const struct {
    uint32_t key;
    enum engine_command command;
} commands[] = {
    {KEY_CODE_UP, ENGINE_UP},         {KEY_CODE_DOWN, ENGINE_DOWN},
    {KEY_CODE_LEFT, ENGINE_LEFT},     {KEY_CODE_RIGHT, ENGINE_RIGHT},
    {KEY_CODE_HOME, ENGINE_HOME},     {KEY_CODE_END, ENGINE_END},
    {KEY_CODE_DELETE, ENGINE_DELETE}, {KEY_CODE_BACKSPACE, ENGINE_BACKSPACE},
};

/* Control characters that are the program's, or that libedit would wait for more after. */
static bool is_for_others(const struct line_edit *edit, uint32_t key)
{
    static const char others[] = "CGIJLMOQSVZ";

    if (key >= KEY_CODE_FIRST || key == 0 || (key > ESC && key < ' '))
        return true;
    for (const char *letter = others; *letter; letter++)
        if (key == CONTROL(*letter))
            return true;
    return key == CONTROL('D') && !*line_engine_text(edit->engine);
}

static bool is_character(uint32_t key)
{
    return key >= ' ' && key < KEY_CODE_FIRST;
}

/* The line was marked for replacing: typing and deleting begin with an empty one. */
static bool replace_marked(struct line_edit *edit, uint32_t key)
{
    bool deletes = key == KEY_CODE_BACKSPACE || key == KEY_CODE_DELETE || key == CONTROL('H') ||
                   key == CONTROL('W') || key == CONTROL('U') || key == CONTROL('K');

    if (edit->marked && (deletes || is_character(key)))
        line_engine_set(edit->engine, "", 0);
    deletes = deletes && edit->marked;
    edit->marked = false;
    return deletes;
}

/* Passes a key on, and takes back what made the line too long or unshowable (a yank, say). */
static bool engine_key(struct line_edit *edit, uint32_t key, bool alt)
{
    char *before = memory_dup(line_engine_text(edit->engine));
    int caret = line_engine_caret(edit->engine);
    bool used = line_engine_key(edit->engine, key, alt);
    struct text safe = {0};

    add_showable(&safe, line_engine_text(edit->engine), edit->options.limit);
    if (strcmp(text_get(&safe), line_engine_text(edit->engine)) != 0)
        line_engine_set(edit->engine, before, caret);
    text_clear(&safe);
    free(before);
    return used;
}

/* By words: what terminals send for Alt with these keys, as libedit knows it. */
static enum line_result alt_key(struct line_edit *edit, uint32_t key)
{
    edit->marked = false;
    if (key == KEY_CODE_LEFT)
        key = 'b';
    else if (key == KEY_CODE_RIGHT)
        key = 'f';
    else if (key == KEY_CODE_BACKSPACE)
        key = DELETE;
    if (key == ESC || is_for_others(edit, key))
        return LINE_IGNORED;
    return engine_key(edit, key, true) ? LINE_EDITED : LINE_IGNORED;
}

static enum line_result plain_key(struct line_edit *edit, uint32_t key)
{
    bool used;

    if (replace_marked(edit, key))
        return LINE_EDITED;
    if (!edit->options.history && (key == KEY_CODE_UP || key == KEY_CODE_DOWN))
        return LINE_IGNORED;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (commands[i].key == key) {
            engine_key(edit, commands[i].command, false);
            return LINE_EDITED;
        }
    if (is_for_others(edit, key) || (key == ESC && !line_engine_vi(edit->engine)))
        return LINE_IGNORED;
    used = engine_key(edit, key, false);
    return key == ESC && !used ? LINE_IGNORED : LINE_EDITED;
}

enum line_result line_edit_key(struct line_edit *edit, uint32_t key)
{
    edit->cut = false;
    if (edit->search.active && search_key(edit, key))
        return LINE_EDITED;
    if (key == '\t' || key == KEY_CODE_BACKTAB)
        return complete(edit, key == '\t' ? 1 : -1);
    line_complete_end(&edit->complete);
    if (key == '\r') {
        edit->marked = false;
        return LINE_SUBMITTED;
    }
    if (key == CONTROL('R') && edit->options.history) {
        line_search_begin(&edit->search, line_edit_text(edit));
        edit->marked = false;
        return LINE_EDITED;
    }
    return key & KEY_ALT ? alt_key(edit, key & ~(uint32_t)KEY_ALT) : plain_key(edit, key);
}

enum line_result line_edit_paste(struct line_edit *edit, const char *text, bool cut)
{
    struct text safe = {0};
    size_t length;

    if (edit->marked)
        line_engine_set(edit->engine, "", 0);
    edit->marked = false;
    line_search_end(&edit->search);
    line_complete_end(&edit->complete);
    length = strlen(line_engine_text(edit->engine));
    add_showable(&safe, text, edit->options.limit - length);
    edit->cut = cut || safe.length < strlen(text);
    line_engine_insert(edit->engine, text_get(&safe));
    text_clear(&safe);
    return LINE_EDITED;
}
