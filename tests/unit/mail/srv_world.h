/* SRV records made up for the tests of SRV selection, and what numbers are held against. */
#ifndef TESTS_SRV_WORLD_H
#define TESTS_SRV_WORLD_H

#include "mail/clients/srv_choice.h"

enum { TARGETS = 8 };

struct srv_entry {
    uint16_t priority, weight;
};

struct srv_world {
    struct arena *arena;
    struct record records[TARGETS];
    const struct record *list[TARGETS];
    struct srv_set *set;
};

/* A set of the entries under _ldap._tcp.example, received in this order. */
void srv_world_init(struct srv_world *world, const struct srv_entry *entries, size_t count);
void srv_world_clear(struct srv_world *world);
/* Where the entry given as number `entry` stands in the set. */
size_t srv_world_index(const struct srv_world *world, size_t entry);

void assert_near(double actual, double expected);
/* Pearson's chi-square of the counts against their expected shares, at p = 0.001. */
void assert_fits(const uint64_t *counts, const double *expected, size_t count, uint64_t draws);

#endif
