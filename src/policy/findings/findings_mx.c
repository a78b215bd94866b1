/* Findings about the MX records themselves. */
#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"

#include <string.h>

enum { EXCHANGES_MANY = 10, TTL_SHORT = 300 };

static const char *domain_of(const struct finding_list *list)
{
    return list->setup->view->domain;
}

static bool is_root_target(const struct exchange *exchange)
{
    return exchange->record && name_is_root(exchange->name);
}

static size_t count_names(const struct exchanges *exchanges)
{
    size_t count = 0;

    for (size_t i = 0; i < exchanges->count; i++)
        count += !exchanges->exchanges[i].repeated && !is_root_target(&exchanges->exchanges[i]);
    return count;
}

static struct finding *add_at(struct finding_list *list, enum severity severity,
                              const struct exchange *exchange, const char *text)
{
    struct finding *finding = finding_add(list, severity, domain_of(list), TYPE_MX,
                                          list->setup->exchanges->mx, "%s", text);

    finding_record(list, finding, exchange->record);
    return finding;
}

/* ---- whether there are any ---- */

static void suggest_mx(struct finding_list *list, struct finding *finding)
{
    finding_fix(list, finding, "Publish MX records, or the null MX if the name accepts no mail.");
}

/* The MX records whose owner has the name of the zone twice; false without any. */
static bool add_doubled(struct finding_list *list, enum severity severity)
{
    const struct reply *doubled =
        setup_doubled(list->setup, domain_of(list), TYPE_MX, list->arena, &list->complete);
    struct finding *finding;

    if (!doubled)
        return false;
    finding = finding_add(list, severity, domain_of(list), TYPE_MX, list->setup->exchanges->mx,
                          "The MX records are at %s, where they are never looked up. The name of "
                          "the zone is in their owner twice, because the last dot is missing.",
                          finding_name(list, doubled->canonical));
    finding_record(list, finding, doubled->records[0]);
    finding_fix(list, finding, "Write \"%s\" as the owner, with the last dot.", domain_of(list));
    return true;
}

/* The name, or what it is an alias of, does not exist. */
static void add_missing(struct finding_list *list, const struct reply *mx)
{
    struct finding *finding;

    if (mx->alias_count > 0) {
        finding = finding_add(list, SEVERITY_ERROR, domain_of(list), TYPE_MX, mx,
                              "The name is an alias of %s, which does not exist, so senders bounce "
                              "mail for it.",
                              finding_name(list, mx->canonical));
        finding_record(list, finding, mx->aliases[mx->alias_count - 1]);
        if (!finding_fix_undotted(list, finding, mx->canonical, "CNAME"))
            finding_fix(list, finding,
                        "Replace the CNAME record by MX records, or by the null MX if the name "
                        "accepts no mail.");
        return;
    }
    finding = finding_add(list, SEVERITY_ERROR, domain_of(list), TYPE_MX, mx,
                          "The name does not exist, so senders bounce mail for it.");
    suggest_mx(list, finding);
}

static void test_mx_none(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;
    struct finding *finding;

    if (finding_reply_failed(exchanges->mx)) {
        finding_add_unknown(list, domain_of(list), TYPE_MX, exchanges->mx);
        return;
    }
    if (exchanges->mx && exchanges->mx->outcome == OUTCOME_NXDOMAIN) {
        add_missing(list, exchanges->mx);
        return;
    }
    if (!exchanges->implicit || finding_reply_endless(exchanges->mx) ||
        host_standing_of(&exchanges->exchanges[0].replies) <= HOST_LOOKUP_FAILED ||
        add_doubled(list, SEVERITY_ERROR))
        return;
    finding = finding_add(
        list, SEVERITY_ERROR, domain_of(list), TYPE_MX, exchanges->mx,
        "There is neither an MX nor an address record, so senders bounce mail for this name.");
    suggest_mx(list, finding);
}

