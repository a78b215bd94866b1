#include "unit/worlds/routing_world.h"
#include "mail/profiles/profiles.h"
#include "unit/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void routing_init(struct routing *routing, const char *zone, const char *profile)
{
    memset(routing, 0, sizeof *routing);
    zone_world_init(&routing->world, zone);
    sender_init(&routing->sender, profile_find(profile));
    routing->sender.seed = 42;
}

void routing_clear(struct routing *routing)
{
    simulation_free(routing->simulation);
    sender_clear(&routing->sender);
    zone_world_clear(&routing->world);
    text_clear(&routing->text);
}

void routing_set(struct routing *routing, const char *assignment)
{
    const char *why = "";

    if (settings_set(&routing->sender.settings, assignment, &why) != STATUS_OK)
        fail_msg("%s: %s", assignment, why);
}

void routing_as(struct routing *routing, const char *host)
{
    assert_int_equal(sender_set_as(&routing->sender, host, NULL), STATUS_OK);
}

void routing_down(struct routing *routing, const char *downs)
{
    const char *why = "";

    if (sender_add_down(&routing->sender, downs, &why) != STATUS_OK)
        fail_msg("%s: %s", downs, why);
}

const struct route *routing_build(struct routing *routing)
{
    ZONE_WORLD_SETTLE(&routing->world, routing->route,
                      route_build(&routing->world.lookup, "example.com.", &routing->sender,
                                  routing->world.arena));
    assert_true(routing->route->complete);
    return routing->route;
}

const struct simulation_result *routing_simulate(struct routing *routing, uint64_t deliveries)
{
    routing_build(routing);
    simulation_free(routing->simulation);
    routing->simulation = simulation_new(routing->route, &routing->sender, deliveries);
    while (!simulation_slice(routing->simulation, 1000))
        continue;
    routing->result = simulation_result(routing->simulation, routing->world.arena);
    return routing->result;
}

static void add_short(struct text *text, const char *name)
{
    const char *end = strstr(name, ".example.com.");

    text_add_bytes(text, name, end ? (size_t)(end - name) : strlen(name));
}

const char *routing_hosts(struct routing *routing)
{
    static const char marks[][2] = {"", "-", "?"};
    struct text *text = &routing->text;

    text_cut(text, 0);
    for (size_t i = 0; i < routing->route->host_count; i++) {
        text_format(text, "%s%s", i ? " " : "", marks[routing->route->hosts[i].state]);
        add_short(text, routing->route->hosts[i].shown);
    }
    return text_get(text);
}

static unsigned last_octet(const struct address *address)
{
    return address->bytes[address->family == 4 ? 3 : 15];
}

const char *routing_tries(struct routing *routing, uint64_t n)
{
    struct delivery_plan *plan = delivery_plan_new(routing->route, &routing->sender, 0);
    struct delivery delivery;
    struct text *text = &routing->text;

    delivery_draw_nth(plan, n, &delivery);
    text_cut(text, 0);
    for (size_t i = 0; i < delivery.count; i++) {
        const struct route_host *host = routing->route->hosts + delivery.attempts[i].host;
        text_add(text, i ? " " : "");
        add_short(text, host->shown);
        text_format(text, "/%u",
                    last_octet(&host->addresses[delivery.attempts[i].address].address));
    }
    delivery_plan_free(plan);
    return text_get(text);
}

static const char *verdict_and_code(struct routing *routing, enum verdict verdict, const char *code)
{
    text_cut(&routing->text, 0);
    text_format(&routing->text, "%s%s%s", verdict_text(verdict), *code ? " " : "", code);
    return text_get(&routing->text);
}

const char *routing_verdict(struct routing *routing)
{
    const struct decision *decision = &routing->route->decision;

    assert_non_null(decision->why);
    return verdict_and_code(routing, decision->verdict, decision->code);
}

const char *routing_ending(struct routing *routing)
{
    struct delivery_plan *plan = delivery_plan_new(routing->route, &routing->sender, 0);
    struct delivery delivery;

    delivery_draw_nth(plan, 0, &delivery);
    delivery_plan_free(plan);
    return verdict_and_code(routing, delivery.verdict, delivery.code);
}

static const struct share *share_of_exchange(const struct routing *routing, const char *exchange)
{
    for (size_t i = 0; i < routing->result->first_exchange_count; i++)
        if (strcmp(routing->result->first_exchange[i].exchange, exchange) == 0)
            return routing->result->first_exchange + i;
    fail_msg("no exchange %s", exchange);
    return NULL;
}

