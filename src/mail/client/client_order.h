/* How clients choose among the targets of one priority: exact chances, and draws by the procedure
 * of each. */
#ifndef MAIL_CLIENT_CLIENT_ORDER_H
#define MAIL_CLIENT_CLIENT_ORDER_H

#include "base/random.h"
#include "mail/client/client.h"

struct client_item {
    uint16_t weight;
    size_t place; /* in the answer */
    bool inside;  /* within the domain */
};

enum { CLIENT_ITEMS_MAX = 256 };

/* The chance of each to be the next; the records may be listed in any order, over which this is the
 * mean, but for CLIENT_LISTED. count is 1 to CLIENT_ITEMS_MAX. */
void client_shares(enum client_order order, const struct client_item *items, size_t count,
                   double *shares);
/* Draws the next one: its index. */
size_t client_draw(enum client_order order, const struct client_item *items, size_t count,
                   struct random *random);

#endif
