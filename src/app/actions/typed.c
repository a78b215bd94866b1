#include "app/actions/typed.h"

#include "app/actions/command.h"
#include "app/actions/search.h"
#include "app/state/visit.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static int characters(const char *text)
{
    const char *end = text + strlen(text);
    int count = 0;

    for (; text < end; count++)
        utf8_next(&text, end);
    return count;
}

static void put_text(struct ui *ui, const char *text, int caret)
{
    text_cut(&ui->line, 0);
    text_add(&ui->line, text);
    ui->caret = caret;
}

void edit_open(struct ui *ui, enum editor editor, const char *text, bool marked,
               struct effects *effects)
{
    ui->editor = editor;
    ui->marked = marked;
    put_text(ui, text, characters(text));
    text_cut(&ui->candidates, 0);
    effects_add_text(effects, EFFECT_EDIT, text, marked);
}

void edit_close(struct ui *ui, struct effects *effects)
{
    if (ui->editor == EDITOR_NONE)
        return;
    ui->editor = EDITOR_NONE;
    text_cut(&ui->line, 0);
    text_cut(&ui->candidates, 0);
    effects_add(effects, EFFECT_EDIT_END);
}

void edit_change(struct ui *ui, const char *text, int caret, struct effects *effects)
{
    if (ui->editor == EDITOR_NONE)
        return;
    if (strcmp(text_get(&ui->line), text) != 0 || caret != ui->caret)
        ui->marked = false;
    put_text(ui, text, caret);
    text_cut(&ui->message, 0);
    if (ui->editor == EDITOR_COMMAND)
        command_changed(ui, text, effects);
    else if (ui->editor == EDITOR_SEARCH)
        search_changed(ui, text, effects);
    else if (ui->editor == EDITOR_FILTER)
        filter_changed(ui, text);
}

static void submit_name(struct ui *ui, const char *text, struct effects *effects)
{
    char *why;

    if (text[strspn(text, " ")] == ':') { /* a command typed into the prompt */
        edit_close(ui, effects);
        command_run(ui, strchr(text, ':') + 1, effects);
        return;
    }
    if (visit_open(ui, text, effects, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        free(why);
        if (ui->editor != EDITOR_NAME) /* from the command line of the shell */
            edit_open(ui, EDITOR_NAME, text, false, effects);
        else
            put_text(ui, text, characters(text));
        return;
    }
    windows_close_all(ui, effects);
    edit_close(ui, effects);
    effects_add_text(effects, EFFECT_HISTORY, text, false);
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
        edit_close(ui, effects);
        command_run(ui, text, effects);
        break;
    case EDITOR_SEARCH:
        edit_close(ui, effects);
        search_submit(ui, text, effects);
        break;
    case EDITOR_FILTER:
        edit_close(ui, effects);
        filter_changed(ui, text);
        break;
    }
}

/* The text may be the line itself, which is emptied before it is looked at. */
void edit_submit(struct ui *ui, const char *text, struct effects *effects)
{
    char *typed = memory_dup(text);

    submit(ui, typed, effects);
    free(typed);
}

void edit_cancel(struct ui *ui, struct effects *effects)
{
    enum editor editor = ui->editor;

    edit_close(ui, effects);
    if (editor == EDITOR_COMMAND)
        command_cancelled(ui, effects);
    else if (editor == EDITOR_SEARCH)
        search_changed(ui, "", effects);
    else if (editor == EDITOR_FILTER)
        filter_changed(ui, "");
}