static void test_mx_implicit(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;
    struct finding *finding;

    if (!exchanges->implicit || exchanges->exchanges[0].address_count == 0 ||
        add_doubled(list, SEVERITY_WARNING))
        return;
    finding = finding_add(
        list, SEVERITY_NOTICE, domain_of(list), TYPE_MX, exchanges->mx,
        "There is no MX record. Senders deliver to the address of the name itself (implicit MX).");
    finding_fix(list, finding,
                "If the name accepts mail, publish an MX record; if not, publish the null MX.");
}

/* ---- the null MX ---- */

static void test_mx_null(struct finding_list *list)
{
    if (list->setup->exchanges->null_mx)
        add_at(list, SEVERITY_OK, &list->setup->exchanges->exchanges[0],
               tr("The null MX states that no mail is accepted. Senders bounce mail at once with "
                  "5.1.10."));
}

static bool is_closed(const struct setup *setup)
{
    return setup->spf->root->branch_count == 1 && setup->spf->all_qualifier == '-' &&
           setup->dmarc->state == POLICY_FOUND && setup->dmarc->policy == DMARC_REJECT;
}

/* A name without mail is a good one to forge, unless it says that it sends none either. */
static void test_mx_null_open(struct finding_list *list)
{
    const struct setup *setup = list->setup;
    struct finding *finding;

    if (!setup->exchanges->null_mx || !setup->spf->complete || !setup->dmarc->complete ||
        setup->spf->root->state == SPF_STATE_UNKNOWN || setup->dmarc->state == POLICY_UNKNOWN ||
        is_closed(setup))
        return;
    finding = add_at(list, SEVERITY_NOTICE, &setup->exchanges->exchanges[0],
                     tr("The name accepts no mail, but does not state that it sends none. Forgers "
                        "like such names."));
    finding_fix(list, finding,
                "Publish an SPF record with only -all and a DMARC policy of reject.");
}

static void test_mx_null_mixed(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;

    for (size_t i = 0; i < exchanges->count && exchanges->mx->record_count > 1; i++) {
        struct finding *finding;

        if (!is_root_target(&exchanges->exchanges[i]))
            continue;
        finding = add_at(list, SEVERITY_ERROR, &exchanges->exchanges[i],
                         tr("There is a null MX among real MX hosts. Postfix and Courier bounce "
                            "all mail for the domain; others ignore the null MX."));
        finding_fix(list, finding, "Remove the record whose target is \".\", or all others.");
        return;
    }
}

static void test_mx_null_preference(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;
    struct finding *finding;

    if (exchanges->null_mx || !exchanges->mx || exchanges->mx->record_count != 1 ||
        exchanges->count != 1 || !is_root_target(&exchanges->exchanges[0]))
        return;
    finding = add_at(list, SEVERITY_WARNING, &exchanges->exchanges[0],
                     tr("The target is \".\", but the preference is not 0. Some senders treat it "
                        "as a null MX, others as a broken record, and keep retrying."));
    finding_fix(list, finding, "Set the preference to 0.");
}

/* ---- names that cannot be exchanges ---- */

static void test_mx_literal(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];
        bool relative = name_is_within(exchange->name, domain_of(list));
        struct finding *finding;

        if (!exchange->literal || exchange->repeated)
            continue;
        finding = add_at(
            list, SEVERITY_ERROR, exchange,
            arena_format(list->arena,
                         relative ? tr("The MX target %s is an IP address followed by the domain. "
                                       "There is no such host, and mail for it bounces.")
                                  : tr("The MX target %s is an IP address, not a hostname. Exim "
                                       "cannot use it, and Courier bounces all mail for the "
                                       "domain."),
                         finding_name(list, exchange->name)));
        finding_fix(list, finding, "Give the address a name and use that.");
    }
}

static void test_mx_localhost(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];
        struct finding *finding;

        if (!exchange->record || exchange->repeated ||
            (!exchange->localhost && !finding_is_called_localhost(exchange)))
            continue;
        finding = add_at(list, SEVERITY_ERROR, exchange,
                         tr("The MX host is localhost. Senders connect to themselves, and the mail "
                            "loops or bounces."));
        finding_fix(list, finding,
                    "Name the real mail host; for a name without mail publish the null MX.");
    }
}

