/* The program as a whole: app/actions/perform.h. */
#include "app/actions/perform.h"

#include "app/actions/typed.h"
#include "app/state/editor.h"
#include "app/state/visit.h"
#include "base/memory.h"
#include "report/report.h"
#include "sheet/words.h"

#include <stdlib.h>
#include <string.h>

void program_command(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    editor_open(ui, EDITOR_COMMAND, "", false, effects);
}

void program_mouse(struct ui *ui, const char *argument, struct effects *effects)
{
    ui->mouse = argument && *argument ? strcmp(argument, "on") == 0 : !ui->mouse;
    effects_add_flag(effects, EFFECT_MOUSE, ui->mouse);
    effects_add_file(effects, EFFECT_CONFIG, "ui.mouse", ui->mouse ? "yes" : "no");
    ui_say(ui, ROLE_NOTICE, "%s",
           ui->mouse ? "the mouse works here" : "the mouse is left to the terminal");
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

void program_quit(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)ui;
    (void)argument;
    effects_add(effects, EFFECT_QUIT);
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
    (void)argument;
    (void)effects;
    ui_say(ui, ROLE_NOTICE, "nothing fits what is typed");
}

void program_choose(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_top(ui);
    const struct sheet_line *line = window ? window_line(window) : NULL;

    (void)argument;
    if (line && window->kind->choose)
        window->kind->choose(ui, window, line, effects);
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);

    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

/* All records known, each once, as a master file would have them. */
static void write_zone(const struct visit *visit, struct text *out)
{
    const struct answers *answers = survey_answers(visit->survey);

    text_format(out, "; what mxtrail saw of %s\n", visit->page.name);
    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        for (size_t k = 0; k < reply->answer.count; k++) {
            record_print(&reply->answer.records[k], out);
            text_add_char(out, '\n');
        }
    }
}

static void write_report(struct ui *ui, const struct visit *visit, const char *path,
                         struct text *out)
{
    struct report report = {.version = ui->settings.version,
                            .survey = visit->survey,
                            .source_kind = "screen",
                            .source_server = ui->source,
                            .source_file = "",
                            .elapsed_ms = visit->page.ended_ms - visit->page.begun_ms,
                            .unicode = true};

    if (ends_in(path, ".json"))
        report_json(&report, out);
    else if (ends_in(path, ".zone"))
        write_zone(visit, out);
    else
        report_text(&report, out);
}

void program_export(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct text path = {0}, text = {0};

    if (!visit)
        return;
    if (argument && *argument) {
        text_add(&path, argument);
    } else {
        words_name(visit->page.name, false, &path);
        text_add(&path, ".txt");
    }
    if (strchr(text_get(&path), '/') && !(argument && *argument)) {
        ui_say(ui, ROLE_NOTICE, "say which file: :export FILE");
    } else {
        write_report(ui, visit, text_get(&path), &text);
        effects_add_file(effects, EFFECT_EXPORT, text_get(&path), text_get(&text));
    }
    text_clear(&path);
    text_clear(&text);
}
