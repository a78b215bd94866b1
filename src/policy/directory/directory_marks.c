/* What each server of a directory is, by the names it is in, and which it should be in. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/directory/directory_build.h"

#include <string.h>

static bool is_catalog(enum directory_id id)
{
    return id == DIRECTORY_GC || id == DIRECTORY_GC_MSDCS || id == DIRECTORY_SITE_GC ||
           id == DIRECTORY_SITE_GC_MSDCS;
}

static size_t site_of(const struct directory *directory, const char *place)
{
    for (size_t i = 0; i < directory->site_count; i++)
        if (strcmp(directory->sites[i].name, place) == 0)
            return i;
    return SIZE_MAX;
}

static void learn_roles(struct directory *directory, const struct directory_name *name)
{
    for (size_t i = 0; i < name->entry_count; i++) {
        struct directory_host *host = &directory->hosts[name->entries[i].host];
        size_t site = name->place ? site_of(directory, name->place) : SIZE_MAX;

        if (name->rule->type == TYPE_A)
            continue;
        host->global_catalog |= is_catalog(name->rule->id);
        host->primary |= name->rule->id == DIRECTORY_PDC;
        host->own |= !name->rule->forest && name->rule->holder != HOLDER_SOME;
        host->generic |= !name->rule->read_only && name->rule->holder != HOLDER_SOME;
        if (site != SIZE_MAX)
            host->sites[site] = true;
    }
}

/* Global catalogs of a forest stand together below its root, those of other domains, too. */
static void learn_kind(const struct directory *directory, struct directory_host *host)
{
    if (directory->kind != DIRECTORY_AD)
        return;
    host->elsewhere = !host->own && strcmp(name_parent(host->name), directory->domain) != 0;
    host->generic = host->generic && !host->elsewhere;
    for (size_t i = 0; i < directory->site_count && !host->elsewhere; i++)
        host->read_only |= host->sites[i] && !host->generic;
}

/* ---- priority and weight ---- */

static bool has_rank(const struct directory_name *name, const struct record *record)
{
    return record->type == TYPE_SRV && name->rule->scope != SCOPE_LOCATION;
}

static bool is_rank(const struct record *record, uint16_t priority, uint16_t weight)
{
    return record->srv.priority == priority && record->srv.weight == weight;
}

struct ranks { /* of one host: by a vote of its records (Boyer and Moore) */
    size_t lead;
};

static void learn_ranks(struct directory *directory, struct arena *arena)
{
    struct ranks *ranks = arena_alloc(arena, directory->host_count + 1, sizeof *ranks);

    for (size_t i = 0; i < directory->name_count; i++)
        for (size_t k = 0; k < directory->names[i].entry_count; k++) {
            const struct directory_entry *entry = &directory->names[i].entries[k];
            struct directory_host *host = &directory->hosts[entry->host];
            size_t *lead = &ranks[entry->host].lead;
            if (!has_rank(&directory->names[i], entry->record))
                continue;
            if (*lead == 0) {
                host->priority = entry->record->srv.priority;
                host->weight = entry->record->srv.weight;
            }
            host->ranked = true;
            *lead += is_rank(entry->record, host->priority, host->weight) ? 1 : (size_t)-1;
        }
}

/* ---- marks ---- */

static bool are_family(enum directory_id a, enum directory_id b)
{
    static const unsigned char families[DIRECTORY_IDS] = {
        [DIRECTORY_DOMAIN_ZONES] = 1,
        [DIRECTORY_DOMAIN_ZONES_ADDRESS] = 1,
        [DIRECTORY_SITE_DOMAIN_ZONES] = 1,
        [DIRECTORY_FOREST_ZONES] = 2,
        [DIRECTORY_FOREST_ZONES_ADDRESS] = 2,
        [DIRECTORY_SITE_FOREST_ZONES] = 2,
        [DIRECTORY_TRUST_DC] = 3,
        [DIRECTORY_TRUST_KDC_TCP] = 3,
        [DIRECTORY_TRUST_KDC_UDP] = 3,
        [DIRECTORY_TRUST_SITE_DC] = 3,
        [DIRECTORY_TRUST_SITE_KDC_TCP] = 3,
        [DIRECTORY_TRUST_SITE_KDC_UDP] = 3,
    };

    return families[a] && families[a] == families[b];
}

