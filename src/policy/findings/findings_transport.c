/* Findings about the way from host to host: MTA-STS, TLS reports, DANE, reverse names. */
#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"

/* Most domains have no such record: only a master file is searched for misplaced ones, and what is
 * at the domain itself, which was looked at anyway. */
static void look_elsewhere(struct finding_list *list, enum policy_state state, const char *name,
                           const struct reply *reply, enum near_kind kind)
{
    if (state == POLICY_NONE && reply &&
        (reply_from_zone(reply) || setup_text_at_apex(list->setup, kind)))
        finding_add_misplaced(list, SEVERITY_WARNING, name, name, kind);
}

/* ---- MTA-STS, TLS-RPT ---- */

/* No RFC says which of the two counts. */
static void add_repeated(struct finding_list *list, const char *what, const char *name,
                         const struct reply *reply, const char *repeated)
{
    finding_fix(list,
                finding_add(list, SEVERITY_WARNING, name, TYPE_TXT, reply,
                            "In the %s record, %s= is written twice. Which one counts is not "
                            "defined, so senders differ.",
                            what, repeated),
                "Remove one of the two.");
}

static void test_mta_sts_syntax(struct finding_list *list)
{
    const struct mta_sts *mta_sts = list->setup->mta_sts;
    struct finding *finding;

    look_elsewhere(list, mta_sts->state, mta_sts->name, mta_sts->reply, NEAR_MTA_STS);
    if (mta_sts->state == POLICY_FOUND && mta_sts->repeated)
        add_repeated(list, "MTA-STS", mta_sts->name, mta_sts->reply, mta_sts->repeated);
    if (mta_sts->state == POLICY_UNKNOWN)
        finding_add_unknown(list, mta_sts->name, TYPE_TXT, mta_sts->reply);
    if (mta_sts->state != POLICY_SYNTAX && mta_sts->state != POLICY_MULTIPLE)
        return;
    finding = finding_add(
        list, SEVERITY_ERROR, mta_sts->name, TYPE_TXT, mta_sts->reply,
        "The MTA-STS record cannot be used: %s. Senders act as if there were no policy.",
        mta_sts->why);
    finding_fix(
        list, finding,
        "Publish one record with an id of letters and digits, and change the id with the policy.");
}

static bool has_reachable(const struct reply *reply)
{
    for (size_t i = 0; reply && i < reply->record_count; i++) {
        enum address_kind kind = address_kind(&reply->records[i]->address);

        if (kind == ADDRESS_GLOBAL || kind == ADDRESS_DOCUMENTATION)
            return true;
    }
    return false;
}

/* It has addresses, but none that a sender elsewhere could connect to. */
static bool is_out_of_reach(struct finding_list *list, const struct host_addresses *host)
{
    return (finding_reply_answered(host->a) || finding_reply_answered(host->aaaa)) && host->a &&
           host->aaaa && !finding_reply_failed(host->a) && !finding_reply_failed(host->aaaa) &&
           !has_reachable(host->a) && !has_reachable(host->aaaa) &&
           finding_seen_from(list) == VIEW_FROM_OUTSIDE;
}

/* The host is an alias of a name that is not there; false when it is not. */
static bool add_aliased_host(struct finding_list *list)
{
    const struct mta_sts *mta_sts = list->setup->mta_sts;
    const struct reply *reply = mta_sts->policy_address.a;
    struct finding *finding;

    if (!reply || reply->alias_count == 0 || reply->alias_loop ||
        reply->outcome != OUTCOME_NXDOMAIN)
        return false;
    finding = finding_add(
        list, SEVERITY_ERROR, mta_sts->policy_host, TYPE_CNAME, reply,
        name_is_within(reply->canonical, list->setup->dmarc->organisational_by_suffix)
            ? "The MTA-STS record announces a policy, but the host it is fetched from is an alias "
              "of %s, which does not exist. Senders find no policy."
            : "The MTA-STS record announces a policy, but the host it is fetched from is an alias "
              "of %s, which does not exist. Senders find no policy, and whoever gets hold of that "
              "name can serve one.",
        finding_name(list, reply->canonical));
    finding_record(list, finding, reply->aliases[reply->alias_count - 1]);
    if (!finding_fix_undotted(list, finding, reply->canonical, "CNAME"))
        finding_fix(list, finding,
                    "Let the host lead to one that serves the policy, or remove the CNAME record "
                    "and the record at %s.",
                    finding_name(list, mta_sts->name));
    return true;
}

