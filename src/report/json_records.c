#include "base/escape.h"
#include "dns/type.h"
#include "report/json_parts.h"
#include "report/json_value.h"
#include "sheet/services/words_srv.h"

#include <stdlib.h>

static json_t *host_address(const struct address_row *row)
{
    json_t *object = json_object();

    json_set(object, "address", json_address(&row->record->address));
    json_set(object, "family", json_integer(row->record->address.family));
    json_set(object, "ttl", json_integer(row->record->ttl));
    json_set_targets(object, "ptr", row->ptr);
    json_set(object, "from", json_text(row->additional ? "additional" : "asked"));
    json_set(object, "came_along", json_boolean(row->came_along));
    return object;
}

static int compare_rows(const void *left, const void *right)
{
    const struct address_row *const *a = left, *const *b = right;

    return record_compare((*a)->record, (*b)->record);
}

static json_t *host_addresses(const struct host *host)
{
    size_t count = host ? host->address_count : 0;
    const struct address_row **rows = memory_new(count, sizeof *rows);
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        rows[i] = &host->addresses[i];
    if (count)
        qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++)
        json_append(array, host_address(rows[i]));
    free(rows);
    return array;
}

static const char *host_status(const struct host *host)
{
    if (!host)
        return outcome_text(OUTCOME_NODATA); /* "." has no address by definition */
    return host->waiting ? "waiting" : outcome_text(host->outcome);
}

static json_t *mx_row(const struct mx_row *row)
{
    json_t *object = json_object();

    json_set(object, "preference", json_integer(row->record->mx.preference));
    json_set_name(object, "exchange", row->record->mx.exchange);
    json_set(object, "ttl", json_integer(row->record->ttl));
    json_set(object, "level", json_integer(row->level));
    json_set(object, "outside", json_boolean(row->outside));
    json_set(object, "literal", json_boolean(row->literal));
    json_set_name(object, "alias_of", row->host ? row->host->alias_of : NULL);
    json_set(object, "addresses", host_addresses(row->host));
    json_set(object, "status", json_text(host_status(row->host)));
    return object;
}

json_t *json_mx(const struct facts *facts)
{
    json_t *array = json_array();

    for (size_t i = 0; i < facts->mx.count; i++)
        json_append(array, mx_row(&facts->mx.rows[i]));
    return array;
}

json_t *json_addresses_of(const struct reply *reply)
{
    json_t *array = json_array();
    size_t count;
    const struct record **sorted = json_sorted(reply, &count);

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();
        json_set(object, "address", json_address(&sorted[i]->address));
        json_set(object, "ttl", json_integer(sorted[i]->ttl));
        json_append(array, object);
    }
    free(sorted);
    return array;
}

json_t *json_ns(const struct facts *facts)
{
    json_t *array = json_array();

    for (size_t i = 0; i < facts->ns.count; i++) {
        const struct ns_row *row = &facts->ns.rows[i];
        json_t *object = json_object();
        json_set_name(object, "target", row->record->target);
        json_set(object, "ttl", json_integer(row->record->ttl));
        json_set(object, "addresses", host_addresses(row->host));
        json_set(object, "status", json_text(host_status(row->host)));
        json_append(array, object);
    }
    return array;
}

static json_t *srv_row(const struct srv_owner *owner, const struct srv_row *row)
{
    json_t *object = json_object(), *share = json_object();
    const struct record *record = row->record;

    json_set_name(object, "owner", owner->owner);
    json_set(object, "ttl", json_integer(record->ttl));
    json_set(object, "group", json_text(service_group_text(owner->group)));
    json_set(object, "place", json_text(owner->place));
    json_set_name(object, "alias_of", srv_owner_alias(owner));
    json_set(object, "priority", json_integer(record->srv.priority));
    json_set(object, "weight", json_integer(record->srv.weight));
    json_set(object, "port", json_integer(record->srv.port));
    json_set_name(object, "target", record->srv.target);
    json_set(object, "not_offered", json_boolean(row->not_offered));
    json_set(object, "level", json_integer(row->level));
    json_set(share, "nominal", json_share(row->nominal));
    json_set(share, "rfc2782", json_share(row->rfc2782));
    json_set(object, "share", share);
    json_set(object, "addresses", host_addresses(row->host));
    json_set(object, "status", json_text(host_status(row->host)));
    return object;
}

