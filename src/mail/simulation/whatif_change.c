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

static double share_of(const struct side *side, int host)
{
    for (size_t i = 0; host >= 0 && i < side->result->first_exchange_count; i++) {
        const struct share *share = side->result->first_exchange + i;
        if (share->host == host)
            return share->expected >= 0 ? share->expected : share->share;
    }
    return 0;
}

static bool has_preference(const struct route *route, int host, unsigned preference)
{
    return route->hosts[host].preference == preference;
}

static bool is_same(const struct side *before, const struct side *after,
                    const struct whatif_row *row)
{
    double change = row->after_share - row->before_share;

    return row->before >= 0 && row->after >= 0 && change < 0.0005 && change > -0.0005 &&
           has_preference(before->route, row->before, after->route->hosts[row->after].preference);
}

/* A record before that no record after goes with yet: of that exchange, and of that preference
 * where one is wanted (not below 0); -1 for none. */
static int find_before(const struct side *before, const struct whatif_row *rows, size_t count,
                       const char *exchange, int preference)
{
    for (size_t i = 0; i < before->route->host_count; i++) {
        bool taken = false;
        if (strcmp(before->route->hosts[i].exchange, exchange) != 0 ||
            (preference >= 0 && !has_preference(before->route, (int)i, (unsigned)preference)))
            continue;
        for (size_t k = 0; k < count; k++)
            taken = taken || rows[k].before == (int)i;
        if (!taken)
            return (int)i;
    }
    return -1;
}

/* One row for each record after: with the record before that is the same, else with one of the same
 * exchange, which an edit has moved. */
static size_t pair_up(const struct side *before, const struct side *after, struct whatif_row *rows)
{
    size_t count = after->route->host_count;

    for (size_t i = 0; i < count; i++) {
        const struct route_host *host = &after->route->hosts[i];
        rows[i] = (struct whatif_row){.exchange = host->exchange, .after = (int)i};
        rows[i].before = find_before(before, rows, i, host->exchange, (int)host->preference);
    }
    for (size_t i = 0; i < count; i++)
        if (rows[i].before < 0)
            rows[i].before = find_before(before, rows, count, rows[i].exchange, -1);
    return count;
}

/* Records that are gone. */
static size_t add_gone(const struct side *before, struct whatif_row *rows, size_t count)
{
    for (size_t i = 0; i < before->route->host_count; i++) {
        bool paired = false;
        for (size_t k = 0; k < count; k++)
            paired = paired || rows[k].before == (int)i;
        if (!paired)
            rows[count++] = (struct whatif_row){
                .exchange = before->route->hosts[i].exchange, .before = (int)i, .after = -1};
    }
    return count;
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

    change->count = add_gone(&before, rows, pair_up(&before, &after, rows));
    for (size_t i = 0; i < change->count; i++) {
        rows[i].before_share = share_of(&before, rows[i].before);
        rows[i].after_share = share_of(&after, rows[i].after);
        rows[i].same = is_same(&before, &after, &rows[i]);
        change->differs = change->differs || !rows[i].same;
    }
    change->before = before.route;
    change->after = after.route;
    change->rows = rows;
    return change;
}
