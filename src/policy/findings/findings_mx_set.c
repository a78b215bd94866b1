/* Findings about all exchanges together: what they share. */
#include "base/array.h"
#include "base/message.h"
#include "base/text.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"

#include <stdlib.h>
#include <string.h>

struct all_addresses {
    struct address *addresses; /* on the heap */
    size_t count, capacity;
    size_t hosts; /* exchanges with an address */
    bool open;    /* an address lookup is not answered or failed */
};

static struct all_addresses collect(struct finding_list *list)
{
    struct all_addresses all = {0};
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
        all.hosts += exchange->address_count > 0;
        all.open |= !exchange->replies.a || !exchange->replies.aaaa ||
                    finding_reply_failed(exchange->replies.a) ||
                    finding_reply_failed(exchange->replies.aaaa);
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

/* ---- networks ---- */

/* Two names of one machine are one host. */
static bool is_same_host(const struct exchange *a, const struct exchange *b)
{
    for (size_t i = 0; i < a->address_count; i++)
        if (address_is_among(&a->addresses[i], b->addresses, b->address_count))
            return true;
    return false;
}

static bool is_in(const struct exchange *exchange, const struct networks *networks)
{
    struct networks own;

    return networks_of(exchange->addresses, exchange->address_count, &own) &&
           networks_equal(&own, networks);
}

/* The hosts that have nothing but addresses in these networks, each machine once. */
struct neighbours {
    struct text names;
    size_t count, hosts; /* machines; names */
    bool told;           /* with an exchange before this one */
};

enum { NEIGHBOURS_NAMED = 4 };

static struct neighbours find_neighbours(struct finding_list *list, const struct exchange *first,
                                         const struct networks *networks)
{
    struct exchange_walk walk = finding_exchanges(list);
    struct neighbours neighbours = {0};
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
        if (!is_in(exchange, networks))
            continue;
        neighbours.told |= exchange < first;
        neighbours.hosts++;
        if (exchange != first && is_same_host(first, exchange))
            continue;
        if (neighbours.count++ < NEIGHBOURS_NAMED)
            text_format(&neighbours.names, "%s%s", neighbours.count > 1 ? message_comma() : "",
                        finding_name(list, exchange->name));
    }
    if (neighbours.count > NEIGHBOURS_NAMED)
        message_more(&neighbours.names, neighbours.count - NEIGHBOURS_NAMED);
    return neighbours;
}

static void add_neighbours(struct finding_list *list, const struct neighbours *neighbours,
                           const char *networks, bool all)
{
    const char *text =
        all ? arena_format(
                  list->arena,
                  tr("All MX hosts are in %s. If that network fails, senders queue the mail."),
                  networks)
            : arena_format(list->arena,
                           tr("%s share the network %s. If it fails, all of them are down."),
                           text_get(&neighbours->names), networks);
    struct finding *finding = finding_add(list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_MX,
                                          list->setup->exchanges->mx, "%s", text);

    finding_fix(list, finding, "%s",
                all ? tr("Put a secondary on another network.")
                    : tr("Put one of them on another network."));
}

static void judge_networks(struct finding_list *list, const struct exchange *first, size_t hosts)
{
    struct neighbours neighbours;
    struct networks networks;

    if (!networks_of(first->addresses, first->address_count, &networks))
        return;
    neighbours = find_neighbours(list, first, &networks);
    if (!neighbours.told && neighbours.count > 1)
        add_neighbours(list, &neighbours, networks_text(list->arena, &networks),
                       neighbours.hosts == hosts);
    text_clear(&neighbours.names);
}

static void test_mx_same_network(struct finding_list *list)
{
    struct all_addresses all = collect(list);
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while (!all.open && (exchange = finding_next_exchange(&walk)))
        judge_networks(list, exchange, all.hosts);
    free(all.addresses);
}

/* ---- families, operators ---- */

static void test_mx_v4_only(struct finding_list *list)
{
    struct all_addresses all = collect(list);

    if (all.count > 0 && !all.open && !has_family(&all, 6)) {
        struct finding *finding = finding_add(
            list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_MX, list->setup->exchanges->mx,
            "No MX host has an IPv6 address. Senders without IPv4 cannot deliver.");

        finding_fix(list, finding, "Give at least one MX host an AAAA record.");
    }
    free(all.addresses);
}

