/* Findings about the name servers of the zone. */
#include "base/array.h"
#include "dns/type.h"
#include "mail/finding_list.h"

#include <stdlib.h>

static const char *zone_name(const struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;

    return authority->zone ? authority->zone : list->setup->view->domain;
}

/* Hostile answers may name thousands. */
enum { SERVERS_MAX = 32 };

static size_t server_count(const struct finding_list *list)
{
    const struct reply *ns = list->setup->authority->ns;

    if (!reply_answered(ns))
        return 0;
    return ns->record_count < SERVERS_MAX ? ns->record_count : SERVERS_MAX;
}

static const struct record *server_at(const struct finding_list *list, size_t index)
{
    return list->setup->authority->ns->records[index];
}

/* ---- asked directly ---- */

static void add_lame(struct finding_list *list, const struct authority_server *server)
{
    char address[ADDRESS_TEXT];
    struct finding *finding;

    if (server->state == AUTHORITY_SILENT) {
        finding_add(list, SEVERITY_UNKNOWN, server->name, TYPE_SOA, server->soa,
                    "%s did not answer in time, so nothing is known about it.",
                    address_text(&server->address, address));
        return;
    }
    finding = finding_add(list, SEVERITY_ERROR, server->name, TYPE_NS, server->soa,
                          "The server at %s is listed, but %s: look-ups are slower, and fail when "
                          "the others are down.",
                          address_text(&server->address, address), server->why);
    finding_fix(list, finding,
                "Serve %s there, or remove the server from the NS records here and "
                "at the parent.",
                zone_name(list));
}

/* Lessons are made of documentation addresses; that nobody is there is no fault of theirs. */
static bool is_in_a_lesson(const struct authority_server *server)
{
    return server->state == AUTHORITY_NOWHERE &&
           address_kind(&server->address) == ADDRESS_DOCUMENTATION;
}

static void test_ns_lame(struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;

    for (size_t i = 0; i < authority->count; i++)
        if (authority->servers[i].state > AUTHORITY_OK && !is_in_a_lesson(&authority->servers[i]))
            add_lame(list, &authority->servers[i]);
}

static void test_soa_serial_differs(struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;
    const struct authority_server *first = NULL;

    for (size_t i = 0; i < authority->count; i++) {
        const struct authority_server *server = &authority->servers[i];
        struct finding *finding;
        char address[ADDRESS_TEXT];

        if (!server->has_serial)
            continue;
        first = first ? first : server;
        if (server->serial == first->serial)
            continue;
        finding = finding_add(
            list, SEVERITY_WARNING, server->name, TYPE_SOA, server->soa,
            "%s has serial %u, %s has %u: some senders see an old zone until they agree.",
            address_text(&server->address, address), server->serial, first->name, first->serial);
        finding_fix(list, finding,
                    "Minutes after a change this is normal; if it stays, see that the server "
                    "transfers the zone and that the serial is raised with each change.");
    }
}

static const char *join(struct finding_list *list, const char *const *names, size_t count)
{
    struct text text = {0};
    const char *joined;

    for (size_t i = 0; i < count; i++)
        text_format(&text, "%s%s", i > 0 ? ", " : "", names[i]);
    joined = arena_dup(list->arena, text_get(&text));
    text_clear(&text);
    return joined;
}

static void test_ns_parent_differs(struct finding_list *list)
{
    const struct authority_parent *parent = &list->setup->authority->parent;
    bool above = parent->only_parent_count > 0, below = parent->only_child_count > 0;
    struct finding *finding;

    if (!parent->known || (!above && !below))
        return;
    finding = finding_add(
        list, SEVERITY_WARNING, zone_name(list), TYPE_NS, parent->ns,
        "The parent zone %s and the zone itself name different servers%s%s%s%s: which ones are "
        "asked depends on what a resolver has seen.",
        parent->zone, above ? "; only the parent: " : "",
        join(list, parent->only_parent, parent->only_parent_count),
        below ? "; only the zone: " : "", join(list, parent->only_child, parent->only_child_count));
    finding_fix(list, finding,
                "Bring the NS records of the zone and those at the registry to the "
                "same names.");
}

/* ---- the hosts ---- */

struct all_addresses {
    struct address *addresses; /* on the heap */
    size_t count, capacity, hosts;
    bool open;
};

static struct all_addresses collect(struct finding_list *list)
{
    struct all_addresses all = {0};

