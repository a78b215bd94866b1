/* A client's questions and choice, as a sheet. */
#ifndef SHEET_SERVICES_CLIENT_SHEET_H
#define SHEET_SERVICES_CLIENT_SHEET_H

#include "mail/client/client_walk.h"
#include "mail/clients/srv_choice.h"
#include "sheet/sheet.h"

/* The steps in order with their sources, then the targets in the order they are tried, with exact
 * and drawn shares; the key of such a line is the host. */
void client_draw_sheet(struct sheet *sheet, const struct client_walk *walk, const char *domain);
/* What each client that looks up the owner of the set takes first, side by side; nothing when none
 * does. */
void client_columns_draw(struct sheet *sheet, const struct srv_set *set, const char *domain);

#endif
