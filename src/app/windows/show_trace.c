/* The way from the root: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "sheet/servers/trace_sheet.h"
#include "survey/subject.h"

#include <stdlib.h>
#include <string.h>

static void build_trace(struct ui *ui, struct window *window)
{
    const struct trace *trace = ui_visit(ui)->page.facts->trace;
    struct sheet *sheet;

    if (!trace) {
        sheet_pair(list_sheet(ui, window, "From the root", NULL), "", 0, ROLE_DIM,
                   tr(":trace goes the way from the root to this name."));
        return;
    }
    sheet = list_sheet(ui, window,
                       arena_format(window->arena, tr("From the root to %s"),
                                    name_shown(window->arena, trace->name)),
                       "without recursion");
    trace_draw(sheet, trace);
}

static const struct window_kind window_trace = {
    .id = "trace",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/trace.txt",
    .build = build_trace,
    .every_reply = true,
};

/* The name that is meant; false, and it is said, when it is none. */
static bool read_name(struct ui *ui, const char *typed, char name[NAME_TEXT])
{
    struct subject subject;
    char *why;

    if (subject_parse(typed, &subject, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        free(why);
        return false;
    }
    memcpy(name, subject.name, NAME_TEXT);
    subject_clear(&subject);
    return true;
}

void show_trace(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    bool given = argument && *argument;
    char name[NAME_TEXT];

    if (!visit || (given && !read_name(ui, argument, name)))
        return;
    survey_set_trace(visit->survey, given ? name : NULL);
    visit->stale = true;
    window_open(ui, &window_trace, NULL, effects);
}
