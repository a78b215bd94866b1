/* The program as a whole: app/actions/perform.h. */
#include "app/actions/perform.h"

#include "app/actions/command.h"
#include "app/actions/typed.h"
#include "app/state/editor.h"
#include "base/message.h"

#include <stdlib.h>
#include <string.h>

void program_command(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    editor_open(ui, EDITOR_COMMAND, "", false, effects);
}

void program_mouse(struct ui *ui, const char *argument, struct effects *effects)
{
    if (argument && *argument && strcmp(argument, "on") != 0 && strcmp(argument, "off") != 0) {
        ui_say(ui, ROLE_ERROR, "the mouse can be on or off, not %s", argument);
        return;
    }
    ui->mouse = argument && *argument ? strcmp(argument, "on") == 0 : !ui->mouse;
    effects_add_flag(effects, EFFECT_MOUSE, ui->mouse);
    effects_add_file(effects, EFFECT_CONFIG, "ui.mouse", ui->mouse ? "yes" : "no");
    ui_say(ui, ROLE_NOTICE, "%s",
           ui->mouse ? tr("mxtrail captures the mouse") : tr("the mouse belongs to the terminal"));
}

void program_record(struct ui *ui, const char *argument, struct effects *effects)
{
    if (argument && *argument)
        effects_add_file(effects, EFFECT_RECORD, argument, "");
    else
        ui_say(ui, ROLE_ERROR, "a file is missing: :record FILE");
}

void program_redraw(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)ui;
    (void)argument;
    effects_add(effects, EFFECT_REDRAW);
}

void program_suspend(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)ui;
    (void)argument;
    effects_add(effects, EFFECT_SUSPEND);
}

static size_t edits_kept(const struct ui *ui)
{
    size_t count = 0;

    for (size_t i = 0; i < ui->visit_count; i++)
        count += ui->visits[i]->whatif ? whatif_count(ui->visits[i]->whatif) : 0;
    return count;
}

void program_leave(struct ui *ui, struct effects *effects)
{
    size_t edits = edits_kept(ui);

    if (edits == ui->edits_given_up || !edits) {
        effects_add(effects, EFFECT_QUIT);
        return;
    }
    ui->edits_given_up = edits;
    ui_say(ui, ROLE_WARN,
           tr_plural("%zu what-if edit would be lost (:whatif save FILE); again to quit",
                     "%zu what-if edits would be lost (:whatif save FILE); again to quit", edits),
           edits);
}

/* A key of its own, and "q!", ask nothing; before an audience the key asks once. */
void program_quit(struct ui *ui, const char *argument, struct effects *effects)
{
    if (!argument && ui->settings.present && !ui->quit_asked) {
        ui->quit_asked = true;
        ui_say(ui, ROLE_NOTICE, "again to quit");
    } else if (!argument || strcmp(argument, "!") == 0) {
        effects_add(effects, EFFECT_QUIT);
    } else {
        program_leave(ui, effects);
    }
}

/* The line editor takes these keys before they come here: Enter as EVENT_SUBMIT, Tab when there is
 * something to complete. */
void program_submit(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    typed_submit(ui, text_get(&ui->line), effects);
}

void program_complete(struct ui *ui, const char *argument, struct effects *effects)
{
    const struct action_entry *chosen = commands_chosen(ui);

    (void)argument;
    if (chosen)
        command_put(ui, chosen, effects);
    else if (command_is_empty(ui))
        commands_open(ui, effects);
    else
        ui_say(ui, ROLE_NOTICE, "no completion");
}

void program_lines(struct ui *ui, long lines, struct effects *effects)
{
    if (commands_are_open(ui))
        move_lines(ui, lines, effects);
    else if (lines > 0 && command_is_empty(ui))
        commands_open(ui, effects);
}

void program_show_all(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_top(ui);

    (void)argument;
    (void)effects;
    if (window && window->kind->show_all) {
        window->kind->show_all(window);
        window->stale = true;
    } else {
        ui_say(ui, ROLE_NOTICE, "%s", tr("nothing is left out here"));
    }
}

void program_choose(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_top(ui);
    const struct sheet_line *line = window ? window_line(window) : NULL;

    (void)argument;
    if (line && window->kind->choose)
        window->kind->choose(ui, window, line, effects);
}
