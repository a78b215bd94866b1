/* The ways in which records without preference reach their users, one beside the other (L20). */
#ifndef MAIL_CLIENTS_ROTATION_CASES_H
#define MAIL_CLIENTS_ROTATION_CASES_H

#include "mail/clients/rotation.h"

/* Whose records. */
struct rotation_set {
    size_t records;
    unsigned servers;       /* name servers of the domain */
    const bool *down;       /* per record */
    const uint32_t *rtt_us; /* per record, of name servers: measured, 0 where not; NULL: none was */
    uint64_t seed;
};

struct rotation_case {
    const char *title;
    const struct rotation *rotation; /* one TTL period */
    const unsigned *then;            /* the record of the periods after it, where all meet at one */
    size_t then_count;
    const bool *down; /* per record */
};

enum { ROTATION_CASES = 6, ROTATION_USERS = 10000 };

/* Fills `cases` and returns how many; everything is in the arena. */
size_t rotation_cases(const struct rotation_set *set, struct arena *arena,
                      struct rotation_case cases[ROTATION_CASES]);

#endif
