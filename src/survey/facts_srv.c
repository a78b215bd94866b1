#include "survey/facts_srv.h"

#include "dns/type.h"
#include "mail/clients/services.h"
#include "mail/clients/srv_choice.h"
#include "policy/servers/record_set.h"
#include "survey/priority.h"

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

static void add_owner(struct building *building, const char *name, int priority)
{
    const struct service *service = services_find(name);
    bool any = *name == '*';
    struct srv_owner *owner = &building->owners[building->count];

    for (size_t i = 0; i < building->count; i++)
        if (strcmp(building->owners[i].owner, name) == 0)
            return;
    building->lookup.priority = priority;
    owner->owner = arena_dup(building->arena, name);
    owner->service = any ? "every service (wildcard)" : service ? service->word : "";
    owner->reply = lookup_find(&building->lookup, owner->owner, TYPE_SRV);
    if (owner->reply)
        add_rows(building, owner);
    building->count++;
}

/* What a service nobody has would answer, below the same name as this owner. */
static const struct reply *random_service(struct building *building, const struct srv_owner *owner,
                                          const char *probe)
{
    const char *label = arena_format(building->arena, "_%s", probe);
    char name[NAME_TEXT];

    if (name_join(label, name_parent(owner->owner), name) != STATUS_OK)
        return NULL;
    return lookup_find(&building->lookup, name, TYPE_SRV);
}

/* A guess that has records, and so has any other name there (RFC 4592): one owner "*._tcp" stands
 * for all of them. Until that is known the guess counts as waiting. */
static void judge_guess(struct building *building, size_t place, const char *probe)
{
    struct srv_owner *owner = &building->owners[place];
    const struct reply *nobody;
    char wildcard[NAME_TEXT];

    if (owner->count == 0)
        return;
    nobody = random_service(building, owner, probe);
    if (nobody && !record_sets_equal(building->arena, owner->reply, nobody))
        return;
    owner->count = 0;
    owner->set = NULL;
    if (!nobody)
        owner->reply = NULL;
    else if (name_join("*", name_parent(owner->owner), wildcard) == STATUS_OK) {
        owner->by_wildcard = true;
        add_owner(building, wildcard, ASK_SERVICES);
    }
}

static void add_services(struct building *building, const char *domain, const char *probe)
{
    size_t first = building->count, end;
    char name[NAME_TEXT];

    for (size_t i = 0; i < services_count(); i++)
        if (name_join(services_at(i)->prefix, domain, name) == STATUS_OK)
            add_owner(building, name, ASK_SERVICES);
    end = building->count;
    for (size_t i = first; i < end; i++)
        judge_guess(building, i, probe);
}

static int rank(const struct srv_owner *owner)
{
    return owner->count ? 0 : owner->reply ? 2 : 1;
}

/* Owners with records first, then those waiting, then those without; each in table order. */
static struct srv_owner *in_order(const struct building *building)
{
    struct srv_owner *sorted = arena_alloc(building->arena, building->count, sizeof *sorted);
    size_t n = 0;

    for (int wanted = 0; wanted <= 2; wanted++)
        for (size_t i = 0; i < building->count; i++)
            if (rank(&building->owners[i]) == wanted)
                sorted[n++] = building->owners[i];
    return sorted;
}

static void count(struct srv_list *list, const struct srv_owner *owner)
{
    list->record_count += owner->count;
    if (!owner->reply)
        list->waiting++;
    else if (outcome_is_temporary(owner->reply->outcome))
        list->failed++;
    else if (!owner->count)
        list->without++;
}

void facts_build_srv(struct arena *arena, struct hosts *hosts, const struct lookup *lookup,
                     const struct survey_request *request, struct facts *facts)
{
    const struct survey_options *options = &request->options;
    const struct subject *subject = facts->subject;
    size_t room = 1 + options->owner_count + 2 * services_count();
    struct building building = {arena, hosts, *lookup, NULL, 0};

    building.owners = arena_alloc(arena, room, sizeof *building.owners);
    if (subject->kind == SUBJECT_SERVICE)
        add_owner(&building, subject->owner, ASK_PANES);
    for (size_t i = 0; i < options->owner_count; i++)
        add_owner(&building, options->owners[i], ASK_PANES);
    if (subject->kind != SUBJECT_ADDRESS && subject->kind != SUBJECT_KEY)
        add_services(&building, subject->name, request->probe);
    facts->srv.owners = in_order(&building);
    facts->srv.count = building.count;
    for (size_t i = 0; i < building.count; i++)
        count(&facts->srv, &building.owners[i]);
}
