/* What the windows about deliveries share: the sender, the what-if edits, the routes of the page
 * shown. */
#ifndef APP_STATE_SIMULATED_H
#define APP_STATE_SIMULATED_H

#include "app/state/state.h"
#include "mail/route/route.h"

/* The answers of the page shown with the what-if edits laid over them, look only; the sender learns
 * what they say of its security. */
struct lookup simulated_lookup(struct ui *ui, struct visit *visit);
/* Routes the domain of the page; NULL before the first name. */
const struct route *simulated_route(struct ui *ui, const struct sender *sender,
                                    struct arena *arena);
/* The sender changed: surveys ask what it needs, windows are built anew. */
void simulated_changed(struct ui *ui);
/* The exchange under the cursor, of a row or of a line of a window; false for none. *address is
 * family 0 when the line is about the host as a whole. */
bool simulated_host(struct ui *ui, char out[NAME_TEXT], struct address *address);
/* A host as typed, canonical in out; "mx1" is the exchange whose first label that is. False (and
 * said why) when it is no name. */
bool simulated_parse_host(struct ui *ui, const char *typed, char out[NAME_TEXT]);

#endif
