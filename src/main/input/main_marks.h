/* The file with what was done of the lessons (app/settings/marks.h), trusted no further than it
 * must be. */
#ifndef MAIN_INPUT_MAIN_MARKS_H
#define MAIN_INPUT_MAIN_MARKS_H

#include "base/text.h"

#include <stdbool.h>

/* $XDG_STATE_HOME/mxtrail/lessons, or ~/.local/state/mxtrail/lessons; NULL when neither variable
 * holds an absolute path. The caller frees it. */
char *marks_path(void);
/* Appends the lines of the file that are marks; none where it is not there. False with a sentence
 * in `why` when it may not be read. */
bool marks_load(const char *path, struct text *lines, struct text *why);
/* Puts the line among those that other programs have left in the file by now: a new file (0600) is
 * renamed over it. False with a sentence in `why`; the old file is as it was. */
bool marks_keep(const char *path, const char *line, struct text *why);

#endif
