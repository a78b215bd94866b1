/* Findings about the servers of a directory: are their records whole, and do they agree? */
#include "base/message.h"
#include "dns/type.h"
#include "policy/services/finding_directory.h"

#include <string.h>

enum { NAMES_TOLD = 6 };

static const char register_again[] =
    N_("Run \"nltest /dsregdns\" on that server (Samba: \"samba_dnsupdate --verbose\").");

/* ---- servers that are gone ---- */

static bool is_server_of(const struct reply *ns, const char *host)
{
    for (size_t i = 0; finding_reply_answered(ns) && i < ns->record_count; i++)
        if (strcmp(ns->records[i]->target, host) == 0)
            return true;
    return false;
}

static void add_stale(struct finding_list *list, const struct directory *directory, size_t place)
{
    const struct directory_host *host = &directory->hosts[place];
    struct name_list names = finding_names(list, NAMES_TOLD);
    const struct record *first = NULL;
    struct finding *finding;

    for (size_t i = 0; i < directory->name_count; i++) {
        const struct record *record = directory_record(directory, &directory->names[i], place);
        if (!record)
            continue;
        first = first ? first : record;
        finding_names_add(&names, directory->names[i].owner);
    }
    for (size_t i = 0; i < directory->alias_count; i++)
        if (directory->aliases[i].host == place)
            finding_names_add(&names, directory->aliases[i].owner);
    if (is_server_of(directory->msdcs_ns, host->name))
        finding_names_add(&names, directory->msdcs_ns->question.name);
    finding = finding_add(list, SEVERITY_WARNING, host->name, TYPE_A, host->replies.a,
                          "%s has no address, but these names still lead to it: %s. Clients lose "
                          "time with it before they try the next server.",
                          finding_name(list, host->name), finding_names_text(&names));
    finding_record(list, finding, first);
    finding_fix(
        list, finding,
        directory->kind == DIRECTORY_FREEIPA
            ? "If the server is gone, run \"ipa server-del\" and then \"ipa "
              "dns-update-system-records\"."
            : "If the server is gone, clean up its metadata (\"ntdsutil\"; Samba: \"samba-tool "
              "domain demote --remove-other-dead-server\") and delete every record of it.");
}

static void test_stale(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_NONE);

    for (size_t i = 0; directory && i < directory->host_count; i++)
        if (finding_is_stale(directory, &directory->hosts[i]))
            add_stale(list, directory, i);
}

/* ---- what a server did not register ---- */

static const enum directory_id generic[] = {
    DIRECTORY_LDAP,   DIRECTORY_DC,          DIRECTORY_KDC_TCP,     DIRECTORY_KDC_UDP,
    DIRECTORY_KDC_DC, DIRECTORY_KPASSWD_TCP, DIRECTORY_KPASSWD_UDP, DIRECTORY_DOMAIN_GUID,
};
enum { GENERIC = sizeof generic / sizeof *generic };

/* By a target to which a dot is missing, which is another finding. */
static bool is_meant_in(const struct directory *directory, const struct directory_name *name,
                        const struct directory_host *host)
{
    for (size_t i = 0; i < name->entry_count; i++)
        if (finding_means_host(directory, directory->hosts[name->entries[i].host].name, host->name))
            return true;
    return false;
}

/* A name that no server has is another finding. */
static void judge_registration(struct finding_list *list, const struct directory *directory,
                               const struct directory_host *host)
{
    struct name_list missing = finding_names(list, NAMES_TOLD);
    size_t there = 0;
    struct finding *finding;

    for (size_t i = 0; i < GENERIC; i++) {
        const struct directory_name *name = directory_find(directory, generic[i], NULL);
        enum directory_mark mark = host->marks[name - directory->names];
        there += mark == MARK_THERE || mark == MARK_DIFFERS;
        if (mark == MARK_MISSING && name->there && !is_meant_in(directory, name, host))
            finding_names_add(&missing, name->owner);
    }
    if (!there || !missing.count) {
        text_clear(&missing.text);
        return;
    }
    finding = finding_add(list, SEVERITY_WARNING, host->name, TYPE_SRV, NULL,
                          "The domain controller is in %zu of the names of the whole domain and "
                          "not in %s. Clients that look there do not find it.",
                          there, finding_names_text(&missing));
    finding_fix(list, finding,
                "%s If its records vanish again, let scavenging wait longer than their refresh.",
                tr(register_again));
}