json_t *json_srv(const struct facts *facts)
{
    json_t *array = json_array();

    for (size_t i = 0; i < facts->srv.count; i++) {
        const struct srv_owner *owner = &facts->srv.owners[i];
        for (size_t j = 0; j < owner->count; j++)
            json_append(array, srv_row(owner, &owner->rows[j]));
    }
    return array;
}

/* How many services have no records of their own, by what was said of them. */
json_t *json_srv_without(const struct facts *facts)
{
    json_t *object = json_object();
    struct srv_rest rests[SRV_RESTS];
    size_t count = words_srv_rests(&facts->srv, rests);

    for (size_t i = 0; i < count; i++)
        json_set(object,
                 rests[i].outcome == OUTCOME_ANSWERED ? "wildcard" : outcome_text(rests[i].outcome),
                 json_integer(rests[i].count));
    return object;
}

/* What announces services otherwise than by SRV. */
json_t *json_announced(const struct facts *facts)
{
    json_t *array = json_array();
    char type[TYPE_TEXT];

    for (size_t i = 0; i < facts->announcement_count; i++) {
        const struct announcement *found = &facts->announcements[i];
        json_t *object = json_object(), *data = json_array();
        json_set_name(object, "owner", found->owner);
        json_set(object, "type", json_text(type_text(found->service->type, type)));
        json_set(object, "service", json_text(found->service->word));
        json_set(object, "group", json_text(service_group_text(found->service->group)));
        for (size_t k = 0; k < found->reply->record_count; k++)
            json_append(data, json_text(found->reply->records[k]->rdata));
        json_set(object, "data", data);
        json_append(array, object);
    }
    return array;
}

json_t *json_soa(const struct reply *reply)
{
    const struct record *record = reply && reply->record_count ? reply->records[0] : NULL;
    json_t *object;

    if (!record)
        return json_null();
    object = json_object();
    json_set_name(object, "mname", record->soa.mname);
    json_set_name(object, "rname", record->soa.rname);
    json_set(object, "serial", json_integer(record->soa.serial));
    json_set(object, "refresh", json_integer(record->soa.refresh));
    json_set(object, "retry", json_integer(record->soa.retry));
    json_set(object, "expire", json_integer(record->soa.expire));
    json_set(object, "minimum", json_integer(record->soa.minimum));
    json_set(object, "ttl", json_integer(record->ttl));
    return object;
}

static json_t *octets(const struct octets *octets)
{
    struct text text = {0};
    json_t *value;

    escape_bytes(&text, octets->bytes, octets->length, ESCAPE_UTF8, false);
    value = json_text(text_get(&text));
    text_clear(&text);
    return value;
}

json_t *json_txt(const struct reply *reply)
{
    json_t *array = json_array();
    size_t count;
    const struct record **sorted = json_sorted(reply, &count);

    for (size_t i = 0; i < count; i++)
        json_append(array, octets(&sorted[i]->txt.joined));
    free(sorted);
    return array;
}

json_t *json_caa(const struct reply *reply)
{
    json_t *array = json_array();
    size_t count;
    const struct record **sorted = json_sorted(reply, &count);

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();
        json_set(object, "flags", json_integer(sorted[i]->caa.flags));
        json_set(object, "tag", octets(&sorted[i]->caa.tag));
        json_set(object, "value", octets(&sorted[i]->caa.value));
        json_set(object, "ttl", json_integer(sorted[i]->ttl));
        json_append(array, object);
    }
    free(sorted);
    return array;
}

json_t *json_rdata(const struct reply *reply)
{
    json_t *array = json_array();
    size_t count;
    const struct record **sorted = json_sorted(reply, &count);

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();
        json_set(object, "rdata", json_text(sorted[i]->rdata));
        json_set(object, "ttl", json_integer(sorted[i]->ttl));
        json_append(array, object);
    }
    free(sorted);
    return array;
}

json_t *json_requested(const struct facts *facts)
{
    json_t *array = json_array();
    char type[TYPE_TEXT];

    for (size_t i = 0; i < facts->requested_count; i++) {
        const struct requested *row = &facts->requested[i];
        json_t *object = json_object();
        json_set_name(object, "name", row->name);
        json_set(object, "type", json_text(type_text(row->type, type)));
        json_set(object, "status", json_outcome(row->reply));
        json_set(object, "records", json_rdata(row->reply));
        json_append(array, object);
    }
    return array;
}
