/* The command line behind ":": the commands of the action table, and their completion. */
#ifndef APP_ACTIONS_COMMAND_H
#define APP_ACTIONS_COMMAND_H

#include "app/state/state.h"

/* Runs "theme mono", "2", "q", ... */
void command_run(struct ui *ui, const char *text, struct effects *effects);
/* What is typed so far: candidates are shown, a theme is shown already. */
void command_changed(struct ui *ui, const char *text, struct effects *effects);
/* The command that the text begins with or stands for; false when there is none. */
bool command_parse(const char *text, enum action *action);
/* Is a command being typed, of which nothing stands there yet? */
bool command_is_empty(const struct ui *ui);
/* The line becomes this command, ready for what may follow it. */
void command_put(struct ui *ui, const struct action_entry *entry, struct effects *effects);
/* Nothing came of it: the theme is the one before. */
void command_cancelled(struct ui *ui, struct effects *effects);

#endif
