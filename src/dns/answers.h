/* All replies known so far, found by their question. What judges a domain reads only from here. */
#ifndef DNS_ANSWERS_H
#define DNS_ANSWERS_H

#include "dns/reply.h"

#include <stddef.h>

struct answers;

struct answers *answers_new(void);
void answers_free(struct answers *answers);
/* Takes the reply; an older one to the same question is freed. A partial one (dns/reply_chain.h) is
 * made whole as soon as the rest is here, too, whichever comes first. When all replies together
 * would take more than 40 MiB, what is kept instead is a failure (SERVFAIL) that says so. */
void answers_put(struct answers *answers, struct reply *reply);
/* NULL when unknown. Borrowed, until the next put to the same question. */
const struct reply *answers_find(const struct answers *answers, const struct question *question);
void answers_forget(struct answers *answers, const struct question *question);
/* How often one was put or forgotten: while this is the same, so are all replies. */
uint64_t answers_changes(const struct answers *answers);
/* In the order they came. */
size_t answers_count(const struct answers *answers);
const struct reply *answers_at(const struct answers *answers, size_t index);

#endif
