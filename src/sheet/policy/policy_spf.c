/* The lines about who may send: SPF as a tree, DMARC, DKIM. */
#include "base/memory.h"
#include "base/message.h"
#include "dns/formats/reply_why.h"
#include "policy/records/dmarc_tags.h"
#include "sheet/policy/policy_line.h"
#include "sheet/words.h"

#include <stdio.h>

static struct policy_line spf_look(enum spf_state state)
{
    struct policy_line line = {
        .label = "", .text = "", .right = "", .state = spf_state_word(state)};

    switch (state) {
    case SPF_STATE_OK:
        line.glyph = "✓", line.role = ROLE_OK;
        break;
    case SPF_STATE_PENDING:
        line.glyph = "", line.role = ROLE_WAITING, line.waiting = true;
        break;
    case SPF_STATE_NONE:
    case SPF_STATE_UNREACHABLE:
    case SPF_STATE_BY_SENDER:
        line.glyph = "-", line.role = ROLE_NODATA;
        break;
    case SPF_STATE_UNKNOWN:
    case SPF_STATE_UNOPENED:
        line.glyph = "?", line.role = ROLE_UNKNOWN;
        break;
    case SPF_STATE_VOID:
    case SPF_STATE_VOIDS:
        line.glyph = "!", line.role = ROLE_WARN;
        break;
    default:
        line.glyph = "✗", line.role = ROLE_ERROR;
        break;
    }
    return line;
}

static const char *term_sentence(struct policy_lines *list, const struct spf_branch *branch)
{
    char qualifier = branch->term->qualifier;

    if (branch->why)
        return branch->why;
    if (branch->term->kind == SPF_REDIRECT)
        return tr(
            "If no term matches, the record of that name is evaluated instead (RFC 7208 6.1).");
    if (branch->term->kind == SPF_EXP)
        return tr("The explanation for a rejected sender (RFC 7208 6.2).");
    return arena_format(
        list->arena,
        qualifier == '-' ? tr("A sender that matches this term fails. So far %u of 10 lookups and "
                              "%u of 2 void lookups are used (RFC 7208 4.6.4).")
        : qualifier == '~'
            ? tr("A sender that matches this term softfails. So far %u of 10 lookups "
                 "and %u of 2 void lookups are used (RFC 7208 4.6.4).")
        : qualifier == '?' ? tr("A sender that matches this term is neutral. So far %u of 10 "
                                "lookups and %u of 2 void lookups are used (RFC 7208 4.6.4).")
                           : tr("A sender that matches this term passes. So far %u of 10 lookups "
                                "and %u of 2 void lookups are used (RFC 7208 4.6.4)."),
        branch->lookups, branch->voids);
}

static void add_node(struct policy_lines *list, const struct spf_node *node, unsigned depth);

static void add_branch(struct policy_lines *list, const struct spf_node *node,
                       const struct spf_branch *branch, unsigned depth)
{
    struct policy_line line = spf_look(branch->state);
    const char *key = arena_format(list->arena, "SPF %s %zu %s", node->domain,
                                   (size_t)(branch - node->branches), branch->text);
    const char *sentence = term_sentence(list, branch);

    line.text = branch->text;
    line.state = branch->state == SPF_STATE_OK ? "" : words_state(line.state, branch->failed);
    line.waiting |=
        !list->setup->spf->complete; /* a term in front may take all lookups, or end it */
    if (branch->term->kind == SPF_UNKNOWN_MODIFIER)
        line.glyph = "-", line.role = ROLE_NODATA, line.state = tr_in("state", "ignored");
    if (branch->number) {
        line.right = arena_format(list->arena, "%u", branch->number);
        line.right_what = N_("lookup");
        if (branch->own_lookups > 1)
            line.right_folded = arena_format(list->arena, "%u-%u", branch->number, branch->lookups);
        line.beyond = branch->number > SPF_LOOKUPS_MAX;
        if (branch->state == SPF_STATE_OK && line.beyond) {
            line.glyph = "✗", line.role = ROLE_ERROR, line.state = tr("too many");
            sentence = tr("Over the limit of ten lookups. Receivers stop before this term with "
                          "permerror (RFC 7208 4.6.4).");
        }
    }
    policy_line_add(list, depth, key, branch->child != NULL, line, sentence);
    policy_line_source(list, branch->child ? branch->child->reply : node->reply, branch->target);
    if (branch->child)
        add_node(list, branch->child, depth + 1);
}

