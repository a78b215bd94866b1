/* The lessons: the list, and the narration of the one that is open: app/actions/perform.h. */
#include "app/actions/command.h"
#include "app/actions/perform.h"
#include "app/settings/lesson.h"
#include "app/settings/resource.h"
#include "app/settings/views.h"
#include "app/state/list.h"
#include "app/state/sender_options.h"
#include "app/state/simulated.h"
#include "app/state/visit.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "mail/profiles/profiles.h"
#include "sheet/page_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *page_path(struct arena *arena, const char *id)
{
    return arena_format(arena, "help/lessons/%s.txt", id);
}

/* ---- narration ---- */

static void add_tries(struct sheet *sheet, const struct lesson *lesson)
{
    sheet_heading(sheet, "Press Enter to run this", NULL);
    for (size_t i = 0; i < lesson->try_count; i++) {
        sheet_line(sheet);
        sheet_select(sheet, (int)i, NULL);
        sheet_wrap(sheet, 2, ROLE_PREFERENCE, lesson->tries[i]);
    }
}

static void build_narration(struct ui *ui, struct window *window)
{
    struct lessons lessons;
    const struct lesson *lesson;
    const struct resource *page;
    struct sheet *sheet;

    lessons_load(&lessons);
    lesson = lessons_find(&lessons, ui->lesson ? ui->lesson : "");
    page = lesson ? resource_find(page_path(window->arena, lesson->id)) : NULL;
    sheet = list_sheet(
        ui, window,
        lesson ? arena_format(window->arena, tr("Lesson %ld  %s"), lesson->number, lesson->title)
               : "Lesson",
        "i reopens this page");
    if (sheet->width > PAGE_COLUMNS)
        sheet->width = PAGE_COLUMNS;
    if (page)
        page_draw(sheet, page->bytes + strcspn(page->bytes, "\n"),
                  page->length - strcspn(page->bytes, "\n"), NULL, NULL);
    if (lesson && lesson->try_count)
        add_tries(sheet, lesson);
    lessons_clear(&lessons);
}

static void reset_sender(struct ui *ui)
{
    sender_clear(&ui->sender);
    sender_copy(&ui->sender, &ui->started);
}

enum { WORDS_MOST = 64 };

