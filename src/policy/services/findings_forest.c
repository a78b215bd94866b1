/* Findings about the place of a directory in the DNS: its zones, its domain, who sees it. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/authority_parent.h"
#include "policy/services/finding_directory.h"

#include <string.h>

enum { NAMES_TOLD = 6 };

/* ---- _msdcs ---- */

static bool failed(const struct reply *reply)
{
    return reply && outcome_is_temporary(reply->outcome);
}

static bool is_told_as_stale(const struct directory *directory, const char *name)
{
    for (size_t i = 0; i < directory->host_count; i++)
        if (strcmp(directory->hosts[i].name, name) == 0)
            return finding_is_stale(directory, &directory->hosts[i]);
    return false;
}

/* A name server of _msdcs that cannot be asked. A server that is gone is told of once, by
 * ad-stale-dc, while another one answers for _msdcs. */
static const struct record *lame_server(struct finding_list *list,
                                        const struct directory *directory)
{
    const struct reply *ns = directory->msdcs_ns;
    const struct record *lame = NULL, *stale = NULL;
    bool reachable = false;

    for (size_t i = 0; finding_reply_answered(ns) && i < ns->record_count; i++) {
        const struct record *record = ns->records[i];
        struct host_addresses replies = finding_host(list, record->target);
        enum host_standing standing = host_standing_of(&replies);

        if (standing != HOST_DOES_NOT_EXIST && standing != HOST_WITHOUT_ADDRESS)
            reachable = true;
        else if (is_told_as_stale(directory, record->target))
            stale = stale ? stale : record;
        else
            lame = lame ? lame : record;
    }
    return lame || reachable ? lame : stale;
}

/* Does the delegation lead to servers that are not the zone's own? A list that is only shorter does
 * no harm, nor does a server that ad-stale-dc tells of while they have another one in common. */
static bool delegation_differs(struct finding_list *list, const struct directory *directory,
                               struct authority_parent *parent)
{
    const struct setup_view *view = list->setup->view;
    const struct reply *ns = directory->msdcs_ns;
    struct authority zone = {.complete = true, .ns = ns};
    size_t odd = 0;

    if (!finding_reply_answered(ns))
        return false;
    zone.zone = ns->question.name;
    *parent = authority_parent_build(view->lookup, list->arena, &zone, view->ask_servers);
    list->complete &= zone.complete;
    for (size_t i = 0; i < parent->only_parent_count; i++)
        odd += !is_told_as_stale(directory, parent->only_parent[i]);
    return odd || (parent->only_parent_count && parent->only_child_count == ns->record_count);
}

static const char *servers_text(struct finding_list *list, const char *const *servers, size_t count)
{
    struct name_list names = finding_names(list, NAMES_TOLD);

    for (size_t i = 0; i < count; i++)
        finding_names_add(&names, servers[i]);
    return finding_names_text(&names);
}

static struct finding *add_difference(struct finding_list *list, const char *zone,
                                      const struct authority_parent *parent)
{
    return finding_add(
        list, SEVERITY_ERROR, zone, TYPE_NS, parent->ns,
        "The delegation of _msdcs leads to servers that the zone itself does not name: %s. Where "
        "they no longer have the zone, lookups of all names below it are slow or fail.",
        servers_text(list, parent->only_parent, parent->only_parent_count));
}

static void test_delegation(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    struct authority_parent parent;
    const char *zone;
    const struct record *lame;
    struct finding *finding;

    if (!directory)
        return;
    zone = arena_format(list->arena, "_msdcs.%s", directory->forest);
    lame = lame_server(list, directory);
    if (failed(directory->msdcs))
        finding =
            finding_add(list, SEVERITY_ERROR, zone, TYPE_NS, directory->msdcs,
                        "The names below _msdcs cannot be looked up (%s), although the other names "
                        "of the directory are there. Windows clients find no domain controller.",
                        outcome_text(directory->msdcs->outcome));
    else if (lame)
        finding = finding_add(list, SEVERITY_ERROR, zone, TYPE_NS, directory->msdcs_ns,
                              "%s is a name server of _msdcs and has no address. Lookups of all "
                              "names below it are slow or fail.",
                              finding_name(list, lame->target));
    else if (delegation_differs(list, directory, &parent))
        finding = add_difference(list, zone, &parent);
    else
        return;
    if (lame)
        finding_record(list, finding, lame);
    finding_fix(list, finding,
                "Renew the delegation of _msdcs: delete the old NS records and name the servers "
                "that have the zone. Check with \"dcdiag /test:dns /dnsdelegation\".");
}