static void test_mta_sts_policy_host(struct finding_list *list)
{
    const struct mta_sts *mta_sts = list->setup->mta_sts;
    struct finding *finding;

    if (mta_sts->policy_host && is_out_of_reach(list, &mta_sts->policy_address)) {
        finding = finding_add(list, SEVERITY_ERROR, mta_sts->policy_host, TYPE_A,
                              mta_sts->policy_address.a,
                              "The MTA-STS record announces a policy, but the host it is fetched "
                              "from has no address that senders can reach. They find no policy.");
        finding_record(list, finding, mta_sts->record);
        finding_fix(list, finding, "Give the host a public address, and serve the policy there.");
        return;
    }
    if (!mta_sts->policy_host_missing || add_aliased_host(list))
        return;
    finding =
        finding_add(list, SEVERITY_ERROR, mta_sts->policy_host, TYPE_A, mta_sts->policy_address.a,
                    "The MTA-STS record announces a policy, but the host it is fetched from has no "
                    "address. Senders find no policy.");
    finding_record(list, finding, mta_sts->record);
    finding_fix(list, finding,
                "Give the host an address and serve the policy there, or remove the record at %s.",
                finding_name(list, mta_sts->name));
}

static void test_mta_sts_policy(struct finding_list *list)
{
    const struct mta_sts *mta_sts = list->setup->mta_sts;
    const struct sts_policy *policy = mta_sts->policy;
    struct finding *finding;

    if (!policy || !policy->fault)
        return;
    finding = finding_add(
        list, SEVERITY_ERROR, mta_sts->name, TYPE_TXT, mta_sts->reply,
        "The MTA-STS policy cannot be used. In it %s. Senders act as if there were no policy.",
        policy->fault);
    finding_fix(list, finding,
                "Serve a text with the lines version, mode, max_age, and mx for every MX host.");
}

/* "mx: mx1.example.com", or how many lines there are. */
static const char *policy_lines(struct finding_list *list, const struct sts_policy *policy)
{
    if (policy->mx_count == 1)
        return policy->mx[0].line;
    return arena_format(
        list->arena,
        tr_plural("%s and %zu other line", "%s and %zu other lines", policy->mx_count - 1),
        policy->mx[0].line, policy->mx_count - 1);
}

/* Each MX record that no line of an enforced or tested policy matches. */
static void test_mta_sts_mismatch(struct finding_list *list)
{
    const struct mta_sts *mta_sts = list->setup->mta_sts;
    const struct sts_policy *policy = mta_sts->policy;
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    if (!policy || policy->fault || policy->mode == STS_POLICY_NONE ||
        mta_sts->state != POLICY_FOUND)
        return;
    while ((exchange = finding_next_exchange(&walk))) {
        bool enforced = policy->mode == STS_POLICY_ENFORCE;
        struct finding *finding;
        if (exchange->literal || sts_policy_lists(policy, exchange->name))
            continue;
        finding = finding_add(
            list, enforced ? SEVERITY_ERROR : SEVERITY_WARNING, exchange->name, TYPE_MX,
            list->setup->exchanges->mx,
            enforced ? "The MTA-STS policy does not list this MX host (it lists \"%s\"). Senders "
                       "that follow the policy never deliver to it."
                     : "The MTA-STS policy does not list this MX host (it lists \"%s\"). Senders "
                       "report it, and will not deliver to it once the mode is enforce.",
            policy_lines(list, policy));
        if (exchange->record)
            finding_record(list, finding, exchange->record);
        finding_fix(list, finding,
                    "Add the line \"mx: %s\" to the policy, then change the id in %s.",
                    finding_name(list, exchange->name), finding_name(list, mta_sts->name));
    }
}

static void test_tls_rpt_syntax(struct finding_list *list)
{
    const struct tls_rpt *tls_rpt = list->setup->tls_rpt;
    struct finding *finding;

    look_elsewhere(list, tls_rpt->state, tls_rpt->name, tls_rpt->reply, NEAR_TLS_RPT);
    if (tls_rpt->state == POLICY_FOUND && tls_rpt->repeated)
        add_repeated(list, tr("TLS report"), tls_rpt->name, tls_rpt->reply, tls_rpt->repeated);
    if (tls_rpt->state == POLICY_UNKNOWN)
        finding_add_unknown(list, tls_rpt->name, TYPE_TXT, tls_rpt->reply);
    if (tls_rpt->state != POLICY_SYNTAX && tls_rpt->state != POLICY_MULTIPLE)
        return;
    finding =
        finding_add(list, SEVERITY_ERROR, tls_rpt->name, TYPE_TXT, tls_rpt->reply,
                    "The TLS report record cannot be used: %s. No reports are sent.", tls_rpt->why);
    finding_fix(list, finding, "Publish one record with an address for the reports.");
}

