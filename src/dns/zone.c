#include "dns/zone.h"

#include "base/array.h"
#include "base/hash.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "dns/type.h"
#include "dns/zone_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { NODE_RECORDS_MAX = 4096 };

struct zone_node {
    UT_hash_handle hh;
    const char *name;
    struct zone_rr *first, *last;
    size_t count;
};

struct zone {
    struct arena *arena; /* nodes, records and all they point to */
    const char *label, *apex;
    struct zone_node *nodes;
    struct zone_rr **records; /* in file order */
    size_t record_count, record_capacity;
};

struct zone *zone_new(const char *label)
{
    struct zone *zone = memory_new(1, sizeof *zone);

    zone->arena = arena_new();
    zone->label = arena_dup(zone->arena, label);
    return zone;
}

void zone_free(struct zone *zone)
{
    if (!zone)
        return;
    HASH_CLEAR(hh, zone->nodes);
    free(zone->records);
    arena_free(zone->arena);
    free(zone);
}

const struct zone_node *zone_find(const struct zone *zone, const char *name)
{
    struct zone_node *node;

    HASH_FIND(hh, zone->nodes, name, (unsigned)strlen(name), node);
    return node;
}

static struct zone_node *node_at(struct zone *zone, const char *name)
{
    struct zone_node *node = (struct zone_node *)zone_find(zone, name);

    if (node)
        return node;
    node = arena_alloc(zone->arena, 1, sizeof *node);
    node->name = arena_dup(zone->arena, name);
    HASH_ADD_KEYPTR(hh, zone->nodes, node->name, (unsigned)strlen(name), node);
    return node;
}

static bool is_same(const struct zone_rr *a, const struct zone_rr *b)
{
    return a->type == b->type && a->length == b->length &&
           memcmp(a->rdata, b->rdata, a->length) == 0;
}

static bool is_sound(const struct zone_rr *rr)
{
    ldns_rr *copy = zone_rr_copy(rr, rr->owner);

    ldns_rr_free(copy);
    return copy != NULL;
}

static void append(struct zone *zone, struct zone_node *node, const struct zone_rr *rr)
{
    struct zone_rr *added = arena_alloc(zone->arena, 1, sizeof *added);

    *added = *rr;
    added->next = NULL;
    added->owner = node->name;
    added->rdata = (const uint8_t *)arena_dup_bytes(zone->arena, rr->rdata, rr->length);
    if (node->last)
        node->last->next = added;
    else
        node->first = added;
    node->last = added;
    node->count++;
    ARRAY_PUSH(zone->records, zone->record_count, zone->record_capacity, added);
    if (added->type == TYPE_SOA)
        zone->apex = added->owner;
}

enum zone_fault zone_add(struct zone *zone, const struct zone_rr *rr)
{
    struct zone_node *node;

    if (!is_sound(rr))
        return ZONE_FAULT_UNSOUND;
    if (rr->type == TYPE_SOA && zone->apex)
        return ZONE_FAULT_SECOND_SOA;
    node = node_at(zone, rr->owner);
    for (const struct zone_rr *other = node->first; other; other = other->next)
        if (is_same(rr, other))
            return ZONE_FAULT_NONE;
    if (rr->type == TYPE_DNAME && zone_first(node, TYPE_DNAME))
        return ZONE_FAULT_SECOND_DNAME;
    if (node->count == NODE_RECORDS_MAX)
        return ZONE_FAULT_CROWDED;
    append(zone, node, rr);
    return ZONE_FAULT_NONE;
}

void zone_finish(struct zone *zone)
{
    for (size_t i = 0; i < zone->record_count; i++) {
        const char *name = zone->records[i]->owner;
        if (!zone_covers(zone, name))
            continue;
        while (strcmp(name, zone->apex) != 0) {
            name = name_parent(name);
            if (zone_find(zone, name))
                break;
            node_at(zone, name);
        }
    }
}

const char *zone_apex(const struct zone *zone)
{
    return zone->apex;
}

const char *zone_label(const struct zone *zone)
{
    return zone->label;
}

size_t zone_record_count(const struct zone *zone)
{
    return zone->record_count;
}

const struct record *zone_record(const struct zone *zone, size_t index)
{
    struct zone_rr *rr;
    ldns_rr *copy;
    bool read;

    assert(index < zone->record_count);
    rr = zone->records[index];
    if (!rr->record) {
        rr->record = arena_alloc(zone->arena, 1, sizeof *rr->record);
        copy = zone_rr_copy(rr, rr->owner);
        read = copy && rr_read(zone->arena, copy, rr->owner, rr->record);
        assert(read);
        (void)read;
        ldns_rr_free(copy);
    }
    return rr->record;
}

const struct zone_rr *zone_first(const struct zone_node *node, uint16_t type)
{
    const struct zone_rr *rr = node->first;

    while (rr && rr->type != type && type != TYPE_ANY)
        rr = rr->next;
    return rr;
}

const struct zone_rr *zone_following(const struct zone_rr *rr, uint16_t type)
{
    do {
        rr = rr->next;
    } while (rr && rr->type != type && type != TYPE_ANY);
    return rr;
}

bool zone_covers(const struct zone *zone, const char *name)
{
    return zone->apex && name_is_within(name, zone->apex);
}

const char *zone_cut(const struct zone *zone, const char *name)
{
    size_t labels = name_labels(name);

    if (!zone_covers(zone, name))
        return NULL;
    for (size_t i = name_labels(zone->apex) + 1; i <= labels; i++) {
        const char *suffix = name_suffix(name, i);
        const struct zone_node *node = zone_find(zone, suffix);
        if (node && zone_first(node, TYPE_NS) && strncmp(suffix, "*.", 2) != 0)
            return node->name;
    }
    return NULL;
}

bool zone_knows(const struct zone *zone, const char *name)
{
    const struct zone_node *node;

    if (zone_covers(zone, name))
        return !zone_cut(zone, name);
    node = zone_find(zone, name);
    return node && node->first;
}

bool zone_decides(const struct zone *zone, const char *name, uint16_t type)
{
    const struct zone_node *node = zone_find(zone, name);

    if (zone_covers(zone, name))
        return zone_knows(zone, name);
    return node && (zone_first(node, type) || zone_first(node, TYPE_CNAME));
}

ldns_rr *zone_rr_copy(const struct zone_rr *rr, const char *owner)
{
    struct rr_parts parts = {
        .owner = owner, .type = rr->type, .ttl = rr->ttl, .rdata = rr->rdata, .length = rr->length};

    return rr_new(&parts);
}
