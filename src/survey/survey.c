#include "survey/survey.h"

#include "dns/question_map.h"
#include "survey/facts_build.h"
#include "survey/priority.h"
#include "survey/survey_request.h"

#include <stdlib.h>

struct survey {
    struct survey_request request;
    struct answers *answers;
    struct question_map *asked; /* every question handed out; the value says nothing */
    size_t asked_count, answered_count;
    struct wants *wants; /* of the last build */
    size_t next;         /* wants before this one have been asked */
    struct arena *facts_arena;
    struct facts *facts;
    struct whatif *whatif; /* borrowed */
    bool stale;            /* something changed since the facts were built */
    bool budget_used_up;   /* something was wanted that could not be asked */
};

struct survey *survey_new(const struct subject *subject, const struct survey_options *options)
{
    struct survey *survey = memory_new(1, sizeof *survey);

    survey_request_init(&survey->request, subject, options);
    survey->answers = answers_new();
    survey->asked = question_map_new();
    survey->stale = true;
    return survey;
}

void survey_free(struct survey *survey)
{
    if (!survey)
        return;
    wants_free(survey->wants);
    question_map_free(survey->asked);
    answers_free(survey->answers);
    arena_free(survey->facts_arena);
    survey_request_clear(&survey->request);
    free(survey);
}

const struct subject *survey_subject(const struct survey *survey)
{
    return &survey->request.subject;
}

void survey_set_sender(struct survey *survey, const struct sender *sender)
{
    struct sender old = survey->request.sender;

    sender_copy(&survey->request.sender, sender);
    sender_clear(&old);
    survey->stale = true;
}

const struct sender *survey_sender(const struct survey *survey)
{
    return &survey->request.sender;
}

void survey_set_whatif(struct survey *survey, struct whatif *whatif)
{
    survey->whatif = whatif;
    survey->stale = true;
}

void survey_set_spf(struct survey *survey, const struct spf_sender *spf)
{
    survey_request_set_spf(&survey->request, spf);
    survey->stale = true;
}

void survey_set_names(struct survey *survey, const char *const *names, size_t count)
{
    survey_request_set_names(&survey->request, names, count);
    survey->stale = true;
}

/* The route over the edits is for others to build: here it only says what it misses. */
static void want_changed(struct survey *survey, struct lookup lookup)
{
    if (!survey->whatif || !whatif_count(survey->whatif))
        return;
    lookup.overlay = whatif_answers(survey->whatif, survey->answers);
    lookup.priority = ASK_EXCHANGES;
    route_build(&lookup, survey->request.subject.name, &survey->request.sender,
                survey->facts_arena);
}

static void build(struct survey *survey)
{
    struct lookup lookup = {.answers = survey->answers};

    if (!survey->stale)
        return;
    wants_free(survey->wants);
    arena_free(survey->facts_arena);
    lookup.wants = survey->wants = wants_new();
    survey->facts_arena = arena_new();
    survey->facts = facts_build(survey->facts_arena, lookup, &survey->request);
    want_changed(survey, lookup);
    survey->next = 0;
    survey->stale = false;
}

bool survey_awaits(const struct survey *survey, const struct question *question)
{
    return question_map_find(survey->asked, question) && !answers_find(survey->answers, question);
}

void survey_apply(struct survey *survey, struct reply *reply)
{
    if (!question_map_find(survey->asked, &reply->question)) {
        reply_free(reply);
        return;
    }
    if (!answers_find(survey->answers, &reply->question))
        survey->answered_count++;
    answers_put(survey->answers, reply);
    survey->stale = true;
}

/* Whatever is wanted now and beyond the budget ends here. */
static void refuse_rest(struct survey *survey)
{
    for (; survey->next < wants_count(survey->wants); survey->next++) {
        const struct question *question = &wants_at(survey->wants, survey->next)->question;
        struct reply *reply;
        if (question_map_find(survey->asked, question))
            continue;
        reply = reply_new(question);
        reply->why = "not asked: the questions allowed for one name are used up";
        answers_put(survey->answers, reply);
        survey->stale = survey->budget_used_up = true;
    }
}

bool survey_ask(struct survey *survey, struct question *question, int *priority)
{
    build(survey);
    while (survey->asked_count >= SURVEY_QUESTIONS_MAX &&
           survey->next < wants_count(survey->wants)) {
        refuse_rest(survey); /* may make something else wanted */
        build(survey);
    }
    while (survey->next < wants_count(survey->wants)) {
        const struct want *want = wants_at(survey->wants, survey->next++);
        if (question_map_find(survey->asked, &want->question))
            continue;
        question_map_put(survey->asked, &want->question, survey);
        survey->asked_count++;
        *question = want->question;
        *priority = want->priority;
        return true;
    }
    return false;
}

void survey_forget(struct survey *survey, const struct question *question)
{
    if (!question_map_find(survey->asked, question))
        return;
    if (answers_find(survey->answers, question))
        survey->answered_count--;
    survey->asked_count--;
    question_map_remove(survey->asked, question);
    answers_forget(survey->answers, question);
    survey->stale = true;
}

void survey_forget_all(struct survey *survey)
{
    answers_free(survey->answers);
    question_map_free(survey->asked);
    survey->answers = answers_new();
    survey->asked = question_map_new();
    survey->asked_count = survey->answered_count = 0;
    survey->stale = true;
    survey->budget_used_up = false;
}

size_t survey_asked(const struct survey *survey)
{
    return survey->asked_count;
}

size_t survey_answered(const struct survey *survey)
{
    return survey->answered_count;
}

bool survey_complete(const struct survey *survey)
{
    return !survey->stale && survey->asked_count == survey->answered_count &&
           survey->next == wants_count(survey->wants);
}

const struct answers *survey_answers(const struct survey *survey)
{
    return survey->answers;
}

struct lookup survey_lookup(const struct survey *survey)
{
    return (struct lookup){.answers = survey->answers};
}

const struct facts *survey_facts(struct survey *survey)
{
    build(survey);
    survey->facts->asked = survey->asked_count;
    survey->facts->answered = survey->answered_count;
    survey->facts->over_budget = survey->budget_used_up;
    return survey->facts;
}
