#include "app/state/ui.h"

#include "app/state/lecture.h"
#include "app/state/state.h"
#include "app/state/visit.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"
#include "mail/profiles/profiles.h"
#include "sheet/words.h"
#include "view/panes/pane.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void copy_survey(struct arena *arena, struct survey_options *options)
{
    options->owners = arena_dup_list(arena, options->owners, options->owner_count);
    options->names = arena_dup_list(arena, options->names, options->name_count);
    options->selectors = arena_dup_list(arena, options->selectors, options->selector_count);
    options->client = options->client ? arena_dup(arena, options->client) : NULL;
    options->places = arena_dup_list(arena, options->places, options->place_count);
    options->ignored = arena_dup_list(arena, options->ignored, options->ignored_count);
    if (options->spf) {
        struct spf_sender *spf = arena_alloc(arena, 1, sizeof *spf);
        *spf = *options->spf;
        spf->from = spf->from ? arena_dup(arena, spf->from) : NULL;
        spf->helo = spf->helo ? arena_dup(arena, spf->helo) : NULL;
        spf->receiver = spf->receiver ? arena_dup(arena, spf->receiver) : NULL;
        options->spf = spf;
    }
}

static const char *dup_or_empty(struct arena *arena, const char *text)
{
    return arena_dup(arena, text ? text : "");
}

static const struct own_command *copy_commands(struct arena *arena,
                                               const struct own_command *commands, size_t count)
{
    struct own_command *copy = arena_alloc(arena, count, sizeof *copy);

    for (size_t i = 0; i < count; i++)
        copy[i] = (struct own_command){arena_dup(arena, commands[i].name),
                                       arena_dup(arena, commands[i].line)};
    return copy;
}

static void copy_settings(struct ui *ui, const struct ui_settings *settings)
{
    struct ui_settings *own = &ui->settings;

    *own = *settings;
    own->commands = copy_commands(ui->arena, settings->commands, settings->command_count);
    own->resolvers = dup_or_empty(ui->arena, settings->resolvers);
    own->version = dup_or_empty(ui->arena, settings->version);
    own->theme = dup_or_empty(ui->arena, settings->theme);
    own->themes = arena_dup_list(ui->arena, settings->themes, settings->theme_count);
    own->names = arena_dup_list(ui->arena, settings->names, settings->name_count);
    own->source = dup_or_empty(ui->arena, settings->source);
    own->source_kind = dup_or_empty(ui->arena, settings->source_kind);
    own->source_server = dup_or_empty(ui->arena, settings->source_server);
    own->source_file = dup_or_empty(ui->arena, settings->source_file);
    copy_survey(ui->arena, &own->survey);
}

static void init_sender(struct ui *ui, const struct sender *sender)
{
    if (sender)
        sender_copy(&ui->started, sender);
    else
        sender_init(&ui->started, profile_at(0));
    sender_copy(&ui->sender, &ui->started);
}

/* "2 1 3 4 5 6"; anything else than six different numbers is the order of old. */
static void read_places(const char *text, enum pane places[PANE_COUNT])
{
    bool taken[PANE_COUNT] = {false};
    int count = 0;

    for (; text && *text && count < PANE_COUNT; text++) {
        int pane = *text - '1';
        if (*text == ' ')
            continue;
        if (pane < 0 || pane >= PANE_COUNT || taken[pane])
            break;
        taken[pane] = true;
        places[count++] = (enum pane)pane;
    }
    for (int i = 0; count < PANE_COUNT && i < PANE_COUNT; i++)
        places[i] = (enum pane)i;
}

struct ui *ui_new(const struct ui_settings *settings)
{
    struct ui *ui = memory_new(1, sizeof *ui);

