/* The help: pages for where one is, the table of keys, links between pages. */
#include "app/actions/perform.h"

#include "app/settings/resource.h"
#include "app/state/editor.h"
#include "base/array.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"
#include "sheet/page_sheet.h"
#include "sheet/policy/policy_lines.h"
#include "sheet/words.h"
#include "view/panes/pane.h"
#include "view/screen/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 128 };

struct visited {
    char *path;           /* owned; of the list of pages with a text: that, behind "find:" */
    struct cursor cursor; /* where one was when one left it */
};

struct help_state {
    struct visited *pages; /* in the order they were gone to */
    size_t count, capacity;
    size_t at; /* the one shown; those behind it can be gone forward to */
    const struct resource
        *record;      /* of the type of the row one was on, shown below the first page */
    unsigned context; /* where one was when the help was opened; 0: its keys are not wanted */
};

static const char finding[] = "find:"; /* in front of what is looked for in all pages */

static const char *const folders[] = {"",          "panes/",    "records/",
                                      "findings/", "profiles/", "lessons/"};

/* Finds "mx-cname" in help/ and its folders. */
static const struct resource *find_page(const char *word, char path[PATH_SIZE])
{
    if (!*word || strlen(word) > PATH_SIZE / 2 || strchr(word, '/') || *word == '.')
        return NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const struct resource *page;
        snprintf(path, PATH_SIZE, "help/%s%s.txt", folders[i], word);
        if ((page = resource_find(path)))
            return page;
    }
    return NULL;
}

static bool is_page(const char *word)
{
    char path[PATH_SIZE];

    return find_page(word, path) != NULL;
}

static void add_keys(struct ui *ui, struct sheet *sheet, unsigned context)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        const struct action_entry *entry = action_get((enum action)i);
        struct text keys = {0};
        keymap_keys(&ui->keymap, (enum action)i, &keys);
        if (keys.length && entry->contexts & context) {
            sheet_line(sheet);
            sheet_add(sheet, ROLE_KEY, text_get(&keys));
            sheet_tab(sheet, 16);
            sheet_wrap(sheet, 16, ROLE_TEXT, action_help((enum action)i));
        }
        text_clear(&keys);
    }
}

static void add_own_commands(struct ui *ui, struct sheet *sheet)
{
    for (size_t i = 0; i < ui->settings.command_count; i++) {
        sheet_line(sheet);
        sheet_format(sheet, ROLE_KEY, ":run %s", ui->settings.commands[i].name);
        sheet_tab(sheet, 34);
        sheet_wrap(sheet, 34, ROLE_TEXT, ui->settings.commands[i].line);
    }
}

static void add_commands(struct sheet *sheet)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        const struct action_entry *entry = action_get((enum action)i);
        if (!*entry->command)
            continue;
        sheet_line(sheet);
        sheet_format(sheet, ROLE_KEY, ":%s", entry->command);
        sheet_format(sheet, ROLE_NAME, " %s", entry->argument);
        sheet_tab(sheet, 34);
        sheet_wrap(sheet, 34, ROLE_TEXT, action_help((enum action)i));
    }
}

static void add_page(struct sheet *sheet, const struct resource *page)
{
    size_t title = strcspn(page->bytes, "\n");

    if (page->untranslated) {
        sheet_line(sheet);
        sheet_add(sheet, ROLE_DIM, tr("This page has not been translated yet."));
    }
    page_draw(sheet, page->bytes + title, page->length - title, is_page);
}

/* The first line of the page that has the text in it; NULL for none. In the arena. */
static const char *line_with(const struct resource *page, const char *text, struct arena *arena)
{
    const char *line = page->bytes, *end = page->bytes + page->length;

    while (line < end) {
        size_t length = strcspn(line, "\n");
        char *copy = arena_dup_bytes(arena, line, length);
        if (words_find(copy, text))
            return copy + strspn(copy, " #");
        line += length + 1;
    }
    return NULL;
}

/* The word a page is found by: "mx-cname" of help/findings/mx-cname.txt. */
static char *page_word(const struct resource *page, struct arena *arena)
{
    const char *base = file_name(page->path);

    return arena_dup_bytes(arena, base, strlen(base) - strlen(".txt"));
}

static void add_found(struct sheet *sheet, const struct resource *page, const char *line)
{
    char *word = page_word(page, sheet->arena);

    sheet_line(sheet);
    sheet_add(sheet, ROLE_KEY, word);
    sheet_tab(sheet, 22);
    sheet_add(sheet, ROLE_TEXT, page_title(sheet->arena, page->bytes));
    sheet_select(sheet, -1, word);
    sheet_line(sheet);
    sheet_wrap(sheet, 4, ROLE_DIM, line);
}