static void test_forest(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    if (!directory || strcmp(directory->domain, directory->forest) == 0 ||
        !directory->msdcs_answered || finding_directory_has(directory, DIRECTORY_GC_MSDCS, NULL))
        return;
    finding_fix(list,
                finding_add(list, SEVERITY_WARNING,
                            directory_find(directory, DIRECTORY_GC_MSDCS, NULL)->owner, TYPE_SRV,
                            finding_directory_reply(directory, DIRECTORY_GC_MSDCS, NULL),
                            "The domain is found here, but not _msdcs of its forest root %s. "
                            "Clients find no global catalog.",
                            finding_name(list, directory->forest)),
                "Replicate _msdcs.%s to all DNS servers of the forest, or forward it.",
                finding_name(list, directory->forest));
}

static void test_not_here(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    if (directory && finding_reply_absent(directory->msdcs))
        finding_fix(
            list,
            finding_add(
                list, SEVERITY_NOTICE, directory->msdcs->question.name, TYPE_SRV, directory->msdcs,
                "Names of an Active Directory are here, but none below _msdcs. This name server "
                "has only a part of the domain, as a public resolver or a filter box does."),
            "Let members of the domain query its own name servers only.");
}

/* ---- targets ---- */

static void test_target_suffix(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_NONE);

    for (size_t i = 0; directory && i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        struct finding *finding;

        if (finding_is_doubled(directory, host)) {
            finding = finding_add(
                list, SEVERITY_ERROR, host->name, TYPE_SRV, NULL,
                "The name of the server ends in the domain twice, because its last dot is missing "
                "in the records. Clients look up a host that does not exist.");
            finding_fix(list, finding, "Write the target with a dot at its end.");
        } else if (!name_is_within(host->name, directory->forest) &&
                   directory->kind == DIRECTORY_AD && host->standing == STANDING_THERE) {
            finding = finding_add(list, SEVERITY_NOTICE, host->name, TYPE_SRV, NULL,
                                  "The server has a name outside the domain (a disjoint "
                                  "namespace). Members must know that suffix.");
            finding->cause = "outside";
        }
    }
}

/* ---- addresses of the domain ---- */

static void add_foreign(struct finding_list *list, const struct directory *directory,
                        const struct reply *reply)
{
    for (size_t i = 0; finding_reply_answered(reply) && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        char text[ADDRESS_TEXT];
        struct finding *finding;

        if (directory_has_address(directory, &record->address))
            continue;
        address_text(&record->address, text);
        finding =
            finding_add(list, SEVERITY_WARNING, directory->domain, record->type, reply,
                        "%s is an address of the domain and of none of its domain controllers. "
                        "Clients that use the domain as a host, as for \\\\%s\\sysvol, go astray.",
                        text, finding_name(list, directory->domain));
        finding->about = arena_dup(list->arena, text);
        finding->cause = "foreign";
        finding_record(list, finding, record);
        finding_fix(list, finding,
                    "Delete the record; give a web site a name of its own, such as www.");
    }
}

static void test_apex_foreign(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct directory_name *apex =
        directory ? directory_find(directory, DIRECTORY_APEX, NULL) : NULL;

    if (!apex || finding_is_filtered(directory) ||
        (!finding_reply_answered(apex->reply) && !finding_reply_answered(apex->aaaa)))
        return;
    add_foreign(list, directory, apex->reply);
    add_foreign(list, directory, apex->aaaa);
    for (size_t i = 0; i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        struct finding *finding;
        if (host->marks[apex - directory->names] != MARK_MISSING || !host->generic ||
            !finding_is_controller(directory, host))
            continue;
        finding = finding_add(list, SEVERITY_WARNING, host->name, TYPE_A, apex->reply,
                              "The domain controller is not among the addresses of %s. Clients "
                              "that use the domain as a host never reach it.",
                              finding_name(list, directory->domain));
        finding->cause = "absent";
        finding_fix(
            list, finding,
            "Remove LdapIpAddress from DnsAvoidRegisterRecords, and run \"nltest /dsregdns\".");
    }
}

static void test_filtered(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_NONE);
    struct name_list names = finding_names(list, NAMES_TOLD);

    for (size_t i = 0; directory && finding_is_filtered(directory) && i < directory->host_count;
         i++)
        finding_names_add(&names, directory->hosts[i].name);
    if (names.count)
        finding_fix(
            list,
            finding_add(list, SEVERITY_NOTICE, directory->domain, TYPE_A,
                        directory->hosts[0].replies.a,
                        "The servers of the directory are named here, and none has an address: %s. "
                        "Many resolvers filter private addresses out of answers (DNS rebinding).",
                        finding_names_text(&names)),
            "Allow the domain in the rebinding filter of the resolver.");
}

