#include "policy/servers/wildcard.h"

#include "dns/name.h"
#include "dns/type.h"

#include <string.h>

/* A name that exists stops the wildcard, whatever types it owns (RFC 4592 2.2.1). */
static bool is_uncovered(const struct lookup *lookup, struct wildcard *wildcard, const char *name)
{
    const struct reply *reply = lookup_find(lookup, name, TYPE_MX);

    wildcard->complete &= reply != NULL;
    return reply && reply->outcome == OUTCOME_NODATA;
}

static void find_uncovered(const struct lookup *lookup, struct arena *arena,
                           struct wildcard *wildcard, const char *domain, const char *const *names,
                           size_t count)
{
    const char **uncovered = arena_alloc(arena, count + 1, sizeof *uncovered);

    wildcard->uncovered = uncovered;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], domain) != 0 && name_is_within(names[i], domain) &&
            is_uncovered(lookup, wildcard, names[i]))
            uncovered[wildcard->uncovered_count++] = names[i];
}

struct wildcard *wildcard_build(const struct lookup *lookup, struct arena *arena,
                                const char *domain, const char *label, const char *const *names,
                                size_t name_count)
{
    struct wildcard *wildcard = arena_alloc(arena, 1, sizeof *wildcard);
    char probe[NAME_TEXT];

    wildcard->complete = true;
    wildcard->probe = domain;
    if (!label || name_join(label, domain, probe) != STATUS_OK)
        return wildcard;
    wildcard->probe = arena_dup(arena, probe);
    wildcard->mx = lookup_find(lookup, probe, TYPE_MX);
    wildcard->a = lookup_find(lookup, probe, TYPE_A);
    wildcard->complete = wildcard->mx && wildcard->a;
    if (!wildcard->complete)
        return wildcard;
    wildcard->failed =
        outcome_is_temporary(wildcard->mx->outcome) || outcome_is_temporary(wildcard->a->outcome);
    wildcard->has_mx = wildcard->mx->outcome == OUTCOME_ANSWERED;
    wildcard->has_address = wildcard->a->outcome == OUTCOME_ANSWERED;
    wildcard->alias_of = wildcard->mx->alias_count ? wildcard->mx->canonical : NULL;
    if (wildcard->has_mx)
        find_uncovered(lookup, arena, wildcard, domain, names, name_count);
    return wildcard;
}

const struct reply *wildcard_failure(const struct wildcard *wildcard)
{
    if (!wildcard->failed)
        return NULL;
    return outcome_is_temporary(wildcard->mx->outcome) ? wildcard->mx : wildcard->a;
}
