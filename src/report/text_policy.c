#include "policy/records/dmarc_tags.h"
#include "report/text_parts.h"
#include "sheet/words.h"

#include <string.h>

enum { LABEL_COLUMNS = 12, FINDING_COLUMN = 11 };

/* "  SPF       found: v=spf1 mx -all" and a sentence below it. */
static void row(struct text_report *paper, const char *label, const char *state, const char *record,
                const char *why)
{
    struct text line = {0};

    text_format(&line, "%s", label);
    while (line.length < LABEL_COLUMNS - 2)
        text_add_char(&line, '.');
    text_format(&line, " %s%s%s", state, record ? ": " : "", record ? record : "");
    text_paragraph(paper, 2, LABEL_COLUMNS, text_get(&line));
    if (why && *why)
        text_paragraph(paper, LABEL_COLUMNS + 2, 0, why);
    text_clear(&line);
}

static void spf_node(struct text_report *paper, const struct spf_node *node);

static void spf_branch(struct text_report *paper, const struct spf_node *node,
                       const struct spf_branch *branch)
{
    struct text line = {0};
    int indent = LABEL_COLUMNS + 2 + 2 * (int)node->depth;

    text_format(&line, "%s", branch->text);
    if (branch->number)
        text_format(&line, "  (lookup %u)", branch->number);
    if (branch->state != SPF_STATE_OK)
        text_format(&line, "  %s",
                    words_state(spf_state_text(branch->state),
                                branch->child ? branch->child->reply : NULL));
    if (branch->why)
        text_format(&line, ": %s", branch->why);
    text_paragraph(paper, indent, 2, text_get(&line));
    text_clear(&line);
    if (branch->child)
        spf_node(paper, branch->child);
}

static void spf_node(struct text_report *paper, const struct spf_node *node)
{
    for (size_t i = 0; i < node->branch_count; i++)
        spf_branch(paper, node, &node->branches[i]);
}

static void verdict(struct text_report *paper, const struct spf_verdict *verdict)
{
    row(paper, "SPF check", spf_result_text(verdict->result), verdict->mechanism, verdict->why);
    if (verdict->explanation)
        text_paragraph(paper, LABEL_COLUMNS + 2, 0, verdict->explanation);
}

static void spf(struct text_report *paper, const struct setup *setup)
{
    const struct spf_tree *tree = setup->spf;
    struct arena *arena = arena_new();

    row(paper, "SPF", words_state(spf_state_text(spf_tree_state(tree)), tree->root->reply),
        tree->root->text, NULL);
    spf_node(paper, tree->root);
    if (tree->root->text)
        text_paragraph(paper, LABEL_COLUMNS + 2, 0,
                       arena_format(arena, "%s%s", spf_tree_cost(arena, tree),
                                    tree->over_lookups || tree->over_voids
                                        ? ": too many, receivers answer permerror"
                                        : ""));
    if (setup->verdict)
        verdict(paper, setup->verdict);
    arena_free(arena);
}

/* "p=none: forged mail is delivered, and reported" for each tag. */
static void dmarc_tags(struct text_report *paper, const struct dmarc_record *record)
{
    struct arena *arena = arena_new();

    for (size_t i = 0; record && i < record->tags.count; i++) {
        const struct tag *tag = &record->tags.tags[i];
        text_paragraph(paper, LABEL_COLUMNS + 2, 2,
                       arena_format(arena, "%s=%s: %s", octets_shown(arena, tag->name),
                                    octets_shown(arena, tag->value), dmarc_tag_text(tag)));
    }
    arena_free(arena);
}

static void key(struct text_report *paper, const struct dkim_key *key)
{
    row(paper, "DKIM", words_state(dkim_state_text(key->state), key->reply), key->selector,
        key->why);
}

static void dkim(struct text_report *paper, const struct dkim *dkim)
{
    if (!dkim->found)
        row(paper, "DKIM", dkim_summary(dkim), NULL, dkim_sentence(dkim));
    for (size_t i = 0; i < dkim->count; i++)
        if (dkim->keys[i].typed ||
            (dkim->keys[i].state != DKIM_ABSENT && dkim->keys[i].state != DKIM_PENDING))
            key(paper, &dkim->keys[i]);
}

static bool is_alike(const struct dane_exchange *a, const struct dane_exchange *b)
{
    return a->state == b->state && strcmp(a->why, b->why) == 0;
}

