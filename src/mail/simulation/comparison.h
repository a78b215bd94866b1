/* Two senders side by side, on the same draw. */
#ifndef MAIL_SIMULATION_COMPARISON_H
#define MAIL_SIMULATION_COMPARISON_H

#include "mail/route/route.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One line of two deliveries laid side by side. */
struct comparison_row {
    const char *left, *right; /* "mx1.example.com. 192.0.2.1 refused"; "" beyond the end */
    bool differs;
    const char *why; /* of the first difference: one sentence; "" elsewhere */
};

/* How often a host is the first tried of its level, when no better host takes the message. */
struct comparison_share {
    const struct route_host *host;
    double share; /* exact; of 10,000 draws where that is not known */
};

struct comparison_shares {
    const struct comparison_share *list; /* candidates, by level */
    size_t count;
};

struct comparison {
    const struct route *left_route, *right_route;
    struct comparison_shares left_shares, right_shares;
    const struct comparison_row *rows;
    size_t count;
    bool differs, complete;
};

/* A sender like another, but with the rules of that profile (and its initial settings, unless it
 * has them already). `to` is not initialised. */
void comparison_sender(const struct sender *from, const struct profile *profile, struct sender *to);
/* From now on it looks for SRV records of the mail service first; false where it never does. */
bool comparison_by_srv(struct sender *sender);

/* Whom to compare: the same sender with the rules of the one profile and with those of the other.
 */
struct compared_senders {
    const struct profile *left, *right; /* NULL: nobody */
    bool by_srv; /* the right one looks for SRV records of the mail service first */
};

/* "Postfix beside Exim by _smtp._tcp SRV". In the arena. */
const char *comparison_title(const struct compared_senders *compared, struct arena *arena);
/* The two of them only: "Postfix and Exim". */
const char *comparison_names(const struct compared_senders *compared, struct arena *arena);
/* The first delivery of the sender's seed by both. */
const struct comparison *comparison_of(const struct lookup *lookup, const char *domain,
                                       const struct sender *sender,
                                       const struct compared_senders *compared,
                                       struct arena *arena);

/* Delivery `nth` of the same seed by both senders (usually alike but for the profile). */
const struct comparison *comparison_build(const struct lookup *lookup, const char *domain,
                                          const struct sender *left, const struct sender *right,
                                          uint64_t nth, struct arena *arena);

#endif
