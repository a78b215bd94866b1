/* Whole set-ups out of the grammar: the bytes are the dice. Every survey ends, every finding can be
 * shown, and every record to publish is read back as a line of a master file. */
#include "dns/zone/zone.h"
#include "survey/survey.h"
#include "unit/worlds/domain_grammar.h"
#include "unit/worlds/judged_domain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static struct zone *read_zone(const char *text, size_t length)
{
    struct faults faults = {0};
    struct zone *zone = NULL;

    assert(zone_read_text(text, length, "domain.zone", NULL, &faults, &zone) == STATUS_OK);
    faults_clear(&faults);
    return zone;
}

/* Printable ASCII only: what comes from outside was escaped. */
static void check_shown(const char *text)
{
    for (; *text; text++)
        assert((*text >= ' ' && *text <= '~') || *text == '\n');
}

static void check(const struct findings *findings)
{
    for (size_t i = 0; findings && i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];

        check_shown(finding->text);
        check_shown(finding->fix);
        check_shown(finding->publish);
        if (*finding->publish)
            zone_free(read_zone(finding->publish, strlen(finding->publish)));
        if (*finding->remove)
            zone_free(read_zone(finding->remove, strlen(finding->remove)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct survey_options options = {.now = 1700000000, .seed = 1};
    struct dice dice = dice_of(bytes, length);
    const char *name = domain_subject(&dice);
    struct text text = {0};
    struct subject subject;
    struct survey *survey;
    struct zone *zone;
    char *why = NULL;

    domain_print(&dice, &text);
    zone = read_zone(text_get(&text), text.length);
    assert(subject_parse(name, &subject, &why) == STATUS_OK);
    survey = survey_new(&subject, &options);
    judged_answer(survey, zone);
    check(survey_facts(survey)->findings);
    survey_free(survey);
    subject_clear(&subject);
    zone_free(zone);
    text_clear(&text);
    return 0;
}
