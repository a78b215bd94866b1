/* Who is in the names of a directory. */
#include "base/array.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/directory/directory_build.h"
#include "policy/servers/exchanges.h"

#include <stdlib.h>
#include <string.h>

struct meeting {
    struct directory *directory;
    const struct directory_view *view;
    struct arena *arena;
    struct directory_host *hosts; /* on the heap while it grows */
    size_t count, capacity;
};

static struct host_addresses addresses_of(struct meeting *meeting, const char *name)
{
    struct host_addresses replies = lookup_addresses(meeting->view->lookup, name);

    meeting->directory->complete &= replies.a && replies.aaaa;
    return replies;
}

static const char *canonical(const struct host_addresses *replies, const char *name)
{
    if (replies->a && replies->a->alias_count)
        return replies->a->canonical;
    return replies->aaaa && replies->aaaa->alias_count ? replies->aaaa->canonical : name;
}

/* Of the target of a record: its index. */
static size_t meet(struct meeting *meeting, const char *target)
{
    struct host_addresses replies;
    struct directory_host host = {0};

    for (size_t i = 0; i < meeting->count; i++)
        if (strcmp(meeting->hosts[i].name, target) == 0)
            return i;
    replies = addresses_of(meeting, target);
    host.name = arena_dup(meeting->arena, canonical(&replies, target));
    for (size_t i = 0; i < meeting->count; i++)
        if (strcmp(meeting->hosts[i].name, host.name) == 0)
            return i;
    host.replies = replies;
    ARRAY_PUSH(meeting->hosts, meeting->count, meeting->capacity, host);
    return meeting->count - 1;
}

static void meet_targets(struct meeting *meeting, struct directory_name *name)
{
    char host[NAME_TEXT];

    if (!directory_answered(name->reply) || name->rule->type == TYPE_A)
        return;
    name->entries = arena_alloc(meeting->arena, name->reply->record_count, sizeof *name->entries);
    for (size_t i = 0; i < name->reply->record_count; i++) {
        const struct record *record = name->reply->records[i];
        const char *target = record_target(record);
        if (record->type == TYPE_URI && directory_uri_host(record, host))
            target = host;
        if (!target || name_is_root(target))
            continue;
        name->entries[name->entry_count++] =
            (struct directory_entry){record, meet(meeting, target)};
    }
}

static void meet_alias(struct meeting *meeting, struct directory_alias *alias)
{
    const struct record *record;

    if (!alias->reply || !alias->reply->record_count)
        return;
    record = alias->reply->records[0];
    if (record->type == TYPE_CNAME)
        alias->host = meet(meeting, record->target);
}

/* ---- in order of their names ---- */

static int compare_hosts(const void *a, const void *b)
{
    const struct directory_host *left = a, *right = b;

    return name_compare(left->name, right->name);
}

static size_t place_of(const struct directory *directory, const char *name)
{
    return (size_t)(directory_host(directory, name) - directory->hosts);
}

/* Takes the list over; entries and aliases point into the old order. */
static void keep_sorted(struct meeting *meeting)
{
    struct directory *directory = meeting->directory;
    size_t size = meeting->count * sizeof *meeting->hosts;

    directory->hosts = arena_alloc(meeting->arena, meeting->count, sizeof *meeting->hosts);
    directory->host_count = meeting->count;
    if (size)
        memcpy(directory->hosts, meeting->hosts, size);
    qsort(directory->hosts, meeting->count, sizeof *directory->hosts, compare_hosts);
    for (size_t i = 0; i < directory->name_count; i++)
        for (size_t k = 0; k < directory->names[i].entry_count; k++) {
            size_t *host = &directory->names[i].entries[k].host;
            *host = place_of(directory, meeting->hosts[*host].name);
        }
    for (size_t i = 0; i < directory->alias_count; i++)
        if (directory->aliases[i].host != SIZE_MAX)
            directory->aliases[i].host =
                place_of(directory, meeting->hosts[directory->aliases[i].host].name);
    free(meeting->hosts);
}

/* ---- addresses ---- */

static enum directory_standing standing_of(const struct host_addresses *replies)
{
    if (directory_answered(replies->a) || directory_answered(replies->aaaa))
        return STANDING_THERE;
    if (!replies->a || !replies->aaaa)
        return STANDING_WAITING;
    if (outcome_is_temporary(replies->a->outcome) || outcome_is_temporary(replies->aaaa->outcome) ||
        replies->a->outcome == OUTCOME_NOT_ASKED || replies->aaaa->outcome == OUTCOME_NOT_ASKED)
        return STANDING_FAILED;
    return STANDING_GONE;
}

static const struct record *record_of(const struct directory_name *name,
                                      const struct address *address)
{
    const struct reply *reply = address->family == 6 ? name->aaaa : name->reply;

    return directory_answered(reply) ? reply_address(reply, address) : NULL;
}

/* A host is in a set of addresses when one of its own is. */
static void meet_addresses(struct meeting *meeting, struct directory_name *name)
{
    struct directory *directory = meeting->directory;

    if (name->rule->type != TYPE_A)
        return;
    name->entries = arena_alloc(meeting->arena, directory->host_count, sizeof *name->entries);
    for (size_t i = 0; i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        const struct record *record = NULL;
        for (size_t k = 0; k < host->address_count && !record; k++)
            record = record_of(name, &host->addresses[k]);
        if (record)
            name->entries[name->entry_count++] = (struct directory_entry){record, i};
    }
}

void directory_meet_hosts(struct directory *directory, const struct directory_view *view,
                          struct arena *arena)
{
    struct meeting meeting = {directory, view, arena, NULL, 0, 0};

    for (size_t i = 0; i < directory->name_count; i++)
        meet_targets(&meeting, &directory->names[i]);
    for (size_t i = 0; i < directory->alias_count; i++)
        meet_alias(&meeting, &directory->aliases[i]);
    keep_sorted(&meeting);
    for (size_t i = 0; i < directory->host_count; i++) {
        struct directory_host *host = &directory->hosts[i];
        host->standing = standing_of(&host->replies);
        host->addresses = exchange_host_addresses(arena, host->replies, &host->address_count);
    }
    for (size_t i = 0; i < directory->name_count; i++)
        meet_addresses(&meeting, &directory->names[i]);
}
