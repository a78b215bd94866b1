/* Cures of findings about SPF. A record is changed where it must be; all other octets stay. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/spf/spf_slip.h"
#include "survey/cures/cure.h"

#include <assert.h>
#include <string.h>

static const struct spf_tree *tree_of(const struct cure *cure)
{
    return cure->setup->spf;
}

const struct record *cure_spf_record(const struct spf_node *node)
{
    return node->record_count == 1 ? node->source : NULL;
}

/* Where a term stands in the text of its record. */
static size_t place_of(const struct record *record, const struct spf_term *term)
{
    return (size_t)(term->text.bytes - record->txt.joined.bytes);
}

/* Whoever changes several terms begins with the last one, so that the places of the others hold. */
struct octets cure_spf_with(struct cure *cure, struct octets text, const struct record *record,
                            const struct spf_term *term, const char *by)
{
    size_t begin = place_of(record, term), end = begin + term->text.length;

    while (!*by && begin > 0 && text.bytes[begin - 1] == ' ')
        begin--;
    return cure_splice(cure->arena, text, begin, end, by);
}

static struct octets without(struct cure *cure, const struct record *record,
                             const struct spf_term *term)
{
    return cure_spf_with(cure, record->txt.joined, record, term, "");
}

/* ---- the addresses of the exchanges ---- */

const char *cure_spf_address(struct arena *arena, const struct address *address)
{
    char text[ADDRESS_TEXT];

    return arena_format(arena, " ip%u:%s", address->family == 6 ? 6 : 4,
                        address_text(address, text));
}

static enum spf_result result_over(struct cure *cure, const struct lookup *lookup,
                                   const struct address *address)
{
    struct spf_sender sender = {.ip = *address, .helo = cure->setup->view->domain};
    const struct spf_verdict *verdict;

    sender.from = arena_format(cure->arena, "postmaster@%s", cure->setup->view->domain);
    verdict = spf_check(lookup, cure->arena, &sender);
    cure->waiting |= !verdict->complete;
    return verdict->result;
}

static bool is_seen_before(const struct exchanges *exchanges, size_t exchange, size_t address)
{
    const struct address *sought = &exchanges->exchanges[exchange].addresses[address];

    for (size_t i = 0; i <= exchange; i++)
        if (address_is_among(sought, exchanges->exchanges[i].addresses,
                             i < exchange ? exchanges->exchanges[i].address_count : address))
            return true;
    return false;
}

static bool is_refused(enum spf_result result)
{
    return result == SPF_FAIL || result == SPF_SOFTFAIL;
}

/* More are a network, which only the owner can name. */
enum { TERMS_MOST = 16 };

/* " ip4:192.0.2.1 ip6:..." for the addresses of exchanges that are refused over the lookup. With
 * `before` only for those that are not over that one; else of the domain's own hosts. An address
 * costs no lookup, and means nobody else. */
static const char *refused_terms(struct cure *cure, const struct lookup *lookup,
                                 const struct lookup *before)
{
    const struct exchanges *exchanges = cure->setup->exchanges;
    struct text text = {0};
    const char *terms;
    size_t count = 0;

    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];

        if (!before &&
            (!exchange->record || !name_is_within(exchange->name, cure->setup->view->domain)))
            continue;
        for (size_t k = 0; k < exchange->address_count; k++) {
            const struct address *address = &exchange->addresses[k];

            if (!is_seen_before(exchanges, i, k) && !spf_address_is_private(address) &&
                is_refused(result_over(cure, lookup, address)) &&
                !(before && is_refused(result_over(cure, before, address))) && count++ < TERMS_MOST)
                text_add(&text, cure_spf_address(cure->arena, address));
        }
    }
    cure->overfull |= count > TERMS_MOST;
    terms = arena_dup(cure->arena, text_get(&text));
    text_clear(&text);
    return terms;
}

/* The text in the place of the record, and every exchange that would be refused then named in it.
 */
static void replace_keeping(struct cure *cure, const struct record *record, struct octets text)
{
    struct lookup lookup = *cure->setup->view->lookup;
    struct cure trial = {.arena = cure->arena, .setup = cure->setup};
    struct cure_overlay overlay;
    size_t version = strlen("v=spf1");
    const char *terms;

    cure_replace_text(&trial, record, text);
    if (!cure_overlay_init(&overlay, &trial))
        return;
    lookup.overlay = overlay.answers;
    terms = refused_terms(cure, &lookup, cure->setup->view->lookup);
    cure_overlay_clear(&overlay);
    cure_replace_text(cure, record, cure_splice(cure->arena, text, version, version, terms));
}

