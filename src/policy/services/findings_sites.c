/* Findings about the sites of an Active Directory. */
#include "dns/type.h"
#include "policy/services/finding_directory.h"

#include <string.h>
#include <strings.h>

static const struct directory_name *site_name(const struct directory *directory,
                                              enum directory_id id, size_t site)
{
    return directory_find(directory, id, directory->sites[site].name);
}

static bool has(const struct directory *directory, enum directory_id id, size_t site)
{
    return finding_directory_has(directory, id, directory->sites[site].name);
}

static bool lacks(const struct directory *directory, enum directory_id id, size_t site)
{
    return finding_directory_lacks(directory, id, directory->sites[site].name);
}

/* ---- a slip in the name of a site ---- */

static const enum directory_id site_names[] = {
    DIRECTORY_SITE_LDAP, DIRECTORY_SITE_DC, DIRECTORY_SITE_KDC_DC,
    DIRECTORY_SITE_KDC,  DIRECTORY_SITE_GC, DIRECTORY_SITE_GC_MSDCS,
};
enum { SITE_NAMES = sizeof site_names / sizeof *site_names };

/* One letter more, less or other, or two of them in the wrong order. */
static bool are_near(const char *a, const char *b)
{
    size_t long_a = strlen(a), long_b = strlen(b);

    if (long_a < long_b)
        return are_near(b, a);
    while (*b && (*a | 0x20) == (*b | 0x20))
        a++, b++, long_a--, long_b--;
    if (long_a == long_b + 1)
        return strcasecmp(a + 1, b) == 0;
    if (long_a != long_b || !long_a)
        return false;
    return strcasecmp(a + 1, b + 1) == 0 ||
           (long_a > 1 && a[0] == b[1] && a[1] == b[0] && strcasecmp(a + 2, b + 2) == 0);
}

/* Each server of the one is in the other by some name, but in none by which it is in the first. */
static bool completes(const struct directory *directory, size_t site, size_t other)
{
    bool any = false;

    for (size_t i = 0; i < directory->host_count; i++) {
        if (directory->hosts[i].sites[site] && !directory->hosts[i].sites[other])
            return false;
        for (size_t k = 0; k < SITE_NAMES; k++) {
            const struct directory_name *here = site_name(directory, site_names[k], site);
            const struct directory_name *there = site_name(directory, site_names[k], other);
            if (!here || !there || !directory_record(directory, here, i))
                continue;
            if (directory_record(directory, there, i))
                return false;
            any = true;
        }
    }
    return any;
}

static size_t count_names(const struct directory *directory, size_t site)
{
    size_t count = 0;

    for (size_t i = 0; i < SITE_NAMES; i++)
        count += has(directory, site_names[i], site);
    return count;
}

/* The site whose name was meant by this one, which fewer names have; SIZE_MAX: it is itself. */
static size_t meant_site(const struct directory *directory, size_t site)
{
    for (size_t i = 0; i < directory->site_count; i++)
        if (i != site && are_near(directory->sites[site].name, directory->sites[i].name) &&
            count_names(directory, site) < count_names(directory, i) &&
            completes(directory, site, i))
            return i;
    return SIZE_MAX;
}

static bool is_slip(const struct directory *directory, size_t site)
{
    return meant_site(directory, site) != SIZE_MAX;
}

/* Does the site lack the name because its own name was mistaken there? */
static bool is_mistaken(const struct directory *directory, enum directory_id id, size_t site)
{
    for (size_t i = 0; i < directory->site_count; i++)
        if (i != site && has(directory, id, i) && meant_site(directory, i) == site)
            return true;
    return false;
}

static void add_slip(struct finding_list *list, const struct directory *directory, size_t site)
{
    const char *meant = directory->sites[meant_site(directory, site)].name;
    const struct directory_name *wrong = NULL;

    for (size_t i = 0; i < SITE_NAMES && !wrong; i++)
        if (has(directory, site_names[i], site))
            wrong = site_name(directory, site_names[i], site);
    if (!wrong)
        return;
    finding_fix(list,
                finding_add(list, SEVERITY_WARNING, wrong->owner, TYPE_SRV, wrong->reply,
                            "The name of the site is %s here, and %s in the other names of the "
                            "same server. Clients of %s do not find the server by this name.",
                            directory->sites[site].name, meant, meant),
                "Register the record for the site %s, and delete this one.", meant);
}

