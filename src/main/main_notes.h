/* --notes: the presenter's page on a second terminal. */
#ifndef MAIN_MAIN_NOTES_H
#define MAIN_MAIN_NOTES_H

#include "app/settings/lesson.h"
#include "main/input/main_request.h"
#include "net/source.h"

/* Follows the recording that the first terminal writes: what is said and asked now, the keys of the
 * step, notes, what comes next, the time since this began. Without a terminal it writes the page as
 * the recording has it now, once. Ends with the signal that ends it; returns the exit status. */
int main_follow_notes(struct source *source, const struct request *request,
                      const struct lessons *lessons);

#endif
