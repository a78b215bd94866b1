#include "survey/facts_srv.h"

#include "base/message.h"
#include "dns/type.h"
#include "mail/clients/services.h"
#include "mail/clients/srv_choice.h"
#include "policy/servers/record_set.h"
#include "survey/priority.h"

#include <stdlib.h>
#include <string.h>

struct building {
    struct arena *arena;
    struct hosts *hosts;
    struct lookup lookup;
    struct srv_owner *owners;
    size_t count;
};

static void add_rows(struct building *building, struct srv_owner *owner)
{
    const struct srv_set *set = srv_set_build(building->arena, owner->owner, owner->reply->records,
                                              owner->reply->record_count);
    struct srv_row *rows = arena_alloc(building->arena, set->count, sizeof *rows);

    for (size_t i = 0; i < set->count; i++) {
        const struct srv_target *target = &set->targets[i];
        const char *name = target->record->srv.target;
        rows[i].record = target->record;
        rows[i].level = (unsigned)target->level + 1;
        rows[i].not_offered = !target->offered;
        rows[i].nominal = target->share[SRV_NOMINAL].exact;
        rows[i].rfc2782 = target->share[SRV_RFC2782].exact;
        if (!name_is_root(name))
            rows[i].host = hosts_meet(building->hosts, name, owner->reply, ASK_TARGETS);
    }
    owner->set = set;
    owner->rows = rows;
    owner->count = set->count;
}

/* Among the first `count`. */
static struct srv_owner *find_owner(struct building *building, const char *name, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(building->owners[i].owner, name) == 0)
            return &building->owners[i];
    return NULL;
}

static struct srv_owner *add_owner(struct building *building, const char *name,
                                   const struct service *service, int priority)
{
    bool any = *name == '*';
    struct srv_owner *owner = &building->owners[building->count++];

    building->lookup.priority = priority;
    owner->owner = arena_dup(building->arena, name);
    owner->service = any ? tr("every service (wildcard)") : service ? tr(service->word) : "";
    owner->group = service ? service->group : SERVICE_OTHER;
    owner->reply = lookup_find(&building->lookup, owner->owner, TYPE_SRV);
    if (owner->reply && owner->reply->record_count)
        add_rows(building, owner);
    return owner;
}

/* NULL when it is there already. */
static struct srv_owner *add_new_owner(struct building *building, const char *name, int priority)
{
    return find_owner(building, name, building->count)
               ? NULL
               : add_owner(building, name, services_find(name), priority);
}

static void add_typed(struct building *building, const char *name)
{
    struct srv_owner *owner = add_new_owner(building, name, ASK_PANES);

    if (owner)
        owner->typed = true;
}

/* What the service of that label, which nobody has, would answer below the same name as this
 * owner. */
static const struct reply *random_service(struct building *building, const struct srv_owner *owner,
                                          const char *label)
{
    char name[NAME_TEXT];

    if (name_join(label, name_parent(owner->owner), name) != STATUS_OK)
        return NULL;
    return lookup_find(&building->lookup, name, TYPE_SRV);
}

/* A guess that has records, and so has any other name there (RFC 4592): one owner "*._tcp" stands
 * for all of them. Until that is known the guess counts as waiting. */
static void judge_guess(struct building *building, size_t place, const char *label)
{
    struct srv_owner *owner = &building->owners[place];
    const struct reply *nobody;
    char wildcard[NAME_TEXT];

    if (owner->count == 0)
        return;
    nobody = random_service(building, owner, label);
    if (nobody && !record_sets_equal(building->arena, owner->reply, nobody))
        return;
    owner->count = 0;
    owner->set = NULL;
    if (!nobody)
        owner->reply = NULL;
    else if (name_join("*", name_parent(owner->owner), wildcard) == STATUS_OK) {
        owner->by_wildcard = true;
        add_new_owner(building, wildcard, ASK_SERVICES);
    }
}

/* No two of the table are of one name. */
static void add_services(struct building *building, const char *domain, const char *probe)
{
    size_t typed = building->count, count = services_srv_count(), end;
    const char *label = arena_format(building->arena, "_%s", probe);
    char name[NAME_TEXT];

    for (size_t i = 0; i < count; i++)
        if (name_join(services_at(i)->prefix, domain, name) == STATUS_OK &&
            !find_owner(building, name, typed))
            add_owner(building, name, services_at(i), ASK_SERVICES);
    end = building->count;
    for (size_t i = typed; i < end; i++)
        judge_guess(building, i, label);
}

/* The names of the directory beyond the table of services, those of its sites among them. */
static void add_directory(struct building *building, const struct directory *directory)
{
    building->lookup.priority = ASK_DIRECTORY;
    for (size_t i = 0; directory && i < directory->name_count; i++) {
        const struct directory_name *name = &directory->names[i];
        struct srv_owner *owner;
        if (!name->owner || name->rule->type != TYPE_SRV)
            continue;
        owner = add_new_owner(building, name->owner, ASK_DIRECTORY);
        if (!owner && directory->kind == DIRECTORY_FREEIPA && strstr(name->owner, "._msdcs."))
            owner = find_owner(building, name->owner, building->count);
        if (!owner)
            continue;
        owner->service = arena_format(building->arena, "%s: %s",
                                      directory_kind_text(directory->kind), tr(name->rule->word));
        owner->group = name->rule->group;
        owner->place = name->rule->scope == SCOPE_GUID ? NULL : name->place;
    }
}

