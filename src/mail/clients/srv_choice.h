/* How clients choose among the SRV records of one owner (RFC 2782), as written and as real mail
 * servers do it: exact shares and repeatable draws. */
#ifndef MAIL_CLIENTS_SRV_CHOICE_H
#define MAIL_CLIENTS_SRV_CHOICE_H

#include "base/memory.h"
#include "dns/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum srv_algorithm {
    SRV_RFC2782, /* as written: zero weights first, a number from 0 to the sum inclusive */
    SRV_NOMINAL, /* what the weights promise: weight / sum */
    SRV_POSTFIX, /* shuffles, swaps the chosen one to the front, no zero-first rule */
    SRV_EXIM,    /* by ascending weight, the last record of the last priority not in the sum */
};
enum { SRV_ALGORITHMS = 4 };

/* More records than this are not drawn from; the ones tried first are kept. */
enum { SRV_TARGETS_MAX = 256 };

const char *srv_algorithm_text(enum srv_algorithm algorithm); /* "rfc2782", ... Static. */
bool srv_algorithm_parse(const char *text, enum srv_algorithm *algorithm);
struct srv_set;
/* A sentence that explains what this algorithm does to the weights, and another where it depends on
 * the order in which the answer lists the records of the set (NULL: of no set in particular).
 * Static. */
const char *srv_algorithm_sentence(const struct srv_set *set, enum srv_algorithm algorithm);

/* The chance to be the one tried first among the targets of the same priority. Records may come in
 * any order, so `exact` is the mean over all of them; `low` and `high` are the extremes for one
 * given order (6/11 and 7/11 for the heavier of 6:4). */
struct srv_share {
    double exact, low, high;
};

struct srv_target {
    const struct record *record;
    size_t level;                           /* 0: this priority is tried first */
    bool offered;                           /* false: the target is "." */
    struct srv_share share[SRV_ALGORITHMS]; /* among its priority */
    double first[SRV_ALGORITHMS];           /* the chance to be tried before all others */
};

/* Everything of one priority: targets[begin] .. targets[begin + count - 1]. */
struct srv_level {
    uint16_t priority;
    size_t begin, count;
    uint32_t weight_sum;
    bool zero_only; /* no weight at all: no balancing intended (RFC 2782) */
};

/* The records of one owner in stable order: priority, heavier first, name. */
struct srv_set {
    const char *owner;
    struct srv_target *targets;
    size_t count;
    size_t left_out; /* records beyond SRV_TARGETS_MAX */
    struct srv_level *levels;
    size_t level_count;
    unsigned *received; /* indices into targets in the order the answer had */
    bool not_offered;   /* a single record whose target is "." */
};

/* The records are borrowed and must outlive the arena's use. Count 0 gives an empty set. */
struct srv_set *srv_set_build(struct arena *arena, const char *owner,
                              const struct record *const *records, size_t count);

/* The exact probability that all targets are tried in this order (indices into set->targets).
 * Exim's depends on the order of the answer, which is taken as received. */
double srv_order_probability(const struct srv_set *set, enum srv_algorithm algorithm,
                             const unsigned *order);

#endif
