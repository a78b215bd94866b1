/* A domain's SPF record with everything it includes, whoever sends. */
#include "base/array.h"
#include "base/message.h"
#include "dns/formats/octets.h"
#include "dns/formats/reply_why.h"
#include "dns/type.h"
#include "policy/spf/spf.h"
#include "policy/spf/spf_macro.h"
#include "policy/spf/spf_match.h"

#include <stdlib.h>
#include <string.h>

/* What a hostile record may cost: records opened, terms held, lookups made. */
enum { NODES_MAX = 50, DEPTH_MAX = 20, BRANCHES_MAX = 2000, LOOKUPS_MADE_MAX = 100 };

struct growth {
    const struct lookup *lookup;
    struct arena *arena;
    struct spf_tree *tree;
    const char *path[DEPTH_MAX + 1]; /* the names open above, the root first */
    size_t node_count, branch_count;
    struct spf_void *void_terms;
    size_t void_capacity;
    const char **includes;
    size_t include_count, include_capacity;
};

static struct spf_node *open_node(struct growth *growth, const char *domain, size_t depth);
static char qualifier_for_all(const struct spf_node *node);

/* ---- what a term costs ---- */

static void count_lookup(struct growth *growth, struct spf_branch *branch)
{
    struct spf_tree *tree = growth->tree;

    branch->number = ++tree->lookups;
    if (tree->lookups <= SPF_LOOKUPS_MAX || tree->over_lookups)
        return;
    tree->over_lookups = true;
    tree->lookup_breaker = branch;
    branch->why = tr("this is the eleventh lookup; receivers stop here with permerror");
}

static void count_family(struct spf_family *family, const struct spf_branch *branch, bool is_void)
{
    if (is_void && ++family->voids == SPF_VOIDS_MAX + 1)
        family->breaker = branch;
}

/* The third term that finds nothing, for senders of both families or of one. */
static const char *breaking_sentence(struct growth *growth, const struct spf_branch *branch)
{
    bool both = branch->void4 && branch->void6, breaks4 = growth->tree->ipv4.breaker == branch;
    bool breaks6 = growth->tree->ipv6.breaker == branch;
    const char *name = name_shown(growth->arena, branch->target);

    if (!both)
        return arena_format(growth->arena,
                            branch->void4 ? tr("%s finds nothing for senders over IPv4, the third "
                                               "time; receivers stop here with permerror")
                                          : tr("%s finds nothing for senders over IPv6, the third "
                                               "time; receivers stop here with permerror"),
                            name);
    return arena_format(
        growth->arena,
        breaks4 && breaks6
            ? tr("%s finds nothing, the third time; receivers stop here with permerror")
        : breaks4 ? tr("%s finds nothing, the third time for senders over IPv4; receivers stop "
                       "here with permerror")
                  : tr("%s finds nothing, the third time for senders over IPv6; receivers stop "
                       "here with permerror"),
        name);
}

static const char *void_sentence(struct growth *growth, const struct spf_branch *branch)
{
    bool both = branch->void4 && branch->void6;

    if (growth->tree->ipv4.breaker == branch || growth->tree->ipv6.breaker == branch)
        return breaking_sentence(growth, branch);
    return arena_format(growth->arena,
                        both            ? tr("%s finds nothing")
                        : branch->void4 ? tr("%s finds nothing for senders over IPv4")
                                        : tr("%s finds nothing for senders over IPv6"),
                        name_shown(growth->arena, branch->target));
}

/* The answers are in: for which family does the term find nothing? */
static void count_void(struct growth *growth, const char *domain, struct spf_branch *branch)
{
    struct spf_void found = {domain, branch};
    struct spf_tree *tree = growth->tree;

    if (!branch->void4 && !branch->void6)
        return;
    count_family(&tree->ipv4, branch, branch->void4);
    count_family(&tree->ipv6, branch, branch->void6);
    tree->voids += branch->void4 && branch->void6;
    ARRAY_PUSH(growth->void_terms, tree->void_term_count, growth->void_capacity, found);
    if (branch->void4 && branch->void6)
        branch->state = SPF_STATE_VOID;
    if (!branch->why)
        branch->why = void_sentence(growth, branch);
}

