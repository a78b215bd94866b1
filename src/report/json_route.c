#include "report/json_parts.h"
#include "report/json_value.h"

static json_t *addresses(const struct route_host *host)
{
    json_t *array = json_array();

    for (size_t i = 0; i < host->address_count; i++) {
        const struct route_address *address = &host->addresses[i];
        json_t *object = json_object();
        json_set(object, "address", json_address(&address->address));
        json_set(object, "family", json_integer(address->address.family));
        json_set(object, "ttl", json_integer(address->ttl));
        json_append(array, object);
    }
    return array;
}

static json_t *route_host(const struct route *route, const struct route_host *host)
{
    json_t *object = json_object();

    json_set_name(object, "exchange", host->exchange);
    json_set(object, "preference", json_integer(host->preference));
    if (route->kind == ROUTE_SRV) {
        json_set(object, "weight", json_integer(host->weight));
        json_set(object, "port", json_integer(host->port));
    }
    json_set(object, "level", json_integer(host->level));
    json_set(object, "state", json_text(host_state_text(host->state)));
    json_set(object, "why", json_text(host->why));
    json_set(object, "reference", json_text(host->reference));
    json_set(object, "addresses", addresses(host));
    return object;
}

json_t *json_route(const struct route *route)
{
    json_t *object = json_object(), *hosts = json_array();

    json_set(object, "profile", json_text(profile_name(route->profile)));
    json_set(object, "as", json_text(route->as));
    json_set(object, "verdict", json_text(verdict_text(route->decision.verdict)));
    json_set(object, "code", json_text(route->decision.code));
    json_set(object, "why", json_text(route->decision.why));
    json_set(object, "reference", json_text(route->decision.reference));
    for (size_t i = 0; i < route->host_count; i++)
        json_append(hosts, route_host(route, &route->hosts[i]));
    json_set(object, "hosts", hosts);
    return object;
}
