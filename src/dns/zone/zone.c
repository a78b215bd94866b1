#include "dns/zone/zone.h"

#include "base/array.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/fnv.h"
#include "base/hash.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "dns/type.h"
#include "dns/zone/zone_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct zone_node {
    UT_hash_handle hh;
    const char *name;
    const char *spelled; /* in the letters of the file; NULL: in small ones */
    struct zone_rr *first, *last;
};

/* The records by what makes them the same: owner, type and rdata. Open addressing; slots are a
 * power of two, at most half of them taken. */
struct rr_set {
    struct zone_rr **slots;
    size_t slot_count;
};

struct zone {
    struct arena *arena; /* nodes, records and all they point to */
    const char *label, *apex, *origin;
    const struct zone_rr *soa;
    struct address server;
    struct zone_node *nodes;
    struct zone_rr **records; /* in file order */
    size_t record_count, record_capacity;
    struct rr_set known; /* while the zone is read */
    struct stat *files;  /* it was read from */
    size_t file_count, file_capacity;
};

static struct address server_of(const char *label)
{
    static const char suffix[] = ".zone";
    const char *at = strrchr(label, '@');
    struct address server = {0};
    char text[ADDRESS_TEXT];
    size_t length = at ? strlen(at + 1) : 0;

    if (length < sizeof suffix || strcmp(at + 1 + length - strlen(suffix), suffix) != 0)
        return server;
    length -= strlen(suffix);
    if (length >= sizeof text)
        return server;
    memcpy(text, at + 1, length);
    text[length] = '\0';
    address_parse(text, &server);
    return server;
}

struct zone *zone_new(const char *label)
{
    struct zone *zone = memory_new(1, sizeof *zone);

    zone->arena = arena_new();
    zone->label = escape_shown(zone->arena, label);
    zone->server = server_of(label);
    return zone;
}

void zone_free(struct zone *zone)
{
    if (!zone)
        return;
    HASH_CLEAR(hh, zone->nodes);
    free(zone->records);
    free(zone->known.slots);
    free(zone->files);
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
    unsigned length = (unsigned)strlen(name), hash;
    struct zone_node *node;

    HASH_VALUE(name, length, hash);
    HASH_FIND_BYHASHVALUE(hh, zone->nodes, name, length, hash, node);
    if (node)
        return node;
    node = arena_alloc(zone->arena, 1, sizeof *node);
    node->name = arena_dup(zone->arena, name);
    HASH_ADD_KEYPTR_BYHASHVALUE(hh, zone->nodes, node->name, length, hash, node);
    return node;
}

static bool is_same(const struct zone_rr *a, const struct zone_rr *b)
{
    return a->owner == b->owner && a->type == b->type && a->length == b->length &&
           memcmp(a->rdata, b->rdata, a->length) == 0;
}

/* Owners are the same when their pointers are. */
static uint64_t hash_of(const struct zone_rr *rr)
{
    uint64_t hash = FNV_64 ^ rr->type ^ (uint64_t)(uintptr_t)rr->owner << 16;

    hash = fnv_64(hash, rr->rdata, rr->length);
    return hash ^ hash >> 32;
}

/* Where the record is, or would be put. */
static struct zone_rr **slot_of(const struct rr_set *set, const struct zone_rr *rr)
{
    size_t slot = (size_t)hash_of(rr) & (set->slot_count - 1);

    while (set->slots[slot] && !is_same(set->slots[slot], rr))
        slot = (slot + 1) & (set->slot_count - 1);
    return &set->slots[slot];
}

/* Makes room for one record more than there are. */
static void reserve_slot(struct zone *zone)
{
    struct rr_set *set = &zone->known;

    if (2 * (zone->record_count + 1) <= set->slot_count)
        return;
    free(set->slots);
    set->slot_count = set->slot_count > 0 ? 2 * set->slot_count : 64;
    set->slots = memory_new(set->slot_count, sizeof *set->slots);
    for (size_t i = 0; i < zone->record_count; i++)
        *slot_of(set, zone->records[i]) = zone->records[i];
}

static bool is_sound(const struct zone_rr *rr)
{
    ldns_rr *copy = zone_rr_copy(rr, rr->owner);

    ldns_rr_free(copy);
    return copy != NULL;
}

static struct zone_rr *rr_dup(struct zone *zone, const struct zone_rr *rr)
{
    struct zone_rr *copy = arena_alloc(zone->arena, 1, sizeof *copy + rr->length);

    *copy = *rr;
    copy->next = NULL;
    copy->rdata = memcpy(copy + 1, rr->rdata, rr->length);
    return copy;
}

static void append(struct zone *zone, struct zone_node *node, struct zone_rr *rr)
{
    if (node->last)
        node->last->next = rr;
    else
        node->first = rr;
    node->last = rr;
    ARRAY_PUSH(zone->records, zone->record_count, zone->record_capacity, rr);
    if (rr->type == TYPE_SOA) {
        zone->soa = rr;
        zone->apex = rr->owner;
    }
}

