/* Findings about the hosts the MX records name. */
#include "base/array.h"
#include "dns/name.h"
#include "dns/type.h"
#include "mail/finding_list.h"

#include <stdlib.h>
#include <string.h>

/* Each exchange once, by its first record; null MX, literals and the implicit MX are left out. */
struct walk {
    struct finding_list *list;
    const struct exchanges *exchanges;
    size_t next;
};

static struct walk walk_exchanges(struct finding_list *list)
{
    return (struct walk){list, list->setup->exchanges, 0};
}

static const struct exchange *next_exchange(struct walk *walk)
{
    while (walk->next < walk->exchanges->count) {
        const struct exchange *exchange = &walk->exchanges->exchanges[walk->next++];

        if (exchange->record && !name_is_root(exchange->name) && !exchange->literal &&
            exchanges_find(walk->exchanges, exchange->name) == exchange)
            return exchange;
    }
    return NULL;
}

static void suggest_exchange(struct finding_list *list, struct finding *finding,
                             const struct exchange *exchange, const char *name)
{
    finding_publish(list, finding, "%s %u IN MX %u %s", exchange->record->owner,
                    exchange->record->ttl, exchange->preference, name);
}

/* ---- names ---- */

static void test_mx_cname(struct finding_list *list)
{
    struct walk walk = walk_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = next_exchange(&walk))) {
        const struct reply *alias = host_alias(&exchange->replies);
        struct finding *finding;

        if (!alias)
            continue;
        finding = finding_add(list, SEVERITY_ERROR, exchange->name, TYPE_CNAME, alias,
                              "The exchange is an alias of %s: senders follow it with one more "
                              "look-up, but a secondary does not find itself under the alias, and "
                              "mail may loop.",
                              alias->canonical);
        finding_record(list, finding, alias->aliases[0]);
        finding_fix(list, finding, "Name the host itself in the MX record.");
        suggest_exchange(list, finding, exchange, alias->canonical);
    }
}

static void test_mx_dangling(struct finding_list *list)
{
    struct walk walk = walk_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = next_exchange(&walk))) {
        enum host_standing standing = host_standing_of(&exchange->replies);
        struct finding *finding;

        if (standing != HOST_DOES_NOT_EXIST && standing != HOST_WITHOUT_ADDRESS)
            continue;
        finding =
            finding_add(list, SEVERITY_ERROR, exchange->name, TYPE_A, exchange->replies.a,
                        "The exchange %s; senders skip it, and return the mail when no other "
                        "is left.",
                        standing == HOST_DOES_NOT_EXIST ? "does not exist" : "has no address");
        finding_record(list, finding, exchange->record);
        finding_fix(list, finding, "Give the name an address record, or remove the MX record.");
        finding_publish(list, finding, "%s 3600 IN A <address>", exchange->name);
    }
}

static void test_mx_unresolvable(struct finding_list *list)
{
    struct walk walk = walk_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = next_exchange(&walk))) {
        const struct host_addresses *replies = &exchange->replies;

        if (host_standing_of(replies) == HOST_LOOKUP_FAILED)
            finding_add_unknown(list, exchange->name, reply_failed(replies->a) ? TYPE_A : TYPE_AAAA,
                                reply_failed(replies->a) ? replies->a : replies->aaaa);
    }
}

/* ---- addresses ---- */

static bool is_loopback(const struct address *address)
{
    enum address_kind kind = address_kind(address);

    return kind == ADDRESS_LOOPBACK || kind == ADDRESS_UNSPECIFIED;
}

/* Documentation ranges are left to the lessons that are made of them. */
static bool is_unreachable(const struct address *address)
{
    enum address_kind kind = address_kind(address);

    return kind != ADDRESS_GLOBAL && kind != ADDRESS_DOCUMENTATION && !is_loopback(address);
}

