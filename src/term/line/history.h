/* Lines typed before, oldest first, in memory and in a file that is trusted no further than it
 * must be. */
#ifndef TERM_LINE_HISTORY_H
#define TERM_LINE_HISTORY_H

#include "base/status.h"

#include <stddef.h>

enum { HISTORY_LINES = 1000, HISTORY_BYTES = 1 << 20, HISTORY_LINE_BYTES = 1023 };

struct history;

struct history *history_new(void);
void history_free(struct history *history); /* NULL is allowed */
/* Adds a line as the newest; an equal older one goes. Empty lines and lines that are not showable
 * UTF-8 (base/escape.h) of at most HISTORY_LINE_BYTES are left out. The oldest give way. */
void history_add(struct history *history, const char *line);
size_t history_count(const struct history *history);
/* Borrowed until the next change; 0 is the newest. */
const char *history_line(const struct history *history, size_t back);

/* $XDG_STATE_HOME/mxtrail/history, or ~/.local/state/mxtrail/history; NULL when neither variable
 * holds an absolute path. The caller frees it. */
char *history_path(void);
/* Adds the lines of a file. It must be a regular file (no link is followed) of this user, not
 * writable by others, of at most HISTORY_BYTES; lines that may not be kept are skipped.
 * STATUS_NOT_FOUND: there is none yet. Otherwise *why is a static sentence. */
enum status history_load(struct history *history, const char *path, const char **why);
/* Adds a line to the file as other programs have left it by now, making its folders (0700) where
 * missing: a new file with mode 0600 is renamed over it. What history_load() would not read is left
 * alone. On failure the old file is as it was and *why is a static sentence ("no space left on the
 * disk"). */
enum status history_keep(const char *path, const char *line, const char **why);

#endif