/* ---- there is none ---- */

/* NULL where there are more exchanges than mx may stand for. */
static const char *new_record(struct cure *cure)
{
    const struct exchanges *exchanges = cure->setup->exchanges;

    if (exchanges->null_mx || exchanges->count == 0 ||
        (exchanges->implicit && exchanges->exchanges[0].address_count == 0))
        return "v=spf1 -all";
    if (exchanges->implicit)
        return "v=spf1 a ~all";
    return exchanges->count > SPF_MX_MAX ? NULL : "v=spf1 mx ~all";
}

/* The record of the type that was given up says what the TXT record shall; false without one. */
static bool move_type99(struct cure *cure)
{
    const struct reply *reply = cure_lookup(cure, tree_of(cure)->root->domain, TYPE_SPF);
    const struct record *record =
        reply && reply->outcome == OUTCOME_ANSWERED ? reply->records[0] : NULL;

    if (!record)
        return false;
    cure->asks = true; /* about what nobody looks up yet */
    cure_remove(cure, record);
    cure_add_text(cure, record->owner, record->ttl, record->txt.joined);
    return true;
}

static void cure_none(struct cure *cure)
{
    struct near_miss miss = near_miss_find(cure->arena, NEAR_SPF, tree_of(cure)->root->reply);
    const char *text = new_record(cure);

    cure->asks = miss.record != NULL; /* about what nobody looks up yet */
    if (miss.record && miss.meant.length > 0)
        cure_replace_text(cure, miss.record, miss.meant);
    if (miss.record || cure_move(cure, tree_of(cure)->root->domain, NEAR_SPF) || move_type99(cure))
        return;
    if (text)
        cure_add_text(cure, tree_of(cure)->root->domain, CURE_TTL, octets_of(text));
}

/* ---- terms that are wrong ---- */

static const struct spf_node *find_node(const struct spf_node *node, const char *domain)
{
    const struct spf_node *found = strcmp(node->domain, domain) == 0 ? node : NULL;

    for (size_t i = 0; i < node->branch_count && !found; i++)
        if (node->branches[i].child)
            found = find_node(node->branches[i].child, domain);
    return found;
}

const struct spf_node *cure_spf_node(const struct cure *cure)
{
    const struct spf_node *node = find_node(tree_of(cure)->root, cure->finding->subject);

    assert(node);
    return node;
}

/* "a:" for "mx:" where the name is a host, which has no exchanges. */
static bool is_mx_of_host(struct cure *cure, const struct spf_branch *branch, struct spf_slip *slip)
{
    const struct spf_term *term = branch->term;
    struct host_addresses replies;
    size_t begin;

    if (term->kind != SPF_MX || branch->state != SPF_STATE_VOID || term->spec.length == 0)
        return false;
    replies = lookup_addresses(cure->setup->view->lookup, branch->target);
    begin = (size_t)(term->spec.bytes - term->text.bytes) - strlen("mx:");
    slip->instead =
        (const char *)cure_splice(cure->arena, term->text, begin, begin + strlen("mx"), "a").bytes;
    return (replies.a && replies.a->outcome == OUTCOME_ANSWERED) ||
           (replies.aaaa && replies.aaaa->outcome == OUTCOME_ANSWERED);
}

/* Is there what the term asks a name for? */
static bool has_answer(struct cure *cure, struct octets term, const char *name)
{
    bool text = octets_begin(term, "include:") || octets_begin(term, "redirect=");
    const struct reply *reply = cure_lookup(cure, name, text ? TYPE_TXT : TYPE_A);

    if (!text && reply && reply->outcome != OUTCOME_ANSWERED)
        reply = cure_lookup(cure, name, TYPE_AAAA);
    return reply && reply->outcome == OUTCOME_ANSWERED && reply->alias_count == 0;
}

/* "a:mx1": names in SPF are whole ones, and the domain's own has to follow. */
static bool is_short_name(struct cure *cure, const struct spf_term *term, struct spf_slip *slip)
{
    const char *domain = cure->setup->view->domain;
    struct octets text = term->text;
    size_t end = (size_t)(term->spec.bytes - text.bytes) + term->spec.length;
    char name[NAME_TEXT];

    if (term->kind != SPF_FAULTY || term->spec.length == 0 ||
        memchr(term->spec.bytes, '.', term->spec.length) ||
        memchr(term->spec.bytes, '%', term->spec.length) ||
        name_join(octets_shown(cure->arena, term->spec), domain, name) != STATUS_OK)
        return false;
    if (strchr("+-~?", text.bytes[0]))
        text = octets_part(text, 1, text.length);
    if (!has_answer(cure, text, name))
        return false;
    slip->instead = (const char *)cure_splice(
                        cure->arena, term->text, end, end,
                        arena_format(cure->arena, ".%.*s", (int)strlen(domain) - 1, domain))
                        .bytes;
    return true;
}

