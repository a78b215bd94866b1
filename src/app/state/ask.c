/* Questions go out, replies come in: app/state/visit.h. */
#include "app/state/visit.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"
#include "survey/watch_changes.h"

#include <stdlib.h>
#include <string.h>

static struct visit *visit_of(const struct ui *ui, const struct asker *asker)
{
    for (size_t i = 0; i < ui->visit_count; i++)
        if (&ui->visits[i]->asker == asker)
            return ui->visits[i];
    for (size_t i = 0; i < ui->compared_count; i++)
        if (&ui->compared[i]->asker == asker)
            return ui->compared[i];
    return NULL;
}

/* The address of the server wanted, or none: then it is asked for its other family. */
static void take_host(struct visit *visit, struct reply *reply)
{
    if (reply->record_count) {
        visit->asker.vantage = visit->vantage = vantage_new_server(
            &reply->records[0]->address, visit->host_port, visit->host_encrypted);
        free(visit->host);
        visit->host = NULL;
    } else {
        visit->host_type = visit->host_type == TYPE_A ? TYPE_AAAA : 0;
        if (!visit->host_type)
            survey_end(visit->survey, N_("the name server that was named has no address"));
        visit->stale = true;
    }
    reply_free(reply);
}

static void hand_over(struct ui *ui, struct visit *visit, struct reply *reply)
{
    reply->received_ms = ui->now_ms;
    if (visit->changes)
        changes_note(visit->changes, reply);
    survey_apply(visit->survey, reply);
    visit->stale = true;
    visit->page.ended_ms = ui->now_ms;
}

void visit_reply(struct ui *ui, struct reply *reply)
{
    const struct asker *asker;
    struct reply *own;

    while ((asker = asking_take(ui->asking, &reply, &own))) {
        struct visit *visit = visit_of(ui, asker);
        if (visit->host && visit->host_type)
            take_host(visit, own);
        else
            hand_over(ui, visit, own);
    }
}

/* What is asked later on, for another view, does not count the time in between as waited for. */
static void leave_out_idle_time(const struct ui *ui, struct page *page)
{
    page->begun_ms += ui->now_ms - page->ended_ms;
    page->ended_ms = ui->now_ms;
}

static void ask_host(struct ui *ui, struct visit *visit, struct effects *effects)
{
    struct question question = {.name = visit->host, .type = visit->host_type};

    if (visit->asker.open)
        return;
    leave_out_idle_time(ui, &visit->page);
    if (asking_add(ui->asking, &visit->asker, &question))
        effects_add_question(effects, EFFECT_ASK, &question, visit->again);
}

/* Is it neither shown nor beside what is shown? */
static bool is_left_behind(const struct asker *asker, const void *context)
{
    const struct ui *ui = context;

    if (ui->visit_count && &ui->visits[ui->current]->asker == asker)
        return false;
    for (size_t i = 0; i < ui->compared_count; i++)
        if (&ui->compared[i]->asker == asker)
            return false;
    return true;
}

/* A page left behind asks again when it is looked at again. */
static void take_back(struct ui *ui, struct effects *effects)
{
    struct question question;
    const struct asker *asker = asking_newest(ui->asking, is_left_behind, ui, &question);

    if (!asker) /* what is asked now was the last of them, and is waited for here as well */
        return;
    effects_add_question(effects, EFFECT_CANCEL, &question, false);
    asking_take_back(ui->asking, &question);
    visit_of(ui, asker)->stale = true;
}

static bool has_room(const struct ui *ui)
{
    struct question question;

    return asking_count(ui->asking) < OPEN_QUESTIONS_MAX ||
           asking_newest(ui->asking, is_left_behind, ui, &question);
}

/* What is looked at comes before what was left behind: a name whose servers are silent does not
 * keep the next one waiting. */
static void ask_for(struct ui *ui, struct visit *visit, struct effects *effects)
{
    struct outgoing asked;

    if (visit->host && visit->host_type) {
        ask_host(ui, visit, effects);
        return;
    }
    while (has_room(ui) && asking_next(ui->asking, &visit->asker, &asked)) {
        if (asking_count(ui->asking) > OPEN_QUESTIONS_MAX)
            take_back(ui, effects);
        if (asked.reply) {
            hand_over(ui, visit, asked.reply);
            continue;
        }
        if (visit->asker.open == 1)
            leave_out_idle_time(ui, &visit->page);
        if (asked.send)
            effects_add_question(effects, EFFECT_ASK, &asked.question, visit->again);
    }
    visit->page.waiting = !survey_complete(visit->survey);
}

static void end_question(const struct question *question, void *effects)
{
    effects_add_question(effects, EFFECT_END, question, false);
}

static void end_late(struct ui *ui, struct visit *visit, struct effects *effects)
{
    int64_t limit_ms = ui->settings.time_limit_ms;

    if (!limit_ms || !visit->page.waiting || ui->now_ms - visit->page.begun_ms < limit_ms ||
        survey_is_ended(visit->survey))
        return;
    survey_end(visit->survey, survey_time_is_up);
    visit->stale = true;
    asking_each_own(ui->asking, &visit->asker, end_question, effects);
    ui_say(ui, ROLE_WARN, "stopped after %d s: the rest was not queried (r queries again)",
           (int)(limit_ms / 1000));
}

void visit_end_late(struct ui *ui, struct effects *effects)
{
    for (size_t i = 0; i < ui->visit_count; i++)
        end_late(ui, ui->visits[i], effects);
    for (size_t i = 0; i < ui->compared_count; i++)
        end_late(ui, ui->compared[i], effects);
}

void visit_ask(struct ui *ui, struct effects *effects)
{
    if (ui->visit_count)
        ask_for(ui, ui->visits[ui->current], effects);
    for (size_t i = 0; i < ui->compared_count; i++)
        ask_for(ui, ui->compared[i], effects);
}

void visit_again(struct ui *ui, struct visit *visit)
{
    if (!visit->changes)
        visit->changes = changes_new();
    changes_keep(visit->changes, survey_answers(visit->survey));
    windows_forget(ui);
    survey_forget_all(visit->survey);
    visit->again = true;
    visit->stale = true;
    visit->page.begun_ms = visit->page.ended_ms = ui->now_ms;
    visit->page.waiting = true;
}