/* ---- the list as a whole ---- */

static void test_mx_duplicate(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++) {
        struct finding *finding;

        if (!exchanges->exchanges[i].repeated)
            continue;
        finding = add_at(
            list, SEVERITY_WARNING, &exchanges->exchanges[i],
            arena_format(list->arena,
                         tr("The MX host %s is listed more than once. Postfix tries it again at "
                            "the second preference; Exim and Sendmail ignore one of the two."),
                         finding_name(list, exchanges->exchanges[i].name)));
        finding_fix(list, finding, "Remove this record; the lower preference stays.");
    }
}

/* Of each family at most one: a host with several is more than one machine, or may be. */
static bool has_one_address(const struct exchange *exchange)
{
    return exchange && exchange->address_count > 0 && exchange->replies.a &&
           exchange->replies.aaaa && exchange->replies.a->record_count <= 1 &&
           exchange->replies.aaaa->record_count <= 1;
}

static void test_mx_single(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;
    struct exchange_walk walk = finding_exchanges(list);

    if (exchanges->implicit || exchanges->left_out > 0 || count_names(exchanges) != 1 ||
        exchanges_find(exchanges, ".") || !has_one_address(finding_next_exchange(&walk)))
        return;
    finding_add(
        list, SEVERITY_NOTICE, domain_of(list), TYPE_MX, exchanges->mx,
        "There is only one MX host. While it is down, senders queue the mail and retry for days.");
}

static void test_mx_many(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;
    size_t count = count_names(exchanges) + exchanges->left_out;
    struct finding *finding;

    if (count <= EXCHANGES_MANY)
        return;
    finding = finding_add(list, SEVERITY_NOTICE, domain_of(list), TYPE_MX, exchanges->mx,
                          "There are %zu MX hosts. Most senders stop after five addresses, and SPF "
                          "evaluates ten MX hosts at most.",
                          count);
    finding_fix(list, finding, "Use two to four MX hosts; give the busy ones several addresses.");
}

/* A resolver's cache counts TTL down; only who has authority says the whole. */
static const struct reply *undiminished(struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;
    const struct reply *mx = list->setup->exchanges->mx;

    if (finding_reply_answered(mx) && mx->aa)
        return mx;
    for (size_t i = 0; i < authority->count; i++)
        if (authority->servers[i].state == AUTHORITY_OK &&
            finding_reply_answered(authority->servers[i].mx))
            return authority->servers[i].mx;
    return NULL;
}

static void test_mx_ttl_short(struct finding_list *list)
{
    const struct reply *mx = undiminished(list);
    const struct record *record;
    struct finding *finding;

    if (!mx || mx->records[0]->ttl >= TTL_SHORT)
        return;
    record = mx->records[0];
    finding = finding_add(list, SEVERITY_NOTICE, domain_of(list), TYPE_MX, mx,
                          "The TTL of the MX records is %u s. Senders look them up for nearly "
                          "every message, and a short outage of the name servers stops mail.",
                          record->ttl);
    finding_record(list, finding, record);
    finding_fix(list, finding, "Use an hour or more, except around a planned change.");
}

static void test_mx_ttl_mixed(struct finding_list *list)
{
    const struct reply *mx = undiminished(list);
    struct finding *finding;

    for (size_t i = 1; mx && i < mx->record_count; i++) {
        if (mx->records[i]->ttl == mx->records[0]->ttl)
            continue;
        finding = finding_add(list, SEVERITY_WARNING, domain_of(list), TYPE_MX, mx,
                              "The MX records have different TTLs (%u and %u s). Resolvers use one "
                              "of them for the whole set.",
                              mx->records[0]->ttl, mx->records[i]->ttl);
        finding_record(list, finding, mx->records[i]);
        finding_fix(list, finding, "Give all records of the set one TTL.");
        return;
    }
}

