/* The file of --record and :record: a line for each event, out as soon as it is written. */
#ifndef MAIN_INPUT_MAIN_RECORD_H
#define MAIN_INPUT_MAIN_RECORD_H

#include "app/events/event.h"
#include "app/settings/options.h"

#include <stdbool.h>
#include <stddef.h>

struct recording;

/* Opens the file of --record and writes its head; *recording is NULL without the option. A regular
 * file that is there already is left alone unless --force is given, and one that is read or written
 * otherwise by this run always; a FIFO needs a reader. Returns 0, or the exit status when that was
 * said. */
int recording_open(const struct options *options, const char *head, struct recording **recording);
/* One that has no file yet: what is written to it is kept, and is in the file that is begun later.
 */
struct recording *recording_keep(const char *head);
/* Begins the file, a new one; false when it cannot be, or there is one, which *why says. */
bool recording_begin(struct recording *recording, const char *path, struct text *why);
/* Writes its line; nothing more once that has failed. NULL is allowed. */
void recording_event(struct recording *recording, const struct event *event);
/* The errno of the first write that failed; 0. */
int recording_error(const struct recording *recording);
/* False when the recording is not whole, which is said. NULL is allowed. */
bool recording_close(struct recording *recording);

/* Was the program stopped while it wrote this line? A line without an end that cannot be read. */
bool recording_is_torn(const char *line, size_t length);

#endif
