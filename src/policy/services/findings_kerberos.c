/* Findings about Kerberos and FreeIPA. */
#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/services/finding_directory.h"

#include <ctype.h>
#include <string.h>

enum { NAMES_TOLD = 6 };

static const struct reply *look(struct finding_list *list, const char *prefix, uint16_t type)
{
    char name[NAME_TEXT];

    if (name_join(prefix, list->setup->view->domain, name) != STATUS_OK)
        return NULL;
    return finding_lookup(list, name, type);
}

/* ---- realm ---- */

static bool is_realm_of(const struct octets *realm, const char *domain)
{
    size_t length = (size_t)name_shown_length(domain);

    if (realm->length != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((char)realm->bytes[i] != toupper((unsigned char)domain[i]))
            return false;
    return true;
}

static const char *in_capitals(struct finding_list *list, const char *domain)
{
    char *name = arena_dup_bytes(list->arena, domain, (size_t)name_shown_length(domain));

    for (char *letter = name; *letter; letter++)
        *letter = (char)toupper((unsigned char)*letter);
    return name;
}

static void test_realm(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_NONE);
    const struct reply *realm = directory ? directory->realm : NULL;

    for (size_t i = 0; finding_reply_answered(realm) && i < realm->record_count; i++) {
        const struct record *record = realm->records[i];
        struct finding *finding;

        if (is_realm_of(&record->txt.joined, directory->domain))
            continue;
        finding = finding_add(list, SEVERITY_WARNING, record->owner, TYPE_TXT, realm,
                              "The TXT record names the realm %s; that of this directory is %s, "
                              "and its case counts. Clients that read it fail to log on.",
                              record->rdata, in_capitals(list, directory->domain));
        finding_record(list, finding, record);
        finding_fix(list, finding, "Correct the TXT record to \"%s\", or delete it.",
                    in_capitals(list, directory->domain));
    }
}

/* ---- sets that differ ---- */

static bool is_live(struct finding_list *list, const char *host)
{
    struct host_addresses replies = finding_host(list, host);
    enum host_standing standing = host_standing_of(&replies);

    return standing == HOST_HAS_ADDRESS || standing == HOST_LOOKUP_FAILED;
}

/* Also by a target to which a dot is missing, which is another finding. */
static bool names_host(const struct directory *directory, const struct reply *reply,
                       const char *host)
{
    char name[NAME_TEXT];

    for (size_t i = 0; reply && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        if (record->type == TYPE_SRV && strcmp(record->srv.target, host) == 0)
            return true;
        if (record->type == TYPE_SRV && directory &&
            finding_means_host(directory, record->srv.target, host))
            return true;
        if (record->type == TYPE_URI && directory_uri_host(record, name) && strcmp(name, host) == 0)
            return true;
    }
    return false;
}

/* Live hosts of a that b does not name. */
static void collect_absent(struct finding_list *list, const struct reply *a, const struct reply *b,
                           struct name_list *names)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_NONE);

    for (size_t i = 0; finding_reply_answered(a) && i < a->record_count; i++) {
        const char *host = a->records[i]->srv.target;
        if (!name_is_root(host) && !names_host(directory, b, host) && is_live(list, host))
            finding_names_add(names, host);
    }
}

/* Two directories in one: that their sets differ is part of that. */
static bool is_mixed(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_NONE);

    return directory && directory->mixed;
}

static void test_udp_tcp(struct finding_list *list)
{
    const struct reply *udp = look(list, "_kerberos._udp", TYPE_SRV);
    const struct reply *tcp = look(list, "_kerberos._tcp", TYPE_SRV);
    struct name_list names = finding_names(list, NAMES_TOLD);

    if (!udp || !tcp || finding_reply_failed(udp) || finding_reply_failed(tcp) ||
        (!finding_reply_answered(udp) && !finding_reply_answered(tcp)))
        return;
    if (finding_by_wildcard(list, "_tcp") || finding_by_wildcard(list, "_udp") || is_mixed(list))
        return;
    collect_absent(list, udp, tcp, &names);
    collect_absent(list, tcp, udp, &names);
    if (names.count)
        finding_fix(list,
                    finding_add(list, SEVERITY_WARNING, udp->question.name, TYPE_SRV,
                                finding_reply_answered(udp) ? udp : tcp,
                                "_kerberos._udp and _kerberos._tcp do not name the same servers; "
                                "only one of them has %s. Some clients look at one of them only.",
                                finding_names_text(&names)),
                    "Publish every Kerberos server in both RRsets.");
    text_clear(&names.text);
}

static bool has_kerberos_uri(const struct reply *uri)
{
    char host[NAME_TEXT];

    for (size_t i = 0; finding_reply_answered(uri) && i < uri->record_count; i++)
        if (directory_uri_host(uri->records[i], host))
            return true;
    return false;
}

