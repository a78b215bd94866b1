/* Findings about SPF. */
#include "base/message.h"
#include "dns/formats/octets.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"
#include "policy/records/near_miss.h"
#include "policy/spf/spf_slip.h"

#include <stdlib.h>
#include <string.h>

/* A TXT answer with this record alone still fits 512 octets (RFC 7208 3.4). */
enum { RECORD_LONG = 450 };

static const struct spf_tree *tree_of(const struct finding_list *list)
{
    return list->setup->spf;
}

/* The record everybody meets: one, and well formed as far as it can be read. */
static bool has_record(const struct finding_list *list)
{
    return tree_of(list)->root->record_count == 1;
}

static void name_record(struct finding_list *list, struct finding *finding,
                        const struct spf_node *node)
{
    const struct record *record = node->source;

    finding->record = NULL;
    if (record)
        finding_record(list, finding, record);
}

static struct finding *add(struct finding_list *list, enum severity severity, const char *text)
{
    const struct spf_node *root = tree_of(list)->root;
    struct finding *finding =
        finding_add(list, severity, root->domain, TYPE_TXT, root->reply, "%s", text);

    name_record(list, finding, root);
    return finding;
}

static void fix_near_miss(struct finding_list *list, struct finding *finding,
                          const struct near_miss *miss)
{
    finding_record(list, finding, miss->record);
    if (miss->meant.length > 0)
        finding_fix(list, finding, "Publish \"%s\" instead.",
                    octets_shown(list->arena, miss->meant));
    else
        finding_fix(list, finding, "Correct the record: it begins with \"v=spf1\" and a blank.");
}

/* What is there is nearly a record, and so none. */
static void add_near_miss(struct finding_list *list, const struct near_miss *miss)
{
    const struct spf_node *root = tree_of(list)->root;
    struct finding *finding =
        finding_add(list, SEVERITY_WARNING, root->domain, TYPE_TXT, root->reply,
                    "There is no SPF record, only a text that resembles one: %s. Receivers do not "
                    "recognise it, so they cannot tell which hosts may send for the domain.",
                    miss->why);

    fix_near_miss(list, finding, miss);
}

/* The name is an alias of one that does not exist: that is what is wrong with it. */
static bool leads_to_nothing(const struct reply *reply)
{
    return reply && reply->alias_count > 0 && reply->outcome == OUTCOME_NXDOMAIN;
}

static void test_spf_none(struct finding_list *list)
{
    const struct spf_node *root = tree_of(list)->root;
    const struct reply *type99;
    struct near_miss miss;
    struct finding *finding;

    if (root->state == SPF_STATE_UNKNOWN)
        finding_add_unknown(list, root->domain, TYPE_TXT, root->reply);
    if (root->state != SPF_STATE_NONE || leads_to_nothing(root->reply))
        return;
    miss = near_miss_find(list->arena, NEAR_SPF, root->reply);
    if (miss.record) {
        add_near_miss(list, &miss);
        return;
    }
    if (finding_add_misplaced(list, SEVERITY_WARNING, root->domain, root->domain, NEAR_SPF))
        return;
    if (finding_reply_answered(type99 = finding_lookup(list, root->domain, TYPE_SPF)) &&
        type99->alias_count == 0) {
        finding =
            add(list, SEVERITY_WARNING,
                tr("The only SPF record is of the type SPF (99), which is obsolete. Receivers use "
                   "TXT records only, so they cannot tell which hosts may send for the domain."));
        finding_record(list, finding, type99->records[0]);
        finding_fix(list, finding, "Publish the text in a TXT record.");
        return;
    }
    finding = add(list, SEVERITY_WARNING,
                  tr("There is no SPF record. Receivers cannot tell which hosts may send for the "
                     "domain, and some reject its mail."));
    finding_fix(list, finding,
                "Publish the hosts that send; for a domain that sends no mail, publish only -all.");
}

