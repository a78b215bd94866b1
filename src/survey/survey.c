#include "survey/survey.h"

#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "dns/question_map.h"
#include "dns/type.h"
#include "mail/profiles/profiles.h"
#include "mail/simulation/comparison.h"
#include "policy/spf/spf.h"
#include "survey/budget.h"
#include "survey/facts_build.h"
#include "survey/priority.h"
#include "survey/survey_request.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct survey {
    struct survey_request request;
    struct answers *answers;
    struct question_map *asked; /* every question to be handed out, with its struct budget_kind */
    size_t asked_count;         /* handed out */
    size_t ended_count;         /* of these, how many have ended */
    size_t heard_count;         /* of these, how many with a response */
    size_t unsent_count;        /* and how many without having been sent */
    size_t refused_count;       /* wanted, and never handed out */
    struct budget budget;
    struct wants *wants;          /* of the last build */
    size_t next[ASK_PRIORITIES];  /* wants of each kind before this one have been asked since */
    struct lent {                 /* to be handed out before anything else */
        struct question question; /* name owned */
        int priority;
    } * lent;
    size_t lent_count, lent_capacity, lent_next;
    struct arena *facts_arena;
    struct facts *facts;
    struct whatif *whatif; /* borrowed */
    bool stale;            /* something changed since the facts were built */
    bool stirred;          /* and it may be that more is wanted now */
    bool hurried;          /* the wants are those of SPF alone */
    bool budget_used_up;   /* something was wanted that could not be asked */
    char name[NAME_TEXT];  /* of the question handed out last */
    const char *ended;     /* why nothing is asked any more (static); NULL: it may be */
};

static void stir(struct survey *survey)
{
    survey->stale = survey->stirred = true;
}

struct survey *survey_new(const struct subject *subject, const struct survey_options *options)
{
    struct survey *survey = memory_new(1, sizeof *survey);

    survey_request_init(&survey->request, subject, options);
    survey->answers = answers_new();
    survey->asked = question_map_new();
    survey->budget = budget_new(survey->request.options.questions);
    stir(survey);
    return survey;
}

static void forget_lent(struct survey *survey)
{
    for (size_t i = survey->lent_next; i < survey->lent_count; i++)
        free((char *)(uintptr_t)survey->lent[i].question.name);
    survey->lent_count = survey->lent_next = 0;
}

static void forget_facts(struct survey *survey)
{
    wants_free(survey->wants);
    arena_free(survey->facts_arena);
    survey->wants = NULL;
    survey->facts_arena = NULL;
    survey->facts = NULL;
}

void survey_free(struct survey *survey)
{
    if (!survey)
        return;
    forget_lent(survey);
    free(survey->lent);
    forget_facts(survey);
    question_map_free(survey->asked);
    answers_free(survey->answers);
    survey_request_clear(&survey->request);
    free(survey);
}

const struct subject *survey_subject(const struct survey *survey)
{
    return &survey->request.subject;
}

const char *survey_probe(const struct survey *survey)
{
    return survey->request.probe;
}

void survey_set_sender(struct survey *survey, const struct sender *sender)
{
    struct sender old = survey->request.sender;

    sender_copy(&survey->request.sender, sender);
    sender_clear(&old);
    stir(survey);
}

const struct sender *survey_sender(const struct survey *survey)
{
    return &survey->request.sender;
}

void survey_set_whatif(struct survey *survey, struct whatif *whatif)
{
    survey->whatif = whatif;
    stir(survey);
}

bool survey_is_edited(const struct survey *survey)
{
    return survey->whatif && whatif_count(survey->whatif);
}

void survey_set_spf(struct survey *survey, const struct spf_sender *spf)
{
    survey_request_set_spf(&survey->request, spf);
    stir(survey);
}

void survey_set_selectors(struct survey *survey, const char *const *selectors, size_t count)
{
    survey_request_set_selectors(&survey->request, selectors, count);
    stir(survey);
}

void survey_set_policy(struct survey *survey, const char *policy)
{
    survey_request_set_policy(&survey->request, policy);
    stir(survey);
}

void survey_set_client(struct survey *survey, const char *client)
{
    survey_request_set_client(&survey->request, client);
    stir(survey);
}

