#include "policy/servers/exchanges.h"

#include "dns/name.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>

static size_t count_addresses(const struct reply *reply)
{
    return reply ? reply->record_count : 0;
}

static size_t copy_addresses(const struct reply *reply, struct address *addresses, size_t count)
{
    for (size_t i = 0; i < count_addresses(reply); i++)
        addresses[count++] = reply->records[i]->address;
    return count;
}

const struct address *exchange_host_addresses(struct arena *arena, struct host_addresses replies,
                                              size_t *count)
{
    size_t room = count_addresses(replies.a) + count_addresses(replies.aaaa);
    struct address *addresses = arena_alloc(arena, room + 1, sizeof *addresses);

    *count = copy_addresses(replies.a, addresses, 0);
    *count = copy_addresses(replies.aaaa, addresses, *count);
    return addresses;
}

const struct reply *exchange_host_failure(struct host_addresses replies)
{
    if (replies.a && outcome_is_temporary(replies.a->outcome))
        return replies.a;
    return replies.aaaa && outcome_is_temporary(replies.aaaa->outcome) ? replies.aaaa : NULL;
}

struct building {
    const struct lookup *lookup;
    struct arena *arena;
    struct exchanges *exchanges;
};

static void look_up(struct building *building, struct exchange *exchange)
{
    if (name_is_root(exchange->name))
        return;
    exchange->replies = lookup_addresses(building->lookup, exchange->name);
    exchange->addresses =
        exchange_host_addresses(building->arena, exchange->replies, &exchange->address_count);
    if (!exchange->replies.a || !exchange->replies.aaaa)
        building->exchanges->complete = false;
}

/* "192.0.2.1" or "[192.0.2.1]": the first `length` octets of the name. */
static bool read_literal(const char *name, size_t length, struct address *address)
{
    char text[NAME_TEXT], *inner = text;

    memcpy(text, name, length);
    text[length] = '\0';
    if (length > 2 && text[0] == '[' && text[length - 1] == ']') {
        text[length - 1] = '\0';
        inner++;
    }
    if (inner != text && strncmp(inner, "ipv6:", 5) == 0)
        inner += 5;
    return address_parse(inner, address);
}

bool exchange_literal(const char *name, const char *domain, struct address *address)
{
    size_t length = strlen(name);

    if (read_literal(name, length - (length > 0 && name[length - 1] == '.'), address))
        return true;
    for (; name_labels(domain) > 0; domain = name_parent(domain))
        if (name_is_within(name, domain) && strcmp(name, domain) != 0 &&
            read_literal(name, length - strlen(domain) - 1, address))
            return true;
    return false;
}

static int compare_exchanges(const void *a, const void *b)
{
    const struct exchange *left = a, *right = b;

    if (left->preference != right->preference)
        return left->preference < right->preference ? -1 : 1;
    return name_compare(left->name, right->name);
}

static void add_records(struct building *building, const struct reply *mx, const char *domain)
{
    struct exchanges *exchanges = building->exchanges;
    struct exchange *list = arena_alloc(building->arena, mx->record_count + 1, sizeof *list);
    struct address literal;

    for (size_t i = 0; i < mx->record_count; i++) {
        list[i].record = mx->records[i];
        list[i].name = mx->records[i]->mx.exchange;
        list[i].preference = mx->records[i]->mx.preference;
        list[i].localhost = name_is_within(list[i].name, "localhost.");
        list[i].literal = exchange_literal(list[i].name, domain, &literal);
    }
    qsort(list, mx->record_count, sizeof *list, compare_exchanges);
    exchanges->exchanges = list;
    exchanges->count = mx->record_count < EXCHANGES_MAX ? mx->record_count : EXCHANGES_MAX;
    exchanges->left_out = mx->record_count - exchanges->count;
    exchanges->null_mx =
        mx->record_count == 1 && name_is_root(list[0].name) && list[0].preference == 0;
    for (size_t i = 0; i < exchanges->count; i++) {
        list[i].repeated = exchanges_find(exchanges, list[i].name) != &list[i];
        look_up(building, &list[i]);
    }
}

static void add_domain_itself(struct building *building, const struct reply *mx)
{
    struct exchange *itself = arena_alloc(building->arena, 1, sizeof *itself);

    itself->name = mx->canonical;
    building->exchanges->implicit = true;
    building->exchanges->exchanges = itself;
    building->exchanges->count = 1;
    look_up(building, itself);
}

struct exchanges *exchanges_build(const struct lookup *lookup, struct arena *arena,
                                  const char *domain)
{
    struct exchanges *exchanges = arena_alloc(arena, 1, sizeof *exchanges);
    struct building building = {lookup, arena, exchanges};

    exchanges->mx = lookup_find(lookup, domain, TYPE_MX);
    exchanges->complete = exchanges->mx != NULL;
    if (!exchanges->mx)
        return exchanges;
    if (exchanges->mx->outcome == OUTCOME_ANSWERED)
        add_records(&building, exchanges->mx, domain);
    else if (exchanges->mx->outcome == OUTCOME_NODATA)
        add_domain_itself(&building, exchanges->mx);
    return exchanges;
}

const struct exchange *exchanges_find(const struct exchanges *exchanges, const char *name)
{
    for (size_t i = 0; i < exchanges->count; i++)
        if (strcmp(exchanges->exchanges[i].name, name) == 0)
            return &exchanges->exchanges[i];
    return NULL;
}