static void add_node(struct policy_lines *list, const struct spf_node *node, unsigned depth)
{
    for (size_t i = 0; i < node->branch_count; i++)
        add_branch(list, node, &node->branches[i], depth);
}

/* Short enough for a title: what receivers answer where the records lead to no good. */
static const char *brief_of(enum spf_state state)
{
    switch (state) {
    case SPF_STATE_LOOP:
    case SPF_STATE_CROWDED:
    case SPF_STATE_BROKEN:
    case SPF_STATE_LOOKUPS:
    case SPF_STATE_VOIDS:
        return spf_result_text(SPF_PERMERROR);
    default:
        return NULL;
    }
}

/* What becomes of a sender that no term names, where the record alone does not say it: an error or
 * what is not known comes in between. NULL: it does. */
static const char *doubt_sentence(struct arena *arena, const struct spf_tree *tree)
{
    enum spf_state state = spf_tree_state(tree);
    const struct spf_branch *lost = spf_tree_lost(tree);
    const char *cost = spf_tree_cost(arena, tree);

    if (tree->over_lookups || tree->over_voids)
        return arena_format(arena,
                            tr("%s: receivers return permerror for senders that match no earlier "
                               "term (RFC 7208 4.6.4)."),
                            cost);
    if (brief_of(state) && state != SPF_STATE_VOIDS)
        return arena_format(arena,
                            tr("Who may send for this domain (RFC 7208): %s. A term below gives "
                               "permerror to senders that match no earlier one."),
                            cost);
    if (!tree->complete)
        return arena_format(arena, tr("Who may send for this domain (RFC 7208), so far: %s."),
                            cost);
    if (lost)
        return arena_format(arena,
                            tr("Who may send for this domain (RFC 7208), as far as it is known: "
                               "%s. What all others get is not known: %s."),
                            cost, lost->why);
    if (state != SPF_STATE_VOIDS)
        return NULL;
    return arena_format(
        arena,
        tree->ipv4.breaker
            ? tr("%s: receivers return permerror for senders over IPv4 that match no earlier term "
                 "(RFC 7208 4.6.4).")
            : tr("%s: receivers return permerror for senders over IPv6 that match no earlier term "
                 "(RFC 7208 4.6.4)."),
        cost);
}

static const char *others_sentence(struct arena *arena, const struct spf_tree *tree)
{
    return arena_format(
        arena,
        tree->all_qualifier == '-'
            ? tr("Who may send for this domain (RFC 7208): %s. All others fail.")
        : tree->all_qualifier == '~'
            ? tr("Who may send for this domain (RFC 7208): %s. All others softfail.")
        : tree->all_qualifier == '+'
            ? tr("Who may send for this domain (RFC 7208): %s. All others pass, too.")
            : tr("Who may send for this domain (RFC 7208): %s. All others are neutral."),
        spf_tree_cost(arena, tree));
}

static const char *tree_sentence(struct arena *arena, const struct spf_tree *tree)
{
    const struct spf_node *root = tree->root;
    const char *doubt;

    if (root->state == SPF_STATE_NONE)
        return tr("No SPF record. Nothing says who may send for this domain (RFC 7208 2.6.1).");
    if (root->state == SPF_STATE_UNKNOWN)
        return arena_format(arena, tr("%s."), reply_lost(arena, tr("The SPF record"), root->reply));
    if (root->state != SPF_STATE_OK)
        return root->record && root->record->error ? root->record->error
                                                   : spf_state_word(root->state);
    doubt = doubt_sentence(arena, tree);
    return doubt ? doubt : others_sentence(arena, tree);
}

void policy_lines_verdict(struct policy_lines *list, const struct spf_verdict *verdict)
{
    struct policy_line line = {.label = N_("Check"), .right = ""};

    line.state = spf_result_text(verdict->result);
    line.glyph = verdict->result == SPF_PASS ? "✓" : verdict->result == SPF_FAIL ? "✗" : "!";
    line.role = verdict->result == SPF_PASS   ? ROLE_OK
                : verdict->result == SPF_FAIL ? ROLE_ERROR
                                              : ROLE_WARN;
    line.waiting = !verdict->complete;
    line.text = verdict->mechanism ? verdict->mechanism : "";
    policy_line_add(list, 0, tr("SPF verdict"), false, line,
                    verdict->explanation
                        ? arena_format(list->arena, tr("%s The sender is told: %s"), verdict->why,
                                       verdict->explanation)
                        : verdict->why);
}

