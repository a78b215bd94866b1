/* Findings about the records of a directory one by one: ports, weights, lifetimes, addresses. */
#include "base/message.h"
#include "dns/type.h"
#include "policy/services/finding_directory.h"

#include <string.h>

/* Calls `judge` for each record of each name. */
static void for_each_entry(struct finding_list *list, const struct directory *directory,
                           void (*judge)(struct finding_list *, const struct directory *,
                                         const struct directory_name *, size_t))
{
    for (size_t i = 0; directory && i < directory->name_count; i++)
        for (size_t k = 0; k < directory->names[i].entry_count; k++)
            if (directory->names[i].rule->type == TYPE_SRV)
                judge(list, directory, &directory->names[i], k);
}

static void judge_port(struct finding_list *list, const struct directory *directory,
                       const struct directory_name *name, size_t place)
{
    const struct record *record = name->entries[place].record;
    const struct directory_host *host = &directory->hosts[name->entries[place].host];
    struct finding *finding;

    if (record->srv.port == name->rule->port)
        return;
    finding = finding_add(list, SEVERITY_ERROR, name->owner, TYPE_SRV, name->reply,
                          "The record for %s names port %u; this service is expected at port %u. "
                          "Clients connect to the wrong service.",
                          finding_name(list, host->name), record->srv.port, name->rule->port);
    finding->cause =
        arena_format(list->arena, "%s %u %u", host->name, record->srv.port, name->rule->port);
    finding_record(list, finding, record);
    finding_fix(list, finding,
                "Delete the record that was made by hand, or correct its port to %u.",
                name->rule->port);
}

static void test_port(struct finding_list *list)
{
    for_each_entry(list, finding_directory(list, DIRECTORY_NONE), judge_port);
}

static void judge_weight(struct finding_list *list, const struct directory *directory,
                         const struct directory_name *name, size_t place)
{
    const struct record *record = name->entries[place].record;
    const struct directory_host *host = &directory->hosts[name->entries[place].host];
    struct finding *finding;

    if (host->standing != STANDING_THERE || host->marks[name - directory->names] != MARK_DIFFERS ||
        directory_record(directory, name, name->entries[place].host) != record)
        return;
    finding = finding_add(list, SEVERITY_WARNING, host->name, TYPE_SRV, name->reply,
                          "In %s the server has priority %u and weight %u, in most of its records "
                          "%u and %u. Its share of the clients depends on the name they look up.",
                          finding_name(list, name->owner), record->srv.priority, record->srv.weight,
                          host->priority, host->weight);
    finding->about = name->owner;
    finding->cause = host->name;
    finding_record(list, finding, record);
    finding_fix(list, finding,
                "Set LdapSrvPriority and LdapSrvWeight on the domain controller, never the records "
                "in DNS, and restart its Netlogon service.");
}

static void test_weight_differs(struct finding_list *list)
{
    for_each_entry(list, finding_directory(list, DIRECTORY_AD), judge_weight);
}

static void judge_duplicate(struct finding_list *list, const struct directory *directory,
                            const struct directory_name *name, size_t place)
{
    const struct directory_entry *entry = &name->entries[place];
    const char *host = directory->hosts[entry->host].name;
    struct finding *finding;
    size_t before = 0;

    for (size_t i = 0; i < place; i++)
        before += name->entries[i].host == entry->host;
    if (before != 1)
        return;
    finding = finding_add(list, SEVERITY_WARNING, name->owner, TYPE_SRV, name->reply,
                          "%s is in this RRset twice. It gets two shares of the clients.",
                          finding_name(list, host));
    finding->cause = host;
    finding_record(list, finding, entry->record);
    finding_fix(list, finding,
                "Delete the record that was made by hand; the server also registers its own.");
}

static void test_duplicate_target(struct finding_list *list)
{
    for_each_entry(list, finding_directory(list, DIRECTORY_NONE), judge_duplicate);
}

/* ---- priority ---- */

static void test_priority_alone(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct directory_name *name =
        directory ? directory_find(directory, DIRECTORY_DC, NULL) : NULL;
    const struct record *best = NULL;
    size_t alone = 0;

    for (size_t i = 0; name && i < name->entry_count; i++) {
        const struct record *record = name->entries[i].record;
        if (!best || record->srv.priority < best->srv.priority) {
            best = record;
            alone = 1;
        } else {
            alone += record->srv.priority == best->srv.priority;
        }
    }
    if (!best || alone != 1 || name->entry_count < 2)
        return;
    finding_fix(list,
                finding_add(list, SEVERITY_NOTICE, name->owner, TYPE_SRV, name->reply,
                            "%s alone has the lowest priority, %u. Clients try it first and the "
                            "others only when it does not answer.",
                            finding_name(list, best->srv.target), best->srv.priority),
                "If this is not intended, give all domain controllers the same LdapSrvPriority.");
}

