#include "mail/simulation/comparison.h"
#include "mail/simulation/matrix.h"
#include "report/json_parts.h"
#include "report/json_value.h"

static json_t *row(const struct comparison_row *row)
{
    json_t *object = json_object();

    json_set(object, "left", json_text(row->left));
    json_set(object, "right", json_text(row->right));
    json_set(object, "differs", json_boolean(row->differs));
    json_set(object, "why", json_text(row->why));
    return object;
}

static json_t *shares(const struct route *route, const struct comparison_shares *shares)
{
    json_t *array = json_array();

    for (size_t i = 0; i < shares->count; i++) {
        const struct route_host *host = shares->list[i].host;
        json_t *object = json_object();
        json_set_name(object, "exchange", host->exchange);
        json_set(object, "preference", json_integer(host->preference));
        json_set(object, "weight",
                 route->kind == ROUTE_SRV ? json_integer(host->weight) : json_null());
        json_set(object, "level", json_integer(host->level));
        json_set(object, "share", json_share(shares->list[i].share));
        json_append(array, object);
    }
    return array;
}

json_t *json_comparison(const struct report *report, const struct facts *facts)
{
    const struct sender *sender = survey_sender(report->survey);
    struct lookup lookup = survey_edited_lookup(report->survey);
    json_t *object = json_object(), *rows = json_array();
    struct arena *arena = arena_new();
    const struct comparison *comparison =
        comparison_of(&lookup, facts->subject->name, sender, &report->compared, arena);

    for (size_t i = 0; i < comparison->count; i++)
        json_append(rows, row(&comparison->rows[i]));
    json_set(object, "left", json_text(profile_name(report->compared.left)));
    json_set(object, "right", json_text(profile_name(report->compared.right)));
    json_set(object, "by_srv", json_boolean(report->compared.by_srv));
    json_set(object, "seed", json_integer((json_int_t)sender->seed));
    json_set(object, "differs", json_boolean(comparison->differs));
    json_set(object, "rows", rows);
    json_set(object, "left_shares", shares(comparison->left_route, &comparison->left_shares));
    json_set(object, "right_shares", shares(comparison->right_route, &comparison->right_shares));
    arena_free(arena);
    return object;
}

static json_t *first(const struct matrix_row *row)
{
    json_t *array = json_array();

    for (size_t i = 0; i < row->first_count; i++) {
        const struct share *share = &row->first[i];
        json_t *object = json_object();
        json_set_name(object, "exchange", share->exchange);
        json_set(object, "share", json_share(share->share));
        json_set(object, "expected", json_share(share->expected));
        json_append(array, object);
    }
    return array;
}

/* null where the sender has no setting for it. */
static json_t *mode(const struct matrix_mode *mode)
{
    json_t *object;

    if (!mode->can)
        return json_null();
    object = json_object();
    json_set(object, "verdict", json_text(verdict_text(mode->verdict)));
    json_set(object, "code", json_text(mode->code));
    json_set_name(object, "exchange", *mode->exchange ? mode->exchange : NULL);
    json_set(object, "tls", json_text(tls_way_text(mode->way)));
    json_set(object, "in_clear_past_tlsa", json_boolean(mode->exposed));
    return object;
}

json_t *json_matrix(const struct report *report, const struct facts *facts)
{
    struct lookup lookup = survey_edited_lookup(report->survey);
    struct arena *arena = arena_new();
    const struct matrix *matrix =
        matrix_build(&lookup, facts->subject->name, survey_sender(report->survey), arena);
    json_t *array = json_array();

    for (size_t i = 0; i < matrix->count; i++) {
        const struct matrix_row *row = &matrix->rows[i];
        json_t *object = json_object();
        json_set(object, "profile", json_text(profile_name(row->profile)));
        json_set(object, "verdict", json_text(verdict_text(row->verdict)));
        json_set(object, "code", json_text(row->code));
        json_set(object, "why", json_text(row->why));
        json_set(object, "reference", json_text(row->reference));
        json_set(object, "tries_least", json_integer(row->tries_least));
        json_set(object, "tries_most", json_integer(row->tries_most));
        json_set(object, "first", first(row));
        json_set(object, "with_dane", mode(&row->dane));
        json_set(object, "with_mta_sts", mode(&row->mta_sts));
        json_append(array, object);
    }
    arena_free(arena);
    return array;
}