/* Who makes encryption a must should hear when it fails. */
static void test_tls_rpt_none(struct finding_list *list)
{
    const struct setup *setup = list->setup;
    bool strict = setup->mta_sts->state == POLICY_FOUND || setup->dane->usable > 0;
    struct finding *finding;

    if (setup->tls_rpt->state != POLICY_NONE || !strict)
        return;
    finding =
        finding_add(list, SEVERITY_NOTICE, setup->tls_rpt->name, TYPE_TXT, setup->tls_rpt->reply,
                    "%s makes senders require encryption, but no report is sent when it fails and "
                    "mail does not arrive.",
                    setup->mta_sts->state == POLICY_FOUND ? "MTA-STS" : "DANE");
    finding_fix(list, finding, "Publish an address for the daily reports.");
}

/* ---- BIMI ---- */

/* A record that cannot be used is a fault; that DMARC is not strict enough yet may be on purpose.
 */
static void test_bimi_unusable(struct finding_list *list)
{
    const struct bimi *bimi = list->setup->bimi;
    bool known =
        list->setup->dmarc->state != POLICY_PENDING && list->setup->dmarc->state != POLICY_UNKNOWN;
    struct finding *finding;

    look_elsewhere(list, bimi->state, bimi->name, bimi->reply, NEAR_BIMI);
    if (bimi->state == POLICY_UNKNOWN && !finding_reply_outside(bimi->reply))
        finding_add_unknown(list, bimi->name, TYPE_TXT, bimi->reply);
    if (!bimi->fault && (!bimi->lacking || !known))
        return;
    finding = finding_add(list, bimi->fault ? SEVERITY_WARNING : SEVERITY_NOTICE, bimi->name,
                          TYPE_TXT, bimi->reply, "The BIMI record has no effect: %s.", bimi->why);
    finding_fix(list, finding,
                !bimi->fault && bimi->by_share ? "Remove pct= from the DMARC record."
                : !bimi->fault ? "Set the DMARC policy to quarantine or reject, for subdomains too."
                : bimi->lacking && known
                    ? "Publish one record whose l= is the https address of an SVG image. Set the "
                      "DMARC policy to quarantine or reject, for subdomains too."
                    : "Publish one record whose l= is the https address of an SVG image.");
}

/* ---- DANE ---- */

/* Where DANE does not apply nobody looks up TLSA records, and there is nothing to say of them. */
static void add_unusable(struct finding_list *list, const struct dane_exchange *exchange)
{
    bool signed_ = exchange->state == DANE_UNUSABLE;
    struct finding *finding =
        finding_add(list, signed_ ? SEVERITY_ERROR : SEVERITY_WARNING, exchange->base, TYPE_TLSA,
                    exchange->reply, "The TLSA records of %s are not usable: %s.",
                    finding_name(list, exchange->exchange), exchange->why);

    finding_record(list, finding, exchange->records[0].record);
    finding_fix(list, finding,
                signed_ ? "Publish \"3 1 1\" and the SHA-256 of the server's public key."
                        : "Sign the zone of the TLSA records.");
}

static void test_dane_unusable(struct finding_list *list)
{
    const struct dane *dane = list->setup->dane;

    for (size_t i = 0; i < dane->count; i++) {
        const struct dane_exchange *exchange = &dane->exchanges[i];

        if (exchange->state == DANE_UNUSABLE || exchange->state == DANE_UNSIGNED)
            add_unusable(list, exchange);
        else if (exchange->state == DANE_UNKNOWN && finding_reply_failed(exchange->reply) &&
                 !finding_reply_outside(exchange->reply))
            finding_add_unknown(list, exchange->base, TYPE_TLSA, exchange->reply);
    }
}

/* The records of an exchange that has none, at another name. */
static const struct reply *misplaced_tlsa(struct finding_list *list,
                                          const struct dane_exchange *exchange,
                                          enum misplacement *how)
{
    if (exchange->state != DANE_ABSENT || !exchange->reply || finding_reply_failed(exchange->reply))
        return NULL;
    return setup_misplaced(list->setup, exchange->base, TYPE_TLSA, list->arena, how,
                           &list->complete);
}

