#include "main/main_diff.h"

#include "base/array.h"
#include "base/memory.h"
#include "main/batch/main_say.h"
#include "main/main_server.h"
#include "main/main_zones.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* A question of the survey, and what came of it from the vantage. */
struct errand {
    struct question asked, onward; /* names owned */
};

struct beside {
    const struct vantage *vantage;
    struct survey *survey;
    struct errand *errands;
    size_t errand_count, errand_capacity;
};

/* ---- what the option names ---- */

/* As "@name" is looked up: by the system. */
static bool find_server(uv_loop_t *loop, struct beside_plan *plan, const struct options *options)
{
    struct server found[MAIN_SERVER_ADDRESSES];
    const char *why;

    if (plan->spec.server.family)
        return true;
    if (!main_server_find(loop, plan->spec.text, options->server_family, 0, found, &why)) {
        main_say("--diff %s: unknown name server: %s", options->diff, why);
        return false;
    }
    plan->spec.server = found[0].address;
    return true;
}

/* Relative names belong below the name compared with, if the file's name does not say more. */
static bool read_zone(struct beside_plan *plan, const struct options *options)
{
    struct subject subject;
    const char *part = NULL, *name = options->names.count ? options->names.list[0] : NULL;
    bool has_name = name && !options->batch && subject_parse(name, &subject, NULL) == STATUS_OK;
    struct zone *zone;

    if (has_name)
        part = zone_origin_for(plan->spec.text, subject.name);
    zone = zone_read_said(options, "--diff", plan->spec.text,
                          part       ? part
                          : has_name ? subject.name
                                     : NULL);
    if (zone)
        plan->vantage = vantage_new_zone(zone);
    if (has_name)
        subject_clear(&subject);
    return zone != NULL;
}

int beside_plan_init(struct beside_plan *plan, const struct options *options, uv_loop_t *loop)
{
    const char *why;

    *plan = (struct beside_plan){0};
    if (vantage_spec_parse(options->diff, &plan->spec, &why)) {
        main_say("--diff %s: %s", options->diff, why);
        return EXIT_USAGE;
    }
    if (plan->spec.kind == VANTAGE_FILE)
        return read_zone(plan, options) ? 0 : EXIT_INPUT;
    if (plan->spec.kind != VANTAGE_SERVER)
        return 0;
    if (!find_server(loop, plan, options))
        return EXIT_NO_ANSWER;
    plan->vantage = vantage_new_server(&plan->spec.server, plan->spec.port);
    return 0;
}

void beside_plan_clear(struct beside_plan *plan)
{
    vantage_free(plan->vantage);
}

/* ---- one of them ---- */

struct beside *beside_new(const struct beside_plan *plan, const struct request *request,
                          const struct subject *subject)
{
    struct beside *beside = memory_new(1, sizeof *beside);
    struct subject named = {0};
    char owner[NAME_TEXT], *reason = NULL;
    struct text why = {0};

    beside->vantage = plan->vantage;
    if (plan->spec.kind == VANTAGE_NAME && subject_parse(plan->spec.text, &named, &reason))
        main_say("--diff: %s", reason);
    else if (request_survey(request, plan->spec.kind == VANTAGE_NAME ? &named : subject,
                            &beside->survey, owner, &why))
        main_say("--diff: %s", text_get(&why));
    if (named.input)
        subject_clear(&named);
    free(reason);
    text_clear(&why);
    if (beside->survey)
        return beside;
    free(beside);
    return NULL;
}

static void errand_clear(struct errand *errand)
{
    free((char *)errand->asked.name);
    free((char *)errand->onward.name);
}

void beside_free(struct beside *beside)
{
    if (!beside)
        return;
    while (beside->errand_count)
        errand_clear(&beside->errands[--beside->errand_count]);
    free(beside->errands);
    survey_free(beside->survey);
    free(beside);
}

void beside_ask(struct beside *beside, struct source *source)
{
    struct question question;
    int priority;

    while (survey_ask(beside->survey, &question, &priority)) {
        char name[NAME_TEXT];
        struct errand errand = {.asked = question};
        struct reply *reply = vantage_ask(beside->vantage, &question, &errand.onward, name);
        if (reply) {
            survey_apply(beside->survey, reply);
            continue;
        }
        errand.asked.name = memory_dup(question.name);
        errand.onward.name = memory_dup(errand.onward.name);
        ARRAY_PUSH(beside->errands, beside->errand_count, beside->errand_capacity, errand);
        source_ask(source, &errand.onward, priority);
    }
}

void beside_take(struct beside *beside, const struct reply *reply)
{
    for (size_t i = beside->errand_count; i-- > 0;) {
        struct errand errand = beside->errands[i];
        if (!question_equal(&errand.onward, &reply->question))
            continue;
        beside->errands[i] = beside->errands[--beside->errand_count];
        survey_apply(beside->survey,
                     vantage_bring(beside->vantage, &errand.asked, reply_dup(reply)));
        errand_clear(&errand);
    }
}

struct survey *beside_survey(struct beside *beside)
{
    return beside->survey;
}