static const struct share *share_of_address(const struct routing *routing, const char *text)
{
    struct address address;

    assert_true(address_parse(text, &address));
    for (size_t i = 0; i < routing->result->first_count; i++)
        if (address_equal(&routing->result->first[i].address, &address))
            return routing->result->first + i;
    fail_msg("no address %s", text);
    return NULL;
}

double routing_first(const struct routing *routing, const char *exchange)
{
    return share_of_exchange(routing, exchange)->share;
}

double routing_expected_first(const struct routing *routing, const char *exchange)
{
    return share_of_exchange(routing, exchange)->expected;
}

double routing_first_address(const struct routing *routing, const char *address)
{
    return share_of_address(routing, address)->share;
}

double routing_expected_address(const struct routing *routing, const char *address)
{
    return share_of_address(routing, address)->expected;
}

/* Chi-square that `cells` - 1 degrees of freedom exceed once in 10 000 (Wilson and Hilferty). */
static double chi_square_limit(size_t cells)
{
    double freedom = (double)cells - 1, z = 3.719, third;

    if (cells < 2)
        return 1e-9;
    third = 1 - 2 / (9 * freedom) + z * sqrt(2 / (9 * freedom));
    return freedom * third * third * third;
}

static double term(double count, double expected)
{
    return (count - expected) * (count - expected) / expected;
}

static void assert_firsts_fit(const struct simulation_result *result)
{
    double sum = 0, chances = 0;
    size_t cells = 0;

    for (size_t i = 0; i < result->first_count; i++) {
        const struct share *share = result->first + i;
        double expected = share->expected * (double)result->deliveries;
        assert_true(share->expected >= 0);
        chances += share->expected;
        if (expected <= 0) {
            assert_int_equal(share->count, 0);
            continue;
        }
        sum += term((double)share->count, expected);
        cells++;
    }
    assert_true(fabs(chances - 1) < 1e-9 || result->first_count == 0);
    if (sum > chi_square_limit(cells))
        fail_msg("first addresses: chi-square %.2f over %zu cells", sum, cells);
}

/* Orders expected less than 5 times each go into one cell. */
static void assert_orders_fit(const struct simulation_result *result)
{
    double sum = 0, listed = 0, listed_expected = 0;
    size_t cells = 1;

    for (size_t i = 0; i < result->sequence_count; i++) {
        double expected = result->sequences[i].expected * (double)result->deliveries;
        assert_true(result->sequences[i].expected > 0);
        if (expected < 5)
            continue;
        sum += term((double)result->sequences[i].count, expected);
        listed += (double)result->sequences[i].count;
        listed_expected += expected;
        cells++;
    }
    if ((double)result->deliveries - listed_expected > 5)
        sum +=
            term((double)result->deliveries - listed, (double)result->deliveries - listed_expected);
    if (sum > chi_square_limit(cells) + 1e-6)
        fail_msg("orders: chi-square %.2f over %zu cells", sum, cells);
}

void routing_assert_fits(const struct routing *routing)
{
    assert_firsts_fit(routing->result);
    if (routing->result->exact && routing->result->sequences_total <= SIMULATION_SEQUENCES)
        assert_orders_fit(routing->result);
}

static void set_all(struct routing *routing, const char *settings)
{
    char *copy = memory_dup(settings), *rest = copy, *one;

    while ((one = strtok_r(rest, " ", &rest)))
        routing_set(routing, one);
    free(copy);
}

static void check(const char *profile, const struct routing_case *expected)
{
    struct routing routing;

    routing_init(&routing, expected->zone, profile);
    if (expected->settings)
        set_all(&routing, expected->settings);
    if (expected->as)
        routing_as(&routing, expected->as);
    if (expected->down)
        routing_down(&routing, expected->down);
    routing.world.broken = "broken.example.com.";
    routing_build(&routing);
    print_message("# %s %s\n", profile, expected->rule);
    if (expected->hosts)
        assert_string_equal(routing_hosts(&routing), expected->hosts);
    if (expected->verdict)
        assert_string_equal(expected->down ? routing_ending(&routing) : routing_verdict(&routing),
                            expected->verdict);
    routing_clear(&routing);
}

void routing_check(const char *profile, const struct routing_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(profile, cases + i);
}
