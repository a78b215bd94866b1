#include "dns/zone/zone_flaws.h"

#include "base/array.h"
#include "dns/name.h"
#include "dns/type.h"
#include "dns/zone/zone_lookup.h"
#include "dns/zone/zone_store.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINKS_MAX = 17, /* nobody follows more */
    TYPE_KEY = 25,  /* RFC 4035 2.5 */
};

struct looking {
    const struct zone *zone;
    struct arena *arena;
    struct zone_flaw *list;
    size_t count, capacity;
    size_t seen[ZONE_FLAW_KINDS], last[ZONE_FLAW_KINDS]; /* in this zone; the place of the last */
};

static void add(struct looking *looking, enum zone_flaw_kind kind, const struct zone_rr *rr,
                uint16_t type, const char *target)
{
    struct zone_flaw flaw = {
        .kind = kind,
        .label = arena_dup(looking->arena, zone_label(looking->zone)),
        .owner = rr ? arena_dup(looking->arena, rr->owner) : ".",
        .type = type,
        .target = target ? arena_dup(looking->arena, target) : ".",
        .file = arena_dup(looking->arena, zone_rr_file(looking->zone, rr)),
        .line = rr ? rr->line : 0,
    };

    looking->last[kind] = looking->count;
    ARRAY_PUSH(looking->list, looking->count, looking->capacity, flaw);
}

/* Keeps so many of a kind, and counts the others. */
static void meet(struct looking *looking, enum zone_flaw_kind kind, const struct zone_rr *rr,
                 uint16_t type, const char *target)
{
    if (looking->seen[kind]++ < ZONE_FLAWS_KEPT)
        add(looking, kind, rr, type, target);
    else
        looking->list[looking->last[kind]].more++;
}

/* ---- owners ---- */

/* Once for each owner; "localhost." is known everywhere (RFC 6761 6.3). */
static void judge_owner(struct looking *looking, const struct zone_rr *rr)
{
    const char *apex = zone_apex(looking->zone);

    if (apex && !zone_covers(looking->zone, rr->owner) &&
        !name_is_within(rr->owner, "localhost.") &&
        zone_first(zone_find(looking->zone, rr->owner), TYPE_ANY) == rr)
        meet(looking, ZONE_FLAW_OUTSIDE, rr, rr->type, NULL);
}

/* ---- aliases ---- */

static bool may_stand_beside(uint16_t type)
{
    return type == TYPE_CNAME || type == TYPE_RRSIG || type == TYPE_NSEC || type == TYPE_KEY;
}

/* False where the alias stands alone. */
static bool judge_beside(struct looking *looking, const struct zone_node *node,
                         const struct zone_rr *alias)
{
    const struct zone_rr *other = zone_first(node, TYPE_ANY);

    while (other && may_stand_beside(other->type))
        other = zone_following(other, TYPE_ANY);
    if (!other)
        other = zone_following(alias, TYPE_CNAME);
    if (other)
        meet(looking, ZONE_FLAW_BESIDE_ALIAS, alias, other->type, NULL);
    return other != NULL;
}

/* What the zone says of the name; delegated where it says nothing. */
static struct zone_match look_up(const struct zone *zone, const char *name, uint16_t type)
{
    if (!zone_covers(zone, name) && !zone_outside(zone, name))
        return (struct zone_match){.kind = ZONE_MATCH_DELEGATED};
    return zone_lookup(zone, name, type);
}

static bool read_target(const struct zone_rr *rr, size_t offset, char target[NAME_TEXT])
{
    size_t used;

    return rr->length > offset &&
           name_from_wire(rr->rdata + offset, rr->length - offset, target, &used);
}

/* Does the way from the alias lead back to it, by none whose name is less? */
static bool leads_back(const struct zone *zone, const struct zone_rr *alias, const char *target)
{
    char name[NAME_TEXT];
    struct zone_match match;

    strcpy(name, target);
    for (size_t i = 0; i < LINKS_MAX; i++) {
        match = look_up(zone, name, TYPE_A);
        if (match.kind != ZONE_MATCH_ALIAS || match.first == alias)
            return match.kind == ZONE_MATCH_ALIAS;
        if (name_compare(match.first->owner, alias->owner) < 0 ||
            !read_target(match.first, 0, name))
            return false;
    }
    return false;
}