static void test_mx_v6_only(struct finding_list *list)
{
    struct all_addresses all = collect(list);

    if (all.count > 0 && !all.open && !has_family(&all, 4)) {
        struct finding *finding = finding_add(
            list, SEVERITY_WARNING, list->setup->view->domain, TYPE_MX, list->setup->exchanges->mx,
            "No MX host has an IPv4 address. Most senders still use IPv4, and bounce the mail.");

        finding_fix(list, finding, "Give at least one MX host an A record.");
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
            "%s operates all MX hosts. When it is down, senders queue the mail.", first->name);
}

/* ---- the filter in front ---- */

static const struct mail_operator *filter_in_front(const struct setup *setup)
{
    for (size_t i = 0; i < setup->match_count; i++)
        if (setup->matches[i].filter_in_front)
            return setup->matches[i].operator;
    return NULL;
}

static bool is_own(const struct finding_list *list, const struct exchange *exchange)
{
    return name_is_within(exchange->name, list->setup->dmarc->organisational_by_suffix);
}

/* Somebody else's host in front of all that nothing is known of: it may be a filter. NULL when one
 * of the first preference is the domain's own, or the host of a known operator. */
static const struct exchange *unknown_in_front(const struct finding_list *list)
{
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange, *front = NULL;

    while ((exchange = finding_next_exchange(&walk))) {
        if (front && exchange->preference != front->preference)
            break;
        front = front ? front : exchange;
        if (is_own(list, exchange) ||
            operators_by_exchange(list->setup->view->operators, exchange->name))
            return NULL;
    }
    return front;
}

/* Whether it filters the DNS does not say. */
static void judge_unknown_front(struct finding_list *list)
{
    const struct exchange *front = unknown_in_front(list), *exchange;
    struct exchange_walk walk = finding_exchanges(list);

    if (front && (host_standing_of(&front->replies) == HOST_DOES_NOT_EXIST ||
                  finding_is_overdotted(list, front->name, &front->replies)))
        return;
    while (front && (exchange = finding_next_exchange(&walk))) {
        struct finding *finding;

        if (!is_own(list, exchange) || exchange->preference <= front->preference)
            continue;
        finding =
            finding_add(list, SEVERITY_NOTICE, exchange->name, TYPE_MX, list->setup->exchanges->mx,
                        "%s (preference %u) accepts mail that does not come through %s. If that "
                        "host filters the mail, spammers go past it.",
                        finding_name(list, exchange->name), exchange->preference,
                        finding_name(list, front->name));
        finding_record(list, finding, exchange->record);
        finding_fix(list, finding,
                    "If %s is a filter, remove the MX records behind it, and let those hosts "
                    "accept mail from it only.",
                    finding_name(list, front->name));
        finding->cause = front->name;
    }
}

/* Exchanges that no filter runs take mail from whoever goes past the one in front. */
static void test_mx_bypasses_filter(struct finding_list *list)
{
    const struct mail_operator *filter = filter_in_front(list->setup);
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;
    struct finding *finding = NULL;

    if (!filter)
        judge_unknown_front(list);
    while (filter && (exchange = finding_next_exchange(&walk))) {
        const struct mail_operator *runner =
            operators_by_exchange(list->setup->view->operators, exchange->name);

        if (runner && strcmp(runner->kind, "filter") == 0)
            continue;
        finding =
            finding_add(list, SEVERITY_WARNING, exchange->name, TYPE_MX, list->setup->exchanges->mx,
                        "%s (preference %u) bypasses the filtering service %s. Anyone can deliver "
                        "to it directly, and spammers do.",
                        finding_name(list, exchange->name), exchange->preference, filter->name);
        finding_record(list, finding, exchange->record);
        finding_fix(
            list, finding,
            "Remove the MX records that bypass %s, and let those hosts accept mail from it only.",
            filter->name);
        finding->cause = filter->name;
    }
}

const struct finding_kind findings_mx_set[] = {
    {"mx-bypasses-filter", SEVERITY_WARNING, "an MX host bypasses the filter", "RFC 5321 5.1",
     "filter", "mx", test_mx_bypasses_filter},
    {"mx-same-network", SEVERITY_NOTICE, "MX hosts in one network", "RFC 2182 3.1", "other-network",
     "mx", test_mx_same_network},
    {"mx-one-operator", SEVERITY_NOTICE, "all MX hosts with one operator", "RFC 5321 4.5.4.1", "",
     "mx", test_mx_one_operator},
    {"mx-v4-only", SEVERITY_NOTICE, "no MX host has IPv6", "RFC 3974 4.1", "", "mx",
     test_mx_v4_only},
    {"mx-v6-only", SEVERITY_WARNING, "no MX host has IPv4", "RFC 3974 4.1", "", "mx",
     test_mx_v6_only},
    {0},
};
