#include "mail/timeline/timeline.h"

#include "base/array.h"
#include "base/message.h"
#include "dns/name.h"
#include "mail/delivery/delivery.h"
#include "mail/order/order.h"
#include "mail/sender/sts_cache.h"
#include "mail/timeline/retry_memory.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { HORIZON = 10 * 86400, EVENTS_MOST = 2000, HOLDERS_MOST = 16 };

/* One message and who has it now. */
struct course {
    const struct lookup *lookup;
    const struct route *route; /* the first sender's: what host numbers mean */
    const struct sender *sender;
    struct arena *arena;
    struct timeline *timeline;
    struct timeline_event *events; /* owned until it is over */
    size_t event_count, event_capacity;
    const struct route *held_route; /* the holder's own */
    struct sender holder;
    struct retry_memory memory; /* the holder's */
    int holder_host;            /* in route; TIMELINE_SENDER */
    uint64_t draws;             /* rounds of all holders */
    int64_t now, arrived;
    unsigned round, holders;
    bool warned, over;
    int64_t policy_since; /* when the holder fetched the MTA-STS policy it has; NO_POLICY */
    const char *policy_told;
};

enum { NO_POLICY = INT32_MIN };

static void add(struct course *course, enum timeline_kind kind, int64_t until, int host,
                const char *reference, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

static void add(struct course *course, enum timeline_kind kind, int64_t until, int host,
                const char *reference, const char *format, ...)
{
    struct timeline_event event = {.at = course->now,
                                   .until = until,
                                   .kind = kind,
                                   .holder = course->holder_host,
                                   .host = host,
                                   .round = course->round,
                                   .reference = reference};
    va_list arguments;

    va_start(arguments, format);
    event.text = arena_format_list(course->arena, format, arguments);
    va_end(arguments);
    ARRAY_PUSH(course->events, course->event_count, course->event_capacity, event);
}

static void settle(struct course *course, enum verdict verdict, const char *code, const char *why,
                   const char *reference)
{
    course->timeline->decision = (struct decision){verdict, code, why, reference};
    course->over = true;
}

/* The host of the first route that a holder's route calls by that name. */
static int host_number(const struct course *course, const struct route_host *host)
{
    return route_host_find(course->route, host->exchange);
}

/* Who has the message now: "sender", or the name it goes by. */
static const char *holder_name(const struct course *course)
{
    if (course->holder_host == TIMELINE_SENDER)
        return course->sender->as ? name_shown(course->arena, course->sender->as) : tr("sender");
    return name_shown(course->arena, course->route->hosts[course->holder_host].exchange);
}

/* Is it the sender, and one without a name of its own? */
static bool is_nameless(const struct course *course)
{
    return course->holder_host == TIMELINE_SENDER && !course->sender->as;
}

/* What is in the cache of who has the message now, by the settings of the first sender. */
static void begin_policy(struct course *course)
{
    int64_t age;

    course->policy_told = NULL;
    if (!sts_matters(course->sender))
        return;
    age = sts_age(&course->sender->settings, course->sender->security.sts_max_age);
    course->policy_since = age < 0 ? NO_POLICY : course->now - age;
}

/* The host takes the message over; at the most preferred level it has arrived. */
static void hand_over(struct course *course, const struct route_host *host)
{
    int number = host_number(course, host);
    const char *name = name_shown(course->arena, host->exchange);

    if (host->level == 1 && !host->relay) {
        add(course, TIMELINE_DELIVERED, course->now, number, "RFC 5321 5.1",
            tr("%s -> %s: accepted; delivered at the most preferred MX host"), holder_name(course),
            name);
        settle(course, VERDICT_DELIVER, "", N_("arrived at the most preferred MX host"),
               "RFC 5321 5.1");
        return;
    }
    add(course, TIMELINE_ACCEPTED, course->now, number, "RFC 5321 5.1",
        host->relay
            ? tr("%s -> %s, a fallback relay: accepted, and queued there")
            : tr("%s -> %s (preference %u): accepted, and queued there for a more preferred host"),
        holder_name(course), name, host->preference);
    sender_set_as(&course->holder, host->alias_of ? host->alias_of : host->exchange, NULL);
    course->holder.own_count = 0;
    course->held_route =
        route_build(course->lookup, course->route->domain, &course->holder, course->arena);
    retry_memory_clear(&course->memory);
    retry_memory_init(&course->memory, course->sender->profile->retry);
    course->holder_host = number;
    course->arrived = course->now;
    begin_policy(course);
    course->round = 0;
    course->warned = false;
    if (++course->holders > HOLDERS_MOST)
        settle(course, VERDICT_LOOP, "5.4.6", N_("relayed from host to host endlessly"),
               "RFC 5321 6.3");
}

static const char *duration_text(struct arena *arena, int64_t seconds)
{
    long long days = seconds / 86400, hours = seconds / 3600, minutes = seconds / 60;

    if (days)
        return seconds % 86400 < 3600
                   ? arena_format(arena, tr_plural("%lld day", "%lld days", (uint64_t)days), days)
                   : arena_format(arena, tr("%lld d %lld h"), days, hours % 24);
    if (hours)
        return seconds % 3600 < 60
                   ? arena_format(arena, tr_plural("%lld hour", "%lld hours", (uint64_t)hours),
                                  hours)
                   : arena_format(arena, tr("%lld h %lld min"), hours, minutes % 60);
    if (minutes)
        return seconds % 60 == 0
                   ? arena_format(arena,
                                  tr_plural("%lld minute", "%lld minutes", (uint64_t)minutes),
                                  minutes)
                   : arena_format(arena, tr("%lld min %lld s"), minutes, (long long)seconds % 60);
    return arena_format(arena, tr_plural("%lld second", "%lld seconds", (uint64_t)seconds),
                        (long long)seconds);
}

/* What the holder keeps of a failed attempt, as the end of a sentence; *due is from when the
 * address may be tried again. */
static const char *remember(struct course *course, const struct route_host *host,
                            const struct attempt *attempt, unsigned chance, int64_t *due)
{
    const struct retry_schedule *retry = course->memory.retry;
    const struct retry_mark *mark = retry_memory_note(
        &course->memory, host->exchange, &host->addresses[attempt->address].address,
        (enum stage)attempt->stage, course->now, chance);

    *due = course->now;
    if (!mark)
        return "";
    *due = mark->due;
    if (mark->due > course->now && retry->passed)
        return arena_format(
            course->arena, ": %s",
            retry->passed(course->arena, duration_text(course->arena, mark->due - course->now)));
    return retry->noted ? arena_format(course->arena, ": %s", tr(retry->noted)) : "";
}

static void tell_attempts(struct course *course, const struct delivery *delivery)
{
    struct random seed, stream;
    unsigned chance;

    random_init(&seed, course->sender->seed);
    stream = random_stream(&seed, ~course->draws);
    chance = (unsigned)random_below(&stream, 32);
    for (size_t i = 0; i < delivery->count; i++) {
        const struct attempt *attempt = delivery->attempts + i;
        const struct route_host *host = course->held_route->hosts + attempt->host;
        char address[ADDRESS_TEXT];
        const char *kept;
        int64_t due;
        if (attempt->taken)
            continue;
        kept = remember(course, host, attempt, chance, &due);
        add(course, TIMELINE_ATTEMPT, due, host_number(course, host), attempt->rule->reference,
            "%s -> %s %s: %s%s", holder_name(course), name_shown(course->arena, host->exchange),
            address_text(&host->addresses[attempt->address].address, address),
            stage_sentence((enum stage)attempt->stage), kept);
    }
}

static void tell_passed(struct course *course, unsigned host_index, size_t addresses, int64_t due)
{
    const struct route_host *host = course->held_route->hosts + host_index;
    const struct retry_schedule *retry = course->memory.retry;
    const char *name = name_shown(course->arena, host->exchange);
    const char *left = duration_text(course->arena, due - course->now);
    int number = host_number(course, host);

    if (addresses < host->address_count)
        add(course, TIMELINE_PASSED, due, number, retry->held.reference,
            tr("%s skips %s, %zu of %zu addresses: not due for another %s"), holder_name(course),
            name, addresses, host->address_count, left);
    else
        add(course, TIMELINE_PASSED, due, number, retry->held.reference,
            tr("%s skips %s: not due for another %s"), holder_name(course), name, left);
}

/* Takes those whose time has not come out of the round. */
static void pass_over(struct course *course, struct delivery_plan *plan)
{
    const struct route *route = course->held_route;
    size_t count = delivery_plan_targets(plan), passed = 0;
    int64_t due = INT64_MAX;

    for (size_t i = 0; i < count; i++) {
        struct attempt target = delivery_plan_target(plan, i);
        const struct route_host *host = route->hosts + target.host;
        const struct retry_mark *mark = retry_memory_holds(
            &course->memory, host->exchange, &host->addresses[target.address].address, course->now);
        if (mark) {
            delivery_plan_pass_over(plan, i);
            due = mark->due < due ? mark->due : due;
            passed++;
        }
        if (passed && (i + 1 == count || delivery_plan_target(plan, i + 1).host != target.host)) {
            tell_passed(course, target.host, passed, due);
            passed = 0;
            due = INT64_MAX;
        }
    }
}

static void give_back(struct course *course, const char *code, const char *why,
                      const char *reference)
{
    add(course, TIMELINE_RETURNED, course->now, -1, reference,
        tr("%s bounces it to the author: %s"), holder_name(course), tr(why));
    settle(course, VERDICT_BOUNCE, code, why, reference);
}

static void warn(struct course *course, const struct retry_schedule *retry, int64_t next)
{
    int64_t due = course->arrived + retry->warning, now = course->now;

    if (!retry->warning || course->warned || next < due)
        return;
    course->warned = true;
    course->now = due > now ? due : now;
    add(course, TIMELINE_WARNED, course->now, -1, retry->rule.reference,
        tr("after %s the author is told that delivery is delayed"),
        duration_text(course->arena, retry->warning));
    course->now = now;
}

/* When the first of the addresses is due, for who goes by that. */
static int64_t first_due(const struct course *course, const struct delivery_plan *plan)
{
    const struct retry_schedule *retry = course->memory.retry;
    int64_t first = INT64_MAX, least = course->now + retry->least;

    for (size_t i = 0; i < delivery_plan_targets(plan); i++) {
        struct attempt target = delivery_plan_target(plan, i);
        const struct route_host *host = course->held_route->hosts + target.host;
        int64_t due = retry_memory_due(&course->memory, host->exchange,
                                       &host->addresses[target.address].address, course->now);
        first = due < first ? due : first;
    }
    return first < least ? least : first;
}

static int64_t next_round(const struct course *course, const struct delivery_plan *plan)
{
    const struct retry_schedule *retry = course->memory.retry;

    if (retry->paces && delivery_plan_targets(plan))
        return first_due(course, plan);
    return course->now + retry->pause(course->round, course->now - course->arrived);
}

/* While no session came about, some senders try nothing else to that destination either. */
static bool has_backlog(const struct course *course, const struct delivery *delivery)
{
    if (!course->memory.retry->backlog || delivery->count == 0)
        return false;
    for (size_t i = 0; i < delivery->count; i++)
        if (delivery->attempts[i].stage >= STAGE_MAIL4)
            return false;
    return true;
}

/* Whose queue it stays in, until when, and what else waits. */
static const char *tell_queue(const struct course *course, const struct delivery *delivery,
                              int64_t next)
{
    const char *wait = duration_text(course->arena, next - course->now);
    const char *name = holder_name(course), *backlog;

    if (!has_backlog(course, delivery))
        return is_nameless(course)
                   ? arena_format(course->arena, tr("it stays in the sender's queue, again in %s"),
                                  wait)
                   : arena_format(course->arena, tr("it stays in %s's queue, again in %s"), name,
                                  wait);
    backlog = duration_text(course->arena, course->memory.retry->backlog);
    return is_nameless(course) ? arena_format(course->arena,
                                              tr("it stays in the sender's queue, again in %s; for "
                                                 "%s nothing else to this destination is tried"),
                                              wait, backlog)
                               : arena_format(course->arena,
                                              tr("it stays in %s's queue, again in %s; for %s "
                                                 "nothing else to this destination is tried"),
                                              name, wait, backlog);
}

/* Nobody took it: when is the next round, or is it too old? */
static void defer(struct course *course, const struct delivery_plan *plan,
                  const struct delivery *delivery)
{
    const struct retry_schedule *retry = course->memory.retry;
    int64_t next = next_round(course, plan), limit = course->arrived + retry->lifetime;
    const char *why = delivery->rule ? delivery->rule->text : course->held_route->decision.why;

    if (next > limit) {
        course->now = limit > course->now ? limit : course->now;
        give_back(course, "4.4.7",
                  arena_format(course->arena, tr("not delivered within %s"),
                               duration_text(course->arena, retry->lifetime)),
                  retry->rule.reference);
        return;
    }
    add(course, TIMELINE_DEFERRED, next, -1, retry->rule.reference, "%s; %s", tr(why),
        tell_queue(course, delivery, next));
    warn(course, retry, next);
    course->now = next;
}

static void conclude(struct course *course, const struct delivery_plan *plan,
                     const struct delivery *delivery)
{
    const struct decision *decision = &course->held_route->decision;
    const char *why = delivery->rule ? delivery->rule->text : decision->why;
    const char *reference = delivery->rule ? delivery->rule->reference : decision->reference;

    switch (delivery->verdict) {
    case VERDICT_DELIVER:
        hand_over(course, course->held_route->hosts + delivery->attempts[delivery->count - 1].host);
        break;
    case VERDICT_LOCAL:
        add(course, TIMELINE_DELIVERED, course->now, course->holder_host, reference, "%s", tr(why));
        settle(course, VERDICT_LOCAL, "", why, reference);
        break;
    case VERDICT_DEFER:
        defer(course, plan, delivery);
        break;
    case VERDICT_FREEZE:
        add(course, TIMELINE_FROZEN, course->now, -1, reference, tr("%s freezes it: %s"),
            holder_name(course), tr(why));
        settle(course, VERDICT_FREEZE, delivery->code, why, reference);
        break;
    case VERDICT_BOUNCE:
    case VERDICT_LOOP:
        give_back(course, delivery->code, why, reference);
        break;
    }
}

/* Some senders treat TLS trouble otherwise at later tries than at the first. */
static void note_try(struct course *course)
{
    if (course->round > 0)
        settings_set(&course->holder.settings, "try=later", NULL);
    else if (course->holders > 0)
        settings_set(&course->holder.settings, "try=first", NULL);
}

/* The MTA-STS policy ages while the message waits. */
static void note_policy(struct course *course)
{
    int64_t max_age = course->holder.security.sts_max_age;
    struct sts_view view;

    if (!sts_matters(&course->holder))
        return;
    sts_set_age(&course->holder.settings,
                course->policy_since == NO_POLICY ? -1 : course->now - course->policy_since,
                max_age);
    view = sts_view(&course->holder.settings);
    if (view.renews)
        course->policy_since = course->now;
    if (view.rule.text != course->policy_told)
        add(course, TIMELINE_POLICY, course->now, -1, view.rule.reference, "%s: %s",
            holder_name(course), tr(view.rule.text));
    course->policy_told = view.rule.text;
}

static void play_round(struct course *course)
{
    struct delivery_plan *plan;
    struct delivery delivery;

    note_try(course);
    note_policy(course);
    plan = delivery_plan_new(course->held_route, &course->holder, course->now);
    course->round++;
    pass_over(course, plan);
    delivery_draw_nth(plan, course->draws, &delivery);
    tell_attempts(course, &delivery);
    conclude(course, plan, &delivery);
    course->draws++;
    delivery_plan_free(plan);
}

/* Outages of the sender's list, by host of the route. */
static void list_outages(struct course *course)
{
    const struct sender *sender = course->sender;
    const struct route *route = course->route;
    struct timeline_outage *outages =
        arena_alloc(course->arena, sender->down_count * route->host_count + 1, sizeof *outages);
    size_t count = 0;

    for (size_t i = 0; i < sender->down_count; i++)
        for (size_t j = 0; j < route->host_count; j++) {
            const struct down *down = sender->downs + i;
            const struct route_host *host = route->hosts + j;
            bool meant =
                down->all ||
                (down->host && (strcmp(down->host, host->exchange) == 0 ||
                                (host->alias_of && strcmp(down->host, host->alias_of) == 0)));
            for (size_t k = 0; k < host->address_count && down->address.family; k++)
                meant = meant || address_equal(&down->address, &host->addresses[k].address);
            if (meant && down->stage != STAGE_ACCEPTS)
                outages[count++] =
                    (struct timeline_outage){(int)j, down->bounded ? down->from : 0,
                                             down->bounded ? down->until : HORIZON, down->stage};
        }
    course->timeline->outages = outages;
    course->timeline->outage_count = count;
}

static void finish(struct course *course)
{
    struct timeline *timeline = course->timeline;

    if (!course->over) {
        add(course, TIMELINE_CUT, course->now, -1, "", "%s", tr("and so on"));
        settle(course, VERDICT_DEFER, "", N_("still queued at the end of the timeline"), "");
    }
    timeline->end = course->now;
    timeline->events = (const struct timeline_event *)arena_dup_bytes(
        course->arena, course->events, course->event_count * sizeof *course->events);
    timeline->event_count = course->event_count;
    free(course->events);
    retry_memory_clear(&course->memory);
    sender_clear(&course->holder);
}

const struct timeline *timeline_build(const struct lookup *lookup, const struct route *route,
                                      const struct sender *sender, struct arena *arena)
{
    struct timeline *timeline = arena_alloc(arena, 1, sizeof *timeline);
    struct course course = {.lookup = lookup,
                            .route = route,
                            .sender = sender,
                            .arena = arena,
                            .timeline = timeline,
                            .held_route = route,
                            .holder_host = TIMELINE_SENDER};

    timeline->route = route;
    sender_copy(&course.holder, sender);
    retry_memory_init(&course.memory, sender->profile->retry);
    list_outages(&course);
    begin_policy(&course);
    if (is_nameless(&course))
        add(&course, TIMELINE_WRITTEN, 0, -1, "", "%s",
            tr("the message enters the sender's queue"));
    else
        add(&course, TIMELINE_WRITTEN, 0, -1, "", tr("the message enters %s's queue"),
            holder_name(&course));
    while (!course.over && course.now <= HORIZON && course.event_count < EVENTS_MOST)
        play_round(&course);
    finish(&course);
    return timeline;
}

static bool has_outage(const struct sender *sender)
{
    for (size_t i = 0; i < sender->down_count; i++)
        if (sender->downs[i].bounded)
            return true;
    return false;
}

void timeline_assume_outage(const struct route *route, struct sender *sender)
{
    struct text down = {0};
    const char *why;

    if (has_outage(sender) || !route->host_count)
        return;
    text_format(&down, "%s@0h-6h", route->hosts[0].exchange);
    sender_add_down(sender, text_get(&down), &why);
    text_clear(&down);
}
