/* What shaped a recording besides its events: options about the sender and settings of the screen.
 * They stand at its head as comments, "# option --profile=postfix" and "# setting ui.panes = 2 1 3
 * 4 5 6", "# mark ties xx- + 3 5f0c21aa", "# flaw ...", so that a replay shows the same screen. A
 * recording may come from anybody: nothing else is taken from there. */
#ifndef APP_SETTINGS_RECORDED_H
#define APP_SETTINGS_RECORDED_H

#include "app/settings/configuration.h"
#include "app/settings/options.h"
#include "dns/zone/zone_flaws.h"

void recorded_print_options(const struct options *options, struct text *out);
/* Of the screen; `lesson` is the one it was started in, NULL for none. */
void recorded_print_settings(const struct configuration *config, const char *lesson,
                             struct text *out);

/* Of the lessons, as lines of app/settings/marks.h: what a lesson is gone on with. */
void recorded_print_marks(const char *marks, struct text *out);
void recorded_read_marks(const char *path, struct text *marks);

/* What is wrong with the zone files that were answered from. */
void recorded_print_flaws(struct zone_flaws flaws, struct text *out);
/* Those at the head of the recording, in the arena; lines that are none are passed over. */
struct zone_flaws recorded_read_flaws(const char *path, struct arena *arena);

/* Adds the options at the head of the recording to the list, as arguments in the arena. A file that
 * cannot be read has none. */
void recorded_read_options(const char *path, struct arena *arena, struct strings *arguments);
/* Puts the settings at the head of the recording in the place of those of the configuration, where
 * it has any. The lesson becomes the setting "ui.lesson". */
void recorded_read_settings(const char *path, struct configuration *config);

#endif
