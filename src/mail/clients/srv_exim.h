/* Exim's way through SRV records (host.c, host_find_bydns), with its three deviations from
 * RFC 2782: the weight counts modulo 1000 and is part of the sort key, the last record of the last
 * priority is left out of the sum, and the running totals of one round are the weights of the next.
 */
#ifndef MAIL_CLIENTS_SRV_EXIM_H
#define MAIL_CLIENTS_SRV_EXIM_H

#include "mail/clients/srv_choice.h"

/* The list Exim works on; the entries from `front` on are still to be placed. */
struct srv_exim {
    size_t count, front;
    unsigned target[SRV_TARGETS_MAX];
    uint32_t weight[SRV_TARGETS_MAX];
    uint16_t priority[SRV_TARGETS_MAX];
};

/* `listing`: the order of the answer, as indices into set->targets. */
void srv_exim_init(struct srv_exim *exim, const struct srv_set *set, const unsigned *listing);
/* How many entries at the front share a priority and compete for the next place. */
size_t srv_exim_run(const struct srv_exim *exim);
/* The draw for the next place is one of 0 .. bound-1. */
uint32_t srv_exim_bound(const struct srv_exim *exim);
/* The entry a draw selects, counted from the front. */
size_t srv_exim_chosen(const struct srv_exim *exim, uint32_t draw);
/* The share of the draws that select the entry. */
double srv_exim_chance(const struct srv_exim *exim, size_t entry);
/* Gives the entry the next place; returns its target. */
unsigned srv_exim_take(struct srv_exim *exim, size_t entry);

#endif
