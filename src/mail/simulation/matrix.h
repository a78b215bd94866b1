/* Who would deliver where: all profiles over one domain. */
#ifndef MAIL_SIMULATION_MATRIX_H
#define MAIL_SIMULATION_MATRIX_H

#include "mail/simulation/simulation.h"

/* What most often becomes of the message when the sender is set to keep to DANE, or to the domain's
 * MTA-STS policy. */
struct matrix_mode {
    bool can; /* the sender has a setting for it; else nothing below counts */
    enum verdict verdict;
    const char *code;
    const char *exchange; /* that took the message or decided; "" for none */
    enum tls_way way;
    bool exposed; /* in clear, past a host whose TLSA records insist on TLS */
};

struct matrix_row {
    const struct profile *profile;
    const struct route *route;
    enum verdict verdict; /* of the most frequent outcome */
    const char *code, *why, *reference;
    unsigned tries_least, tries_most;
    const struct share *first; /* by host, as expected (drawn where not known), largest first */
    size_t first_count;
    struct matrix_mode dane, mta_sts;
};

struct matrix {
    struct matrix_row *rows;
    size_t count; /* profile_count() */
    bool complete;
    bool has_dane, has_mta_sts; /* the domain has TLSA records that count; an enforced policy */
};

/* The sender's profile is ignored; its own settings count for that profile, the others have their
 * initial ones. Draws 1000 deliveries where nothing is known exactly. */
const struct matrix *matrix_build(const struct lookup *lookup, const char *domain,
                                  const struct sender *sender, struct arena *arena);

#endif
