/* Targets that lack their last dot. */
#include "dns/name.h"
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

static bool has_address(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED;
}

const char *setup_meant(const struct setup *setup, const char *target, struct arena *arena,
                        bool *complete)
{
    const char *zone = setup->authority->zone ? setup->authority->zone : setup->view->domain;
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
    return has_address(replies.a) || has_address(replies.aaaa) ? meant : NULL;
}
