#include "mail/order/answer_order.h"

void answer_order_init(struct answer_order *answer, const struct delivery_plan *plan)
{
    const struct route *route = plan->route;
    struct answer_record *received =
        arena_alloc(plan->arena, route->host_count + 1, sizeof *received);

    for (size_t i = 0; i < route->host_count; i++) {
        received[route->hosts[i].listed].preference = route->hosts[i].preference;
        received[route->hosts[i].listed].slot = NO_SLOT;
    }
    for (unsigned i = 0; i < plan->host_count; i++)
        received[route->hosts[plan->hosts[i].host].listed].slot = (uint16_t)i;
    answer->received = received;
    answer->count = route->host_count;
    answer->turning = plan->relay == 0 && !plan->scans ? route->listed_count : 0;
    answer->records = arena_alloc(plan->arena, answer->count + 1, sizeof *answer->records);
    answer_order_turn(answer, 0);
}

void answer_order_turn(struct answer_order *answer, unsigned offset)
{
    for (size_t i = 0; i < answer->count; i++)
        answer->records[i] =
            answer->received[i < answer->turning ? (i + offset) % answer->turning : i];
}
