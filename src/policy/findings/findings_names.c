/* Findings about the domain name itself and the aliases on the way. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"
#include "policy/findings/finding_policies.h"

#include <string.h>

/* More links than this are a chain that should be shortened. */
enum { ALIASES_FEW = 4 };

/* The replies that may show aliases: one for the domain, one for each exchange. */
struct walk {
    struct finding_list *list;
    size_t next;
};

/* A reply about the next name, with *name; NULL when there are no more. Names without a reply yet
 * are passed over. */
static const struct reply *next_reply(struct walk *walk, const char **name)
{
    const struct exchanges *exchanges = walk->list->setup->exchanges;

    while (walk->next <= exchanges->count) {
        size_t place = walk->next++;
        const struct reply *reply;

        *name = place == 0 ? walk->list->setup->view->domain : exchanges->exchanges[place - 1].name;
        reply = place == 0 ? exchanges->mx : exchanges->exchanges[place - 1].replies.a;
        if (place > 0 && (exchanges->implicit || exchanges->exchanges[place - 1].repeated))
            continue;
        if (reply && !name_is_root(*name))
            return reply;
    }
    return NULL;
}

static bool has_own_records(const struct reply *reply)
{
    return finding_reply_answered(reply) && reply->alias_count == 0;
}

static bool is_beside_alias(uint16_t type)
{
    return type == TYPE_CNAME || type == TYPE_RRSIG;
}

/* The type of a record in the answer that has the same name and is no alias, or is another one; 0
 * when none is. */
static uint16_t shown_beside(const struct reply *reply, const char *name)
{
    const char *target = NULL;

    for (size_t i = 0; i < reply->answer.count; i++) {
        const struct record *record = &reply->answer.records[i];

        if (strcmp(record->owner, name) != 0)
            continue;
        if (!is_beside_alias(record->type))
            return record->type;
        if (record->type != TYPE_CNAME)
            continue;
        if (target && strcmp(record->target, target) != 0)
            return TYPE_CNAME;
        target = record->target;
    }
    return 0;
}

static uint16_t other_type(struct finding_list *list, const char *name, const struct reply *alias)
{
    static const uint16_t types[] = {TYPE_MX, TYPE_A, TYPE_AAAA, TYPE_NS, TYPE_TXT, TYPE_SOA};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const struct reply *reply = finding_lookup(list, name, types[i]);
        uint16_t shown = reply ? shown_beside(reply, name) : 0;

        if (shown != 0 || has_own_records(reply))
            return shown != 0 ? shown : types[i];
    }
    return alias->record_count > 1 ? TYPE_CNAME : 0;
}

static void add_beside(struct finding_list *list, enum severity severity, const struct reply *alias,
                       const struct record *record, uint16_t other)
{
    char text[TYPE_TEXT];
    struct finding *finding = finding_add(
        list, severity, record->owner, TYPE_CNAME, alias,
        other == TYPE_CNAME ? "The name is a CNAME and also has other %s records. Resolvers return "
                              "one or the other, depending on their caches."
                            : "The name is a CNAME and also has %s records. Resolvers return one "
                              "or the other, depending on their caches.",
        type_text(other, text));

    finding_record(list, finding, record);
    finding_fix(
        list, finding,
        severity == SEVERITY_ERROR
            ? "Replace the CNAME by address records, or remove all other records of the name."
            : "Remove the CNAME, or remove all other records of the name.");
}

/* The domain itself is asked for what might stand beside. */
static void judge_domain(struct finding_list *list, const char *domain)
{
    const struct reply *alias = finding_lookup(list, domain, TYPE_CNAME);
    uint16_t other;

    if (!finding_reply_answered(alias))
        return;
    other = other_type(list, domain, alias);
    if (other != 0)
        add_beside(list, SEVERITY_ERROR, alias, alias->records[0], other);
}

/* What another answer about the same name shows beside the alias; 0 when none does. */
static uint16_t type_beside(const struct answers *answers, const struct reply *alias)
{
    const char *name = alias->question.name;

    uint16_t shown = shown_beside(alias, name);

    if (shown != 0)
        return shown;
    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);

        if (has_own_records(reply) && !is_beside_alias(reply->question.type) &&
            strcmp(reply->question.name, name) == 0)
            return reply->question.type;
    }
    return 0;
}

static bool is_told(const struct finding_list *list, const char *owner)
{
    for (size_t i = list->begin; i < list->count; i++)
        if (strcmp(list->findings[i].subject, owner) == 0)
            return true;
    return false;
}

/* ---- where policies are ---- */

/* A server that has both shows the policy; the alias must be asked for. */
static void judge_policy_names(struct finding_list *list)
{
    size_t count;
    const struct policy_name *names = finding_policies(list, &count);

    for (size_t i = 0; i < count; i++) {
        const struct reply *alias;

        if (!has_own_records(names[i].reply) || names[i].reply->question.type == TYPE_TLSA ||
            is_told(list, names[i].name))
            continue;
        alias = finding_lookup(list, names[i].name, TYPE_CNAME);
        if (finding_reply_answered(alias))
            add_beside(list, SEVERITY_WARNING, alias, alias->records[0],
                       names[i].reply->question.type);
    }
}

