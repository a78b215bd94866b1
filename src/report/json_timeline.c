#include "report/json_parts.h"
#include "report/json_value.h"
#include "sheet/time/timeline_sheet.h"

static const char *kind_text(enum timeline_kind kind)
{
    static const char *const words[] = {
        [TIMELINE_WRITTEN] = "written",
        [TIMELINE_ATTEMPT] = "attempt",
        [TIMELINE_DEFERRED] = "deferred",
        [TIMELINE_ACCEPTED] = "accepted",
        [TIMELINE_DELIVERED] = "delivered",
        [TIMELINE_WARNED] = "warned",
        [TIMELINE_RETURNED] = "returned",
        [TIMELINE_FROZEN] = "frozen",
        [TIMELINE_PASSED] = "passed",
        [TIMELINE_POLICY] = "policy",
        [TIMELINE_CUT] = "cut",
    };

    return words[kind];
}

static const char *host_name(const struct timeline *timeline, int host)
{
    return host < 0 ? NULL : timeline->route->hosts[host].exchange;
}

static json_t *event(const struct timeline *timeline, const struct timeline_event *event)
{
    json_t *object = json_object();

    json_set(object, "at_s", json_integer(event->at));
    json_set(object, "until_s", json_integer(event->until));
    json_set(object, "kind", json_text(kind_text(event->kind)));
    json_set_name(object, "holder", host_name(timeline, event->holder));
    json_set_name(object, "host", host_name(timeline, event->host));
    json_set(object, "round", json_integer(event->round));
    json_set(object, "text", json_text(event->text));
    json_set(object, "reference", json_text(event->reference));
    return object;
}

static json_t *outages(const struct timeline *timeline)
{
    json_t *array = json_array();

    for (size_t i = 0; i < timeline->outage_count; i++) {
        const struct timeline_outage *outage = &timeline->outages[i];
        json_t *object = json_object();
        json_set_name(object, "host", host_name(timeline, outage->host));
        json_set(object, "from_s", json_integer(outage->from));
        json_set(object, "until_s", json_integer(outage->until));
        json_set(object, "stage", json_text(stage_text(outage->stage)));
        json_append(array, object);
    }
    return array;
}

static json_t *side(const struct timeline_side *side)
{
    const struct timeline *timeline = side->timeline;
    json_t *object = json_object(), *events = json_array();

    json_set(object, "profile", json_text(profile_name(side->profile)));
    json_set(object, "end_s", json_integer(timeline->end));
    json_set(object, "verdict", json_text(verdict_text(timeline->decision.verdict)));
    json_set(object, "code", json_text(timeline->decision.code));
    json_set(object, "outages", outages(timeline));
    for (size_t i = 0; i < timeline->event_count; i++)
        json_append(events, event(timeline, &timeline->events[i]));
    json_set(object, "events", events);
    json_set(object, "beside", json_null());
    return object;
}

json_t *json_timeline(const struct report *report)
{
    struct arena *arena = arena_new();
    struct lookup lookup = survey_edited_lookup(report->survey);
    struct timeline_side sides[TIMELINE_SIDES];
    size_t count =
        timeline_sides_build(&lookup, survey_facts(report->survey)->subject->name,
                             survey_sender(report->survey), &report->compared, arena, sides);
    json_t *object = side(&sides[0]);

    if (count > 1)
        json_set(object, "beside", side(&sides[1]));
    arena_free(arena);
    return object;
}
