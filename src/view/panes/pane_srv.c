#include "view/panes/pane.h"

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "dns/name.h"
#include "dns/type.h"
#include "sheet/services/words_srv.h"
#include "sheet/words.h"

#include <stdio.h>
#include <string.h>

static const char *const orders[] = {N_("service"), N_("target"), N_("port"), NULL};

static bool is_there(const struct srv_owner *owner)
{
    return owner->reply && owner->count;
}

static void add_records(const struct srv_owner *owner, const struct page *page, struct arena *arena,
                        struct rows *rows)
{
    for (size_t i = 0; i < owner->count; i++) {
        const struct srv_row *fact = &owner->rows[i];
        struct row *row = rows_add(rows, arena);
        row->record = fact->record;
        row->reply = owner->reply;
        row->name = owner->owner;
        row->target = fact->host ? fact->host->name : NULL;
        row->kind = ROW_SRV, row->srv = fact;
        row->continued = i > 0;
        row->foldable = fact->host != NULL;
        row->key = fact->host ? fact->host->name : NULL;
        row->unfolded = fact->host && page_unfolded(page, PANE_SRV, fact->host->name);
        if (row->unfolded)
            pane_host_rows(fact->host, arena, rows);
    }
}

static void add_state(const struct srv_owner *owner, unsigned depth, struct arena *arena,
                      struct rows *rows)
{
    struct row *row = rows_add(rows, arena);
    struct text name = {0};

    words_name(owner->owner, false, &name);
    row->depth = depth;
    row->name = owner->owner;
    row->reply = owner->reply;
    row->waiting = !owner->reply;
    row->kind = ROW_SERVICE, row->service = owner;
    row->words = arena_format(arena, "%s  %s", text_get(&name), words_reply(owner->reply).word);
    text_clear(&name);
}

static void add_words(const char *words, bool waiting, struct arena *arena, struct rows *rows)
{
    struct row *row = rows_add(rows, arena);

    row->words = words;
    row->waiting = waiting;
}

/* Told by that line: of a service nobody typed. */
static bool is_of(const struct srv_owner *owner, enum outcome outcome)
{
    if (owner->by_wildcard || outcome == OUTCOME_ANSWERED)
        return owner->by_wildcard && outcome == OUTCOME_ANSWERED;
    return owner->reply && !owner->count && !owner->typed && owner->reply->outcome == outcome;
}

static const char *rest_sentence(enum outcome outcome)
{
    if (outcome == OUTCOME_ANSWERED)
        return tr("Every name there has these records, so they announce nothing.");
    return outcome_is_temporary(outcome)
               ? outcome_sentence(outcome)
               : tr("There is no such record: the service is not announced.");
}

/* One line for each outcome, as the report has it, and the services below it. */
static void add_rests(const struct page *page, struct arena *arena, struct rows *rows)
{
    const struct srv_list *srv = &page->facts->srv;
    struct srv_rest rests[SRV_RESTS];
    size_t count = words_srv_rests(srv, rests);

    for (size_t i = 0; i < count; i++) {
        const char *key = outcome_text(rests[i].outcome);
        struct row *row = rows_add(rows, arena);

        row->key = key;
        row->foldable = true;
        row->unfolded = page_unfolded(page, PANE_SRV, key);
        row->words = words_srv_rest(srv, &rests[i], arena);
        row->sentence = rest_sentence(rests[i].outcome);
        for (size_t k = 0; row->unfolded && k < srv->count; k++)
            if (is_of(&srv->owners[k], rests[i].outcome))
                add_state(&srv->owners[k], 1, arena, rows);
    }
}

/* The owner without the domain, and below the head of its site without that; behind it the location
 * it is an alias into. */
static void owner_label(const struct srv_owner *owner, const struct page *page, struct text *out)
{
    const char *alias = srv_owner_alias(owner);
    struct text name = {0};
    char place[NAME_TEXT];
    const char *cut;

    words_name_within(owner->owner, page->name, &name);
    cut = owner->place && directory_place_of(owner->owner, place) ? strstr(text_get(&name), place)
                                                                  : NULL;
    if (cut) {
        const char *behind = strchr(cut, '_');
        text_add_bytes(out, text_get(&name), (size_t)(cut - text_get(&name)) - 1);
        behind = behind ? strchr(behind, '.') : NULL;
        text_add(out, behind ? behind : "");
    } else {
        text_add(out, text_get(&name));
    }
    if (alias && directory_place_of(alias, place)) {
        text_format(out, " = %s", place);
    } else if (alias) {
        text_cut(&name, 0);
        words_name_within(alias, page->name, &name);
        text_format(out, " = %s", text_get(&name));
    }
    text_clear(&name);
}