void survey_set_places(struct survey *survey, const char *const *places, size_t count)
{
    survey_request_set_places(&survey->request, places, count);
    stir(survey);
}

const char *const *survey_places(const struct survey *survey, size_t *count)
{
    *count = survey->request.options.place_count;
    return survey->request.options.places;
}

void survey_set_names(struct survey *survey, const char *const *names, size_t count)
{
    survey_request_set_names(&survey->request, names, count);
    stir(survey);
}

void survey_set_resolvers(struct survey *survey, const struct compared_resolver *list, size_t count)
{
    survey_request_set_resolvers(&survey->request, list, count);
    stir(survey);
}

void survey_set_trace(struct survey *survey, const char *name)
{
    survey_request_set_trace(&survey->request, name);
    stir(survey);
}

void survey_request_records(struct survey *survey, const struct record_request *request)
{
    survey_request_add(&survey->request, request);
    stir(survey);
}

/* Routes over the edits are for others to build: here they only say what they miss. */
static void want_route(struct survey *survey, const struct lookup *lookup,
                       const struct sender *sender)
{
    route_build(lookup, survey->request.subject.name, sender, survey->facts_arena);
}

/* What every sender would want to know with the edits, by MX and by SRV: they are compared. */
static void want_changed(struct survey *survey, struct lookup lookup)
{
    const struct sender *own = &survey->request.sender;

    if (!survey_is_edited(survey))
        return;
    lookup.priority = ASK_EXCHANGES;
    whatif_want(survey->whatif, &lookup);
    lookup.overlay = whatif_answers(survey->whatif, survey->answers);
    want_route(survey, &lookup, own);
    for (size_t i = 0; i < profile_count(); i++) {
        struct sender sender;
        comparison_sender(own, profile_at(i), &sender);
        want_route(survey, &lookup, &sender);
        if (comparison_by_srv(&sender))
            want_route(survey, &lookup, &sender);
        sender_clear(&sender);
    }
}

/* Where the wants of each kind begin, and how many there are. */
static void sort_out(struct survey *survey)
{
    size_t count = wants_count(survey->wants), i = 0;

    for (int kind = 0; kind < ASK_PRIORITIES; kind++) {
        survey->next[kind] = i;
        while (i < count && wants_at(survey->wants, i)->priority == kind)
            i++;
        survey->budget.kinds[kind].wanted = i - survey->next[kind];
    }
    assert(i == count);
}

static void build(struct survey *survey)
{
    struct lookup lookup = {.answers = survey->answers, .asked = survey->asked};

    if (!survey->stale)
        return;
    forget_facts(survey);
    lookup.wants = survey->wants = wants_new();
    survey->facts_arena = arena_new();
    survey->facts = facts_build(survey->facts_arena, lookup, &survey->request);
    want_changed(survey, lookup);
    sort_out(survey);
    survey->stale = survey->stirred = survey->hurried = false;
}

/* The texts alone: an address may be wanted for the panes, too, and is of that kind then. */
static struct wants *want_includes(const struct survey *survey)
{
    struct lookup lookup = {.answers = survey->answers,
                            .asked = survey->asked,
                            .wants = wants_new(),
                            .priority = ASK_POLICY};
    struct arena *arena = arena_new();
    struct wants *texts = wants_new();

    spf_tree_build(&lookup, arena, survey->request.subject.name);
    for (size_t i = 0; i < wants_count(lookup.wants); i++) {
        const struct want *want = wants_at(lookup.wants, i);
        if (want->question.type == TYPE_TXT)
            wants_add(texts, &want->question, want->priority);
    }
    wants_free(lookup.wants);
    arena_free(arena);
    return texts;
}

void survey_hurry(struct survey *survey)
{
    const struct survey_request *request = &survey->request;

    if (survey->ended || request->options.panes_only || !subject_takes_mail(&request->subject))
        return;
    wants_free(survey->wants);
    survey->wants = want_includes(survey);
    sort_out(survey);
    survey->hurried = true;
}

void survey_reword(struct survey *survey)
{
    survey->stale = true;
}

void survey_rest(struct survey *survey)
{
    forget_facts(survey);
    stir(survey);
}

bool survey_awaits(const struct survey *survey, const struct question *question)
{
    return question_map_find(survey->asked, question) && !answers_find(survey->answers, question);
}

