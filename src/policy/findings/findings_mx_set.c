/* Findings about all exchanges together: what they share. */
#include "base/array.h"
#include "base/text.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"

#include <stdlib.h>
#include <string.h>

struct all_addresses {
    struct address *addresses; /* on the heap */
    size_t count, capacity;
    size_t hosts; /* exchanges with an address */
    bool open;    /* an address look-up is not answered or failed */
};

static struct all_addresses collect(struct finding_list *list)
{
    struct all_addresses all = {0};
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
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

/* ---- networks ---- */

static bool has_address(const struct exchange *exchange, const struct address *address)
{
    for (size_t i = 0; i < exchange->address_count; i++)
        if (address_equal(&exchange->addresses[i], address))
            return true;
    return false;
}

static void add_all_in_one(struct finding_list *list, const struct all_addresses *all)
{
    struct finding *finding = finding_add(
        list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_MX, list->setup->exchanges->mx,
        "All exchanges are in %s: one broken line or router takes all of "
        "them away, and senders queue the mail.",
        network_text(list->arena, all->addresses, all->count));

    finding_fix(list, finding, "Put a secondary on another network.");
}

/* Are all addresses the host has of this one's family in this one's network? */
static bool is_bound_to(const struct exchange *exchange, const struct address *network)
{
    size_t count = 0;

    for (size_t i = 0; i < exchange->address_count; i++) {
        if (exchange->addresses[i].family != network->family)
            continue;
        if (!address_shares_network(&exchange->addresses[i], network))
            return false;
        count++;
    }
    return count > 0;
}

/* Those that have nothing but addresses in the network, beginning at `first`, each on an address
 * of its own. */
struct neighbours {
    struct text names;
    size_t count;
};

enum { NEIGHBOURS_NAMED = 4 };

static bool is_same_host(const struct exchange *a, const struct exchange *b,
                         const struct address *network)
{
    for (size_t i = 0; i < a->address_count; i++)
        if (a->addresses[i].family == network->family && has_address(b, &a->addresses[i]))
            return true;
    return false;
}

static struct neighbours find_neighbours(struct finding_list *list, const struct exchange *first,
                                         const struct address *network)
{
    struct exchange_walk walk = finding_exchanges(list);
    struct neighbours neighbours = {0};
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
        if (!is_bound_to(exchange, network))
            continue;
        if (exchange < first) { /* told with the better one */
            neighbours.count = 0;
            break;
        }
        if (exchange != first && is_same_host(first, exchange, network))
            continue;
        if (neighbours.count++ < NEIGHBOURS_NAMED)
            text_format(&neighbours.names, "%s%s", neighbours.count > 1 ? ", " : "",
                        finding_name(list, exchange->name));
    }
    if (neighbours.count > NEIGHBOURS_NAMED)
        text_format(&neighbours.names, " and %zu more", neighbours.count - NEIGHBOURS_NAMED);
    return neighbours;
}

static void add_neighbours(struct finding_list *list, const struct neighbours *neighbours,
                           const struct address *networks, size_t count)
{
    struct finding *finding;

    if (neighbours->count < 2)
        return;
    finding = finding_add(list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_MX,
                          list->setup->exchanges->mx,
                          "%s share the network %s: one broken line takes them away together.",
                          text_get(&neighbours->names), network_text(list->arena, networks, count));
    finding_fix(list, finding, "Put one of them on another network.");
}

/* The first address of each family stands for its network: a host with several is bound to none.
 * Neighbours in both families are told once. */
static void judge_networks_of(struct finding_list *list, const struct exchange *exchange)
{
    struct neighbours neighbours[2] = {{{0}, 0}, {{0}, 0}};
    struct address networks[2];
    size_t count = 0;

    for (size_t i = 0; i < exchange->address_count && count < 2; i++) {
        if (count > 0 && exchange->addresses[i].family == networks[0].family)
            continue;
        networks[count] = exchange->addresses[i];
        if (is_bound_to(exchange, &networks[count]))
            neighbours[count] = find_neighbours(list, exchange, &networks[count]);
        count++;
    }
    if (count == 2 && strcmp(text_get(&neighbours[0].names), text_get(&neighbours[1].names)) == 0) {
        add_neighbours(list, &neighbours[0], networks, 2);
    } else {
        for (size_t i = 0; i < count; i++)
            add_neighbours(list, &neighbours[i], &networks[i], 1);
    }
    text_clear(&neighbours[0].names);
    text_clear(&neighbours[1].names);
}

static void judge_networks(struct finding_list *list)
{
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk)))
        judge_networks_of(list, exchange);
}

static void test_mx_same_network(struct finding_list *list)
{
    struct all_addresses all = collect(list);

    if (all.hosts > 1 && !all.open && !all_equal(&all)) {
        if (addresses_share_network(all.addresses, all.count))
            add_all_in_one(list, &all);
        else
            judge_networks(list);
    }
    free(all.addresses);
}

/* ---- families, operators ---- */

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
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;
    size_t count = 0;

    for (; (exchange = finding_next_exchange(&walk)); count++) {
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

const struct finding_test findings_mx_set[] = {
    {{"mx-same-network", SEVERITY_NOTICE, "exchanges in one network", "RFC 2182 3.1",
      "other-network"},
     test_mx_same_network},
    {{"mx-one-operator", SEVERITY_NOTICE, "all exchanges with one operator", "RFC 5321 4.5.4.1",
      ""},
     test_mx_one_operator},
    {{"mx-v4-only", SEVERITY_NOTICE, "no exchange has IPv6", "RFC 3974 4.1", ""}, test_mx_v4_only},
    {{"mx-v6-only", SEVERITY_WARNING, "no exchange has IPv4", "RFC 3974 4.1", ""}, test_mx_v6_only},
    {{0}, NULL},
};