/* Every slip of the record, from the last term to the first. */
static void cure_slips(struct cure *cure)
{
    const struct spf_node *node = cure_spf_node(cure);
    const struct record *record = cure_spf_record(node);
    struct octets text;
    bool changed = false;

    if (!record)
        return;
    text = record->txt.joined;
    for (size_t i = node->branch_count; i-- > 0;) {
        const struct spf_term *term = node->branches[i].term;
        size_t begin = place_of(record, term);
        struct spf_slip slip;

        if (!is_mx_of_host(cure, &node->branches[i], &slip) && !is_short_name(cure, term, &slip) &&
            !spf_slip_of(cure->arena, term, &slip))
            continue;
        text = cure_splice(cure->arena, text, begin - (*slip.instead ? 0 : 1),
                           begin + term->text.length, slip.instead);
        changed = true;
    }
    cure->asks = true; /* about what the terms look up then */
    if (changed)
        cure_replace_text(cure, record, text);
}

/* Blanks that are too many or too few. */
static void cure_text(struct cure *cure)
{
    const struct spf_node *node = cure_spf_node(cure);
    const struct record *record = cure_spf_record(node);
    struct spf_text_slip slip;

    if (!record)
        return;
    slip = spf_text_slip_of(cure->arena, record);
    cure->asks = true;
    if (slip.why)
        cure_replace_text(cure, record, slip.meant);
}

static void cure_syntax(struct cure *cure)
{
    cure_slips(cure);
    if (cure->added_count > 0)
        cure_say(cure, "Correct the record.");
}

static void cure_merge_included(struct cure *cure)
{
    cure_spf_merge(cure, cure_spf_node(cure));
}

/* What the term leads to is nearly a record, or stands under another name, and is made one. */
static void cure_included(struct cure *cure)
{
    const struct spf_node *node = cure_spf_node(cure);
    struct near_miss miss = near_miss_find(cure->arena, NEAR_SPF, node->reply);

    cure->asks = true; /* about what its terms look up */
    if (miss.record && miss.meant.length > 0)
        cure_replace_text(cure, miss.record, miss.meant);
    else if (!miss.record)
        cure_move(cure, node->domain, NEAR_SPF);
}

/* The term that was meant, in the domain's own record. */
static void cure_include_slip(struct cure *cure)
{
    const struct spf_node *root = tree_of(cure)->root;
    const struct record *record = cure_spf_record(root);
    struct spf_slip slip;

    for (size_t i = 0; record && i < root->branch_count; i++) {
        const struct spf_branch *branch = &root->branches[i];

        if (!branch->child || strcmp(branch->child->domain, cure->finding->subject) != 0 ||
            !spf_slip_of(cure->arena, branch->term, &slip))
            continue;
        cure->asks = true;
        cure_replace_text(
            cure, record,
            cure_spf_with(cure, record->txt.joined, record, branch->term, slip.instead));
        return;
    }
}

static void cure_include(struct cure *cure)
{
    const struct spf_node *root = tree_of(cure)->root;
    const struct record *record = cure_spf_record(root);

    for (size_t i = 0; record && i < root->branch_count; i++) {
        const struct spf_branch *branch = &root->branches[i];

        if (branch->child && strcmp(branch->child->domain, cure->finding->subject) == 0) {
            if (branch->term->kind == SPF_REDIRECT)
                return; /* nothing would be left that says who may send */
            replace_keeping(cure, record, without(cure, record, branch->term));
            cure_tell(cure, "Remove \"%s\", or have the record corrected.", branch->text);
            return;
        }
    }
}

/* The circle is opened where the domain's own record closes it. */
static void cure_loop(struct cure *cure)
{
    const struct spf_node *root = tree_of(cure)->root;
    const struct record *record = cure_spf_record(root);
    struct octets text;

    if (!record)
        return;
    text = record->txt.joined;
    for (size_t i = root->branch_count; i-- > 0;)
        if (root->branches[i].state == SPF_STATE_LOOP)
            text = cure_spf_with(cure, text, record, root->branches[i].term, "");
    if (text.bytes != record->txt.joined.bytes)
        replace_keeping(cure, record, text);
}

/* ---- "all" ---- */