/* ---- lifetimes ---- */

enum { TTL_MOST = 3600 };

static void test_ttl_long(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct record *longest = NULL;
    const struct reply *reply = NULL;
    size_t count = 0;

    for (size_t i = 0; directory && i < directory->name_count; i++)
        for (size_t k = 0; k < directory->names[i].entry_count; k++) {
            const struct record *record = directory->names[i].entries[k].record;
            if (record->type != TYPE_SRV || record->ttl <= TTL_MOST)
                continue;
            count++;
            if (!longest || record->ttl > longest->ttl) {
                longest = record;
                reply = directory->names[i].reply;
            }
        }
    if (longest) {
        struct finding *finding = finding_add(
            list, SEVERITY_NOTICE, longest->owner, TYPE_SRV, reply, "%s",
            arena_format(
                list->arena,
                tr_plural(
                    "%zu record of the directory has a TTL over one hour, up to %lu seconds. "
                    "Clients keep using a server that is gone for that long.",
                    "%zu records of the directory have a TTL over one hour, up to %lu seconds. "
                    "Clients keep using a server that is gone for that long.",
                    count),
                count, (unsigned long)longest->ttl));
        finding_record(list, finding, longest);
        finding_fix(list, finding, "Let the servers register with 600 seconds.");
    }
}

/* ---- addresses ---- */

/* The first 16 bits of IPv4, 48 of IPv6. */
static bool are_near(const struct address *a, const struct address *b)
{
    return memcmp(a->bytes, b->bytes, a->family == 6 ? 6 : 2) == 0;
}

/* An address that clients cannot reach: one of its link only, or in another network. */
static const struct address *odd_address(const struct directory_host *host)
{
    for (size_t i = 0; i < host->address_count; i++) {
        const struct address *address = &host->addresses[i];
        if (address_kind(address) == ADDRESS_LINK_LOCAL)
            return address;
        for (size_t k = 0; k < i; k++)
            if (host->addresses[k].family == address->family &&
                !are_near(&host->addresses[k], address))
                return address;
    }
    return NULL;
}

static void test_multihomed(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    for (size_t i = 0; directory && i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        const struct address *odd = odd_address(host);
        char text[ADDRESS_TEXT];
        struct finding *finding;
        const struct reply *reply;

        if (!odd || host->elsewhere)
            continue;
        reply = odd->family == 6 ? host->replies.aaaa : host->replies.a;
        finding = finding_add(
            list, SEVERITY_WARNING, host->name, odd->family == 6 ? TYPE_AAAA : TYPE_A, reply,
            address_kind(odd) == ADDRESS_LINK_LOCAL
                ? "%s of the domain controller is an address of its own link only. Clients that "
                  "get it cannot reach the server."
                : "%s of the domain controller is in another network than its other addresses. "
                  "Clients that get it cannot reach the server.",
            address_text(odd, text));
        finding->about = arena_dup(list->arena, text);
        finding_address(list, finding, reply, odd);
        finding_fix(list, finding,
                    "Switch off the registration of that adapter's addresses in DNS, or name the "
                    "right ones in PublishAddresses.");
    }
}

const struct finding_kind findings_directory_records[] = {
    {"ad-port", SEVERITY_ERROR, "a service of the directory at an odd port", "MS-ADTS 6.3.2.3", "",
     "srv", test_port},
    {"ad-weight-differs", SEVERITY_WARNING, "a DC with differing priority or weight",
     "MS-ADTS 6.3.2.3", "", "srv", test_weight_differs},
    {"ad-duplicate-target", SEVERITY_WARNING, "a server twice in one RRset", "RFC 2782", "", "srv",
     test_duplicate_target},
    {"ad-priority-alone", SEVERITY_NOTICE, "one DC alone is tried first", "RFC 2782", "", "srv",
     test_priority_alone},
    {"ad-multihomed", SEVERITY_WARNING, "a DC with an address out of reach", "MS-ADTS 6.3.2.4", "",
     "srv", test_multihomed},
    {"ad-ttl-long", SEVERITY_NOTICE, "records of the directory are kept long", "MS-ADTS 6.3.2.3",
     "", "srv", test_ttl_long},
    {0},
};