static void test_spf_multiple(struct finding_list *list)
{
    const struct spf_node *root = tree_of(list)->root;
    struct finding *finding;

    if (root->record_count < 2)
        return;
    finding = add(list, SEVERITY_ERROR,
                  arena_format(list->arena,
                               tr("There are %zu SPF records. Every receiver returns permerror."),
                               root->record_count));
    finding_fix(list, finding, "Merge them into one record.");
}

/* ---- all records of the tree ---- */

/* Who meets the fault: everybody, or those that come to the term of the domain's own record that
 * leads to it. */
static const char *victims(struct finding_list *list, const struct spf_branch *entry)
{
    if (!entry)
        return tr("Every receiver returns permerror.");
    return arena_format(
        list->arena,
        entry->term->kind == SPF_REDIRECT
            ? tr("\"%s\" leads to it, so every sender that no term matches gets permerror.")
            : tr("\"%s\" leads to it, so every sender that no earlier term matches gets "
                 "permerror."),
        entry->text);
}

static void add_syntax(struct finding_list *list, const struct spf_node *node,
                       const struct spf_branch *entry)
{
    const struct record *record = node->source;
    struct spf_text_slip slip = {0};
    struct finding *finding;

    if (record)
        slip = spf_text_slip_of(list->arena, record);
    finding =
        finding_add(list, SEVERITY_ERROR, node->domain, TYPE_TXT, node->reply,
                    "The SPF record cannot be read: %s. %s",
                    slip.why ? arena_format(list->arena, "%s; %s", node->record->error, slip.why)
                             : node->record->error,
                    victims(list, entry));
    name_record(list, finding, node);
    if (slip.why)
        finding_fix(list, finding, "Publish \"%s\" instead.",
                    octets_shown(list->arena, slip.meant));
    else
        finding_fix(list, finding, "Correct the term, or remove it.");
}

/* `entry`: the term of the domain's own record that leads here; NULL for that record. */
static void find_syntax(struct finding_list *list, const struct spf_node *node,
                        const struct spf_branch *entry)
{
    if (node->state == SPF_STATE_SYNTAX && node->record)
        add_syntax(list, node, entry);
    for (size_t i = 0; i < node->branch_count; i++)
        if (node->branches[i].child)
            find_syntax(list, node->branches[i].child, entry ? entry : &node->branches[i]);
}

static void test_spf_syntax(struct finding_list *list)
{
    find_syntax(list, tree_of(list)->root, NULL);
}

/* The term leads to a text that is nearly a record; false when it does not. */
static bool add_near_include(struct finding_list *list, const struct spf_branch *branch)
{
    const struct spf_node *child = branch->child;
    struct near_miss miss = near_miss_find(list->arena, NEAR_SPF, child->reply);
    struct finding *finding;

    if (!miss.record)
        return finding_add_misplaced(list, SEVERITY_ERROR, child->domain, child->domain, NEAR_SPF);
    finding = finding_add(list, SEVERITY_ERROR, child->domain, TYPE_TXT, child->reply,
                          "\"%s\" leads to a text that only resembles an SPF record: %s. Receivers "
                          "that get there return permerror.",
                          branch->text, miss.why);
    fix_near_miss(list, finding, &miss);
    return true;
}

static void add_dangling_include(struct finding_list *list, const struct spf_branch *branch)
{
    const struct reply *reply = branch->child->reply;
    struct finding *finding =
        finding_add(list, SEVERITY_ERROR, branch->child->domain, TYPE_TXT, reply,
                    "\"%s\" leads to an alias of %s, which does not exist. Receivers that get "
                    "there return permerror, and whoever registers that name decides who may send.",
                    branch->text, finding_name(list, reply->canonical));

    finding_record(list, finding, reply->aliases[reply->alias_count - 1]);
    finding_fix(list, finding, "Remove the term, or replace the CNAME record.");
}