static void set_pending(struct growth *growth, struct spf_branch *branch)
{
    branch->state = SPF_STATE_PENDING;
    growth->tree->complete = false;
}

static void set_unknown(struct growth *growth, struct spf_branch *branch, const struct reply *reply)
{
    branch->state = SPF_STATE_UNKNOWN;
    branch->failed = reply;
    branch->why = reply_lost(growth->arena, name_shown(growth->arena, branch->target), reply);
}

/* False when the answer is still open or the lookup failed, which is then said. */
static bool is_known(struct growth *growth, struct spf_branch *branch, const struct reply *reply)
{
    if (!reply)
        set_pending(growth, branch);
    else if (reply_is_temporary(reply))
        set_unknown(growth, branch, reply);
    else
        return true;
    return false;
}

static bool is_answered(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED;
}

/* A term that passes senders of a family in which it has addresses. */
static void authorise(struct growth *growth, const struct spf_branch *branch, bool has4, bool has6)
{
    if (branch->term->qualifier != '+')
        return;
    growth->tree->ipv4.authorised |= has4;
    growth->tree->ipv6.authorised |= has6;
}

static bool are_private(const struct reply *reply)
{
    for (size_t i = 0; is_answered(reply) && i < reply->record_count; i++)
        if (!spf_address_is_private(&reply->records[i]->address))
            return false;
    return true;
}

static void judge_hosts(struct growth *growth, struct spf_branch *branch)
{
    struct host_addresses replies = lookup_addresses(growth->lookup, branch->target);

    authorise(growth, branch, is_answered(replies.a), is_answered(replies.aaaa));
    if (!is_known(growth, branch, replies.a) || !is_known(growth, branch, replies.aaaa))
        return;
    branch->void4 = !is_answered(replies.a);
    branch->void6 = !is_answered(replies.aaaa);
    branch->inside =
        !(branch->void4 && branch->void6) && are_private(replies.a) && are_private(replies.aaaa);
}

/* The hosts behind an mx term: void when not one of them has an address of the family. */
static void judge_addresses(struct growth *growth, struct spf_branch *branch,
                            const struct reply *reply)
{
    bool has4 = false, has6 = false, known = true;

    for (size_t i = 0; i < reply->record_count; i++) {
        const char *exchange = reply->records[i]->mx.exchange;
        struct host_addresses replies;

        if (name_is_root(exchange))
            return;
        replies = lookup_addresses(growth->lookup, exchange);
        has4 |= is_answered(replies.a);
        has6 |= is_answered(replies.aaaa);
        known &= is_known(growth, branch, replies.a) && is_known(growth, branch, replies.aaaa);
    }
    authorise(growth, branch, has4, has6);
    branch->void4 = known && !has4;
    branch->void6 = known && !has6;
}

static void judge_exchanges(struct growth *growth, struct spf_branch *branch)
{
    const struct reply *reply = lookup_find(growth->lookup, branch->target, TYPE_MX);

    if (!is_known(growth, branch, reply))
        return;
    if (reply->record_count > SPF_MX_MAX) {
        branch->state = SPF_STATE_CROWDED;
        branch->why = arena_format(
            growth->arena, tr("%s has %zu MX hosts; more than %d are a permerror"),
            name_shown(growth->arena, branch->target), reply->record_count, SPF_MX_MAX);
    } else if (!is_answered(reply)) {
        branch->void4 = branch->void6 = true;
    } else if (growth->tree->lookups <= SPF_LOOKUPS_MAX) {
        judge_addresses(growth, branch, reply);
    }
}

