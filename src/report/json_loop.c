#include "mail/timeline/loop_cases.h"
#include "report/json_parts.h"
#include "report/json_value.h"
#include "survey/survey_edited.h"

static json_t *hop(const struct loop_hop *hop)
{
    json_t *object = json_object();

    json_set_name(object, "from", hop->from);
    json_set_name(object, "to", hop->to);
    json_set(object, "address", json_text(hop->address));
    json_set(object, "again", json_boolean(hop->again));
    json_set(object, "text", json_text(hop->text));
    json_set(object, "reference", json_text(hop->reference));
    return object;
}

static json_t *play(const struct loop_case *played)
{
    json_t *object = json_object(), *hops = json_array();

    json_set(object, "case", json_text(played->title));
    json_set(object, "loops", json_boolean(played->loop->loops));
    json_set(object, "verdict", json_text(verdict_text(played->loop->decision.verdict)));
    json_set(object, "code", json_text(played->loop->decision.code));
    json_set(object, "why", json_text(played->loop->decision.why));
    json_set(object, "reference", json_text(played->loop->decision.reference));
    for (size_t i = 0; i < played->loop->count; i++)
        json_append(hops, hop(&played->loop->hops[i]));
    json_set(object, "hops", hops);
    return object;
}

json_t *json_loop(const struct report *report)
{
    struct arena *arena = arena_new();
    struct lookup lookup = survey_edited_lookup(report->survey);
    struct loop_case cases[LOOP_CASES];
    size_t count = loop_cases(&lookup, survey_edited_route(report->survey, arena),
                              survey_sender(report->survey), arena, cases);
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_append(array, play(&cases[i]));
    arena_free(arena);
    return array;
}
