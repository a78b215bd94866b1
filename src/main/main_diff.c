#include "main/main_diff.h"

#include "base/memory.h"
#include "main/batch/main_say.h"
#include "main/input/main_server.h"
#include "main/input/main_zones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

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

static bool is_recording(FILE *file)
{
    static const char head[] = "# mxtrail ";
    char start[sizeof head] = "";
    bool is = fgets(start, sizeof start, file) && strcmp(start, head) == 0;

    rewind(file);
    return is;
}

/* The first answer to each question counts. */
static bool take_line(struct answers *answers, const char *path, size_t number, char *line)
{
    const char *at = *line == '#' ? NULL : strstr(line, " reply "), *why;
    struct reply *reply;

    line[strcspn(line, "\n")] = '\0';
    if (!at)
        return true;
    if (reply_parse(at + strlen(" reply "), &reply, &why)) {
        main_say("%s:%zu: %s", path, number, why);
        return false;
    }
    if (answers_find(answers, &reply->question))
        reply_free(reply);
    else
        answers_put(answers, reply);
    return true;
}

static bool read_recording(struct beside_plan *plan, FILE *file)
{
    struct answers *answers = answers_new();
    size_t capacity = 0, number = 0;
    char *line = NULL;
    bool good = true;

    while (good && getline(&line, &capacity, file) >= 0)
        good = take_line(answers, plan->spec.text, ++number, line);
    free(line);
    if (good)
        plan->vantage = vantage_new_answers(answers, plan->spec.text);
    else
        answers_free(answers);
    return good;
}

/* A recording, or else a zone file. */
static bool read_file(struct beside_plan *plan, const struct options *options)
{
    FILE *file = fopen(plan->spec.text, "re");
    bool recording = file && is_recording(file);
    bool good = recording && read_recording(plan, file);

    if (file)
        fclose(file);
    return recording ? good : read_zone(plan, options);
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
        return read_file(plan, options) ? 0 : EXIT_INPUT;
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

struct survey *beside_plan_survey(const struct beside_plan *plan, const struct request *request,
                                  const struct subject *subject)
{
    struct subject named = {0};
    struct survey *survey = NULL;
    char owner[NAME_TEXT], *reason = NULL;
    struct text why = {0};

    if (plan->spec.kind == VANTAGE_NAME && subject_parse(plan->spec.text, &named, &reason))
        main_say("--diff: %s", reason);
    else if (request_survey(request, plan->spec.kind == VANTAGE_NAME ? &named : subject, &survey,
                            owner, &why))
        main_say("--diff: %s", text_get(&why));
    if (named.input)
        subject_clear(&named);
    free(reason);
    text_clear(&why);
    return survey;
}
