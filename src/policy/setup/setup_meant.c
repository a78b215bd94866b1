/* Targets and owners that lack their last dot. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/record_set.h"
#include "policy/setup/setup.h"

#include <string.h>

/* A host name that could stand by itself: its last label is one of letters. */
static bool is_whole(const char *name)
{
    const char *top = name_suffix(name, 1);

    if (name_labels(name) < 2 || !name_is_host(name) || strlen(top) < 3)
        return false;
    return strspn(top, "abcdefghijklmnopqrstuvwxyz") == strlen(top) - 1 ||
           strncmp(top, "xn--", 4) == 0;
}

static bool is_answered(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED;
}

static const char *zone_of(const struct setup *setup)
{
    const struct authority *authority = setup->authority;

    return authority && authority->zone ? authority->zone : setup->view->domain;
}

const char *setup_meant(const struct setup *setup, const char *target, struct arena *arena,
                        bool *complete)
{
    const char *zone = zone_of(setup);
    size_t behind = strlen(zone), length = strlen(target);
    struct host_addresses replies;
    char *meant;

    if (!name_is_within(target, zone) || length <= behind)
        return NULL;
    meant = arena_dup_bytes(arena, target, length - behind);
    if (!is_whole(meant))
        return NULL;
    replies = lookup_addresses(setup->view->lookup, meant);
    *complete &= replies.a && replies.aaaa;
    return is_answered(replies.a) || is_answered(replies.aaaa) ? meant : NULL;
}

/* Two-letter and well-known top-level domains, in front of which stand two labels or more. */
static bool ends_in_top_level(const char *name)
{
    static const char *const known[] = {"com.",  "net.",   "org.",  "info.",
                                        "test.", "email.", "cloud."};
    const char *top = name_suffix(name, 1);

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(top, known[i]) == 0)
            return true;
    return strlen(top) == 3 && strspn(top, "abcdefghijklmnopqrstuvwxyz") == 2;
}

const char *setup_undotted(const struct setup *setup, const char *target, struct arena *arena)
{
    const char *zone = zone_of(setup);
    size_t behind = strlen(zone), length = strlen(target);
    char *likely;

    if (!name_is_within(target, zone) || length <= behind)
        return NULL;
    likely = arena_dup_bytes(arena, target, length - behind);
    return name_labels(likely) >= 3 && ends_in_top_level(likely) ? likely : NULL;
}

/* ---- owners ---- */

/* The answer at the name that is `name`, taken for a relative one, in the zone. */
static const struct reply *find_below(const struct setup *setup, const char *name, uint16_t type,
                                      bool *complete)
{
    char prefix[NAME_TEXT], below[NAME_TEXT];
    const struct reply *reply;
    size_t length = strlen(name);

    memcpy(prefix, name, length + 1);
    if (length > 1 && prefix[length - 1] == '.')
        prefix[length - 1] = '\0';
    if (name_join(prefix, zone_of(setup), below) != STATUS_OK)
        return NULL;
    reply = lookup_find(setup->view->lookup, below, type);
    *complete &= reply != NULL;
    return reply;
}

/* All such names are below the zone's own name in the zone: where that is not, they are not (RFC
 * 8020). */
static bool has_doubled_names(const struct setup *setup, bool *complete)
{
    const struct reply *reply = find_below(setup, zone_of(setup), TYPE_TXT, complete);

    return reply && reply->outcome != OUTCOME_NXDOMAIN && !outcome_is_temporary(reply->outcome) &&
           reply->alias_count == 0;
}

/* Does a name nobody chose say the same? */
static bool is_by_wildcard(const struct setup *setup, const struct reply *reply,
                           struct arena *arena, bool *complete)
{
    const struct reply *nobody =
        setup->view->probe ? find_below(setup, setup->view->probe, reply->question.type, complete)
                           : NULL;

    return !setup->view->probe || !nobody || record_sets_equal(arena, reply, nobody);
}

const struct reply *setup_doubled(const struct setup *setup, const char *name, uint16_t type,
                                  struct arena *arena, bool *complete)
{
    const struct reply *reply;

    if (!name_is_within(name, zone_of(setup)) || !has_doubled_names(setup, complete))
        return NULL;
    reply = find_below(setup, name, type, complete);
    if (!is_answered(reply) || reply->alias_count > 0 ||
        is_by_wildcard(setup, reply, arena, complete))
        return NULL;
    return reply;
}

const struct record *setup_text_of_kind(const struct reply *reply, enum near_kind kind,
                                        struct arena *arena)
{
    struct near_miss miss;

    for (size_t i = 0; reply && i < reply->record_count; i++)
        if (near_miss_is_good(kind, reply->records[i]->txt.joined) ||
            near_miss_of(arena, kind, reply->records[i], &miss))
            return reply->records[i];
    return NULL;
}

const struct record *setup_text_at_apex(const struct setup *setup, enum near_kind kind)
{
    const struct reply *reply = setup->spf && kind != NEAR_SPF ? setup->spf->root->reply : NULL;

    for (size_t i = 0; reply && i < reply->record_count; i++)
        if (near_miss_is_good(kind, reply->records[i]->txt.joined))
            return reply->records[i];
    return NULL;
}

const struct record *setup_doubled_text(const struct setup *setup, const char *name,
                                        enum near_kind kind, struct arena *arena, bool *complete)
{
    return setup_text_of_kind(setup_doubled(setup, name, TYPE_TXT, arena, complete), kind, arena);
}

const struct record *setup_unmarked_text(const struct setup *setup, const char *name,
                                         enum near_kind kind, struct arena *arena, bool *complete)
{
    char unmarked[NAME_TEXT];
    const struct reply *reply;
    size_t length = 0;

    for (size_t i = 0; i <= strlen(name); i++)
        if (name[i] != '_' || (i > 0 && name[i - 1] != '.'))
            unmarked[length++] = name[i];
    if (strcmp(unmarked, name) == 0)
        return NULL;
    reply = lookup_find(setup->view->lookup, unmarked, TYPE_TXT);
    *complete &= reply != NULL;
    return is_answered(reply) && reply->alias_count == 0 ? setup_text_of_kind(reply, kind, arena)
                                                         : NULL;
}
