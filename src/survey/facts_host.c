#include "survey/facts_host.h"

#include "base/hash.h"
#include "dns/type.h"

#include <string.h>

struct entry {
    struct host host;
    struct address_row *rows; /* host.addresses */
    UT_hash_handle hh;
};

struct hosts {
    struct arena *arena;
    const struct lookup *lookup;
    struct entry *entries; /* uthash keeps them in the order added */
};

struct hosts *hosts_new(struct arena *arena, const struct lookup *lookup)
{
    struct hosts *hosts = arena_alloc(arena, 1, sizeof *hosts);

    hosts->arena = arena;
    hosts->lookup = lookup;
    return hosts;
}

void hosts_clear(struct hosts *hosts)
{
    HASH_CLEAR(hh, hosts->entries);
}

bool host_outcome_of(const struct reply *const *replies, size_t count, enum outcome *outcome)
{
    static const enum outcome by_weight[] = {
        OUTCOME_ANSWERED,
        OUTCOME_MALFORMED,
        OUTCOME_NO_MATCH,
        OUTCOME_UNTRUSTED,
        OUTCOME_NO_TLS,
        OUTCOME_CONNECTION_RESET,
        OUTCOME_CONNECTION_REFUSED,
        OUTCOME_UNREACHABLE,
        OUTCOME_TIMEOUT,
        OUTCOME_SERVFAIL,
        OUTCOME_REFUSED,
        OUTCOME_NOT_ASKED,
        OUTCOME_NOT_IN_FILE,
        OUTCOME_NODATA,
        OUTCOME_NXDOMAIN,
        OUTCOME_INVALID,
    };

    for (size_t w = 0; w < sizeof by_weight / sizeof *by_weight; w++)
        for (size_t i = 0; i < count; i++)
            if (replies[i] && replies[i]->outcome == by_weight[w]) {
                *outcome = by_weight[w];
                return true;
            }
    return false;
}

static bool came_along(const struct record *record, const struct reply *parent)
{
    for (size_t i = 0; parent && i < parent->additional.count; i++) {
        const struct record *other = &parent->additional.records[i];
        if (other->type == record->type && strcmp(other->owner, record->owner) == 0 &&
            address_equal(&other->address, &record->address))
            return true;
    }
    return false;
}

static size_t add_asked(struct address_row *rows, size_t count, const struct reply *reply,
                        const struct reply *parent)
{
    for (size_t i = 0; reply && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        rows[count++] = (struct address_row){
            .record = record, .reply = reply, .came_along = came_along(record, parent)};
    }
    return count;
}

/* Addresses that came along with `parent`, for a lookup that has not ended. Without rows they are
 * only counted. */
static size_t add_additional(struct address_row *rows, size_t count, const char *name,
                             uint16_t type, const struct reply *parent)
{
    for (size_t i = 0; parent && i < parent->additional.count; i++) {
        const struct record *record = &parent->additional.records[i];
        if (record->type != type || strcmp(record->owner, name) != 0)
            continue;
        if (rows)
            rows[count] = (struct address_row){
                .record = record, .reply = parent, .additional = true, .came_along = true};
        count++;
    }
    return count;
}

static size_t count_addresses(const struct host *host, const struct reply *parent)
{
    size_t count =
        host->a ? host->a->record_count : add_additional(NULL, 0, host->name, TYPE_A, parent);

    return host->aaaa ? count + host->aaaa->record_count
                      : add_additional(NULL, count, host->name, TYPE_AAAA, parent);
}

static struct address_row *set_addresses(struct hosts *hosts, struct host *host,
                                         const struct reply *parent)
{
    struct address_row *rows =
        arena_alloc(hosts->arena, count_addresses(host, parent), sizeof *rows);
    size_t count = host->a ? add_asked(rows, 0, host->a, parent)
                           : add_additional(rows, 0, host->name, TYPE_A, parent);

    host->address_count = host->aaaa ? add_asked(rows, count, host->aaaa, parent)
                                     : add_additional(rows, count, host->name, TYPE_AAAA, parent);
    host->addresses = rows;
    return rows;
}

static const char *alias_of(const struct host *host)
{
    if (host->a && host->a->alias_count)
        return host->a->canonical;
    return host->aaaa && host->aaaa->alias_count ? host->aaaa->canonical : NULL;
}

static void look_up(struct hosts *hosts, struct entry *entry, const struct reply *parent,
                    int priority)
{
    struct host *host = &entry->host;
    struct lookup lookup = *hosts->lookup;
    struct host_addresses found;
    const struct reply *replies[2];

    lookup.priority = priority;
    found = lookup_addresses(&lookup, host->name);
    replies[0] = host->a = found.a;
    replies[1] = host->aaaa = found.aaaa;
    host->waiting = !(host->a && host->aaaa);
    host->alias_of = alias_of(host);
    if (!host_outcome_of(replies, 2, &host->outcome))
        host->outcome = OUTCOME_TIMEOUT;
    entry->rows = set_addresses(hosts, host, parent);
}

const struct host *hosts_meet(struct hosts *hosts, const char *name, const struct reply *parent,
                              int priority)
{
    struct entry *entry;

    HASH_FIND_STR(hosts->entries, name, entry);
    if (entry)
        return &entry->host;
    entry = arena_alloc(hosts->arena, 1, sizeof *entry);
    entry->host.name = name;
    HASH_ADD_KEYPTR(hh, hosts->entries, name, strlen(name), entry);
    look_up(hosts, entry, parent, priority);
    return &entry->host;
}

void hosts_reverse(struct hosts *hosts, const char *name, int priority)
{
    struct lookup lookup = *hosts->lookup;
    char reverse[ADDRESS_REVERSE_TEXT];
    struct entry *entry;

    HASH_FIND_STR(hosts->entries, name, entry);
    lookup.priority = priority;
    for (size_t i = 0; entry && i < entry->host.address_count; i++) {
        struct address_row *row = &entry->rows[i];
        if (!row->additional)
            row->ptr =
                lookup_find(&lookup, address_reverse(&row->record->address, reverse), TYPE_PTR);
    }
}

const struct host *const *hosts_list(const struct hosts *hosts, size_t *count)
{
    const struct host **list = arena_alloc(hosts->arena, HASH_COUNT(hosts->entries), sizeof *list);
    size_t n = 0;

    for (struct entry *entry = hosts->entries; entry; entry = entry->hh.next)
        list[n++] = &entry->host;
    *count = n;
    return list;
}
