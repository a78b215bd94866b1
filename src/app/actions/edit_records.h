/* Records as they might be. */
#ifndef APP_ACTIONS_EDIT_RECORDS_H
#define APP_ACTIONS_EDIT_RECORDS_H

#include "app/state/state.h"

/* Tries an edit as :whatif has it ("preference mx1.example.com. 20") on the page shown, and says
 * so; or why it cannot be. */
void edit_records(struct ui *ui, const char *command);

#endif
