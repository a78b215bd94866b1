#include "report/json_parts.h"
#include "report/json_value.h"

#include <stdlib.h>

static int compare_addresses(const void *left, const void *right)
{
    const struct route_address *const *a = left, *const *b = right;

    return address_compare(&(*a)->address, &(*b)->address);
}

static json_t *addresses(const struct route_host *host)
{
    const struct route_address **sorted = memory_new(host->address_count, sizeof *sorted);
    json_t *array = json_array();

    for (size_t i = 0; i < host->address_count; i++)
        sorted[i] = &host->addresses[i];
    if (host->address_count)
        qsort(sorted, host->address_count, sizeof *sorted, compare_addresses);
    for (size_t i = 0; i < host->address_count; i++) {
        const struct route_address *address = sorted[i];
        json_t *object = json_object();
        json_set(object, "address", json_address(&address->address));
        json_set(object, "family", json_integer(address->address.family));
        json_set(object, "ttl", json_integer(address->ttl));
        json_append(array, object);
    }
    free(sorted);
    return array;
}

static json_t *route_host(const struct route *route, const struct route_host *host)
{
    json_t *object = json_object();

    json_set_name(object, "exchange", host->exchange);
    json_set_name(object, "alias_of", host->alias_of);
    json_set(object, "preference", json_integer(host->preference));
    if (route->kind == ROUTE_SRV) {
        json_set(object, "weight", json_integer(host->weight));
        json_set(object, "port", json_integer(host->port));
    }
    json_set(object, "level", json_integer(host->level));
    json_set(object, "fallback", json_boolean(host->relay != 0));
    json_set(object, "state", json_text(host_state_text(host->state)));
    json_set(object, "why", json_text(host->why));
    json_set(object, "reference", json_text(host->reference));
    json_set(object, "addresses", addresses(host));
    return object;
}

/* By preference, then name: the order the records came in says nothing. */
static int compare_hosts(const void *left, const void *right)
{
    const struct route_host *const *a = left, *const *b = right;

    if ((*a)->preference != (*b)->preference)
        return (*a)->preference < (*b)->preference ? -1 : 1;
    return name_compare((*a)->exchange, (*b)->exchange);
}

static json_t *hosts(const struct route *route)
{
    const struct route_host **sorted = memory_new(route->host_count, sizeof *sorted);
    json_t *array = json_array();

    for (size_t i = 0; i < route->host_count; i++)
        sorted[i] = &route->hosts[i];
    if (route->host_count)
        qsort(sorted, route->host_count, sizeof *sorted, compare_hosts);
    for (size_t i = 0; i < route->host_count; i++)
        json_append(array, route_host(route, sorted[i]));
    free(sorted);
    return array;
}

json_t *json_route(const struct route *route)
{
    json_t *object = json_object();

    json_set(object, "profile", json_text(profile_name(route->profile)));
    json_set_name(object, "as", route->as);
    json_set_name(object, "relay", route->relay);
    json_set(object, "verdict", json_text(verdict_text(route->decision.verdict)));
    json_set(object, "code", json_text(route->decision.code));
    json_set(object, "why", json_text(route->decision.why));
    json_set(object, "reference", json_text(route->decision.reference));
    json_set(object, "hosts", hosts(route));
    return object;
}
