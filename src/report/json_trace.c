/* The way from the root, as JSON. */
#include "dns/type.h"
#include "policy/servers/trace_words.h"
#include "report/json_parts.h"
#include "report/json_value.h"

static json_t *server(const struct trace_server *server, struct arena *arena)
{
    const struct reply *reply = server->reply;
    bool has_address = server->address.family;
    json_t *object = json_object();

    json_set_name(object, "name", server->name);
    json_set(object, "address", has_address ? json_address(&server->address) : json_null());
    json_set(object, "address_by",
             has_address ? json_text(trace_origin_text(server->origin)) : json_null());
    json_set(object, "state", json_text(trace_state_text(server->state)));
    json_set(object, "status",
             reply && server->state != TRACE_REFERRAL ? json_outcome(reply) : json_null());
    json_set(object, "says", json_text(trace_server_words(arena, server)));
    json_set(object, "why", json_text(server->why));
    json_set(object, "rtt_ms", json_real(reply ? reply->rtt_us / 1000.0 : 0));
    return object;
}

static json_t *step(const struct trace_step *step, struct arena *arena)
{
    json_t *object = json_object(), *servers = json_array();

    for (size_t i = 0; i < step->count; i++)
        json_append(servers, server(&step->servers[i], arena));
    json_set_name(object, "zone", step->zone);
    json_set_name(object, "parent", step->parent);
    json_set(object, "same_servers", json_boolean(step->same_servers));
    json_set(object, "ds", step->parent ? json_text(trace_ds_text(step->ds)) : json_null());
    json_set(object, "left_out", json_integer((json_int_t)step->left_out));
    json_set(object, "servers", servers);
    return object;
}

json_t *json_trace(const struct trace *trace)
{
    json_t *object = json_object(), *steps = json_array();
    const struct trace_step *broken = trace_break(trace);
    struct arena *arena = arena_new();
    char type[TYPE_TEXT];

    for (size_t i = 0; i < trace->count; i++)
        json_append(steps, step(&trace->steps[i], arena));
    json_set_name(object, "name", trace->name);
    json_set(object, "type", json_text(type_text(trace->type, type)));
    json_set(object, "end", json_text(trace_end_text(trace->end)));
    json_set_name(object, "broken_at", broken ? broken->zone : NULL);
    json_set_name(object, "trust_broken_at", trace->unsafe ? trace->unsafe->zone : NULL);
    json_set(object, "why", json_text(trace_sentence(arena, trace)));
    json_set(object, "steps", steps);
    arena_free(arena);
    return object;
}