static void test_mx_outside_domain(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];
        struct finding *finding;

        if (!exchange->record || is_root_target(exchange) || exchange->repeated ||
            exchange->literal || exchange->localhost || !name_is_host(exchange->name) ||
            finding_is_called_localhost(exchange) ||
            name_is_within(exchange->name, list->setup->dmarc->organisational_by_suffix) ||
            finding_is_overdotted(list, exchange->name, &exchange->replies))
            continue;
        finding = add_at(list, SEVERITY_NOTICE, exchange,
                         arena_format(list->arena,
                                      tr("The MX host %s is outside the domain. Mail also depends "
                                         "on the name servers of that domain."),
                                      finding_name(list, exchange->name)));
        finding->about = finding_name(list, exchange->name);
        finding->cause = "outside";
    }
}

static void test_mx_wildcard(struct finding_list *list)
{
    const struct wildcard *wildcard = list->setup->wildcard;
    struct finding *finding;

    if (!wildcard->has_mx)
        return;
    finding = finding_add(
        list, SEVERITY_NOTICE, domain_of(list), TYPE_MX, wildcard->mx,
        wildcard->uncovered_count > 0
            ? "A random name has MX records. A wildcard catches mail for mistyped names, but not "
              "for names that have any other record, such as %s."
            : "A random name has MX records. A wildcard catches mail for mistyped names, but not "
              "for names that have any other record.",
        wildcard->uncovered_count > 0 ? finding_name(list, wildcard->uncovered[0]) : "");
    finding_record(list, finding, wildcard->mx->records[0]);
    finding_fix(list, finding,
                "Give every name that accepts mail its own MX records, and remove the wildcard "
                "unless it is wanted.");
}

const struct finding_kind findings_mx[] = {
    {"mx-none", SEVERITY_ERROR, "mail cannot be delivered", "RFC 5321 5.1", "", "mx", test_mx_none},
    {"mx-implicit", SEVERITY_WARNING, "no MX record, the address is used", "RFC 5321 5.1",
     "implicit", "mx", test_mx_implicit},
    {"mx-null", SEVERITY_OK, "no mail accepted, on purpose", "RFC 7505 3", "null-mx", "mx",
     test_mx_null},
    {"mx-null-open", SEVERITY_NOTICE, "null MX without SPF and DMARC", "RFC 7208 10.1.2", "null-mx",
     "mx", test_mx_null_open},
    {"mx-null-mixed", SEVERITY_ERROR, "null MX among other MX records", "RFC 7505 3", "null-mixed",
     "mx", test_mx_null_mixed},
    {"mx-null-preference", SEVERITY_WARNING, "null MX with a preference", "RFC 7505 3", "", "mx",
     test_mx_null_preference},
    {"mx-literal", SEVERITY_ERROR, "an MX host is an IP address", "RFC 1035 3.3.9", "literal", "mx",
     test_mx_literal},
    {"mx-localhost", SEVERITY_ERROR, "an MX host is localhost", "RFC 6761 6.3", "loopback", "mx",
     test_mx_localhost},
    {"mx-duplicate", SEVERITY_WARNING, "an MX host is listed twice", "RFC 5321 5.1", "", "mx",
     test_mx_duplicate},
    {"mx-single", SEVERITY_NOTICE, "only one MX host", "RFC 5321 4.5.4.1", "", "mx",
     test_mx_single},
    {"mx-many", SEVERITY_NOTICE, "more MX hosts than senders try", "RFC 5321 5.1", "", "mx",
     test_mx_many},
    {"mx-ttl-short", SEVERITY_NOTICE, "very short MX TTL", "RFC 1912 2.2", "", "mx",
     test_mx_ttl_short},
    {"mx-ttl-mixed", SEVERITY_WARNING, "MX records with different TTLs", "RFC 2181 5.2", "", "mx",
     test_mx_ttl_mixed},
    {"mx-wildcard", SEVERITY_NOTICE, "a wildcard MX", "RFC 4592 2.2.1", "wildcard", "Wildcard",
     test_mx_wildcard},
    {"mx-outside-domain", SEVERITY_NOTICE, "an MX host in another domain", "RFC 5321 5.1", "filter",
     "mx", test_mx_outside_domain},
    {0},
};
