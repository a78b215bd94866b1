/* The TTL a record was published with. A cache counts down what it hands out; the zone's own
 * servers do not, and what they were asked is among the answers. */
#ifndef DNS_FORMATS_PUBLISHED_H
#define DNS_FORMATS_PUBLISHED_H

#include "base/text.h"
#include "dns/answers.h"

struct published_ttl {
    uint32_t seconds;
    bool least; /* only a cache was asked: it may be more */
};

/* That of the records of this owner and type; `seen` is what is there to go by: it stays where it
 * is not that of a record a cache answered with. */
struct published_ttl published_ttl(const struct answers *answers, const char *owner, uint16_t type,
                                   uint32_t seen);
/* Appends the record as a line of a master file with that TTL, without the line end; a comment says
 * when it may be more. */
void published_print(const struct answers *answers, const struct record *record, struct text *out);
/* The comment alone, "" where the TTL is known. Static. */
const char *published_comment(const struct published_ttl *ttl);

#endif