/* What the name is that the term leads to need not be known: it is not meant. */
static void add_slip_include(struct finding_list *list, const struct spf_branch *branch,
                             const struct spf_slip *slip)
{
    const struct spf_node *child = branch->child;
    struct finding *finding =
        finding_add(list, SEVERITY_ERROR, child->domain, TYPE_TXT, child->reply,
                    "\"%s\" is not what is meant: %s.", branch->text, slip->why);

    finding_fix(list, finding, "Write \"%s\".", slip->instead);
}

static void judge_include(struct finding_list *list, const struct spf_branch *branch)
{
    const struct spf_node *child = branch->child;
    bool unknown = child->state == SPF_STATE_UNKNOWN, none = child->state == SPF_STATE_NONE;
    struct spf_slip slip;
    bool slipped = (unknown || none) && spf_slip_of(list->arena, branch->term, &slip);
    struct finding *finding;

    if (unknown && slipped)
        add_slip_include(list, branch, &slip);
    else if (unknown)
        finding_add_unknown(list, child->domain, TYPE_TXT, child->reply);
    if (!none && child->state != SPF_STATE_MULTIPLE)
        return;
    if (none && !slipped && add_near_include(list, branch))
        return;
    if (leads_to_nothing(child->reply)) {
        add_dangling_include(list, branch);
        return;
    }
    finding = finding_add(list, SEVERITY_ERROR, child->domain, TYPE_TXT, child->reply,
                          none ? "\"%s\" leads to a name without an SPF record. Receivers that get "
                                 "there return permerror."
                               : "\"%s\" leads to a name with several SPF records. Receivers that "
                                 "get there return permerror.",
                          branch->text);
    name_record(list, finding, child);
    if (slipped)
        finding_fix(list, finding, "Write \"%s\": %s.", slip.instead, slip.why);
    else
        finding_fix(list, finding, "Remove the term, or have the record corrected.");
}

static void find_bad_includes(struct finding_list *list, const struct spf_node *node)
{
    for (size_t i = 0; i < node->branch_count; i++) {
        if (!node->branches[i].child)
            continue;
        judge_include(list, &node->branches[i]);
        find_bad_includes(list, node->branches[i].child);
    }
}

static void test_spf_include(struct finding_list *list)
{
    find_bad_includes(list, tree_of(list)->root);
}

/* ---- limits ---- */

static void test_spf_lookups(struct finding_list *list)
{
    const struct spf_tree *tree = tree_of(list);
    struct finding *finding;

    if (!tree->over_lookups || !has_record(list))
        return;
    finding = add(list, SEVERITY_ERROR,
                  arena_format(list->arena,
                               tr("The record needs %u lookups; ten are allowed. Receivers stop at "
                                  "\"%s\" with permerror."),
                               tree->lookups, tree->lookup_breaker->text));
    finding_fix(list, finding,
                "Remove includes that no sender uses, and write addresses that do not change with "
                "ip4: and ip6:.");
}

/* For senders over IPv4, over IPv6, or both (0). */
static void add_voids(struct finding_list *list, enum severity severity, int family,
                      const struct spf_family *voids)
{
    struct finding *finding =
        add(list, severity,
            arena_format(
                list->arena,
                family == 4   ? tr("For senders over IPv4, %u lookups of the record find nothing; "
                                     "two are allowed. Receivers stop at \"%s\" with permerror.")
                : family == 6 ? tr("For senders over IPv6, %u lookups of the record find nothing; "
                                   "two are allowed. Receivers stop at \"%s\" with permerror.")
                              : tr("%u lookups of the record find nothing; two are allowed. "
                                   "Receivers stop at \"%s\" with permerror."),
                voids->voids, voids->breaker->text));

    finding_fix(list, finding,
                family ? "Write the addresses of the hosts with ip4: and ip6: instead: such terms "
                         "look nothing up."
                       : "Remove the terms that find nothing.");
}

