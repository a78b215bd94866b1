/* Many deliveries counted, beside what is to be expected exactly. */
#ifndef MAIL_SIMULATION_SIMULATION_H
#define MAIL_SIMULATION_SIMULATION_H

#include "mail/delivery/delivery.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct simulation;

/* Ready to draw deliveries 0..deliveries-1 of the sender's seed. Both must outlive it. */
struct simulation *simulation_new(const struct route *route, const struct sender *sender,
                                  uint64_t deliveries);
void simulation_free(struct simulation *simulation);
/* Enumerates at most so many deliveries for the exact shares; true when that is done. Not needed in
 * front of simulation_slice(), which does both. */
bool simulation_enumerate(struct simulation *simulation, uint64_t most);
/* Enumerates and draws at most `most` further deliveries; true when all are done. The caller
 * watches the clock: 10,000 take less than 5 ms. */
bool simulation_slice(struct simulation *simulation, uint64_t most);
uint64_t simulation_done(const struct simulation *simulation);

/* One bar: how often, against how often it had to be. */
struct share {
    const char *exchange;    /* "" where none accepted */
    struct address address;  /* family 0: the bar is for the host */
    int host, address_index; /* in the route; -1 for none */
    uint64_t count;
    double share;    /* count / of how many */
    double expected; /* exact; below 0 where it is not known */
    double error;    /* one standard error of `share` as expected (or as drawn); 0 if certain */
};

struct level_share { /* the first tried among the hosts of one level, when it is reached */
    unsigned level;
    struct share share;
};

struct sequence_count {
    const struct attempt *tries; /* in order */
    size_t try_count;
    uint64_t count;
    double share, expected, error; /* as in struct share */
};

struct tries_count {
    unsigned tries;
    uint64_t deliveries;
    double share, expected, error;
};

struct ending_count {
    enum verdict verdict;
    const char *code;
    const struct rule *rule; /* NULL when decided before any attempt: see route.decision */
    enum tls_way way;        /* how it was taken */
    bool exposed;            /* in clear, past a host whose TLSA records insist on TLS */
    struct share share;      /* of the exchange that took or decided it */
};

enum { SIMULATION_SEQUENCES = 100 };

struct simulation_result {
    uint64_t deliveries;       /* drawn so far */
    bool exact;                /* expectations of whole sequences, tries and endings are known */
    const struct share *first; /* by address, in the order listed, zeros included */
    size_t first_count;
    const struct share *first_exchange; /* by host */
    size_t first_exchange_count;
    const struct level_share *levels; /* by level, then address */
    size_t level_count;
    const struct sequence_count *sequences; /* most frequent first, equal ones as first drawn */
    size_t sequence_count;
    uint64_t sequences_total; /* different sequences seen */
    bool orders_cut; /* more than could be told apart in memory: sequences_total is "at least" */
    const struct tries_count *tries; /* ascending */
    size_t tries_count;
    const struct ending_count *endings; /* most frequent first */
    size_t ending_count;
};

/* A picture of the tallies so far, in the arena. */
const struct simulation_result *simulation_result(struct simulation *simulation,
                                                  struct arena *arena);

#endif
