/* Targets and owners that lack their last dot. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/record_set.h"
#include "policy/setup/setup.h"

#include <stdio.h>
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

/* Is there no such host, or none that the files know? */
static bool is_nowhere(const struct reply *reply)
{
    return reply && reply->alias_count == 0 &&
           (reply->outcome == OUTCOME_NXDOMAIN || reply->outcome == OUTCOME_NOT_IN_FILE);
}

const char *setup_overdotted(const struct setup *setup, const char *target,
                             const struct host_addresses *replies, struct arena *arena,
                             bool *complete)
{
    static const uint16_t types[] = {TYPE_A, TYPE_AAAA};

    if (name_labels(target) != 1 || !is_nowhere(replies->a) || !is_nowhere(replies->aaaa))
        return NULL;
    for (size_t i = 0; i < 2; i++) {
        const struct reply *reply = find_below(setup, target, types[i], complete);

        if (!reply)
            return NULL;
        if (is_answered(reply) && !is_by_wildcard(setup, reply, arena, complete))
            return arena_dup(arena, reply->question.name);
    }
    return NULL;
}

const char *setup_overdotted_alias(const struct setup *setup, const struct reply *reply,
                                   struct arena *arena, bool *complete)
{
    const struct reply *below;

    if (!reply || reply->alias_count == 0 || name_is_within(reply->canonical, zone_of(setup)) ||
        (reply->outcome != OUTCOME_NXDOMAIN && reply->outcome != OUTCOME_NOT_IN_FILE))
        return NULL;
    below = find_below(setup, reply->canonical, reply->question.type, complete);
    if (!is_answered(below) || is_by_wildcard(setup, below, arena, complete))
        return NULL;
    return arena_dup(arena, below->question.name);
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

/* "dmarc.example.com." for "_dmarc.example.com."; false when there is no underscore. */
static bool unmark(const char *name, char unmarked[NAME_TEXT])
{
    size_t length = 0;

    for (size_t i = 0; i <= strlen(name); i++)
        if (name[i] != '_' || (i > 0 && name[i - 1] != '.'))
            unmarked[length++] = name[i];
    return strcmp(unmarked, name) != 0;
}

/* "_tls._smtp.example.com." for "_smtp._tls.example.com."; false unless one of the first two labels
 * has an underscore and more follow. */
static bool turn(const char *name, char turned[NAME_TEXT])
{
    const char *second = name_parent(name),
               *rest = name_labels(name) > 3 ? name_parent(second) : NULL;

    if (!rest || second[0] != '_')
        return false;
    snprintf(turned, NAME_TEXT, "%.*s%.*s%s", (int)(rest - second), second, (int)(second - name),
             name, rest);
    return true;
}

/* "_dmarc._dmarc.example.com." for "_dmarc.example.com." */
static bool repeat(const char *name, char repeated[NAME_TEXT])
{
    const char *rest = name_parent(name);

    return name[0] == '_' && strlen(name) + (size_t)(rest - name) < NAME_TEXT &&
           snprintf(repeated, NAME_TEXT, "%.*s%s", (int)(rest - name), name, name) > 0;
}

/* What stands at such a name, unless an alias or a wildcard says so. */
static const struct reply *at_other(const struct setup *setup, const char *name, uint16_t type,
                                    struct arena *arena, bool *complete)
{
    const struct reply *reply = lookup_find(setup->view->lookup, name, type);

    *complete &= reply != NULL;
    return is_answered(reply) && reply->alias_count == 0 &&
                   !is_by_wildcard(setup, reply, arena, complete)
               ? reply
               : NULL;
}

static const struct reply *find_misplaced(const struct setup *setup, const char *owner,
                                          uint16_t type, struct arena *arena,
                                          enum misplacement last, enum misplacement *how,
                                          bool *complete)
{
    static bool (*const ways[])(const char *, char *) = {
        [MISPLACED_UNMARKED] = unmark, [MISPLACED_TURNED] = turn, [MISPLACED_REPEATED] = repeat};
    bool known = true;
    const struct reply *reply = setup_doubled(setup, owner, type, arena, &known);
    char name[NAME_TEXT];

    *how = MISPLACED_DOUBLED;
    /* One after the other, so that what is asked does not depend on what is answered first. */
    for (int i = MISPLACED_UNMARKED; !reply && known && i <= (int)last; i++) {
        *how = (enum misplacement)i;
        if (ways[i](owner, name))
            reply = at_other(setup, name, type, arena, &known);
    }
    *complete &= known;
    return known ? reply : NULL;
}

const struct reply *setup_misplaced(const struct setup *setup, const char *owner, uint16_t type,
                                    struct arena *arena, enum misplacement *how, bool *complete)
{
    return find_misplaced(setup, owner, type, arena,
                          setup->view->zone_files ? MISPLACED_REPEATED : MISPLACED_DOUBLED, how,
                          complete);
}

const struct record *setup_misplaced_text(const struct setup *setup, const char *owner,
                                          enum near_kind kind, struct arena *arena,
                                          enum misplacement *how, bool *complete)
{
    const struct record *record = setup_text_at_apex(setup, kind);

    *how = MISPLACED_APEX;
    if (record)
        return record;
    return setup_text_of_kind(
        find_misplaced(setup, owner, TYPE_TXT, arena,
                       setup->view->zone_files ? MISPLACED_REPEATED : MISPLACED_UNMARKED, how,
                       complete),
        kind, arena);
}