/* Terms whose lookups failed may be void or not. */
static void find_unknown(struct finding_list *list, const struct spf_node *node)
{
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_branch *branch = &node->branches[i];

        if (branch->failed && !branch->child && !finding_reply_outside(branch->failed))
            finding_add_unknown(list, branch->failed->question.name, branch->failed->question.type,
                                branch->failed);
        if (branch->child)
            find_unknown(list, branch->child);
    }
}

/* Senders of a family that the record lets nobody use only change from one refusal to another. */
static void test_spf_voids(struct finding_list *list)
{
    const struct spf_family *v4 = &tree_of(list)->ipv4, *v6 = &tree_of(list)->ipv6;

    if (!has_record(list))
        return;
    find_unknown(list, tree_of(list)->root);
    if (!tree_of(list)->complete)
        return;
    if (v4->breaker && v4->breaker == v6->breaker && v4->voids == v6->voids) {
        add_voids(list, SEVERITY_WARNING, 0, v4);
        return;
    }
    if (v4->breaker)
        add_voids(list, v4->authorised ? SEVERITY_WARNING : SEVERITY_NOTICE, 4, v4);
    if (v6->breaker)
        add_voids(list, v6->authorised ? SEVERITY_WARNING : SEVERITY_NOTICE, 6, v6);
}

static void test_spf_loop(struct finding_list *list)
{
    const struct spf_tree *tree = tree_of(list);
    struct finding *finding;

    if (!tree->loop)
        return;
    finding = add(list, SEVERITY_ERROR,
                  arena_format(list->arena,
                               tr("The records include %s again. Receivers loop until the ten "
                                  "lookups are used up and return permerror."),
                               finding_name(list, tree->loop)));
    finding_fix(list, finding, "Remove the include or redirect that closes the loop.");
}

static void test_spf_long(struct finding_list *list)
{
    const struct spf_node *root = tree_of(list)->root;
    struct finding *finding;

    if (root->length <= RECORD_LONG)
        return;
    finding = add(list, SEVERITY_NOTICE,
                  arena_format(list->arena,
                               tr("The record has %zu octets. Old equipment truncates answers over "
                                  "512 octets, and they are queried again over TCP."),
                               root->length));
    finding_fix(list, finding, "Move some of the terms to a record of their own and include it.");
}

/* ---- what it says ---- */

static void test_spf_plus_all(struct finding_list *list)
{
    struct finding *finding;

    if (!tree_of(list)->plus_all || !has_record(list))
        return;
    finding = add(list, SEVERITY_ERROR,
                  tr("The record lets every host pass. Anyone may send in the domain's name."));
    finding_fix(list, finding, "End the record with -all or ~all.");
}

/* Shorter prefixes than these hold more hosts than anybody runs mail servers on. */
enum { WIDE4 = 16, WIDE6 = 32 };

static bool is_wide(const struct spf_term *term)
{
    if (term->qualifier != '+')
        return false;
    if (term->kind == SPF_IP4 || term->kind == SPF_A || term->kind == SPF_MX)
        return term->cidr4 < WIDE4 || (term->kind != SPF_IP4 && term->cidr6 < WIDE6);
    return term->kind == SPF_IP6 && term->cidr6 < WIDE6;
}

static bool is_everybody(const struct spf_term *term)
{
    bool hosts = term->kind == SPF_A || term->kind == SPF_MX;

    return ((term->kind == SPF_IP4 || hosts) && term->cidr4 == 0) ||
           ((term->kind == SPF_IP6 || hosts) && term->cidr6 == 0);
}

/* The record of an operator that is known names networks of its own, whose every host may send for
 * its customers; it may still not name the whole Internet. */
static bool is_operators(const struct finding_list *list, const struct spf_node *node)
{
    return operators_by_spf(list->setup->view->operators, node->domain) != NULL;
}

