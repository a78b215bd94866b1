#include "view/panes/pane.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "sheet/words.h"

#include <string.h>

static const char *const orders[] = {N_("host"), N_("address"), N_("TTL"), NULL};

static void measure(const char *name, const char *domain, struct rows *rows)
{
    struct text text = {0};
    int columns;

    words_name(name, false, &text);
    columns = (int)text.length;
    rows->columns = columns > rows->columns ? columns : rows->columns;
    text_cut(&text, 0);
    words_name_within(name, domain, &text);
    columns = (int)text.length;
    rows->columns_within = columns > rows->columns_within ? columns : rows->columns_within;
    text_clear(&text);
}

static void add_host(const struct host *host, struct arena *arena, struct rows *rows)
{
    size_t first = rows->count;

    pane_host_rows(host, arena, rows);
    for (size_t i = first; i < rows->count; i++) {
        rows->rows[i].depth = 0;
        rows->rows[i].continued = i > first;
    }
}

static void address_rows(const struct scene *scene, const struct page *page, struct arena *arena,
                         struct rows *rows)
{
    const struct facts *facts = page->facts;

    (void)scene;
    for (size_t i = 0; i < facts->host_count; i++) {
        measure(facts->hosts[i]->name, page->name, rows);
        add_host(facts->hosts[i], arena, rows);
    }
}

/* How much the names take, and whether names within the domain have to go without it. */
static int name_columns(const struct scene *scene, int width, bool *within)
{
    const struct rows *rows = &scene->page->panes[PANE_ADDRESS].rows;
    int most = width - 22, columns;

    *within = rows->columns > most;
    columns = *within ? rows->columns_within : rows->columns;
    return columns > most ? most : columns;
}

static void address_draw(const struct scene *scene, const struct row *row, struct canvas *canvas,
                         struct area line, bool focused)
{
    bool within;
    int columns = name_columns(scene, line.width, &within);

    if (row->continued) {
        ;
    } else if (within) {
        struct text text = {0};
        words_name_within(row->name, scene->page->name, &text);
        canvas_put_fit(canvas, line, 0, 0, columns,
                       name_is_within(row->name, scene->page->name) ? ROLE_NAME : ROLE_NAME_OUTSIDE,
                       text_get(&text));
        text_clear(&text);
    } else {
        pane_name(scene, canvas, line, 0, columns, row->name, false);
    }
    if (row->record)
        pane_address_line(scene, row, canvas, line, columns + 2, focused);
    else {
        const struct outcome_words words = words_reply(row->reply);
        int x = columns + 2;
        x += canvas_put(canvas, line, x, 0, words.role,
                        row->waiting ? words_spinner(scene->now_ms) : words.glyph) +
             1;
        canvas_put_fit(canvas, line, x, 0, line.width - x, words.role, row->words);
    }
}

static void address_summary(const struct scene *scene, struct text *out)
{
    const struct facts *facts = scene->page->facts;
    size_t count = 0;
    char number[WORD_SIZE];

    for (size_t i = 0; i < facts->host_count; i++)
        count += facts->hosts[i]->address_count;
    if (count == 0 && facts->self.waiting)
        text_add(out, tr("waiting"));
    else if (count == 0)
        text_add(out, words_outcome(facts->self.outcome).word);
    else
        text_add(out, number_words(count, number));
}

static void address_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    const struct host *host = row->record             ? facts_host(scene->page->facts, row->name)
                              : row->kind == ROW_HOST ? row->host
                                                      : NULL;

    if (host && host->alias_of) {
        struct text name = {0};
        words_name(host->alias_of, true, &name);
        text_format(out, tr("An alias. Its addresses are those of %s."), text_get(&name));
        text_clear(&name);
        words_sentence_gap(out);
    }
    if (row->record)
        pane_address_meaning(scene, row, out);
    else
        text_add(out, row->waiting ? words_reply(NULL).sentence
                                   : words_outcome(host ? host->outcome : OUTCOME_NODATA).sentence);
}

static int address_compare_rows(const struct row *a, const struct row *b, unsigned order)
{
    if (!a->record || !b->record)
        return (a->record == NULL) - (b->record == NULL);
    if (order == 1)
        return address_compare(&a->record->address, &b->record->address);
    return (a->record->ttl > b->record->ttl) - (a->record->ttl < b->record->ttl);
}

const struct pane_kind pane_address = {
    .title = N_IN_("title", "A / AAAA"),
    .tab = N_IN_("tab", "A"),
    .page = "help/panes/address.txt",
    .orders = orders,
    .rows = address_rows,
    .draw = address_draw,
    .summary = address_summary,
    .meaning = address_meaning,
    .compare = address_compare_rows,
};