/* Also for the implicit MX: its address matters as much. */
static void add_by_address(struct finding_list *list, bool (*fits)(const struct address *),
                           const char *consequence, const char *fix)
{
    const struct exchanges *exchanges = list->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];

        for (size_t k = 0; k < exchange->address_count; k++) {
            const struct address *address = &exchange->addresses[k];
            char text[ADDRESS_TEXT];
            struct finding *finding;

            if (!fits(address) || exchanges_find(exchanges, exchange->name) != exchange)
                continue;
            finding = finding_add(
                list, SEVERITY_ERROR, exchange->name, address->family == 6 ? TYPE_AAAA : TYPE_A,
                address->family == 6 ? exchange->replies.aaaa : exchange->replies.a,
                "The exchange has the address %s, %s: %s", address_text(address, text),
                address_kind_text(address_kind(address)), consequence);
            finding_fix(list, finding, "%s", fix);
        }
    }
}

static void test_mx_private_address(struct finding_list *list)
{
    add_by_address(list, is_unreachable,
                   "senders elsewhere cannot reach it, or reach somebody else.",
                   "Publish a public address, and keep private ones to the inner name servers.");
}

static void test_mx_loopback(struct finding_list *list)
{
    add_by_address(list, is_loopback,
                   "every sender connects to itself, and the mail loops or is "
                   "returned.",
                   "Publish the address of the mail host; for a name without mail the null MX.");
}

static bool has_address(const struct exchange *exchange, const struct address *address)
{
    for (size_t i = 0; i < exchange->address_count; i++)
        if (address_equal(&exchange->addresses[i], address))
            return true;
    return false;
}

/* An alias of the other is mx-cname already. */
static bool is_alias_of(const struct exchange *exchange, const struct exchange *other)
{
    const struct reply *alias = host_alias(&exchange->replies);

    return alias && strcmp(alias->canonical, other->name) == 0;
}

static const struct exchange *earlier_holder(const struct exchanges *exchanges,
                                             const struct exchange *exchange,
                                             const struct address *address)
{
    for (size_t i = 0; &exchanges->exchanges[i] != exchange; i++) {
        const struct exchange *other = &exchanges->exchanges[i];

        if (strcmp(other->name, exchange->name) != 0 && has_address(other, address) &&
            !is_alias_of(exchange, other) && !is_alias_of(other, exchange))
            return other;
    }
    return NULL;
}

static void test_mx_shared_address(struct finding_list *list)
{
    struct walk walk = walk_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = next_exchange(&walk))) {
        for (size_t k = 0; k < exchange->address_count; k++) {
            const struct exchange *other =
                earlier_holder(walk.exchanges, exchange, &exchange->addresses[k]);
            char text[ADDRESS_TEXT];
            struct finding *finding;

            if (!other)
                continue;
            finding = finding_add(list, SEVERITY_NOTICE, exchange->name,
                                  exchange->addresses[k].family == 6 ? TYPE_AAAA : TYPE_A,
                                  exchange->replies.a,
                                  "%s is also the address of %s: two names, one host; Postfix "
                                  "tries the address twice.",
                                  address_text(&exchange->addresses[k], text), other->name);
            finding_fix(list, finding, "Keep one of the two MX records.");
            break;
        }
    }
}

/* ---- all exchanges together ---- */

struct all_addresses {
    struct address *addresses; /* on the heap */
    size_t count, capacity;
    size_t hosts; /* exchanges with an address */
    bool open;    /* an address look-up is not answered or failed */
};

static struct all_addresses collect(struct finding_list *list)
{
    struct all_addresses all = {0};
    struct walk walk = walk_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = next_exchange(&walk))) {
        all.hosts += exchange->address_count > 0;
        all.open |= !exchange->replies.a || !exchange->replies.aaaa ||
                    reply_failed(exchange->replies.a) || reply_failed(exchange->replies.aaaa);
        for (size_t k = 0; k < exchange->address_count; k++)
            ARRAY_PUSH(all.addresses, all.count, all.capacity, exchange->addresses[k]);
    }
    return all;
}

static bool has_family(const struct all_addresses *all, unsigned family)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->addresses[i].family == family)
            return true;
    return false;
}

static bool all_equal(const struct all_addresses *all)
{
    for (size_t i = 1; i < all->count; i++)
        if (!address_equal(&all->addresses[i], &all->addresses[0]))
            return false;
    return true;
}