void policy_lines_spf(struct policy_lines *list)
{
    const struct spf_tree *tree = list->setup->spf;
    struct policy_line line = spf_look(spf_tree_state(tree));

    line.label = "SPF";
    line.brief = brief_of(spf_tree_state(tree));
    line.state = spf_tree_word(tree);
    line.text = tree->root->text ? tree->root->text : "";
    if (tree->root->branch_count)
        line.right = arena_format(list->arena, "%u/10", tree->lookups),
        line.beyond = tree->over_lookups;
    policy_line_add(list, 0, "SPF", tree->root->branch_count > 0, line,
                    tree_sentence(list->arena, tree));
    policy_line_source(list, tree->root->reply, NULL);
    if (tree->root->text)
        policy_line_last(list)->line =
            arena_format(list->arena, "%s %u IN TXT \"%s\"", tree->root->domain, tree->root->ttl,
                         tree->root->text);
    add_node(list, tree->root, 1);
    if (list->setup->verdict)
        policy_lines_verdict(list, list->setup->verdict);
}

static void add_report(struct policy_lines *list, const struct dmarc_report *report)
{
    bool bad = report->authorisation == DMARC_REPORT_UNAUTHORISED ||
               report->authorisation == DMARC_REPORT_BAD_URI;
    struct policy_line line = {.label = "",
                               .glyph = bad ? "✗" : "✓",
                               .role = bad ? ROLE_ERROR : ROLE_OK,
                               .state = dmarc_authorisation_word(report->authorisation),
                               .text = report->uri,
                               .right = report->failure ? "ruf" : "rua"};

    if (report->authorisation == DMARC_REPORT_UNKNOWN)
        line.glyph = "?", line.role = ROLE_UNKNOWN;
    line.waiting = report->authorisation == DMARC_REPORT_PENDING;
    policy_line_add(
        list, 1, arena_format(list->arena, "DMARC %s %s", line.right, report->uri), false, line,
        tr("Where reports are sent. Another organisation must authorise them (RFC 9990 3)."));
    policy_line_source(list, report->reply, report->domain);
}

enum { TAGS_SHOWN = 32 };

/* "- p=none  forged mail is delivered, and reported" */
static void add_tags(struct policy_lines *list, const struct dmarc_record *record)
{
    for (size_t i = 0; record && i < record->tags.count && i < TAGS_SHOWN; i++) {
        const struct tag *tag = &record->tags.tags[i];
        struct policy_line line = {.label = "", .glyph = "-", .role = ROLE_TEXT, .right = ""};
        line.state = arena_format(list->arena, "%s=%s", octets_shown(list->arena, tag->name),
                                  octets_shown(list->arena, tag->value));
        line.text = dmarc_tag_text(tag);
        policy_line_add(list, 1, arena_format(list->arena, "DMARC tag %zu %s", i, line.state),
                        false, line, NULL);
    }
}

/* "0 records at 2 names queried"; what is in no file was not queried. */
static void tell_none(struct policy_lines *list, const struct dmarc *dmarc,
                      struct policy_line *line)
{
    size_t queried = 0;

    for (size_t i = 0; i < dmarc->step_count; i++)
        queried += !dmarc_step_is_outside(&dmarc->steps[i]);
    line->text = arena_format(
        list->arena,
        tr_plural("0 records at %zu name queried", "0 records at %zu names queried", queried),
        queried);
    if (dmarc->cut_short)
        line->state = tr("not known");
}

static struct policy_line step_look(struct policy_lines *list, const struct dmarc_step *step)
{
    struct policy_line line =
        policy_line_look("", step->state, step->reply, policy_line_name(list, step->name));

    if (dmarc_step_is_outside(step)) {
        line.glyph = "?";
        line.role = ROLE_UNKNOWN;
        line.state = outcome_word(OUTCOME_NOT_IN_FILE);
    }
    return line;
}

/* The walk ends where a record is: a step behind one that is open may be none. */
static void add_steps(struct policy_lines *list, const struct dmarc *dmarc)
{
    bool open = false;

    for (size_t i = 0; i < dmarc->step_count; i++) {
        const struct dmarc_step *step = &dmarc->steps[i];
        struct policy_line line = step_look(list, step);

        open |= step->state == POLICY_PENDING;
        line.waiting = open;
        policy_line_add(list, 1, arena_format(list->arena, "DMARC %s", step->name), false, line,
                        dmarc_step_is_outside(step) ? NULL : step->why);
        policy_line_source(list, step->reply, NULL);
    }
}

