#include "dns/zone/zone_lookup.h"

#include "dns/name.h"
#include "dns/type.h"

#include <string.h>

static const struct zone *choose_by_apex(const struct zone *const *zones, size_t count,
                                         const char *name, bool above)
{
    const struct zone *best = NULL;
    size_t most = 0;

    for (size_t i = 0; i < count; i++) {
        const char *apex = zone_apex(zones[i]);
        if (!zone_covers(zones[i], name) || (above && strcmp(apex, name) == 0))
            continue;
        if (!best || name_labels(apex) > most) {
            best = zones[i];
            most = name_labels(apex);
        }
    }
    return best;
}

static const struct zone *choose_by_owner(const struct zone *const *zones, size_t count,
                                          const char *name)
{
    const struct zone *by_wildcard = NULL;

    for (size_t i = 0; i < count; i++) {
        if (zone_covers(zones[i], name) || !zone_knows(zones[i], name))
            continue;
        if (zone_find(zones[i], name))
            return zones[i];
        by_wildcard = by_wildcard ? by_wildcard : zones[i];
    }
    return by_wildcard;
}

const struct zone *zone_choose(const struct zone *const *zones, size_t count, const char *name,
                               uint16_t type)
{
    const struct zone *owner = choose_by_owner(zones, count, name);
    const struct zone *zone = NULL;

    if (type == TYPE_DS)
        zone = choose_by_apex(zones, count, name, true);
    if (!zone)
        zone = choose_by_apex(zones, count, name, false);
    return !zone || (owner && zone_cut(zone, name)) ? owner : zone;
}

static struct zone_match match_at(const struct zone_node *node, uint16_t type)
{
    struct zone_match match = {.kind = ZONE_MATCH_RECORDS, .first = zone_first(node, type)};

    if (match.first)
        return match;
    match.first = zone_first(node, TYPE_CNAME);
    match.kind = match.first ? ZONE_MATCH_ALIAS : ZONE_MATCH_NODATA;
    return match;
}

/* A DNAME strictly above the name, the topmost first, as the walk down from the apex meets it. */
static const struct zone_rr *find_redirect(const struct zone *zone, const char *name)
{
    size_t labels = name_labels(name);

    for (size_t i = name_labels(zone_apex(zone)); i < labels; i++) {
        const struct zone_node *node = zone_find(zone, name_suffix(name, i));
        const struct zone_rr *redirect = node ? zone_first(node, TYPE_DNAME) : NULL;
        if (redirect)
            return redirect;
    }
    return NULL;
}

/* The wildcard below the closest encloser (RFC 4592 3.3.1). */
static struct zone_match match_wildcard(const struct zone *zone, const char *name, uint16_t type)
{
    char wildcard[NAME_TEXT];
    const struct zone_node *node = NULL;

    do {
        name = name_parent(name);
    } while (!zone_find(zone, name));
    if (name_join("*", name, wildcard) == STATUS_OK)
        node = zone_find(zone, wildcard);
    return node ? match_at(node, type) : (struct zone_match){.kind = ZONE_MATCH_NXDOMAIN};
}

struct zone_match zone_lookup(const struct zone *zone, const char *name, uint16_t type)
{
    const struct zone_node *node = zone_find(zone, name);
    const struct zone_rr *redirect;
    const char *cut;

    if (!zone_covers(zone, name))
        return match_at(zone_outside(zone, name), type);
    cut = zone_cut(zone, name);
    if (cut && !(type == TYPE_DS && strcmp(cut, name) == 0))
        return (struct zone_match){.kind = ZONE_MATCH_DELEGATED, .cut = cut};
    redirect = find_redirect(zone, name);
    if (redirect)
        return (struct zone_match){.kind = ZONE_MATCH_REDIRECT, .first = redirect};
    return node ? match_at(node, type) : match_wildcard(zone, name, type);
}
