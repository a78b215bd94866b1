#include "dns/type.h"
#include "report/json_parts.h"
#include "report/json_value.h"
#include "survey/diff.h"

static json_t *line_object(const struct diff_line *line)
{
    json_t *object = json_object();
    char type[TYPE_TEXT];

    json_set(object, "owner", json_text(line->owner));
    json_set(object, "type", json_text(type_text(line->type, type)));
    json_set(object, "state", json_text(diff_state_text(line->state)));
    json_set(object, "left", json_text(line->left));
    json_set(object, "right", json_text(line->right));
    json_set(object, "left_status", json_outcome(line->left_reply));
    json_set(object, "right_status", json_outcome(line->right_reply));
    return object;
}

static json_t *finding_object(const struct diff_finding *found)
{
    json_t *object = json_object();

    json_set(object, "side", json_text(found->right ? "right" : "left"));
    json_set(object, "id", json_text(found->finding->id));
    json_set(object, "severity", json_text(severity_text(found->finding->severity)));
    json_set_name(object, "subject", found->finding->subject);
    json_set(object, "text", json_text(found->finding->text));
    return object;
}

json_t *json_diff(const struct report *report)
{
    json_t *object = json_object(), *lines = json_array(), *findings = json_array();
    struct arena *arena = arena_new();
    struct diff diff;

    diff_build(report->survey, report->beside, arena, &diff);
    json_set_name(object, "name", survey_subject(report->beside)->name);
    json_set(object, "from", json_text(report->beside_title));
    json_set(object, "other", json_integer((json_int_t)diff.other));
    json_set(object, "unknown", json_integer((json_int_t)diff.unknown));
    for (size_t i = 0; i < diff.count; i++)
        json_append(lines, line_object(&diff.lines[i]));
    json_set(object, "lines", lines);
    for (size_t i = 0; i < diff.finding_count; i++)
        json_append(findings, finding_object(&diff.findings[i]));
    json_set(object, "findings", findings);
    arena_free(arena);
    return object;
}
