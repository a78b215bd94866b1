/* The records of one name and type that have no preference, and who gets which first: for the
 * window and both reports. */
#ifndef SHEET_ROTATION_ROWS_H
#define SHEET_ROTATION_ROWS_H

#include "mail/clients/rotation_cases.h"
#include "mail/sender/sender.h"
#include "survey/facts.h"

enum { ROTATION_RECORDS_MOST = 64 };

struct rotation_rows {
    size_t count;
    const char *const *labels; /* an address or a name each */
    bool *down;             /* as the sender has it; may be changed before the cases are played */
    unsigned servers;       /* name servers of the domain */
    bool name_servers;      /* the records are those: a resolver chooses among them */
    const uint32_t *rtt_us; /* then: how long each took to answer; 0 where it was not asked */
};

/* "10,000 users" of addresses, "10,000 queries" for a name server. In the arena. */
const char *rotation_rows_users(const struct rotation_rows *rows, struct arena *arena);

/* The reply's records; none where there are none. In the arena. */
void rotation_rows_build(const struct reply *reply, const struct facts *facts,
                         const struct sender *sender, struct arena *arena,
                         struct rotation_rows *rows);
size_t rotation_rows_play(const struct rotation_rows *rows, uint64_t seed, struct arena *arena,
                          struct rotation_case cases[ROTATION_CASES]);
/* "then 192.0.2.82, 192.0.2.83, 192.0.2.81"; NULL for a case without. */
const char *rotation_rows_then(const struct rotation_rows *rows, const struct rotation_case *played,
                               struct arena *arena);

#endif
