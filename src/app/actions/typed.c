#include "app/actions/typed.h"

#include "app/actions/command.h"
#include "app/actions/perform.h"
#include "app/actions/play.h"
#include "app/actions/search.h"
#include "app/state/editor.h"
#include "app/state/visit.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void typed_change(struct ui *ui, const char *text, int caret, struct effects *effects)
{
    if (ui->editor == EDITOR_NONE)
        return;
    if (strcmp(text_get(&ui->line), text) != 0 || caret != ui->caret)
        ui->marked = false;
    editor_put(ui, text, caret);
    text_cut(&ui->message, 0);
    if (ui->editor == EDITOR_COMMAND)
        command_changed(ui, text, effects);
    else if (ui->editor == EDITOR_SEARCH)
        search_changed(ui, text, effects);
    else if (ui->editor == EDITOR_FILTER)
        search_filter(ui, text);
}

static void submit_name(struct ui *ui, const char *text, struct effects *effects)
{
    char *why;

    if (text[strspn(text, " ")] == ':') { /* a command typed into the prompt */
        editor_close(ui, effects);
        command_run(ui, strchr(text, ':') + 1, effects);
        play_note_command(ui, text);
        return;
    }
    if (visit_open(ui, text, effects, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        free(why);
        if (ui->editor != EDITOR_NAME) /* from the command line of the shell */
            editor_open(ui, EDITOR_NAME, text, false, effects);
        else
            editor_put(ui, text, EDITOR_END);
        return;
    }
    windows_close_all(ui, effects);
    editor_close(ui, effects);
    effects_add_text(effects, EFFECT_HISTORY, text, false);
}

/* The one chosen from the list waits for what must follow it. */
static void submit_command(struct ui *ui, const char *text, struct effects *effects)
{
    const struct action_entry *chosen = commands_chosen(ui);
    enum action typed;

    if (chosen && command_parse(text, &typed) && action_get(typed) == chosen)
        chosen = NULL; /* with all that is typed behind it: "q!" */
    if (chosen && *chosen->argument && *chosen->argument != '[') {
        command_put(ui, chosen, effects);
        return;
    }
    editor_close(ui, effects);
    command_run(ui, chosen ? chosen->command : text, effects);
    play_note_command(ui, chosen ? chosen->command : text);
}

static void submit(struct ui *ui, const char *text, struct effects *effects)
{
    text_cut(&ui->message, 0);
    switch (ui->editor) {
    case EDITOR_NONE: /* a name given when the program was started */
    case EDITOR_NAME:
        submit_name(ui, text, effects);
        break;
    case EDITOR_COMMAND:
        submit_command(ui, text, effects);
        break;
    case EDITOR_SEARCH:
        editor_close(ui, effects);
        search_submit(ui, text, effects);
        break;
    case EDITOR_FILTER:
        editor_close(ui, effects);
        search_filter(ui, text);
        break;
    }
}

/* The text may be the line itself, which is emptied before it is looked at. */
void typed_submit(struct ui *ui, const char *text, struct effects *effects)
{
    char *typed = memory_dup(text);

    submit(ui, typed, effects);
    free(typed);
}

void typed_cancel(struct ui *ui, struct effects *effects)
{
    enum editor editor = ui->editor;

    editor_close(ui, effects);
    if (editor == EDITOR_COMMAND)
        command_cancelled(ui, effects);
    else if (editor == EDITOR_SEARCH)
        search_changed(ui, "", effects);
    else if (editor == EDITOR_FILTER)
        search_filter(ui, "");
}
