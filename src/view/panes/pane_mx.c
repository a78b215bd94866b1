#include "view/panes/pane.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "sheet/words.h"

#include <stdio.h>

static const char *const orders[] = {N_("preference"), N_("name"), N_("TTL"), NULL};

static const char *empty_words(const struct facts *facts)
{
    const struct mx_list *mx = &facts->mx;

    if (!mx->reply)
        return tr("waiting for the MX records");
    if (facts->key && mx->reply->outcome == OUTCOME_NODATA)
        return tr("no data (NODATA): the name of a key accepts no mail");
    if (mx->reply->outcome == OUTCOME_NODATA)
        return mx->implicit ? tr("no MX record: implicit MX")
                            : tr("no data (NODATA), and no address either");
    return words_reply(mx->reply).phrase;
}

static void mx_rows(const struct scene *scene, const struct page *page, struct arena *arena,
                    struct rows *rows)
{
    const struct mx_list *mx = &page->facts->mx;

    (void)scene;
    if (mx->count == 0)
        pane_state_row(mx->reply, empty_words(page->facts), arena, rows);
    if (mx->count == 0 && mx->implicit && !page->facts->key && mx->implicit->address_count)
        pane_host_rows(mx->implicit, arena, rows);
    for (size_t i = 0; i < mx->count; i++) {
        const struct mx_row *fact = &mx->rows[i];
        struct row *row = rows_add(rows, arena);
        row->record = fact->record;
        row->reply = mx->reply;
        row->name = fact->record->mx.exchange;
        row->target = fact->host ? fact->host->name : NULL;
        row->kind = ROW_MX, row->mx = fact;
        row->foldable = fact->host != NULL;
        row->key = fact->host ? fact->host->name : NULL;
        row->unfolded = fact->host && page_unfolded(page, PANE_MX, fact->host->name);
        if (row->unfolded)
            pane_host_rows(fact->host, arena, rows);
    }
}

static struct mark mark_of(const struct mx_row *fact, const struct mx_list *mx)
{
    const struct host *host = fact->host;

    if (!host)
        return (struct mark){ROLE_MX_NULL, "✗",
                             mx->null_mx ? tr("no mail here") : tr("not a host")};
    if (fact->literal)
        return (struct mark){ROLE_ERROR, "✗", tr("an address")};
    if (host->waiting && !host->address_count)
        return (struct mark){ROLE_WAITING, "↻", ""};
    if (!host->waiting && !host->address_count) {
        const struct outcome_words words = words_outcome(host->outcome);
        return (struct mark){words.role, words.glyph,
                             host->outcome == OUTCOME_NODATA ? tr("no address") : words.word};
    }
    if (host->alias_of)
        return (struct mark){ROLE_WARN, "!", tr("alias")};
    if (fact->outside)
        return (struct mark){ROLE_NAME_OUTSIDE, "", tr_in("mark", "out")};
    return (struct mark){ROLE_DIM, "", ""};
}

static const struct mx_row *exchange_of(const struct rows *rows, size_t at)
{
    const struct row *row = at < rows->count ? &rows->rows[at] : NULL;

    return row && row->kind == ROW_MX ? row->mx : NULL;
}

/* Are both of one preference? */
static bool is_tied(const struct mx_row *a, const struct mx_row *b)
{
    return a && b && a->level == b->level;
}

/* A bracket around exchanges of one preference that stand together, however they are sorted; one
 * that stands apart from its equals has a stub of it. */
static void mx_arrange(struct rows *rows)
{
    const struct mx_row *before = NULL;

    for (size_t i = 0, next; i < rows->count; i = next) {
        const struct mx_row *fact = exchange_of(rows, i), *after;
        for (next = i + 1; next < rows->count && rows->rows[next].depth;)
            next++;
        after = exchange_of(rows, next);
        rows->rows[i].bracket = !fact || fact->group_count == 1                 ? " "
                                : is_tied(before, fact) && is_tied(fact, after) ? "│"
                                : is_tied(before, fact)                         ? "└"
                                : is_tied(fact, after)                          ? "┌"
                                                                                : "╶";
        for (size_t k = i + 1; k < next; k++)
            rows->rows[k].bracket = is_tied(fact, after) ? "│" : " ";
        before = fact;
    }
}

static int preference_columns(const struct mx_list *mx)
{
    unsigned worst = mx->rows[mx->count - 1].record->mx.preference;

    return worst > 9999 ? 5 : worst > 999 ? 4 : worst > 99 ? 3 : 2;
}

static void mx_draw(const struct scene *scene, const struct row *row, struct canvas *canvas,
                    struct area line, bool focused)
{
    const struct mx_list *mx = &scene->page->facts->mx;
    const struct mx_row *fact = row->mx;
    bool sorted = !scene->page->panes[PANE_MX].sort && !scene->page->panes[PANE_MX].reversed;
    int columns = mx->count ? preference_columns(mx) : 0, x = 6 + columns + 2, end;
    char text[WORD_SIZE];

    if (row->bracket && row->depth)
        canvas_put(canvas, line, 4, 0, ROLE_MX_GROUP, row->bracket);
    if (pane_words(scene, row, canvas, line))
        return;
    if (row->depth) {
        pane_address_line(scene, row, canvas, line, mx->count ? x : 2, focused);
        return;
    }
    end = pane_ttl(scene, row, canvas, line, focused);
    if (fact->group_index == 0 || !sorted)
        canvas_put(canvas, line, 0, 0, fact->level == 1 ? ROLE_MX_BEST : ROLE_MX_RANK,
                   words_ordinal(fact->level, text));
    canvas_put(canvas, line, 4, 0, ROLE_MX_GROUP, row->bracket);
    snprintf(text, sizeof text, "%*u", columns, (unsigned)row->record->mx.preference);
    canvas_put(canvas, line, 6, 0, ROLE_PREFERENCE, text);
    end = pane_mark_draw(canvas, line, end, end - x - 14,
                         pane_mark(scene, TOPIC_MX, row->target, row->record, mark_of(fact, mx)));
    if (fact->host)
        pane_name(scene, canvas, line, x, end - x, row->name, fact->level == 1);
    else
        canvas_put(canvas, line, x, 0, ROLE_MX_NULL, ".");
}

