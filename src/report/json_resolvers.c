/* What several resolvers answer, as JSON. */
#include "dns/type.h"
#include "report/json_parts.h"
#include "report/json_value.h"
#include "sheet/resolvers_sheet.h"

#include <stdlib.h>

static json_t *answer(const char *server, const struct resolver_answer *answer)
{
    const struct reply *reply = answer->reply;
    json_t *object = json_object(), *records = json_array();
    size_t count;
    const struct record **sorted = json_sorted(reply, &count);

    for (size_t i = 0; i < count; i++)
        json_append(records, json_text(sorted[i]->rdata));
    json_set(object, "server", json_text(server));
    json_set(object, "state", json_text(resolver_state_text(answer->state)));
    json_set(object, "status", json_outcome(reply));
    json_set(object, "records", records);
    json_set(object, "ttl", count ? json_integer(sorted[0]->ttl) : json_null());
    json_set(object, "aa", json_boolean(reply && reply->aa));
    json_set(object, "ad", json_boolean(reply && reply->ad));
    json_set(object, "rtt_ms", json_real(reply ? reply->rtt_us / 1000.0 : 0));
    free(sorted);
    return object;
}

static json_t *row(const struct resolvers *resolvers, const struct resolver_row *row)
{
    json_t *object = json_object(), *answers = json_array();
    struct arena *arena = arena_new();
    char type[TYPE_TEXT];

    json_set(object, "label", json_text(row->label));
    json_set_name(object, "name", row->name);
    json_set(object, "type", json_text(type_text(row->type, type)));
    json_set(object, "zone",
             row->zone.reply ? answer(row->zone.reply->server, &row->zone) : json_null());
    for (size_t i = 0; i < resolvers->count; i++)
        json_append(answers, answer(resolver_name(arena, &resolvers->list[i]), &row->answers[i]));
    json_set(object, "answers", answers);
    arena_free(arena);
    return object;
}

json_t *json_resolvers(const struct resolvers *resolvers)
{
    json_t *object = json_object(), *rows = json_array();

    for (size_t i = 0; i < resolvers->row_count; i++)
        json_append(rows, row(resolvers, &resolvers->rows[i]));
    json_set(object, "agree", json_boolean(resolvers->agree));
    json_set(object, "differs", json_integer((json_int_t)resolvers->differs));
    json_set(object, "failed", json_integer((json_int_t)resolvers->failed));
    json_set(object, "rows", rows);
    return object;
}