static void test_mx_same_network(struct finding_list *list)
{
    struct all_addresses all = collect(list);
    struct finding *finding;

    if (all.hosts > 1 && !all.open && !all_equal(&all) &&
        addresses_share_network(all.addresses, all.count)) {
        finding = finding_add(list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_MX,
                              list->setup->exchanges->mx,
                              "All exchanges are in %s: one broken line or router takes all of "
                              "them away, and senders queue the mail.",
                              network_text(list->arena, all.addresses, all.count));
        finding_fix(list, finding, "Put a secondary on another network.");
    }
    free(all.addresses);
}

static void test_mx_v4_only(struct finding_list *list)
{
    struct all_addresses all = collect(list);

    if (all.count > 0 && !all.open && !has_family(&all, 6)) {
        struct finding *finding = finding_add(
            list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_MX, list->setup->exchanges->mx,
            "No exchange has an IPv6 address: senders without IPv4 cannot deliver.");

        finding_fix(list, finding, "Give at least one exchange an AAAA record.");
        finding_publish(list, finding, "%s 3600 IN AAAA <address>",
                        list->setup->exchanges->exchanges[0].name);
    }
    free(all.addresses);
}

static void test_mx_v6_only(struct finding_list *list)
{
    struct all_addresses all = collect(list);

    if (all.count > 0 && !all.open && !has_family(&all, 4)) {
        struct finding *finding = finding_add(
            list, SEVERITY_WARNING, list->setup->view->domain, TYPE_MX, list->setup->exchanges->mx,
            "No exchange has an IPv4 address: most senders still come over IPv4 and return the "
            "mail.");

        finding_fix(list, finding, "Give at least one exchange an A record.");
        finding_publish(list, finding, "%s 3600 IN A <address>",
                        list->setup->exchanges->exchanges[0].name);
    }
    free(all.addresses);
}

static void test_mx_one_operator(struct finding_list *list)
{
    const struct operators *operators = list->setup->view->operators;
    const struct mail_operator *first = NULL;
    struct walk walk = walk_exchanges(list);
    const struct exchange *exchange;
    size_t count = 0;

    for (; (exchange = next_exchange(&walk)); count++) {
        const struct mail_operator *runner = operators_by_exchange(operators, exchange->name);

        if (!runner || (first && runner != first))
            return;
        first = runner;
    }
    if (count > 1)
        finding_add(
            list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_MX, list->setup->exchanges->mx,
            "All exchanges are run by %s; when it is down, senders queue the mail.", first->name);
}

const struct finding_test findings_mx_hosts[] = {
    {{"mx-cname", SEVERITY_ERROR, "an exchange is an alias", "RFC 2181 10.3", "alias"},
     test_mx_cname},
    {{"mx-dangling", SEVERITY_ERROR, "an exchange does not exist", "RFC 5321 5.1", "dangling"},
     test_mx_dangling},
    {{"mx-unresolvable", SEVERITY_UNKNOWN, "an exchange cannot be looked up", "RFC 5321 5.1", ""},
     test_mx_unresolvable},
    {{"mx-private-address", SEVERITY_ERROR, "an exchange cannot be reached from outside",
      "RFC 6890 2.2", ""},
     test_mx_private_address},
    {{"mx-loopback", SEVERITY_ERROR, "an exchange's address is the sender itself",
      "RFC 1122 3.2.1.3", "loopback"},
     test_mx_loopback},
    {{"mx-shared-address", SEVERITY_NOTICE, "two exchanges are one host", "RFC 5321 5.1", ""},
     test_mx_shared_address},
    {{"mx-same-network", SEVERITY_NOTICE, "all exchanges in one network", "RFC 2182 3.1",
      "other-network"},
     test_mx_same_network},
    {{"mx-one-operator", SEVERITY_NOTICE, "all exchanges with one operator", "RFC 5321 4.5.4.1",
      ""},
     test_mx_one_operator},
    {{"mx-v4-only", SEVERITY_NOTICE, "no exchange has IPv6", "RFC 3974 2", ""}, test_mx_v4_only},
    {{"mx-v6-only", SEVERITY_WARNING, "no exchange has IPv4", "RFC 3974 2", ""}, test_mx_v6_only},
    {{0}, NULL},
};