/* ---- otherwise than by SRV ---- */

static bool is_by_wildcard(struct building *building, const struct reply *reply, const char *probe)
{
    const char *name = reply->question.name;
    char nobody[NAME_TEXT];
    const struct reply *other;

    if (name_join(probe, name_parent(name), nobody) != STATUS_OK)
        return false;
    other = lookup_find(&building->lookup, nobody, reply->question.type);
    return !other || record_sets_equal(building->arena, reply, other);
}

static void add_announcements(struct building *building, struct facts *facts, const char *probe)
{
    size_t count = services_count() - services_srv_count();
    struct announcement *found = arena_alloc(building->arena, count, sizeof *found);
    char name[NAME_TEXT];

    building->lookup.priority = ASK_SERVICES;
    facts->announcements = found;
    for (size_t i = services_srv_count(); i < services_count(); i++) {
        const struct service *service = services_at(i);
        const struct reply *reply;
        bool itself = !*service->prefix;
        if (itself)
            memcpy(name, facts->subject->name, strlen(facts->subject->name) + 1);
        else if (name_join(service->prefix, facts->subject->name, name) != STATUS_OK)
            continue;
        reply = lookup_find(&building->lookup, name, service->type);
        if (!reply || reply->outcome != OUTCOME_ANSWERED || !reply->record_count)
            continue;
        if (itself || !is_by_wildcard(building, reply, probe))
            found[facts->announcement_count++] =
                (struct announcement){service, arena_dup(building->arena, name), reply};
    }
}

static int rank(const struct srv_owner *owner)
{
    return owner->count ? 0 : owner->reply ? 2 : 1;
}

struct ordered {
    const struct srv_owner *owner;
    size_t place; /* in the table */
};

static int compare(int a, int b)
{
    return (a > b) - (a < b);
}

static int compare_places(const char *a, const char *b)
{
    if (!a || !b)
        return compare(a != NULL, b != NULL);
    return strcmp(a, b);
}

static int compare_owners(const void *a, const void *b)
{
    const struct ordered *left = a, *right = b;
    int order = compare(rank(left->owner), rank(right->owner));

    if (!order)
        order = compare(!left->owner->typed, !right->owner->typed);
    if (!order)
        order = compare((int)left->owner->group, (int)right->owner->group);
    if (!order)
        order = compare_places(left->owner->place, right->owner->place);
    return order ? order : left->place < right->place ? -1 : left->place > right->place;
}

/* Owners with records first, then those waiting, then those without; of each those typed first,
 * then by group and place, in table order. */
static struct srv_owner *in_order(const struct building *building)
{
    struct srv_owner *sorted = arena_alloc(building->arena, building->count, sizeof *sorted);
    struct ordered *ordered = arena_alloc(building->arena, building->count, sizeof *ordered);

    for (size_t i = 0; i < building->count; i++)
        ordered[i] = (struct ordered){&building->owners[i], i};
    qsort(ordered, building->count, sizeof *ordered, compare_owners);
    for (size_t i = 0; i < building->count; i++)
        sorted[i] = *ordered[i].owner;
    return sorted;
}

static void count(struct srv_list *list, const struct srv_owner *owner)
{
    list->record_count += owner->count;
    if (!owner->reply)
        list->waiting++;
    else if (owner->by_wildcard)
        list->by_wildcard++;
    else if (!owner->count && !owner->typed)
        list->rest[owner->reply->outcome]++;
}

void facts_build_srv(struct arena *arena, struct hosts *hosts, const struct lookup *lookup,
                     const struct survey_request *request, struct facts *facts)
{
    const struct survey_options *options = &request->options;
    const struct subject *subject = facts->subject;
    size_t names = facts->directory ? facts->directory->name_count : 0;
    size_t room = 1 + options->owner_count + 2 * services_count() + names;
    struct building building = {arena, hosts, *lookup, NULL, 0};

    building.owners = arena_alloc(arena, room, sizeof *building.owners);
    if (subject->kind == SUBJECT_SERVICE)
        add_typed(&building, subject->owner);
    for (size_t i = 0; i < options->owner_count; i++)
        add_typed(&building, options->owners[i]);
    if (subject_takes_mail(subject)) {
        add_services(&building, subject->name, request->probe);
        add_directory(&building, facts->directory);
        if (!options->panes_only)
            add_announcements(&building, facts, request->probe);
    }
    facts->srv.owners = in_order(&building);
    facts->srv.count = building.count;
    for (size_t i = 0; i < building.count; i++)
        count(&facts->srv, &building.owners[i]);
}