static void measure(const struct srv_owner *owner, const struct page *page, struct rows *rows)
{
    struct text text = {0};

    owner_label(owner, page, &text);
    if ((int)text.length > rows->columns)
        rows->columns = (int)text.length;
    for (size_t i = 0; i < owner->count; i++) {
        text_cut(&text, 0);
        words_name_within(owner->rows[i].record->srv.target, page->name, &text);
        if ((int)text.length > rows->columns_within)
            rows->columns_within = (int)text.length;
    }
    text_clear(&text);
}

/* "directory, site hamburg" above what belongs to it. */
static void add_head(const struct page *page, const struct srv_owner *owner, struct arena *arena,
                     struct rows *rows)
{
    char words[WORDS_GROUP];
    struct row *row = rows_add(rows, arena);

    row->name = owner->owner;
    row->words = arena_format(arena, "── %s", words_srv_group(page->facts, owner, words));
    row->sentence =
        tr("The services below belong together: they serve the same purpose, and the same site or "
           "location.");
}

/* "Active Directory: 4 servers, 2 sites": said once. */
static void add_directory(const struct directory *directory, struct arena *arena, struct rows *rows)
{
    struct row *row = rows_add(rows, arena);

    row->words = arena_format(
        arena,
        directory->kind == DIRECTORY_FREEIPA ? tr("%s: servers: %zu, locations: %zu")
                                             : tr("%s: servers: %zu, sites: %zu"),
        directory_kind_text(directory->kind), directory->host_count, directory->site_count);
    row->sentence = tr("A directory is announced here, so every name that its servers register was "
                       "queried. Press K for its servers and their names.");
}

/* What announces a service otherwise than by SRV. */
static void add_announcement(const struct page *page, const struct announcement *found,
                             struct arena *arena, struct rows *rows)
{
    struct text name = {0}, line = {0};
    char type[TYPE_TEXT];

    words_name_within(found->owner, page->name, &name);
    for (size_t i = 0; i < found->reply->record_count; i++) {
        const struct record *record = found->reply->records[i];
        struct row *row = rows_add(rows, arena);
        row->name = found->owner;
        row->reply = found->reply;
        row->words = arena_format(arena, "%s  %s  %s", text_get(&name),
                                  type_text(record->type, type), record->rdata);
        text_cut(&line, 0);
        record_print(record, &line);
        row->line = arena_dup(arena, text_get(&line));
        row->sentence =
            arena_format(arena, "%s (%s).", tr(found->service->word), found->service->reference);
    }
    text_clear(&name);
    text_clear(&line);
}

static void srv_rows(const struct scene *scene, const struct page *page, struct arena *arena,
                     struct rows *rows)
{
    const struct srv_list *srv = &page->facts->srv;
    size_t waiting = 0;

    (void)scene;
    for (size_t i = 0; i < srv->count; i++) {
        const struct srv_owner *owner = &srv->owners[i];
        if (is_there(owner)) {
            measure(owner, page, rows);
            if (facts_srv_begins(page->facts, i))
                add_head(page, owner, arena, rows);
            add_records(owner, page, arena, rows);
        } else if (!owner->reply && !owner->typed) {
            waiting++;
        } else if (owner->typed) {
            add_state(owner, 0, arena, rows);
        }
    }
    if (page->facts->directory)
        add_directory(page->facts->directory, arena, rows);
    for (size_t i = 0; i < page->facts->announcement_count; i++)
        add_announcement(page, &page->facts->announcements[i], arena, rows);
    if (waiting)
        add_words(
            arena_format(arena,
                         tr_plural("waiting for %zu service", "waiting for %zu services", waiting),
                         waiting),
            true, arena, rows);
    add_rests(page, arena, rows);
    if (srv->count == 0)
        add_words(tr("no service was queried"), false, arena, rows);
}

static const struct srv_owner *owner_of(const struct scene *scene, const struct row *row)
{
    const struct srv_list *srv = &scene->page->facts->srv;

    for (size_t i = 0; i < srv->count; i++)
        if (strcmp(srv->owners[i].owner, row->name) == 0)
            return &srv->owners[i];
    return NULL;
}

