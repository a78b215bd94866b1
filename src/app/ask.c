/* Questions go out, replies come in: app/visit.h. */
#include "app/visit.h"

#include "app/changes.h"
#include "base/array.h"
#include "base/memory.h"

#include <stdlib.h>

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

static struct reply *copy_reply(const struct reply *reply)
{
    struct text line = {0};
    struct reply *copy = NULL;
    const char *why;

    reply_print(reply, &line);
    if (reply_parse(text_get(&line), &copy, &why))
        copy = NULL;
    text_clear(&line);
    return copy;
}

/* A survey asks nobody in particular; whom its visit asks instead is between us. */
static void hand_over(struct ui *ui, struct visit *visit, struct reply *reply)
{
    if (visit->server.family && address_equal(&visit->server, &reply->question.server))
        reply->question.server = (struct address){0};
    reply->received_ms = ui->now_ms;
    if (visit->changes)
        changes_note(visit->changes, reply);
    survey_apply(visit->survey, reply);
    visit->stale = true;
    visit->page.ended_ms = ui->now_ms;
}

/* The last visit that waits takes the reply itself, those before it take copies. */
void visit_reply(struct ui *ui, struct reply *reply)
{
    struct visit *waiting = NULL;
    struct question question = reply->question;
    size_t kept = 0;

    for (size_t i = 0; i < ui->open_count; i++) {
        struct open_question *open = &ui->open[i];
        if (!question_equal(&open->question, &question)) {
            ui->open[kept++] = *open;
            continue;
        }
        if (waiting) {
            struct reply *copy = copy_reply(reply);
            if (copy)
                hand_over(ui, waiting, copy);
        }
        waiting = find_visit(ui, open->visit);
        free((char *)open->question.name);
    }
    ui->open_count = kept;
    if (waiting)
        hand_over(ui, waiting, reply);
    else
        reply_free(reply);
}

static bool is_open(const struct ui *ui, const struct question *question)
{
    for (size_t i = 0; i < ui->open_count; i++)
        if (question_equal(&ui->open[i].question, question))
            return true;
    return false;
}

static void ask_one(struct ui *ui, struct visit *visit, struct question question,
                    struct effects *effects)
{
    struct open_question open = {.visit = visit->id};

    if (visit->server.family && !question.server.family)
        question.server = visit->server;
    if (!is_open(ui, &question))
        effects_add_question(effects, EFFECT_ASK, &question, visit->again);
    open.question = question;
    open.question.name = memory_dup(question.name);
    ARRAY_PUSH(ui->open, ui->open_count, ui->open_capacity, open);
}

static void ask_for(struct ui *ui, struct visit *visit, struct effects *effects)
{
    struct question question;
    int priority;

    while (ui->open_count < OPEN_QUESTIONS_MAX && survey_ask(visit->survey, &question, &priority))
        ask_one(ui, visit, question, effects);
    visit->page.waiting = !survey_complete(visit->survey);
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
