/* A domain's SPF record with everything it includes, whoever sends. */
#include "base/array.h"
#include "dns/octets.h"
#include "dns/type.h"
#include "policy/spf/spf.h"
#include "policy/spf/spf_macro.h"
#include "policy/spf/spf_match.h"

#include <stdlib.h>
#include <string.h>

/* What a hostile record may cost: records opened, terms held, look-ups made. */
enum { NODES_MAX = 50, DEPTH_MAX = 20, BRANCHES_MAX = 2000, LOOKUPS_MADE_MAX = 100 };

static const char *const states[] = {
    [SPF_STATE_OK] = "ok",
    [SPF_STATE_PENDING] = "waiting",
    [SPF_STATE_NONE] = "no record",
    [SPF_STATE_MULTIPLE] = "several records",
    [SPF_STATE_SYNTAX] = "syntax error",
    [SPF_STATE_UNKNOWN] = "look-up failed",
    [SPF_STATE_LOOP] = "loop",
    [SPF_STATE_BY_SENDER] = "depends on sender",
    [SPF_STATE_VOID] = "finds nothing",
    [SPF_STATE_UNREACHABLE] = "never reached",
    [SPF_STATE_UNOPENED] = "not opened",
};

const char *spf_state_text(enum spf_state state)
{
    return states[state];
}

struct growth {
    const struct lookup *lookup;
    struct arena *arena;
    struct spf_tree *tree;
    const char *path[DEPTH_MAX + 1]; /* the names open above, the root first */
    size_t node_count, branch_count;
    bool counting; /* false behind an "all" */
    const char **includes;
    size_t include_count, include_capacity;
};

static struct spf_node *open_node(struct growth *growth, const char *domain, size_t depth);

/* ---- what a term costs ---- */

static void count_lookup(struct growth *growth, struct spf_branch *branch)
{
    struct spf_tree *tree = growth->tree;

    if (!growth->counting)
        return;
    tree->lookups++;
    if (tree->lookups <= SPF_LOOKUPS_MAX || tree->over_lookups)
        return;
    tree->over_lookups = true;
    tree->lookup_breaker = branch;
    branch->why = "this is the eleventh look-up; receivers stop here with permerror";
}

static void count_void(struct growth *growth, struct spf_branch *branch)
{
    struct spf_tree *tree = growth->tree;

    branch->state = SPF_STATE_VOID;
    if (!branch->why)
        branch->why = arena_format(growth->arena, "%s finds nothing",
                                   name_shown(growth->arena, branch->target));
    if (!growth->counting)
        return;
    tree->voids++;
    if (tree->voids <= SPF_VOIDS_MAX || tree->over_voids)
        return;
    tree->over_voids = true;
    tree->void_breaker = branch;
    branch->why = arena_format(growth->arena,
                               "%s finds nothing, the third time; receivers stop here with "
                               "permerror",
                               name_shown(growth->arena, branch->target));
}

static void set_pending(struct growth *growth, struct spf_branch *branch)
{
    branch->state = SPF_STATE_PENDING;
    growth->tree->complete = false;
}

static void set_unknown(struct growth *growth, struct spf_branch *branch, const struct reply *reply)
{
    branch->state = SPF_STATE_UNKNOWN;
    branch->why = arena_format(growth->arena, "%s %s", name_shown(growth->arena, branch->target),
                               outcome_failure(reply->outcome));
}

/* False when the answer is still open or the look-up failed, which is then said. */
static bool is_known(struct growth *growth, struct spf_branch *branch, const struct reply *reply)
{
    if (!reply)
        set_pending(growth, branch);
    else if (outcome_is_temporary(reply->outcome))
        set_unknown(growth, branch, reply);
    else
        return true;
    return false;
}

static void judge_hosts(struct growth *growth, struct spf_branch *branch)
{
    struct host_addresses replies = lookup_addresses(growth->lookup, branch->target);

    if ((replies.a && replies.a->outcome == OUTCOME_ANSWERED) ||
        (replies.aaaa && replies.aaaa->outcome == OUTCOME_ANSWERED))
        return;
    if (is_known(growth, branch, replies.a) && is_known(growth, branch, replies.aaaa))
        count_void(growth, branch);
}

static void judge_exchanges(struct growth *growth, struct spf_branch *branch)
{
    const struct reply *reply = lookup_find(growth->lookup, branch->target, TYPE_MX);

    if (!is_known(growth, branch, reply))
        return;
    if (reply->outcome != OUTCOME_ANSWERED)
        count_void(growth, branch);
    else if (reply->record_count > SPF_MX_MAX)
        branch->why = arena_format(
            growth->arena, "%s has %zu exchanges; more than %d are a permerror",
            name_shown(growth->arena, branch->target), reply->record_count, SPF_MX_MAX);
}