/* Neighbours of which the same is to be said share a row. */
static void dane(struct text_report *paper, const struct dane *dane)
{
    for (size_t first = 0, end; first < dane->count; first = end) {
        const struct dane_exchange *exchange = &dane->exchanges[first];
        struct text names = {0};
        for (end = first; end < dane->count && is_alike(&dane->exchanges[end], exchange); end++) {
            text_add(&names, names.length ? ", " : "");
            words_name(dane->exchanges[end].exchange, paper->report->unicode, &names);
        }
        if (exchange->state != DANE_ABSENT)
            row(paper, "DANE", words_state(dane_state_text(exchange->state), exchange->reply),
                text_get(&names), exchange->why);
        text_clear(&names);
    }
}

static void operators(struct text_report *paper, const struct setup *setup)
{
    for (size_t i = 0; i < setup->match_count; i++) {
        const struct operator_match *match = &setup->matches[i];
        row(paper, "Run by", match->operator->name, match->name,
            match->filter_in_front ? "A filter in front of somebody else's exchange." : NULL);
    }
}

static void servers(struct text_report *paper, const struct authority *authority)
{
    char address[ADDRESS_TEXT];

    for (size_t i = 0; authority->asked && i < authority->count; i++) {
        const struct authority_server *server = &authority->servers[i];
        struct text text = {0};
        words_name(server->name, paper->report->unicode, &text);
        text_format(&text, " %s", address_text(&server->address, address));
        if (server->has_serial)
            text_format(&text, ", serial %lu", (unsigned long)server->serial);
        text_format(&text, "%s%s%s%s%s%s", server->only_parent ? ", at the parent only" : "",
                    server->mx_differs ? ", other MX" : "", server->ns_differs ? ", other NS" : "",
                    server->txt_differs ? ", other TXT" : "",
                    server->address_differs ? ", other addresses" : "",
                    server->srv_differs ? ", other SRV" : "");
        row(paper, "Server", authority_word(server), text_get(&text),
            server->state == AUTHORITY_OK ? NULL : server->why);
        text_clear(&text);
    }
}

static void add_names(struct text *text, const char *what, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(text, i ? ", " : text->length ? "; " : "");
        text_add(text, i ? "" : what);
        words_name(names[i], false, text);
    }
}

static void add_glue(struct text *text, const struct authority_glue *glue)
{
    char address[ADDRESS_TEXT];

    text_format(text, "%sonly the parent gives %s to ", text->length ? "; " : "",
                address_text(&glue->address, address));
    words_name(glue->name, false, text);
}

static void delegation(struct text_report *paper, const struct authority_parent *parent)
{
    struct text text = {0};

    add_names(&text, "only the parent names ", parent->only_parent, parent->only_parent_count);
    add_names(&text, "only the zone names ", parent->only_child, parent->only_child_count);
    for (size_t i = 0; i < parent->glue_count; i++)
        if (parent->glue[i].differs)
            add_glue(&text, &parent->glue[i]);
    if (parent->known)
        row(paper, "Parent", text.length ? "differs" : "same servers",
            text.length ? text_get(&text) : NULL, NULL);
    text_clear(&text);
}

static void names(struct text_report *paper, const struct setup *setup)
{
    for (size_t i = 0; i < setup->name_count; i++) {
        const struct mail_name *name = &setup->names[i];
        struct text list = {0}, shown = {0};
        words_name(name->name, paper->report->unicode, &shown);
        for (size_t j = 0; j < name->exchanges->count; j++) {
            text_format(&list, "%s%u ", j ? ", " : "", name->exchanges->exchanges[j].preference);
            words_name(name->exchanges->exchanges[j].name, paper->report->unicode, &list);
        }
        if (setup_lacking(setup, name->exchanges)) {
            text_add(&list, "; without ");
            words_name(setup_lacking(setup, name->exchanges), false, &list);
            text_add(&list, ", which a sibling has");
        }
        if (name->exchanges->implicit)
            row(paper, "Name", text_get(&shown), "no MX: mail goes to its own addresses", NULL);
        else
            row(paper, "Name", text_get(&shown), list.length ? text_get(&list) : "no MX",
                name->missing ? "Mail to it cannot be delivered: neither MX nor address." : NULL);
        text_clear(&shown);
        text_clear(&list);
    }
}

/* "web server, alias of web1.example.com, 192.0.2.80" */
static void add_customary(struct text *what, const struct customary_host *host)
{
    char address[ADDRESS_TEXT];

    text_format(what, "%s", host->word);
    if (host->alias_of) {
        text_add(what, ", alias of ");
        words_name(host->alias_of, false, what);
    }
    for (size_t k = 0; k < host->address_count; k++)
        text_format(what, ", %s", address_text(&host->addresses[k], address));
}

