#include "survey/policy_place.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "policy/servers/exchanges.h"

/* IPv6 addresses stand in brackets. */
static void add_address(struct text *addresses, const struct address *address)
{
    char text[ADDRESS_TEXT];

    text_format(addresses, address->family == 6 ? "%s[%s]" : "%s%s", addresses->length ? "," : "",
                address_text(address, text));
}

static const char *find_addresses(const struct mta_sts *mta_sts, enum server_reach reach,
                                  struct text *addresses)
{
    struct arena *arena = arena_new();
    size_t count;
    const struct address *list = exchange_host_addresses(arena, mta_sts->policy_address, &count);

    for (size_t i = 0; i < count; i++)
        if (server_reach_has(reach, &list[i]))
            add_address(addresses, &list[i]);
    arena_free(arena);
    if (addresses->length)
        return NULL;
    return count ? tr("the addresses of its policy host are not connected to: they are not public "
                      "(--ask-private connects to private ones)")
                 : tr("its policy host has no address");
}

const char *policy_place_find(const struct facts *facts, struct text *addresses)
{
    const struct setup *setup = facts->setup;

    if (!setup || !setup->mta_sts || setup->mta_sts->state != POLICY_FOUND)
        return tr("no MTA-STS record announces a policy");
    if (!setup->mta_sts->policy_host || !name_is_host(setup->mta_sts->policy_host))
        return tr("its policy host is no host name");
    return find_addresses(setup->mta_sts, setup->authority->reach, addresses);
}
