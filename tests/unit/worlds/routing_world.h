/* A zone, a sender and the route between them, for the tests of routing. */
#ifndef TESTS_ROUTING_WORLD_H
#define TESTS_ROUTING_WORLD_H

#include "mail/delivery/delivery.h"
#include "mail/simulation/simulation.h"
#include "unit/worlds/zone_world.h"

struct routing {
    struct zone_world world;
    struct sender sender;
    const struct route *route;
    const struct simulation_result *result;
    struct simulation *simulation;
    struct text text;
};

void routing_init(struct routing *routing, const char *zone, const char *profile);
void routing_clear(struct routing *routing);
void routing_set(struct routing *routing, const char *assignment);
void routing_as(struct routing *routing, const char *host);
void routing_down(struct routing *routing, const char *downs);
/* Builds the route of example.com. until nothing more is wanted. */
const struct route *routing_build(struct routing *routing);
/* Builds and counts deliveries. */
const struct simulation_result *routing_simulate(struct routing *routing, uint64_t deliveries);

/* Candidates, "-" before ignored, "?" before unusable ones: "mx1 -mx2 ?mx3", names without
 * ".example.com.". */
const char *routing_hosts(struct routing *routing);
/* Delivery number n: "mx1/1 mx2/4": last octets of the addresses tried. */
const char *routing_tries(struct routing *routing, uint64_t n);
/* "bounce 5.4.6" of the route. */
const char *routing_verdict(struct routing *routing);
/* "defer 4.4.1" of delivery 0. */
const char *routing_ending(struct routing *routing);

/* Of the simulated deliveries: share with which an exchange (or address) is first. */
double routing_first(const struct routing *routing, const char *exchange);
double routing_first_address(const struct routing *routing, const char *address);
double routing_expected_first(const struct routing *routing, const char *exchange);
double routing_expected_address(const struct routing *routing, const char *address);

/* Fails unless what was drawn fits what was enumerated: chi-square of first addresses and, where
 * they are known, of whole sequences, each below the value that chance exceeds once in 10 000
 * times.
 */
void routing_assert_fits(const struct routing *routing);

struct routing_case {
    const char *rule, *zone, *settings, *as, *down, *hosts, *verdict;
};
/* Each case by itself; NULL fields are not looked at. `settings` may hold several, with spaces. */
void routing_check(const char *profile, const struct routing_case *cases, size_t count);

#endif