/* Records for the domain, which is no MX host: senders look below the name of the host. */
static void add_tlsa_of_domain(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;
    const char *domain = list->setup->view->domain;
    const struct reply *reply = NULL;
    char owner[NAME_TEXT];
    struct finding *finding;

    if (exchanges->implicit || exchanges->null_mx || exchanges->count == 0 ||
        exchanges_find(exchanges, domain) || name_join("_25._tcp", domain, owner) != STATUS_OK)
        return;
    reply = finding_lookup(list, owner, TYPE_TLSA);
    if (!finding_reply_answered(reply) || reply->alias_count > 0)
        return;
    finding = finding_add(
        list, SEVERITY_WARNING, reply->records[0]->owner, TYPE_TLSA, reply,
        "There are TLSA records for %s, which is no MX host: senders look for "
        "those of the MX hosts, %s and so on, and find nothing here.",
        finding_name(list, domain),
        arena_format(list->arena, "_25._tcp.%s", finding_name(list, exchanges->exchanges[0].name)));
    finding_record(list, finding, reply->records[0]);
    finding_fix(list, finding,
                "Publish the records below the name of each MX host, with the key of that host.");
}

/* A host that is not signed has no use for TLSA records, so nobody is asked about more of them; nor
 * is the zone of a lesson. */
static bool is_asked(const struct finding_list *list, const struct reply *reply)
{
    return reply && (list->setup->view->zone_files || !reply_from_zone(reply));
}

static void test_dane_misplaced(struct finding_list *list)
{
    const struct dane *dane = list->setup->dane;
    bool applies = false;

    for (size_t i = 0; i < dane->count; i++) {
        enum misplacement how;
        const struct reply *reply = misplaced_tlsa(list, &dane->exchanges[i], &how);

        applies |=
            dane->exchanges[i].state == DANE_ABSENT && is_asked(list, dane->exchanges[i].reply);
        if (reply)
            finding_add_elsewhere(list, SEVERITY_WARNING, dane->exchanges[i].base, "TLSA", how,
                                  reply->records[0], dane->exchanges[i].base);
    }
    if (applies)
        add_tlsa_of_domain(list);
}

static void add_unprotected(struct finding_list *list, const struct dane_exchange *exchange)
{
    bool insecure = exchange->state == DANE_INSECURE;
    struct finding *finding = finding_add(
        list, SEVERITY_WARNING, exchange->base, TYPE_TLSA, exchange->reply,
        insecure
            ? "%s is not secured by DNSSEC, but other MX hosts have TLSA records. An attacker can "
              "block those, and senders then deliver to this host without checking its certificate."
            : "%s has no TLSA record, although other MX hosts do. An attacker can block those and "
              "force mail to this one.",
        finding_name(list, exchange->exchange));

    if (insecure) {
        finding_fix(list, finding, "Sign the zone of %s, then publish TLSA records for it.",
                    finding_name(list, exchange->exchange));
        return;
    }
    finding_fix(list, finding, "Publish TLSA records for every MX host.");
}

static void test_dane_partial(struct finding_list *list)
{
    const struct dane *dane = list->setup->dane;

    for (size_t i = 0; dane->partial && i < dane->count; i++) {
        const struct dane_exchange *exchange = &dane->exchanges[i];
        enum misplacement how;

        if (misplaced_tlsa(list, exchange, &how) || !list->complete)
            continue;
        if (exchange->state == DANE_INSECURE || (exchange->state == DANE_ABSENT && exchange->reply))
            add_unprotected(list, exchange);
    }
}

/* ---- reverse names ---- */

static void test_ptr_missing(struct finding_list *list)
{
    const struct ptrs *ptrs = list->setup->ptrs;

    for (size_t i = 0; i < ptrs->count; i++) {
        const struct ptr_address *address = &ptrs->addresses[i];
        char text[ADDRESS_TEXT];
        struct finding *finding;

        if (address->state == PTR_UNKNOWN && finding_reply_failed(address->reply) &&
            !finding_reply_outside(address->reply))
            finding_add_unknown(list, address->name, TYPE_PTR, address->reply);
        if (address->state != PTR_MISSING)
            continue;
        finding =
            finding_add(list, SEVERITY_WARNING, address->exchange, TYPE_PTR, address->reply,
                        "%s has no PTR record. When the host sends mail, many receivers reject it.",
                        address_text(&address->address, text));
        finding_fix(list, finding, "Have the owner of the address range publish the name.");
    }
}