void policy_lines_dmarc(struct policy_lines *list)
{
    const struct dmarc *dmarc = list->setup->dmarc;
    struct policy_line line = policy_line_look(
        "DMARC", dmarc->state, dmarc_reply(dmarc),
        words_policy(list->arena, dmarc_reply(dmarc), dmarc->record ? dmarc->record->text : NULL));

    if (dmarc->state == POLICY_FOUND) {
        line.state = arena_format(list->arena, "p=%s", dmarc_policy_text(dmarc->policy));
        line.brief = dmarc->policy == DMARC_NONE ? NULL : dmarc_policy_text(dmarc->policy);
        if (dmarc->policy == DMARC_NONE)
            line.glyph = "!", line.role = ROLE_NOTICE;
    }
    if (dmarc->state == POLICY_NONE || dmarc->cut_short)
        tell_none(list, dmarc, &line);
    policy_line_add(list, 0, "DMARC", true, line, dmarc->why);
    policy_line_source(list, dmarc_reply(dmarc), NULL);
    add_tags(list, dmarc->record);
    add_steps(list, dmarc);
    for (size_t i = 0; i < dmarc->report_count; i++)
        add_report(list, &dmarc->reports[i]);
}

static struct policy_line dkim_look(const struct dkim_key *key, struct arena *arena)
{
    struct policy_line line = {
        .label = "", .right = "", .state = words_state(dkim_state_word(key->state), key->reply)};

    line.waiting = key->state == DKIM_PENDING;
    line.glyph = key->state == DKIM_OK                                      ? "✓"
                 : key->state == DKIM_UNKNOWN                               ? "?"
                 : key->state == DKIM_ABSENT || key->state == DKIM_WILDCARD ? "-"
                 : key->state == DKIM_PENDING                               ? ""
                                                                            : "!";
    line.role = key->state == DKIM_OK                                      ? ROLE_OK
                : key->state == DKIM_UNKNOWN                               ? ROLE_UNKNOWN
                : key->state == DKIM_SYNTAX                                ? ROLE_ERROR
                : key->state == DKIM_ABSENT || key->state == DKIM_WILDCARD ? ROLE_NODATA
                                                                           : ROLE_WARN;
    line.text =
        *key->service ? arena_format(arena, "%s  %s", key->selector, key->service) : key->selector;
    if (key->bits)
        line.right = arena_format(arena, "%s %u", key->algorithm, key->bits);
    return line;
}

void policy_lines_key(struct policy_lines *list, const struct dkim_key *key, unsigned depth)
{
    struct policy_line line = dkim_look(key, list->arena);

    line.label = depth == 0 ? "DKIM" : "";
    policy_line_add(list, depth, key->name, false, line, key->why);
    policy_line_source(list, key->reply, key->delegated);
}

void policy_lines_dkim(struct policy_lines *list)
{
    const struct dkim *dkim = list->setup->dkim;
    struct policy_line line = {.label = "DKIM", .right = ""};

    line.waiting = !dkim->complete;
    line.glyph = dkim->found ? "✓" : dkim_has_unknown(dkim) ? "?" : "-";
    line.role = dkim->found ? ROLE_OK : dkim_has_unknown(dkim) ? ROLE_UNKNOWN : ROLE_NODATA;
    if (dkim->found && dkim_faulty(dkim))
        line.glyph = "!", line.role = ROLE_WARN;
    line.state =
        dkim->complete ? words_state(dkim_summary(dkim), dkim_failed(dkim)) : tr("searching");
    line.text =
        arena_format(list->arena, tr("selectors with a key: %zu of %zu"), dkim->found, dkim->tried);
    if (dkim->wildcard)
        line.text = policy_line_name(list, dkim->keys[dkim->count - 1].name);
    policy_line_add(list, 0, "DKIM", dkim->count > 0, line, dkim_sentence(dkim));
    for (size_t i = 0; i < dkim->count; i++)
        if (dkim->keys[i].state != DKIM_ABSENT || dkim->keys[i].typed)
            policy_lines_key(list, &dkim->keys[i], 1);
}