/* Those of today have a row each; the rest of RFC 2219 share one. */
static void customary(struct text_report *paper, const struct setup *setup)
{
    struct text old = {0};

    for (size_t i = 0; i < setup->customary_count; i++) {
        const struct customary_host *host = &setup->customary[i];
        struct text name = {0}, what = {0};
        if (!host->exists)
            continue;
        words_name(host->name, false, &name);
        add_customary(&what, host);
        if (host->old)
            text_format(&old, "%s%s (%s)", old.length ? "; " : "", text_get(&name),
                        text_get(&what));
        else
            row(paper, "Also there", text_get(&name), text_get(&what), NULL);
        text_clear(&name);
        text_clear(&what);
    }
    if (old.length)
        row(paper, "Also there", "RFC 2219", text_get(&old), NULL);
    text_clear(&old);
}

static void policy(struct text_report *paper, const char *label, enum policy_state state,
                   const struct reply *reply, const char *record, const char *why)
{
    struct arena *arena = arena_new();
    const char *shown = words_policy(arena, reply, record);

    row(paper, label, words_state(policy_state_text(state), reply), *shown ? shown : NULL, why);
    arena_free(arena);
}

void text_policy(struct text_report *paper)
{
    const struct setup *setup = paper->facts->setup;

    if (!setup && paper->facts->key) {
        text_heading(paper, "Mail policy");
        key(paper, &paper->facts->key->keys[0]);
    }
    if (!setup && paper->facts->verdict) {
        text_heading(paper, "Mail policy");
        verdict(paper, paper->facts->verdict);
    }
    if (!setup)
        return;
    text_heading(paper, "Mail policy");
    spf(paper, setup);
    policy(paper, "DMARC", setup->dmarc->state, dmarc_reply(setup->dmarc),
           setup->dmarc->record ? setup->dmarc->record->text : NULL, setup->dmarc->why);
    dmarc_tags(paper, setup->dmarc->record);
    dkim(paper, setup->dkim);
    policy(paper, "MTA-STS", setup->mta_sts->state, setup->mta_sts->reply, setup->mta_sts->text,
           setup->mta_sts->why);
    policy(paper, "TLS-RPT", setup->tls_rpt->state, setup->tls_rpt->reply, setup->tls_rpt->text,
           setup->tls_rpt->why);
    policy(paper, "BIMI", setup->bimi->state, setup->bimi->reply, setup->bimi->text,
           setup->bimi->why);
    dane(paper, setup->dane);
    row(paper, "DNSSEC", dnssec_state_text(setup->dnssec->state), NULL, setup->dnssec->why);
    servers(paper, setup->authority);
    delegation(paper, &setup->authority->parent);
    operators(paper, setup);
    names(paper, setup);
    customary(paper, setup);
}

/* Records are never wrapped. */
static void cure_lines(struct text_report *paper, const char *before, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        text_format(paper->out, "%*s%s%.*s\n", FINDING_COLUMN + TEXT_INDENT, "", before,
                    (int)length, lines);
        lines += length + (lines[length] == '\n');
    }
}

static void finding(struct text_report *paper, const struct finding *finding)
{
    struct text said = {0};

    if (finding->more) {
        text_format(paper->out, "  %-8s %s: and %zu more\n", severity_text(finding->severity),
                    finding->id, finding->more);
        return;
    }
    text_format(paper->out, "  %-8s %s, ", severity_text(finding->severity), finding->id);
    text_name(paper, finding->subject);
    text_add_char(paper->out, '\n');
    text_add(&said, finding->text);
    if (*finding->reference)
        text_format(&said, " [%s]", finding->reference);
    text_paragraph(paper, FINDING_COLUMN, 0, text_get(&said));
    text_clear(&said);
    if (*finding->fix)
        text_paragraph(paper, FINDING_COLUMN, 0, finding->fix);
    cure_lines(paper, *finding->publish ? "; was: " : "; remove: ", finding->remove);
    cure_lines(paper, "", finding->publish);
}

/* "1 error", "2 errors" */
static void count(struct text *text, size_t number, const char *what)
{
    text_format(text, "%s%zu %s%s", text->length ? ", " : "", number, what, number == 1 ? "" : "s");
}

void text_findings(struct text_report *paper)
{
    const struct findings *findings = paper->facts->findings;
    struct text counts = {0};

    if (!findings)
        return;
    count(&counts, findings->by_severity[SEVERITY_ERROR], "error");
    count(&counts, findings->by_severity[SEVERITY_WARNING], "warning");
    count(&counts, findings->by_severity[SEVERITY_NOTICE], "notice");
    if (findings->by_severity[SEVERITY_UNKNOWN])
        text_format(&counts, ", %zu unknown", findings->by_severity[SEVERITY_UNKNOWN]);
    text_heading(paper, "Findings: %s", text_get(&counts));
    text_clear(&counts);
    for (size_t i = 0; i < findings->count; i++)
        if (findings->findings[i].severity != SEVERITY_OK &&
            finding_is_listed(&findings->findings[i]))
            finding(paper, &findings->findings[i]);
}
