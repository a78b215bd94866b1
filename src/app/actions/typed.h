/* The line being typed: name, command, search or filter. */
#ifndef APP_ACTIONS_TYPED_H
#define APP_ACTIONS_TYPED_H

#include "app/state/state.h"

/* Opens the line editor with a text, marked or not. */
void edit_open(struct ui *ui, enum editor editor, const char *text, bool marked,
               struct effects *effects);
void edit_close(struct ui *ui, struct effects *effects);
/* The line editor changed the line, or Enter was pressed in it. */
void edit_change(struct ui *ui, const char *text, int caret, struct effects *effects);
void edit_submit(struct ui *ui, const char *text, struct effects *effects);
/* Esc: as it was before. */
void edit_cancel(struct ui *ui, struct effects *effects);

#endif