/* The options of the line, as the shell would hand them over. */
static bool read_try(struct ui *ui, const char *line, struct arena *arena, struct options *options)
{
    char program[] = "mxtrail", *words[WORDS_MOST + 1] = {program}, *rest = NULL;
    char *copy = arena_dup(arena, line);
    struct text why = {0};
    int count = 1;
    bool good;

    for (char *word = strtok_r(copy, " ", &rest); word && count < WORDS_MOST;
         word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    good = options_parse(count, words, arena, options, &why) == STATUS_OK;
    if (!good)
        ui_say(ui, ROLE_ERROR, "%s", text_get(&why));
    text_clear(&why);
    return good;
}

static bool take_sender(struct ui *ui, const struct options *options)
{
    struct sender sender;
    struct text why = {0};
    bool good = sender_options_read(options, ui->started.seed, ui_visit(ui)->page.name, &sender,
                                    &why) == STATUS_OK;

    if (good) {
        sender_clear(&ui->sender);
        ui->sender = sender;
        simulated_changed(ui);
    } else {
        ui_say(ui, ROLE_ERROR, "%s", text_get(&why));
    }
    text_clear(&why);
    return good;
}

static void take_spf(struct ui *ui, const struct options *options)
{
    struct spf_sender sender = {
        .from = options->spf_from, .helo = options->spf_helo, .now = ui->settings.survey.now};

    if (options->spf_ip && address_parse(options->spf_ip, &sender.ip))
        survey_set_spf(ui_visit(ui)->survey, &sender);
}

/* What "mxtrail --demo=LESSON LINE" shows. */
static void try_line(struct ui *ui, const char *line, struct effects *effects)
{
    struct arena *arena = arena_new();
    struct options options;
    struct strings commands;

    if (read_try(ui, line, arena, &options) && take_sender(ui, &options)) {
        take_spf(ui, &options);
        views_asked(&options, arena, &commands);
        for (size_t i = 0; i < commands.count; i++)
            command_run(ui, commands.list[i], effects);
    }
    arena_free(arena);
}

static void choose_try(struct ui *ui, struct window *window, const struct sheet_line *line,
                       struct effects *effects)
{
    struct lessons lessons;
    const struct lesson *lesson;

    (void)window;
    lessons_load(&lessons);
    lesson = lessons_find(&lessons, ui->lesson ? ui->lesson : "");
    if (lesson && line->number >= 0 && (size_t)line->number < lesson->try_count)
        try_line(ui, lesson->tries[line->number], effects);
    lessons_clear(&lessons);
}

static const struct window_kind window_narration = {
    .context = CONTEXT_LIST,
    .place = OVERLAY_BESIDE,
    .reads = true,
    .help = "help/lessons.txt",
    .build = build_narration,
    .choose = choose_try,
};

/* ---- opening one ---- */

static void leave_source(struct ui *ui, const char *id, const char *label, enum server_reach reach,
                         struct effects *effects)
{
    visits_forget(ui, effects);
    windows_close_all(ui, effects);
    free(ui->lesson);
    ui->lesson = *id ? memory_dup(id) : NULL;
    free(ui->source);
    ui->source = memory_dup(label);
    ui->ask_servers = reach;
    effects_add_text(effects, EFFECT_LESSON, id, false);
}

static void open_lesson(struct ui *ui, const struct lesson *lesson, struct effects *effects)
{
    char label[256], *why;

    snprintf(label, sizeof label, "lesson %s", lesson->id);
    leave_source(ui, lesson->id, label, lesson->server_count ? REACH_ALL : REACH_NONE, effects);
    reset_sender(ui);
    if (visit_open(ui, lesson->name, effects, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        free(why);
        return;
    }
    window_open(ui, &window_narration, NULL, effects);
}

void show_narration(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    if (ui->lesson)
        window_open(ui, &window_narration, NULL, effects);
    else
        choose_lesson(ui, NULL, effects);
}

/* ---- the list ---- */

static void build_list(struct ui *ui, struct window *window)
{
    struct sheet *sheet;
    struct lessons lessons;

    lessons_load(&lessons);
    sheet = list_sheet(ui, window, "Lessons, no network needed",
                       arena_format(window->arena, "%zu", lessons.count));
    for (size_t i = 0; i < lessons.count; i++) {
        const struct lesson *lesson = &lessons.list[i];
        sheet_line(sheet);
        sheet_format(sheet, ROLE_PREFERENCE, "%3ld  ", lesson->number);
        sheet_add(sheet, ROLE_TEXT, lesson->title);
        sheet_right(sheet, ROLE_DIM, lesson->id);
        sheet_select(sheet, (int)i, lesson->id);
    }
    if (ui->lesson) {
        sheet_line(sheet);
        sheet_format(sheet, ROLE_TEXT, "     %s",
                     arena_format(sheet->arena, tr("Leave the lessons: %s"), ui->settings.source));
        sheet_select(sheet, -1, "");
    }
    lessons_clear(&lessons);
}

static void choose(struct ui *ui, struct window *window, const struct sheet_line *line,
                   struct effects *effects)
{
    char *id = memory_dup(line->key ? line->key : "");

    (void)window;
    choose_lesson(ui, *id ? id : "off", effects);
    free(id);
}

static const struct window_kind window_lessons = {
    .context = CONTEXT_LIST,
    .place = OVERLAY_WHOLE,
    .help = "help/lessons.txt",
    .build = build_list,
    .choose = choose,
};

void choose_lesson(struct ui *ui, const char *argument, struct effects *effects)
{
    struct lessons lessons;
    const struct lesson *lesson;

    if (!argument || !*argument) {
        struct window *window = window_open(ui, &window_lessons, NULL, effects);
        if (ui->lesson)
            list_place(ui, window, ui->lesson);
        return;
    }
    if (strcmp(argument, "off") == 0) {
        leave_source(ui, "", ui->settings.source, ui->settings.survey.ask_servers, effects);
        browse_open(ui, NULL, effects);
        return;
    }
    lessons_load(&lessons);
    lesson = lessons_find(&lessons, argument);
    if (lesson)
        open_lesson(ui, lesson, effects);
    else
        ui_say(ui, ROLE_ERROR, "no such lesson: %s", argument);
    lessons_clear(&lessons);
}