/* Calls `judge` for each site. */
static void for_each_site(struct finding_list *list,
                          void (*judge)(struct finding_list *, const struct directory *, size_t))
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    for (size_t i = 0; directory && directory->msdcs_answered && i < directory->site_count; i++)
        judge(list, directory, i);
}

static void judge_gap(struct finding_list *list, const struct directory *directory, size_t site)
{
    const struct directory_name *name = site_name(directory, DIRECTORY_SITE_DC, site);

    if (is_slip(directory, site))
        add_slip(list, directory, site);
    else if (finding_reply_absent(name->reply) && !is_mistaken(directory, DIRECTORY_SITE_DC, site))
        finding_fix(list,
                    finding_add(list, SEVERITY_WARNING, name->owner, TYPE_SRV, name->reply,
                                "No domain controller is registered for the site %s. Clients there "
                                "take any domain controller of the domain.",
                                directory->sites[site].name),
                    "Check the name of the site. If it is right, put a domain controller there, or "
                    "let the nearest one cover it (AutoSiteCoverage).");
}

static void judge_kdc(struct finding_list *list, const struct directory *directory, size_t site)
{
    static const enum directory_id pairs[][2] = {{DIRECTORY_SITE_DC, DIRECTORY_SITE_KDC_DC},
                                                 {DIRECTORY_SITE_LDAP, DIRECTORY_SITE_KDC}};

    for (size_t i = 0; i < 2; i++) {
        const struct directory_name *name = site_name(directory, pairs[i][1], site);
        struct finding *finding;

        if (!has(directory, pairs[i][0], site) || !lacks(directory, pairs[i][1], site) ||
            is_slip(directory, site) || is_mistaken(directory, pairs[i][1], site))
            continue;
        finding = finding_add(list, SEVERITY_ERROR, name->owner, TYPE_SRV, name->reply,
                              "The site %s has LDAP servers and here no Kerberos server. Clients "
                              "of the site log on at another site, or not at all.",
                              directory->sites[site].name);
        finding->cause = directory->sites[site].name;
        finding_fix(list, finding,
                    "Run \"nltest /dsregdns\" on its domain controller, and look at "
                    "DnsAvoidRegisterRecords there.");
    }
}

static void judge_catalog(struct finding_list *list, const struct directory *directory, size_t site)
{
    if (directory->root_open || !has(directory, DIRECTORY_SITE_DC, site) ||
        !lacks(directory, DIRECTORY_SITE_GC, site) ||
        !lacks(directory, DIRECTORY_SITE_GC_MSDCS, site) || is_slip(directory, site) ||
        is_mistaken(directory, DIRECTORY_SITE_GC, site))
        return;
    finding_fix(list,
                finding_add(list, SEVERITY_NOTICE,
                            site_name(directory, DIRECTORY_SITE_GC, site)->owner, TYPE_SRV,
                            site_name(directory, DIRECTORY_SITE_GC, site)->reply,
                            "The site %s has domain controllers, but no global catalog. Searches "
                            "of the whole forest leave the site.",
                            directory->sites[site].name),
                "Make a domain controller of the site a global catalog, or switch on universal "
                "group membership caching.");
}

/* Live hosts of the site, and how many of them can be written to. */
static size_t count_hosts(const struct directory *directory, size_t site, size_t *writable)
{
    size_t count = 0;

    *writable = 0;
    for (size_t i = 0; i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        if (!host->sites[site] || host->standing != STANDING_THERE || host->elsewhere)
            continue;
        count++;
        *writable += !host->read_only;
    }
    return count;
}

