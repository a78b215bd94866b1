#include "main/report/main_diff.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "main/batch/main_say.h"
#include "main/input/main_server.h"
#include "main/input/main_zones.h"
#include "report/earlier/earlier.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
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
        main_say(tr("--diff %s: unknown name server: %s"), options->diff, why);
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

/* Beside what does not know a name there is no difference to be seen, and that is none to pass. */
static bool knows_names(const struct beside_plan *plan, const struct options *options)
{
    bool all = true;

    for (size_t i = 0; all && i < options->names.count; i++) {
        struct subject subject;
        if (subject_parse(options->names.list[i], &subject, NULL))
            continue;
        all = earlier_knows(plan->vantage->answers, subject.name);
        if (!all)
            main_say("%s: nothing about %s in this file", plan->spec.text, options->names.list[i]);
        subject_clear(&subject);
    }
    return all;
}

static bool read_earlier(struct beside_plan *plan, const struct options *options,
                         const struct text *text)
{
    struct faults faults = {0};
    struct answers *answers = earlier_read(text_get(text), text->length, plan->spec.text, &faults);

    say_faults(&faults);
    faults_clear(&faults);
    if (answers)
        plan->vantage = vantage_new_answers(answers, plan->spec.text);
    return answers && knows_names(plan, options);
}

enum { EARLIER_MOST = 64 << 20, HEAD = 4096 };

/* Does the file begin so? What is no file of its own (a pipe) can be read but once, as a zone. */
static bool is_earlier(int file)
{
    char start[HEAD];
    struct stat about;
    ssize_t length = fstat(file, &about) == 0 && S_ISREG(about.st_mode)
                         ? pread(file, start, sizeof start, 0)
                         : 0;

    return length > 0 && earlier_begins(start, (size_t)length);
}

/* A recording, a report, or else a zone file. */
static bool read_file(struct beside_plan *plan, const struct options *options)
{
    int file = open(plan->spec.text, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool earlier = file >= 0 && is_earlier(file), good = false;
    struct text text = {0};

    if (earlier && !file_read(file, EARLIER_MOST, &text))
        main_say("%s: %s", plan->spec.text, strerror(errno));
    else if (earlier)
        good = read_earlier(plan, options, &text);
    if (file >= 0)
        close(file);
    text_clear(&text);
    return earlier ? good : read_zone(plan, options);
}

/* Taken for a name, the file that was meant would differ in nothing. */
static bool may_be_file(const struct vantage_spec *spec, const char *word)
{
    struct stat about;

    return spec->kind == VANTAGE_NAME && word[strlen(word) - 1] != '.' && stat(word, &about) == 0 &&
           S_ISREG(about.st_mode);
}

int beside_plan_init(struct beside_plan *plan, const struct request *request, uv_loop_t *loop)
{
    const struct options *options = request->options;
    const char *why;

    *plan = (struct beside_plan){0};
    if (vantage_spec_parse(options->diff, &plan->spec, &why)) {
        main_say("--diff %s: %s", options->diff, why);
        return EXIT_USAGE;
    }
    if (may_be_file(&plan->spec, options->diff)) {
        main_say(tr("--diff %s: there is a file of that name: ./%s is the file, %s. the name"),
                 options->diff, options->diff, options->diff);
        return EXIT_USAGE;
    }
    if (plan->spec.kind == VANTAGE_SERVER && request_is_answered_by_files(request)) {
        main_say(tr("--diff %s: with zone files no server is queried; the other way round it is: "
                    "mxtrail %s --diff ./FILE"),
                 options->diff, options->diff);
        return EXIT_USAGE;
    }
    if (plan->spec.kind == VANTAGE_FILE) {
        if (read_file(plan, options))
            return 0;
        beside_plan_clear(plan);
        return EXIT_INPUT;
    }
    if (plan->spec.kind != VANTAGE_SERVER)
        return 0;
    if (!find_server(loop, plan, options))
        return EXIT_NO_ANSWER;
    plan->vantage = vantage_new_server(&plan->spec.server, plan->spec.port, plan->spec.encrypted);
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
