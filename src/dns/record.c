#include "dns/record.h"

#include "dns/name.h"
#include "dns/type.h"

#include <string.h>

void record_print(const struct record *record, struct text *out)
{
    char type[TYPE_TEXT];

    text_format(out, "%s %lu IN %s %s", record->owner, (unsigned long)record->ttl,
                type_text(record->type, type), record->rdata);
}

static int compare_numbers(unsigned long a, unsigned long b)
{
    return (a > b) - (a < b);
}

/* Preference or priority first, then the heavier weight. */
static int compare_ranks(const struct record *a, const struct record *b)
{
    int order;

    if (a->type == TYPE_MX)
        return compare_numbers(a->mx.preference, b->mx.preference);
    if (a->type != TYPE_SRV)
        return 0;
    order = compare_numbers(a->srv.priority, b->srv.priority);
    return order ? order : compare_numbers(b->srv.weight, a->srv.weight);
}

const char *record_target(const struct record *record)
{
    switch (record->type) {
    case TYPE_MX:
        return record->mx.exchange;
    case TYPE_SRV:
        return record->srv.target;
    case TYPE_NS:
    case TYPE_CNAME:
    case TYPE_PTR:
    case TYPE_DNAME:
        return record->target;
    default:
        return NULL;
    }
}

uint32_t record_negative_ttl(const struct record *soa)
{
    return soa->ttl < soa->soa.minimum ? soa->ttl : soa->soa.minimum;
}

int record_compare(const struct record *a, const struct record *b)
{
    int order = compare_numbers(a->type, b->type);
    const char *target = record_target(a);

    if (!order)
        order = compare_ranks(a, b);
    if (!order && target) /* the types are the same here */
        order = name_compare(target, record_target(b));
    if (!order && (a->type == TYPE_A || a->type == TYPE_AAAA))
        order = address_compare(&a->address, &b->address);
    return order ? order : strcmp(a->rdata, b->rdata);
}