static void find_wide(struct finding_list *list, const struct spf_node *node, bool trusted)
{
    trusted |= is_operators(list, node);
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_branch *branch = &node->branches[i];
        struct finding *finding;

        if (branch->child)
            find_wide(list, branch->child, trusted);
        if (branch->state == SPF_STATE_UNREACHABLE || !is_wide(branch->term) ||
            spf_term_is_private(branch->term) || (trusted && !is_everybody(branch->term)))
            continue;
        finding = finding_add(list, is_everybody(branch->term) ? SEVERITY_ERROR : SEVERITY_WARNING,
                              node->domain, TYPE_TXT, node->reply,
                              "\"%s\" lets every host of a very large network pass. Anyone with an "
                              "address in it may send in the domain's name.",
                              branch->text);
        name_record(list, finding, node);
        finding_fix(list, finding, "Name the networks of the sending hosts only.");
    }
}

static void test_spf_wide(struct finding_list *list)
{
    if (has_record(list))
        find_wide(list, tree_of(list)->root, false);
}

/* "include:example.net-all": what is meant ends the record. */
static bool has_all_in_term(struct finding_list *list)
{
    const struct spf_node *root = tree_of(list)->root;
    struct spf_slip slip;

    for (size_t i = 0; i < root->branch_count; i++)
        if (spf_slip_of(list->arena, root->branches[i].term, &slip) && strstr(slip.instead, "all"))
            return true;
    return false;
}

static void test_spf_no_all(struct finding_list *list)
{
    const struct spf_tree *tree = tree_of(list);
    struct finding *finding;
    const char *cut;

    if (tree->root->state != SPF_STATE_OK || !tree->complete || tree->root->record->redirect ||
        (tree->all_qualifier != '\0' && tree->all_qualifier != '?') || has_all_in_term(list))
        return;
    cut = near_miss_cut(NEAR_SPF, tree->root->source->txt.joined);
    finding = add(
        list, SEVERITY_NOTICE,
        cut ? arena_format(list->arena, tr("The record names no host: %s."), cut)
        : tree->all_qualifier == '?'
            ? tr("The record ends with ?all. What no term matches is neutral, as without a record.")
            : tr("There is no all at the end. What no term matches is neutral, as without a "
                 "record."));
    finding_fix(list, finding,
                "End the record with ~all, and with -all when all senders are known.");
}

static void test_spf_ptr(struct finding_list *list)
{
    struct finding *finding;

    if (!tree_of(list)->uses_ptr || !has_record(list))
        return;
    finding =
        add(list, SEVERITY_WARNING,
            tr("The record uses ptr, which is slow and often fails. Some receivers skip it."));
    finding_fix(list, finding, "Name the addresses with ip4:, ip6:, a or mx instead.");
}

static void test_spf_type99(struct finding_list *list)
{
    const char *domain = tree_of(list)->root->domain;
    const struct reply *reply;
    struct finding *finding;

    if (!tree_of(list)->type99)
        return;
    finding = add(list, SEVERITY_NOTICE,
                  tr("There is a record of the type SPF (99), which is obsolete. Receivers use TXT "
                     "records only."));
    finding->type = TYPE_SPF;
    finding->record = NULL;
    if (finding_reply_answered(reply = finding_lookup(list, domain, TYPE_SPF)))
        finding_record(list, finding, reply->records[0]);
    finding_fix(list, finding, "Remove the record of type SPF.");
}

/* ---- the exchanges as senders ---- */

static void check_address(struct finding_list *list, const struct exchange *exchange,
                          const struct address *address)
{
    const char *domain = list->setup->view->domain;
    struct spf_sender sender = {.ip = *address, .helo = exchange->name};
    struct spf_verdict *verdict;
    char text[ADDRESS_TEXT];
    struct finding *finding;

    if (spf_address_is_private(address))
        return; /* nobody's mail comes from there, and spf-private would have it taken out */
    sender.from = arena_format(list->arena, "postmaster@%s", domain);
    verdict = spf_check(list->setup->view->lookup, list->arena, &sender);
    list->complete &= verdict->complete;
    if (!verdict->complete || (verdict->result != SPF_FAIL && verdict->result != SPF_SOFTFAIL))
        return;
    finding =
        finding_add(list, SEVERITY_NOTICE, exchange->name, TYPE_TXT, tree_of(list)->root->reply,
                    "SPF gives %s for %s, an MX host of the domain. If the host sends mail too, "
                    "receivers mistrust it.",
                    spf_result_text(verdict->result), address_text(address, text));
    name_record(list, finding, tree_of(list)->root);
    finding->about = arena_dup(list->arena, text);
    finding->cause = tree_of(list)->root->domain;
    finding_fix(list, finding, "If the MX hosts send, add mx or their addresses to the record.");
}