static void judge_alias(struct looking *looking, const struct zone_rr *alias)
{
    const struct zone *zone = looking->zone;
    const struct zone_node *node = zone_find(zone, alias->owner);
    char target[NAME_TEXT];

    if (zone_first(node, TYPE_CNAME) != alias || judge_beside(looking, node, alias) ||
        !read_target(alias, 0, target))
        return;
    if (leads_back(zone, alias, target))
        meet(looking, ZONE_FLAW_ALIAS_LOOP, alias, TYPE_CNAME, target);
    else if (zone_covers(zone, target) && look_up(zone, target, TYPE_A).kind == ZONE_MATCH_NXDOMAIN)
        meet(looking, ZONE_FLAW_ALIAS_DANGLING, alias, TYPE_CNAME, target);
}

/* ---- targets ---- */

static bool has_addresses(const struct zone *zone, const char *name)
{
    const struct zone_node *node = zone_find(zone, name);

    return node && (zone_first(node, TYPE_A) || zone_first(node, TYPE_AAAA));
}

/* Has the name no address, as the zone alone decides? An alias is another fault. Servers of a
 * delegation that are named below it need their addresses here (RFC 1034 4.2.1). */
static bool lacks_address(const struct zone *zone, const struct zone_rr *rr, const char *target)
{
    struct zone_match match;

    if (!zone_covers(zone, target) || has_addresses(zone, target))
        return false;
    match = look_up(zone, target, TYPE_A);
    if (match.kind == ZONE_MATCH_DELEGATED)
        return rr->type == TYPE_NS && match.cut && strcmp(match.cut, rr->owner) == 0;
    return match.kind == ZONE_MATCH_NXDOMAIN ||
           (match.kind == ZONE_MATCH_NODATA &&
            look_up(zone, target, TYPE_AAAA).kind == ZONE_MATCH_NODATA);
}

/* Is the record one that the zone answers or refers with? */
static bool is_served(const struct zone *zone, const struct zone_rr *rr)
{
    const char *cut = zone_cut(zone, rr->owner);

    return zone_covers(zone, rr->owner) &&
           (!cut || (rr->type == TYPE_NS && strcmp(cut, rr->owner) == 0));
}

static void judge_target(struct looking *looking, const struct zone_rr *rr, size_t offset)
{
    char target[NAME_TEXT];

    if (read_target(rr, offset, target) && !name_is_root(target) &&
        lacks_address(looking->zone, rr, target) && is_served(looking->zone, rr))
        meet(looking, ZONE_FLAW_NO_ADDRESS, rr, rr->type, target);
}

/* ---- the whole ---- */

static void judge_record(struct looking *looking, const struct zone_rr *rr)
{
    if (rr->type == TYPE_CNAME)
        judge_alias(looking, rr);
    else if (rr->type == TYPE_NS)
        judge_target(looking, rr, 0);
    else if (rr->type == TYPE_MX)
        judge_target(looking, rr, 2);
    else if (rr->type == TYPE_SRV)
        judge_target(looking, rr, 6);
}

static void look_through(struct looking *looking, bool partial)
{
    const char *owner = NULL;

    memset(looking->seen, 0, sizeof looking->seen);
    if (!zone_apex(looking->zone) && !partial)
        meet(looking, ZONE_FLAW_NO_SOA, NULL, TYPE_SOA, NULL);
    for (size_t i = 0; i < zone_record_count(looking->zone); i++) {
        const struct zone_rr *rr = zone_rr_at(looking->zone, i);
        if (rr->owner != owner)
            judge_owner(looking, rr);
        owner = rr->owner;
        judge_record(looking, rr);
    }
}

struct zone_flaws zone_flaws_find(struct zone *const *zones, size_t count, bool partial,
                                  struct arena *arena)
{
    struct looking looking = {.arena = arena};
    struct zone_flaw *list;

    for (size_t i = 0; i < count; i++) {
        looking.zone = zones[i];
        if (!zone_server(zones[i]).family)
            look_through(&looking, partial);
    }
    list = arena_alloc(arena, looking.count, sizeof *list);
    if (looking.count)
        memcpy(list, looking.list, looking.count * sizeof *list);
    free(looking.list);
    return (struct zone_flaws){list, looking.count};
}
