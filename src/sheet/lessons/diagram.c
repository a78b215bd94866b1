#include "sheet/lessons/diagram.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/reply.h"
#include "dns/type.h"
#include "mail/clients/srv_draw.h"
#include "mail/timeline/loop_cases.h"
#include "mail/timeline/timeline_axis.h"
#include "sheet/words.h"

#include <stdio.h>
#include <string.h>

enum { SENDER, RESOLVER, FIRST_HOST }; /* columns of a delivery */

struct making {
    struct arena *arena;
    const char *domain;
    struct diagram_head *heads;
    struct diagram_arrow *arrows;
    size_t head_count, head_capacity, arrow_count, arrow_capacity;
};

/* ---- parts ---- */

static const char *short_name(const struct making *making, const char *name)
{
    struct text text = {0};
    const char *copy;

    words_name_within(name, making->domain, &text);
    copy = arena_dup(making->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

static void add_head(struct making *making, const char *name, const char *note)
{
    making->heads = arena_grow(making->arena, making->heads, making->head_count,
                               &making->head_capacity, sizeof *making->heads);
    making->heads[making->head_count++] = (struct diagram_head){name, note};
}

static void add_hosts(struct making *making, const struct route *route)
{
    for (size_t i = 0; i < route->host_count; i++)
        add_head(making, short_name(making, route->hosts[i].exchange),
                 arena_format(making->arena, "%u", route->hosts[i].preference));
}

static struct diagram_arrow *add_arrow(struct making *making, const char *moment, int foot,
                                       int head, const char *label)
{
    struct diagram_arrow *arrow;

    making->arrows = arena_grow(making->arena, making->arrows, making->arrow_count,
                                &making->arrow_capacity, sizeof *making->arrows);
    arrow = &making->arrows[making->arrow_count++];
    *arrow = (struct diagram_arrow){
        .moment = moment, .foot = foot, .head = head, .label = label, .result = ""};
    return arrow;
}

static struct diagram *finish(const struct making *making, const char *title, const char *end)
{
    struct diagram *diagram = arena_alloc(making->arena, 1, sizeof *diagram);

    *diagram = (struct diagram){.title = title,
                                .heads = making->heads,
                                .head_count = making->head_count,
                                .arrows = making->arrows,
                                .arrow_count = making->arrow_count,
                                .end = end};
    return diagram;
}

static const char *address_of(const struct making *making, const struct route_host *host,
                              size_t address)
{
    char text[ADDRESS_TEXT];

    return address < host->address_count
               ? arena_dup(making->arena, address_text(&host->addresses[address].address, text))
               : "";
}

/* ---- a delivery ---- */

static bool came_along(const struct reply *mx, const char *host)
{
    for (size_t i = 0; i < mx->additional.count; i++)
        if (strcmp(mx->additional.records[i].owner, host) == 0)
            return true;
    return false;
}

static size_t addresses_along(const struct reply *mx)
{
    size_t count = 0;

    for (size_t i = 0; i < mx->additional.count; i++) {
        uint16_t type = mx->additional.records[i].type;
        count += type == TYPE_A || type == TYPE_AAAA;
    }
    return count;
}

/* The MX records, and the addresses of hosts that did not come with them. */
static void add_lookup(struct making *making, const struct route *route, const struct reply *mx,
                       const char *moment)
{
    add_arrow(making, moment, SENDER, RESOLVER,
              arena_format(making->arena, "MX %s", short_name(making, route->domain)));
    if (!mx)
        return;
    add_arrow(making, "", RESOLVER, SENDER,
              mx->record_count ? arena_format(making->arena, tr("%zu MX, %zu addresses"),
                                              mx->record_count, addresses_along(mx))
                               : outcome_word(mx->outcome));
    for (size_t i = 0; i < route->host_count; i++) {
        const struct route_host *host = &route->hosts[i];
        if (!host->known || !host->address_count || came_along(mx, host->exchange))
            continue;
        add_arrow(making, "", SENDER, RESOLVER,
                  arena_format(making->arena, "A, AAAA %s", short_name(making, host->exchange)));
        add_arrow(making, "", RESOLVER, SENDER,
                  arena_format(making->arena,
                               tr_plural("%zu address", "%zu addresses", host->address_count),
                               host->address_count));
    }
}

/* "10 mx1 | 20 mx2, mx3" */
static const char *levels(const struct making *making, const struct route *route)
{
    struct text text = {0};
    const char *copy;

    for (size_t i = 0; i < route->host_count; i++) {
        const struct route_host *host = &route->hosts[i];
        bool same = i && host->preference == route->hosts[i - 1].preference;
        if (same)
            text_add(&text, message_comma());
        else
            text_format(&text, "%s%u ", i ? " | " : "", host->preference);
        text_add(&text, short_name(making, host->exchange));
    }
    copy = arena_dup(making->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

/* Names of the domain without it, in a sentence. */
static const char *shortened(const struct making *making, const char *sentence)
{
    const char *domain = arena_format(making->arena, ".%.*s",
                                      (int)name_shown_length(making->domain), making->domain);
    struct text text = {0};
    const char *copy, *found;

    while ((found = strstr(sentence, domain))) {
        text_add_bytes(&text, sentence, (size_t)(found - sentence));
        sentence = found + strlen(domain);
    }
    text_add(&text, sentence);
    copy = arena_dup(making->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

/* "20 drawn: mx3, mx2" */
static const char *drawn(const struct making *making, const struct step *step)
{
    return step->drawn ? arena_format(making->arena, tr("%u drawn: %s"), step->preference,
                                      shortened(making, step->drawn))
                       : shortened(making, step->text);
}

static void add_attempt(struct making *making, const struct route *route,
                        const struct attempt *attempt, const char *moment)
{
    const struct route_host *host = &route->hosts[attempt->host];
    struct diagram_arrow *arrow = add_arrow(making, moment, SENDER, FIRST_HOST + attempt->host,
                                            address_of(making, host, attempt->address));

    arrow->end = attempt->taken ? DIAGRAM_TAKEN : DIAGRAM_FAILED;
    arrow->result = attempt->taken ? tr("accepted") : stage_word((enum stage)attempt->stage);
}

const char *diagram_fate(enum verdict verdict)
{
    static const char *const fates[] = {
        [VERDICT_DELIVER] = N_("delivered"), [VERDICT_LOCAL] = N_("delivered here"),
        [VERDICT_BOUNCE] = N_("bounced"),    [VERDICT_DEFER] = N_("deferred"),
        [VERDICT_FREEZE] = N_("frozen"),     [VERDICT_LOOP] = N_("sent in a loop"),
    };

    return tr(fates[verdict]);
}

static void add_verdict(struct making *making, const struct delivery *delivery, const char *moment)
{
    struct diagram_arrow *arrow =
        add_arrow(making, moment, SENDER, SENDER, diagram_fate(delivery->verdict));

    arrow->end = delivery->verdict == VERDICT_DELIVER || delivery->verdict == VERDICT_LOCAL
                     ? DIAGRAM_TAKEN
                     : DIAGRAM_FAILED;
}

/* The steps of one delivery; `mx`: the answer it began with, NULL where there is none. */
static const struct diagram *of_delivery(const struct route *route, const struct steps *steps,
                                         const struct delivery *delivery, const struct reply *mx,
                                         struct arena *arena)
{
    struct making making = {.arena = arena, .domain = route->domain};
    size_t attempts = 0;

    add_head(&making, route->as ? short_name(&making, route->as) : tr("sender"), "");
    add_head(&making, tr("resolver"), "");
    add_hosts(&making, route);
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->steps[i];
        const char *moment = arena_format(arena, "%zu", i + 1);
        if (step->kind == STEP_LOOKUP && i == 0)
            add_lookup(&making, route, mx, moment);
        else if (step->kind == STEP_SORT)
            add_arrow(&making, moment, SENDER, SENDER, levels(&making, route));
        else if (step->kind == STEP_SHUFFLE)
            add_arrow(&making, moment, SENDER, SENDER, drawn(&making, step));
        else if (step->kind == STEP_ATTEMPT && attempts < delivery->count)
            add_attempt(&making, route, &delivery->attempts[attempts++], moment);
        else if (step->kind == STEP_VERDICT)
            add_verdict(&making, delivery, moment);
        else if (step->kind != STEP_ADDRESSES && step->kind != STEP_RETRY)
            add_arrow(&making, moment, SENDER, SENDER, shortened(&making, step->text));
    }
    return finish(&making, tr("Delivery: who connects to whom"), "");
}

/* ---- a loop ---- */

static int head_called(const struct making *making, const char *name)
{
    for (size_t i = 0; i < making->head_count; i++)
        if (strcmp(making->heads[i].name, name) == 0)
            return (int)i;
    return -1;
}

/* The column of a host; one more where it has none. */
static int column_of(struct making *making, const char *host)
{
    const char *name = short_name(making, host);
    int column = head_called(making, name);

    if (column < 0) {
        add_head(making, name, "");
        column = (int)making->head_count - 1;
    }
    return column;
}

static bool is_met(const struct loop *loop, const char *host)
{
    for (size_t i = 0; i < loop->count; i++)
        if (strcmp(loop->hops[i].from, host) == 0 ||
            (loop->hops[i].to && strcmp(loop->hops[i].to, host) == 0))
            return true;
    return false;
}

static bool is_better(const struct route *route, size_t host)
{
    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].truly_self)
            return route->hosts[host].preference < route->hosts[i].preference;
    return false;
}

/* Hosts that have the message, and those that are down, with that told behind their preference. */
static void add_loop_heads(struct making *making, const struct route *route,
                           const struct loop *loop, bool down)
{
    for (size_t i = 0; i < route->host_count; i++) {
        const struct route_host *host = &route->hosts[i];
        bool is_down = down && is_better(route, i);
        if (is_down || is_met(loop, host->exchange))
            add_head(making, short_name(making, host->exchange),
                     arena_format(making->arena, "%u%s", host->preference, is_down ? " ✗" : ""));
    }
}

static void add_hop(struct making *making, const struct loop_hop *hop, const char *moment)
{
    int from = column_of(making, hop->from);
    struct diagram_arrow *arrow;

    if (!hop->to) {
        add_arrow(making, moment, from, from, shortened(making, hop->text));
        return;
    }
    arrow = add_arrow(making, moment, from, column_of(making, hop->to), hop->address);
    arrow->end = hop->again ? DIAGRAM_FAILED : DIAGRAM_TAKEN;
    arrow->result = hop->again ? tr("again") : tr("accepted");
}

/* Hop by hop, among hosts of the route; `down`: those preferred to route->as are down. */
static const struct diagram *of_loop(const struct route *route, const struct loop *loop, bool down,
                                     struct arena *arena)
{
    struct making making = {.arena = arena, .domain = route->domain};
    const struct decision *decision = &loop->decision;

    add_loop_heads(&making, route, loop, down);
    for (size_t i = 0; i < loop->count; i++)
        add_hop(&making, &loop->hops[i], arena_format(arena, "%zu", i + 1));
    return finish(&making, tr("Hops, if no host ignores any record"),
                  arena_format(arena, "%s %s: %s", verdict_word(decision->verdict), decision->code,
                               tr(decision->why)));
}

/* ---- an outage ---- */

/* Parties: the sender, then the hosts of the route. */
static int party(int host)
{
    return host == TIMELINE_SENDER ? 0 : host + 1;
}

static const char *why_failed(const struct timeline *timeline, int host, int64_t at)
{
    for (size_t i = 0; i < timeline->outage_count; i++) {
        const struct timeline_outage *outage = &timeline->outages[i];
        if (outage->host == host && outage->from <= at && at < outage->until)
            return stage_word(outage->stage);
    }
    return tr("failed");
}

static void add_event(struct making *making, const struct timeline *timeline,
                      const struct timeline_event *event, const char *moment)
{
    int holder = party(event->holder);
    struct diagram_arrow *arrow;

    if (event->host < 0 || event->host == event->holder) {
        add_arrow(making, moment, holder, holder, shortened(making, event->text));
        return;
    }
    arrow = add_arrow(making, moment, holder, party(event->host),
                      address_of(making, &timeline->route->hosts[event->host], 0));
    arrow->end = event->kind == TIMELINE_ATTEMPT ? DIAGRAM_FAILED : DIAGRAM_TAKEN;
    arrow->result = event->kind == TIMELINE_ATTEMPT ? why_failed(timeline, event->host, event->at)
                    : event->kind == TIMELINE_DELIVERED ? tr("delivered")
                                                        : tr("queued");
}

/* Tries and what becomes of them; what the holder merely thinks is left out. */
static bool is_drawn(const struct timeline_event *event)
{
    switch (event->kind) {
    case TIMELINE_ATTEMPT:
    case TIMELINE_ACCEPTED:
    case TIMELINE_DELIVERED:
    case TIMELINE_RETURNED:
    case TIMELINE_FROZEN:
        return true;
    default:
        return false;
    }
}

/* Is the message in the queue of this host at that event? */
static bool is_queued(const struct timeline *timeline, int host, size_t at)
{
    bool queued = false;

    for (size_t i = 0; i < at; i++) {
        const struct timeline_event *event = &timeline->events[i];
        if (event->kind == TIMELINE_ACCEPTED)
            queued = event->host == host;
        else if (event->kind == TIMELINE_DELIVERED || event->kind == TIMELINE_RETURNED)
            queued = false;
    }
    return queued;
}

static bool is_down(const struct timeline *timeline, int host, int64_t at)
{
    for (size_t i = 0; i < timeline->outage_count; i++)
        if (timeline->outages[i].host == host && timeline->outages[i].from <= at &&
            at < timeline->outages[i].until)
            return true;
    return false;
}

static void add_bars(const struct timeline *timeline, size_t event, unsigned char *bars,
                     size_t count)
{
    for (size_t column = 1; column < count; column++) {
        int host = (int)column - 1;
        if (is_queued(timeline, host, event))
            bars[column] = DIAGRAM_QUEUE;
        else if (is_down(timeline, host, timeline->events[event].at))
            bars[column] = DIAGRAM_DOWN;
    }
}

/* Who is tried when, and in whose queue the message is. */
static const struct diagram *of_outage(const struct timeline *timeline, struct arena *arena)
{
    const struct route *route = timeline->route;
    struct making making = {.arena = arena, .domain = route->domain};
    struct diagram *diagram;
    unsigned char *bars =
        arena_alloc(arena, timeline->event_count * (route->host_count + 1) + 1, 1);

    add_head(&making, route->as ? short_name(&making, route->as) : tr("sender"), "");
    add_hosts(&making, route);
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = &timeline->events[i];
        char moment[MOMENT_SIZE];
        if (!is_drawn(event))
            continue;
        add_bars(timeline, i, bars + making.arrow_count * making.head_count, making.head_count);
        add_event(&making, timeline, event, arena_dup(arena, timeline_moment(event->at, moment)));
    }
    diagram = finish(&making, tr("An outage: who connects to whom"),
                     tr("░ down   ┃ in the queue of this host"));
    diagram->bars = bars;
    return diagram;
}

/* ---- a client's choice ---- */

static const char *weights(const struct making *making, const struct srv_set *set)
{
    const struct srv_level *level = &set->levels[0];
    struct text text = {0};
    const char *copy;

    for (size_t i = level->begin; i < level->begin + level->count; i++)
        text_format(&text, "%s%s %u", i > level->begin ? message_comma() : "",
                    short_name(making, set->targets[i].record->srv.target),
                    set->targets[i].record->srv.weight);
    copy = arena_format(making->arena, tr("priority %u, weights: %s"), level->priority,
                        text_get(&text));
    text_clear(&text);
    return copy;
}

static void add_srv_heads(struct making *making, const struct srv_set *set)
{
    add_head(making, tr("client"), "");
    add_head(making, tr("resolver"), "");
    for (size_t i = 0; i < set->count; i++)
        add_head(making, short_name(making, set->targets[i].record->srv.target),
                 arena_format(making->arena, "%u/%u", set->targets[i].record->srv.priority,
                              set->targets[i].record->srv.weight));
}

const struct diagram *diagram_srv(const struct srv_set *set, enum srv_algorithm algorithm,
                                  uint64_t seed, struct arena *arena)
{
    struct making making = {.arena = arena, .domain = name_parent(name_parent(set->owner))};
    unsigned *order = arena_alloc(arena, set->count, sizeof *order);
    struct random random;

    add_srv_heads(&making, set);
    random_init(&random, seed);
    if (!set->not_offered)
        srv_order_draw(set, algorithm, &random, order);
    add_arrow(&making, "1", SENDER, RESOLVER,
              arena_format(arena, "SRV %s", short_name(&making, set->owner)));
    add_arrow(&making, "", RESOLVER, SENDER,
              arena_format(arena, tr_plural("%zu record", "%zu records", set->count), set->count));
    if (set->not_offered) {
        add_arrow(&making, "2", SENDER, SENDER, tr("\".\": not offered here"));
        return finish(&making, tr("A client's choice"), "");
    }
    add_arrow(&making, "2", SENDER, SENDER, weights(&making, set));
    for (size_t i = 0; i < set->count; i++) {
        const struct record *record = set->targets[order[i]].record;
        struct diagram_arrow *arrow = add_arrow(
            &making, arena_format(arena, "%zu", i + 3), SENDER, FIRST_HOST + (int)order[i],
            arena_format(arena, tr("port %u"), record->srv.port));
        arrow->end = i ? DIAGRAM_PLAIN : DIAGRAM_TAKEN;
        arrow->result = i ? tr("if that fails") : tr("first");
    }
    return finish(&making, tr("A client's choice"), "");
}

/* ---- which of them ---- */

static enum diagram_of choose(const struct sender *sender)
{
    if (sender->as)
        return DIAGRAM_LOOP;
    for (size_t i = 0; i < sender->down_count; i++)
        if (sender->downs[i].bounded)
            return DIAGRAM_OUTAGE;
    return DIAGRAM_DELIVERY;
}

static const struct diagram *build_delivery(const struct lookup *lookup, const struct route *route,
                                            const struct sender *sender, struct arena *arena)
{
    struct delivery_plan *plan = delivery_plan_new(route, sender, 0);
    const struct diagram *diagram;
    struct delivery delivery;
    struct steps steps;

    delivery_draw_nth(plan, 0, &delivery);
    steps = delivery_steps(plan, &delivery, arena);
    diagram =
        of_delivery(route, &steps, &delivery, lookup_find(lookup, route->domain, TYPE_MX), arena);
    delivery_plan_free(plan);
    return diagram;
}

/* The last case: nobody ignores anything. */
static const struct diagram *build_loop(const struct lookup *lookup, const struct route *route,
                                        const struct sender *sender, struct arena *arena)
{
    struct loop_case cases[LOOP_CASES];
    size_t count = loop_cases(lookup, route, sender, arena, cases);

    return of_loop(route, cases[count - 1].loop, count == LOOP_CASES, arena);
}

static const struct diagram *build_outage(const struct lookup *lookup, const struct route *route,
                                          const struct sender *sender, struct arena *arena)
{
    const struct diagram *diagram;
    struct sender away;

    sender_copy(&away, sender);
    timeline_assume_outage(route, &away);
    diagram = of_outage(timeline_build(lookup, route, &away, arena), arena);
    sender_clear(&away);
    return diagram;
}

const struct diagram *diagram_build(const struct lookup *lookup, const struct route *route,
                                    const struct sender *sender, enum diagram_of of,
                                    struct arena *arena)
{
    switch (of == DIAGRAM_ANY ? choose(sender) : of) {
    case DIAGRAM_LOOP:
        return build_loop(lookup, route, sender, arena);
    case DIAGRAM_OUTAGE:
        return build_outage(lookup, route, sender, arena);
    default:
        return build_delivery(lookup, route, sender, arena);
    }
}