/* "The reverse name of 192.0.2.1 is a.example.com", or how many of how many were looked at. */
static const char *reverse_names(struct finding_list *list, const struct ptr_address *address,
                                 const char *text)
{
    const char *first = finding_name(list, address->names[0]);
    size_t count = address->reply->record_count;

    if (count == 1)
        return arena_format(list->arena, tr("The reverse name of %s is %s."), text, first);
    if (count == address->name_count)
        return arena_format(list->arena, tr("The reverse names of %s are %s and %zu more."), text,
                            first, count - 1);
    return arena_format(list->arena,
                        tr("Of the %zu reverse names of %s, the first %zu are %s and others."),
                        count, text, address->name_count, first);
}

/* "mx.example.com.2.0.192.in-addr.arpa.": the name of the reverse zone follows the one meant. */
static bool fix_undotted_ptr(struct finding_list *list, struct finding *finding,
                             const struct ptr_address *address)
{
    bool undotted = address->reply->record_count == 1 && name_is_within(address->names[0], "arpa.");

    if (undotted)
        finding_fix(list, finding,
                    "The last dot is missing in the PTR record: the name of the reverse zone "
                    "follows the one that is meant.");
    return undotted;
}

static void test_ptr_unconfirmed(struct finding_list *list)
{
    const struct ptrs *ptrs = list->setup->ptrs;

    for (size_t i = 0; i < ptrs->count; i++) {
        const struct ptr_address *address = &ptrs->addresses[i];
        char text[ADDRESS_TEXT];
        struct finding *finding;

        if (address->state != PTR_UNCONFIRMED || address->name_count == 0)
            continue;
        address_text(&address->address, text);
        finding = finding_add(
            list, SEVERITY_WARNING, address->exchange, TYPE_PTR, address->reply,
            address->reply->record_count == 1
                ? "%s That name does not have this address, so receivers treat it as forged."
                : "%s Those names do not have this address, so receivers treat them as forged.",
            reverse_names(list, address, text));
        finding_record(list, finding, address->reply->records[0]);
        if (!fix_undotted_ptr(list, finding, address))
            finding_fix(list, finding, "Give the name this address, or the address another name.");
    }
}

const struct finding_kind findings_transport[] = {
    {"mta-sts-syntax", SEVERITY_ERROR, "an MTA-STS record cannot be used", "RFC 8461 3.1",
     "mta-sts", "MTA-STS", test_mta_sts_syntax},
    {"mta-sts-policy-host", SEVERITY_ERROR, "an MTA-STS policy without host", "RFC 8461 3.2",
     "mta-sts", "MTA-STS", test_mta_sts_policy_host},
    {"mta-sts-policy", SEVERITY_ERROR, "an MTA-STS policy cannot be used", "RFC 8461 3.2",
     "mta-sts", "MTA-STS", test_mta_sts_policy},
    {"mta-sts-mismatch", SEVERITY_ERROR, "an MX host missing in the MTA-STS policy", "RFC 8461 4.1",
     "mta-sts", "MTA-STS", test_mta_sts_mismatch},
    {"tls-rpt-syntax", SEVERITY_ERROR, "a TLS report record cannot be used", "RFC 8460 3", "",
     "TLS-RPT", test_tls_rpt_syntax},
    {"tls-rpt-none", SEVERITY_NOTICE, "TLS failures are not reported", "RFC 8460 3", "", "TLS-RPT",
     test_tls_rpt_none},
    {"bimi-unusable", SEVERITY_WARNING, "BIMI record without effect", "RFC 9989 4.7", "", "BIMI",
     test_bimi_unusable},
    {"dane-unusable", SEVERITY_ERROR, "TLSA records are not usable", "RFC 7672 3.1", "", "DANE",
     test_dane_unusable},
    {"dane-misplaced", SEVERITY_WARNING, "TLSA records that are never looked up", "RFC 7672 2.2.3",
     "", "DANE", test_dane_misplaced},
    {"dane-partial", SEVERITY_WARNING, "TLSA records for some MX hosts only", "RFC 7672 2.2", "",
     "DANE", test_dane_partial},
    {"ptr-missing", SEVERITY_WARNING, "an address without PTR", "RFC 1912 2.1", "", "PTR",
     test_ptr_missing},
    {"ptr-unconfirmed", SEVERITY_WARNING, "PTR not forward-confirmed", "RFC 1912 2.1", "", "PTR",
     test_ptr_unconfirmed},
    {0},
};