/* Counts the ending of a question, or takes it back. */
static void count_ending(struct survey *survey, const struct reply *reply, size_t by)
{
    survey->ended_count += by;
    survey->heard_count += reply_was_heard(reply) ? by : 0;
    survey->unsent_count += reply_was_sent(reply) ? 0 : by;
}

/* A guess that is not there makes nothing wanted; only that a name nobody has is not there tells
 * something about others. An address is looked up together with one of the other family. */
static bool ends_here(const struct survey *survey, const struct budget_kind *kind,
                      const struct reply *reply)
{
    bool one_of_two = reply->question.type == TYPE_A || reply->question.type == TYPE_AAAA;

    if (kind < &survey->budget.kinds[ASK_GUESSES] || reply->alias_count)
        return false;
    if (reply->outcome != OUTCOME_NXDOMAIN && (reply->outcome != OUTCOME_NODATA || one_of_two))
        return false;
    return !strstr(reply->question.name, survey->request.probe);
}

void survey_apply(struct survey *survey, struct reply *reply)
{
    struct budget_kind *kind = question_map_find(survey->asked, &reply->question);
    const struct reply *before = answers_find(survey->answers, &reply->question);

    if (!kind) {
        reply_free(reply);
        return;
    }
    if (before)
        count_ending(survey, before, (size_t)-1);
    else
        kind->open--;
    count_ending(survey, reply, 1);
    survey->stale = true;
    survey->stirred = survey->stirred || !ends_here(survey, kind, reply);
    answers_put(survey->answers, reply);
}

/* The next of a kind, which has one. It counts as asked from now on. */
static const struct want *take(struct survey *survey, int priority)
{
    const struct want *want = wants_at(survey->wants, survey->next[priority]++);
    struct budget_kind *kind = &survey->budget.kinds[priority];

    question_map_put(survey->asked, &want->question, kind);
    kind->wanted--;
    kind->asked++;
    kind->open++;
    return want;
}

/* Whatever of this kind is wanted now ends here. */
static void refuse(struct survey *survey, enum ask_priority kind, const char *why)
{
    size_t first = survey->next[kind], end = first + survey->budget.kinds[kind].wanted;

    for (size_t i = first; i < end; i++) {
        struct reply *reply = reply_new(&wants_at(survey->wants, i)->question);
        reply->outcome = OUTCOME_NOT_ASKED;
        reply->why = why;
        answers_put(survey->answers, reply);
        survey->refused_count++;
    }
    stir(survey);
}

static void lend(struct survey *survey, enum ask_priority kind)
{
    struct budget_kind *own = &survey->budget.kinds[kind];

    for (; own->lent; own->lent--) {
        const struct want *want = take(survey, kind);
        struct lent lent = {want->question, want->priority};

        lent.question.name = memory_dup(want->question.name);
        ARRAY_PUSH(survey->lent, survey->lent_count, survey->lent_capacity, lent);
    }
}

static bool wants_more(const struct survey *survey)
{
    for (int kind = 0; kind < ASK_PRIORITIES; kind++)
        if (survey->budget.kinds[kind].wanted)
            return true;
    return false;
}

/* Nothing is open and nothing may be asked: more is lent, or what is wanted refused. */
static void borrow(struct survey *survey)
{
    enum ask_priority kind;

    if (!budget_lend(&survey->budget, &kind)) {
        refuse(survey, kind, N_("the queries allowed for one name are used up"));
        survey->budget_used_up = true;
        return;
    }
    for (int i = 0; i < ASK_PRIORITIES; i++)
        lend(survey, (enum ask_priority)i);
}

static bool next_lent(struct survey *survey, struct question *question, int *priority,
                      char name[NAME_TEXT])
{
    const struct lent *lent;

    if (survey->lent_next == survey->lent_count) {
        forget_lent(survey);
        return false;
    }
    lent = &survey->lent[survey->lent_next];
    *question = lent->question;
    *priority = lent->priority;
    question->name = strcpy(name, lent->question.name);
    free((char *)(uintptr_t)lent->question.name);
    survey->lent_next++;
    return true;
}

