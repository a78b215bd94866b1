/* The line being typed, whichever it is: opened, filled, closed. */
#ifndef APP_STATE_EDITOR_H
#define APP_STATE_EDITOR_H

#include "app/state/state.h"

/* Opens the line editor with a text, marked or not. */
void editor_open(struct ui *ui, enum editor editor, const char *text, bool marked,
                 struct effects *effects);
void editor_close(struct ui *ui, struct effects *effects);
/* The line is this text, the caret in front of that character. */
enum { EDITOR_END = -1 }; /* a caret behind the last one */
void editor_put(struct ui *ui, const char *text, int caret);

#endif
