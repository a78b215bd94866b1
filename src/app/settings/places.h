/* Sites and GUIDs of a directory, which DNS cannot list and a zone file shows. */
#ifndef APP_SETTINGS_PLACES_H
#define APP_SETTINGS_PLACES_H

#include "app/settings/lesson.h"
#include "app/settings/options.h"
#include "dns/zone/zone.h"

/* Adds those in the names of a zone, each once; in the arena. `whole`: there are no others than
 * those, which PLACES_ALL says behind them. */
void places_add_zone(struct strings *places, const struct zone *zone, bool whole,
                     struct arena *arena);
/* Those in the zone of a lesson. */
void places_add_lesson(struct strings *places, const struct lesson *lesson, struct arena *arena);
/* Those in a list as typed, with "," or blanks between, in their letters. False when one is no
 * label of a name: *wrong is that one, and *why says it (static). */
bool places_add_list(struct strings *places, const char *list, struct arena *arena,
                     const char **wrong, const char **why);

#endif
