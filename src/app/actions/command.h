/* The command line behind ":": the commands of the action table, and their completion. */
#ifndef APP_ACTIONS_COMMAND_H
#define APP_ACTIONS_COMMAND_H

#include "app/state/state.h"

/* Runs "theme mono", "2", "q", ... */
void command_run(struct ui *ui, const char *text, struct effects *effects);
/* What is typed so far: candidates are shown, a theme is shown already. */
void command_changed(struct ui *ui, const char *text, struct effects *effects);
/* Nothing came of it: the theme is the one before. */
void command_cancelled(struct ui *ui, struct effects *effects);

#endif
