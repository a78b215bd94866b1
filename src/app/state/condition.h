/* What a step of a lesson expects of the state. */
#ifndef APP_STATE_CONDITION_H
#define APP_STATE_CONDITION_H

#include "app/settings/lesson_page.h"
#include "app/state/state.h"

/* Does it hold? `is` (may be NULL) gets what is instead: "5", "mx1,mx2". Looks at the windows as
 * ui_refresh() left them. */
bool condition_holds(struct ui *ui, const struct lesson_condition *condition, struct text *is);
/* "step=all", "screen "T"": as the page has it. Appends. */
void condition_print(const struct lesson_condition *condition, struct text *out);

#endif
