/* A line being typed. libedit does the editing (emacs or vi keys, ~/.editrc) on a private
 * pseudo-terminal nobody sees; the text and the caret are drawn by whoever shows the line. */
#ifndef TERM_LINE_LINE_EDIT_H
#define TERM_LINE_LINE_EDIT_H

#include "base/status.h"
#include "term/line/history.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum line_result {
    LINE_IGNORED,   /* not a key for a line: the caller may use it (Esc, Tab, F1, PgUp, ^C, ...) */
    LINE_EDITED,    /* text, caret or note may have changed: EVENT_EDIT */
    LINE_SUBMITTED, /* Enter: EVENT_SUBMIT; the text stays until line_edit_set */
};

struct line_options {
    struct history *history; /* borrowed; NULL: none. The caller adds what was submitted. */
    size_t limit;            /* most bytes of the line, 1..1023 */
    /* The n-th word (from 0) that may stand in place of before[word..], where `before` is the text
     * up to the caret and `word` the byte where the last word starts; NULL behind the last one.
     * Borrowed until the next call. NULL: no completion. */
    const char *(*complete)(void *context, const char *before, size_t word, size_t n);
    void *context;
};

struct line_edit;

/* STATUS_UNREADABLE when the system has no pseudo-terminal left (errno tells). */
enum status line_edit_new(const struct line_options *options, struct line_edit **edit);
void line_edit_free(struct line_edit *edit); /* NULL is allowed */

/* Starts with this text (cut to the limit, unshowable characters left out), caret at its end.
 * Marked: the first character typed replaces it all, deleting clears it, moving keeps it. */
void line_edit_set(struct line_edit *edit, const char *text, bool marked);
/* One key as in struct event. Up, Down: history; LINE_IGNORED without one. ^R: searches the history
 * back, ^R again further, Enter or a moving key takes what is found, ^G or Esc the line as it was.
 * Tab: completes as far as certain, then steps through what is possible, Shift-Tab steps back. In
 * vi mode Esc goes to command mode first and is LINE_IGNORED the second time. */
enum line_result line_edit_key(struct line_edit *edit, uint32_t key);
/* Text that came in one piece goes in at the caret, as much of it as the limit allows; `cut`:
 * there was more of it. Either makes a note. */
enum line_result line_edit_paste(struct line_edit *edit, const char *text, bool cut);

/* Valid UTF-8, borrowed until the next call on this line. */
const char *line_edit_text(struct line_edit *edit);
int line_edit_caret(struct line_edit *edit); /* in characters from the start */
bool line_edit_marked(const struct line_edit *edit);
/* What to say beside the line, "" for nothing: "back: foo" during a search, or that
 * what was pasted is cut. Borrowed likewise. */
const char *line_edit_note(const struct line_edit *edit);

#endif