static void test_partial_registration(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    for (size_t i = 0; directory && directory->msdcs_answered && i < directory->host_count; i++)
        if (directory->hosts[i].standing == STANDING_THERE && directory->hosts[i].generic &&
            !finding_is_stranger(directory, &directory->hosts[i]))
            judge_registration(list, directory, &directory->hosts[i]);
}

static void test_kpasswd_missing(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const enum directory_id ids[] = {DIRECTORY_KPASSWD_TCP, DIRECTORY_KPASSWD_UDP};

    for (size_t i = 0; directory && i < 2; i++) {
        const struct directory_name *name = directory_find(directory, ids[i], NULL);
        struct finding *finding;

        if (!finding_reply_absent(name->reply) ||
            !(finding_directory_has(directory, DIRECTORY_KDC_TCP, NULL) ||
              finding_directory_has(directory, DIRECTORY_KDC_UDP, NULL)))
            continue;
        finding = finding_add(list, SEVERITY_WARNING, name->owner, TYPE_SRV, name->reply,
                              "Kerberos servers are announced, but no server for changing "
                              "passwords. Clients other than Windows cannot change a password.");
        finding->cause = "kpasswd";
        finding_fix(list, finding, "%s", tr(register_again));
    }
}

static void test_alias_missing(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct directory_name *name =
        directory ? directory_find(directory, DIRECTORY_DSA, NULL) : NULL;

    for (size_t i = 0; name && directory->all_known && i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        if (host->marks[name - directory->names] == MARK_MISSING &&
            finding_is_controller(directory, host))
            finding_fix(
                list,
                finding_add(
                    list, SEVERITY_ERROR, host->name, TYPE_CNAME, NULL,
                    "Other domain controllers have an alias below _msdcs.%s for replication, this "
                    "one has none. The others cannot replicate from it (error 8524).",
                    finding_name(list, directory->forest)),
                "Remove DsaCname from DnsAvoidRegisterRecords. %s", tr(register_again));
    }
    for (size_t i = 0; directory && i < directory->alias_count; i++)
        if (finding_reply_absent(directory->aliases[i].reply))
            finding_fix(
                list,
                finding_add(
                    list, SEVERITY_ERROR, directory->aliases[i].owner, TYPE_CNAME,
                    directory->aliases[i].reply,
                    "There is no such alias, and no domain with this GUID. If it belongs to a "
                    "domain controller, the others cannot replicate from it (error 8524)."),
                "%s", tr(register_again));
}

static bool has_other_names(const struct directory *directory, size_t host)
{
    for (size_t i = 0; i < directory->name_count; i++)
        if (directory_record(directory, &directory->names[i], host))
            return true;
    return false;
}

static void test_alias_dangling(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    for (size_t i = 0; directory && i < directory->alias_count; i++) {
        const struct directory_alias *alias = &directory->aliases[i];
        if (alias->host == SIZE_MAX || has_other_names(directory, alias->host) ||
            directory->hosts[alias->host].standing != STANDING_GONE)
            continue;
        finding_fix(list,
                    finding_add(list, SEVERITY_ERROR, alias->owner, TYPE_CNAME, alias->reply,
                                "The alias for replication leads to %s, which has no address. "
                                "Other domain controllers try it and fail (event 2087).",
                                finding_name(list, directory->hosts[alias->host].name)),
                    "If the domain controller is gone, clean up its metadata and delete the alias; "
                    "else publish its address.");
    }
}

/* ---- roles ---- */

static void test_pdc_missing(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct directory_name *name =
        directory ? directory_find(directory, DIRECTORY_PDC, NULL) : NULL;

    if (name && directory->msdcs_answered && finding_reply_absent(name->reply))
        finding_fix(list,
                    finding_add(list, SEVERITY_ERROR, name->owner, TYPE_SRV, name->reply,
                                "No server is registered as primary domain controller. Password "
                                "changes, time and the group policy editor look for it."),
                    "Find it with \"netdom query fsmo\". %s", tr(register_again));
}

