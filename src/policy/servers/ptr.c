#include "policy/servers/ptr.h"

#include "base/message.h"
#include "dns/type.h"

#include <string.h>

static const char *const states[] = {
    [PTR_PENDING] = N_("waiting"),           [PTR_UNKNOWN] = "look-up failed",
    [PTR_MISSING] = N_("no name"),           [PTR_CONFIRMED] = N_("confirmed"),
    [PTR_UNCONFIRMED] = N_("not confirmed"),
};

const char *ptr_state_text(enum ptr_state state)
{
    return states[state];
}

const char *ptr_state_word(enum ptr_state state)
{
    return state == PTR_UNKNOWN ? tr("lookup failed") : tr(states[state]);
}

enum { NAMES_AT_ONCE = 5 };

/* Follows the names in their order, a few at a time, until one leads back; an open or failed one
 * leaves "not confirmed" open, but not "confirmed". */
static enum ptr_state confirm(const struct lookup *lookup, struct ptr_address *result)
{
    enum ptr_state state = PTR_UNCONFIRMED;
    size_t open = 0;

    for (size_t i = 0; i < result->name_count && open < NAMES_AT_ONCE; i++) {
        const struct reply *reply =
            lookup_find(lookup, result->names[i], result->address.family == 6 ? TYPE_AAAA : TYPE_A);

        if (!reply) {
            open++;
        } else if (reply_address(reply, &result->address)) {
            result->confirmed = result->names[i];
            return PTR_CONFIRMED;
        } else if (outcome_is_temporary(reply->outcome)) {
            state = PTR_UNKNOWN;
        }
    }
    return open > 0 ? PTR_PENDING : state;
}

static void take_names(struct arena *arena, struct ptr_address *result)
{
    size_t count = result->reply->record_count;
    const char **names;

    if (count > PTR_NAMES_MAX)
        count = PTR_NAMES_MAX;
    names = arena_alloc(arena, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = result->reply->records[i]->target;
    result->names = names;
    result->name_count = count;
}

static void judge(const struct lookup *lookup, struct arena *arena, struct ptr_address *result)
{
    char name[ADDRESS_REVERSE_TEXT];

    result->name = arena_dup(arena, address_reverse(&result->address, name));
    result->reply = lookup_find(lookup, result->name, TYPE_PTR);
    result->state = PTR_PENDING;
    if (!result->reply)
        return;
    result->state = PTR_UNKNOWN;
    if (outcome_is_temporary(result->reply->outcome))
        return;
    result->state = PTR_MISSING;
    if (result->reply->outcome != OUTCOME_ANSWERED)
        return;
    take_names(arena, result);
    result->state = confirm(lookup, result);
}

static bool is_listed(const struct ptrs *ptrs, const struct address *address)
{
    for (size_t i = 0; i < ptrs->count; i++)
        if (address_equal(&ptrs->addresses[i].address, address))
            return true;
    return false;
}

static void add(const struct lookup *lookup, struct arena *arena, struct ptrs *ptrs,
                struct ptr_address *list, const struct exchange *exchange, size_t index)
{
    const struct address *address = &exchange->addresses[index];

    if (address_kind(address) != ADDRESS_GLOBAL && address_kind(address) != ADDRESS_DOCUMENTATION)
        return;
    if (is_listed(ptrs, address))
        return;
    if (ptrs->count == PTR_ADDRESSES_MAX) {
        ptrs->left_out++;
        return;
    }
    list[ptrs->count].address = *address;
    list[ptrs->count].exchange = exchange->name;
    judge(lookup, arena, &list[ptrs->count]);
    ptrs->complete &= list[ptrs->count].state != PTR_PENDING;
    ptrs->count++;
}

/* Is it not known of a host whether it has addresses? */
static bool lacks_addresses(const struct exchanges *exchanges)
{
    if (exchanges->mx && outcome_is_temporary(exchanges->mx->outcome))
        return true;
    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];

        if (exchange->address_count == 0 && exchange_host_failure(exchange->replies))
            return true;
    }
    return false;
}

static size_t room_for(const struct exchanges *exchanges)
{
    size_t room = 0;

    for (size_t i = 0; i < exchanges->count; i++)
        room += exchanges->exchanges[i].address_count;
    return room < PTR_ADDRESSES_MAX ? room : PTR_ADDRESSES_MAX;
}

struct ptrs *ptrs_build(const struct lookup *lookup, struct arena *arena,
                        const struct exchanges *exchanges)
{
    struct ptrs *ptrs = arena_alloc(arena, 1, sizeof *ptrs);
    struct ptr_address *list = arena_alloc(arena, room_for(exchanges), sizeof *list);

    ptrs->addresses = list;
    ptrs->complete = exchanges->complete;
    ptrs->lacking = lacks_addresses(exchanges);
    for (size_t i = 0; i < exchanges->count; i++)
        for (size_t k = 0; k < exchanges->exchanges[i].address_count; k++)
            add(lookup, arena, ptrs, list, &exchanges->exchanges[i], k);
    return ptrs;
}
