/* A client played, as JSON. */
#include "report/json_parts.h"
#include "report/json_value.h"
#include "survey/survey_client.h"

static json_t *step_of(const struct client_step *step)
{
    static const char *const types[] = {
        [CLIENT_SRV] = "SRV",   [CLIENT_URI] = "URI",  [CLIENT_NAPTR] = "NAPTR",
        [CLIENT_ADDRESS] = "A", [CLIENT_PATH] = "TXT", [CLIENT_URL] = NULL,
        [CLIENT_OTHER] = NULL};
    static const char *const next[] = {[CLIENT_ON] = "next",
                                       [CLIENT_TAKE] = "take",
                                       [CLIENT_MORE] = "take and next",
                                       [CLIENT_MIX] = "mix",
                                       [CLIENT_END] = "stop"};
    json_t *object = json_object();

    json_set_name(object, "owner", step->owner);
    json_set(object, "type", json_text(types[step->question->kind]));
    json_set(object, "outcome", json_text(client_outcome_text(step->outcome)));
    json_set(object, "status", step->reply ? json_outcome(step->reply) : json_null());
    json_set(object, "next", json_text(next[step->next]));
    json_set(object, "text", json_text(step->question->sentence));
    json_set(object, "reference", json_text(step->question->reference));
    json_set(object, "result", json_text(step->text));
    return object;
}

static json_t *target_of(const struct client_walk *walk, const struct client_target *target)
{
    double draws = walk->draws ? (double)walk->draws : 1;
    json_t *object = json_object();

    json_set_name(object, "target", target->host);
    json_set_name(object, "owner", target->owner);
    json_set(object, "port", json_integer(target->port));
    json_set(object, "priority", json_integer(target->priority));
    json_set(object, "weight", json_integer(target->weight));
    json_set(object, "level", json_integer((json_int_t)target->level + 1));
    json_set(object, "down", json_text(target->down));
    json_set(object, "first", json_share(target->first));
    json_set(object, "first_drawn", json_share((double)target->drawn_first / draws));
    json_set(object, "reached", json_share(target->reached));
    json_set(object, "reached_drawn", json_share((double)target->drawn_reached / draws));
    return object;
}

static json_t *client_of(const struct client_walk *walk, const char *site)
{
    json_t *object = json_object(), *steps = json_array(), *targets = json_array();

    json_set(object, "name", json_text(walk->client->name));
    json_set(object, "site", *site ? json_text(site) : json_null());
    for (size_t i = 0; i < walk->step_count; i++)
        json_append(steps, step_of(&walk->steps[i]));
    for (size_t i = 0; i < walk->count; i++)
        json_append(targets, target_of(walk, &walk->targets[i]));
    json_set(object, "questions", steps);
    json_set(object, "targets", targets);
    json_set(object, "nobody", json_share(walk->nobody));
    return object;
}

json_t *json_client(const struct report *report, struct arena *arena)
{
    const struct client *client;
    char site[CLIENT_SITE];
    struct client_walk *walk;

    if (!report->client || !client_parse(report->client, &client, site))
        return json_null();
    walk = survey_client_walk(report->survey, client, site, report->srv_owner, arena);
    client_walk_draw(walk, survey_subject(report->survey)->name,
                     survey_sender(report->survey)->seed,
                     report->deliveries ? report->deliveries : SRV_DRAWS_DEFAULT);
    return client_of(walk, site);
}