static void judge_existence(struct growth *growth, struct spf_branch *branch)
{
    const struct reply *reply = lookup_find(growth->lookup, branch->target, TYPE_A);

    authorise(growth, branch, is_answered(reply), is_answered(reply));
    if (is_known(growth, branch, reply))
        branch->void4 = branch->void6 = !is_answered(reply);
}

/* ---- includes ---- */

static void note_include(struct growth *growth, const char *name)
{
    for (size_t i = 0; i < growth->include_count; i++)
        if (strcmp(growth->includes[i], name) == 0)
            return;
    ARRAY_PUSH(growth->includes, growth->include_count, growth->include_capacity, name);
}

static bool is_open_above(const struct growth *growth, const char *name, size_t depth)
{
    for (size_t i = 0; i <= depth; i++)
        if (strcmp(growth->path[i], name) == 0)
            return true;
    return false;
}

static void judge_child(struct growth *growth, struct spf_branch *branch)
{
    const struct spf_node *child = branch->child;

    branch->state = child->state;
    if (child->state == SPF_STATE_UNKNOWN)
        set_unknown(growth, branch, child->reply);
    if (branch->term->qualifier == '+' && qualifier_for_all(child) == '+')
        branch->state = SPF_STATE_OPEN;
    if (child->state == SPF_STATE_NONE)
        branch->why = arena_format(growth->arena,
                                   tr("%s has no SPF record; receivers stop here with permerror"),
                                   name_shown(growth->arena, branch->target));
    else if (child->state == SPF_STATE_MULTIPLE)
        branch->why = arena_format(growth->arena, tr("%s has %zu SPF records: permerror"),
                                   name_shown(growth->arena, branch->target), child->record_count);
}

static void judge_include(struct growth *growth, struct spf_branch *branch, size_t depth)
{
    note_include(growth, branch->target);
    if (is_open_above(growth, branch->target, depth)) {
        branch->state = SPF_STATE_LOOP;
        branch->why = arena_format(
            growth->arena,
            tr("%s is already open above: the records loop until the lookups are used up"),
            name_shown(growth->arena, branch->target));
        if (!growth->tree->loop)
            growth->tree->loop = branch->target;
    } else if (growth->node_count >= NODES_MAX || depth >= DEPTH_MAX) {
        branch->state = SPF_STATE_UNOPENED;
        branch->why = tr("there are too many records to open all");
    } else {
        branch->child = open_node(growth, branch->target, depth + 1);
        judge_child(growth, branch);
    }
}

/* ---- branches ---- */

static void judge_target(struct growth *growth, struct spf_branch *branch, size_t depth)
{
    switch (branch->term->kind) {
    case SPF_INCLUDE:
    case SPF_REDIRECT:
        judge_include(growth, branch, depth);
        break;
    case SPF_A:
        judge_hosts(growth, branch);
        break;
    case SPF_MX:
        judge_exchanges(growth, branch);
        break;
    case SPF_EXISTS:
        judge_existence(growth, branch);
        break;
    default:
        branch->state = SPF_STATE_BY_SENDER;
    }
}

/* Networks, "all", and what only the message decides. */
static void judge_plain(struct growth *growth, struct spf_branch *branch)
{
    enum spf_kind kind = branch->term->kind;
    bool any = kind == SPF_ALL || branch->state == SPF_STATE_BY_SENDER;

    authorise(growth, branch, any || kind == SPF_IP4, any || kind == SPF_IP6);
    if (kind == SPF_ALL && branch->term->qualifier == '+')
        branch->state = SPF_STATE_OPEN;
}