/* Exchanges, name servers, SRV targets, policy hosts: whatever was asked and is an alias. */
static void test_cname_and_other_data(struct finding_list *list)
{
    const struct answers *answers = list->setup->view->lookup->answers;

    judge_domain(list, list->setup->view->domain);
    judge_policy_names(list);
    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        uint16_t other;

        if (reply->alias_count == 0 || reply_is_by_location(reply) ||
            is_told(list, reply->question.name))
            continue;
        other = type_beside(answers, reply);
        if (other != 0)
            add_beside(list, SEVERITY_ERROR, reply, reply->aliases[0], other);
    }
}

/* Is the CNAME made of a DNAME, as every name below it has one? */
static bool is_by_dname(const struct reply *reply)
{
    for (size_t i = 0; i < reply->answer.count; i++)
        if (reply->answer.records[i].type == TYPE_DNAME)
            return true;
    return false;
}

static bool leads_to_nothing(const struct reply *reply)
{
    return reply && reply->alias_count > 0 && !reply_is_endless(reply) && !is_by_dname(reply) &&
           (reply->outcome == OUTCOME_NXDOMAIN || reply->outcome == OUTCOME_NODATA);
}

/* Is the alias the one that any name below the domain has, or not known yet not to be? */
static bool is_by_wildcard(const struct finding_list *list, const struct reply *reply)
{
    const struct wildcard *wildcard = list->setup->wildcard;
    const struct reply *nobody = wildcard->a;

    if (!nobody && !wildcard->complete)
        return true;
    return nobody && nobody->alias_count > 0 &&
           strcmp(nobody->aliases[0]->target, reply->aliases[0]->target) == 0;
}

static void add_dangling(struct finding_list *list, const struct policy_name *policy)
{
    const struct reply *reply = policy->reply;
    bool gone = reply->outcome == OUTCOME_NXDOMAIN;
    bool outside = !name_is_within(reply->canonical, list->setup->dmarc->organisational_by_suffix);
    struct finding *finding = finding_add(
        list, SEVERITY_WARNING, policy->name, TYPE_CNAME, reply,
        !gone ? "The name is an alias of %s, which has no such record. No policy is found there."
        : outside ? "The name is an alias of %s, which does not exist. No policy is found there, "
                    "and whoever gets hold of that name can publish one."
                  : "The name is an alias of %s, which does not exist. No policy is found there.",
        finding_name(list, reply->canonical));

    finding_record(list, finding, reply->aliases[reply->alias_count - 1]);
    if (finding_fix_undotted(list, finding, reply->canonical, "CNAME"))
        return;
    finding_fix(list, finding,
                outside ? "Remove the CNAME record, or have the record published at %s."
                        : "Remove the CNAME record, or publish the record at %s.",
                finding_name(list, reply->canonical));
}

/* The target is written with a dot too many; false when it is not. */
static bool add_overdotted(struct finding_list *list, const struct policy_name *policy)
{
    const struct reply *reply = policy->reply;
    const char *meant = setup_overdotted_alias(list->setup, reply, list->arena, &list->complete);
    struct finding *finding;

    if (!meant)
        return false;
    finding = finding_add(list, SEVERITY_WARNING, policy->name, TYPE_CNAME, reply,
                          "The dot at its end makes %s a name of its own. It is not %s, so no "
                          "policy is found there.",
                          finding_name(list, reply->canonical), finding_name(list, meant));
    finding_record(list, finding, reply->aliases[reply->alias_count - 1]);
    finding_fix(list, finding, "Write \"%s\" in the %s record.", meant, "CNAME");
    return true;
}

/* The wildcard itself: one alias for all names nobody made. */
static void judge_wildcard(struct finding_list *list)
{
    const struct reply *nobody = list->setup->wildcard->a;
    char name[NAME_TEXT];
    struct policy_name wildcard = {.reply = nobody};

    if (!leads_to_nothing(nobody) || nobody->outcome != OUTCOME_NXDOMAIN ||
        name_join("*", list->setup->view->domain, name) != STATUS_OK)
        return;
    wildcard.name = arena_dup(list->arena, name);
    add_dangling(list, &wildcard);
}

static void test_alias_dangling(struct finding_list *list)
{
    size_t count;
    const struct policy_name *names = finding_policies(list, &count);

    for (size_t i = 0; i < count; i++) {
        const struct reply *reply = names[i].reply;

        if (!reply || reply->alias_count == 0 ||
            (reply->question.type == TYPE_A && !finding_reply_outside(reply)) ||
            is_by_wildcard(list, reply) || is_told(list, names[i].name))
            continue;
        if (!add_overdotted(list, &names[i]) && leads_to_nothing(reply))
            add_dangling(list, &names[i]);
    }
    judge_wildcard(list);
}

