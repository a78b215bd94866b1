#include "mail/simulation/whatif_change.h"

#include "mail/simulation/simulation_run.h"

#include <string.h>

enum { WAYS_MOST = 2000 }; /* who is first has fewer; whole orders are not looked at */

struct side {
    const struct route *route;
    const struct simulation_result *result;
};

static struct side play(const struct lookup *lookup, const char *domain,
                        const struct sender *sender, struct arena *arena)
{
    struct side side = {.route = route_build(lookup, domain, sender, arena)};
    struct simulation *simulation = simulation_new(side.route, sender, WHATIF_DELIVERIES);

    simulation->ways_most = WAYS_MOST;
    while (!simulation_slice(simulation, WHATIF_DELIVERIES))
        continue;
    side.result = simulation_result(simulation, arena);
    simulation_free(simulation);
    return side;
}

static double share_of(const struct side *side, const char *exchange)
{
    for (size_t i = 0; i < side->result->first_exchange_count; i++) {
        const struct share *share = side->result->first_exchange + i;
        if (strcmp(share->exchange, exchange) == 0)
            return share->expected >= 0 ? share->expected : share->share;
    }
    return 0;
}

static bool is_same(const struct side *before, const struct side *after,
                    const struct whatif_row *row)
{
    double change = row->after_share - row->before_share;

    return row->before >= 0 && row->after >= 0 && change < 0.0005 && change > -0.0005 &&
           before->route->hosts[row->before].preference ==
               after->route->hosts[row->after].preference;
}

static struct whatif_row row_of(const struct side *before, const struct side *after,
                                const char *exchange)
{
    struct whatif_row row = {.exchange = exchange,
                             .before = route_host_find(before->route, exchange),
                             .after = route_host_find(after->route, exchange),
                             .before_share = share_of(before, exchange),
                             .after_share = share_of(after, exchange)};

    row.same = is_same(before, after, &row);
    return row;
}

const struct whatif_change *whatif_change_build(const struct lookup *lookup,
                                                const struct lookup *edited, const char *domain,
                                                const struct sender *sender, struct arena *arena)
{
    struct whatif_change *change = arena_alloc(arena, 1, sizeof *change);
    struct side before = play(lookup, domain, sender, arena);
    struct side after = play(edited, domain, sender, arena);
    size_t most = before.route->host_count + after.route->host_count;
    struct whatif_row *rows = arena_alloc(arena, most + 1, sizeof *rows);

    for (size_t i = 0; i < after.route->host_count; i++)
        rows[change->count++] = row_of(&before, &after, after.route->hosts[i].exchange);
    for (size_t i = 0; i < before.route->host_count; i++)
        if (route_host_find(after.route, before.route->hosts[i].exchange) < 0)
            rows[change->count++] = row_of(&before, &after, before.route->hosts[i].exchange);
    for (size_t i = 0; i < change->count; i++)
        change->differs = change->differs || !rows[i].same;
    change->before = before.route;
    change->after = after.route;
    change->rows = rows;
    return change;
}
