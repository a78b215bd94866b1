/* Questions go out, replies come in: app/state/visit.h. */
#include "app/state/visit.h"

#include "base/array.h"
#include "base/memory.h"
#include "dns/type.h"
#include "survey/watch_changes.h"

#include <stdlib.h>
#include <string.h>

static struct visit *find_visit(const struct ui *ui, unsigned id)
{
    for (size_t i = 0; i < ui->visit_count; i++)
        if (ui->visits[i]->id == id)
            return ui->visits[i];
    for (size_t i = 0; i < ui->beside_count; i++)
        if (ui->beside[i]->id == id)
            return ui->beside[i];
    return NULL;
}

/* The address of the server wanted, or none: then it is asked for its other family. */
static void take_host(struct visit *visit, struct reply *reply)
{
    if (reply->record_count) {
        visit->vantage = vantage_new_server(&reply->records[0]->address, visit->host_port);
        free(visit->host);
        visit->host = NULL;
    } else {
        visit->host_type = visit->host_type == TYPE_A ? TYPE_AAAA : 0;
        if (!visit->host_type)
            survey_end(visit->survey, "the name server asked for has no address");
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

/* What was asked for the visit is answered by this reply, the callee's now. */
static void fulfil(struct ui *ui, const struct open_question *open, struct reply *reply)
{
    struct visit *visit = find_visit(ui, open->visit);

    if (!visit)
        reply_free(reply);
    else if (open->asked.name)
        hand_over(ui, visit, vantage_bring(visit->vantage, &open->asked, reply));
    else
        take_host(visit, reply);
}

/* The last one that waits takes the reply itself, those before it take copies. */
void visit_reply(struct ui *ui, struct reply *reply)
{
    struct open_question waiting = {0};
    size_t kept = 0;

    for (size_t i = 0; i < ui->open_count; i++) {
        if (!question_equal(&ui->open[i].question, &reply->question)) {
            ui->open[kept++] = ui->open[i];
            continue;
        }
        if (waiting.visit)
            fulfil(ui, &waiting, reply_dup(reply));
        open_question_clear(&waiting);
        waiting = ui->open[i];
    }
    ui->open_count = kept;
    fulfil(ui, &waiting, reply);
    open_question_clear(&waiting);
}

static bool is_open(const struct ui *ui, const struct question *question)
{
    for (size_t i = 0; i < ui->open_count; i++)
        if (question_equal(&ui->open[i].question, question))
            return true;
    return false;
}

static bool waits(const struct ui *ui, const struct visit *visit)
{
    for (size_t i = 0; i < ui->open_count; i++)
        if (ui->open[i].visit == visit->id)
            return true;
    return false;
}

/* What is asked later on, for another view, does not count the time in between as waited for. */
static void leave_out_idle_time(const struct ui *ui, struct page *page)
{
    page->begun_ms += ui->now_ms - page->ended_ms;
    page->ended_ms = ui->now_ms;
}

/* `asked` is NULL for the address of a server wanted. */
static void send(struct ui *ui, struct visit *visit, const struct question *question,
                 const struct question *asked, struct effects *effects)
{
    struct open_question open = {.question = *question, .visit = visit->id};

    if (!waits(ui, visit))
        leave_out_idle_time(ui, &visit->page);
    if (!is_open(ui, question))
        effects_add_question(effects, EFFECT_ASK, question, visit->again);
    open.question.name = memory_dup(question->name);
    if (asked) {
        open.asked = *asked;
        open.asked.name = memory_dup(asked->name);
    }
    ARRAY_PUSH(ui->open, ui->open_count, ui->open_capacity, open);
}

static void ask_one(struct ui *ui, struct visit *visit, const struct question *question,
                    struct effects *effects)
{
    char name[NAME_TEXT];
    struct question onward;
    struct reply *reply = vantage_ask(visit->vantage, question, &onward, name);

    if (reply)
        hand_over(ui, visit, reply);
    else
        send(ui, visit, &onward, question, effects);
}

static void ask_host(struct ui *ui, struct visit *visit, struct effects *effects)
{
    struct question question = {.name = visit->host, .type = visit->host_type};

    if (!waits(ui, visit))
        send(ui, visit, &question, NULL, effects);
}

static bool is_looked_at(const struct ui *ui, unsigned id)
{
    if (ui->visit_count && ui->visits[ui->current]->id == id)
        return true;
    for (size_t i = 0; i < ui->beside_count; i++)
        if (ui->beside[i]->id == id)
            return true;
    return false;
}

/* Does only a page left behind wait for it? */
static bool can_be_taken_back(const struct ui *ui, const struct open_question *open)
{
    if (!open->asked.name || is_looked_at(ui, open->visit))
        return false;
    for (size_t i = 0; i < ui->open_count; i++)
        if (&ui->open[i] != open && question_equal(&ui->open[i].question, &open->question))
            return false;
    return true;
}

/* The last of such questions; open_count when there is none. */
static size_t to_take_back(const struct ui *ui)
{
    for (size_t i = ui->open_count; i-- > 0;)
        if (can_be_taken_back(ui, &ui->open[i]))
            return i;
    return ui->open_count;
}

/* A page left behind asks again when it is looked at again. */
static void take_back(struct ui *ui, struct effects *effects)
{
    size_t place = to_take_back(ui);
    struct open_question open = ui->open[place];
    struct visit *visit = find_visit(ui, open.visit);

    memmove(ui->open + place, ui->open + place + 1, (--ui->open_count - place) * sizeof open);
    effects_add_question(effects, EFFECT_CANCEL, &open.question, false);
    survey_forget(visit->survey, &open.asked);
    visit->stale = true;
    open_question_clear(&open);
}

static bool has_room(const struct ui *ui)
{
    return ui->open_count < OPEN_QUESTIONS_MAX || to_take_back(ui) < ui->open_count;
}

/* What is looked at comes before what was left behind: a name whose servers are silent does not
 * keep the next one waiting. */
static void ask_for(struct ui *ui, struct visit *visit, struct effects *effects)
{
    struct question question;
    int priority;

    if (visit->host && visit->host_type) {
        ask_host(ui, visit, effects);
        return;
    }
    while (has_room(ui) && survey_ask(visit->survey, &question, &priority)) {
        if (ui->open_count >= OPEN_QUESTIONS_MAX)
            take_back(ui, effects);
        ask_one(ui, visit, &question, effects);
    }
    visit->page.waiting = !survey_complete(visit->survey);
}

static bool is_only_for(const struct ui *ui, const struct open_question *open)
{
    for (size_t i = 0; i < ui->open_count; i++)
        if (ui->open[i].visit != open->visit &&
            question_equal(&ui->open[i].question, &open->question))
            return false;
    return true;
}

static void end_late(struct ui *ui, struct visit *visit, struct effects *effects)
{
    int64_t limit_ms = ui->settings.time_limit_ms;

    if (!limit_ms || !visit->page.waiting || ui->now_ms - visit->page.begun_ms < limit_ms ||
        survey_is_ended(visit->survey))
        return;
    survey_end(visit->survey, survey_time_is_up);
    visit->stale = true;
    for (size_t i = 0; i < ui->open_count; i++)
        if (ui->open[i].visit == visit->id && is_only_for(ui, &ui->open[i]))
            effects_add_question(effects, EFFECT_END, &ui->open[i].question, false);
    ui_say(ui, ROLE_WARN, "stopped after %d s: the rest was not queried (r queries again)",
           (int)(limit_ms / 1000));
}

void visit_end_late(struct ui *ui, struct effects *effects)
{
    for (size_t i = 0; i < ui->visit_count; i++)
        end_late(ui, ui->visits[i], effects);
    for (size_t i = 0; i < ui->beside_count; i++)
        end_late(ui, ui->beside[i], effects);
}

void visit_ask(struct ui *ui, struct effects *effects)
{
    if (ui->visit_count)
        ask_for(ui, ui->visits[ui->current], effects);
    for (size_t i = 0; i < ui->beside_count; i++)
        ask_for(ui, ui->beside[i], effects);
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
