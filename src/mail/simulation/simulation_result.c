#include "mail/simulation/simulation_run.h"

#include <stdlib.h>

enum { UNKNOWN = -1 };

/* Square root by Newton's method, so that no rounding of a library shows in a report. */
static double root(double x)
{
    double guess = x > 1 ? x : 1;

    if (x <= 0)
        return 0;
    for (int i = 0; i < 60; i++)
        guess = (guess + x / guess) / 2;
    return guess;
}

struct figures {
    double share, expected, error;
};

/* `count` of `total` drawn, against `weight` of `whole` enumerated (whole 0: not known). */
static struct figures compare(double count, double total, double weight, double whole)
{
    struct figures figures = {.expected = UNKNOWN};
    double likely;

    if (total > 0)
        figures.share = count / total;
    if (whole > 0)
        figures.expected = weight / whole;
    likely = whole > 0 ? figures.expected : figures.share;
    if (likely > 1 - 1e-12)
        likely = 1;
    if (total > 0)
        figures.error = root(likely * (1 - likely) / total);
    return figures;
}

static struct share share_of(const struct route *route, int host, int address, double count,
                             struct figures figures)
{
    struct share share = {.exchange = host < 0 ? "" : route->hosts[host].exchange,
                          .host = host,
                          .address_index = address,
                          .count = (uint64_t)(count + 0.5),
                          .share = figures.share,
                          .expected = figures.expected,
                          .error = figures.error};

    if (address >= 0)
        share.address = route->hosts[host].addresses[address].address;
    return share;
}

static void list_firsts(const struct simulation *simulation, struct arena *arena,
                        struct simulation_result *result)
{
    const struct tally *drawn = &simulation->drawn, *exact = &simulation->firsts;
    double whole = simulation->firsts_known ? exact->total : 0;
    struct share *shares = arena_alloc(arena, drawn->target_count + 1, sizeof *shares);

    for (size_t i = 0; i < drawn->target_count; i++) {
        struct attempt target = delivery_plan_target(simulation->plan, i);
        shares[i] = share_of(delivery_plan_route(simulation->plan), target.host, target.address,
                             drawn->first[i],
                             compare(drawn->first[i], drawn->total, exact->first[i], whole));
    }
    result->first = shares;
    result->first_count = drawn->target_count;
}

static void list_first_hosts(const struct simulation *simulation, struct arena *arena,
                             struct simulation_result *result)
{
    const struct tally *drawn = &simulation->drawn, *exact = &simulation->firsts;
    const struct route *route = delivery_plan_route(simulation->plan);
    double whole = simulation->firsts_known ? exact->total : 0;
    struct share *shares = arena_alloc(arena, drawn->host_count + 1, sizeof *shares);

    for (size_t i = 0; i < drawn->host_count; i++)
        if (route->hosts[i].state == HOST_CANDIDATE && route->hosts[i].address_count > 0)
            shares[result->first_exchange_count++] =
                share_of(route, (int)i, -1, drawn->first_host[i],
                         compare(drawn->first_host[i], drawn->total, exact->first_host[i], whole));
    result->first_exchange = shares;
}

static void list_levels(const struct simulation *simulation, struct arena *arena,
                        struct simulation_result *result)
{
    const struct tally *drawn = &simulation->drawn, *exact = &simulation->whole;
    const struct route *route = delivery_plan_route(simulation->plan);
    struct level_share *levels = arena_alloc(arena, drawn->target_count + 1, sizeof *levels);

    for (size_t i = 0; i < drawn->target_count; i++) {
        struct attempt target = delivery_plan_target(simulation->plan, i);
        unsigned level = route->hosts[target.host].level;
        double reached = drawn->level_reached[level - 1];
        double whole = simulation->whole_known ? exact->level_reached[level - 1] : 0;
        if (reached <= 0)
            continue;
        levels[result->level_count++] = (struct level_share){
            level, share_of(route, target.host, target.address, drawn->level_first[i],
                            compare(drawn->level_first[i], reached, exact->level_first[i], whole))};
    }
    result->levels = levels;
}

static bool comes_before(const struct tally_sequence *a, const struct tally_sequence *b)
{
    return a->weight > b->weight || (a->weight == b->weight && a->sample < b->sample);
}

