#include "view/panes/pane.h"

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "sheet/words.h"

#include <stdio.h>

static const char *const orders[] = {N_("name"), N_("TTL"), NULL};

static const char *empty_words(const struct reply *reply)
{
    if (!reply)
        return tr("waiting for the name servers");
    if (reply->outcome == OUTCOME_NODATA)
        return tr("no data (NODATA): not a zone of its own");
    return words_reply(reply).phrase;
}

static void ns_rows(const struct scene *scene, const struct page *page, struct arena *arena,
                    struct rows *rows)
{
    const struct ns_list *ns = &page->facts->ns;

    (void)scene;
    if (ns->count == 0)
        pane_state_row(ns->reply, empty_words(ns->reply), arena, rows);
    for (size_t i = 0; i < ns->count; i++) {
        const struct ns_row *fact = &ns->rows[i];
        struct row *row = rows_add(rows, arena);
        row->record = fact->record;
        row->reply = ns->reply;
        row->name = row->target = fact->record->target;
        row->kind = ROW_NS, row->ns = fact;
        row->foldable = fact->host != NULL;
        row->key = fact->host ? fact->host->name : NULL;
        row->unfolded = fact->host && page_unfolded(page, PANE_NS, fact->host->name);
        if (row->unfolded)
            pane_host_rows(fact->host, arena, rows);
    }
}

/* The first address and how many more there are, or why there is none. */
static void draw_addresses(const struct scene *scene, const struct host *host,
                           struct canvas *canvas, struct area line, int x, int end)
{
    char text[ADDRESS_TEXT], more[WORD_SIZE];

    if (host->address_count) {
        x += canvas_put_fit(canvas, line, x, 0, end - x, ROLE_ADDRESS,
                            address_text(&host->addresses[0].record->address, text));
        snprintf(more, sizeof more, " +%zu", host->address_count - 1);
        if (host->address_count > 1 && end - x >= (int)utf8_columns(more))
            canvas_put(canvas, line, x, 0, ROLE_DIM, more);
    } else if (host->waiting) {
        canvas_put(canvas, line, x, 0, ROLE_WAITING, words_spinner(scene->now_ms));
    } else {
        const struct outcome_words words = words_outcome(host->outcome);
        x += canvas_put(canvas, line, x, 0, words.role, words.glyph) + 1;
        canvas_put_fit(canvas, line, x, 0, end - x, words.role, words.word);
    }
}

static int name_columns(const struct scene *scene, int width)
{
    const struct ns_list *ns = &scene->page->facts->ns;
    int longest = 0;

    for (size_t i = 0; i < ns->count; i++) {
        int columns = utf8_columns(ns->rows[i].record->target) - 1;
        longest = columns > longest ? columns : longest;
    }
    return longest > width - 18 && width > 40 ? width - 18 : longest;
}

static void ns_draw(const struct scene *scene, const struct row *row, struct canvas *canvas,
                    struct area line, bool focused)
{
    const struct ns_row *fact = row->ns;
    int end, columns;

    if (pane_words(scene, row, canvas, line))
        return;
    if (row->depth) {
        pane_address_line(scene, row, canvas, line, 2, focused);
        return;
    }
    end = pane_ttl(scene, row, canvas, line, focused);
    end = pane_mark_draw(
        canvas, line, end, end - 40,
        pane_mark(scene, TOPIC_NS, row->target, row->record, (struct mark){ROLE_DIM, "", ""}));
    columns = name_columns(scene, end);
    columns = columns < end ? columns : end;
    pane_name(scene, canvas, line, 0, columns, row->name, false);
    if (fact->host && !row->unfolded && end - columns >= 12)
        draw_addresses(scene, fact->host, canvas, line, columns + 2, end);
}

static void ns_summary(const struct scene *scene, struct text *out)
{
    pane_summary(scene->page->facts->ns.reply, scene->page->facts->ns.count, out);
}

static void ns_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    const struct ns_row *fact = row->ns;

    if (row->words)
        text_add(out, words_reply(row->reply).sentence);
    else if (row->depth)
        pane_address_meaning(scene, row, out);
    else if (fact->host && fact->host->alias_of)
        text_add(out,
                 tr("A name server must not be an alias (RFC 2181 10.3). Some resolvers do not "
                    "follow it."));
    else if (fact->host && !fact->host->waiting && !fact->host->address_count) {
        pane_host_failure(fact->host, out);
        text_format(out, tr("This name server has no address (%s), so it cannot be queried."),
                    words_outcome(fact->host->outcome).word);
    } else
        text_add(out,
                 tr("Serves this zone. Name servers have no preference. Resolvers try any of them "
                    "and favour the fastest."));
}

static int ns_compare(const struct row *a, const struct row *b, unsigned order)
{
    (void)order;
    if (!a->record || !b->record)
        return 0;
    return (a->record->ttl > b->record->ttl) - (a->record->ttl < b->record->ttl);
}

const struct pane_kind pane_ns = {
    .title = N_IN_("title", "NS"),
    .tab = N_IN_("tab", "NS"),
    .page = "help/panes/ns.txt",
    .orders = orders,
    .rows = ns_rows,
    .draw = ns_draw,
    .summary = ns_summary,
    .meaning = ns_meaning,
    .compare = ns_compare,
};