static void mx_summary(const struct scene *scene, struct text *out)
{
    const struct mx_list *mx = &scene->page->facts->mx;

    if (mx->null_mx)
        text_add(out, tr("null MX"));
    else if (mx->implicit && !scene->page->facts->key)
        text_add(out, tr("implicit MX"));
    else
        pane_summary(mx->reply, mx->count, out);
}

/* Can a sender try it, as far as is known? */
static bool is_usable(const struct mx_row *fact)
{
    const struct host *host = fact->host;

    return host && !fact->literal &&
           (host->waiting || host->address_count || outcome_is_temporary(host->outcome));
}

/* How many of the hosts with its preference can be tried. */
static size_t usable_in_group(const struct mx_row *fact, const struct mx_list *mx)
{
    size_t usable = 0;

    for (size_t i = 0; i < mx->count; i++)
        usable += mx->rows[i].level == fact->level && is_usable(&mx->rows[i]);
    return usable;
}

/* Where in the order of trying the exchange stands. */
static void place_meaning(const struct mx_row *fact, const struct mx_list *mx, struct text *out)
{
    size_t usable = usable_in_group(fact, mx);
    char rank[WORD_SIZE];

    if (usable > 1)
        text_format(out,
                    usable == fact->group_count
                        ? tr("One of %zu hosts with preference %u. Each sender picks one at "
                             "random, so they share the load (RFC 5321 5.1).")
                        : tr("One of %zu hosts with preference %u that can be tried. Each sender "
                             "picks one at random, so they share the load (RFC 5321 5.1)."),
                    usable, (unsigned)fact->record->mx.preference);
    else if (fact->level == 1)
        text_add(out, tr("Tried first: no MX host has a lower preference (RFC 5321 5.1)."));
    else
        text_format(out,
                    fact->level == mx->rows[mx->count - 1].level
                        ? tr("Tried last (%s), after every host before it has failed. Only the "
                             "order matters, not the value (RFC 5321 5.1).")
                        : tr("Tried %s, after every host before it has failed. Only the order "
                             "matters, not the value (RFC 5321 5.1)."),
                    words_ordinal(fact->level, rank));
}

static void trouble_meaning(const struct mx_row *fact, const struct mx_list *mx, struct text *out)
{
    const struct host *host = fact->host;

    if (!host)
        text_add(out,
                 mx->null_mx
                     ? tr("Null MX: this domain accepts no mail. Senders bounce it at once with "
                          "5.1.10 (RFC 7505).")
                     : tr("\".\" is not a host. Next to other records, or with a preference "
                          "other than 0, it is not a null MX (RFC 7505 3)."));
    else if (fact->literal)
        text_add(out, tr("An IP address instead of a hostname. Many senders cannot use it "
                         "(RFC 5321 5.1)."));
    else if (host->alias_of) {
        struct text name = {0};
        words_name(host->alias_of, true, &name);
        text_format(out,
                    tr("An alias of %s. An MX host must not be an alias (RFC 2181 10.3), and a "
                       "secondary may not find itself."),
                    text_get(&name));
        text_clear(&name);
    } else if (!host->waiting && !host->address_count) {
        pane_host_failure(host, out);
        text_format(out, tr("No address: %s. Senders skip it."),
                    words_outcome(host->outcome).phrase);
    }
}

static void mx_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    const struct mx_list *mx = &scene->page->facts->mx;
    const struct mx_row *fact = row->mx;

    if (row->words && mx->implicit && !scene->page->facts->key)
        text_add(out,
                 tr("No MX record, but mail is deliverable: the domain itself is the MX host with "
                    "preference 0 (implicit MX, RFC 5321 5.1)."));
    else if (row->words && row->reply && row->reply->outcome == OUTCOME_NODATA &&
             !scene->page->facts->key)
        text_add(out, tr("No address either: mail cannot be delivered (RFC 5321 5.1)."));
    else if (row->words)
        text_add(out, words_reply(row->reply).sentence);
    else if (row->depth)
        pane_address_meaning(scene, row, out);
    else {
        trouble_meaning(fact, mx, out);
        if (is_usable(fact)) {
            words_sentence_gap(out);
            place_meaning(fact, mx, out);
        }
        if (fact->outside && fact->host && !fact->literal) {
            words_sentence_gap(out);
            text_add(out, tr("It is outside this domain."));
        }
    }
}

static int mx_compare(const struct row *a, const struct row *b, unsigned order)
{
    if (!a->record || !b->record)
        return 0;
    if (order == 1)
        return name_compare(a->record->mx.exchange, b->record->mx.exchange);
    return (a->record->ttl > b->record->ttl) - (a->record->ttl < b->record->ttl);
}

const struct pane_kind pane_mx = {
    .title = N_IN_("title", "MX"),
    .tab = N_IN_("tab", "MX"),
    .page = "help/panes/mx.txt",
    .orders = orders,
    .rows = mx_rows,
    .draw = mx_draw,
    .summary = mx_summary,
    .meaning = mx_meaning,
    .compare = mx_compare,
    .arrange = mx_arrange,
};