static bool next_wanted(struct survey *survey, struct question *question, int *priority)
{
    for (int kind = 0; kind < ASK_PRIORITIES; kind++)
        if (budget_allows(&survey->budget, (enum ask_priority)kind)) {
            const struct want *want = take(survey, kind);
            *question = want->question;
            *priority = want->priority;
            return true;
        }
    return false;
}

/* Nothing more is asked: what is wanted now, and what that makes wanted, ends at once. */
static void refuse_all(struct survey *survey)
{
    for (build(survey); wants_more(survey); build(survey))
        for (int kind = 0; kind < ASK_PRIORITIES; kind++)
            refuse(survey, (enum ask_priority)kind, survey->ended);
}

/* What is wanted is judged anew when it may be more than before. */
static void plan(struct survey *survey)
{
    if (survey->stirred || survey->asked_count == survey->ended_count)
        build(survey);
}

bool survey_ask(struct survey *survey, struct question *question, int *priority)
{
    bool found = false;

    if (survey->ended) {
        refuse_all(survey);
        return false;
    }
    if (survey->hurried) {
        survey->hurried = found = next_wanted(survey, question, priority);
        survey->asked_count += found;
        return found;
    }
    do {
        plan(survey);
        found = next_lent(survey, question, priority, survey->name) ||
                next_wanted(survey, question, priority);
        if (found || survey->asked_count > survey->ended_count || !wants_more(survey))
            break;
        borrow(survey);
    } while (true);
    survey->asked_count += found;
    return found;
}

void survey_end(struct survey *survey, const char *why)
{
    survey->ended = why;
    for (size_t i = survey->lent_next; i < survey->lent_count; i++) {
        struct reply *reply = reply_new(&survey->lent[i].question);
        reply->outcome = OUTCOME_NOT_ASKED;
        reply->why = why;
        survey->asked_count++;
        survey_apply(survey, reply);
    }
    forget_lent(survey);
    stir(survey);
}

const char survey_time_is_up[] = N_("the time limit for one name has expired (--time-limit)");

bool survey_is_ended(const struct survey *survey)
{
    return survey->ended != NULL;
}

void survey_forget(struct survey *survey, const struct question *question)
{
    struct budget_kind *kind = question_map_find(survey->asked, question);
    const struct reply *reply = answers_find(survey->answers, question);

    if (!kind)
        return;
    if (reply)
        count_ending(survey, reply, (size_t)-1);
    else
        kind->open--;
    kind->asked--;
    survey->asked_count--;
    question_map_remove(survey->asked, question);
    answers_forget(survey->answers, question);
    stir(survey);
}

void survey_forget_all(struct survey *survey)
{
    answers_free(survey->answers);
    question_map_free(survey->asked);
    forget_lent(survey);
    survey->answers = answers_new();
    survey->asked = question_map_new();
    survey->asked_count = survey->ended_count = survey->heard_count = survey->unsent_count = 0;
    survey->refused_count = 0;
    survey->budget = budget_new(survey->budget.limit);
    survey->ended = NULL;
    stir(survey);
    survey->budget_used_up = false;
}

size_t survey_asked(const struct survey *survey)
{
    return survey->asked_count;
}

size_t survey_ended(const struct survey *survey)
{
    return survey->ended_count;
}

bool survey_complete(const struct survey *survey)
{
    return !survey->stale && survey->asked_count == survey->ended_count &&
           survey->lent_next == survey->lent_count && !wants_more(survey);
}

const struct answers *survey_answers(const struct survey *survey)
{
    return survey->answers;
}

struct lookup survey_lookup(const struct survey *survey)
{
    return (struct lookup){.answers = survey->answers};
}

struct lookup survey_edited_lookup(const struct survey *survey)
{
    struct lookup lookup = survey_lookup(survey);

    if (survey_is_edited(survey))
        lookup.overlay = whatif_answers(survey->whatif, survey->answers);
    return lookup;
}

const struct facts *survey_facts(struct survey *survey)
{
    build(survey);
    survey->facts->asked = survey->asked_count - survey->unsent_count;
    survey->facts->answered = survey->heard_count;
    survey->facts->not_asked = survey->unsent_count + survey->refused_count;
    survey->facts->limit = survey->budget.limit;
    survey->facts->over_budget = survey->budget_used_up;
    survey->facts->ended = survey->ended;
    return survey->facts;
}