/* The name a term asks, as far as no message is needed to know it. */
static void set_target(struct growth *growth, struct spf_branch *branch, const char *domain)
{
    struct spf_macro_values values = {.domain = spf_domain_octets(growth->arena, domain)};
    char name[NAME_TEXT];

    branch->target = domain;
    if (branch->term->spec.length == 0)
        return;
    branch->target = NULL;
    branch->state = SPF_STATE_BY_SENDER;
    if (spf_macro_varies(branch->term->spec))
        return;
    branch->state = SPF_STATE_SYNTAX;
    branch->why = tr("this gives no domain name");
    if (!spf_macro_name(branch->term->spec, &values, name))
        return;
    branch->target = arena_dup(growth->arena, name);
    branch->state = SPF_STATE_OK;
    branch->why = NULL;
}

static void grow_branch(struct growth *growth, struct spf_branch *branch, const char *domain,
                        size_t depth)
{
    struct spf_tree *tree = growth->tree;
    unsigned lookups = tree->lookups;

    branch->text = octets_shown(growth->arena, branch->term->text);
    branch->state = branch->term->kind == SPF_FAULTY ? SPF_STATE_SYNTAX : SPF_STATE_OK;
    if (spf_kind_asks(branch->term->kind)) {
        set_target(growth, branch, domain);
        count_lookup(growth, branch);
        if (tree->lookups > LOOKUPS_MADE_MAX)
            branch->state = SPF_STATE_UNOPENED;
        else if (branch->target)
            judge_target(growth, branch, depth);
        count_void(growth, domain, branch);
    }
    judge_plain(growth, branch);
    tree->uses_ptr |= branch->term->kind == SPF_PTR;
    tree->by_sender |= branch->state == SPF_STATE_BY_SENDER;
    branch->lookups = tree->lookups;
    branch->voids = tree->voids;
    branch->own_lookups = tree->lookups - lookups;
}

/* Terms behind "all" and a redirect= beside one are shown, but never evaluated. */
static bool is_reached(const struct spf_term *term, bool all_seen, bool ends)
{
    if (term->kind == SPF_FAULTY)
        return true;
    return term->kind == SPF_REDIRECT ? !ends : !all_seen || term->qualifier == '\0';
}

static bool has_all(const struct spf_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (record->terms[i].kind == SPF_ALL)
            return true;
    return false;
}

static void leave_out(struct growth *growth, struct spf_branch *branch)
{
    branch->text = octets_shown(growth->arena, branch->term->text);
    branch->state = SPF_STATE_UNREACHABLE;
    branch->lookups = growth->tree->lookups;
    branch->voids = growth->tree->voids;
    branch->why = branch->term->kind == SPF_REDIRECT
                      ? tr("the record has \"all\", so redirect= is never used")
                      : tr("\"all\" matches first, so this is never evaluated");
}

/* A redirect= counts behind all mechanisms, wherever it stands (RFC 7208 6.1). */
static void grow_pass(struct growth *growth, struct spf_node *node, struct spf_branch *branches,
                      bool redirects)
{
    bool all_seen = false, ends = has_all(node->record);

    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_term *term = branches[i].term;
        bool reached = is_reached(term, all_seen, ends);

        all_seen |= term->kind == SPF_ALL;
        if ((term->kind == SPF_REDIRECT) != redirects)
            continue;
        if (reached)
            grow_branch(growth, &branches[i], node->domain, node->depth);
        else
            leave_out(growth, &branches[i]);
    }
}

static void grow_branches(struct growth *growth, struct spf_node *node)
{
    const struct spf_record *record = node->record;
    size_t room = BRANCHES_MAX - growth->branch_count;
    size_t count = record->count < room ? record->count : room;
    struct spf_branch *branches = arena_alloc(growth->arena, count + 1, sizeof *branches);

    growth->branch_count += count;
    node->branches = branches;
    node->branch_count = count;
    node->left_out = record->count - count;
    for (size_t i = 0; i < count; i++)
        branches[i].term = &record->terms[i];
    grow_pass(growth, node, branches, false);
    grow_pass(growth, node, branches, true);
}

/* ---- nodes ---- */

