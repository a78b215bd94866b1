/* Findings about slips: what is well formed and means something else than it should. */
#include "base/message.h"
#include "dns/formats/octets.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"
#include "policy/spf/spf_slip.h"

/* ---- terms of SPF ---- */

static struct finding *add_term(struct finding_list *list, const struct spf_node *node,
                                const char *text)
{
    struct finding *finding =
        finding_add(list, SEVERITY_WARNING, node->domain, TYPE_TXT, node->reply, "%s", text);

    if (node->source)
        finding_record(list, finding, node->source);
    return finding;
}

/* A modifier that nobody knows is ignored (RFC 7208 6). */
static void judge_modifier(struct finding_list *list, const struct spf_node *node,
                           const struct spf_branch *branch)
{
    struct spf_slip slip;
    struct finding *finding;

    if (branch->term->kind != SPF_UNKNOWN_MODIFIER ||
        !spf_slip_of(list->arena, branch->term, &slip))
        return;
    finding = add_term(
        list, node,
        arena_format(list->arena, tr("\"%s\" is an unknown modifier, which receivers ignore: %s."),
                     branch->text, slip.why));
    if (*slip.instead)
        finding_fix(list, finding, "Write \"%s\".", slip.instead);
    else
        finding_fix(list, finding, "Remove the term.");
}

/* "mx:" asks for the exchanges of a name; a host that is one has none. */
static void judge_exchanges(struct finding_list *list, const struct spf_node *node,
                            const struct spf_branch *branch)
{
    struct host_addresses replies;
    struct finding *finding;

    if (branch->term->kind != SPF_MX || branch->state != SPF_STATE_VOID || !branch->target ||
        branch->term->spec.length == 0)
        return;
    replies = finding_host(list, branch->target);
    if (host_standing_of(&replies) != HOST_HAS_ADDRESS)
        return;
    finding = add_term(list, node,
                       arena_format(list->arena,
                                    tr("\"%s\" finds nothing: %s is a host and has no MX records."),
                                    branch->text, finding_name(list, branch->target)));
    finding_fix(list, finding, "Write \"a:%s\" for the addresses of the host.",
                octets_shown(list->arena, branch->term->spec));
}

static void judge_node(struct finding_list *list, const struct spf_node *node)
{
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_branch *branch = &node->branches[i];

        if (branch->state == SPF_STATE_UNREACHABLE)
            continue;
        judge_modifier(list, node, branch);
        judge_exchanges(list, node, branch);
        if (branch->child)
            judge_node(list, branch->child);
    }
}

static void test_spf_slip(struct finding_list *list)
{
    if (list->setup->spf->root->record_count == 1)
        judge_node(list, list->setup->spf->root);
}

const struct finding_kind findings_slips[] = {
    {"spf-slip", SEVERITY_WARNING, "an SPF term without effect", "RFC 7208 5", "", "SPF",
     test_spf_slip},
    {0},
};
