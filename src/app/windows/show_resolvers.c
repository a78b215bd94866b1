/* What several resolvers answer, and which one is asked: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/editor.h"
#include "app/state/list.h"
#include "app/state/visit.h"

#include "base/memory.h"
#include "base/message.h"
#include "sheet/resolvers_sheet.h"
#include "survey/asking/inquiry.h"

#include <stdlib.h>
#include <string.h>

static void build_resolvers(struct ui *ui, struct window *window)
{
    const struct visit *visit = ui_visit(ui);
    const struct resolvers *resolvers = visit->page.facts->resolvers;
    struct sheet *sheet = list_sheet(ui, window, "Resolvers side by side",
                                     visit->watched ? "w stops watching" : "w watches");

    if (resolvers)
        resolvers_draw(sheet, resolvers, visit->page.name);
    else
        sheet_pair(sheet, "", 0, ROLE_DIM, tr(":resolvers ADDRESS[,ADDRESS...] compares them."));
}

static const struct window_kind window_resolvers = {
    .id = "resolvers",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/resolvers.txt",
    .build = build_resolvers,
    .every_reply = true,
};

void show_resolvers(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    const char *wrong = "", *why = "";
    const struct compared_resolver *list = NULL;
    size_t count = 0;
    struct arena *arena;

    if (!visit)
        return;
    arena = arena_new();
    if (argument && *argument && inquiry_resolvers(argument, arena, &list, &count, &wrong, &why)) {
        ui_say(ui, ROLE_ERROR, "%s: %s", wrong, tr(why));
    } else if (!visit->page.facts->resolvers && !visit_reaches(ui, &why)) {
        ui_say(ui, ROLE_NOTICE, "%s", why);
    } else if (!count && !visit->page.facts->resolvers) {
        editor_open(ui, EDITOR_COMMAND, "resolvers ", false, effects);
    } else {
        if (count)
            survey_set_resolvers(visit->survey, list, count);
        visit->stale = true;
        window_open(ui, &window_resolvers, NULL, effects);
    }
    arena_free(arena);
}

/* ---- which one is asked from now on ---- */

static void say_resolver(struct ui *ui)
{
    struct text name = {0};

    if (ui->has_resolver)
        vantage_spec_print(&ui->resolver, &name);
    ui_say(ui, ROLE_NOTICE, tr("queries go to %s"),
           ui->has_resolver ? text_get(&name) : ui->settings.source);
    text_clear(&name);
}

/* The page shown is opened again: its answers are of somebody else. */
static void open_again(struct ui *ui, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    char *typed = visit ? memory_dup(survey_subject(visit->survey)->input) : NULL, *why = NULL;

    if (typed && visit_open(ui, typed, effects, &why))
        ui_say(ui, ROLE_ERROR, "%s", why);
    free(why);
    free(typed);
}

void choose_resolver(struct ui *ui, const char *argument, struct effects *effects)
{
    struct vantage_spec spec = {0};
    struct text text = {0};
    const char *why = NULL;

    if (!argument || !*argument) {
        editor_open(ui, EDITOR_COMMAND, "resolver ", false, effects);
        return;
    }
    text_format(&text, "%s%s", *argument == '@' ? "" : "@", argument);
    if (ui->lesson)
        ui_say(ui, ROLE_NOTICE, "%s", tr("a lesson queries no resolver"));
    else if (!visit_reaches(ui, &why))
        ui_say(ui, ROLE_NOTICE, "%s", why);
    else if (strcmp(argument, "system") != 0 && vantage_spec_parse(text_get(&text), &spec, &why))
        ui_say(ui, ROLE_ERROR, "%s: %s", argument, tr(why));
    else {
        ui->has_resolver = spec.text[0] != '\0';
        ui->resolver = spec;
        windows_close_all(ui, effects);
        open_again(ui, effects);
        say_resolver(ui);
    }
    text_clear(&text);
}
