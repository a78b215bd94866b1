/* Another name, another server's answers, or a changed zone file, beside the page shown:
 * app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/editor.h"
#include "app/state/list.h"
#include "app/state/visit.h"

#include "base/memory.h"
#include "base/message.h"
#include "report/earlier/earlier.h"
#include "sheet/diff_sheet.h"
#include "sheet/words.h"

#include <stdlib.h>

/* ---- both sides ---- */

struct diff_window {
    struct visit *other; /* owned, closed with the window */
    bool all;            /* what is the same on both sides is shown, too */
};

/* Who answered: a zone file or lesson of one voice does so whatever server was
 * named. */
static const char *source_of(const struct ui *ui, const struct visit *visit)
{
    const struct reply *reply = survey_facts(visit->survey)->mx.reply;

    if (visit->host)
        return visit->host;
    if (!visit->vantage || (visit->vantage->server.family && reply &&
                            reply->transport == TRANSPORT_ZONE && ui->ask_servers != REACH_ALL))
        return ui->source;
    return visit->vantage->title;
}

static const char *title_of(struct ui *ui, const struct visit *visit, struct arena *arena)
{
    struct text name = {0};
    const char *title;

    words_name(visit->page.name, true, &name);
    title = arena_format(arena, "%s  %s", text_get(&name), source_of(ui, visit));
    text_clear(&name);
    return title;
}

static const char *state_of(const struct visit *visit, const struct visit *other)
{
    if (other->host && !other->host_type)
        return tr("that server has no address");
    return survey_complete(visit->survey) && survey_complete(other->survey)
               ? NULL
               : tr("answers are still arriving");
}

static void build(struct ui *ui, struct window *window)
{
    const struct diff_window *state = window->state;
    struct visit *visit = ui_visit(ui);
    struct sheet *sheet = list_sheet(ui, window, "Compared", state_of(visit, state->other));
    struct diff diff;

    diff_build(visit->survey, state->other->survey, window->arena, &diff);
    diff_draw(sheet, &diff, title_of(ui, visit, window->arena),
              title_of(ui, state->other, window->arena), state->all);
}

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    struct diff_window *state = window->state;

    visit_close(ui, state->other, effects);
}

static void show_all(struct window *window)
{
    struct diff_window *state = window->state;

    state->all = !state->all;
}

static const struct window_kind window_diff = {
    .id = "diff",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/compare.txt",
    .build = build,
    .close = close,
    .show_all = show_all,
    .every_reply = true,
};

static struct visit *lay_beside(struct ui *ui, const struct subject *subject,
                                struct vantage *vantage, struct effects *effects)
{
    struct diff_window *state = memory_new(1, sizeof *state);

    state->other = visit_compared(ui, subject, vantage);
    window_open(ui, &window_diff, state, effects);
    return state->other;
}

/* ---- what is wrong with a zone file ---- */

struct faults_state {
    struct faults faults;
};

static void build_faults(struct ui *ui, struct window *window)
{
    const struct faults *faults = &((struct faults_state *)window->state)->faults;
    struct sheet *sheet = list_sheet(ui, window, "The file cannot be read", NULL);

    for (size_t i = 0; i < faults->kept; i++) {
        sheet_line(sheet);
        sheet_wrap(sheet, 0, ROLE_ERROR, faults->lines[i]);
    }
    if (faults->total <= faults->kept)
        return;
    sheet_line(sheet);
    sheet_format(sheet, ROLE_DIM, tr("and %zu more"), faults->total - faults->kept);
}

static void close_faults(struct ui *ui, struct window *window, struct effects *effects)
{
    struct faults_state *state = window->state;

    (void)ui;
    (void)effects;
    faults_clear(&state->faults);
}

static const struct window_kind window_faults = {
    .id = "diff",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/compare.txt",
    .build = build_faults,
    .close = close_faults,
};

/* ---- the command ---- */

static void diff_name(struct ui *ui, const char *typed, struct effects *effects)
{
    struct subject subject;
    char *why;

    if (subject_parse(typed, &subject, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        free(why);
        return;
    }
    lay_beside(ui, &subject, NULL, effects);
    subject_clear(&subject);
}

static void diff_server(struct ui *ui, const struct vantage_spec *spec, struct effects *effects)
{
    const struct subject *subject = survey_subject(ui_visit(ui)->survey);

    if (spec->server.family)
        lay_beside(ui, subject, vantage_new_server(&spec->server, spec->port, spec->encrypted),
                   effects);
    else
        visit_through(lay_beside(ui, subject, NULL, effects), spec);
}

static void take_zone(struct ui *ui, struct zone *zone, struct effects *effects)
{
    if (ui_visit(ui))
        lay_beside(ui, survey_subject(ui_visit(ui)->survey), vantage_new_zone(zone), effects);
    else
        zone_free(zone);
}

/* What mxtrail wrote earlier must know the name: beside what does not nothing is to be seen. */
static void take_earlier(struct ui *ui, struct answers *answers, const char *path,
                         struct effects *effects)
{
    const struct subject *subject = ui_visit(ui) ? survey_subject(ui_visit(ui)->survey) : NULL;

    if (subject && earlier_knows(answers, subject->name)) {
        lay_beside(ui, subject, vantage_new_answers(answers, path), effects);
        return;
    }
    if (subject)
        ui_say(ui, ROLE_ERROR, tr("%s: nothing about %s in this file"), path, subject->input);
    answers_free(answers);
}

void show_diff_zone(struct ui *ui, const char *path, const char *text, size_t length,
                    struct effects *effects)
{
    struct faults_state *state = memory_new(1, sizeof *state);
    struct visit *visit = ui_visit(ui);
    const char *name = visit ? survey_subject(visit->survey)->name : NULL;
    const char *part = name ? zone_origin_for(path, name) : NULL;
    const struct zone_terms terms = {.origin = part ? part : name};
    struct zone *zone = NULL;
    struct answers *answers = NULL;

    if (earlier_begins(text, length))
        answers = earlier_read(text, length, path, &state->faults);
    else
        zone_read_text(text, length, path, &terms, &state->faults, &zone);
    if (!zone && !answers) {
        window_open(ui, &window_faults, state, effects);
        return;
    }
    faults_clear(&state->faults);
    free(state);
    if (zone)
        take_zone(ui, zone, effects);
    else
        take_earlier(ui, answers, path, effects);
}

void show_diff(struct ui *ui, const char *argument, struct effects *effects)
{
    const char *typed = argument ? argument : "", *why;
    struct vantage_spec spec;

    if (!ui_visit(ui))
        return;
    if (!*typed)
        editor_open(ui, EDITOR_COMMAND, "diff ", false, effects);
    else if (vantage_spec_parse(typed, &spec, &why))
        ui_say(ui, ROLE_ERROR, "%s", why);
    else if (spec.kind == VANTAGE_SERVER && !visit_reaches(ui, &why))
        ui_say(ui, ROLE_ERROR, "%s", why);
    else if (spec.kind == VANTAGE_SERVER)
        diff_server(ui, &spec, effects);
    else if (spec.kind == VANTAGE_FILE)
        effects_add_text(effects, EFFECT_ZONE, spec.text, false);
    else
        diff_name(ui, typed, effects);
}
