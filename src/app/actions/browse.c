/* From name to name: app/actions/perform.h. */
#include "app/actions/perform.h"

#include "app/actions/search.h"
#include "app/actions/typed.h"
#include "app/state/editor.h"
#include "app/state/visit.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "survey/asking/inquiry.h"

#include <stdlib.h>
#include <string.h>

static void open_name(struct ui *ui, const char *name, struct effects *effects)
{
    char *why;

    if (visit_open(ui, name, effects, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        free(why);
        return;
    }
    windows_close_all(ui, effects);
    effects_add_text(effects, EFFECT_HISTORY, name, false);
}

void browse_follow(struct ui *ui, const char *argument, struct effects *effects)
{
    const struct row *row = ui_row(ui);
    char *name;

    (void)argument;
    if (!row || !row->target || name_is_root(row->target)) {
        ui_say(ui, ROLE_NOTICE, "this row does not refer to another name");
        return;
    }
    name = memory_dup_bytes(row->target, strlen(row->target) - 1);
    open_name(ui, name, effects);
    free(name);
}

void browse_history(struct ui *ui, long step, struct effects *effects)
{
    (void)effects;
    if (ui_context(ui) == CONTEXT_HELP) {
        if (!window_step(ui, (int)step))
            ui_say(ui, ROLE_NOTICE, step < 0 ? "this is the first page" : "this is the last page");
    } else if (!visit_step(ui, (int)step)) {
        ui_say(ui, ROLE_NOTICE, step < 0 ? "this is the first name" : "this is the last name");
    }
}

void browse_open(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);

    if (argument && *argument)
        open_name(ui, argument, effects);
    else
        editor_open(ui, EDITOR_NAME, visit ? survey_subject(visit->survey)->input : "", true,
                    effects);
}

void browse_again(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);

    (void)argument;
    (void)effects;
    if (!visit)
        return;
    visit_again(ui, visit);
    ui_say(ui, ROLE_NOTICE, "querying again");
}

/* "HTTPS", "TXT _dmarc", "TYPE65 www.example.com": names that begin with "_" are those of the page.
 */
void browse_query(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    char *type = memory_dup(argument ? argument : ""), *name = strchr(type, ' '), owner[NAME_TEXT];
    struct record_request request = {0};
    const char *why = NULL;

    if (name) {
        *name++ = '\0';
        name += strspn(name, " ");
    }
    if (!*type)
        editor_open(ui, EDITOR_COMMAND, "query ", false, effects);
    else if ((why = inquiry_type(type, &request.type)))
        ui_say(ui, ROLE_ERROR, "%s: %s", type, why);
    else if (name && subject_owner(name, survey_subject(visit->survey)->name, owner, &why))
        ui_say(ui, ROLE_ERROR, "%s: %s", name, why);
    else {
        request.name = name ? owner : NULL;
        survey_request_records(visit->survey, &request);
        visit_show_records(ui, visit, &request);
    }
    free(type);
}

/* Milliseconds until the first TTL of the page has run down, not under ten seconds. */
static int64_t watch_period(const struct visit *visit)
{
    const struct answers *answers = survey_answers(visit->survey);
    uint32_t shortest = 3600;

    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        for (size_t k = 0; k < reply->record_count; k++)
            if (reply->records[k]->ttl < shortest)
                shortest = reply->records[k]->ttl;
    }
    return (int64_t)(shortest < 10 ? 10 : shortest) * 1000;
}

enum { RESOLVERS_WATCH_MS = 10000 };

static int64_t period_of(const struct visit *visit)
{
    return visit->page.facts->resolvers ? RESOLVERS_WATCH_MS : watch_period(visit);
}

static void forget_answer(struct visit *visit, const struct resolver_answer *answer)
{
    if (answer->reply)
        survey_forget(visit->survey, &answer->reply->question);
}

/* Only what is compared is asked again. */
static void ask_resolvers_again(struct visit *visit)
{
    const struct resolvers *resolvers = visit->page.facts->resolvers;

    for (size_t i = 0; i < resolvers->row_count; i++) {
        forget_answer(visit, &resolvers->rows[i].zone);
        for (size_t k = 0; k < resolvers->count; k++)
            forget_answer(visit, &resolvers->rows[i].answers[k]);
    }
    visit->again = true;
    visit->stale = true;
}

void browse_watch(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);

    (void)argument;
    (void)effects;
    if (!visit)
        return;
    visit->watched = !visit->watched;
    visit->next_watch_ms = visit->watched ? ui->now_ms + period_of(visit) : 0;
    windows_stale(ui, false);
    ui_say(ui, ROLE_NOTICE, "%s",
           visit->watched && visit->page.facts->resolvers
               ? tr("watching: queried again every 10 s until all agree")
           : visit->watched ? tr("watching: queried again when a TTL expires; changes are marked")
                            : tr("no longer watching"));
}

void browse_watch_tick(struct ui *ui)
{
    struct visit *visit = ui_visit(ui);
    const struct resolvers *resolvers = visit ? visit->page.facts->resolvers : NULL;

    if (!visit || !visit->next_watch_ms || ui->now_ms < visit->next_watch_ms || visit->page.waiting)
        return;
    if (resolvers && resolvers->agree) {
        visit->watched = false;
        visit->next_watch_ms = 0;
        windows_stale(ui, false);
        ui_say(ui, ROLE_OK, "%s", tr("the change has arrived: all resolvers agree with the zone"));
        return;
    }
    visit->next_watch_ms = ui->now_ms + period_of(visit);
    if (resolvers)
        ask_resolvers_again(visit);
    else
        visit_again(ui, visit);
}

/* What is open and closes first. */
static bool close_something(struct ui *ui, struct effects *effects)
{
    struct visit *visit = ui->visit_count ? ui_visit(ui) : NULL;
    struct pane_state *state = visit ? &visit->page.panes[visit->page.focus] : NULL;

    if (ui->editor != EDITOR_NONE) {
        typed_cancel(ui, effects);
    } else if (window_top(ui) && window_top(ui)->busy) {
        window_top(ui)->busy = false;
        ui_say(ui, ROLE_NOTICE, "stopped");
    } else if (ui->search) {
        search_changed(ui, "", effects);
    } else if (window_step(ui, -1)) {
        ;
    } else if (window_close(ui, effects)) {
        ;
    } else if (state && state->filter) {
        search_filter(ui, "");
    } else if (visit && visit->page.zoomed) {
        visit->page.zoomed = false;
        visit->stale = true;
    } else {
        return false;
    }
    return true;
}

void browse_close(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    close_something(ui, effects);
}

/* To the findings again, from one of which one went to its cause. */
static void jump_back(struct visit *visit)
{
    visit->page.focus = PANE_FINDINGS;
    visit->jumped = false;
}

void browse_step_out(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    switch (ui_way_out(ui)) {
    case WAY_CLOSE:
        close_something(ui, effects);
        break;
    case WAY_JUMP:
        jump_back(ui_visit(ui));
        break;
    case WAY_NAME:
        visit_step(ui, -1);
        break;
    case WAY_LESSONS:
        action_perform(ui, ACTION_LESSONS, NULL, effects);
        window_top(ui)->bottom = true;
        break;
    case WAY_QUIT:
        program_leave(ui, effects);
        break;
    }
}
