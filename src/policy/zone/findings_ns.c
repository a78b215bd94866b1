/* Findings about the name servers of the zone. */
#include "base/array.h"
#include "base/message.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"
#include "policy/zone/findings_file.h"

#include <stdlib.h>
#include <string.h>

/* Hostile answers may name thousands. */
enum { SERVERS_MAX = 32 };

static size_t server_count(const struct finding_list *list)
{
    const struct reply *ns = list->setup->authority->ns;

    if (!finding_reply_answered(ns))
        return 0;
    return ns->record_count < SERVERS_MAX ? ns->record_count : SERVERS_MAX;
}

static const struct record *server_at(const struct finding_list *list, size_t index)
{
    return list->setup->authority->ns->records[index];
}

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

        addresses = exchange_host_addresses(list->arena, replies, &count);
        all.hosts += count > 0;
        all.open |= !replies.a || !replies.aaaa || finding_reply_failed(replies.a) ||
                    finding_reply_failed(replies.aaaa);
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

/* A zone that has an SOA record and no NS record: name servers refuse to load it. */
static void test_ns_none(struct finding_list *list)
{
    const struct reply *soa = finding_lookup(list, finding_zone(list), TYPE_SOA);
    const struct reply *ns = finding_lookup(list, finding_zone(list), TYPE_NS);

    if (!finding_reply_answered(soa) || soa->alias_count > 0 || !ns ||
        ns->outcome != OUTCOME_NODATA)
        return;
    finding_fix(list,
                finding_add(list, SEVERITY_WARNING, finding_zone(list), TYPE_NS, ns,
                            "The zone has no NS record. Name servers refuse to load such a zone, "
                            "and a delegation to it leads to no server."),
                "Name every name server of the zone in an NS record.");
}

static void test_ns_single(struct finding_list *list)
{
    struct all_addresses all = collect(list);
    size_t count = server_count(list);
    struct finding *finding;

    if (count == 1 || (!all.open && all_equal(&all))) {
        finding = finding_add(
            list, SEVERITY_WARNING, finding_zone(list), TYPE_NS, list->setup->authority->ns,
            all.hosts == 1 && count > 1
                ? (list->setup->exchanges
                       ? "Only one of the name servers has an address. While it is down, the "
                         "domain does not resolve and mail is deferred."
                       : "Only one of the name servers has an address. While it is down, the names "
                         "in the zone do not resolve.")
            : count > 1 && list->setup->exchanges
                ? "There is only one name server, under several names. While it is down, the "
                  "domain does not resolve and mail is deferred."
            : count > 1 ? "There is only one name server, under several names. While it is down, "
                          "the names in the zone do not resolve."
            : list->setup->exchanges ? "There is only one name server. While it is down, the "
                                       "domain does not resolve and mail is deferred."
                                     : "There is only one name server. While it is down, the names "
                                       "in the zone do not resolve.");
        finding_fix(list, finding, "Set up a second name server on another network.");
    }
    free(all.addresses);
}

/* Are all servers that have addresses in the same networks, and nowhere else? */
static bool share_networks(struct finding_list *list, struct networks *networks)
{
    size_t hosts = 0;

    for (size_t i = 0; i < server_count(list); i++) {
        struct host_addresses replies = finding_host(list, server_at(list, i)->target);
        struct networks own;
        const struct address *addresses;
        size_t count;

        addresses = exchange_host_addresses(list->arena, replies, &count);
        if (count == 0)
            continue;
        if (!networks_of(addresses, count, &own) ||
            (hosts++ > 0 && !networks_equal(&own, networks)))
            return false;
        *networks = own;
    }
    return hosts > 1;
}

static void test_ns_same_network(struct finding_list *list)
{
    struct all_addresses all = collect(list);
    struct networks networks;
    struct finding *finding;

    if (!all.open && !all_equal(&all) && share_networks(list, &networks)) {
        finding = finding_add(
            list, SEVERITY_WARNING, finding_zone(list), TYPE_NS, list->setup->authority->ns,
            list->setup->exchanges
                ? "All name servers are in %s. If that network fails, the domain does not resolve "
                  "and mail is deferred."
                : "All name servers are in %s. If that network fails, the domain does not resolve.",
            networks_text(list->arena, &networks));
        finding_fix(list, finding, "Put one name server on another network.");
    }
    free(all.addresses);
}

static void test_ns_cname(struct finding_list *list)
{
    for (size_t i = 0; i < server_count(list); i++) {
        const struct record *record = server_at(list, i);
        struct host_addresses replies = finding_host(list, record->target);
        const struct reply *alias = finding_host_alias(&replies);
        struct finding *finding;

        if (!alias)
            continue;
        finding = finding_add(list, SEVERITY_ERROR, record->target, TYPE_CNAME, alias,
                              "The name server is an alias of %s. Many resolvers do not query it.",
                              finding_name(list, alias->canonical));
        finding_record(list, finding, record);
        finding_fix(list, finding, "Name the host itself in the NS record.");
    }
}

