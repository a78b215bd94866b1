#include "dns/type.h"
#include "report/json_parts.h"
#include "report/json_value.h"
#include "sheet/words.h"

#include <stdlib.h>

/* "2026-11-30T12:00:00Z" of seconds since 1970. */
static json_t *moment(int64_t seconds)
{
    struct text text = {0};
    json_t *string;

    words_moment(seconds, &text);
    string = json_text(text_get(&text));
    text_clear(&text);
    return string;
}

/* Soonest end first; empty when the time is not known. */
static json_t *signatures(const struct dnssec *dnssec)
{
    json_t *array = json_array();
    char type[TYPE_TEXT];

    for (size_t i = 0; i < dnssec->signature_count; i++) {
        const struct dnssec_signature *signature = &dnssec->signatures[i];
        json_t *object = json_object();
        json_set(object, "covered", json_text(type_text(signature->covered, type)));
        json_set_name(object, "signer", signature->signer);
        json_set(object, "key_tag", json_integer(signature->key_tag));
        json_set(object, "expires", moment(signature->expires));
        json_set(object, "remaining_s", json_integer(signature->remaining));
        json_append(array, object);
    }
    return array;
}

/* Where the zone is not known nobody was asked. */
static json_t *signature_status(const struct dnssec *dnssec, const struct reply *reply)
{
    return reply || !dnssec->complete ? json_outcome(reply)
                                      : json_text(outcome_text(OUTCOME_NOT_ASKED));
}

static json_t *dnssec(const struct dnssec *dnssec)
{
    json_t *object = json_object();

    json_set(object, "state", json_state(dnssec_state_text(dnssec->state), dnssec->missing));
    json_set_name(object, "zone", dnssec->zone);
    json_set(object, "why", json_text(dnssec->why));
    json_set(object, "ad", json_boolean(dnssec->ad));
    json_set(object, "ds", signature_status(dnssec, dnssec->ds));
    json_set(object, "dnskey", signature_status(dnssec, dnssec->dnskey));
    json_set(object, "unchecked",
             dnssec->unchecked ? json_outcome(dnssec->unchecked) : json_null());
    json_set(object, "signatures", signatures(dnssec));
    return object;
}

static json_t *server(const struct authority_server *server)
{
    json_t *object = json_object();

    json_set_name(object, "name", server->name);
    json_set(object, "address", json_address(&server->address));
    json_set(object, "state", json_text(authority_text(server)));
    json_set(object, "serial", server->has_serial ? json_integer(server->serial) : json_null());
    json_set(object, "mx_differs", json_boolean(server->mx_differs));
    json_set(object, "ns_differs", json_boolean(server->ns_differs));
    json_set(object, "txt_differs", json_boolean(server->txt_differs));
    json_set(object, "address_differs", json_boolean(server->address_differs));
    json_set(object, "srv_differs", json_boolean(server->srv_differs));
    json_set(object, "only_parent", json_boolean(server->only_parent));
    json_set(object, "why", json_text(server->why));
    return object;
}

static json_t *servers(const struct authority *authority)
{
    json_t *array = json_array();

    for (size_t i = 0; authority->asked && i < authority->count; i++)
        json_append(array, server(&authority->servers[i]));
    return array;
}

static json_t *name_list(const char *const *names, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_append(array, json_text(names[i]));
    return array;
}

static json_t *glue(const struct authority_parent *parent)
{
    json_t *array = json_array();

    for (size_t i = 0; i < parent->glue_count; i++) {
        json_t *object = json_object();
        json_set_name(object, "name", parent->glue[i].name);
        json_set(object, "address", json_address(&parent->glue[i].address));
        json_set(object, "differs", json_boolean(parent->glue[i].differs));
        json_append(array, object);
    }
    return array;
}

/* The parent's NS records against the zone's own; null when its servers were not asked. */
static json_t *delegation(const struct authority_parent *parent)
{
    json_t *object;

    if (!parent->server)
        return json_null();
    object = json_object();
    json_set_name(object, "parent", parent->zone);
    json_set_name(object, "server", parent->server);
    json_set(object, "address", json_address(&parent->address));
    json_set(object, "known", json_boolean(parent->known));
    json_set(object, "only_parent", name_list(parent->only_parent, parent->only_parent_count));
    json_set(object, "only_child", name_list(parent->only_child, parent->only_child_count));
    json_set(object, "glue", glue(parent));
    return object;
}

static json_t *addresses_of(const struct customary_host *host)
{
    json_t *array = json_array();
    char text[ADDRESS_TEXT];

    for (size_t i = 0; i < host->address_count; i++)
        json_append(array, json_text(address_text(&host->addresses[i], text)));
    return array;
}

