/* Findings about each host the MX records name. */
#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"

#include <string.h>

/* ---- names ---- */

static void test_mx_cname(struct finding_list *list)
{
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
        const struct reply *alias = finding_host_alias(&exchange->replies);
        struct finding *finding;

        if (!alias || finding_reply_endless(alias))
            continue;
        finding =
            finding_add(list, SEVERITY_ERROR, exchange->name, TYPE_CNAME, alias,
                        "The MX target is an alias of %s. Senders follow it at the cost of one "
                        "more lookup, but a secondary may not recognise itself and mail may loop.",
                        finding_name(list, alias->canonical));
        finding_record(list, finding, alias->aliases[0]);
        finding_fix(list, finding, "Name the host itself in the MX record.");
    }
}

static void test_mx_hostname(struct finding_list *list)
{
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
        struct finding *finding;

        if (name_is_host(exchange->name))
            continue;
        finding =
            finding_add(list, SEVERITY_WARNING, exchange->name, TYPE_MX, list->setup->exchanges->mx,
                        "The MX target is not a valid hostname. Only letters, digits and hyphens "
                        "are allowed; some senders and certificate authorities reject it.");
        finding_record(list, finding, exchange->record);
        finding_fix(list, finding, "Give the host a name without other characters.");
    }
}

static void test_mx_dangling(struct finding_list *list)
{
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
        enum host_standing standing = host_standing_of(&exchange->replies);
        struct finding *finding;

        if (finding_add_overdotted(list, exchange->name, &exchange->replies, exchange->record,
                                   "MX") ||
            (standing != HOST_DOES_NOT_EXIST && standing != HOST_WITHOUT_ADDRESS) ||
            finding_reply_endless(exchange->replies.a))
            continue;
        finding = finding_add(list, SEVERITY_ERROR, exchange->name, TYPE_A, exchange->replies.a,
                              standing == HOST_DOES_NOT_EXIST
                                  ? "The MX host does not exist. Senders skip it, and bounce the "
                                    "mail when no other is left."
                                  : "The MX host has no address. Senders skip it, and bounce the "
                                    "mail when no other is left.");
        finding_record(list, finding, exchange->record);
        finding_fix_dangling(list, finding, exchange->name, "MX");
    }
}

static void test_mx_unresolvable(struct finding_list *list)
{
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
        const struct host_addresses *replies = &exchange->replies;

        if (host_standing_of(replies) == HOST_LOOKUP_FAILED &&
            !finding_is_overdotted(list, exchange->name, replies))
            finding_add_unknown(list, exchange->name,
                                finding_reply_failed(replies->a) ? TYPE_A : TYPE_AAAA,
                                finding_reply_failed(replies->a) ? replies->a : replies->aaaa);
    }
}

/* ---- addresses ---- */

static bool is_loopback(const struct address *address)
{
    enum address_kind kind = address_kind(address);

    return kind == ADDRESS_LOOPBACK || kind == ADDRESS_UNSPECIFIED;
}

/* Documentation ranges are left to the lessons that are made of them. */
static bool is_unreachable(const struct address *address)
{
    enum address_kind kind = address_kind(address);

    return kind != ADDRESS_GLOBAL && kind != ADDRESS_DOCUMENTATION && !is_loopback(address);
}

/* Also for the implicit MX: its address matters as much. */
static void add_by_address(struct finding_list *list, enum severity severity,
                           bool (*fits)(const struct address *), const char *consequence,
                           const char *fix)
{
    const struct exchanges *exchanges = list->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];

        for (size_t k = 0; k < exchange->address_count; k++) {
            const struct address *address = &exchange->addresses[k];
            char text[ADDRESS_TEXT];
            struct finding *finding;

            if (!fits(address) || exchange->repeated || exchange->localhost ||
                (exchange->record && finding_is_called_localhost(exchange)))
                continue;
            finding = finding_add(
                list, severity, exchange->name, address->family == 6 ? TYPE_AAAA : TYPE_A,
                address->family == 6 ? exchange->replies.aaaa : exchange->replies.a,
                "The MX host has the address %s (%s). %s", address_text(address, text),
                address_kind_text(address_kind(address)), consequence);
            finding_address(list, finding,
                            address->family == 6 ? exchange->replies.aaaa : exchange->replies.a,
                            address);
            finding->about = arena_dup(list->arena, text);
            finding->cause =
                severity == SEVERITY_NOTICE
                    ? "inside"
                    : arena_format(list->arena, "%s %u", exchange->name, address->family);
            finding_fix(list, finding, "%s", fix);
        }
    }
}

