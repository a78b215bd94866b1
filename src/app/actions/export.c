/* What is known of the page, as a file: app/actions/perform.h. */
#include "app/actions/perform.h"

#include "app/actions/command.h"
#include "app/state/lecture.h"
#include "base/file.h"
#include "base/message.h"
#include "dns/formats/published.h"
#include "report/report.h"
#include "sheet/words.h"

#include <string.h>
#include <strings.h>

/* Each alias leads each of its types on, and stands in the file once. */
static bool is_written(const struct text *out, size_t line)
{
    const char *text = text_get(out), *place = text;
    size_t length = out->length - line;

    while ((place = strstr(place, text + line)) && place < text + line) {
        if (place > text && place[-1] == '\n' && place[length] == '\n')
            return true;
        place++;
    }
    return false;
}

static void write_record(const struct answers *answers, const struct record *record,
                         struct text *out)
{
    size_t line = out->length;

    published_print(answers, record, out);
    if (is_written(out, line))
        text_cut(out, line);
    else
        text_add_char(out, '\n');
}

/* All records known, as a zone file would have them; what single servers said is not repeated. */
static void write_zone(struct ui *ui, struct visit *visit, struct text *out)
{
    const struct answers *answers = survey_answers(visit->survey);

    (void)ui;
    text_format(out, "; what mxtrail saw of %s\n", visit->page.name);
    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        for (size_t k = 0; !reply->question.server.family && k < reply->answer.count; k++)
            write_record(answers, &reply->answer.records[k], out);
    }
}

static struct whatif *whatif_in_force(const struct visit *visit)
{
    return visit->whatif && whatif_count(visit->whatif) ? visit->whatif : NULL;
}

/* As --report and --json have it, from the same source. */
static struct report report_of(struct ui *ui, const struct visit *visit, struct text *file)
{
    const struct ui_settings *settings = &ui->settings;
    struct report report = {.version = settings->version,
                            .survey = visit->survey,
                            .source_kind = settings->source_kind,
                            .source_server = settings->source_server,
                            .source_file = settings->source_file,
                            .whatif = whatif_in_force(visit),
                            .unicode = !settings->ascii};

    if (ui->lesson) {
        text_format(file, "%s.zone", ui->lesson);
        report.source_kind = "demo";
        report.source_server = "";
        report.source_file = text_get(file);
    } else if (settings->networked) {
        report.elapsed_ms = visit->page.ended_ms - visit->page.begun_ms;
    }
    return report;
}

/* From now on facts and windows are in that language; NULL: English. */
static void speak(struct ui *ui, struct visit *visit, const char *code)
{
    message_language(code);
    survey_reword(visit->survey);
    visit->stale = true;
    windows_stale(ui, true);
}

/* JSON is English, whatever the screen is in. */
static void write_json(struct ui *ui, struct visit *visit, struct text *out)
{
    struct text file = {0};
    struct report report = report_of(ui, visit, &file);
    const char *code = message_code();

    if (code)
        speak(ui, visit, NULL);
    report_json(&report, out);
    if (code)
        speak(ui, visit, code);
    text_clear(&file);
}

static void write_text(struct ui *ui, struct visit *visit, struct text *out)
{
    struct text file = {0};
    struct report report = report_of(ui, visit, &file);

    report_text(&report, out);
    text_clear(&file);
}

static void write_markdown(struct ui *ui, struct visit *visit, struct text *out)
{
    struct text file = {0};
    struct report report = report_of(ui, visit, &file);

    report_markdown(&report, out);
    text_clear(&file);
}

static const struct form {
    const char *ending;
    void (*write)(struct ui *ui, struct visit *visit, struct text *out);
} forms[] = {
    {".txt", write_text},
    {".json", write_json},
    {".md", write_markdown},
    {".zone", write_zone},
};

/* The form that the ending of the path names; NULL for any other. */
static const struct form *form_of(const char *path)
{
    const char *name = file_name(path), *ending = strrchr(name, '.');

    for (size_t i = 0; ending && ending > name && i < sizeof forms / sizeof *forms; i++)
        if (strcasecmp(ending, forms[i].ending) == 0)
            return &forms[i];
    return NULL;
}

static void export(struct ui *ui, struct visit *visit, const char *path, struct effects *effects)
{
    const struct form *form = form_of(path);
    struct text text = {0};

    if (!form) {
        ui_say(ui, ROLE_ERROR, "%s: the suffix must be .txt, .json, .md or .zone", path);
        return;
    }
    form->write(ui, visit, &text);
    effects_add_file(effects, EFFECT_EXPORT, path, text_get(&text));
    text_clear(&text);
}

/* Is something else in front than the page of a name: a window, or the page of a lesson? */
static bool is_covered(const struct ui *ui)
{
    return window_top(ui) || (ui_plays(ui) && ui->lecture->focused);
}

void program_export(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct text path = {0};

    if (!argument && ui->lesson && is_covered(ui)) { /* the page, or what is known of the name? */
        command_put(ui, action_get(ACTION_EXPORT), effects);
        return;
    }
    if (!visit)
        return;
    if (argument && *argument) {
        export(ui, visit, argument, effects);
        return;
    }
    words_name(visit->page.name, false, &path);
    text_add(&path, ".txt");
    if (strchr(text_get(&path), '/'))
        ui_say(ui, ROLE_NOTICE, "a file is missing: :export FILE");
    else
        export(ui, visit, text_get(&path), effects);
    text_clear(&path);
}