static json_t *customary(const struct setup *setup)
{
    json_t *array = json_array();

    for (size_t i = 0; i < setup->customary_count; i++) {
        const struct customary_host *host = &setup->customary[i];
        json_t *object;
        if (!host->exists)
            continue;
        object = json_object();
        json_set_name(object, "name", host->name);
        json_set(object, "use", json_text(host->word));
        json_set(object, "old", json_boolean(host->old));
        if (host->alias_of)
            json_set_name(object, "alias_of", host->alias_of);
        else
            json_set(object, "alias_of", json_null());
        json_set(object, "addresses", addresses_of(host));
        json_append(array, object);
    }
    return array;
}

/* Customary names of which it is not known whether they have an address. */
static json_t *customary_unknown(const struct setup *setup)
{
    json_t *array = json_array();

    for (size_t i = 0; i < setup->customary_count; i++)
        if (setup->customary[i].failure)
            json_append(array, json_text(setup->customary[i].name));
    return array;
}

static json_t *operators(const struct setup *setup)
{
    static const char *const roles[] = {
        [OPERATOR_EXCHANGE] = "exchange",
        [OPERATOR_SPF] = "spf",
        [OPERATOR_NAME_SERVER] = "name server",
        [OPERATOR_SELECTOR] = "selector",
    };
    json_t *array = json_array();

    for (size_t i = 0; i < setup->match_count; i++) {
        const struct operator_match *match = &setup->matches[i];
        json_t *object = json_object();
        json_set(object, "name", json_text(match->name));
        json_set(object, "role", json_text(roles[match->role]));
        json_set(object, "operator", json_text(match->operator->name));
        json_set(object, "kind", json_text(match->operator->kind));
        json_set(object, "filter_in_front", json_boolean(match->filter_in_front));
        json_append(array, object);
    }
    return array;
}

static json_t *names(const struct setup *setup)
{
    json_t *array = json_array();

    for (size_t i = 0; i < setup->name_count; i++) {
        const struct mail_name *name = &setup->names[i];
        json_t *object = json_object(), *exchanges = json_array();
        json_set_name(object, "name", name->name);
        json_set(object, "missing", json_boolean(name->missing));
        json_set(object, "implicit_mx", json_boolean(name->exchanges->implicit));
        json_set_name(object, "lacking", setup_lacking(setup, name->exchanges));
        for (size_t j = 0; j < name->exchanges->count; j++)
            json_append(exchanges, json_text(name->exchanges->exchanges[j].name));
        json_set(object, "exchanges", exchanges);
        json_append(array, object);
    }
    return array;
}

static int compare_ptrs(const void *left, const void *right)
{
    const struct ptr_address *const *a = left, *const *b = right;
    int order = name_compare((*a)->exchange, (*b)->exchange);

    return order ? order : address_compare(&(*a)->address, &(*b)->address);
}

static json_t *ptr(const struct ptr_address *address)
{
    json_t *object = json_object();

    json_set(object, "address", json_address(&address->address));
    json_set_name(object, "exchange", address->exchange);
    json_set(object, "state", json_state(ptr_state_text(address->state), address->reply));
    json_set_name(object, "confirmed", address->confirmed);
    return object;
}

static json_t *ptrs(const struct ptrs *ptrs)
{
    const struct ptr_address **sorted = memory_new(ptrs->count, sizeof *sorted);
    json_t *array = json_array();

    for (size_t i = 0; i < ptrs->count; i++)
        sorted[i] = &ptrs->addresses[i];
    if (ptrs->count)
        qsort(sorted, ptrs->count, sizeof *sorted, compare_ptrs);
    for (size_t i = 0; i < ptrs->count; i++)
        json_append(array, ptr(sorted[i]));
    free(sorted);
    return array;
}

static json_t *wildcard(const struct wildcard *wildcard)
{
    json_t *object = json_object(), *uncovered = json_array();

    json_set(object, "mx", json_boolean(wildcard->has_mx));
    json_set(object, "address", json_boolean(wildcard->has_address));
    json_set(object, "status",
             json_outcome(wildcard->failed ? wildcard_failure(wildcard) : wildcard->mx));
    json_set_name(object, "alias_of", wildcard->alias_of);
    for (size_t i = 0; i < wildcard->uncovered_count; i++)
        json_append(uncovered, json_text(wildcard->uncovered[i]));
    json_set(object, "uncovered", uncovered);
    return object;
}

json_t *json_setup(const struct setup *setup)
{
    json_t *object;

    if (!setup)
        return json_null();
    object = json_object();
    json_set(object, "dnssec", dnssec(setup->dnssec));
    json_set(object, "servers", servers(setup->authority));
    json_set(object, "delegation", delegation(&setup->authority->parent));
    if (!setup->exchanges) /* a reverse zone */
        return object;
    json_set(object, "reverse", ptrs(setup->ptrs));
    json_set(object, "wildcard", wildcard(setup->wildcard));
    json_set(object, "customary", customary(setup));
    json_set(object, "customary_unknown", customary_unknown(setup));
    json_set(object, "operators", operators(setup));
    json_set(object, "names", names(setup));
    return object;
}
