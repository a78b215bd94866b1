/* Edits of the records, tried on the page shown: app/actions/perform.h. */
#include "app/actions/edit_records.h"

#include "app/actions/perform.h"
#include "app/state/simulated.h"
#include "base/text.h"

#include <string.h>

/* The command with its names as the screen has them: without their last dots. */
static void say_edit(struct ui *ui, const char *command)
{
    struct text text = {0};

    for (const char *c = command; *c; c++)
        if (*c != '.' || (c[1] != ' ' && c[1] != '\0') || c == command || c[-1] == ' ')
            text_add_char(&text, *c);
    ui_say(ui, ROLE_NOTICE, "what if: %s (:whatif undo reverts it)", text_get(&text));
    text_clear(&text);
}

void edit_records(struct ui *ui, const char *command)
{
    struct visit *visit = ui_visit(ui);
    const char *why;

    if (!visit)
        return;
    if (!visit->whatif)
        visit->whatif = whatif_new();
    if (whatif_edit(visit->whatif, survey_answers(visit->survey), visit->page.name, command,
                    &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        return;
    }
    survey_set_whatif(visit->survey, visit->whatif);
    simulated_changed(ui);
    say_edit(ui, command);
}

/* The route that the window on top shows; NULL for none. */
static const struct route *shown_route(struct ui *ui)
{
    const struct window *window = window_top(ui);

    return window && window->kind->route ? window->kind->route(window) : NULL;
}

/* `change` of the host's preference, or of its weight where the route goes by SRV records; none: it
 * is removed. */
static void edit_host(struct ui *ui, const char *change)
{
    const struct route *route = shown_route(ui);
    bool by_srv = route && route->kind == ROUTE_SRV;
    struct address address;
    struct text command = {0};
    char host[NAME_TEXT];

    if (!simulated_host(ui, host, &address)) {
        ui_say(ui, ROLE_NOTICE, "this line does not name a host");
        return;
    }
    if (!change)
        text_add(&command, by_srv ? "remove srv " : "remove mx ");
    else
        text_add(&command, by_srv ? "weight " : "preference ");
    if (by_srv)
        text_format(&command, "%s ", route->srv_owner);
    text_format(&command, "%s%s%s", host, change ? " " : "", change ? change : "");
    edit_records(ui, text_get(&command));
    text_clear(&command);
}

/* The edit that the window on top makes of this line; false when it makes none. */
static bool edit_line(struct ui *ui, const char *verb, const char *change)
{
    struct window *window = window_top(ui);
    struct text command = {0};

    if (!window || !window->kind->edit)
        return false;
    if (window_line(window) &&
        window->kind->edit(window, window_line(window), verb, change, &command))
        edit_records(ui, text_get(&command));
    else
        ui_say(ui, ROLE_NOTICE, "this line does not name a record");
    text_clear(&command);
    return true;
}

void edit_number(struct ui *ui, long change, struct effects *effects)
{
    const char *by = change > 0 ? "+1" : "-1";

    (void)effects;
    if (!edit_line(ui, "weight", by))
        edit_host(ui, by);
}

void edit_add(struct ui *ui, const char *argument, struct effects *effects)
{
    struct text command = {0};

    (void)effects;
    text_format(&command, "add %s", argument ? argument : "");
    edit_records(ui, text_get(&command));
    text_clear(&command);
}

void edit_remove(struct ui *ui, const char *argument, struct effects *effects)
{
    struct text command = {0};
    char host[NAME_TEXT];

    (void)effects;
    if (!argument || !*argument) {
        if (!edit_line(ui, "remove", ""))
            edit_host(ui, NULL);
        return;
    }
    if (strchr(argument, ' '))
        text_format(&command, "remove %s", argument);
    else if (simulated_parse_host(ui, argument, host))
        text_format(&command, "remove mx %s", host);
    if (command.length)
        edit_records(ui, text_get(&command));
    text_clear(&command);
}