static void read_records(struct growth *growth, struct spf_node *node)
{
    for (size_t i = 0; i < node->reply->record_count; i++) {
        const struct record *record = node->reply->records[i];

        if (!spf_record_is(record->txt.joined))
            continue;
        node->source = node->source ? node->source : record;
        node->record_count++;
    }
    node->state = node->record_count == 0 ? SPF_STATE_NONE : SPF_STATE_MULTIPLE;
    if (node->record_count != 1)
        return;
    node->text = octets_shown(growth->arena, node->source->txt.joined);
    node->length = node->source->txt.joined.length;
    node->ttl = node->source->ttl;
    node->record = spf_record_parse(growth->arena, node->source->txt.joined);
    node->state = node->record->error ? SPF_STATE_SYNTAX : SPF_STATE_OK;
}

static struct spf_node *open_node(struct growth *growth, const char *domain, size_t depth)
{
    struct spf_node *node = arena_alloc(growth->arena, 1, sizeof *node);

    growth->path[depth] = domain;
    growth->node_count++;
    node->domain = domain;
    node->depth = depth;
    node->state = SPF_STATE_PENDING;
    node->reply = lookup_find(growth->lookup, domain, TYPE_TXT);
    if (!node->reply)
        growth->tree->complete = false;
    else if (reply_is_temporary(node->reply))
        node->state = SPF_STATE_UNKNOWN;
    else
        read_records(growth, node);
    if (node->record)
        grow_branches(growth, node);
    return node;
}

/* The qualifier everybody gets who matches nothing before: that of "all", or of an include that
 * passes everybody. 0 without one. */
static char qualifier_for_all(const struct spf_node *node)
{
    const struct spf_node *redirect = NULL;

    if (!node || node->state != SPF_STATE_OK)
        return '\0';
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_branch *branch = &node->branches[i];

        if (branch->term->kind == SPF_ALL ||
            (branch->term->kind == SPF_INCLUDE && qualifier_for_all(branch->child) == '+'))
            return branch->term->qualifier;
        if (branch->term->kind == SPF_REDIRECT)
            redirect = branch->child;
    }
    return qualifier_for_all(redirect);
}

/* Type 99 was given up (RFC 7208 3.1); only told when it is there. */
static void look_for_type99(struct growth *growth, const char *domain)
{
    const struct reply *reply = lookup_find(growth->lookup, domain, TYPE_SPF);

    growth->tree->complete &= reply != NULL;
    if (reply && reply->outcome == OUTCOME_ANSWERED)
        growth->tree->type99 = octets_shown(growth->arena, reply->records[0]->txt.joined);
}

/* Moves a list from the heap into the arena. */
static void *keep_list(struct growth *growth, void *list, size_t count, size_t size)
{
    void *kept = arena_alloc(growth->arena, count + 1, size);

    if (count > 0)
        memcpy(kept, list, count * size);
    free(list);
    return kept;
}

static void keep_lists(struct growth *growth)
{
    struct spf_tree *tree = growth->tree;

    tree->include_count = growth->include_count;
    tree->includes =
        keep_list(growth, growth->includes, tree->include_count, sizeof *tree->includes);
    tree->void_terms =
        keep_list(growth, growth->void_terms, tree->void_term_count, sizeof *tree->void_terms);
}

struct spf_tree *spf_tree_build(const struct lookup *lookup, struct arena *arena,
                                const char *domain)
{
    struct spf_tree *tree = arena_alloc(arena, 1, sizeof *tree);
    struct growth growth = {.lookup = lookup, .arena = arena, .tree = tree};

    tree->complete = true;
    tree->root = open_node(&growth, arena_dup(arena, domain), 0);
    tree->all_qualifier = qualifier_for_all(tree->root);
    tree->plus_all = tree->all_qualifier == '+';
    if (tree->root->record_count > 0)
        look_for_type99(&growth, domain);
    tree->over_voids = tree->ipv4.breaker && tree->ipv6.breaker;
    keep_lists(&growth);
    return tree;
}