/* How many targets share the priority of this one, and the sum of their weights. */
static size_t priority_group(const struct srv_owner *owner, const struct srv_row *fact,
                             unsigned long *weight)
{
    size_t count = 0;

    *weight = 0;
    for (size_t i = 0; owner && i < owner->count; i++)
        if (owner->rows[i].level == fact->level) {
            count++;
            *weight += owner->rows[i].record->srv.weight;
        }
    return count;
}

/* The share at the right of a row, with a bar when there is room. Returns the columns left. */
static int draw_share(const struct scene *scene, const struct row *row, struct canvas *canvas,
                      struct area line, int from, int end)
{
    const struct srv_row *fact = row->srv;
    unsigned long weight;
    size_t group = priority_group(owner_of(scene, row), fact, &weight);
    char text[WORD_SIZE];
    int columns, room;

    if (group < 2)
        return end;
    if (weight == 0)
        snprintf(text, sizeof text, "%s", tr("any order"));
    else if (fact->record->srv.weight == 0)
        snprintf(text, sizeof text, "%s", tr("rarely"));
    else
        number_share(fact->nominal, text);
    columns = utf8_columns(text);
    if (columns > end - from)
        return end;
    canvas_put(canvas, line, end - columns, 0, ROLE_SRV_SHARE, text);
    if (weight == 0 || fact->record->srv.weight == 0)
        return end - columns - 1;
    room = end - 7 - from - 1;
    room = room > 24 ? 24 : room;
    if (room >= 4)
        canvas_bar(canvas, line, end - 7 - room, 0, room, fact->nominal, -1, ROLE_SRV_BAR);
    return end - 7 - (room >= 4 ? room : 0) - 1;
}

/* Why the target has no address. */
static int draw_lack(struct canvas *canvas, struct area line, int x, int columns,
                     enum outcome outcome)
{
    struct outcome_words words = words_outcome(outcome);
    int used = canvas_put(canvas, line, x, 0, words.role, words.glyph) + 1;

    return used + canvas_put_fit(canvas, line, x + used, 0, columns - used, words.role,
                                 outcome == OUTCOME_NODATA ? tr("no address") : words.word);
}

static int draw_target(const struct scene *scene, const struct row *row, struct canvas *canvas,
                       struct area line, int x, int columns)
{
    const struct srv_row *fact = row->srv;
    struct text text = {0};
    int used;

    if (fact->not_offered)
        return canvas_put_fit(canvas, line, x, 0, columns, ROLE_NODATA,
                              columns < 29 ? tr("not offered here")
                                           : tr("not offered here (target \".\")"));
    words_name_within(row->record->srv.target, scene->page->name, &text);
    used = canvas_put_fit(
        canvas, line, x, 0, columns,
        name_is_within(row->record->srv.target, scene->page->name) ? ROLE_NAME : ROLE_NAME_OUTSIDE,
        text_get(&text));
    text_clear(&text);
    if (fact->host && !fact->host->waiting && !fact->host->address_count && columns - used > 3)
        used += 1 + draw_lack(canvas, line, x + used + 1, columns - used - 1, fact->host->outcome);
    return used;
}

/* Columns of the longest owner, within reason. */
static int label_columns(const struct scene *scene, struct area line)
{
    int columns = scene->page->panes[PANE_SRV].rows.columns;

    return columns < line.width / 3 ? columns : line.width / 3;
}

/* Above priority, weight, port and target. */
static const char *srv_heads(const struct scene *scene, struct area line, int *x)
{
    *x = label_columns(scene, line) + 2;
    return scene->page->facts->srv.record_count ? tr("pr  wt port target") : NULL;
}

static void srv_draw(const struct scene *scene, const struct row *row, struct canvas *canvas,
                     struct area line, bool focused)
{
    const struct rows *rows = &scene->page->panes[PANE_SRV].rows;
    const struct srv_row *fact = row->srv;
    int label = label_columns(scene, line);
    int target = rows->columns_within, x = label + 2, end;
    struct text text = {0};

