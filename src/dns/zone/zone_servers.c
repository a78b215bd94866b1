/* Who serves a zone, as far as zone files say. */
#include "dns/name.h"
#include "dns/type.h"
#include "dns/zone/zone.h"
#include "dns/zone/zone_store.h"

#include <string.h>

static bool has_address(const struct zone *zone, const char *host, const struct address *address)
{
    uint16_t type = address->family == 6 ? TYPE_AAAA : TYPE_A;
    size_t octets = address->family == 6 ? 16 : 4;
    const struct zone_node *node = zone_find(zone, host);

    for (const struct zone_rr *rr = node ? zone_first(node, type) : NULL; rr;
         rr = zone_following(rr, type))
        if (rr->length == octets && memcmp(rr->rdata, address->bytes, octets) == 0)
            return true;
    return false;
}

static bool is_named(const struct zone *const *zones, size_t count, const struct zone_rr *ns,
                     const struct address *server)
{
    char host[NAME_TEXT];
    size_t used;

    if (!name_from_wire(ns->rdata, ns->length, host, &used))
        return false;
    for (size_t i = 0; i < count; i++)
        if (has_address(zones[i], host, server))
            return true;
    return false;
}

bool zone_is_served_by(const struct zone *const *zones, size_t count, const char *apex,
                       const struct address *server)
{
    for (size_t i = 0; i < count; i++) {
        const struct zone_node *node = zone_find(zones[i], apex);

        for (const struct zone_rr *ns = node ? zone_first(node, TYPE_NS) : NULL; ns;
             ns = zone_following(ns, TYPE_NS))
            if (is_named(zones, count, ns, server))
                return true;
    }
    return false;
}