/* Every page with that text; returns how many. The sheet may be NULL. */
static size_t list_found(struct sheet *sheet, const char *text)
{
    size_t count, found = 0;
    const char **paths = resource_list("help/", ".txt", &count);
    struct arena *arena = arena_new();

    for (size_t i = 0; i < count; i++) {
        const struct resource *page = resource_find(paths[i]);
        const char *line = page ? line_with(page, text, arena) : NULL;
        char path[PATH_SIZE];
        if (!line || find_page(page_word(page, arena), path) != page)
            continue;
        found++;
        if (sheet)
            add_found(sheet, page, line);
    }
    arena_free(arena);
    free(paths);
    return found;
}

/* Where one was: its keys first, and the record under the cursor last. */
static void add_where(struct ui *ui, struct sheet *sheet, const struct help_state *state,
                      const struct resource *page)
{
    if (state->context & CONTEXT_LESSON && state->at == 0) {
        sheet_heading(sheet, "Keys of the lesson, before all others", NULL);
        add_keys(ui, sheet, CONTEXT_LESSON);
    }
    if (state->context && state->at == 0) {
        sheet_heading(sheet, "Keys in the view you came from", NULL);
        add_keys(ui, sheet, state->context & ~(unsigned)CONTEXT_LESSON);
        if (page)
            sheet_heading(sheet, page_title(sheet->arena, page->bytes), NULL);
    }
    if (page)
        add_page(sheet, page);
    else
        sheet_heading(sheet, "There is no page of that name.", NULL);
    if (state->record && state->at == 0) {
        sheet_heading(sheet, page_title(sheet->arena, state->record->bytes), NULL);
        add_page(sheet, state->record);
    }
}

static void build(struct ui *ui, struct window *window)
{
    struct help_state *state = window->state;
    const char *path = state->pages[state->at].path;
    struct overlay_side *side = &window->view.sides[0];
    const struct resource *page;
    struct layout layout;

    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    side->sheet = sheet_new(window->arena, overlay_columns(&window->view, &layout, 0));
    if (side->sheet->width > PAGE_COLUMNS)
        side->sheet->width = PAGE_COLUMNS;
    if (strncmp(path, finding, strlen(finding)) == 0) {
        side->title =
            arena_format(window->arena, tr("Pages that contain \"%s\""), path + strlen(finding));
        side->right =
            arena_format(window->arena, "%zu", list_found(side->sheet, path + strlen(finding)));
        return;
    }
    page = resource_find(path);
    side->title = page ? page_title(window->arena, page->bytes) : "Help";
    side->right = arena_format(window->arena, "%s", path + strlen("help/"));
    add_where(ui, side->sheet, state, page);
    if (strcmp(path, "help/keys.txt") == 0) {
        sheet_heading(side->sheet, "All commands, after :", NULL);
        add_commands(side->sheet);
        add_own_commands(ui, side->sheet);
    }
}

static void push(struct help_state *state, const char *path)
{
    struct visited page = {.path = memory_dup(path)};

    while (state->count > state->at + 1)
        free(state->pages[--state->count].path);
    state->at = state->count;
    ARRAY_PUSH(state->pages, state->count, state->capacity, page);
}

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    struct help_state *state = window->state;

    (void)ui;
    (void)effects;
    while (state->count)
        free(state->pages[--state->count].path);
    free(state->pages);
}

static void go_on(struct window *window, const char *path)
{
    struct help_state *state = window->state;

    state->pages[state->at].cursor = window->view.sides[0].cursor;
    push(state, path);
    window->view.sides[0].cursor = (struct cursor){0, 0};
    window->view.sides[0].sheet = NULL;
    window->stale = true;
}

static void choose(struct ui *ui, struct window *window, const struct sheet_line *line,
                   struct effects *effects)
{
    char path[PATH_SIZE];

    (void)ui;
    (void)effects;
    if (line->key && find_page(line->key, path))
        go_on(window, path);
}

static bool step_to(struct window *window, int step)
{
    struct help_state *state = window->state;

    if (step < 0 ? state->at == 0 : state->at + 1 == state->count)
        return false;
    state->pages[state->at].cursor = window->view.sides[0].cursor;
    state->at += (size_t)step;
    window->view.sides[0].cursor = state->pages[state->at].cursor;
    window->view.sides[0].sheet = NULL;
    window->stale = true;
    return true;
}

static bool find_in_pages(struct window *window, const char *text)
{
    const struct help_state *state = window->state;
    struct text list = {0};
    bool listed = strncmp(state->pages[state->at].path, finding, strlen(finding)) != 0 &&
                  list_found(NULL, text);

    if (listed) {
        text_format(&list, "%s%s", finding, text);
        go_on(window, text_get(&list));
    }
    text_clear(&list);
    return listed;
}

static const struct window_kind window_help = {
    .id = "help",
    .context = CONTEXT_HELP,
    .place = OVERLAY_WHOLE,
    .reads = true,
    .help = "help/start.txt",
    .build = build,
    .close = close,
    .choose = choose,
    .step = step_to,
    .find = find_in_pages,
};

