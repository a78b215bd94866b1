/* An outage hour by hour: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "dns/name.h"
#include "mail/profiles/profiles.h"
#include "sheet/time/timeline_sheet.h"

#include <stdlib.h>
#include <string.h>

static void build(struct ui *ui, struct window *window)
{
    const struct compared_senders *compared = window->state;
    struct visit *visit = ui_visit(ui);
    struct lookup lookup = simulated_lookup(ui, visit);
    struct timeline_side sides[TIMELINE_SIDES];
    struct compared_senders both = {.left = ui->sender.profile, .right = compared->right};
    size_t count = timeline_sides_build(&lookup, visit->page.name, &ui->sender,
                                        compared->right ? &both : NULL, window->arena, sides);
    struct sheet *left, *right;

    left = list_side(ui, window, 0, "Outage timeline",
                     count > 1 ? comparison_names(&both, window->arena)
                               : profile_full_title(ui->sender.profile, window->arena));
    right = list_side(ui, window, 1, "Events", NULL);
    timeline_axis_draw(left, sides, count);
    timeline_events_draw(right, sides, count);
}

/* `P`: another sender beside this one, the next each time, and none behind the last. */
static void lay_beside(struct ui *ui, struct window *window, const char *argument)
{
    struct compared_senders *compared = window->state;
    const struct profile *profile;
    size_t place = 0;

    if (argument && *argument) {
        profile = profile_find(argument);
        if (!profile) {
            ui_say(ui, ROLE_ERROR, "no such sender: %s (Tab lists them)", argument);
            return;
        }
    } else {
        while (compared->right && profile_at(place) != compared->right)
            place++;
        place += compared->right != NULL;
        if (place < profile_count() && profile_at(place) == ui->sender.profile)
            place++;
        profile = place < profile_count() ? profile_at(place) : NULL;
    }
    compared->right = profile;
    window->stale = true;
    if (profile)
        ui_say(ui, ROLE_NOTICE, "%s: %s", profile_title(profile), profile_summary(profile));
}

static const struct window_kind window_timeline = {
    .id = "timeline",
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_WHOLE,
    .two_sided = true,
    .stacked = true,
    .help = "help/timeline.txt",
    .build = build,
    .compare = lay_beside,
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
    window_open(ui, &window_timeline, memory_new(1, sizeof(struct compared_senders)), effects);
}