static void add_unknown(struct finding_list *list, const char *server,
                        const struct host_addresses *replies)
{
    const struct reply *failed = finding_reply_failed(replies->a) ? replies->a : replies->aaaa;

    if (!finding_reply_outside(failed))
        finding_add_unknown(list, server, failed->question.type, failed);
}

static void test_ns_dangling(struct finding_list *list)
{
    for (size_t i = 0; i < server_count(list); i++) {
        const struct record *record = server_at(list, i);
        struct host_addresses replies = finding_host(list, record->target);
        enum host_standing standing = host_standing_of(&replies);
        struct finding *finding;

        if (finding_add_overdotted(list, record->target, &replies, record, "NS"))
            continue;
        if (standing == HOST_LOOKUP_FAILED)
            add_unknown(list, record->target, &replies);
        if (standing != HOST_DOES_NOT_EXIST && standing != HOST_WITHOUT_ADDRESS)
            continue;
        finding = finding_add(list, SEVERITY_ERROR, record->target, TYPE_A, replies.a,
                              standing == HOST_DOES_NOT_EXIST
                                  ? "The name server does not exist, so it cannot be queried."
                                  : "The name server has no address, so it cannot be queried.");
        finding_record(list, finding, record);
        finding_fix_dangling(list, finding, record->target, "NS");
    }
}

/* Does the step tell what the lookups do not: that nobody who comes from above gets its address? */
static bool lacks_glue(struct finding_list *list, const struct trace_server *server)
{
    struct host_addresses replies;
    enum host_standing standing;

    if (server->state != TRACE_NO_GLUE)
        return false;
    replies = finding_host(list, server->name);
    standing = host_standing_of(&replies);
    return standing != HOST_DOES_NOT_EXIST && standing != HOST_WITHOUT_ADDRESS;
}

static void add_without_glue(struct finding_list *list, const struct trace_step *step)
{
    for (size_t i = 0; step && i < step->count; i++) {
        const struct trace_server *server = &step->servers[i];
        struct finding *finding;

        if (!lacks_glue(list, server))
            continue;
        finding = finding_add(list, step->first ? SEVERITY_WARNING : SEVERITY_ERROR, server->name,
                              TYPE_NS, step->delegation,
                              "The name server is within the zone that it serves, and the parent "
                              "zone %s gives no address for it (no glue), so resolvers cannot "
                              "query it.",
                              finding_name(list, step->parent));
        finding_fix(list, finding, "Add the addresses of %s at the registry.",
                    finding_name(list, server->name));
        finding_at_cut(list, finding, step);
    }
}

static void test_ns_without_address(struct finding_list *list)
{
    const struct trace *trace = finding_trace(list);
    const struct trace_step *broken = trace ? trace_break(trace) : NULL;
    const struct trace_step *own = finding_step(list, finding_zone(list));

    test_ns_dangling(list);
    add_without_glue(list, own);
    if (broken && broken != own && broken->parent)
        add_without_glue(list, broken);
}

/* Loopback and documentation addresses are those of laboratories and lessons. */
static bool is_out_of_reach(const struct address *address)
{
    enum address_kind kind = address_kind(address);

    return kind != ADDRESS_GLOBAL && kind != ADDRESS_DOCUMENTATION && kind != ADDRESS_LOOPBACK;
}

static void judge_server_addresses(struct finding_list *list, const char *name, bool inside)
{
    struct host_addresses replies = finding_host(list, name);
    size_t count;
    const struct address *addresses = exchange_host_addresses(list->arena, replies, &count);

    for (size_t i = 0; i < count; i++) {
        char text[ADDRESS_TEXT];
        struct finding *finding;

        if (!is_out_of_reach(&addresses[i]))
            continue;
        finding = finding_add(
            list, inside ? SEVERITY_NOTICE : SEVERITY_ERROR, name,
            addresses[i].family == 6 ? TYPE_AAAA : TYPE_A,
            addresses[i].family == 6 ? replies.aaaa : replies.a,
            inside ? "The name server has the address %s (%s). Resolvers elsewhere cannot query "
                     "it. This is right in the inner zone of a directory."
                   : "The name server has the address %s (%s). Resolvers elsewhere cannot query it "
                     "and lose time.",
            address_text(&addresses[i], text), address_kind_text(address_kind(&addresses[i])));
        finding_address(list, finding, addresses[i].family == 6 ? replies.aaaa : replies.a,
                        &addresses[i]);
        finding->about = arena_dup(list->arena, text);
        finding->cause =
            inside ? "inside" : arena_format(list->arena, "%s %u", name, addresses[i].family);
        if (!inside)
            finding_fix(list, finding, "Publish a public address only.");
    }
}

