/* The state of a record and of its tree in a word, and what the tree costs. */
#include "base/message.h"
#include "policy/spf/spf.h"

static const char *const states[] = {
    [SPF_STATE_OK] = N_("ok"),
    [SPF_STATE_PENDING] = N_("waiting"),
    [SPF_STATE_NONE] = N_("no record"),
    [SPF_STATE_MULTIPLE] = N_("several records"),
    [SPF_STATE_SYNTAX] = N_("syntax error"),
    [SPF_STATE_UNKNOWN] = "look-up failed",
    [SPF_STATE_LOOP] = N_("loop"),
    [SPF_STATE_BY_SENDER] = N_("depends on sender"),
    [SPF_STATE_VOID] = N_("finds nothing"),
    [SPF_STATE_UNREACHABLE] = N_("never reached"),
    [SPF_STATE_UNOPENED] = N_("not opened"),
    [SPF_STATE_CROWDED] = "too many exchanges",
    [SPF_STATE_OPEN] = N_("passes all hosts"),
    [SPF_STATE_BROKEN] = N_("broken include"),
    [SPF_STATE_LOOKUPS] = "too many look-ups",
    [SPF_STATE_VOIDS] = N_("too many voids"),
};

const char *spf_state_text(enum spf_state state)
{
    return states[state];
}

const char *spf_state_word(enum spf_state state)
{
    switch (state) {
    case SPF_STATE_UNKNOWN:
        return tr("lookup failed");
    case SPF_STATE_CROWDED:
        return tr("too many MX hosts");
    case SPF_STATE_LOOKUPS:
        return tr("too many lookups");
    default:
        return tr(states[state]);
    }
}

/* What the states of terms make of the whole record, by how bad they are. */
static const enum spf_state below[] = {SPF_STATE_OK, SPF_STATE_UNKNOWN, SPF_STATE_CROWDED,
                                       SPF_STATE_BROKEN};

/* The place in that list; 0: it says nothing about the record. */
static int badness(enum spf_state state)
{
    switch (state) {
    case SPF_STATE_NONE:
    case SPF_STATE_MULTIPLE:
    case SPF_STATE_SYNTAX:
        return 3;
    case SPF_STATE_CROWDED:
        return 2;
    case SPF_STATE_UNKNOWN:
        return 1;
    default:
        return 0;
    }
}

static int worst_below(const struct spf_node *node)
{
    int worst = 0;

    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_branch *branch = &node->branches[i];
        int bad = badness(branch->state);

        if (bad == 0 && branch->child)
            bad = worst_below(branch->child);
        worst = bad > worst ? bad : worst;
    }
    return worst;
}

enum spf_state spf_tree_state(const struct spf_tree *tree)
{
    enum spf_state worst;

    if (tree->root->state != SPF_STATE_OK)
        return tree->root->state;
    if (!tree->complete)
        return SPF_STATE_PENDING; /* a term may still fail */
    if (tree->plus_all)
        return SPF_STATE_OPEN;
    if (tree->loop)
        return SPF_STATE_LOOP;
    if (tree->over_lookups)
        return SPF_STATE_LOOKUPS;
    worst = below[worst_below(tree->root)];
    return worst == SPF_STATE_OK && (tree->ipv4.breaker || tree->ipv6.breaker) ? SPF_STATE_VOIDS
                                                                               : worst;
}

static const struct spf_branch *lost_below(const struct spf_node *node)
{
    const struct spf_branch *lost = NULL;

    for (size_t i = 0; !lost && i < node->branch_count; i++) {
        const struct spf_branch *branch = &node->branches[i];

        if (branch->failed)
            return branch;
        lost = branch->child ? lost_below(branch->child) : NULL;
    }
    return lost;
}

const struct spf_branch *spf_tree_lost(const struct spf_tree *tree)
{
    return lost_below(tree->root);
}

const struct reply *spf_tree_failed(const struct spf_tree *tree)
{
    if (spf_tree_state(tree) != SPF_STATE_UNKNOWN)
        return NULL;
    return tree->root->state == SPF_STATE_UNKNOWN ? tree->root->reply : spf_tree_lost(tree)->failed;
}

const char *spf_tree_word(const struct spf_tree *tree)
{
    const struct reply *failed = spf_tree_failed(tree);

    if (failed && tree->root->state == SPF_STATE_UNKNOWN)
        return outcome_is_temporary(failed->outcome) ? outcome_word(failed->outcome)
                                                     : spf_state_word(SPF_STATE_UNKNOWN);
    if (failed && (failed->outcome == OUTCOME_NOT_IN_FILE || failed->outcome == OUTCOME_NOT_ASKED))
        return tr("partly known");
    return spf_state_word(spf_tree_state(tree));
}

static bool is_never_seen(enum address_kind kind)
{
    switch (kind) {
    case ADDRESS_UNSPECIFIED:
    case ADDRESS_THIS_NETWORK:
    case ADDRESS_PRIVATE:
    case ADDRESS_LOOPBACK:
    case ADDRESS_LINK_LOCAL:
    case ADDRESS_CGNAT:
    case ADDRESS_MULTICAST:
    case ADDRESS_RESERVED:
        return true;
    default:
        return false;
    }
}

/* Sets the bits behind the prefix: none for its first address, all for its last. */
static struct address end_of(const struct address *network, unsigned bits, bool last)
{
    struct address address = *network;

    for (unsigned bit = bits; bit < (network->family == 6 ? 128u : 32u); bit++) {
        uint8_t mask = (uint8_t)(0x80 >> bit % 8);

        address.bytes[bit / 8] =
            (uint8_t)(last ? address.bytes[bit / 8] | mask : address.bytes[bit / 8] & ~mask);
    }
    return address;
}

bool spf_address_is_private(const struct address *address)
{
    return is_never_seen(address_kind(address));
}

bool spf_term_is_private(const struct spf_term *term)
{
    unsigned bits = term->kind == SPF_IP6 ? term->cidr6 : term->cidr4;
    struct address first, last;

    if (term->kind != SPF_IP4 && term->kind != SPF_IP6)
        return false;
    first = end_of(&term->network, bits, false);
    last = end_of(&term->network, bits, true);
    return is_never_seen(address_kind(&first)) && address_kind(&first) == address_kind(&last);
}

bool spf_branch_is_private(const struct spf_branch *branch)
{
    return branch->inside || spf_term_is_private(branch->term);
}

const char *spf_tree_cost(struct arena *arena, const struct spf_tree *tree)
{
    unsigned voids4 = tree->ipv4.voids, voids6 = tree->ipv6.voids;

    if (voids4 == voids6)
        return arena_format(arena,
                            tr_plural("%u lookup, %d allowed; %u void, %d allowed",
                                      "%u lookups, %d allowed; %u void, %d allowed", tree->lookups),
                            tree->lookups, SPF_LOOKUPS_MAX, voids4, SPF_VOIDS_MAX);
    return arena_format(
        arena,
        tr_plural("%u lookup, %d allowed; %u void over IPv4, %u over IPv6, %d allowed",
                  "%u lookups, %d allowed; %u void over IPv4, %u over IPv6, %d allowed",
                  tree->lookups),
        tree->lookups, SPF_LOOKUPS_MAX, voids4, voids6, SPF_VOIDS_MAX);
}
