/* Does what is said early hold? The answers about a domain come in any order, and whatever is found
 * on the way must be found in the end; a line of the mail policy that waits for nothing has its
 * last word. Arguments as judged_each has them. Prints what is taken back, and how much was
 * compared; fails when anything is. */
#include "base/array.h"
#include "base/random.h"
#include "sheet/policy/policy_lines.h"
#include "unit/worlds/judged_domain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKS = 12, /* a domain */ FAULTS_MOST = 20 };

struct tally {
    size_t domains, looks, findings, lines, faults;
};

struct watched {
    const char *label; /* of the domain */
    struct judged whole;
    const struct policy_lines *lines; /* of the whole */
    struct tally *tally;
};

struct arrival { /* replies on their way */
    struct reply **replies;
    size_t count, capacity, came;
    struct random random;
};

/* What has one cause is told of the first that has it. */
static bool is_about_same(const struct finding *a, const struct finding *b)
{
    return strcmp(a->subject, b->subject) == 0 ||
           (a->cause && b->cause && strcmp(a->cause, b->cause) == 0);
}

static bool is_said(const struct findings *findings, const struct finding *wanted)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];

        if (strcmp(finding->id, wanted->id) == 0 && finding->severity == wanted->severity &&
            is_about_same(finding, wanted))
            return true;
    }
    return false;
}

static void compare_findings(struct watched *watched, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];

        watched->tally->findings++;
        if (is_said(watched->whole.facts->findings, finding))
            continue;
        if (watched->tally->faults++ < FAULTS_MOST)
            printf("# %s: %s %s %s is said and taken back: %s\n", watched->label,
                   severity_text(finding->severity), finding->id, finding->subject, finding->text);
    }
}

static const struct policy_line *line_of(const struct policy_lines *lines, const char *key)
{
    for (size_t i = 0; i < lines->count; i++)
        if (strcmp(lines->lines[i].key, key) == 0)
            return &lines->lines[i];
    return NULL;
}

/* Will something be found about the line that is not known yet? It looks worse then. */
static bool is_more_found(const struct findings *findings, const struct findings *last,
                          const struct policy_line *line)
{
    for (size_t i = 0; i < last->count; i++)
        if (strcmp(last->findings[i].place, line->label) == 0 &&
            !is_said(findings, &last->findings[i]))
            return true;
    return false;
}

/* A line of the mail policy that waits for nothing says its last word, but for findings. */
static void compare_lines(struct watched *watched, const struct facts *facts)
{
    struct arena *arena = arena_new();
    const struct policy_lines *now = policy_lines_build(facts, false, arena);

    for (size_t i = 0; i < now->count; i++) {
        const struct policy_line *line = &now->lines[i], *last = line_of(watched->lines, line->key);

        watched->tally->lines += !line->waiting;
        if (line->waiting || (last && strcmp(last->state, line->state) == 0) ||
            is_more_found(facts->findings, watched->whole.facts->findings, line))
            continue;
        if (watched->tally->faults++ < FAULTS_MOST)
            printf("# %s: %s (%s) says %s %s, and then %s\n", watched->label, line->key,
                   line->label, line->glyph, line->state, last ? last->state : "nothing");
    }
    arena_free(arena);
}

static void look(struct watched *watched, struct survey *early)
{
    const struct facts *facts = survey_facts(early);

    watched->tally->looks++;
    compare_findings(watched, facts->findings);
    compare_lines(watched, facts);
}

/* All that is open joins those on their way; one of them, any, comes. */
static bool receive(struct arrival *arrival, struct survey *survey, const struct zone *zone)
{
    struct question question;
    int priority;
    size_t which;

    while (survey_ask(survey, &question, &priority))
        ARRAY_PUSH(arrival->replies, arrival->count, arrival->capacity,
                   zone_answer(&zone, 1, &question));
    if (arrival->count == 0)
        return false;
    which = random_below(&arrival->random, arrival->count);
    survey_apply(survey, arrival->replies[which]);
    arrival->replies[which] = arrival->replies[--arrival->count];
    arrival->came++;
    return true;
}

static void try_domain(const char *label, const char *text, size_t length, const char *name,
                       void *context)
{
    struct watched watched = {.label = label, .tally = context};
    struct arrival arrival = {0};
    struct survey *early;
    struct arena *arena;

    random_init(&arrival.random, watched.tally->domains++);
    if (!judged_init(&watched.whole, text, length, name)) {
        watched.tally->faults++;
        return;
    }
    arena = arena_new();
    watched.lines = policy_lines_build(watched.whole.facts, false, arena);
    early = judged_survey(name);
    for (size_t step = survey_asked(watched.whole.survey) / LOOKS + 1, next = step;
         receive(&arrival, early, watched.whole.zone);)
        if (arrival.came == next) {
            look(&watched, early);
            next += step;
        }
    look(&watched, early);
    free(arrival.replies);
    survey_free(early);
    arena_free(arena);
    judged_clear(&watched.whole);
}

int main(int argc, char **argv)
{
    struct tally tally = {0};

    judged_each(argc, argv, try_domain, &tally);
    printf("%zu domains, %zu looks, %zu findings and %zu lines compared, %zu taken back\n",
           tally.domains, tally.looks, tally.findings, tally.lines, tally.faults);
    return tally.domains && !tally.faults ? EXIT_SUCCESS : EXIT_FAILURE;
}
