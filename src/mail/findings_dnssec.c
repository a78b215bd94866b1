/* Findings about DNSSEC. */
#include "dns/type.h"
#include "mail/finding_list.h"

static const struct dnssec *dnssec_of(const struct finding_list *list)
{
    return list->setup->dnssec;
}

static void test_dnssec_bogus(struct finding_list *list)
{
    const struct dnssec *dnssec = dnssec_of(list);
    struct finding *finding;

    if (dnssec->state != DNSSEC_BOGUS)
        return;
    finding = finding_add(list, SEVERITY_ERROR, dnssec->zone, TYPE_MX, dnssec->plain,
                          "The signatures do not validate: senders behind a validating resolver "
                          "find no exchange and put the mail off.");
    finding_fix(list, finding,
                "Sign the zone again, and compare the DS at the parent with the "
                "keys of the zone.");
}

/* Signatures of one moment are one finding: the soonest. */
static void test_dnssec_expiring(struct finding_list *list)
{
    const struct dnssec *dnssec = dnssec_of(list);
    const struct dnssec_signature *signature = dnssec->signatures;
    char type[TYPE_TEXT];
    struct finding *finding;

    if (dnssec->signature_count == 0 || signature->remaining > DNSSEC_NEAR)
        return;
    type_text(signature->covered, type);
    if (signature->remaining < 0)
        finding = finding_add(list, SEVERITY_ERROR, dnssec->zone, TYPE_RRSIG, dnssec->dnskey,
                              "A signature over %s has been over for %lld hours: validating "
                              "resolvers refuse the answer.",
                              type, (long long)-signature->remaining / 3600);
    else
        finding = finding_add(list, SEVERITY_WARNING, dnssec->zone, TYPE_RRSIG, dnssec->dnskey,
                              "A signature over %s ends in %lld hours: if it is not renewed, "
                              "validating resolvers refuse the answer.",
                              type, (long long)signature->remaining / 3600);
    finding_fix(list, finding, "See to it that the zone is signed again in time.");
}

static void test_dnssec_partial(struct finding_list *list)
{
    const struct dnssec *dnssec = dnssec_of(list);
    struct finding *finding;

    if (dnssec->state == DNSSEC_UNKNOWN && dnssec->dnskey && reply_failed(dnssec->dnskey))
        finding_add_unknown(list, dnssec->zone, TYPE_DNSKEY, dnssec->dnskey);
    if (dnssec->state == DNSSEC_NO_DS) {
        finding = finding_add(list, SEVERITY_WARNING, dnssec->zone, TYPE_DS, dnssec->ds,
                              "The zone is signed, but the parent has no DS: nobody validates, and "
                              "DANE is not used.");
        finding_fix(list, finding, "Hand the DS record to the registry.");
    } else if (dnssec->state == DNSSEC_NO_KEYS) {
        finding = finding_add(list, SEVERITY_ERROR, dnssec->zone, TYPE_DNSKEY, dnssec->dnskey,
                              "The parent has a DS, but the zone has no keys: validating resolvers "
                              "refuse every answer.");
        finding_fix(list, finding, "Sign the zone, or have the DS removed at the registry.");
    }
}

const struct finding_test findings_dnssec[] = {
    {{"dnssec-bogus", SEVERITY_ERROR, "signatures that do not validate", "RFC 4035 5.5", ""},
     test_dnssec_bogus},
    {{"dnssec-expiring", SEVERITY_ERROR, "a signature near its end", "RFC 6781 4.4.2", ""},
     test_dnssec_expiring},
    {{"dnssec-partial", SEVERITY_ERROR, "signed by halves", "RFC 4035 2.4", ""},
     test_dnssec_partial},
    {{0}, NULL},
};
