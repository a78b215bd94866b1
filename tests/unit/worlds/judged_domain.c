#include "unit/worlds/judged_domain.h"

#include "base/array.h"
#include "unit/worlds/domain_grammar.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUESTIONS_MOST = 50000 };

void judged_answer(struct survey *survey, const struct zone *zone)
{
    struct reply **replies = NULL;
    size_t count, capacity = 0, asked = 0;
    struct question question;
    int priority;

    do {
        for (count = 0; survey_ask(survey, &question, &priority);)
            ARRAY_PUSH(replies, count, capacity, zone_answer(&zone, 1, &question));
        for (size_t i = 0; i < count; i++)
            survey_apply(survey, replies[i]);
        asked += count;
        assert(asked < QUESTIONS_MOST);
    } while (count > 0);
    free(replies);
}

struct survey *judged_survey(const char *name)
{
    struct survey_options options = {.now = 1700000000, .seed = 1};
    struct survey *survey;
    struct subject subject;
    char *why = NULL;

    if (subject_parse(name, &subject, &why) != STATUS_OK) {
        printf("# %s\n", why);
        free(why);
        return NULL;
    }
    survey = survey_new(&subject, &options);
    subject_clear(&subject);
    return survey;
}

bool judged_init(struct judged *judged, const char *zone, size_t length, const char *name)
{
    struct faults faults = {0};

    memset(judged, 0, sizeof *judged);
    if (zone_read_text(zone, length, "domain.zone", NULL, &faults, &judged->zone) != STATUS_OK) {
        printf("# %s\n", faults.lines[0]);
        faults_clear(&faults);
        return false;
    }
    judged->survey = judged_survey(name);
    if (!judged->survey) {
        zone_free(judged->zone);
        return false;
    }
    judged_answer(judged->survey, judged->zone);
    judged->facts = survey_facts(judged->survey);
    judged->answers = answers_new();
    return true;
}

void judged_clear(struct judged *judged)
{
    answers_free(judged->answers);
    survey_free(judged->survey);
    zone_free(judged->zone);
}

bool judged_answer_wanted(const struct judged *judged, struct lookup *lookup)
{
    const struct zone *zones[] = {judged->zone};
    struct wants *wants = lookup->wants;
    size_t count = wants_count(wants);

    lookup->wants = wants_new();
    for (size_t i = 0; i < count; i++)
        answers_put(judged->answers, zone_answer(zones, 1, &wants_at(wants, i)->question));
    wants_free(wants);
    return count > 0;
}

/* ---- cured ---- */

bool judged_has_line(const char *lines, const char *line, size_t length)
{
    while (*lines) {
        size_t end = strcspn(lines, "\n");

        if (end == length && memcmp(lines, line, length) == 0)
            return true;
        lines += end + (lines[end] == '\n');
    }
    return false;
}

static size_t count_lines(const char *lines)
{
    size_t count = *lines ? 1 : 0;

    for (; *lines; lines++)
        count += *lines == '\n';
    return count;
}

const char *judged_apply(const struct zone *zone, const struct finding *finding, struct text *out)
{
    struct text line = {0};
    size_t gone = 0;

    for (size_t i = 0; i < zone_record_count(zone); i++) {
        text_cut(&line, 0);
        record_print(zone_record(zone, i), &line);
        if (judged_has_line(finding->remove, text_get(&line), line.length))
            gone++;
        else
            text_format(out, "%s\n", text_get(&line));
    }
    text_clear(&line);
    text_format(out, "%s\n", finding->publish);
    return gone < count_lines(finding->remove) ? "it removes a record that is not there" : NULL;
}

/* ---- many ---- */

bool judged_begin(struct judged *judged, const char *label, const char *zone, size_t length,
                  const char *name)
{
    const char *file = strrchr(label, '/');

    printf("%s: %s\n", file ? file + 1 : label, name);
    return judged_init(judged, zone, length, name);
}

static void visit_seeds(uint64_t first, uint64_t count, judged_visit *visit, void *context)
{
    for (uint64_t seed = first; seed < first + count; seed++) {
        struct dice dice = dice_seeded(seed);
        const char *name = domain_subject(&dice);
        struct text zone = {0}, label = {0};

        domain_print(&dice, &zone);
        text_format(&label, "seed %llu", (unsigned long long)seed);
        visit(text_get(&label), text_get(&zone), zone.length, name, context);
        text_clear(&zone);
        text_clear(&label);
    }
}

static void visit_file(const char *name, const char *path, judged_visit *visit, void *context)
{
    struct text zone = {0};
    FILE *file = fopen(path, "rb");
    char bytes[4096];
    size_t length;

    while (file && (length = fread(bytes, 1, sizeof bytes, file)) > 0)
        text_add_bytes(&zone, bytes, length);
    if (file)
        fclose(file);
    visit(path, text_get(&zone), zone.length, name, context);
    text_clear(&zone);
}

void judged_each(int argc, char **argv, judged_visit *visit, void *context)
{
    char *end = NULL;
    uint64_t first = argc == 3 ? strtoull(argv[1], &end, 10) : 0;

    if (end && *end == '\0')
        visit_seeds(first, strtoull(argv[2], NULL, 10), visit, context);
    else
        for (int i = 1; i + 1 < argc; i += 2)
            if (strcmp(argv[i], "seed") == 0)
                visit_seeds(strtoull(argv[i + 1], NULL, 10), 1, visit, context);
            else
                visit_file(argv[i], argv[i + 1], visit, context);
}
