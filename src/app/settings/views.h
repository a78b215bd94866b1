/* The list of views: what a person can ask to see of a name. The options of the command line, a
 * lesson's "; try:" and the commands behind ":" (which keys stand for) mean the same view by it, so
 * that what one of them opens the others open too. */
#ifndef APP_SETTINGS_VIEWS_H
#define APP_SETTINGS_VIEWS_H

#include "app/settings/options.h"

/* The commands (without ":") that show what these options ask for, to be run one after the other
 * when the answers are in: edits of records first, then the views. In the arena. */
void views_asked(const struct options *options, struct arena *arena, struct strings *commands);

#endif
