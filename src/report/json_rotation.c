#include "dns/type.h"
#include "report/json_parts.h"
#include "report/json_value.h"
#include "sheet/rotation_rows.h"

static json_t *shares(const struct rotation_rows *rows, const struct rotation_case *played)
{
    json_t *array = json_array();

    for (size_t i = 0; i < rows->count; i++) {
        const struct rotation_share *share = &played->rotation->shares[i];
        json_t *object = json_object();
        json_set(object, "record", json_text(rows->labels[i]));
        json_set(object, "down", json_boolean(played->down[i]));
        json_set(object, "first", json_share(share->share));
        json_set(object, "served", json_share(share->served_share));
        json_append(array, object);
    }
    return array;
}

static json_t *play(const struct rotation_rows *rows, const struct rotation_case *played)
{
    const struct rotation *rotation = played->rotation;
    json_t *object = json_object(), *then = json_array();

    json_set(object, "title", json_text(played->title));
    json_set(object, "text", json_text(rotation->text));
    json_set(object, "shares", shares(rows, played));
    for (size_t i = 0; i < played->then_count; i++)
        json_append(then, json_text(rows->labels[played->then[i]]));
    json_set(object, "then", then);
    json_set(object, "users", json_integer((json_int_t)rotation->users));
    json_set(object, "unserved", json_integer((json_int_t)rotation->unserved));
    json_set(object, "tries_in_vain", json_integer((json_int_t)rotation->extra_tries));
    json_set(object, "lookups", json_integer((json_int_t)rotation->lookups));
    json_set(object, "waits", json_integer((json_int_t)rotation->waits));
    return object;
}

static void append(json_t *array, const struct reply *reply, const struct report *report,
                   const struct facts *facts)
{
    const struct sender *sender = survey_sender(report->survey);
    struct rotation_case cases[ROTATION_CASES];
    struct arena *arena = arena_new();
    json_t *object = json_object(), *list = json_array();
    struct rotation_rows rows;
    char type[TYPE_TEXT];
    size_t count;

    rotation_rows_build(reply, facts, sender, arena, &rows);
    count = rotation_rows_play(&rows, sender->seed, arena, cases);
    for (size_t i = 0; i < count; i++)
        json_append(list, play(&rows, &cases[i]));
    if (count)
        json_set(object, "type", json_text(type_text(reply->question.type, type)));
    json_set(object, "cases", list);
    if (count)
        json_append(array, object);
    else
        json_decref(object);
    arena_free(arena);
}

json_t *json_rotation(const struct report *report, const struct facts *facts)
{
    json_t *array = json_array();

    append(array, facts->self.a, report, facts);
    append(array, facts->self.aaaa, report, facts);
    append(array, facts->ns.reply, report, facts);
    return array;
}
