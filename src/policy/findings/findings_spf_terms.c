/* Findings about terms of SPF records that do something else than they seem to. */
#include "base/message.h"
#include "base/text.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"

enum { TERMS_NAMED = 6 };

/* The terms of one record that are alike in something, named in its order. */
struct named {
    struct text terms;
    size_t count;
};

static void name_term(struct named *named, const struct spf_branch *branch)
{
    if (named->count++ < TERMS_NAMED)
        text_format(&named->terms, "%s\"%s\"", named->count > 1 ? message_comma() : "",
                    branch->text);
}

static const char *named_text(struct finding_list *list, struct named *named)
{
    if (named->count > TERMS_NAMED)
        message_more(&named->terms, named->count - TERMS_NAMED);
    return arena_dup(list->arena, text_get(&named->terms));
}

/* One finding for each record that has such terms. */
struct kind_of_terms {
    bool (*has)(const struct spf_branch *branch);
    void (*add)(struct finding_list *list, const struct spf_node *node, const char *terms,
                size_t count);
};

static void find_terms(struct finding_list *list, const struct spf_node *node,
                       const struct kind_of_terms *kind)
{
    struct named named = {0};

    for (size_t i = 0; i < node->branch_count; i++)
        if (kind->has(&node->branches[i]))
            name_term(&named, &node->branches[i]);
    if (named.count > 0)
        kind->add(list, node, named_text(list, &named), named.count);
    text_clear(&named.terms);
    for (size_t i = 0; i < node->branch_count; i++)
        if (node->branches[i].child)
            find_terms(list, node->branches[i].child, kind);
}

static void run(struct finding_list *list, const struct kind_of_terms *kind)
{
    find_terms(list, list->setup->spf->root, kind);
}

/* ---- behind "all" ---- */

static bool is_unreachable(const struct spf_branch *branch)
{
    return branch->state == SPF_STATE_UNREACHABLE;
}

static bool has_redirect(const struct spf_node *node)
{
    return node->record->redirect != NULL;
}

static void add_after_all(struct finding_list *list, const struct spf_node *node, const char *terms,
                          size_t count)
{
    struct finding *finding = finding_add(
        list, SEVERITY_WARNING, node->domain, TYPE_TXT, node->reply,
        count == 1 ? "\"all\" matches every host, so %s is ignored and lets no host pass."
                   : "\"all\" matches every host, so %s are ignored and let no host pass.",
        terms);

    finding_fix(list, finding,
                has_redirect(node)
                    ? "Decide between \"all\" and redirect=, and remove the other."
                    : "Put the terms that are wanted before \"all\", and remove the others.");
}

static void test_spf_after_all(struct finding_list *list)
{
    static const struct kind_of_terms kind = {is_unreachable, add_after_all};

    run(list, &kind);
}

/* ---- mx with too many hosts ---- */

static bool is_crowded(const struct spf_branch *branch)
{
    return branch->state == SPF_STATE_CROWDED;
}

static void add_crowded(struct finding_list *list, const struct spf_node *node, const char *terms,
                        size_t count)
{
    struct finding *finding =
        finding_add(list, SEVERITY_ERROR, node->domain, TYPE_TXT, node->reply,
                    count == 1 ? "%s refers to more than %d MX hosts. Receivers then return "
                                 "permerror for every sender that no earlier term matches."
                               : "%s refer to more than %d MX hosts each. Receivers then return "
                                 "permerror for every sender that no earlier term matches.",
                    terms, SPF_MX_MAX);

    finding_fix(list, finding, "Name the networks of the hosts with ip4: and ip6: instead.");
}

static void test_spf_mx_many(struct finding_list *list)
{
    static const struct kind_of_terms kind = {is_crowded, add_crowded};

    run(list, &kind);
}

/* ---- private networks ---- */

static bool is_private(const struct spf_branch *branch)
{
    return branch->state != SPF_STATE_UNREACHABLE && spf_branch_is_private(branch);
}

static void add_private(struct finding_list *list, const struct spf_node *node, const char *terms,
                        size_t count)
{
    struct finding *finding =
        finding_add(list, SEVERITY_NOTICE, node->domain, TYPE_TXT, node->reply,
                    count == 1 ? "%s never matches on the Internet. No mail comes from a network "
                                 "that is not routed there."
                               : "%s never match on the Internet. No mail comes from networks that "
                                 "are not routed there.",
                    terms);

    finding_fix(list, finding,
                count == 1 ? "Remove the term; name the address that other servers see."
                           : "Remove the terms; name the address that other servers see.");
}

static void test_spf_private(struct finding_list *list)
{
    static const struct kind_of_terms kind = {is_private, add_private};

    run(list, &kind);
}

const struct finding_kind findings_spf_terms[] = {
    {"spf-mx-many", SEVERITY_ERROR, "mx for more than ten MX hosts", "RFC 7208 4.6.4", "", "SPF",
     test_spf_mx_many},
    {"spf-after-all", SEVERITY_WARNING, "terms that are never evaluated", "RFC 7208 5.1", "", "SPF",
     test_spf_after_all},
    {"spf-private", SEVERITY_NOTICE, "a network that is not on the Internet", "RFC 6890 2.2", "",
     "SPF", test_spf_private},
    {0},
};