static void judge_existence(struct growth *growth, struct spf_branch *branch)
{
    const struct reply *reply = lookup_find(growth->lookup, branch->target, TYPE_A);

    if (is_known(growth, branch, reply) && reply->outcome != OUTCOME_ANSWERED)
        count_void(growth, branch);
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
    if (child->state == SPF_STATE_NONE)
        branch->why =
            arena_format(growth->arena, "%s has no SPF record; receivers stop here with permerror",
                         name_shown(growth->arena, branch->target));
    else if (child->state == SPF_STATE_MULTIPLE)
        branch->why = arena_format(growth->arena, "%s has %zu SPF records: permerror",
                                   name_shown(growth->arena, branch->target), child->record_count);
}

static void judge_include(struct growth *growth, struct spf_branch *branch, size_t depth)
{
    note_include(growth, branch->target);
    if (is_open_above(growth, branch->target, depth)) {
        branch->state = SPF_STATE_LOOP;
        branch->why = arena_format(growth->arena,
                                   "%s is already open above: the records go in a "
                                   "circle until the look-ups are used up",
                                   name_shown(growth->arena, branch->target));
        if (!growth->tree->loop)
            growth->tree->loop = branch->target;
    } else if (growth->node_count >= NODES_MAX || depth >= DEPTH_MAX) {
        branch->state = SPF_STATE_UNOPENED;
        branch->why = "there are too many records to open all";
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
    branch->why = "this gives no domain name";
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
    unsigned lookups = tree->lookups, voids = tree->voids;

    branch->text = octets_shown(growth->arena, branch->term->text);
    branch->state = branch->term->kind == SPF_FAULTY ? SPF_STATE_SYNTAX : SPF_STATE_OK;
    if (spf_kind_asks(branch->term->kind)) {
        set_target(growth, branch, domain);
        count_lookup(growth, branch);
        if (tree->lookups > LOOKUPS_MADE_MAX)
            branch->state = SPF_STATE_UNOPENED;
        else if (branch->target)
            judge_target(growth, branch, depth);
    }
    tree->uses_ptr |= branch->term->kind == SPF_PTR;
    branch->lookups = tree->lookups;
    branch->voids = tree->voids;
    branch->own_lookups = tree->lookups - lookups;
    branch->own_voids = tree->voids - voids;
}

/* Terms behind "all" and a redirect= beside one are shown, but never evaluated. */
static bool is_reached(const struct spf_term *term, bool all_seen, bool ends)
{
    return term->kind == SPF_REDIRECT ? !ends : !all_seen || term->qualifier == '\0';
}

static bool has_all(const struct spf_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (record->terms[i].kind == SPF_ALL)
            return true;
    return false;
}

/* A redirect= counts behind all mechanisms, wherever it stands (RFC 7208 6.1). */
static void grow_pass(struct growth *growth, struct spf_node *node, struct spf_branch *branches,
                      bool redirects)
{
    bool counting = growth->counting, all_seen = false, ends = has_all(node->record);

    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_term *term = branches[i].term;
        bool reached = is_reached(term, all_seen, ends);

        all_seen |= term->kind == SPF_ALL;
        if ((term->kind == SPF_REDIRECT) != redirects)
            continue;
        growth->counting = counting && reached;
        grow_branch(growth, &branches[i], node->domain, node->depth);
        if (!reached && branches[i].state == SPF_STATE_OK) {
            branches[i].state = SPF_STATE_UNREACHABLE;
            branches[i].why = "\"all\" matches first, so this is never evaluated";
        }
    }
    growth->counting = counting;
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
    const struct record *found = NULL;

    for (size_t i = 0; i < node->reply->record_count; i++) {
        const struct record *record = node->reply->records[i];

        if (!spf_record_is(record->txt.joined))
            continue;
        found = found ? found : record;
        node->record_count++;
    }
    node->state = node->record_count == 0 ? SPF_STATE_NONE : SPF_STATE_MULTIPLE;
    if (!found)
        return;
    node->text = octets_shown(growth->arena, found->txt.joined);
    node->length = found->txt.joined.length;
    node->ttl = found->ttl;
    node->record = spf_record_parse(growth->arena, found->txt.joined);
    if (node->record_count == 1)
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
    else if (outcome_is_temporary(node->reply->outcome))
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

    if (reply && reply->outcome == OUTCOME_ANSWERED)
        growth->tree->type99 = octets_shown(growth->arena, reply->records[0]->txt.joined);
}

static void keep_includes(struct growth *growth)
{
    size_t count = growth->include_count;
    const char **includes = arena_alloc(growth->arena, count + 1, sizeof *includes);

    for (size_t i = 0; i < count; i++)
        includes[i] = growth->includes[i];
    free(growth->includes);
    growth->tree->includes = includes;
    growth->tree->include_count = count;
}

struct spf_tree *spf_tree_build(const struct lookup *lookup, struct arena *arena,
                                const char *domain)
{
    struct spf_tree *tree = arena_alloc(arena, 1, sizeof *tree);
    struct growth growth = {.lookup = lookup, .arena = arena, .tree = tree, .counting = true};

    tree->complete = true;
    tree->root = open_node(&growth, arena_dup(arena, domain), 0);
    tree->all_qualifier = qualifier_for_all(tree->root);
    tree->plus_all = tree->all_qualifier == '+';
    if (tree->root->record_count > 0)
        look_for_type99(&growth, domain);
    keep_includes(&growth);
    return tree;
}
