#include "mail/clients/srv_draw.h"
#include "mail/sender/sts_cache.h"
#include "mail/simulation/simulation.h"
#include "report/json_parts.h"
#include "report/json_value.h"
#include "survey/survey_edited.h"

#include <stdlib.h>

static json_t *downs(const struct sender *sender)
{
    json_t *array = json_array();
    char address[ADDRESS_TEXT];

    for (size_t i = 0; i < sender->down_count; i++) {
        const struct down *down = &sender->downs[i];
        const char *what = down->all    ? "*"
                           : down->host ? down->host
                                        : address_text(&down->address, address);
        json_append(array, json_sprintf("%s=%s", what, stage_text(down->stage)));
    }
    return array;
}

static json_t *target(const struct route *route, const struct attempt *attempt)
{
    const struct route_host *host = &route->hosts[attempt->host];
    json_t *object = json_object();

    json_set_name(object, "exchange", host->exchange);
    json_set(object, "address", json_address(&host->addresses[attempt->address].address));
    return object;
}

struct share_of {
    unsigned preference;
    const struct share *share;
};

/* How often it had to be, and how far the draw is from that in standard errors. */
static void set_expectation(json_t *object, double share, double expected, double error)
{
    json_set(object, "expected", json_share(expected));
    json_set(object, "error", json_share(error));
    json_set(object, "standard_errors",
             expected >= 0 && error > 0 ? json_real((share - expected) / error) : json_null());
}

static json_t *share(const struct share *share, bool with_address)
{
    json_t *object = json_object();

    json_set_name(object, "exchange", share->exchange);
    if (with_address)
        json_set(object, "address", json_address(&share->address));
    json_set(object, "count", json_integer((json_int_t)share->count));
    json_set(object, "share", json_share(share->share));
    set_expectation(object, share->share, share->expected, share->error);
    return object;
}

static int compare_shares(const void *left, const void *right)
{
    const struct share_of *a = left, *b = right;
    int order;

    if (a->preference != b->preference)
        return a->preference < b->preference ? -1 : 1;
    order = name_compare(a->share->exchange, b->share->exchange);
    return order ? order : address_compare(&a->share->address, &b->share->address);
}

/* By preference, name, address. */
static json_t *shares(const struct route *route, const struct share *list, size_t count,
                      bool with_address)
{
    struct share_of *sorted = memory_new(count, sizeof *sorted);
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct share_of){route->hosts[list[i].host].preference, &list[i]};
    if (count)
        qsort(sorted, count, sizeof *sorted, compare_shares);
    for (size_t i = 0; i < count; i++)
        json_append(array, share(sorted[i].share, with_address));
    free(sorted);
    return array;
}

static json_t *sequences(const struct route *route, const struct simulation_result *result)
{
    json_t *array = json_array();

    for (size_t i = 0; i < result->sequence_count; i++) {
        const struct sequence_count *order = &result->sequences[i];
        json_t *object = json_object(), *tries = json_array();
        for (size_t j = 0; j < order->try_count; j++)
            json_append(tries, target(route, &order->tries[j]));
        json_set(object, "tries", tries);
        json_set(object, "count", json_integer((json_int_t)order->count));
        json_set(object, "share", json_share(order->share));
        set_expectation(object, order->share, order->expected, order->error);
        json_append(array, object);
    }
    return array;
}

static json_t *tries(const struct simulation_result *result)
{
    json_t *array = json_array();

    for (size_t i = 0; i < result->tries_count; i++) {
        json_t *object = json_object();
        json_set(object, "count", json_integer(result->tries[i].tries));
        json_set(object, "deliveries", json_integer((json_int_t)result->tries[i].deliveries));
        json_set(object, "share", json_share(result->tries[i].share));
        set_expectation(object, result->tries[i].share, result->tries[i].expected,
                        result->tries[i].error);
        json_append(array, object);
    }
    return array;
}

static json_t *endings(const struct simulation_result *result)
{
    json_t *array = json_array();

    for (size_t i = 0; i < result->ending_count; i++) {
        const struct ending_count *ending = &result->endings[i];
        const char *exchange = ending->share.exchange;
        json_t *object = json_object();
        json_set(object, "verdict", json_text(verdict_text(ending->verdict)));
        json_set(object, "code", json_text(ending->code));
        json_set_name(object, "exchange", exchange && *exchange ? exchange : NULL);
        json_set(object, "count", json_integer((json_int_t)ending->share.count));
        json_set(object, "share", json_share(ending->share.share));
        set_expectation(object, ending->share.share, ending->share.expected, ending->share.error);
        json_set(object, "tls", json_text(tls_way_text(ending->way)));
        json_set(object, "in_clear_past_tlsa", json_boolean(ending->exposed));
        json_set(object, "why", json_text(ending->rule ? ending->rule->text : NULL));
        json_append(array, object);
    }
    return array;
}

/* Hosts that the shares leave out. */
static json_t *not_asked(const struct route *route)
{
    json_t *array = json_array();

    for (size_t i = 0; i < route->host_count; i++)
        if (route_host_is_not_asked(&route->hosts[i]))
            json_append(array, json_text(route->hosts[i].exchange));
    return array;
}

static void set_result(json_t *object, const struct route *route,
                       const struct simulation_result *result)
{
    json_set(object, "first", shares(route, result->first, result->first_count, true));
    json_set(object, "first_exchange",
             shares(route, result->first_exchange, result->first_exchange_count, false));
    json_set(object, "exact", json_boolean(result->exact));
    json_set(object, "orders", sequences(route, result));
    json_set(object, "orders_total", json_integer((json_int_t)result->sequences_total));
    json_set(object, "orders_cut", json_boolean(result->orders_cut));
    json_set(object, "tries", tries(result));
    json_set(object, "outcome", endings(result));
    json_set(object, "not_asked", not_asked(route));
}