/* Does it hold what the name is about, as another name says? */
static bool holds_some(const struct directory *directory, enum directory_id id, size_t host)
{
    for (size_t i = 0; i < directory->name_count; i++)
        if (are_family(id, directory->names[i].rule->id) &&
            directory_record(directory, &directory->names[i], host))
            return true;
    return false;
}

static bool is_holder(const struct directory *directory, const struct directory_rule *rule,
                      size_t host)
{
    switch (rule->holder) {
    case HOLDER_ALL:
        return true;
    case HOLDER_GC:
        return directory->hosts[host].global_catalog;
    case HOLDER_SOME:
        return holds_some(directory, rule->id, host);
    default:
        return false;
    }
}

static bool is_expected(const struct directory *directory, const struct directory_name *name,
                        size_t place)
{
    const struct directory_host *host = &directory->hosts[place];

    if (host->standing != STANDING_THERE || (host->read_only && !name->rule->read_only))
        return false;
    if (host->elsewhere && (!name->rule->forest || name->rule->scope == SCOPE_GUID))
        return false;
    if (name->rule->scope == SCOPE_SITE && !host->sites[site_of(directory, name->place)])
        return false;
    return is_holder(directory, name->rule, place);
}

/* Of a name that is not known, or whose lookup ended otherwise than with a clear answer. */
static bool is_unclear(const struct directory_name *name, enum directory_mark *mark)
{
    *mark = MARK_WAITING;
    if (!name->owner || (name->reply && name->reply->outcome == OUTCOME_NOT_ASKED))
        *mark = MARK_UNASKED;
    else if (name->reply && outcome_is_temporary(name->reply->outcome))
        *mark = MARK_FAILED;
    else if (name->reply)
        return false;
    return true;
}

static enum directory_mark mark_alias(const struct directory *directory,
                                      const struct directory_name *name, size_t host)
{
    bool known = false;

    for (size_t i = 0; i < directory->alias_count; i++) {
        known |= directory->aliases[i].host != SIZE_MAX;
        if (directory->aliases[i].host == host)
            return directory->hosts[host].standing == STANDING_GONE ? MARK_GONE : MARK_THERE;
    }
    if (!is_expected(directory, name, host))
        return MARK_NONE;
    return known ? MARK_MISSING : MARK_UNASKED;
}

static enum directory_mark mark_of(const struct directory *directory,
                                   const struct directory_name *name, size_t place)
{
    const struct directory_host *host = &directory->hosts[place];
    const struct record *record = directory_record(directory, name, place);
    enum directory_mark unclear;

    if (name->rule->scope == SCOPE_DSA)
        return mark_alias(directory, name, place);
    if (!record && !is_expected(directory, name, place))
        return MARK_NONE;
    if (is_unclear(name, &unclear))
        return unclear;
    if (!record)
        return MARK_MISSING;
    if (host->standing == STANDING_GONE)
        return MARK_GONE;
    return has_rank(name, record) && !is_rank(record, host->priority, host->weight) ? MARK_DIFFERS
                                                                                    : MARK_THERE;
}

static void mark_name(struct directory *directory, size_t place)
{
    struct directory_name *name = &directory->names[place];

    for (size_t i = 0; i < directory->host_count; i++) {
        enum directory_mark mark = mark_of(directory, name, i);
        directory->hosts[i].marks[place] = mark;
        name->there += mark == MARK_THERE || mark == MARK_DIFFERS;
        name->expected += mark != MARK_NONE && mark != MARK_GONE;
    }
}

void directory_mark_hosts(struct directory *directory, struct arena *arena)
{
    for (size_t i = 0; i < directory->host_count; i++) {
        struct directory_host *host = &directory->hosts[i];
        host->marks = arena_alloc(arena, directory->name_count, sizeof *host->marks);
        host->sites = arena_alloc(arena, directory->site_count + 1, sizeof *host->sites);
    }
    for (size_t i = 0; i < directory->name_count; i++)
        learn_roles(directory, &directory->names[i]);
    for (size_t i = 0; i < directory->host_count; i++)
        learn_kind(directory, &directory->hosts[i]);
    learn_ranks(directory, arena);
    for (size_t i = 0; i < directory->name_count; i++)
        mark_name(directory, i);
}