static void judge_read_only(struct finding_list *list, const struct directory *directory,
                            size_t site)
{
    const struct directory_name *name = site_name(directory, DIRECTORY_SITE_DC, site);
    size_t writable;

    if (!count_hosts(directory, site, &writable) || writable || is_slip(directory, site))
        return;
    finding_add(list, SEVERITY_NOTICE, name->owner, TYPE_SRV, name->reply,
                "The servers of the site %s are in names of sites only, as read-only domain "
                "controllers are. Joins, password changes and other writes leave the site.",
                directory->sites[site].name);
}

static void test_site_covered(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);

    for (size_t i = 0; directory && i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        struct name_list sites = finding_names(list, 6);
        for (size_t k = 0; k < directory->site_count; k++)
            if (host->sites[k] && !is_slip(directory, k))
                finding_names_add(&sites, directory->sites[k].name);
        if (sites.count > 1 && host->standing == STANDING_THERE && !host->elsewhere)
            finding_fix(list,
                        finding_add(list, SEVERITY_NOTICE, host->name, TYPE_SRV, NULL,
                                    "The domain controller is in the names of %zu sites. It covers "
                                    "those that have none of their own.",
                                    sites.count),
                        "If a site has its own domain controller, look at AutoSiteCoverage and "
                        "SiteCoverage on this one: %s.",
                        finding_names_text(&sites));
        text_clear(&sites.text);
    }
}

enum { BRANCHES = 3 };

/* Three sites or more with domain controllers, and all of these in the generic name. */
static void test_generic_branch(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_AD);
    const struct directory_name *dc =
        directory ? directory_find(directory, DIRECTORY_DC, NULL) : NULL;
    size_t sites = 0, writable;

    for (size_t i = 0; dc && i < directory->site_count; i++)
        sites += count_hosts(directory, i, &writable) > 0 && writable > 0 && !is_slip(directory, i);
    for (size_t i = 0; dc && i < directory->host_count; i++)
        if (directory->hosts[i].standing == STANDING_THERE && !directory->hosts[i].read_only &&
            !directory_record(directory, dc, i))
            return;
    if (sites < BRANCHES || dc->entry_count < BRANCHES)
        return;
    finding_fix(list,
                finding_add(list, SEVERITY_NOTICE, dc->owner, TYPE_SRV, dc->reply,
                            "The domain controllers of all %zu sites are in the generic name. A "
                            "client whose own site is down may get one in any branch.",
                            sites),
                "Let the domain controllers of branches leave the generic names out "
                "(DnsAvoidRegisterRecords).");
}

static void test_site_gap(struct finding_list *list)
{
    for_each_site(list, judge_gap);
}

static void test_site_kdc(struct finding_list *list)
{
    for_each_site(list, judge_kdc);
}

static void test_site_catalog(struct finding_list *list)
{
    for_each_site(list, judge_catalog);
}

static void test_read_only_site(struct finding_list *list)
{
    for_each_site(list, judge_read_only);
}

const struct finding_kind findings_sites[] = {
    {"ad-site-gap", SEVERITY_WARNING, "a site without domain controller", "MS-ADTS 6.3.2.3", "",
     "srv", test_site_gap},
    {"ad-site-kdc-missing", SEVERITY_ERROR, "a site without Kerberos server", "MS-ADTS 6.3.2.3", "",
     "srv", test_site_kdc},
    {"ad-site-gc-missing", SEVERITY_NOTICE, "a site without global catalog", "MS-ADTS 6.3.2.3", "",
     "srv", test_site_catalog},
    {"ad-rodc-only-site", SEVERITY_NOTICE, "a site with read-only servers only", "MS-ADTS 6.3.2.3",
     "", "srv", test_read_only_site},
    {"ad-site-covered", SEVERITY_NOTICE, "a DC in the names of several sites", "MS-ADTS 6.3.2.3",
     "", "srv", test_site_covered},
    {"ad-generic-branch", SEVERITY_NOTICE, "DCs of branches in the generic names",
     "MS-ADTS 6.3.2.3", "", "srv", test_generic_branch},
    {0},
};