static void test_uri_hides(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_NONE);
    const struct reply *uri = look(list, "_kerberos", TYPE_URI);
    const struct reply *udp = look(list, "_kerberos._udp", TYPE_SRV);
    const struct reply *tcp = look(list, "_kerberos._tcp", TYPE_SRV);
    struct name_list names = finding_names(list, NAMES_TOLD);

    if (!udp || !tcp || !has_kerberos_uri(uri) || is_mixed(list))
        return;
    collect_absent(list, udp, uri, &names);
    for (size_t i = 0; finding_reply_answered(tcp) && i < tcp->record_count; i++)
        if (!names_host(directory, udp, tcp->records[i]->srv.target) &&
            !names_host(directory, uri, tcp->records[i]->srv.target) &&
            is_live(list, tcp->records[i]->srv.target))
            finding_names_add(&names, tcp->records[i]->srv.target);
    if (names.count)
        finding_fix(list,
                    finding_add(list, SEVERITY_NOTICE, uri->question.name, TYPE_URI, uri,
                                "The URI records do not name %s. MIT Kerberos 1.15 and later reads "
                                "the URI records first and never sees these servers.",
                                finding_names_text(&names)),
                    "Name the same servers in the URI and the SRV records.");
    text_clear(&names.text);
}

/* ---- FreeIPA ---- */

static const enum directory_id located[] = {
    DIRECTORY_LDAP,       DIRECTORY_KDC_TCP,     DIRECTORY_KDC_UDP,     DIRECTORY_MASTER_TCP,
    DIRECTORY_MASTER_UDP, DIRECTORY_KPASSWD_TCP, DIRECTORY_KPASSWD_UDP,
};

static const char update_records[] =
    N_("Run \"ipa dns-update-system-records --dry-run\", then without --dry-run.");

static void judge_aliases(struct finding_list *list, const struct directory *directory)
{
    struct name_list plain = finding_names(list, NAMES_TOLD);
    size_t aliases = 0;

    for (size_t i = 0; i < sizeof located / sizeof *located; i++) {
        const struct directory_name *name = directory_find(directory, located[i], NULL);
        if (!finding_reply_answered(name->reply))
            continue;
        if (name->reply->alias_count && strstr(name->reply->canonical, "._locations."))
            aliases++;
        else
            finding_names_add(&plain, name->owner);
    }
    if (aliases && plain.count)
        finding_fix(list,
                    finding_add(list, SEVERITY_WARNING, directory->domain, TYPE_CNAME, NULL,
                                "Some names are aliases into a location, but not %s. Clients use "
                                "servers near them for one service and any server for another.",
                                finding_names_text(&plain)),
                    "%s", tr(update_records));
    text_clear(&plain.text);
}

static void judge_location(struct finding_list *list, const struct directory *directory,
                           const char *location)
{
    static const enum directory_id ids[] = {DIRECTORY_LOCATION_LDAP, DIRECTORY_LOCATION_KDC_TCP,
                                            DIRECTORY_LOCATION_KDC_UDP};

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const struct directory_name *name = directory_find(directory, ids[i], location);
        bool own = !name->entry_count;
        struct finding *finding;
        for (size_t k = 0; k < name->entry_count; k++)
            own |= name->entries[k].record->srv.priority == 0;
        if (own)
            continue;
        finding = finding_add(list, SEVERITY_WARNING, name->owner, TYPE_SRV, name->reply,
                              "The location %s has no server of priority 0, so none of its own. "
                              "Its clients use servers of other locations.",
                              location);
        finding->cause = location;
        finding_fix(list, finding, "Give the location a server (\"ipa server-mod --location\"). %s",
                    tr(update_records));
    }
}

static void test_location(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_FREEIPA);

    if (!directory)
        return;
    judge_aliases(list, directory);
    for (size_t i = 0; i < directory->site_count; i++)
        judge_location(list, directory, directory->sites[i].name);
}

static void judge_certificates(struct finding_list *list, const struct directory *directory,
                               const char *owner, const struct reply *reply)
{
    for (size_t i = 0; finding_reply_answered(reply) && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        char text[ADDRESS_TEXT];
        struct finding *finding;

        if (directory_has_address(directory, &record->address))
            continue;
        address_text(&record->address, text);
        finding = finding_add(list, SEVERITY_WARNING, owner, record->type, reply,
                              "%s is an address of the certificate servers and of none of the "
                              "directory's servers. Checks of certificates fail now and then.",
                              text);
        finding->about = arena_dup(list->arena, text);
        finding->cause = "certificates";
        finding_record(list, finding, record);
        finding_fix(list, finding, "%s", tr(update_records));
    }
}

static void test_certificates(struct finding_list *list)
{
    const struct directory *directory = finding_directory(list, DIRECTORY_FREEIPA);
    const struct directory_name *name =
        directory ? directory_find(directory, DIRECTORY_CA, NULL) : NULL;

    if (!name)
        return;
    judge_certificates(list, directory, name->owner, name->reply);
    judge_certificates(list, directory, name->owner, name->aaaa);
}

const struct finding_kind findings_kerberos[] = {
    {"ad-realm-mismatch", SEVERITY_WARNING, "the TXT record names another realm", "RFC 4120 7.2.3",
     "", "srv", test_realm},
    {"krb-uri-hides-srv", SEVERITY_NOTICE, "URI records hide Kerberos servers", "RFC 7553", "",
     "srv", test_uri_hides},
    {"krb-udp-tcp-differ", SEVERITY_WARNING, "Kerberos over UDP and TCP differ", "RFC 4120 7.2.3",
     "", "srv", test_udp_tcp},
    {"ipa-location-partial", SEVERITY_WARNING, "a location of FreeIPA is incomplete", "RFC 2782",
     "", "srv", test_location},
    {"ipa-ca-stale", SEVERITY_WARNING, "an address of ipa-ca is no server's", "RFC 1034 3.6", "",
     "srv", test_certificates},
    {0},
};
