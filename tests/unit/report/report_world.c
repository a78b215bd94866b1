#include "unit/report/report_world.h"

#include "dns/zone/zone.h"
#include "mail/profiles/profiles.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static const char head[] = "$ORIGIN example.com.\n$TTL 3600\n"
                           "@ SOA ns1 hostmaster 1 7200 900 1209600 300\n"
                           "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.53\nns2 A 198.51.100.53\n";

static struct zone *read_zone(const char *text)
{
    struct text whole = {0};
    struct faults faults = {0};
    struct zone *zone = NULL;

    text_add(&whole, head);
    text_add(&whole, text);
    if (zone_read_text(text_get(&whole), whole.length, "test.zone", NULL, &faults, &zone) !=
        STATUS_OK)
        fail_msg("%s", faults.lines[0]);
    text_clear(&whole);
    return zone;
}

static struct survey *new_survey(const struct report_request *request)
{
    struct survey_options options = {.seed = request->seed, .questions = request->questions};
    struct spf_sender spf = {.from = request->spf_from};
    const char *owners[1] = {request->srv_owner};
    struct subject subject;
    struct survey *survey;
    struct sender sender;

    sender_init(&sender, profile_at(0));
    sender.seed = request->seed;
    if (request->as)
        assert_int_equal(sender_set_as(&sender, request->as, NULL), STATUS_OK);
    if (request->down)
        assert_int_equal(sender_add_down(&sender, request->down, NULL), STATUS_OK);
    if (request->spf_ip) {
        assert_true(address_parse(request->spf_ip, &spf.ip));
        options.spf = &spf;
    }
    options.sender = &sender;
    options.owners = owners;
    options.owner_count = request->srv_owner != NULL;
    assert_int_equal(subject_parse(request->name ? request->name : "example.com", &subject, NULL),
                     STATUS_OK);
    survey = survey_new(&subject, &options);
    subject_clear(&subject);
    sender_clear(&sender);
    return survey;
}

static void settle(struct survey *survey, const struct zone *zone, const char *silent)
{
    const struct zone *zones[] = {zone};
    struct question question;
    int priority;

    while (survey_ask(survey, &question, &priority))
        survey_apply(survey, silent && strcmp(question.name, silent) == 0
                                 ? reply_new(&question)
                                 : zone_answer(zones, 1, &question));
    assert_true(survey_complete(survey));
}

static char *make(const struct report_request *request,
                  void (*write)(const struct report *, struct text *))
{
    struct zone *zone = read_zone(request->zone);
    struct text out = {0};
    struct report report = {
        .version = "1.2.3",
        .survey = new_survey(request),
        .source_kind = "zone",
        .source_server = "",
        .source_file = "test.zone",
        .deliveries = request->deliveries,
        .srv_owner = request->srv_owner,
        .algorithm = request->algorithm,
        .unicode = request->unicode,
    };

    settle(report.survey, zone, request->silent);
    write(&report, &out);
    survey_free(report.survey);
    zone_free(zone);
    return text_take(&out);
}

char *report_world_json(const struct report_request *request)
{
    return make(request, report_json);
}

char *report_world_text(const struct report_request *request)
{
    return make(request, report_text);
}

json_t *report_world_object(const struct report_request *request)
{
    char *line = report_world_json(request);
    json_error_t fault;
    json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, &fault);

    if (!object)
        fail_msg("%s", fault.text);
    assert_string_equal(strchr(line, '\n'), "\n"); /* one line */
    free(line);
    return object;
}