    if (pane_words(scene, row, canvas, line))
        return;
    if (row->depth) {
        pane_address_line(scene, row, canvas, line, x, focused);
        return;
    }
    end = pane_ttl(scene, row, canvas, line, focused) - 1;
    end = pane_mark_draw(
        canvas, line, end, end - 60,
        pane_mark(scene, TOPIC_SRV, row->target, row->record, (struct mark){ROLE_DIM, "", ""}));
    if (!row->continued) {
        const struct srv_owner *owner = owner_of(scene, row);
        if (owner)
            owner_label(owner, scene->page, &text);
        canvas_put_fit(canvas, line, 0, 0, label, ROLE_NAME, text_get(&text));
    }
    text_clear(&text);
    if (!fact->not_offered) {
        char numbers[WORD_SIZE];
        snprintf(numbers, sizeof numbers, "%2u %3u %4u", row->record->srv.priority,
                 row->record->srv.weight, row->record->srv.port);
        x += canvas_put(canvas, line, x, 0, ROLE_PREFERENCE, numbers) + 1;
        target = target > end - x - 6 && target > 12 ? end - x - 6 : target;
        end = draw_share(scene, row, canvas, line, x + (target < 12 ? target : 12), end);
    }
    draw_target(scene, row, canvas, line, x, end - x);
}

static void srv_summary(const struct scene *scene, struct text *out)
{
    const struct srv_list *srv = &scene->page->facts->srv;

    if (srv->record_count)
        text_format(out, "%zu", srv->record_count);
    else if (srv->waiting)
        text_add(out, tr("waiting"));
    else
        text_add(out, outcome_word(words_srv_outcome(srv)));
    if (srv->record_count && srv->waiting) {
        text_add(out, message_comma());
        text_format(out, tr("%zu waiting"), srv->waiting);
    }
}

static void share_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    const struct srv_row *fact = row->srv;
    unsigned long weight;
    size_t group = priority_group(owner_of(scene, row), fact, &weight);
    char rank[WORD_SIZE], nominal[WORD_SIZE], exact[WORD_SIZE];

    if (fact->level > 1)
        text_format(out, tr("Priority %u is tried %s, after every target before it has failed."),
                    fact->record->srv.priority, words_ordinal(fact->level, rank));
    words_sentence_gap(out);
    if (group < 2)
        text_add(out, fact->level > 1
                          ? tr("It is alone in its priority.")
                          : tr("It is alone in its priority. Every client tries it first."));
    else if (weight == 0)
        text_format(out,
                    tr("All %zu weights at this priority are 0. No load balancing is intended; any "
                       "order is allowed (RFC 2782)."),
                    group);
    else if (fact->record->srv.weight == 0)
        text_add(out, tr("Weight 0 next to larger ones: a very small chance to be tried first "
                         "(RFC 2782)."));
    else
        text_format(out,
                    tr("Weight %u of %lu: nominally %s of the clients try this target first. The "
                       "algorithm gives %s (RFC 2782)."),
                    fact->record->srv.weight, weight, number_share(fact->nominal, nominal),
                    number_share(fact->rfc2782, exact));
}

static void srv_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    const struct srv_row *fact = row->srv;
    const struct srv_owner *owner;

    if (row->sentence) {
        text_add(out, row->sentence);
        return;
    }
    if (row->words) {
        text_add(out, words_reply(row->reply).sentence);
        return;
    }
    if (row->depth) {
        pane_address_meaning(scene, row, out);
        return;
    }
    owner = owner_of(scene, row);
    if (owner && *owner->service)
        text_format(out, tr("%s."), tr(owner->service));
    words_sentence_gap(out);
    if (fact->not_offered)
        text_add(out, tr("Target \".\": this service is explicitly not offered (RFC 2782)."));
    else
        share_meaning(scene, row, out);
}

static int srv_compare(const struct row *a, const struct row *b, unsigned order)
{
    if (!a->record || !b->record)
        return (a->record == NULL) - (b->record == NULL);
    if (order == 1)
        return name_compare(a->record->srv.target, b->record->srv.target);
    return (a->record->srv.port > b->record->srv.port) -
           (a->record->srv.port < b->record->srv.port);
}

const struct pane_kind pane_srv = {
    .title = N_IN_("title", "SRV"),
    .tab = N_IN_("tab", "SRV"),
    .page = "help/panes/srv.txt",
    .orders = orders,
    .rows = srv_rows,
    .draw = srv_draw,
    .summary = srv_summary,
    .meaning = srv_meaning,
    .compare = srv_compare,
    .heads = srv_heads,
};
