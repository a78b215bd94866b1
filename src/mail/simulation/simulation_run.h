/* The inside of a simulation, for simulation*.c only: all ways to a first attempt are enumerated,
 * then all ways of a whole delivery, as far as they are not too many, then deliveries are drawn. */
#ifndef MAIL_SIMULATION_SIMULATION_RUN_H
#define MAIL_SIMULATION_SIMULATION_RUN_H

#include "mail/order/chance.h"
#include "mail/simulation/simulation.h"
#include "mail/simulation/simulation_tally.h"

enum simulation_phase { SIMULATION_FIRSTS, SIMULATION_WHOLE, SIMULATION_DRAWS };

enum { SIMULATION_WAYS_MOST = 50000 };     /* 8! sequences are 40 320 */
enum { SIMULATION_EFFORT_MOST = 1000000 }; /* attempts on all of them: 50 ms at most */

struct simulation {
    struct delivery_plan *plan;
    uint64_t wanted, drawn_count, ways, ways_most, effort;
    enum simulation_phase phase;
    bool firsts_known, whole_known;
    struct tally drawn, firsts, whole;
    struct chance chance;
};

#endif
