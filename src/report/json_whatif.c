#include "mail/simulation/whatif_change.h"
#include "report/json_parts.h"
#include "report/json_value.h"

static json_t *side(const struct route *route, int host, double share)
{
    json_t *object;

    if (host < 0)
        return json_null();
    object = json_object();
    json_set(object, "preference", json_integer(route->hosts[host].preference));
    json_set(object, "first", json_share(share));
    return object;
}

static json_t *row(const struct whatif_change *change, const struct whatif_row *row)
{
    json_t *object = json_object();

    json_set_name(object, "exchange", row->exchange);
    json_set(object, "before", side(change->before, row->before, row->before_share));
    json_set(object, "after", side(change->after, row->after, row->after_share));
    json_set(object, "differs", json_boolean(!row->same));
    return object;
}

json_t *json_whatif(const struct report *report, const struct facts *facts)
{
    struct lookup lookup = survey_lookup(report->survey), edited = lookup;
    json_t *object = json_object(), *edits = json_array(), *rows = json_array();
    struct arena *arena = arena_new();
    const struct whatif_change *change;
    struct text zone = {0};

    edited.overlay = whatif_answers(report->whatif, survey_answers(report->survey));
    change = whatif_change_build(&lookup, &edited, facts->subject->name,
                                 survey_sender(report->survey), arena);
    for (size_t i = 0; i < whatif_count(report->whatif); i++)
        json_append(edits, json_text(whatif_at(report->whatif, i)));
    for (size_t i = 0; i < change->count; i++)
        json_append(rows, row(change, &change->rows[i]));
    json_set(object, "edits", edits);
    json_set(object, "rows", rows);
    json_set(object, "before", json_route(change->before));
    json_set(object, "after", json_route(change->after));
    whatif_print(report->whatif, survey_answers(report->survey), &zone);
    json_set(object, "zone", json_text(text_get(&zone)));
    text_clear(&zone);
    arena_free(arena);
    return object;
}