static void test_cname_chain_long(struct finding_list *list)
{
    struct walk walk = {list, 0};
    const struct reply *reply;
    const char *name;

    while ((reply = next_reply(&walk, &name))) {
        struct finding *finding;

        if (reply->alias_loop || reply->alias_count <= ALIASES_FEW)
            continue;
        finding =
            finding_add(list, reply->alias_too_long ? SEVERITY_ERROR : SEVERITY_WARNING, name,
                        TYPE_CNAME, reply,
                        reply->alias_too_long
                            ? "The name leads through %zu and more aliases to %s; resolvers give "
                              "up after 8 to 16, and each is one more thing that can break."
                            : "The name leads through %zu aliases to %s; resolvers give up after 8 "
                              "to 16, and each is one more thing that can break.",
                        reply->alias_count, finding_name(list, reply->canonical));
        finding_record(list, finding, reply->aliases[0]);
        finding_fix(list, finding, "Point the name at its target directly.");
    }
}

static void add_loop(struct finding_list *list, const char *name, const struct reply *reply,
                     bool is_host)
{
    struct finding *finding =
        finding_add(list, SEVERITY_ERROR, name, TYPE_CNAME, reply,
                    is_host ? "The aliases form a loop at %s. No sender finds an address."
                            : "The aliases form a loop at %s. Nothing is found under this name.",
                    finding_name(list, reply->canonical));

    finding_record(list, finding, reply->aliases[reply->alias_count - 1]);
    finding_fix(list, finding,
                is_host ? "Let one of the aliases point to a real host."
                        : "Replace one of the aliases by the record that is wanted.");
}

/* Names that are looked up for their text; a loop is told once, wherever it is met. */
static void add_text_loop(struct finding_list *list, const char *name, const struct reply *reply)
{
    if (reply && reply->alias_loop && !is_told(list, name) && !is_told(list, reply->canonical))
        add_loop(list, name, reply, false);
}

static void judge_policy_loops(struct finding_list *list)
{
    size_t count;
    const struct policy_name *names = finding_policies(list, &count);

    for (size_t i = 0; i < count; i++)
        if (names[i].reply && names[i].reply->alias_loop && !is_by_wildcard(list, names[i].reply))
            add_text_loop(list, names[i].name, names[i].reply);
}

static void judge_spf_loops(struct finding_list *list, const struct spf_node *node)
{
    if (node->depth > 0)
        add_text_loop(list, node->domain, node->reply);
    for (size_t i = 0; i < node->branch_count; i++)
        if (node->branches[i].child)
            judge_spf_loops(list, node->branches[i].child);
}

static void test_cname_loop(struct finding_list *list)
{
    struct walk walk = {list, 0};
    const struct reply *reply;
    const char *name;

    while ((reply = next_reply(&walk, &name)))
        if (reply->alias_loop)
            add_loop(list, name, reply, true);
    judge_policy_loops(list);
    judge_spf_loops(list, list->setup->spf->root);
}

static void test_a_none(struct finding_list *list)
{
    const char *domain = list->setup->view->domain;
    struct host_addresses replies = finding_host(list, domain);

    if (finding_reply_endless(replies.a))
        return;

    if (host_standing_of(&replies) == HOST_WITHOUT_ADDRESS)
        finding_add(
            list, SEVERITY_NOTICE, domain, TYPE_A, replies.a,
            "The name has no address. Mail does not need one, but browsers find nothing there.");
    else if (host_standing_of(&replies) == HOST_LOOKUP_FAILED)
        finding_add_unknown(list, domain, finding_reply_failed(replies.a) ? TYPE_A : TYPE_AAAA,
                            finding_reply_failed(replies.a) ? replies.a : replies.aaaa);
}

static void test_name_without_mx(struct finding_list *list)
{
    const struct setup *setup = list->setup;

    for (size_t i = 0; i < setup->name_count; i++) {
        const struct mail_name *name = &setup->names[i];
        struct finding *finding;

        if (!name->missing)
            continue;
        finding = finding_add(list, SEVERITY_ERROR, name->name, TYPE_MX, name->exchanges->mx,
                              "The name is used in mail addresses, but it has neither an MX nor an "
                              "address record of its own. Senders bounce the mail.");
        finding_fix(list, finding, "Every name used in addresses needs its own MX records.");
    }
}

const struct finding_kind findings_names[] = {
    {"cname-and-other-data", SEVERITY_ERROR, "CNAME together with other records", "RFC 1034 3.6.2",
     "beside-alias", "address", test_cname_and_other_data},
    {"alias-dangling", SEVERITY_WARNING, "a policy name is a dangling alias", "RFC 1034 3.6.2", "",
     "address", test_alias_dangling},
    {"cname-chain-long", SEVERITY_ERROR, "a long chain of aliases", "RFC 1034 3.6.2", "", "address",
     test_cname_chain_long},
    {"cname-loop", SEVERITY_ERROR, "a CNAME loop", "RFC 1034 3.6.2", "", "address",
     test_cname_loop},
    {"a-none", SEVERITY_NOTICE, "the name has no address", "RFC 1035 3.4.1", "", "address",
     test_a_none},
    {"name-without-mx", SEVERITY_ERROR, "a name in addresses accepts no mail", "RFC 5321 5.1",
     "every-name", "Also", test_name_without_mx},
    {0},
};