/* Whether an MTA-STS policy counts; null where there is none to be enforced, or the sender knows
 * none. */
static void set_policy(json_t *object, const struct sender *sender)
{
    bool matters = sts_matters(sender);
    struct sts_view view = {0};

    if (matters)
        view = sts_view(&sender->settings);
    json_set(object, "mta_sts_applies", matters ? json_boolean(view.applies) : json_null());
    json_set(object, "mta_sts_why", json_text(matters ? view.rule.text : NULL));
}

json_t *json_simulation(const struct report *report)
{
    const struct sender *sender = survey_sender(report->survey);
    struct arena *arena = arena_new();
    const struct route *route = survey_edited_route(report->survey, arena);
    struct simulation *simulation = simulation_new(route, sender, report->deliveries);
    json_t *object = json_object();

    while (!simulation_slice(simulation, report->deliveries))
        ;
    json_set(object, "profile", json_text(profile_name(sender->profile)));
    json_set(object, "seed", json_integer((json_int_t)sender->seed));
    json_set(object, "deliveries", json_integer((json_int_t)report->deliveries));
    json_set_name(object, "as", sender->as);
    json_set(object, "resolver_rotates", json_boolean(sender->rotates));
    set_policy(object, sender);
    json_set(object, "down", downs(sender));
    set_result(object, route, simulation_result(simulation, arena));
    simulation_free(simulation);
    arena_free(arena);
    return object;
}

static json_t *srv_target(const struct srv_target *target)
{
    json_t *object = json_object();

    json_set_name(object, "target", target->record->srv.target);
    json_set(object, "port", json_integer(target->record->srv.port));
    json_set(object, "priority", json_integer(target->record->srv.priority));
    json_set(object, "weight", json_integer(target->record->srv.weight));
    for (int a = 0; a < SRV_ALGORITHMS; a++)
        json_set(object, srv_algorithm_text((enum srv_algorithm)a),
                 json_share(target->share[a].exact));
    json_set(object, "rfc2782_low", json_share(target->share[SRV_RFC2782].low));
    json_set(object, "rfc2782_high", json_share(target->share[SRV_RFC2782].high));
    return object;
}

static json_t *srv_before(const struct srv_set *set)
{
    json_t *array = json_array();

    for (size_t i = 0; set && i < set->count; i++)
        json_append(array, srv_target(&set->targets[i]));
    return array;
}

static json_t *srv_first(const struct srv_set *set, const struct srv_draw *draw)
{
    json_t *array = json_array();
    double done = (double)srv_draw_done(draw);

    for (size_t i = 0; i < set->count; i++) {
        uint64_t count = srv_draw_first(draw, i), level = srv_draw_first_of_level(draw, i);
        json_t *object = srv_target(&set->targets[i]);
        json_set(object, "count", json_integer((json_int_t)count));
        json_set(object, "share", json_share((double)count / done));
        json_set(object, "count_in_priority", json_integer((json_int_t)level));
        json_set(object, "share_in_priority", json_share((double)level / done));
        json_append(array, object);
    }
    return array;
}

static json_t *srv_orders(const struct srv_set *set, const struct srv_draw *draw)
{
    struct srv_order_tally tallies[SRV_ORDERS_SHOWN];
    size_t count = srv_draw_orders(draw, tallies);
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object(), *tries = json_array();
        for (size_t j = 0; j < set->count; j++) {
            const struct record *record = set->targets[tallies[i].order[j]].record;
            json_append(tries, json_text(record->srv.target));
        }
        json_set(object, "targets", tries);
        json_set(object, "count", json_integer((json_int_t)tallies[i].count));
        json_append(array, object);
    }
    return array;
}

json_t *json_srv_simulation(const struct report *report)
{
    struct arena *arena = arena_new();
    struct edited_srv srv = {0};
    uint64_t seed = survey_sender(report->survey)->seed;
    uint64_t draws = report->deliveries ? report->deliveries : SRV_DRAWS_DEFAULT;
    json_t *object = json_object();
    struct srv_draw *draw = NULL;

    if (report->srv_owner)
        srv = survey_edited_srv(report->survey, report->srv_owner, arena);
    json_set_name(object, "owner", report->srv_owner);
    json_set(object, "status", json_outcome(srv.reply));
    json_set(object, "algorithm", json_text(srv_algorithm_text(report->algorithm)));
    json_set(object, "client", json_client(report, arena));
    json_set(object, "why", json_text(srv_algorithm_sentence(srv.set, report->algorithm)));
    json_set(object, "seed", json_integer((json_int_t)seed));
    json_set(object, "draws", json_integer((json_int_t)draws));
    if (srv.set && srv.set->count) {
        draw = srv_draw_new(srv.set, report->algorithm, seed, draws);
        while (srv_draw_step(draw, draws))
            ;
    }
    json_set(object, "first", draw ? srv_first(srv.set, draw) : json_array());
    json_set(object, "orders", draw ? srv_orders(srv.set, draw) : json_array());
    json_set(object, "orders_total",
             json_integer(draw ? (json_int_t)srv_draw_orders_total(draw) : 0));
    if (report->whatif)
        json_set(object, "before", srv_before(srv.before));
    srv_draw_free(draw);
    arena_free(arena);
    return object;
}