static int compare_addresses(const void *left, const void *right)
{
    return address_compare(left, right);
}

/* In the order of addresses, not of the answer. */
static void check_exchange(struct finding_list *list, const struct exchange *exchange)
{
    size_t count = exchange->address_count;
    struct address *sorted = arena_alloc(list->arena, count + 1, sizeof *sorted);

    for (size_t i = 0; i < count; i++)
        sorted[i] = exchange->addresses[i];
    qsort(sorted, count, sizeof *sorted, compare_addresses);
    for (size_t i = 0; i < count; i++)
        check_address(list, exchange, &sorted[i]);
}

/* Only hosts of the domain itself: a filter in front receives, it does not send. While the tree
 * grows, a check could only ask what the tree asks. */
static void test_spf_missing_mx(struct finding_list *list)
{
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;

    if (tree_of(list)->root->state != SPF_STATE_OK)
        return;
    if (!tree_of(list)->complete && !tree_of(list)->by_sender) {
        list->complete = false;
        return;
    }
    while ((exchange = finding_next_exchange(&walk)))
        if (name_is_within(exchange->name, list->setup->view->domain))
            check_exchange(list, exchange);
}

const struct finding_kind findings_spf[] = {
    {"spf-none", SEVERITY_WARNING, "no SPF record", "RFC 7208 3", "", "SPF", test_spf_none},
    {"spf-multiple", SEVERITY_ERROR, "several SPF records", "RFC 7208 4.5", "", "SPF",
     test_spf_multiple},
    {"spf-syntax", SEVERITY_ERROR, "an SPF record cannot be read", "RFC 7208 4.6", "", "SPF",
     test_spf_syntax},
    {"spf-include", SEVERITY_ERROR, "an include without a record", "RFC 7208 5.2", "", "SPF",
     test_spf_include},
    {"spf-lookups", SEVERITY_ERROR, "more than ten DNS lookups", "RFC 7208 4.6.4", "spf-budget",
     "SPF", test_spf_lookups},
    {"spf-voids", SEVERITY_WARNING, "more than two void lookups", "RFC 7208 4.6.4", "", "SPF",
     test_spf_voids},
    {"spf-loop", SEVERITY_ERROR, "SPF include loop", "RFC 7208 4.6.4", "", "SPF", test_spf_loop},
    {"spf-plus-all", SEVERITY_ERROR, "SPF allows every host", "RFC 7208 5.1", "", "SPF",
     test_spf_plus_all},
    {"spf-wide", SEVERITY_ERROR, "a very large network may send", "RFC 7208 11.4", "", "SPF",
     test_spf_wide},
    {"spf-no-all", SEVERITY_NOTICE, "SPF neutral for other hosts", "RFC 7208 4.7", "", "SPF",
     test_spf_no_all},
    {"spf-ptr", SEVERITY_WARNING, "SPF uses ptr", "RFC 7208 5.5", "", "SPF", test_spf_ptr},
    {"spf-missing-mx", SEVERITY_NOTICE, "an MX host may not send", "RFC 7208 5.4", "", "SPF",
     test_spf_missing_mx},
    {"spf-long", SEVERITY_NOTICE, "a long SPF record", "RFC 7208 3.4", "", "SPF", test_spf_long},
    {"spf-type99", SEVERITY_NOTICE, "a record of the type SPF", "RFC 7208 3.1", "", "SPF",
     test_spf_type99},
    {0},
};
