#include "mail/route/route_draft.h"

#include "base/message.h"
#include "dns/name.h"

#include <string.h>

static bool is_unspecified(const struct address *address)
{
    static const struct address unspecified = {4, {0}};

    return address_equal(address, &unspecified);
}

bool draft_has_own(const struct route_host *host)
{
    for (size_t i = 0; i < host->address_count; i++)
        if (host->addresses[i].own)
            return true;
    return false;
}

static bool has_unspecified(const struct route_host *host)
{
    for (size_t i = 0; i < host->address_count; i++)
        if (is_unspecified(&host->addresses[i].address))
            return true;
    return false;
}

static bool is_named(const char *name, const struct route_host *host, bool canonical)
{
    if (!name)
        return false;
    return strcmp(host->exchange, name) == 0 ||
           (canonical && host->alias_of && strcmp(host->alias_of, name) == 0);
}

/* Is the host's name in a list with colons between the names? */
static bool is_local_name(const struct draft *draft, const struct route_host *host)
{
    const char *list =
        draft->profile->local_names ? draft->profile->local_names(&draft->sender->settings) : "";

    while (*list) {
        size_t length = strcspn(list, ": ,");
        char text[NAME_TEXT], name[NAME_TEXT];
        if (length > 0 && length < sizeof text) {
            memcpy(text, list, length);
            text[length] = '\0';
            if (name_canonical(text, name, NULL) == STATUS_OK && strcmp(name, host->shown) == 0)
                return true;
        }
        list += length + (list[length] != '\0');
    }
    return false;
}

/* By this profile's own means. */
static bool recognises(const struct draft *draft, const struct route_host *host, unsigned means)
{
    const struct profile *profile = draft->profile;
    const char *name = profile->self_name ? profile->self_name(draft->sender) : draft->sender->as;

    if (host->port != 25 && (profile->flags & PROFILE_SELF_ON_PORT_25))
        return false;
    if (is_local_name(draft, host))
        return true;
    if ((means & SELF_BY_NAME) && is_named(name, host, means & SELF_BY_CANONICAL))
        return true;
    if ((means & SELF_BY_LOCALHOST) && strcmp(host->exchange, "localhost.") == 0)
        return true;
    if ((means & SELF_BY_ADDRESS) && draft_has_own(host))
        return true;
    return (means & SELF_BY_UNSPECIFIED) && has_unspecified(host);
}

void draft_find_self(struct draft *draft)
{
    const struct profile *profile = draft->profile;
    struct route *route = draft->route;
    unsigned means = profile->self_means ? profile->self_means(draft->sender) : 0;

    for (size_t i = 0; i < route->host_count; i++) {
        struct route_host *host = route->hosts + i;
        host->truly_self = is_named(draft->sender->as, host, true) || draft_has_own(host);
        if (host->state == HOST_IGNORED)
            continue;
        host->self = recognises(draft, host, means);
        host->self_by_name = host->self && is_local_name(draft, host);
        route->self_found = route->self_found || host->self;
    }
}

static unsigned preference_of(const struct draft *draft, const struct route_host *host)
{
    bool zero = host->literal && (draft->profile->flags & PROFILE_LITERAL_IS_ZERO);

    return zero ? 0 : host->preference;
}

static unsigned own_preference(const struct draft *draft)
{
    const struct route *route = draft->route;
    unsigned best = UINT32_MAX;

    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].self && preference_of(draft, route->hosts + i) < best)
            best = preference_of(draft, route->hosts + i);
    return best;
}

static void drop(struct draft *draft, struct route_host *host, unsigned own)
{
    const struct rule *rule = draft->profile->rules + (host->self ? RULE_SELF : RULE_NOT_BETTER);

    host->state = HOST_IGNORED;
    host->reference = rule->reference;
    if (host->self)
        host->why = tr(rule->text);
    else
        host->why = arena_format(draft->arena,
                                 tr("preference %u is not lower than the sender's own %u: %s"),
                                 host->preference, own, tr(rule->text));
    draft_step(draft, STEP_SELF, host->self ? RULE_SELF : RULE_NOT_BETTER,
               (int)(host - draft->route->hosts), tr("%s ignored: %s"),
               name_shown(draft->arena, host->exchange), host->why);
}

/* The sender is among the best, and goes on as if it were somebody else. */
static bool goes_on(struct draft *draft, unsigned own)
{
    const struct profile *profile = draft->profile;
    struct route *route = draft->route;

    if (!profile->sends_to_self || !profile->sends_to_self(&draft->sender->settings))
        return false;
    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].state != HOST_IGNORED && preference_of(draft, route->hosts + i) < own)
            return false;
    for (size_t i = 0; i < route->host_count; i++) {
        if (route->hosts[i].self)
            draft_step(draft, STEP_SELF, RULE_SELF, (int)i,
                       tr("%s is the sender itself, and is used all the same"),
                       name_shown(draft->arena, route->hosts[i].exchange));
        route->hosts[i].self = false;
    }
    route->self_found = false;
    return true;
}

void draft_prune(struct draft *draft)
{
    struct route *route = draft->route;
    unsigned own;

    if (!route->self_found)
        return;
    own = own_preference(draft);
    if (goes_on(draft, own))
        return;
    for (size_t i = 0; i < route->host_count; i++) {
        struct route_host *host = route->hosts + i;
        if (preference_of(draft, host) < own || host->state == HOST_IGNORED)
            continue;
        drop(draft, host, own);
    }
}
