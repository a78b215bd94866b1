/* Who would deliver where: all profiles over one domain, and two side by side on the same draw. */
#ifndef MAIL_SIMULATION_MATRIX_H
#define MAIL_SIMULATION_MATRIX_H

#include "mail/simulation/simulation.h"

struct matrix_row {
    const struct profile *profile;
    const struct route *route;
    enum verdict verdict; /* of the most frequent outcome */
    const char *code, *why, *reference;
    unsigned tries_least, tries_most;
    const struct share *first; /* by host, as expected (drawn where not known), largest first */
    size_t first_count;
};

struct matrix {
    struct matrix_row *rows;
    size_t count; /* profile_count() */
    bool complete;
};

/* The sender's profile is ignored; its own settings count for that profile, the others have their
 * initial ones. Draws 1000 deliveries where nothing is known exactly. */
const struct matrix *matrix_build(const struct lookup *lookup, const char *domain,
                                  const struct sender *sender, struct arena *arena);

/* One line of two deliveries laid side by side. */
struct comparison_row {
    const char *left, *right; /* "mx1.example.com. 192.0.2.1 refused"; "" beyond the end */
    bool differs;
    const char *why; /* of the first difference: one sentence; "" elsewhere */
};

struct comparison {
    const struct route *left_route, *right_route;
    const struct comparison_row *rows;
    size_t count;
    bool differs, complete;
};

/* A sender like another, but with the rules of that profile (and its initial settings, unless it
 * has them already). `to` is not initialised. */
void comparison_sender(const struct sender *from, const struct profile *profile, struct sender *to);
/* From now on it looks for SRV records of the mail service first; false where it never does. */
bool comparison_by_srv(struct sender *sender);

/* Delivery `nth` of the same seed by both senders (usually alike but for the profile). */
const struct comparison *comparison_build(const struct lookup *lookup, const char *domain,
                                          const struct sender *left, const struct sender *right,
                                          uint64_t nth, struct arena *arena);

#endif
