#include "dns/zone/zone.h"

#include "base/array.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/slots.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "dns/type.h"
#include "dns/zone/zone_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FEW = 8 }; /* records of a node: as soon looked through as found by a hash */

struct zone_node {
    const char *name;
    const char *spelled; /* in the letters of the file; NULL: in small ones */
    struct zone_rr *first, *last;
    size_t count; /* of its records */
};

struct zone {
    struct arena *arena; /* nodes, records and all they point to */
    const char *label, *apex, *origin;
    const struct zone_rr *soa;
    struct address server;
    struct slots nodes;       /* by their names */
    struct zone_rr **records; /* in file order */
    size_t record_count, record_capacity;
    struct slots known; /* the records of large nodes, while the zone is read */
    struct stat *files; /* it was read from */
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
    slots_clear(&zone->nodes);
    free(zone->records);
    slots_clear(&zone->known);
    free(zone->files);
    arena_free(zone->arena);
    free(zone);
}

static bool is_named(const void *thing, const void *key)
{
    return strcmp(((const struct zone_node *)thing)->name, key) == 0;
}

const struct zone_node *zone_find(const struct zone *zone, const char *name)
{
    return slots_find(&zone->nodes, hash_octets(name, strlen(name)), is_named, name);
}

static struct zone_node *node_at(struct zone *zone, const char *name)
{
    unsigned hash = hash_octets(name, strlen(name));
    struct zone_node *node = slots_find(&zone->nodes, hash, is_named, name);

    if (node)
        return node;
    node = arena_alloc(zone->arena, 1, sizeof *node);
    node->name = arena_dup(zone->arena, name);
    slots_add(&zone->nodes, hash, node);
    return node;
}

/* Owners are the same when their pointers are. */
static bool is_same(const void *thing, const void *key)
{
    const struct zone_rr *a = thing, *b = key;

    return a->owner == b->owner && a->type == b->type && a->length == b->length &&
           memcmp(a->rdata, b->rdata, a->length) == 0;
}

static unsigned hash_of(const struct zone_rr *rr)
{
    return hash_octets(rr->rdata, rr->length) ^ hash_octets(&rr->owner, sizeof rr->owner) ^
           rr->type;
}

static bool is_known(const struct zone *zone, const struct zone_node *node,
                     const struct zone_rr *rr)
{
    if (node->count > FEW)
        return slots_find(&zone->known, hash_of(rr), is_same, rr);
    for (const struct zone_rr *known = node->first; known; known = known->next)
        if (is_same(known, rr))
            return true;
    return false;
}

/* Remembers the last record of a node; with the first one too many, all of them. */
static void remember(struct zone *zone, const struct zone_node *node)
{
    struct zone_rr *rr = node->count == FEW + 1 ? node->first : node->last;

    for (; rr && node->count > FEW; rr = rr->next)
        slots_add(&zone->known, hash_of(rr), rr);
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
    node->count++;
    remember(zone, node);
    ARRAY_PUSH(zone->records, zone->record_count, zone->record_capacity, rr);
    if (rr->type == TYPE_SOA) {
        zone->soa = rr;
        zone->apex = rr->owner;
    }
}

bool zone_add(struct zone *zone, const struct zone_rr *rr)
{
    struct zone_node *node = node_at(zone, rr->owner);
    struct zone_rr added = *rr;

    added.owner = node->name;
    if (is_known(zone, node, &added))
        return true;
    if (rr->type == TYPE_SOA && zone->soa)
        return false;
    append(zone, node, rr_dup(zone, &added));
    return true;
}

void zone_spell(struct zone *zone, const char *owner, const char *spelled)
{
    struct zone_node *node;

    if (strcmp(owner, spelled) == 0 || strcasecmp(owner, spelled) != 0)
        return;
    node = (struct zone_node *)zone_find(zone, owner);
    if (node && !node->spelled)
        node->spelled = arena_dup(zone->arena, spelled);
}

void zone_finish(struct zone *zone)
{
    slots_clear(&zone->known);
    for (size_t i = 0; i < zone->record_count; i++) {
        const char *name = zone->records[i]->owner;
        if (!zone_covers(zone, name) || strcmp(name, zone->apex) == 0)
            continue;
        while (strcmp(name = name_parent(name), zone->apex) != 0 && !zone_find(zone, name))
            node_at(zone, name);
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
           slots_octets(&zone->known) + slots_octets(&zone->nodes);
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

const char *zone_owner(const struct zone *zone, size_t index, uint16_t *type)
{
    *type = zone->records[index]->type;
    return zone->records[index]->owner;
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