/* The pages on what the mail policy says, by the label of the line. */
static const struct {
    const char *label, *page;
} mail_pages[] = {
    {"SPF", "help/spf.txt"},
    {"DMARC", "help/records/dmarc.txt"},
    {"DKIM", "help/records/dkim.txt"},
    {"MTA-STS", "help/records/mta-sts.txt"},
    {"TLS-RPT", "help/records/tls-rpt.txt"},
    {"BIMI", "help/records/bimi.txt"},
    {"DANE", "help/records/tlsa.txt"},
    {"DNSSEC", "help/records/dnssec.txt"},
    {"PTR", "help/records/ptr.txt"},
    {"Servers", "help/authority.txt"},
    {"Wildcard", "help/findings/mx-wildcard.txt"},
    {"Names", "help/lessons/service-names.txt"},
    {"RFC 2219", "help/lessons/service-names.txt"},
    {"Also", "help/lessons/every-name.txt"},
    {"SOA", "help/records/soa.txt"},
    {"TXT", "help/records/txt.txt"},
    {"CAA", "help/records/caa.txt"},
    {"CNAME", "help/records/cname.txt"},
};

/* The page on the line the row is, or is under; NULL when there is none. */
static const char *mail_page(const struct rows *rows, size_t at)
{
    const struct policy_line *line;

    while (at > 0 && at < rows->count && rows->rows[at].depth > 0)
        at--;
    if (at >= rows->count || rows->rows[at].kind != ROW_POLICY)
        return NULL;
    line = rows->rows[at].policy;
    for (size_t i = 0; i < sizeof mail_pages / sizeof *mail_pages; i++)
        if (strcmp(line->label, mail_pages[i].label) == 0)
            return mail_pages[i].page;
    return NULL;
}

/* The page for the row under the cursor. */
static const char *row_page(struct ui *ui, char path[PATH_SIZE])
{
    const struct row *row = ui_row(ui);
    enum pane pane = ui_visit(ui)->page.focus;
    const struct pane_state *state = &ui_visit(ui)->page.panes[pane];
    const char *page;

    if (row && row->kind == ROW_FINDING && find_page(row->words, path))
        return path;
    if (row && row->words && !row->record && pane < PANE_MAIL)
        return "help/states.txt";
    if (pane == PANE_MAIL && row && (page = mail_page(&state->rows, state->cursor.selected)))
        return page;
    page = pane_kind(pane)->page;
    return page && resource_find(page) ? page : "help/start.txt";
}

/* The page on the type of record that the row under the cursor shows; NULL when there is none. */
static const struct resource *record_page(struct ui *ui)
{
    const struct row *row = ui_visit(ui) ? ui_row(ui) : NULL;
    char type[TYPE_TEXT], path[PATH_SIZE];
    uint16_t number = !row ? 0 : row->record ? row->record->type : 0;

    if (row && !row->record && row->reply)
        number = row->reply->question.type;
    if (!number || window_top(ui) || ui->editor != EDITOR_NONE)
        return NULL;
    type_text(number, type);
    for (char *c = type; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    snprintf(path, sizeof path, "help/records/%s.txt", type);
    return resource_find(path);
}

static const char *context_page(struct ui *ui, char path[PATH_SIZE])
{
    struct window *window = window_top(ui);

    if (ui->editor == EDITOR_COMMAND)
        return "help/keys.txt";
    if (ui->editor == EDITOR_NAME || (!window && !ui->visit_count))
        return "help/start.txt";
    if (window)
        return window->kind->help;
    return row_page(ui, path);
}

static void open_page(struct ui *ui, const char *path, const struct resource *record,
                      unsigned context, struct effects *effects)
{
    struct help_state *state = memory_new(1, sizeof *state);

    state->record = record && strcmp(record->path, path) != 0 ? record : NULL;
    editor_close(ui, effects);
    state->context = context;
    push(state, path);
    window_open(ui, &window_help, state, effects);
}

/* The page of that name, else the list of those that speak of it. */
static void open_word(struct ui *ui, const char *word, struct effects *effects)
{
    struct text list = {0};
    char path[PATH_SIZE];

    if (find_page(word, path)) {
        open_page(ui, path, NULL, 0, effects);
    } else if (list_found(NULL, word)) {
        text_format(&list, "%s%s", finding, word);
        open_page(ui, text_get(&list), NULL, 0, effects);
    } else {
        ui_say(ui, ROLE_ERROR, "there is no page about %s", word);
    }
    text_clear(&list);
}

void show_help(struct ui *ui, const char *argument, struct effects *effects)
{
    char path[PATH_SIZE];
    unsigned context = ui_context(ui) | (ui_plays(ui) ? (unsigned)CONTEXT_LESSON : 0);

    if (argument && *argument) {
        open_word(ui, argument, effects);
        return;
    }
    open_page(ui, context_page(ui, path), record_page(ui), context, effects);
}
