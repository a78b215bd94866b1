/* Who speaks with whom, as a sequence diagram: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "sheet/lessons/diagram.h"
#include "survey/survey_edited.h"

#include <stdio.h>
#include <string.h>

struct diagram_state {
    enum diagram_of of;
    char host[NAME_TEXT];  /* who one is; "": as the sender is */
    char owner[NAME_TEXT]; /* of SRV records; "": it is about mail */
};

static const struct diagram *make(struct ui *ui, const struct diagram_state *state,
                                  struct arena *arena)
{
    struct lookup lookup = simulated_lookup(ui, ui_visit(ui));
    const struct diagram *diagram;
    struct sender sender;
    const char *why;

    sender_copy(&sender, &ui->sender);
    if (*state->host)
        sender_set_as(&sender, state->host, &why);
    diagram = diagram_build(&lookup, route_build(&lookup, ui_visit(ui)->page.name, &sender, arena),
                            &sender, state->of, arena);
    sender_clear(&sender);
    return diagram;
}

static const struct diagram *make_srv(struct ui *ui, const struct diagram_state *state,
                                      struct arena *arena)
{
    const struct edited_srv srv = survey_edited_srv(ui_visit(ui)->survey, state->owner, arena);

    return srv.set ? diagram_srv(srv.set, SRV_RFC2782, ui->sender.seed, arena) : NULL;
}

static void build(struct ui *ui, struct window *window)
{
    const struct diagram_state *state = window->state;
    const struct diagram *diagram = *state->owner ? make_srv(ui, state, window->arena) : NULL;

    if (!diagram)
        diagram = make(ui, state, window->arena);

    diagram_draw(list_sheet(ui, window, diagram->title,
                            profile_full_title(ui->sender.profile, window->arena)),
                 diagram);
}

static const struct window_kind window_diagram = {
    .id = "diagram",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/diagram.txt",
    .build = build,
    .reveals = true,
    .every_reply = true,
};

/* Of the window it is opened from. */
static void look_below(const struct window *below, struct diagram_state *state)
{
    const char *id = below ? below->kind->id : "";

    if (strcmp(id, "as") == 0)
        state->of = DIAGRAM_LOOP;
    else if (strcmp(id, "timeline") == 0)
        state->of = DIAGRAM_OUTAGE;
    else if (strcmp(id, "simulate") == 0)
        state->of = DIAGRAM_DELIVERY;
    if (below && below->kind->subject)
        below->kind->subject(below, strcmp(id, "srv") == 0 ? state->owner : state->host);
}

static bool read_kind(struct ui *ui, const char *argument, struct diagram_state *state)
{
    static const struct {
        const char *word;
        enum diagram_of of;
    } kinds[] = {
        {"delivery", DIAGRAM_DELIVERY}, {"loop", DIAGRAM_LOOP}, {"outage", DIAGRAM_OUTAGE}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(argument, kinds[i].word) == 0) {
            state->of = kinds[i].of;
            *state->owner = '\0';
            return true;
        }
    ui_say(ui, ROLE_ERROR, "a diagram is of a delivery, a loop or an outage: %s", argument);
    return false;
}

void show_diagram(struct ui *ui, const char *argument, struct effects *effects)
{
    struct diagram_state chosen = {.of = DIAGRAM_ANY}, *state;

    if (!ui_visit(ui))
        return;
    look_below(window_top(ui), &chosen);
    if (argument && *argument && !read_kind(ui, argument, &chosen))
        return;
    if (chosen.of == DIAGRAM_LOOP && !*chosen.host && !ui->sender.as) {
        ui_say(ui, ROLE_NOTICE, "a loop needs a host to be: :as HOST");
        return;
    }
    state = memory_new(1, sizeof *state);
    *state = chosen;
    window_open(ui, &window_diagram, state, effects);
}
