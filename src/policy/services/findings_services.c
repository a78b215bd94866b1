/* Findings about single services: activation, telephony, chat. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/services/finding_directory.h"

#include <string.h>

static const struct reply *look(struct finding_list *list, const char *prefix, uint16_t type)
{
    char name[NAME_TEXT];

    if (!*prefix)
        return finding_lookup(list, list->setup->view->domain, type);
    if (name_join(prefix, list->setup->view->domain, name) != STATUS_OK)
        return NULL;
    return finding_lookup(list, name, type);
}

/* ---- activation ---- */

enum { KMS_USUAL = 2 };

static void test_kms(struct finding_list *list)
{
    const struct reply *reply = look(list, "_vlmcs._tcp", TYPE_SRV);
    size_t live = 0;

    if (finding_reply_answered(reply) && finding_by_wildcard(list, "_tcp"))
        return;
    for (size_t i = 0; finding_reply_answered(reply) && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        struct host_addresses replies = finding_host(list, record->srv.target);
        enum host_standing standing = host_standing_of(&replies);
        struct finding *finding;

        live += standing == HOST_HAS_ADDRESS;
        if (standing != HOST_DOES_NOT_EXIST && standing != HOST_WITHOUT_ADDRESS)
            continue;
        finding = finding_add(list, SEVERITY_WARNING, record->srv.target, TYPE_A, replies.a,
                              "The server for Windows activation has no address. Machines that "
                              "pick it are not activated.");
        finding_record(list, finding, record);
        finding_fix(list, finding, "Delete the record, or publish the address of the server.");
    }
    if (live > KMS_USUAL)
        finding_fix(list,
                    finding_add(list, SEVERITY_NOTICE, reply->question.name, TYPE_SRV, reply,
                                "%zu servers for Windows activation are announced. Servers "
                                "register themselves, so some may have been set up by mistake.",
                                live),
                    "Find out which are meant (\"slmgr /dlv\" on each) and delete the records of "
                    "the others.");
}

/* ---- telephony ---- */

static bool leads_to_srv(const struct record *record)
{
    return record->naptr.flags.length == 1 &&
           (record->naptr.flags.bytes[0] == 's' || record->naptr.flags.bytes[0] == 'S') &&
           !name_is_root(record->naptr.replacement);
}

static void test_naptr(struct finding_list *list)
{
    const struct reply *reply = look(list, "", TYPE_NAPTR);

    for (size_t i = 0; finding_reply_answered(reply) && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        const struct reply *srv;
        struct finding *finding;

        if (!leads_to_srv(record))
            continue;
        srv = finding_lookup(list, record->naptr.replacement, TYPE_SRV);
        if (!finding_reply_absent(srv))
            continue;
        finding = finding_add(list, SEVERITY_ERROR, record->naptr.replacement, TYPE_NAPTR, srv,
                              "The NAPTR record of %s leads to this name, which has no SRV record. "
                              "Clients that prefer this transport do not find the service.",
                              finding_name(list, record->owner));
        finding_record(list, finding, record);
        finding_fix(list, finding, "Publish the SRV record, or delete the NAPTR record.");
    }
}

/* ---- chat ---- */

static void test_matrix(struct finding_list *list)
{
    const struct reply *old = look(list, "_matrix._tcp", TYPE_SRV);
    const struct reply *new = look(list, "_matrix-fed._tcp", TYPE_SRV);

    if (!finding_reply_answered(old) || !finding_reply_absent(new))
        return;
    finding_fix(
        list,
        finding_add(list, SEVERITY_NOTICE, new->question.name, TYPE_SRV, old,
                    "The server is announced by the old name _matrix._tcp only. Servers look up "
                    "_matrix-fed._tcp first and will stop looking up the old name."),
        "Publish the same records at _matrix-fed._tcp.");
}

const struct finding_kind findings_services[] = {
    {"kms-stale", SEVERITY_WARNING, "a server for activation is gone", "RFC 2782", "", "srv",
     test_kms},
    {"sip-naptr-dangling", SEVERITY_ERROR, "a NAPTR record leads to no SRV", "RFC 3263 4.1", "",
     "srv", test_naptr},
    {"matrix-old-name", SEVERITY_NOTICE, "Matrix by its old name only", "MSC4040", "", "srv",
     test_matrix},
    {0},
};
