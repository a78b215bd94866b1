/* An outage hour by hour: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "dns/name.h"
#include "mail/timeline/timeline.h"
#include "sheet/timeline_sheet.h"

#include <stdlib.h>
#include <string.h>

static void build(struct ui *ui, struct window *window)
{
    struct visit *visit = ui_visit(ui);
    struct lookup lookup = simulated_lookup(ui, visit);
    const struct route *route = simulated_route(ui, &ui->sender, window->arena);
    const struct timeline *timeline;
    struct sender sender;
    struct sheet *left, *right;

    sender_copy(&sender, &ui->sender);
    timeline_assume_outage(route, &sender);
    timeline = timeline_build(&lookup, route, &sender, window->arena);
    left = list_side(ui, window, 0, "Outage timeline",
                     profile_full_title(sender.profile, window->arena));
    right = list_side(ui, window, 1, "Events", NULL);
    timeline_axis_draw(left, timeline);
    timeline_events_draw(right, timeline);
    sender_clear(&sender);
}

static const struct window_kind window_timeline = {
    .id = "timeline",
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_WHOLE,
    .two_sided = true,
    .stacked = true,
    .help = "help/timeline.txt",
    .build = build,
    .every_reply = true,
};

/* Adds one "HOST[=STAGE]@FROM-UNTIL"; a first label will do for an exchange. */
static void add_down(struct ui *ui, const char *word)
{
    size_t length = strcspn(word, "=@");
    char *typed = memory_dup_bytes(word, length), host[NAME_TEXT];
    struct text down = {0};
    const char *why;

    if (strcmp(typed, "*") == 0)
        text_add(&down, word);
    else if (simulated_parse_host(ui, typed, host))
        text_format(&down, "%s%s", host, word + length);
    if (down.length && sender_add_down(&ui->sender, text_get(&down), &why))
        ui_say(ui, ROLE_ERROR, "%s: %s", word, why);
    text_clear(&down);
    free(typed);
}

void show_timeline(struct ui *ui, const char *argument, struct effects *effects)
{
    if (!ui_visit(ui))
        return;
    if (argument && *argument) {
        char *downs = memory_dup(argument), *rest = NULL;
        for (char *word = strtok_r(downs, " ,", &rest); word; word = strtok_r(NULL, " ,", &rest))
            add_down(ui, word);
        free(downs);
        simulated_changed(ui);
    }
    window_open(ui, &window_timeline, NULL, effects);
}
