/* The eyes of everything that judges. A judgement (a route, an SPF verdict, a finding) is a pure
 * function of the answers; where it meets one that is missing it writes the question into `wants`
 * and goes on as far as it can. The survey asks what is wanted and the judgement is made again. So
 * dependents are asked the moment their parent is in, and nothing else in the program plans
 * questions. */
#ifndef DNS_LOOKUP_H
#define DNS_LOOKUP_H

#include "dns/answers.h"

#include <stdbool.h>
#include <stddef.h>

struct question_map;
struct wants; /* an ordered set of questions without a reply */

struct want {
    struct question question; /* name owned by the wants */
    int priority;             /* lower is asked first */
};

struct wants *wants_new(void);
void wants_free(struct wants *wants);
/* Adds the question unless it is there already (then the better priority counts). */
void wants_add(struct wants *wants, const struct question *question, int priority);
/* By priority, equal ones in the order added. */
size_t wants_count(const struct wants *wants);
const struct want *wants_at(const struct wants *wants, size_t index);

struct lookup {
    const struct answers *answers;
    struct wants *wants;              /* NULL: look only, note nothing */
    int priority;                     /* of what is noted */
    const struct question_map *asked; /* these are not noted again; NULL: none */
    const struct answers *overlay;    /* looked into first: what-if edits; NULL for none */
    struct question_map *read;        /* every question looked up is put here; NULL: it is not */
};

/* The reply, or NULL (noted as wanted; with a partial reply it is the rest that is wanted, see
 * dns/reply_chain.h). `lookup_find` asks the configured resolvers with no flags. */
const struct reply *lookup_find(const struct lookup *lookup, const char *name, uint16_t type);
const struct reply *lookup_question(const struct lookup *lookup, const struct question *question);

/* The address records of a host: A and AAAA. */
struct host_addresses {
    const struct reply *a, *aaaa; /* NULL while not answered, or family not wanted */
};
struct host_addresses lookup_addresses(const struct lookup *lookup, const char *name);

#endif
