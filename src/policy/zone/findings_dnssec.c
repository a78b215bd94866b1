/* Findings about DNSSEC. */
#include "dns/type.h"
#include "policy/findings/finding_list.h"

static const struct dnssec *dnssec_of(const struct finding_list *list)
{
    return list->setup->dnssec;
}

/* Where the way from the root shows the chain of trust to break; NULL: nowhere. */
static const struct trace_step *unsafe_step(struct finding_list *list)
{
    const struct trace *trace = finding_trace(list);

    return trace && trace->unsafe && trace->unsafe->parent ? trace->unsafe : NULL;
}

static void test_dnssec_bogus(struct finding_list *list)
{
    const struct dnssec *dnssec = dnssec_of(list);
    struct finding *finding;

    if (dnssec->state != DNSSEC_BOGUS)
        return;
    finding = finding_add(
        list, SEVERITY_ERROR, dnssec->zone, TYPE_MX, dnssec->plain,
        list->setup->exchanges
            ? "The signatures do not validate. Senders with a validating resolver find no MX host "
              "and defer the mail."
            : "The signatures do not validate. Clients of a validating resolver get no answer.");
    finding_fix(list, finding,
                "Sign the zone again, and compare the DS at the parent with the "
                "keys of the zone.");
    finding_at_cut(list, finding, unsafe_step(list));
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
        finding = finding_add(
            list, SEVERITY_ERROR, dnssec->zone, TYPE_RRSIG, dnssec->dnskey,
            "The signature over %s expired %lld hours ago. Validating resolvers reject the answer.",
            type, (long long)-signature->remaining / 3600);
    else
        finding = finding_add(list, SEVERITY_WARNING, dnssec->zone, TYPE_RRSIG, dnssec->dnskey,
                              "The signature over %s expires in %lld hours. If it is not renewed, "
                              "validating resolvers reject the answer.",
                              type, (long long)signature->remaining / 3600);
    finding_fix(list, finding, "Make sure that the zone is signed again in time.");
}

/* What a resolver that does not validate passes over. */
static void add_unsafe(struct finding_list *list, const struct trace_step *step)
{
    struct finding *finding;

    if (!step)
        return;
    finding = finding_add(list, SEVERITY_ERROR, step->zone, TYPE_DS, step->ds_reply,
                          step->ds == TRACE_DS_NO_KEYS
                              ? "The parent has a DS, but the zone has no keys. Validating "
                                "resolvers reject every answer."
                              : "The DS at the parent matches no key of the zone. Validating "
                                "resolvers reject every answer.");
    finding_fix(list, finding,
                step->ds == TRACE_DS_NO_KEYS
                    ? "Sign the zone, or have the DS removed at the registry."
                    : "Give the registry the DS record of a key of the zone, and have the old one "
                      "removed.");
    finding_at_cut(list, finding, step);
}

static void test_dnssec_partial(struct finding_list *list)
{
    const struct dnssec *dnssec = dnssec_of(list);
    struct finding *finding;

    if (dnssec->state == DNSSEC_UNKNOWN && dnssec->dnskey && finding_reply_failed(dnssec->dnskey))
        finding_add_unknown(list, dnssec->zone, TYPE_DNSKEY, dnssec->dnskey);
    if (dnssec->state == DNSSEC_NO_DS) {
        finding = finding_add(list, SEVERITY_WARNING, dnssec->zone, TYPE_DS, dnssec->ds,
                              "The zone is signed, but the parent has no DS. Resolvers do not "
                              "validate it, and DANE is not used.");
        finding_fix(list, finding, "Give the registry the DS record.");
        finding_at_cut(list, finding, finding_step(list, dnssec->zone));
    } else if (dnssec->state == DNSSEC_NO_KEYS) {
        finding = finding_add(list, SEVERITY_ERROR, dnssec->zone, TYPE_DNSKEY, dnssec->dnskey,
                              "The parent has a DS, but the zone has no keys. Validating resolvers "
                              "reject every answer.");
        finding_fix(list, finding, "Sign the zone, or have the DS removed at the registry.");
        finding_at_cut(list, finding, finding_step(list, dnssec->zone));
    } else if (dnssec->state != DNSSEC_PENDING && dnssec->state != DNSSEC_BOGUS) {
        add_unsafe(list, unsafe_step(list));
    }
}

