#include "view/panes/pane.h"

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "policy/findings/findings.h"
#include "sheet/finding_look.h"
#include "sheet/words.h"

#include <stdio.h>
#include <string.h>

static const char *const orders[] = {N_("severity"), N_("test"), N_("subject"), NULL};

static struct finding_look look_of(enum severity severity)
{
    return finding_look(severity, severity == SEVERITY_NOTICE
                                      ? (struct finding_look){"i", ROLE_NOTICE}
                                      : (struct finding_look){"✓", ROLE_OK});
}

/* What was found, what helps, and the reference. */
static const char *sentence_of(const struct finding *finding, struct arena *arena)
{
    struct text text = {0};
    const char *sentence;

    text_add(&text, finding->text);
    if (*finding->fix) {
        words_sentence_gap(&text);
        text_add(&text, finding->fix);
    }
    text_format(&text, " (%s)", finding->reference);
    sentence = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return sentence;
}

static void findings_rows(const struct scene *scene, const struct page *page, struct arena *arena,
                          struct rows *rows)
{
    const struct findings *findings = page->facts->findings;

    (void)scene;
    for (size_t i = 0; findings && i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];
        struct row *row;

        if (!finding_is_listed(finding))
            continue;
        row = rows_add(rows, arena);
        row->name = finding->subject;
        row->words = finding->id;
        row->line = finding->record;
        row->kind = ROW_FINDING, row->finding = finding;
        row->state = arena_format(arena, "%s %s %s", look_of(finding->severity).glyph,
                                  severity_word(finding->severity), finding->id);
        row->state_role = look_of(finding->severity).role;
        row->server = finding->server;
        row->sentence = sentence_of(finding, arena);
        row->value = arena_format(arena, "%s: %s", finding->id, row->sentence);
        if ((int)strlen(finding->id) > rows->columns)
            rows->columns = (int)strlen(finding->id);
    }
    if (!findings || !findings->count) {
        struct row *row = rows_add(rows, arena);
        row->words = !findings            ? tr("checked for domains only")
                     : findings->complete ? tr("no findings")
                                          : tr("waiting for answers");
        row->waiting = findings && !findings->complete;
    }
}

/* The sentence gets the room: where it is not shown whole, the id has a quarter of the line. */
static int id_columns(int columns, int width, const char *sentence)
{
    int missing = utf8_columns(sentence) + columns + 4 - width;

    if (missing <= 0 || columns <= width / 4)
        return columns;
    return columns - missing > width / 4 ? columns - missing : width / 4;
}

static void findings_draw(const struct scene *scene, const struct row *row, struct canvas *canvas,
                          struct area line, bool focused)
{
    const struct finding *finding = row->finding;
    int columns = scene->page->panes[PANE_FINDINGS].rows.columns;
    struct finding_look look;
    char more[32];

    (void)focused;
    if (row->kind != ROW_FINDING) {
        pane_words(scene, row, canvas, line);
        return;
    }
    look = look_of(finding->severity);
    if (finding->more)
        snprintf(more, sizeof more, tr("and %zu more"), finding->more);
    columns = id_columns(columns, line.width, finding->more ? more : finding->text);
    canvas_put(canvas, line, 0, 0, look.role, look.glyph);
    canvas_put_fit(canvas, line, 2, 0, columns, look.role, finding->id);
    canvas_put_fit(canvas, line, columns + 4, 0, line.width - columns - 4, ROLE_TEXT,
                   finding->more ? more : finding->text);
}

/* "2 warnings" */
static void severity_count(enum severity severity, size_t count, struct text *out)
{
    if (severity == SEVERITY_ERROR)
        text_format(out, tr_plural("%zu error", "%zu errors", count), count);
    else if (severity == SEVERITY_WARNING)
        text_format(out, tr_plural("%zu warning", "%zu warnings", count), count);
    else if (severity == SEVERITY_NOTICE)
        text_format(out, tr_plural("%zu notice", "%zu notices", count), count);
    else
        text_format(out, tr("%zu unknown"), count);
}

static void findings_summary(const struct scene *scene, struct text *out)
{
    const struct findings *findings = scene->page->facts->findings;
    size_t start = out->length;

    for (int i = 0; findings && i < SEVERITY_OK; i++) {
        size_t count = findings->by_severity[i];
        if (!count)
            continue;
        text_add(out, out->length > start ? message_comma() : "");
        severity_count((enum severity)i, count, out);
    }
    if (out->length == start)
        text_add(out, !findings || findings->complete ? tr("none") : tr("waiting"));
}

static void findings_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    (void)scene;
    if (row->sentence)
        text_add(out, row->sentence);
}

static int findings_compare(const struct row *a, const struct row *b, unsigned order)
{
    if (a->kind != ROW_FINDING || b->kind != ROW_FINDING)
        return 0;
    return order == 1 ? strcmp(a->words, b->words) : strcmp(a->name, b->name);
}

const struct pane_kind pane_findings = {
    .title = N_IN_("title", "Findings"),
    .tab = N_IN_("tab", "Find"),
    .page = "help/panes/findings.txt",
    .orders = orders,
    .rows = findings_rows,
    .draw = findings_draw,
    .summary = findings_summary,
    .meaning = findings_meaning,
    .compare = findings_compare,
};
