#include "unit/mail/srv_world.h"

#include "dns/type.h"
#include "unit/check.h"

#include <string.h>

static const char *const target_names[TARGETS] = {"h0.example.", "h1.example.", "h2.example.",
                                                  "h3.example.", "h4.example.", "h5.example.",
                                                  "h6.example.", "h7.example."};

void srv_world_init(struct srv_world *world, const struct srv_entry *entries, size_t count)
{
    memset(world, 0, sizeof *world);
    world->arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        struct record *record = &world->records[i];

        record->owner = "_ldap._tcp.example.";
        record->type = TYPE_SRV;
        record->rdata = target_names[i];
        record->srv.priority = entries[i].priority;
        record->srv.weight = entries[i].weight;
        record->srv.port = 389;
        record->srv.target = target_names[i];
        world->list[i] = record;
    }
    world->set = srv_set_build(world->arena, "_ldap._tcp.example.", world->list, count);
}

void srv_world_clear(struct srv_world *world)
{
    arena_free(world->arena);
}

size_t srv_world_index(const struct srv_world *world, size_t entry)
{
    size_t i = 0;

    while (world->set->targets[i].record != &world->records[entry])
        i++;
    return i;
}

void assert_near(double actual, double expected)
{
    if (actual - expected > 1e-9 || expected - actual > 1e-9)
        fail_msg("%.9f is not %.9f", actual, expected);
}

void assert_fits(const uint64_t *counts, const double *expected, size_t count, uint64_t draws)
{
    static const double critical[] = {0, 10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32, 26.12};
    double statistic = 0;
    size_t cells = 0;

    for (size_t i = 0; i < count; i++) {
        double mean = expected[i] * (double)draws;

        if (mean == 0) {
            assert_int_equal(counts[i], 0);
            continue;
        }
        statistic += ((double)counts[i] - mean) * ((double)counts[i] - mean) / mean;
        cells++;
    }
    assert_true(cells - 1 < sizeof critical / sizeof critical[0]);
    if (cells > 1 && statistic > critical[cells - 1])
        fail_msg("chi-square %.2f with %zu cells", statistic, cells);
}
