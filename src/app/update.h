/* The one place where an event changes the state. */
#ifndef APP_UPDATE_H
#define APP_UPDATE_H

#include "app/events/effect.h"
#include "app/events/event.h"
#include "app/state/ui.h"

/* Applies one event and appends what is to be done to `effects`. The event's reply is taken over
 * (or freed). Same state and event, same state and effects: no clock, no randomness of its own.
 * The first event is usually an EVENT_RESIZE; a name given on the command line is an EVENT_SUBMIT.
 */
void update(struct ui *ui, struct event *event, struct effects *effects);

#endif