/* The most frequent sequences, sorted; returns how many. */
static size_t pick_sequences(const struct tally *tally, const struct tally_sequence **picked)
{
    size_t count = 0;

    for (size_t i = 0; i < tally->sequence_slots; i++) {
        const struct tally_sequence *order = tally->sequences + i;
        size_t place = count;
        if (!tally->hashes[i])
            continue;
        if (count == SIMULATION_SEQUENCES && !comes_before(order, picked[count - 1]))
            continue;
        if (count < SIMULATION_SEQUENCES)
            count++;
        else
            place--;
        for (; place > 0 && comes_before(order, picked[place - 1]); place--)
            picked[place] = picked[place - 1];
        picked[place] = order;
    }
    return count;
}

static void list_sequences(const struct simulation *simulation, struct arena *arena,
                           struct simulation_result *result)
{
    const struct tally_sequence *picked[SIMULATION_SEQUENCES];
    const struct tally *drawn = &simulation->drawn, *exact = &simulation->whole;
    size_t count = pick_sequences(drawn, picked);
    struct sequence_count *sequences = arena_alloc(arena, count + 1, sizeof *sequences);
    double whole = simulation->whole_known ? exact->total : 0;

    for (size_t i = 0; i < count; i++) {
        struct delivery delivery;
        struct figures figures;
        delivery_draw_nth(simulation->plan, picked[i]->sample, &delivery);
        figures = compare(picked[i]->weight, drawn->total, tally_sequence_weight(exact, &delivery),
                          whole);
        sequences[i].tries = (const struct attempt *)arena_dup_bytes(
            arena, delivery.attempts, delivery.count * sizeof *delivery.attempts);
        sequences[i].try_count = delivery.count;
        sequences[i].count = (uint64_t)picked[i]->weight;
        sequences[i].share = figures.share;
        sequences[i].expected = figures.expected;
        sequences[i].error = figures.error;
    }
    result->sequences = sequences;
    result->sequence_count = count;
    result->sequences_total = drawn->sequence_count;
    result->orders_cut = drawn->orders_cut;
}

static void list_tries(const struct simulation *simulation, struct arena *arena,
                       struct simulation_result *result)
{
    const struct tally *drawn = &simulation->drawn, *exact = &simulation->whole;
    struct tries_count *tries = arena_alloc(arena, drawn->tries_count, sizeof *tries);
    double whole = simulation->whole_known ? exact->total : 0;

    for (size_t i = 0; i < drawn->tries_count; i++) {
        struct figures figures = compare(drawn->tries[i], drawn->total, exact->tries[i], whole);
        if (drawn->tries[i] > 0)
            tries[result->tries_count++] =
                (struct tries_count){(unsigned)i, (uint64_t)drawn->tries[i], figures.share,
                                     figures.expected, figures.error};
    }
    result->tries = tries;
}

static int by_weight(const void *left, const void *right)
{
    const struct ending_count *a = left, *b = right;

    if (a->share.count != b->share.count)
        return a->share.count < b->share.count ? 1 : -1;
    if (a->verdict != b->verdict)
        return a->verdict < b->verdict ? -1 : 1;
    return a->share.host - b->share.host;
}

static void list_endings(const struct simulation *simulation, struct arena *arena,
                         struct simulation_result *result)
{
    const struct tally *drawn = &simulation->drawn, *exact = &simulation->whole;
    const struct route *route = delivery_plan_route(simulation->plan);
    struct ending_count *endings = arena_alloc(arena, drawn->ending_count + 1, sizeof *endings);
    double whole = simulation->whole_known ? exact->total : 0;

    for (size_t i = 0; i < drawn->ending_count; i++) {
        const struct tally_ending *ending = drawn->endings + i;
        struct figures figures =
            compare(ending->weight, drawn->total, tally_ending_weight(exact, ending), whole);
        endings[i] = (struct ending_count){
            ending->verdict, ending->code,
            ending->rule,    ending->way,
            ending->exposed, share_of(route, ending->host, -1, ending->weight, figures)};
    }
    qsort(endings, drawn->ending_count, sizeof *endings, by_weight);
    result->endings = endings;
    result->ending_count = drawn->ending_count;
}

const struct simulation_result *simulation_result(struct simulation *simulation,
                                                  struct arena *arena)
{
    struct simulation_result *result = arena_alloc(arena, 1, sizeof *result);

    result->deliveries = simulation->drawn_count;
    result->exact = simulation->whole_known;
    list_firsts(simulation, arena, result);
    list_first_hosts(simulation, arena, result);
    list_levels(simulation, arena, result);
    list_sequences(simulation, arena, result);
    list_tries(simulation, arena, result);
    list_endings(simulation, arena, result);
    return result;
}
