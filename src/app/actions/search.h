/* Searching rows and lines, and filtering rows. */
#ifndef APP_ACTIONS_SEARCH_H
#define APP_ACTIONS_SEARCH_H

#include "app/state/state.h"

/* What is typed so far: marked wherever it is seen, the cursor goes to the first match. "" ends the
 * search. */
void search_changed(struct ui *ui, const char *text, struct effects *effects);
void search_submit(struct ui *ui, const char *text, struct effects *effects);
/* Only rows with this text are shown in the pane; "" shows all again. */
void search_filter(struct ui *ui, const char *text);

#endif