static void test_mx_private_address(struct finding_list *list)
{
    enum finding_view view = finding_seen_from(list);

    if (view == VIEW_FROM_INSIDE && list->setup->view->directory)
        add_by_address(list, SEVERITY_NOTICE, is_unreachable,
                       tr("Senders elsewhere cannot reach it. This is right in the inner zone "
                          "of a directory."),
                       "");
    if (view == VIEW_FROM_OUTSIDE)
        add_by_address(
            list, SEVERITY_ERROR, is_unreachable,
            tr("Senders elsewhere cannot reach it, or reach another host."),
            tr("Publish a public address; serve private ones from internal name servers only."));
}

static void test_mx_loopback(struct finding_list *list)
{
    add_by_address(
        list, SEVERITY_ERROR, is_loopback,
        tr("Every sender connects to itself, and the mail loops or bounces."),
        tr("Publish the address of the mail host; for a name without mail the null MX."));
}

/* An alias of the other is mx-cname already. */
static bool is_alias_of(const struct exchange *exchange, const struct exchange *other)
{
    const struct reply *alias = finding_host_alias(&exchange->replies);

    return alias && strcmp(alias->canonical, other->name) == 0;
}

static const struct exchange *earlier_holder(const struct exchanges *exchanges,
                                             const struct exchange *exchange,
                                             const struct address *address)
{
    for (size_t i = 0; i < exchanges->count && &exchanges->exchanges[i] != exchange; i++) {
        const struct exchange *other = &exchanges->exchanges[i];

        if (strcmp(other->name, exchange->name) != 0 &&
            address_is_among(address, other->addresses, other->address_count) &&
            !is_alias_of(exchange, other) && !is_alias_of(other, exchange))
            return other;
    }
    return NULL;
}

static void test_mx_shared_address(struct finding_list *list)
{
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    while ((exchange = finding_next_exchange(&walk))) {
        for (size_t k = 0; k < exchange->address_count; k++) {
            const struct exchange *other =
                earlier_holder(walk.exchanges, exchange, &exchange->addresses[k]);
            bool is_v6 = exchange->addresses[k].family == 6;
            char text[ADDRESS_TEXT];
            struct finding *finding;

            if (!other)
                continue;
            finding = finding_add(
                list, SEVERITY_NOTICE, exchange->name, is_v6 ? TYPE_AAAA : TYPE_A,
                is_v6 ? exchange->replies.aaaa : exchange->replies.a,
                "%s is also the address of %s. These are two names of one host; Postfix tries the "
                "address twice.",
                address_text(&exchange->addresses[k], text), finding_name(list, other->name));
            finding_fix(list, finding, "Keep one of the two MX records.");
            break;
        }
    }
}

const struct finding_kind findings_mx_hosts[] = {
    {"mx-cname", SEVERITY_ERROR, "an MX host is an alias", "RFC 2181 10.3", "alias", "mx",
     test_mx_cname},
    {"mx-hostname", SEVERITY_WARNING, "MX target is not a valid hostname", "RFC 1123 2.1", "", "mx",
     test_mx_hostname},
    {"mx-dangling", SEVERITY_ERROR, "an MX host does not exist", "RFC 5321 5.1", "dangling", "mx",
     test_mx_dangling},
    {"mx-unresolvable", SEVERITY_UNKNOWN, "an MX host cannot be looked up", "RFC 5321 5.1", "",
     "mx", test_mx_unresolvable},
    {"mx-private-address", SEVERITY_ERROR, "an MX host cannot be reached from outside",
     "RFC 6890 2.2", "", "mx", test_mx_private_address},
    {"mx-loopback", SEVERITY_ERROR, "MX host with a loopback address", "RFC 1122 3.2.1.3",
     "loopback", "mx", test_mx_loopback},
    {"mx-shared-address", SEVERITY_NOTICE, "two MX records, one host", "RFC 5321 5.1", "", "mx",
     test_mx_shared_address},
    {0},
};
