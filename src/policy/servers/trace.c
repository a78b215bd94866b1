#include "policy/servers/trace.h"

#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/trace_walk.h"

#include <string.h>

/* ---- the first zone ---- */

static struct trace_step *add_step(struct trace_walk *walk, const char *zone, const char *parent)
{
    struct trace_step *step = &walk->steps[walk->trace->count++];

    step->zone = zone;
    step->parent = parent;
    return step;
}

/* The topmost zone, on the way to the name, whose servers can be looked up. */
static void begin_with_lookups(struct trace_walk *walk)
{
    const char *name = walk->view->name;

    for (size_t labels = 0; labels <= name_labels(name); labels++) {
        const char *zone = name_suffix(name, labels);
        const struct reply *reply = lookup_find(walk->lookup, zone, TYPE_NS);
        walk->trace->complete &= reply != NULL;
        if (!reply)
            return;
        if (reply->outcome == OUTCOME_ANSWERED && !reply->alias_count) {
            struct trace_names names = {&reply->answer, reply->canonical, reply, NULL, false};
            trace_list_servers(walk, add_step(walk, zone, NULL), &names);
            return;
        }
    }
}

static void begin(struct trace_walk *walk)
{
    if (walk->view->hints.count)
        trace_list_hints(walk, add_step(walk, ".", NULL));
    else
        begin_with_lookups(walk);
}

/* ---- from one zone to the next ---- */

/* A zone further down that the server of this one has, too: it answers and refers to nobody. The
 * NS records of that zone; NULL: there is none (or it is not known yet). */
static const struct reply *find_hidden_cut(struct trace_walk *walk, const struct trace_step *step)
{
    const char *name = walk->view->name;
    size_t most = name_labels(name) - (step->first->state == TRACE_NXDOMAIN);

    for (size_t labels = name_labels(step->zone) + 1; labels <= most; labels++) {
        const char *zone = name_suffix(name, labels);
        const struct reply *reply = trace_ask(walk, &step->first->address, zone, TYPE_NS);
        if (!reply || !reply->aa || reply->outcome == OUTCOME_NXDOMAIN)
            return NULL;
        if (reply->outcome == OUTCOME_ANSWERED && !reply->alias_count)
            return reply;
    }
    return NULL;
}

/* The step below; NULL when the way ends here. */
static struct trace_step *go_on(struct trace_walk *walk, const struct trace_step *step)
{
    const struct trace_server *first = step->first;
    const struct reply *hidden;
    struct trace_step *next;
    struct trace_names names = {.by = step->zone, .reply = first->reply};

    if (walk->trace->count == TRACE_STEPS_MAX)
        return NULL;
    walk->reach = server_reach_within(walk->reach, &first->address);
    if (first->state == TRACE_REFERRAL) {
        names.ns = &first->reply->authority;
        names.owner = trace_referral(first->reply, step->zone, walk->view->name);
        names.glue_needed = true;
    } else if ((hidden = find_hidden_cut(walk, step))) {
        names.ns = &hidden->answer;
        names.owner = hidden->canonical;
        names.reply = hidden;
    } else {
        return NULL;
    }
    next = add_step(walk, names.owner, step->zone);
    next->same_servers = !names.glue_needed;
    next->delegation = names.reply;
    trace_list_servers(walk, next, &names);
    next->ds_reply = trace_ask(walk, &first->address, next->zone, TYPE_DS);
    return next;
}

static void look_at_keys(struct trace_walk *walk, struct trace_step *step)
{
    const struct reply *ds = step->ds_reply;

    if (ds && ds->outcome == OUTCOME_ANSWERED && step->first)
        step->keys = trace_ask(walk, &step->first->address, step->zone, TYPE_DNSKEY);
    step->ds = trace_judge_ds(ds, step->keys);
    if (!walk->trace->unsafe && trace_ds_is_broken(step->ds))
        walk->trace->unsafe = step;
}

static void go(struct trace_walk *walk)
{
    begin(walk);
    for (struct trace_step *step = walk->trace->count ? walk->steps : NULL; step;) {
        trace_ask_servers(walk, step);
        look_at_keys(walk, step);
        step = step->first ? go_on(walk, step) : NULL;
    }
}

/* ---- how it ends ---- */

static bool any_server(const struct trace_step *step, bool (*is)(const struct trace_server *server))
{
    for (size_t i = 0; i < step->count; i++)
        if (is(&step->servers[i]))
            return true;
    return false;
}

static bool is_not_looked_at(const struct trace_server *server)
{
    return server->state == TRACE_NOT_ASKED || server->state == TRACE_SPARED ||
           server->state == TRACE_NOT_KNOWN;
}

/* It says something, or is known to have no address that could be asked. */
static bool is_known_to_fail(const struct trace_server *server)
{
    return server->state == TRACE_LAME || server->state == TRACE_REFUSED ||
           server->state == TRACE_NO_GLUE || server->state == TRACE_NO_ADDRESS;
}

static bool is_otherwise(const struct trace_server *server)
{
    return server->reply && (!server->reply->ra || server->reply->aa);
}

static bool is_by_a_resolver(const struct trace_server *server)
{
    return server->state == TRACE_LAME && server->reply->ra && !server->reply->aa &&
           server->reply->outcome == OUTCOME_ANSWERED;
}

/* The servers of the first zone answer for the whole world: it is not they who answer. */
static bool is_intercepted(const struct trace *trace)
{
    return trace->count == 1 && !trace->steps->first &&
           any_server(trace->steps, is_by_a_resolver) && !any_server(trace->steps, is_otherwise);
}

static enum trace_end end_of(const struct trace *trace)
{
    static const enum trace_end ends[] = {[TRACE_ANSWER] = TRACE_END_ANSWER,
                                          [TRACE_NODATA] = TRACE_END_NODATA,
                                          [TRACE_NXDOMAIN] = TRACE_END_NXDOMAIN};
    const struct trace_step *last;

    if (!trace->complete)
        return TRACE_END_PENDING;
    if (!trace->count || trace->intercepted)
        return TRACE_END_UNKNOWN;
    last = &trace->steps[trace->count - 1];
    if (last->first)
        return last->first->state == TRACE_REFERRAL ? TRACE_END_UNKNOWN : ends[last->first->state];
    if (any_server(last, is_not_looked_at) || last->left_out)
        return TRACE_END_UNKNOWN;
    /* Nobody at all was heard: it may be the network here. */
    return trace->count > 1 || any_server(last, is_known_to_fail) ? TRACE_END_BROKEN
                                                                  : TRACE_END_UNKNOWN;
}

struct trace *trace_build(const struct lookup *lookup, struct arena *arena,
                          const struct trace_view *view)
{
    struct trace *trace = arena_alloc(arena, 1, sizeof *trace);
    struct trace_walk walk = {lookup, arena, view, trace, NULL, view->reach};

    walk.steps = arena_alloc(arena, TRACE_STEPS_MAX, sizeof *walk.steps);
    trace->complete = true;
    trace->name = view->name;
    trace->type = view->type;
    trace->steps = walk.steps;
    go(&walk);
    trace->intercepted = trace->complete && is_intercepted(trace);
    trace->end = end_of(trace);
    return trace;
}

const struct trace_step *trace_break(const struct trace *trace)
{
    return trace->end == TRACE_END_BROKEN ? &trace->steps[trace->count - 1] : NULL;
}

const struct trace_step *trace_find(const struct trace *trace, const char *zone)
{
    for (size_t i = 0; i < trace->count; i++)
        if (strcmp(trace->steps[i].zone, zone) == 0)
            return &trace->steps[i];
    return NULL;
}