static void test_pdc_many(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct directory_name *name =
        directory ? directory_find(directory, DIRECTORY_PDC, NULL) : NULL;
    struct name_list names = finding_names(list, NAMES_TOLD);
    size_t count = 0;

    for (size_t i = 0; name && i < directory->host_count; i++)
        if (directory_record(directory, name, i)) {
            count++;
            finding_names_add(&names, directory->hosts[i].name);
        }
    if (count < 2) {
        text_clear(&names.text);
        return;
    }
    finding_fix(list,
                finding_add(list, SEVERITY_ERROR, name->owner, TYPE_SRV, name->reply,
                            "%zu servers are registered as primary domain controller: %s. There is "
                            "one; clients that get another change passwords at the wrong place.",
                            count, finding_names_text(&names)),
                "Find the one with \"netdom query fsmo\" and delete the records of the others.");
}

/* What the name itself lacks; of _msdcs in another zone there is another finding. */
static void judge_catalog(struct finding_list *list, const struct directory *directory,
                          enum directory_id id)
{
    const struct directory_name *name = directory_find(directory, id, NULL);
    bool child = strcmp(directory->domain, directory->forest) != 0;
    struct finding *finding;

    if (!finding_reply_absent(name->reply) || (child && id == DIRECTORY_GC_MSDCS))
        return;
    finding = finding_add(
        list, SEVERITY_ERROR, name->owner, TYPE_SRV, name->reply,
        "No global catalog is announced here. Logons by user principal name and Exchange look for "
        "one. If %s is a child domain, its global catalogs are below the forest root.",
        finding_name(list, directory->domain));
    finding->cause = "catalog";
    finding_fix(list, finding, "Make a domain controller a global catalog. %s", tr(register_again));
}

static void test_gc_missing(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    if (!directory || !directory->msdcs_answered)
        return;
    if (directory->root_open && finding_directory_lacks(directory, DIRECTORY_GC, NULL)) {
        finding_add_unknown(list, directory->root_open->question.name, TYPE_SRV,
                            directory->root_open);
        return;
    }
    judge_catalog(list, directory, DIRECTORY_GC);
    judge_catalog(list, directory, DIRECTORY_GC_MSDCS);
}

static void test_single_dc(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct directory_host *only = NULL;

    for (size_t i = 0; directory && i < directory->host_count; i++) {
        if (directory->hosts[i].standing != STANDING_THERE || directory->hosts[i].elsewhere)
            continue;
        if (only)
            return;
        only = &directory->hosts[i];
    }
    if (only)
        finding_fix(list,
                    finding_add(list, SEVERITY_NOTICE, only->name, TYPE_SRV, NULL,
                                "%s is the only domain controller that can be reached. While it is "
                                "down, no user can log on.",
                                finding_name(list, only->name)),
                    "Set up a second domain controller.");
}

const struct finding_kind findings_directory[] = {
    {"ad-stale-dc", SEVERITY_WARNING, "a server of the directory is gone", "MS-ADTS 6.3.2.3", "",
     "srv", test_stale},
    {"ad-partial-registration", SEVERITY_WARNING, "some names of a DC are missing",
     "MS-ADTS 6.3.2.3", "", "srv", test_partial_registration},
    {"ad-kpasswd-missing", SEVERITY_WARNING, "no server for changing passwords", "RFC 3244", "",
     "srv", test_kpasswd_missing},
    {"ad-dsa-alias-missing", SEVERITY_ERROR, "a DC without alias for replication",
     "MS-ADTS 6.3.2.3", "", "srv", test_alias_missing},
    {"ad-dsa-alias-dangling", SEVERITY_ERROR, "an alias for replication leads nowhere",
     "MS-ADTS 6.3.2.3", "", "srv", test_alias_dangling},
    {"ad-pdc-missing", SEVERITY_ERROR, "no primary domain controller", "MS-ADTS 6.3.2.3", "", "srv",
     test_pdc_missing},
    {"ad-pdc-many", SEVERITY_ERROR, "several primary domain controllers", "MS-ADTS 6.3.2.3", "",
     "srv", test_pdc_many},
    {"ad-gc-missing", SEVERITY_ERROR, "no global catalog", "MS-ADTS 6.3.2.3", "", "srv",
     test_gc_missing},
    {"ad-single-dc", SEVERITY_NOTICE, "only one domain controller", "MS-ADTS 6.3.2.3", "", "srv",
     test_single_dc},
    {0},
};