    ui->arena = arena_new();
    ui->asking = asking_new();
    if (settings->recorded)
        asking_keep_early(ui->asking);
    copy_settings(ui, settings);
    keymap_init(&ui->keymap);
    init_sender(ui, settings->sender);
    ui->theme = memory_dup(settings->theme ? settings->theme : "");
    ui->source = memory_dup(ui->settings.source);
    ui->lesson = settings->lesson ? memory_dup(settings->lesson) : NULL;
    ui->for_lessons = settings->lesson != NULL;
    ui->settings.lesson = NULL;
    if (settings->marks)
        marks_read(&ui->marks, settings->marks, strlen(settings->marks));
    ui->settings.marks = NULL;
    ui->ask_servers = settings->survey.ask_servers;
    ui->mouse = settings->mouse;
    read_places(settings->panes, ui->places);
    ui->settings.panes = NULL;
    ui->width = 80;
    ui->height = 24;
    ui->editor = EDITOR_NAME;
    ui->editor_due = true;
    ui->scene.raw_ttl = settings->raw_ttl;
    ui->scene.privacy = settings->privacy;
    ui->scene.audience = settings->present;
    return ui;
}

void ui_free(struct ui *ui)
{
    struct effects none = {0};

    if (!ui)
        return;
    windows_close_all(ui, &none);
    effects_free(&none);
    visits_free(ui);
    keymap_clear(&ui->keymap);
    sender_clear(&ui->sender);
    sender_clear(&ui->started);
    text_clear(&ui->line);
    text_clear(&ui->candidate);
    text_clear(&ui->candidates);
    text_clear(&ui->message);
    text_clear(&ui->silent);
    free(ui->search);
    free(ui->theme);
    free(ui->theme_shown);
    arena_free(ui->panel_arena);
    lecture_free(ui->lecture);
    marks_clear(&ui->marks);
    free(ui->lesson);
    free(ui->source);
    arena_free(ui->arena);
    free(ui);
}

/* Other keys for an action: its command name, and keys as "C-d PgDn". False when either is unknown.
 * "" leaves the action without a key. */
static bool bind_keys(struct ui *ui, const char *command, const char *keys)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        const struct action_entry *entry = action_get((enum action)i);
        if (strcmp(*entry->command ? entry->command : entry->label, command) == 0)
            return keymap_bind(&ui->keymap, (enum action)i, keys);
    }
    return false;
}

void ui_bind_keys(struct ui *ui, const struct configuration *config, struct faults *faults)
{
    for (size_t i = 0; i < config->count; i++) {
        const struct configuration_pair *pair = &config->pairs[i];
        if (strncmp(pair->setting, "keys.", 5) == 0 &&
            !bind_keys(ui, pair->setting + 5, pair->value) && pair->line)
            faults_add(faults, config->file ? config->file : "configuration", pair->line,
                       tr("%s = %s: no such command, or no such key"), pair->setting + 5,
                       pair->value);
    }
}

void ui_say(struct ui *ui, enum role role, const char *format, ...)
{
    va_list arguments;
    char text[1024];

    va_start(arguments, format);
    vsnprintf(text, sizeof text, tr(format), arguments);
    va_end(arguments);
    text_cut(&ui->message, 0);
    text_add(&ui->message, text);
    ui->scene.message_role = role;
}

bool ui_number(struct ui *ui, const char *typed, uint64_t least, uint64_t most, uint64_t *number)
{
    struct text why = {0};
    bool good = number_read(typed, least, most, number, &why) == STATUS_OK;

    if (!good)
        ui_say(ui, ROLE_ERROR, "%s: %s", typed, text_get(&why));
    text_clear(&why);
    return good;
}

bool ui_plays(const struct ui *ui)
{
    unsigned context = ui_context(ui);

    return ui->lecture && context != CONTEXT_LINE && context != CONTEXT_HELP &&
           !(window_top(ui) && window_top(ui)->own);
}

