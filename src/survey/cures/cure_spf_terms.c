/* Cures of findings about terms of SPF records that cost too much or do nothing, and about several
 * records. */
#include "dns/type.h"
#include "survey/cures/cure.h"

#include <string.h>

/* So many addresses may stand for a term: more are a network. */
enum { ADDRESSES_MOST = 24 };

static const struct spf_tree *tree_of(const struct cure *cure)
{
    return cure->setup->spf;
}

/* ---- several records ---- */

static void cure_multiple(struct cure *cure)
{
    cure_spf_merge(cure, tree_of(cure)->root);
}

/* ---- addresses in place of names ---- */

struct spelled {
    struct text text;
    size_t count;
    bool open; /* an answer is missing, or failed */
};

static void spell_address(struct cure *cure, struct spelled *spelled, const struct spf_term *term,
                          const struct address *address)
{
    bool is_6 = address->family == 6;
    unsigned cidr = is_6 ? term->cidr6 : term->cidr4;
    const char *sign =
        term->qualifier == '+' ? "" : arena_format(cure->arena, "%c", term->qualifier);
    const char *network = cidr < (is_6 ? 128u : 32u) ? arena_format(cure->arena, "/%u", cidr) : "";
    const char *word = arena_format(cure->arena, "%s%s%s", sign,
                                    cure_spf_address(cure->arena, address) + 1, network);

    if (spf_address_is_private(address) || cure_has_word(&spelled->text, octets_of(word)))
        return;
    text_format(&spelled->text, "%s%s", spelled->count++ ? " " : "", word);
}

/* Each address once, and none from which no mail comes. */
static void spell_host(struct cure *cure, struct spelled *spelled, const struct spf_term *term,
                       const char *host)
{
    const struct reply *both[] = {cure_lookup(cure, host, TYPE_A),
                                  cure_lookup(cure, host, TYPE_AAAA)};

    for (size_t k = 0; k < 2; k++) {
        spelled->open |= !both[k] || outcome_is_temporary(both[k]->outcome);
        for (size_t i = 0; both[k] && i < both[k]->record_count; i++)
            spell_address(cure, spelled, term, &both[k]->records[i]->address);
    }
}

/* "ip4:192.0.2.1 ip6:...", "" for a term that finds nothing; NULL where that is not known, or too
 * long. */
static const char *spelled_out(struct cure *cure, const struct spf_branch *branch)
{
    struct spelled spelled = {0};
    const char *text = NULL;

    if (!branch->target)
        return NULL;
    if (branch->term->kind == SPF_MX) {
        const struct reply *mx = cure_lookup(cure, branch->target, TYPE_MX);

        spelled.open = !mx || outcome_is_temporary(mx->outcome);
        for (size_t i = 0; mx && i < mx->record_count; i++)
            spell_host(cure, &spelled, branch->term, mx->records[i]->mx.exchange);
    } else {
        spell_host(cure, &spelled, branch->term, branch->target);
    }
    if (!spelled.open && spelled.count <= ADDRESSES_MOST)
        text = arena_dup(cure->arena, text_get(&spelled.text));
    text_clear(&spelled.text);
    return text;
}

static bool is_seen_before(const struct spf_node *node, size_t index)
{
    const struct octets *term = &node->branches[index].term->text;

    for (size_t i = 0; i < index; i++)
        if (node->branches[i].term->text.length == term->length &&
            memcmp(node->branches[i].term->text.bytes, term->bytes, term->length) == 0)
            return true;
    return false;
}

/* From the last term to the first: those that are there twice go, and hosts become addresses, until
 * ten lookups are enough. */
static void cure_lookups(struct cure *cure)
{
    const struct spf_node *root = tree_of(cure)->root;
    const struct record *record = cure_spf_record(root);
    unsigned left = tree_of(cure)->lookups;
    struct octets text;

    if (!record)
        return;
    text = record->txt.joined;
    for (size_t i = root->branch_count; i-- > 0 && left > SPF_LOOKUPS_MAX;) {
        const struct spf_branch *branch = &root->branches[i];
        bool is_host = branch->term->kind == SPF_A || branch->term->kind == SPF_MX;
        const char *by = is_seen_before(root, i) ? "" : is_host ? spelled_out(cure, branch) : NULL;

        if (!by || branch->own_lookups == 0 || branch->own_lookups > left)
            continue;
        text = cure_spf_with(cure, text, record, branch->term, by);
        left -= branch->own_lookups;
    }
    if (left <= SPF_LOOKUPS_MAX)
        cure_replace_text(cure, record, text);
}

