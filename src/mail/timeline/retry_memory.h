/* What a sender remembers of addresses between its tries, so that a later try passes over those
 * whose time has not come: Exim's retry data, qmail's tcpto, OpenSMTPD's disabled routes. */
#ifndef MAIL_TIMELINE_RETRY_MEMORY_H
#define MAIL_TIMELINE_RETRY_MEMORY_H

#include "mail/sender/rules.h"

struct retry_mark {
    const char *host; /* borrowed */
    struct address address;
    int64_t first, last; /* when it failed; seconds after the message was written */
    int64_t due;         /* not tried before that */
    unsigned failures;   /* in a row */
};

struct retry_memory {
    const struct retry_schedule *retry; /* whose rules */
    struct retry_mark *marks;           /* owned */
    size_t count, capacity;
};

void retry_memory_init(struct retry_memory *memory, const struct retry_schedule *retry);
void retry_memory_clear(struct retry_memory *memory);
/* The mark for which the address is passed over now; NULL when it may be tried. */
const struct retry_mark *retry_memory_holds(const struct retry_memory *memory, const char *host,
                                            const struct address *address, int64_t now);
/* An attempt failed at the stage. `chance`, 0..31, stands for the number of the process. The mark
 * it left, good until the next call; NULL where nothing is kept of it. */
const struct retry_mark *retry_memory_note(struct retry_memory *memory, const char *host,
                                           const struct address *address, enum stage stage,
                                           int64_t now, unsigned chance);
/* When the address may be tried again; `now` where nothing holds it back. */
int64_t retry_memory_due(const struct retry_memory *memory, const char *host,
                         const struct address *address, int64_t now);

#endif