enum context ui_context(const struct ui *ui)
{
    if (ui->editor != EDITOR_NONE)
        return CONTEXT_LINE;
    if (ui->window_count)
        return window_top(ui)->kind->context;
    if (!ui->visit_count)
        return CONTEXT_EMPTY;
    return (enum context)(1u << ui->visits[ui->current]->page.focus);
}

enum way_out ui_way_out(const struct ui *ui)
{
    const struct visit *visit = ui->visit_count ? ui->visits[ui->current] : NULL;
    const struct page *page = visit ? &visit->page : NULL;

    if (window_top(ui) && window_top(ui)->bottom && ui->editor == EDITOR_NONE && !ui->search)
        return WAY_QUIT;
    if (ui->editor != EDITOR_NONE || window_top(ui) || ui->search ||
        (page && (page->panes[page->focus].filter || page->zoomed)))
        return WAY_CLOSE;
    if (visit && visit->jumped && page->focus == visit->jumped_to)
        return WAY_JUMP;
    if (ui->current > 0)
        return WAY_NAME;
    return ui->lesson ? WAY_LESSONS : WAY_QUIT;
}

enum editor ui_editor(const struct ui *ui)
{
    return ui->editor;
}

struct visit *ui_visit(struct ui *ui)
{
    struct visit *visit = ui->visit_count ? ui->visits[ui->current] : NULL;

    if (visit)
        visit_refresh(ui, visit);
    return visit;
}

const struct row *ui_row(struct ui *ui)
{
    struct visit *visit = ui_visit(ui);

    return visit ? pane_row(&visit->page, visit->page.focus) : NULL;
}

const char *ui_trouble(const struct ui *ui)
{
    return ui->message.length && ui->scene.message_role == ROLE_ERROR ? text_get(&ui->message)
                                                                      : NULL;
}

const struct lecture *ui_lecture(const struct ui *ui)
{
    return ui->lecture;
}

const struct survey *ui_survey(const struct ui *ui)
{
    return ui->visit_count ? ui->visits[ui->current]->survey : NULL;
}

bool ui_settled(const struct ui *ui)
{
    return !ui->visit_count || survey_complete(ui->visits[ui->current]->survey);
}

bool ui_busy(const struct ui *ui)
{
    for (size_t i = 0; i < ui->window_count; i++)
        if (ui->windows[i]->busy)
            return true;
    return false;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static int64_t until(const struct ui *ui, int64_t at_ms)
{
    return !at_ms ? -1 : at_ms > ui->now_ms ? at_ms - ui->now_ms : 1;
}

/* What is drawn, or goes on by itself; -1: nothing is. */
static int64_t moving_ms(const struct ui *ui)
{
    int64_t wait = ui->lecture ? until(ui, ui->lecture->auto_ms) : -1;

    for (size_t i = 0; i < ui->window_count; i++) {
        const struct window *window = ui->windows[i];
        wait = sooner(wait, window->busy ? window->grow_ms : -1);
        wait = sooner(wait, until(ui, window->auto_ms));
    }
    return wait;
}

int ui_tick_ms(const struct ui *ui)
{
    const struct visit *visit = ui->visit_count ? ui->visits[ui->current] : NULL;
    const struct row *row;
    int64_t left;

    if ((left = moving_ms(ui)) >= 0)
        return (int)left;
    if (!visit)
        return -1;
    if (visit->page.waiting)
        return SPINNER_MS;
    row = visit->stale ? NULL : pane_row(&visit->page, visit->page.focus);
    left = row && row->record && row->reply
               ? (int64_t)row->record->ttl * 1000 - (ui->now_ms - row->reply->received_ms)
               : -1;
    left = left > 0 ? words_ttl_change_ms(left, ui->scene.raw_ttl) : -1;
    if (visit->next_watch_ms && (left < 0 || visit->next_watch_ms - ui->now_ms < left))
        left = visit->next_watch_ms > ui->now_ms ? visit->next_watch_ms - ui->now_ms : 1;
    return left > 3600000 ? 3600000 : (int)left;
}