static void test_ns_private_address(struct finding_list *list)
{
    enum finding_view view = finding_seen_from(list);

    if (view == VIEW_OPEN || (view == VIEW_FROM_INSIDE && !list->setup->view->directory))
        return;
    for (size_t i = 0; i < server_count(list); i++)
        judge_server_addresses(list, server_at(list, i)->target, view == VIEW_FROM_INSIDE);
}

/* ---- the zone file ---- */

/* "mail.example.net (line 12)", and where it is in a file included its name. */
static const char *owner_words(struct finding_list *list, const struct zone_flaw *flaw)
{
    const char *name = finding_name(list, flaw->owner);

    return strcmp(flaw->file, flaw->label) == 0
               ? arena_format(list->arena, tr("%s (line %zu)"), name, flaw->line)
               : arena_format(list->arena, tr("%s (%s, line %zu)"), name, flaw->file, flaw->line);
}

enum { OUTSIDE_NAMED = 4 };

static void test_zone_outside(struct finding_list *list)
{
    struct file_walk walk = finding_flaws(list, ZONE_FLAW_OUTSIDE);
    const struct zone_flaw *flaw;
    struct finding *finding;
    const char *names[OUTSIDE_NAMED];
    struct text words = {0};
    size_t count = 0, more = 0;

    while ((flaw = finding_next_flaw(&walk))) {
        if (count < OUTSIDE_NAMED)
            names[count++] = owner_words(list, flaw);
        else
            more++;
        more += flaw->more;
    }
    if (!count)
        return;
    message_list(&words, names, count, more);
    finding =
        finding_add(list, SEVERITY_NOTICE, finding_zone(list), TYPE_SOA, NULL,
                    count == 1 ? "The zone file has records of %s, which is outside the zone. "
                                 "Name servers ignore such records, or refuse the file."
                               : "The zone file has records of %s, which are outside the zone. "
                                 "Name servers ignore such records, or refuse the file.",
                    text_get(&words));
    finding_fix(list, finding, "Put records of other domains into files of their own.");
    finding->in_file = true;
    text_clear(&words);
}

enum { WEEK = 7 * 86400, DAY = 86400 };

static const char *odd_time(const struct record *soa)
{
    if (soa->soa.expire < WEEK)
        return tr("expire is shorter than a week");
    if (soa->soa.retry > soa->soa.refresh)
        return tr("retry is longer than refresh");
    if (soa->soa.minimum > DAY)
        return tr("the negative TTL (the last number) is longer than a day");
    return NULL;
}

static void test_soa_times(struct finding_list *list)
{
    const struct reply *reply = finding_lookup(list, finding_zone(list), TYPE_SOA);
    const char *odd = finding_reply_answered(reply) ? odd_time(reply->records[0]) : NULL;
    struct finding *finding;

    if (!odd)
        return;
    finding = finding_add(list, SEVERITY_NOTICE, finding_zone(list), TYPE_SOA, reply,
                          "A time in the SOA record is unusual: %s.", odd);
    finding_record(list, finding, reply->records[0]);
    finding_fix(list, finding,
                "Use a refresh of some hours, a shorter retry, an expire of two to four weeks, and "
                "a last number (negative TTL) of about an hour at most.");
}

const struct finding_kind findings_ns[] = {
    {"ns-none", SEVERITY_WARNING, "a zone without name servers", "RFC 1035 5.2", "", "ns",
     test_ns_none},
    {"ns-single", SEVERITY_WARNING, "only one name server", "RFC 2182 5", "", "ns", test_ns_single},
    {"ns-same-network", SEVERITY_WARNING, "all name servers in one network", "RFC 2182 3.1", "",
     "ns", test_ns_same_network},
    {"ns-cname", SEVERITY_ERROR, "a name server is an alias", "RFC 2181 10.3", "", "ns",
     test_ns_cname},
    {"ns-dangling", SEVERITY_ERROR, "a name server without address", "RFC 1034 4.2.1", "", "ns",
     test_ns_without_address},
    {"ns-private-address", SEVERITY_ERROR, "a name server cannot be reached from outside",
     "RFC 6890 2.2", "", "ns", test_ns_private_address},
    {"zone-outside", SEVERITY_NOTICE, "records outside the zone", "RFC 1035 5.2", "", "SOA",
     test_zone_outside},
    {"soa-times", SEVERITY_NOTICE, "unusual times in the SOA", "RFC 1912 2.2", "", "SOA",
     test_soa_times},
    {0},
};
