/* TXT records that are nearly one of a kind and so are none: what is wrong with what is there, and
 * what was meant. */
#ifndef POLICY_RECORDS_NEAR_MISS_H
#define POLICY_RECORDS_NEAR_MISS_H

#include "base/memory.h"
#include "dns/reply.h"

#include <stdbool.h>

enum near_kind { NEAR_SPF, NEAR_DMARC, NEAR_DKIM, NEAR_MTA_STS, NEAR_TLS_RPT, NEAR_BIMI };

const char *near_kind_text(enum near_kind kind); /* "MTA-STS": what the record is called. Static. */

struct near_miss {
    const struct record *record; /* NULL: nothing is near */
    const char *why; /* a clause: "a quotation mark is part of the text"; several with "and" */
    struct octets
        meant; /* the text that was meant, in the arena; length 0 where that is not known */
};

/* Is the text one record of the kind as its RFC wants it: the version first, in these letters, and
 * what ends it? White space is allowed in it where the grammar has it (RFC 6376 3.2, RFC 9989 4.8).
 */
bool near_miss_is_good(enum near_kind kind, struct octets text);
/* Of a good record that has nothing but its version, as a text without quotation marks is cut in a
 * master file: a clause. NULL for any other text. Static. */
const char *near_miss_cut(enum near_kind kind, struct octets text);
/* The record is of the kind but for slips; false when it is good, or something else altogether. */
bool near_miss_of(struct arena *arena, enum near_kind kind, const struct record *record,
                  struct near_miss *miss);
/* The first of the TXT records in the reply that is; its `record` is NULL when none is, or one is
 * good. */
struct near_miss near_miss_find(struct arena *arena, enum near_kind kind,
                                const struct reply *reply);

#endif