static bool is_private(const struct directory_host *host)
{
    for (size_t i = 0; i < host->address_count; i++)
        if (address_kind(&host->addresses[i]) == ADDRESS_PRIVATE)
            return true;
    return false;
}

/* Are the name servers of the zone out on the Internet? */
static bool is_served_outside(struct finding_list *list)
{
    const struct reply *ns = list->setup->authority->ns;
    bool outside = false;

    for (size_t i = 0; finding_reply_answered(ns) && i < ns->record_count; i++) {
        size_t count;
        const struct address *addresses = exchange_host_addresses(
            list->arena, finding_host(list, ns->records[i]->target), &count);
        for (size_t k = 0; k < count; k++) {
            if (address_kind(&addresses[k]) == ADDRESS_PRIVATE)
                return false;
            outside = true;
        }
    }
    return outside;
}

static void test_public(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    struct name_list names = finding_names(list, NAMES_TOLD);

    for (size_t i = 0; directory && directory->msdcs_answered && i < directory->host_count; i++)
        if (is_private(&directory->hosts[i]))
            finding_names_add(&names, directory->hosts[i].name);
    if (names.count && is_served_outside(list))
        finding_fix(list,
                    finding_add(list, SEVERITY_WARNING, directory->msdcs->question.name, TYPE_SRV,
                                directory->msdcs,
                                "Name servers on the Internet answer for the directory, and its "
                                "servers have private addresses (%s). Anyone can read how the "
                                "inner network is built, but no one outside can use it.",
                                finding_names_text(&names)),
                    "Serve an external zone without the names of the directory (split DNS).");
    text_clear(&names.text);
}

/* ---- the domain ---- */

static void test_mixed(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_NONE);

    if (directory && directory->mixed)
        finding_fix(list,
                    finding_add(list, SEVERITY_ERROR, directory->domain, TYPE_SRV, directory->msdcs,
                                "Servers of FreeIPA are in the same RRsets as domain controllers "
                                "of Active Directory. Clients get one or the other by chance."),
                    "Give FreeIPA a domain of its own, below this one or elsewhere.");
}

static void test_mail(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct exchanges *exchanges = list->setup->exchanges;

    if (!directory || !exchanges->implicit || !exchanges->count)
        return;
    for (size_t i = 0; i < exchanges->exchanges[0].address_count; i++)
        if (directory_has_address(directory, &exchanges->exchanges[0].addresses[i])) {
            finding_fix(list,
                        finding_add(list, SEVERITY_NOTICE, directory->domain, TYPE_MX,
                                    exchanges->mx,
                                    "There is no MX record, and the domain has the addresses of "
                                    "its domain controllers. Senders try to deliver mail to them."),
                        "If the domain accepts no mail, publish the null MX (RFC 7505).");
            return;
        }
}

static void test_single_label(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    if (directory && name_labels(directory->domain) == 1)
        finding_add(list, SEVERITY_NOTICE, directory->domain, TYPE_SRV, directory->msdcs,
                    "The domain has one label. Members do not look up such names in DNS unless "
                    "they are told to, and much software refuses them.");
}

const struct finding_kind findings_forest[] = {
    {"ad-msdcs-delegation", SEVERITY_ERROR, "_msdcs is delegated to no working server",
     "MS-ADTS 6.3.2.3", "", "srv", test_delegation},
    {"ad-msdcs-forest", SEVERITY_WARNING, "_msdcs of the forest root is missing", "MS-ADTS 6.3.2.3",
     "", "srv", test_forest},
    {"ad-target-suffix", SEVERITY_ERROR, "a server's name ends oddly", "RFC 1035 5.1", "", "srv",
     test_target_suffix},
    {"ad-apex-foreign", SEVERITY_WARNING, "an address of the domain is not a DC's",
     "MS-ADTS 6.3.2.4", "", "srv", test_apex_foreign},
    {"ad-not-here", SEVERITY_NOTICE, "only a part of the directory is here", "MS-ADTS 6.3.2.3", "",
     "srv", test_not_here},
    {"ad-private-filtered", SEVERITY_NOTICE, "no server of the directory has an address",
     "RFC 1918 3", "", "srv", test_filtered},
    {"ad-public", SEVERITY_WARNING, "the directory is visible from outside", "RFC 1918 5", "",
     "srv", test_public},
    {"ad-mixed-directory", SEVERITY_ERROR, "two directories in one domain", "MS-ADTS 6.3.2.3", "",
     "srv", test_mixed},
    {"ad-mail-to-dc", SEVERITY_NOTICE, "mail for the domain goes to its DCs", "RFC 5321 5.1", "",
     "srv", test_mail},
    {"ad-single-label", SEVERITY_NOTICE, "a domain of one label", "RFC 1535 3", "", "srv",
     test_single_label},
    {0},
};
