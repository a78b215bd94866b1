#include "sheet/policy/policy_lines.h"
#include "view/panes/pane.h"

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "sheet/words.h"

#include <string.h>

enum { LABEL_COLUMNS = 8, STATE_COLUMNS = 10 };

static void add_row(const struct page *page, const struct policy_line *line, struct arena *arena,
                    struct rows *rows)
{
    struct row *row = rows_add(rows, arena);

    row->depth = line->depth;
    row->kind = ROW_POLICY, row->policy = line;
    row->words = row->key = line->key;
    row->waiting = line->waiting;
    row->foldable = line->foldable;
    row->unfolded = line->foldable && page_unfolded(page, PANE_MAIL, line->key);
    row->sentence = line->sentence;
    row->reply = line->reply;
    row->record = line->record;
    row->target = line->target;
    row->line = line->line;
}

static const char *word_of(const struct policy_lines *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->lines[i].key, key) == 0)
            return list->lines[i].brief ? list->lines[i].brief : list->lines[i].state;
    return "";
}

/* Lines under one that is folded have no rows. */
static void mail_rows(const struct scene *scene, const struct page *page, struct arena *arena,
                      struct rows *rows)
{
    struct policy_lines *list = policy_lines_build(page->facts, true, arena);
    unsigned shown = 0; /* depth down to which there are rows */

    (void)scene;
    rows->columns = policy_lines_label_columns(list);
    if (page->facts->key)
        rows->title = arena_format(arena, "DKIM %s", word_of(list, page->facts->key->keys[0].name));
    else if (page->facts->setup)
        rows->title = arena_format(arena, "SPF %s%sDMARC %s", word_of(list, "SPF"), message_comma(),
                                   word_of(list, "DMARC"));
    if (list->count)
        policy_lines_records(list);
    else
        policy_lines_requested(list);
    if (!list->count)
        rows_add(rows, arena)->words = tr("checked for domains only");
    for (size_t i = 0; i < list->count; i++) {
        const struct policy_line *line = &list->lines[i];
        if (line->depth > shown)
            continue;
        add_row(page, line, arena, rows);
        shown = line->depth;
        if (!line->foldable || page_unfolded(page, PANE_MAIL, line->key))
            shown++;
    }
}

/* Of the labels: those of English at least, a third of the pane at most. */
static int label_columns(const struct scene *scene, struct area area)
{
    int columns = scene->page->panes[PANE_MAIL].rows.columns, most = area.width / 3;

    columns = columns > most ? most : columns;
    return columns < LABEL_COLUMNS ? LABEL_COLUMNS : columns;
}

static void mail_draw(const struct scene *scene, const struct row *row, struct canvas *canvas,
                      struct area area, bool focused)
{
    const struct policy_line *line = row->policy;
    const char *right;
    int x = 0, end = area.width, label = label_columns(scene, area);

    (void)focused;
    if (row->kind != ROW_POLICY) {
        canvas_put_fit(canvas, area, 0, 0, area.width, ROLE_DIM, row->words);
        return;
    }
    right = line->right;
    if (line->right_folded && !row->unfolded)
        right = line->right_folded;
    if (*right) {
        end -= utf8_columns(right);
        canvas_put(canvas, area, end--, 0, line->beyond ? ROLE_ERROR : ROLE_DIM, right);
    }
    canvas_put_fit(canvas, area, 0, 0, end < label ? end : label, ROLE_PREFERENCE,
                   *line->label ? tr(line->label) : "");
    x = label + 1 + (int)(row->depth > 1 ? (row->depth - 1) * 2 : 0);
    if (x > end / 2)
        x = end / 2;
    canvas_put(canvas, area, x, 0, line->role,
               line->waiting ? words_spinner(scene->now_ms) : line->glyph);
    x += 2;
    x += canvas_put_fit(canvas, area, x, 0, end - x, line->role, line->state);
    if (row->depth == 0 && x < label + 3 + STATE_COLUMNS && end > 40)
        x = label + 3 + STATE_COLUMNS;
    x += *line->state || row->depth == 0 ? 2 : 0;
    if (row->foldable && end - x > 4)
        x += canvas_put(canvas, area, x, 0, ROLE_SCROLL, row->unfolded ? "▾" : "▸") + 1;
    if (end - x > 1)
        canvas_put_fit(canvas, area, x, 0, end - x, ROLE_TEXT, line->text);
}

static void mail_summary(const struct scene *scene, struct text *out)
{
    const struct setup *setup = scene->page->facts->setup;
    const struct rows *rows = &scene->page->panes[PANE_MAIL].rows;
    size_t waiting = 0;

    for (size_t i = 0; i < rows->count; i++)
        waiting += rows->rows[i].waiting && rows->rows[i].depth == 0;
    if (waiting && setup)
        text_format(out, tr("%zu waiting"), waiting);
    else if (rows->title)
        text_add(out, rows->title);
    else
        text_add(out, tr("none"));
}

static void mail_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    (void)scene;
    if (row->sentence)
        text_add(out, row->sentence);
    else if (row->kind == ROW_POLICY)
        text_add(out, words_reply(row->reply).sentence);
}

const struct pane_kind pane_mail = {
    .title = N_IN_("title", "Mail policy"),
    .tab = N_IN_("tab", "Mail"),
    .page = "help/panes/mail.txt",
    .rows = mail_rows,
    .draw = mail_draw,
    .summary = mail_summary,
    .meaning = mail_meaning,
};
