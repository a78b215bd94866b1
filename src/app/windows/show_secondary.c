/* Being one of the exchanges: what a secondary may deliver to, and the loop the rule prevents. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "base/message.h"
#include "mail/timeline/loop_cases.h"
#include "sheet/secondary_sheet.h"
#include "sheet/words.h"

#include <stdio.h>
#include <string.h>

struct secondary_state {
    char host[NAME_TEXT];
    const struct route *route; /* in the window's arena; NULL before it was built */
};

/* The sender as it is, but being this host. */
static void be_host(struct ui *ui, const char *host, struct sender *sender)
{
    const char *why;

    sender_copy(sender, &ui->sender);
    sender_set_as(sender, host, &why);
}

static void build_loops(struct ui *ui, struct window *window, const struct sender *sender,
                        const struct route *route, struct sheet *sheet)
{
    struct lookup lookup = simulated_lookup(ui, ui_visit(ui));
    struct loop_case cases[LOOP_CASES];
    size_t count = loop_cases(&lookup, route, sender, window->arena, cases);

    for (size_t i = 0; i < count; i++)
        if (sheet_unit(sheet, secondary_units(route) + i + 1))
            loop_draw(sheet, cases[i].title, cases[i].loop);
}

static void build(struct ui *ui, struct window *window)
{
    struct secondary_state *state = window->state;
    struct text name = {0};
    struct sender sender;
    const struct route *route;
    struct sheet *left, *right;

    be_host(ui, state->host, &sender);
    words_name(state->host, true, &name);
    left =
        list_side(ui, window, 0, arena_format(window->arena, tr("Routing as %s"), text_get(&name)),
                  profile_full_title(sender.profile, window->arena));
    right = list_side(ui, window, 1, "Hops", NULL);
    state->route = route = simulated_route(ui, &sender, window->arena);
    secondary_list_draw(left, route, &sender);
    build_loops(ui, window, &sender, route, right);
    text_clear(&name);
    sender_clear(&sender);
}

static const struct route *route_of(const struct window *window)
{
    return ((const struct secondary_state *)window->state)->route;
}

static void subject(const struct window *window, char *out)
{
    snprintf(out, NAME_TEXT, "%s", ((const struct secondary_state *)window->state)->host);
}

static const struct window_kind window_secondary = {
    .id = "as",
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_BESIDE,
    .two_sided = true,
    .help = "help/secondary.txt",
    .build = build,
    .route = route_of,
    .subject = subject,
    .reveals = true,
    .every_reply = true,
};

static void keep_as(struct ui *ui, const char *host)
{
    const char *why;

    if (sender_set_as(&ui->sender, host, &why))
        ui_say(ui, ROLE_ERROR, "%s", why);
    simulated_changed(ui);
}

/* An exchange that is an alias: the machine behind it goes by its canonical name. */
static void own_name(struct ui *ui, char host[NAME_TEXT])
{
    struct arena *arena = arena_new();
    const struct route *route = simulated_route(ui, &ui->sender, arena);

    for (size_t i = 0; route && i < route->host_count; i++) {
        const struct route_host *of = &route->hosts[i];
        if (strcmp(of->exchange, host) != 0 || !of->alias_of)
            continue;
        snprintf(host, NAME_TEXT, "%s", of->alias_of);
        ui_say(ui, ROLE_NOTICE, "the MX host is an alias: the host calls itself %.*s",
               (int)strlen(host) - 1, host);
        break;
    }
    arena_free(arena);
}

static bool choose_host(struct ui *ui, const char *argument, char host[NAME_TEXT])
{
    struct address address;

    if (argument && *argument)
        return simulated_parse_host(ui, argument, host);
    if (argument && ui->sender.as) {
        snprintf(host, NAME_TEXT, "%s", ui->sender.as);
        return true;
    }
    if (simulated_host(ui, host, &address)) {
        own_name(ui, host);
        return true;
    }
    ui_say(ui, ROLE_NOTICE, "select an MX host first; you then route as that host");
    return false;
}

void show_secondary(struct ui *ui, const char *argument, struct effects *effects)
{
    struct secondary_state *state;
    char host[NAME_TEXT];

    if (!ui_visit(ui))
        return;
    if (argument && strcmp(argument, "none") == 0) {
        keep_as(ui, NULL);
        ui_say(ui, ROLE_NOTICE, "the sender is an outside host again");
        return;
    }
    if (!choose_host(ui, argument, host))
        return;
    if (argument && *argument)
        keep_as(ui, host);
    if (window_of(ui, &window_secondary))
        window_close(ui, effects);
    state = memory_new(1, sizeof *state);
    memcpy(state->host, host, sizeof host);
    window_open(ui, &window_secondary, state, effects);
}
