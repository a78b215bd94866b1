#include "mail/simulation/simulation.h"

#include "base/memory.h"
#include "mail/order/order.h"
#include "mail/simulation/simulation_run.h"

#include <stdlib.h>

struct simulation *simulation_new(const struct route *route, const struct sender *sender,
                                  uint64_t deliveries)
{
    struct simulation *simulation = memory_new(1, sizeof *simulation);

    simulation->plan = delivery_plan_new(route, sender, 0);
    simulation->wanted = deliveries;
    simulation->ways_most = SIMULATION_WAYS_MOST;
    tally_init(&simulation->drawn, simulation->plan);
    tally_init(&simulation->firsts, simulation->plan);
    tally_init(&simulation->whole, simulation->plan);
    chance_enumerate(&simulation->chance);
    return simulation;
}

void simulation_free(struct simulation *simulation)
{
    if (!simulation)
        return;
    delivery_plan_free(simulation->plan);
    tally_clear(&simulation->drawn);
    tally_clear(&simulation->firsts);
    tally_clear(&simulation->whole);
    free(simulation);
}

static void next_phase(struct simulation *simulation, bool known)
{
    if (simulation->phase == SIMULATION_FIRSTS) {
        simulation->firsts_known = known;
        simulation->phase = SIMULATION_WHOLE;
    } else {
        simulation->whole_known = known;
        simulation->phase = SIMULATION_DRAWS;
    }
    simulation->ways = simulation->effort = 0;
    chance_enumerate(&simulation->chance);
}

/* Goes all ways there are, or finds that there are too many. Returns how many of `most` are left.
 */
static uint64_t enumerate(struct simulation *simulation, struct tally *tally, size_t attempts,
                          uint64_t most)
{
    struct delivery delivery = {.code = ""};

    while (most > 0) {
        bool too_many = simulation->ways == simulation->ways_most ||
                        simulation->effort >= SIMULATION_EFFORT_MOST;
        if (too_many || !chance_again(&simulation->chance)) {
            next_phase(simulation, !simulation->chance.impossible && !too_many);
            break;
        }
        delivery_walk(simulation->plan, &simulation->chance, attempts, &delivery);
        if (!simulation->chance.impossible)
            tally_add(tally, &delivery, simulation->chance.probability, 0);
        simulation->ways++;
        simulation->effort += simulation->chance.depth + delivery.count;
        most--;
    }
    return most;
}

static void draw(struct simulation *simulation, uint64_t most)
{
    uint64_t left = simulation->wanted - simulation->drawn_count;
    uint64_t end = simulation->drawn_count + (left < most ? left : most);
    struct delivery delivery;

    for (; simulation->drawn_count < end; simulation->drawn_count++) {
        struct random stream = random_stream(&simulation->plan->seed, simulation->drawn_count);
        chance_draw(&simulation->chance, &stream);
        delivery_walk(simulation->plan, &simulation->chance, SIZE_MAX, &delivery);
        tally_add(&simulation->drawn, &delivery, 1, simulation->drawn_count);
    }
}

/* Returns how many of `most` are left. */
static uint64_t enumerate_all(struct simulation *simulation, uint64_t most)
{
    if (simulation->phase == SIMULATION_FIRSTS)
        most = enumerate(simulation, &simulation->firsts, 1, most);
    if (simulation->phase == SIMULATION_WHOLE)
        most = enumerate(simulation, &simulation->whole, SIZE_MAX, most);
    return most;
}

bool simulation_enumerate(struct simulation *simulation, uint64_t most)
{
    enumerate_all(simulation, most);
    return simulation->phase == SIMULATION_DRAWS;
}

bool simulation_slice(struct simulation *simulation, uint64_t most)
{
    most = enumerate_all(simulation, most);
    if (simulation->phase == SIMULATION_DRAWS)
        draw(simulation, most);
    return simulation->phase == SIMULATION_DRAWS && simulation->drawn_count == simulation->wanted;
}

uint64_t simulation_done(const struct simulation *simulation)
{
    return simulation->drawn_count;
}