/* RFC 9904, RFC 9905: not to be signed with, and not validated by all any more. */
static const char *outdated_algorithm(uint8_t algorithm)
{
    static const char *const names[] = {
        [1] = "RSA/MD5",           [3] = "DSA",       [5] = "RSA/SHA-1",
        [6] = "DSA/SHA-1 (NSEC3)", [7] = "RSA/SHA-1", [12] = "GOST R 34.10",
    };

    return algorithm < sizeof names / sizeof names[0] ? names[algorithm] : NULL;
}

static void judge_algorithms(struct finding_list *list)
{
    const struct dnssec *dnssec = dnssec_of(list);

    for (size_t i = 0; finding_reply_answered(dnssec->dnskey) && i < dnssec->dnskey->record_count;
         i++) {
        const struct record *record = dnssec->dnskey->records[i];
        const char *name = outdated_algorithm(record->dnskey.algorithm);
        struct finding *finding;

        if (!name)
            continue;
        finding = finding_add(list, SEVERITY_WARNING, dnssec->zone, TYPE_DNSKEY, dnssec->dnskey,
                              "The zone is signed with %s (algorithm %u), which is deprecated. "
                              "Newer resolvers treat the zone as unsigned, and DANE is not used.",
                              name, record->dnskey.algorithm);
        finding_record(list, finding, record);
        finding_fix(list, finding, "Change to ECDSA P-256 (algorithm 13) or RSA/SHA-256 (8).");
        return;
    }
}

static bool has_better_digest(const struct reply *ds)
{
    enum { SHA1 = 1, GOST = 3 };

    for (size_t i = 0; i < ds->record_count; i++)
        if (ds->records[i]->ds.digest_type != SHA1 && ds->records[i]->ds.digest_type != GOST)
            return true;
    return false;
}

/* A digest of SHA-1 beside a better one does no harm. */
static void judge_digests(struct finding_list *list)
{
    const struct reply *ds = dnssec_of(list)->ds;
    struct finding *finding;

    if (!finding_reply_answered(ds) || has_better_digest(ds))
        return;
    finding = finding_add(list, SEVERITY_WARNING, dnssec_of(list)->zone, TYPE_DS, ds,
                          "The parent's DS has a deprecated digest (type %u). Newer resolvers "
                          "treat the zone as unsigned, and DANE is not used.",
                          ds->records[0]->ds.digest_type);
    finding_record(list, finding, ds->records[0]);
    finding_fix(list, finding, "Give the registry a DS with SHA-256 (digest type 2).");
}

/* What no validator knows leaves the zone unsigned for all of them. */
static void judge_unknown(struct finding_list *list)
{
    const struct dnssec *dnssec = dnssec_of(list);
    struct finding *finding;

    if (dnssec->state != DNSSEC_INSECURE || list->count > list->begin)
        return;
    finding =
        finding_add(list, SEVERITY_WARNING, dnssec->zone, TYPE_DS, dnssec->ds,
                    "Resolvers do not support the DS of the zone (algorithm %u, digest type %u). "
                    "They treat the zone as unsigned, and senders do not use DANE.",
                    dnssec->ds->records[0]->ds.algorithm, dnssec->ds->records[0]->ds.digest_type);
    finding_record(list, finding, dnssec->ds->records[0]);
    finding_fix(list, finding,
                "Sign the zone with ECDSA P-256 (algorithm 13), then give the registry a DS with "
                "SHA-256 (digest type 2).");
}

static void test_dnssec_outdated(struct finding_list *list)
{
    judge_algorithms(list);
    judge_digests(list);
    judge_unknown(list);
}

const struct finding_kind findings_dnssec[] = {
    {"dnssec-bogus", SEVERITY_ERROR, "signatures do not validate", "RFC 4035 5.5", "", "DNSSEC",
     test_dnssec_bogus},
    {"dnssec-expiring", SEVERITY_ERROR, "a signature expires soon", "RFC 6781 4.4.2", "", "DNSSEC",
     test_dnssec_expiring},
    {"dnssec-partial", SEVERITY_ERROR, "incomplete chain of trust", "RFC 4035 2.4", "", "DNSSEC",
     test_dnssec_partial},
    {"dnssec-outdated", SEVERITY_WARNING, "deprecated DNSSEC algorithm", "RFC 9904", "", "DNSSEC",
     test_dnssec_outdated},
    {0},
};
