/* What is asked of a directory: every name of the table, for every place that is known. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/directory/directory_build.h"

#include <string.h>
#include <strings.h>

static const char default_site[] = "Default-First-Site-Name";

struct asking {
    struct directory *directory;
    const struct directory_view *view;
    struct arena *arena;
};

static const struct reply *ask(struct asking *asking, const struct lookup *lookup, const char *name,
                               uint16_t type)
{
    const struct reply *reply = lookup_find(lookup, name, type);

    asking->directory->complete &= reply != NULL;
    return reply;
}

/* The pattern with the place in it, in front of the domain or the forest root; NULL when that is
 * too long. */
static const char *owner_of(struct asking *asking, const struct directory_rule *rule,
                            const char *place)
{
    const struct directory *directory = asking->directory;
    const char *domain = rule->forest ? directory->forest : directory->domain;
    const char *star = strchr(rule->pattern, '*');
    const char *prefix = rule->pattern;
    char name[NAME_TEXT];

    if (!*prefix)
        return domain;
    if (star)
        prefix =
            arena_format(asking->arena, "%.*s%s%s", (int)(star - prefix), prefix, place, star + 1);
    return name_join(prefix, domain, name) == STATUS_OK ? arena_dup(asking->arena, name) : NULL;
}

static void add(struct asking *asking, const struct directory_rule *rule, const char *place)
{
    struct directory *directory = asking->directory;
    struct directory_name *name = &directory->names[directory->name_count++];

    name->rule = rule;
    name->place = place;
    if (rule->scope == SCOPE_DOMAIN || place)
        name->owner = owner_of(asking, rule, place);
    if (!name->owner)
        return;
    name->reply = ask(asking, asking->view->lookup, name->owner, rule->type);
    if (rule->type == TYPE_A)
        name->aaaa = ask(asking, asking->view->lookup, name->owner, TYPE_AAAA);
}

static void add_scope(struct asking *asking, enum directory_scope scope, const char *place)
{
    for (int id = 0; id < DIRECTORY_IDS; id++) {
        const struct directory_rule *rule = directory_rule((enum directory_id)id);
        if (rule->scope == scope && rule->kinds & 1u << asking->directory->kind)
            add(asking, rule, place);
    }
}

/* ---- places ---- */

static void add_site(struct asking *asking, struct directory_place *sites, const char *name,
                     bool guessed)
{
    struct directory *directory = asking->directory;

    for (size_t i = 0; i < directory->site_count; i++)
        if (strcasecmp(sites[i].name, name) == 0)
            return;
    sites[directory->site_count++] = (struct directory_place){name, guessed};
}

static void find_sites(struct asking *asking)
{
    struct directory *directory = asking->directory;
    const struct directory_view *view = asking->view;
    struct directory_place *sites =
        arena_alloc(asking->arena, view->place_count + 1, sizeof *sites);
    const struct directory_rule *dc = directory_rule(DIRECTORY_SITE_DC);
    const char *guess;

    directory->sites = sites;
    for (size_t i = 0; i < view->place_count; i++)
        if (strcmp(view->places[i], PLACES_ALL) == 0)
            directory->all_known = true;
        else if (!directory_is_guid(view->places[i]) &&
                 !(directory->kind == DIRECTORY_FREEIPA &&
                   strcasecmp(view->places[i], default_site) == 0))
            add_site(asking, sites, view->places[i], false);
    if (directory->kind != DIRECTORY_AD)
        return;
    guess = owner_of(asking, dc, default_site);
    if (guess && directory_answered(ask(asking, view->guesses, guess, TYPE_SRV)))
        add_site(asking, sites, default_site, true);
}

/* Is one of the domain controllers in the set? */
static bool has_own_server(const struct directory *directory, const struct reply *set)
{
    const struct reply *own = directory->msdcs;

    for (size_t i = 0; directory_answered(own) && i < own->record_count; i++)
        for (size_t k = 0; k < set->record_count; k++)
            if (own->records[i]->type == TYPE_SRV && set->records[k]->type == TYPE_SRV &&
                strcmp(own->records[i]->srv.target, set->records[k]->srv.target) == 0)
                return true;
    return false;
}

/* That of the domain, of those that lead to domain controllers: a forest has one for each of its
 * domains. */
static void take_guid(struct directory *directory, const char *guid, const struct reply *set)
{
    if (!directory->guid && has_own_server(directory, set))
        directory->guid = guid;
}

/* A GUID may be that of the domain or of one domain controller: both names are asked. */
static void find_guids(struct asking *asking)
{
    struct directory *directory = asking->directory;
    const struct directory_view *view = asking->view;

    directory->aliases =
        arena_alloc(asking->arena, view->place_count + 1, sizeof *directory->aliases);
    for (size_t i = 0; i < view->place_count && directory->kind == DIRECTORY_AD; i++) {
        const char *guid = view->places[i], *domain, *alias;
        if (!directory_is_guid(guid))
            continue;
        domain = owner_of(asking, directory_rule(DIRECTORY_DOMAIN_GUID), guid);
        alias = owner_of(asking, directory_rule(DIRECTORY_DSA), guid);
        if (!domain || !alias)
            continue;
        if (directory_answered(ask(asking, view->lookup, domain, TYPE_SRV)))
            take_guid(directory, guid, ask(asking, view->lookup, domain, TYPE_SRV));
        else
            directory->aliases[directory->alias_count++] = (struct directory_alias){
                guid, alias, ask(asking, view->lookup, alias, TYPE_CNAME), SIZE_MAX};
    }
}

/* GUIDs stand below the forest root alone. */
static bool is_root(const struct directory *directory)
{
    for (size_t i = 0; i < directory->alias_count; i++)
        if (directory_answered(directory->aliases[i].reply))
            return true;
    return directory->guid != NULL;
}

void directory_ask_names(struct directory *directory, const struct directory_view *view,
                         struct arena *arena)
{
    struct asking asking = {directory, view, arena};
    char msdcs[NAME_TEXT];

    find_sites(&asking);
    if (directory->kind == DIRECTORY_AD &&
        name_join("_msdcs", directory->forest, msdcs) == STATUS_OK)
        directory->msdcs_ns = ask(&asking, view->lookup, msdcs, TYPE_NS);
    find_guids(&asking);
    if (is_root(directory))
        directory->root_open = NULL;
    directory->names =
        arena_alloc(arena, DIRECTORY_IDS * (directory->site_count + 1), sizeof *directory->names);
    for (int id = 0; id < DIRECTORY_IDS; id++) { /* in the order of the table */
        const struct directory_rule *rule = directory_rule((enum directory_id)id);
        if (!(rule->kinds & 1u << directory->kind))
            continue;
        if (rule->scope == SCOPE_GUID)
            add(&asking, rule, directory->guid);
        else if (rule->scope == SCOPE_DOMAIN || rule->scope == SCOPE_DSA)
            add(&asking, rule, NULL);
    }
    for (size_t i = 0; i < directory->site_count; i++)
        add_scope(&asking, directory->kind == DIRECTORY_FREEIPA ? SCOPE_LOCATION : SCOPE_SITE,
                  directory->sites[i].name);
}
