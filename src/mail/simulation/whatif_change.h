/* What edits of the records change for a sender: the routes before and after, side by side. */
#ifndef MAIL_SIMULATION_WHATIF_CHANGE_H
#define MAIL_SIMULATION_WHATIF_CHANGE_H

#include "mail/simulation/simulation.h"

struct whatif_row {
    const char *exchange;
    int before, after;                /* hosts of the routes, -1 where it is not listed */
    double before_share, after_share; /* of being tried first, exact where that is known */
    bool same;
};

struct whatif_change {
    const struct route *before, *after;
    const struct whatif_row *rows; /* as the route after has them, then those that are gone */
    size_t count;
    bool differs;
};

enum { WHATIF_DELIVERIES = 10000 }; /* drawn where shares are not known */

/* `edited` has the edits laid over the answers. Everything is in the arena. */
const struct whatif_change *whatif_change_build(const struct lookup *lookup,
                                                const struct lookup *edited, const char *domain,
                                                const struct sender *sender, struct arena *arena);

#endif
