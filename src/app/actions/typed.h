/* What becomes of the line being typed: name, command, search or filter. */
#ifndef APP_ACTIONS_TYPED_H
#define APP_ACTIONS_TYPED_H

#include "app/state/state.h"

/* The line editor changed the line, or Enter was pressed in it. */
void typed_change(struct ui *ui, const char *text, int caret, struct effects *effects);
void typed_submit(struct ui *ui, const char *text, struct effects *effects);
/* Esc: as it was before. */
void typed_cancel(struct ui *ui, struct effects *effects);

#endif