static const struct spf_branch *branch_of_all(const struct spf_node *node)
{
    for (size_t i = 0; i < node->branch_count; i++)
        if (node->branches[i].term->kind == SPF_ALL)
            return &node->branches[i];
    return NULL;
}

/* The record with "~all" at its end, and the exchanges named that would be refused then. */
static void end_softly(struct cure *cure, const struct spf_node *node)
{
    const struct record *record = cure_spf_record(node);
    const struct spf_branch *all = branch_of_all(node);
    struct octets text;

    if (!record)
        return;
    text = all ? cure_spf_with(cure, record->txt.joined, record, all->term, "~all")
               : cure_splice(cure->arena, record->txt.joined, record->txt.joined.length,
                             record->txt.joined.length, " ~all");
    replace_keeping(cure, record, text);
}

/* The record that lets everybody pass: this one, or one that it leads to. */
static const struct spf_node *find_hole(const struct spf_node *node, const struct spf_term **by)
{
    const struct spf_node *hole = NULL;

    if (node->state != SPF_STATE_OK)
        return NULL;
    for (size_t i = 0; i < node->branch_count && !hole; i++) {
        const struct spf_branch *branch = &node->branches[i];

        if (branch->term->kind == SPF_ALL)
            return branch->term->qualifier == '+' ? node : NULL;
        if (!branch->child || (branch->term->kind == SPF_INCLUDE && branch->term->qualifier != '+'))
            continue;
        hole = find_hole(branch->child, by);
        if (hole && node->depth == 0)
            *by = branch->term;
    }
    return hole;
}

static void cure_plus_all(struct cure *cure)
{
    const struct spf_node *root = tree_of(cure)->root;
    const struct spf_term *by = NULL;
    const struct spf_node *hole = find_hole(root, &by);
    const struct record *record = cure_spf_record(root);

    if (!hole || !record)
        return;
    if (hole == root) {
        end_softly(cure, root);
        return;
    }
    cure_say(cure, "The \"+all\" is in the record of %s: have it changed there, or remove \"%s\".",
             name_shown(cure->arena, hole->reply->canonical), octets_shown(cure->arena, by->text));
    if (by->kind == SPF_INCLUDE)
        replace_keeping(cure, record, without(cure, record, by));
}

/* Where the hole is in another record of the owner it is closed there. */
static void cure_own_hole(struct cure *cure)
{
    const struct spf_term *by = NULL;
    const struct spf_node *hole = find_hole(tree_of(cure)->root, &by);

    if (!hole || hole == tree_of(cure)->root || !cure_is_own(cure, hole->domain))
        return;
    end_softly(cure, hole);
    cure_say(cure, "The \"+all\" is in the record of %s: end that with ~all.",
             name_shown(cure->arena, hole->domain));
}

static void cure_no_all(struct cure *cure)
{
    cure->optional = true;
    end_softly(cure, tree_of(cure)->root);
}

/* ---- exchanges ---- */

static void cure_missing_mx(struct cure *cure)
{
    const struct record *record = cure_spf_record(tree_of(cure)->root);
    size_t version = strlen("v=spf1");

    cure->optional = true;
    if (record)
        cure_replace_text(cure, record,
                          cure_splice(cure->arena, record->txt.joined, version, version,
                                      refused_terms(cure, cure->setup->view->lookup, NULL)));
}

/* A name without mail sends none: nobody may, and DMARC refuses what is forged. */
static void cure_null_open(struct cure *cure)
{
    const struct spf_node *root = tree_of(cure)->root;
    const struct record *record = cure_spf_record(root);

    if (root->record_count > 1)
        return;
    if (!record)
        cure_add_text(cure, root->domain, CURE_TTL, octets_of("v=spf1 -all"));
    else if (!octets_equal(record->txt.joined, "v=spf1 -all"))
        cure_replace_text(cure, record, octets_of("v=spf1 -all"));
    cure_reject_all(cure);
}

const struct cure_maker cure_makers_spf[] = {
    {"spf-none", cure_none},
    {"spf-slip", cure_slips},
    {"spf-syntax", cure_text},
    {"spf-syntax", cure_syntax},
    {"spf-include", cure_include_slip},
    {"spf-include", cure_included},
    {"spf-include", cure_merge_included},
    {"spf-include", cure_include},
    {"spf-loop", cure_loop},
    {"spf-plus-all", cure_plus_all},
    {"spf-plus-all", cure_own_hole},
    {"spf-no-all", cure_no_all},
    {"spf-missing-mx", cure_missing_mx},
    {"mx-null-open", cure_null_open},
    {NULL, NULL},
};
