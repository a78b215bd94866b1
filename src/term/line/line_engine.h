/* libedit, tamed: keys go in, text and caret come out, and nothing reaches the real terminal. */
#ifndef TERM_LINE_LINE_ENGINE_H
#define TERM_LINE_LINE_ENGINE_H

#include "base/status.h"
#include "term/line/history.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Editing commands that have no character of their own. */
enum engine_command {
    ENGINE_FIRST = 0x90, /* bytes that UTF-8 text and the meta key leave free in libedit's maps */
    ENGINE_UP = ENGINE_FIRST,
    ENGINE_DOWN,
    ENGINE_LEFT,
    ENGINE_RIGHT,
    ENGINE_HOME,
    ENGINE_END,
    ENGINE_DELETE,
    ENGINE_BACKSPACE,
    ENGINE_LAST = ENGINE_BACKSPACE,
};

struct line_engine;

/* `history` is borrowed, NULL for none. STATUS_UNREADABLE when there is no pseudo-terminal. */
enum status line_engine_new(const struct history *history, struct line_engine **engine);
void line_engine_free(struct line_engine *engine); /* NULL is allowed */

/* Replaces the line, forgets half-typed commands; insert mode. The caret counts in characters. */
void line_engine_set(struct line_engine *engine, const char *text, int caret);
/* Inserts valid UTF-8 at the caret. */
void line_engine_insert(struct line_engine *engine, const char *text);
/* One key: a character or enum engine_command, with Esc before it when `alt`. Returns false when
 * the engine had no use for it. A command that wants another character ("f" in vi mode) is
 * carried out when that comes. */
bool line_engine_key(struct line_engine *engine, uint32_t key, bool alt);
/* vi keys instead of emacs keys. */
bool line_engine_vi(const struct line_engine *engine);

/* The line now, in UTF-8, whatever it contains; borrowed until the next call. */
const char *line_engine_text(struct line_engine *engine);
int line_engine_caret(const struct line_engine *engine);

#endif