enum zone_fault zone_add(struct zone *zone, const struct zone_rr *rr)
{
    struct zone_rr added = *rr, **slot;
    struct zone_node *node;

    if (!is_sound(rr))
        return ZONE_FAULT_UNSOUND;
    node = node_at(zone, rr->owner);
    added.owner = node->name;
    reserve_slot(zone);
    slot = slot_of(&zone->known, &added);
    if (*slot)
        return ZONE_FAULT_NONE;
    if (rr->type == TYPE_SOA && zone->soa)
        return ZONE_FAULT_SECOND_SOA;
    *slot = rr_dup(zone, &added);
    append(zone, node, *slot);
    return ZONE_FAULT_NONE;
}

void zone_spell(struct zone *zone, const char *owner, const char *spelled)
{
    struct zone_node *node = (struct zone_node *)zone_find(zone, owner);

    if (node && !node->spelled && strcmp(owner, spelled) != 0 && strcasecmp(owner, spelled) == 0)
        node->spelled = arena_dup(zone->arena, spelled);
}

void zone_finish(struct zone *zone)
{
    free(zone->known.slots);
    zone->known = (struct rr_set){0};
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

void zone_note_file(struct zone *zone, const struct stat *file)
{
    ARRAY_PUSH(zone->files, zone->file_count, zone->file_capacity, *file);
}

bool zone_is_from(const struct zone *zone, const struct stat *file)
{
    for (size_t i = 0; i < zone->file_count; i++)
        if (zone->files[i].st_dev == file->st_dev && zone->files[i].st_ino == file->st_ino)
            return true;
    return false;
}

void zone_take_origin(struct zone *zone, const char *origin)
{
    if (!zone->origin)
        zone->origin = arena_dup(zone->arena, origin);
}

const char *zone_origin(const struct zone *zone)
{
    return zone->origin;
}

const struct zone_rr *zone_soa(const struct zone *zone)
{
    return zone->soa;
}

uint32_t zone_soa_minimum(const struct zone_rr *soa)
{
    uint32_t minimum = 0;

    for (size_t i = 4; i > 0; i--)
        minimum = minimum << 8 | soa->rdata[soa->length - i];
    return minimum;
}

size_t zone_size(const struct zone *zone)
{
    return arena_size(zone->arena) + zone->record_capacity * sizeof *zone->records +
           zone->known.slot_count * sizeof *zone->known.slots;
}

const char *zone_label(const struct zone *zone)
{
    return zone->label;
}

struct address zone_server(const struct zone *zone)
{
    return zone->server;
}

size_t zone_record_count(const struct zone *zone)
{
    return zone->record_count;
}

static struct rr_parts parts_of(const struct zone_rr *rr, const char *owner)
{
    return (struct rr_parts){
        .owner = owner, .type = rr->type, .ttl = rr->ttl, .rdata = rr->rdata, .length = rr->length};
}

const struct record *zone_record(const struct zone *zone, size_t index)
{
    struct zone_rr *rr;
    struct rr_parts parts;
    bool read;

    assert(index < zone->record_count);
    rr = zone->records[index];
    if (!rr->record) {
        rr->record = arena_alloc(zone->arena, 1, sizeof *rr->record);
        parts = parts_of(rr, rr->owner);
        read = rr_decode(zone->arena, &parts, rr->owner, rr->record);
        assert(read);
        (void)read;
    }
    return rr->record;
}

const struct zone_rr *zone_rr_at(const struct zone *zone, size_t index)
{
    return zone->records[index];
}

const char *zone_rr_file(const struct zone *zone, const struct zone_rr *rr)
{
    return rr && rr->file ? rr->file : zone->label;
}

const char *zone_keep_file(struct zone *zone, const char *path)
{
    return escape_shown(zone->arena, file_name(path));
}

const char *zone_owner_spelled(const struct zone *zone, size_t index)
{
    const char *owner = zone->records[index]->owner;
    const struct zone_node *node = zone_find(zone, owner);

    return node && node->spelled ? node->spelled : owner;
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

const struct zone_node *zone_outside(const struct zone *zone, const char *name)
{
    const struct zone_node *node = zone_find(zone, name);
    char wildcard[NAME_TEXT];

    while (!node && !name_is_root(name)) {
        name = name_parent(name);
        if (name_join("*", name, wildcard) == STATUS_OK)
            node = zone_find(zone, wildcard);
        if (!node && zone_find(zone, name))
            return NULL;
    }
    return node;
}

bool zone_knows(const struct zone *zone, const char *name)
{
    if (zone_covers(zone, name))
        return !zone_cut(zone, name);
    return zone_outside(zone, name) != NULL;
}

bool zone_decides(const struct zone *zone, const char *name, uint16_t type)
{
    const struct zone_node *node;

    if (zone_covers(zone, name))
        return zone_knows(zone, name);
    node = zone_outside(zone, name);
    return node && (zone_first(node, type) || zone_first(node, TYPE_CNAME));
}

ldns_rr *zone_rr_copy(const struct zone_rr *rr, const char *owner)
{
    struct rr_parts parts = parts_of(rr, owner);

    return rr_new(&parts);
}