    for (size_t i = 0; i < server_count(list); i++) {
        struct host_addresses replies = finding_host(list, server_at(list, i)->target);
        const struct address *addresses;
        size_t count;

        addresses = host_address_list(list->arena, replies, &count);
        all.hosts += count > 0;
        all.open |=
            !replies.a || !replies.aaaa || reply_failed(replies.a) || reply_failed(replies.aaaa);
        for (size_t k = 0; k < count; k++)
            ARRAY_PUSH(all.addresses, all.count, all.capacity, addresses[k]);
    }
    return all;
}

static bool all_equal(const struct all_addresses *all)
{
    for (size_t i = 1; i < all->count; i++)
        if (!address_equal(&all->addresses[i], &all->addresses[0]))
            return false;
    return all->count > 0;
}

static void test_ns_single(struct finding_list *list)
{
    struct all_addresses all = collect(list);
    size_t count = server_count(list);
    struct finding *finding;

    if (count == 1 || (count > 1 && !all.open && all_equal(&all))) {
        finding = finding_add(list, SEVERITY_WARNING, zone_name(list), TYPE_NS,
                              list->setup->authority->ns,
                              "There is one name server%s: while it is down, nobody finds the "
                              "exchanges, and mail is put off.",
                              count > 1 ? " under several names" : "");
        finding_fix(list, finding, "Have a second name server, on another network.");
    }
    free(all.addresses);
}

static void test_ns_same_network(struct finding_list *list)
{
    struct all_addresses all = collect(list);
    struct finding *finding;

    if (all.hosts > 1 && !all.open && !all_equal(&all) &&
        addresses_share_network(all.addresses, all.count)) {
        finding = finding_add(list, SEVERITY_WARNING, zone_name(list), TYPE_NS,
                              list->setup->authority->ns,
                              "All name servers are in %s: one broken line makes the domain "
                              "unknown, and mail is put off.",
                              network_text(list->arena, all.addresses, all.count));
        finding_fix(list, finding, "Put one name server on another network.");
    }
    free(all.addresses);
}

static void test_ns_cname(struct finding_list *list)
{
    for (size_t i = 0; i < server_count(list); i++) {
        const struct record *record = server_at(list, i);
        struct host_addresses replies = finding_host(list, record->target);
        const struct reply *alias = host_alias(&replies);
        struct finding *finding;

        if (!alias)
            continue;
        finding = finding_add(list, SEVERITY_ERROR, record->target, TYPE_CNAME, alias,
                              "The name server is an alias of %s: many resolvers do not ask it.",
                              alias->canonical);
        finding_record(list, finding, record);
        finding_fix(list, finding, "Name the host itself in the NS record.");
        finding_publish(list, finding, "%s %u IN NS %s", record->owner, record->ttl,
                        alias->canonical);
    }
}

static void test_ns_dangling(struct finding_list *list)
{
    for (size_t i = 0; i < server_count(list); i++) {
        const struct record *record = server_at(list, i);
        struct host_addresses replies = finding_host(list, record->target);
        enum host_standing standing = host_standing_of(&replies);
        struct finding *finding;

        if (standing != HOST_DOES_NOT_EXIST && standing != HOST_WITHOUT_ADDRESS)
            continue;
        finding =
            finding_add(list, SEVERITY_ERROR, record->target, TYPE_A, replies.a,
                        "The name server %s, so it cannot be asked.",
                        standing == HOST_DOES_NOT_EXIST ? "does not exist" : "has no address");
        finding_record(list, finding, record);
        finding_fix(list, finding, "Give the name an address, or remove the NS record.");
        finding_publish(list, finding, "%s 3600 IN A <address>", record->target);
    }
}

const struct finding_test findings_ns[] = {
    {{"ns-lame", SEVERITY_ERROR, "a name server that does not serve the zone", "RFC 1912 2.8",
      "split-servers"},
     test_ns_lame},
    {{"ns-single", SEVERITY_WARNING, "only one name server", "RFC 2182 5", ""}, test_ns_single},
    {{"ns-same-network", SEVERITY_WARNING, "all name servers in one network", "RFC 2182 3.1", ""},
     test_ns_same_network},
    {{"ns-cname", SEVERITY_ERROR, "a name server is an alias", "RFC 2181 10.3", ""}, test_ns_cname},
    {{"ns-dangling", SEVERITY_ERROR, "a name server without address", "RFC 1034 4.2.1", ""},
     test_ns_dangling},
    {{"ns-parent-differs", SEVERITY_WARNING, "parent and zone name other servers", "RFC 1034 4.2.2",
      ""},
     test_ns_parent_differs},
    {{"soa-serial-differs", SEVERITY_WARNING, "name servers hold different versions",
      "RFC 1034 4.3.5", "split-servers"},
     test_soa_serial_differs},
    {{0}, NULL},
};