/* All terms of the record that find nothing. */
static void cure_voids(struct cure *cure)
{
    const struct spf_node *root = tree_of(cure)->root;
    const struct record *record = cure_spf_record(root);
    struct octets text;
    bool changed = false;

    if (!record)
        return;
    text = record->txt.joined;
    for (size_t i = root->branch_count; i-- > 0;) {
        if (root->branches[i].state != SPF_STATE_VOID)
            continue;
        text = cure_spf_with(cure, text, record, root->branches[i].term, "");
        changed = true;
    }
    if (changed)
        cure_replace_text(cure, record, text);
}

/* Hosts that have addresses of one family only, from the last to the first: an address looks
 * nothing up that could be void for the other. */
static void cure_family_voids(struct cure *cure)
{
    const struct spf_node *root = tree_of(cure)->root;
    const struct record *record = cure_spf_record(root);
    struct octets text;

    cure->optional = true;
    if (!record)
        return;
    text = record->txt.joined;
    for (size_t i = root->branch_count; i-- > 0;) {
        const struct spf_branch *branch = &root->branches[i];
        const char *by = branch->term->kind == SPF_A || branch->term->kind == SPF_MX
                             ? spelled_out(cure, branch)
                             : NULL;

        if (by && *by && (!strstr(by, "ip4:") || !strstr(by, "ip6:")))
            text = cure_spf_with(cure, text, record, branch->term, by);
    }
    if (text.bytes != record->txt.joined.bytes)
        cure_replace_text(cure, record, text);
}

static void cure_crowded(struct cure *cure)
{
    const struct spf_node *node = cure_spf_node(cure);
    const struct record *record = cure_spf_record(node);
    struct octets text;

    if (!record)
        return;
    text = record->txt.joined;
    for (size_t i = node->branch_count; i-- > 0;) {
        const char *by = node->branches[i].state == SPF_STATE_CROWDED
                             ? spelled_out(cure, &node->branches[i])
                             : NULL;

        if (by)
            text = cure_spf_with(cure, text, record, node->branches[i].term, by);
    }
    if (text.bytes != record->txt.joined.bytes)
        cure_replace_text(cure, record, text);
}

/* ---- terms that do nothing ---- */

static bool is_unreachable(const struct spf_branch *branch)
{
    return branch->state == SPF_STATE_UNREACHABLE;
}

static bool is_private(const struct spf_branch *branch)
{
    return !is_unreachable(branch) && spf_branch_is_private(branch);
}

static const char *verbatim(struct cure *cure, struct octets octets)
{
    return arena_dup_bytes(cure->arena, octets.bytes, octets.length);
}

/* Two records in one text: the second one begins here. */
static bool is_second_version(const struct spf_term *term)
{
    return term->kind == SPF_UNKNOWN_MODIFIER && octets_begin(term->text, "v=spf");
}

/* The record without those terms; with `front` they stand in front of "all", but a redirect does
 * not. */
static void take_terms(struct cure *cure, bool (*are)(const struct spf_branch *branch), bool front)
{
    const struct spf_node *node = cure_spf_node(cure);
    const struct record *record = cure_spf_record(node);
    const char *taken = "";
    struct octets text;

    if (!record)
        return;
    text = record->txt.joined;
    for (size_t i = node->branch_count; i-- > 0;) {
        const struct spf_branch *branch = &node->branches[i];

        if (front && *taken && branch->term->kind == SPF_ALL && !are(branch))
            text = cure_spf_with(
                cure, text, record, branch->term,
                arena_format(cure->arena, "%s%s", taken, verbatim(cure, branch->term->text)));
        if (!are(branch) && !is_second_version(branch->term))
            continue;
        text = cure_spf_with(cure, text, record, branch->term, "");
        if (branch->term->kind != SPF_REDIRECT && branch->term->kind != SPF_ALL && are(branch))
            taken = arena_format(cure->arena, "%s %s", verbatim(cure, branch->term->text), taken);
    }
    if (text.bytes != record->txt.joined.bytes && (!front || *taken))
        cure_replace_text(cure, record, text);
}

/* What is behind "all" was meant to be looked at; where that does harm it goes. */
static void cure_to_front(struct cure *cure)
{
    cure->asks = true;
    take_terms(cure, is_unreachable, true);
}

static bool is_ignored_term(const struct spf_branch *branch)
{
    return is_unreachable(branch) && branch->term->kind != SPF_REDIRECT;
}

/* A redirect stays: nobody can say whether that or "all" is meant. */
static void cure_remove_behind(struct cure *cure)
{
    take_terms(cure, is_ignored_term, false);
}

static void cure_private(struct cure *cure)
{
    take_terms(cure, is_private, false);
}

const struct cure_maker cure_makers_spf_terms[] = {
    {"spf-multiple", cure_multiple},
    {"spf-lookups", cure_lookups},
    {"spf-mx-many", cure_crowded},
    {"spf-voids", cure_voids},
    {"spf-voids", cure_family_voids},
    {"spf-after-all", cure_to_front},
    {"spf-after-all", cure_remove_behind},
    {"spf-private", cure_private},
    {NULL, NULL},
};
