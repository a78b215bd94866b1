/* What senders make of a domain: by every profile, as a stranger and as a mail host, with hosts
 * that are down, the hosts of the route, a delivery, the chances, and the time it takes. Senders
 * that do the same stand in one line. Arguments as judged_each has them. */
#include "base/memory.h"
#include "mail/delivery/delivery.h"
#include "mail/profiles/profiles.h"
#include "mail/simulation/simulation.h"
#include "mail/timeline/loop.h"
#include "mail/timeline/timeline.h"
#include "unit/worlds/judged_domain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DELIVERIES = 20, HOSTS = 8 };

struct said {
    char *senders, *what; /* owned */
};

struct told {
    struct said *list;
    size_t count;
};

/* Adds what a sender does to the one that does the same, if there is one. Takes the text. */
static void note(struct told *told, const char *sender, struct text *what)
{
    size_t i = 0;
    struct text senders = {0};

    while (i < told->count && strcmp(told->list[i].what, text_get(what)) != 0)
        i++;
    if (i == told->count) {
        told->list[told->count++] = (struct said){memory_dup(sender), memory_dup(text_get(what))};
    } else {
        text_format(&senders, "%s %s", told->list[i].senders, sender);
        free(told->list[i].senders);
        told->list[i].senders = memory_dup(text_get(&senders));
        text_clear(&senders);
    }
    text_clear(what);
}

static void print_told(struct told *told)
{
    for (size_t i = 0; i < told->count; i++) {
        printf("    %s: %s\n", told->list[i].senders, told->list[i].what);
        free(told->list[i].senders);
        free(told->list[i].what);
    }
    told->count = 0;
}

/* ---- one sender ---- */

static void add_name(struct text *text, const char *name)
{
    const char *end = strstr(name, ".example.com.");

    text_add_bytes(text, name, end && end[13] == '\0' ? (size_t)(end - name) : strlen(name));
}

static void add_host(struct text *text, const struct route_host *host)
{
    static const char marks[][2] = {"", "-", "?"};
    char address[ADDRESS_TEXT];

    text_format(text, "%s", marks[host->state]);
    add_name(text, host->shown);
    text_format(text, "@%u", host->level);
    for (size_t i = 0; i < host->address_count; i++)
        text_format(text, "%s%s%s", i ? "," : "=",
                    address_text(&host->addresses[i].address, address),
                    host->addresses[i].own ? "!" : "");
    if (host->relay || host->repeats)
        text_format(text, " (relay %u, repeats %u)", host->relay, host->repeats);
    text_add(text, " ");
}

static void add_route(struct text *text, const struct route *route)
{
    static const char *const kinds[] = {"undecided", "mx", "implicit", "srv", "none"};

    text_format(text, "%s %s %s; ", kinds[route->kind], verdict_text(route->decision.verdict),
                route->decision.code);
    for (size_t i = 0; i < route->host_count; i++)
        add_host(text, &route->hosts[i]);
}

static void add_delivery(struct text *text, struct delivery_plan *plan, struct arena *arena)
{
    const struct route *route = delivery_plan_route(plan);
    struct delivery delivery;

    delivery_draw_nth(plan, 0, &delivery);
    text_add(text, "> ");
    for (size_t i = 0; i < delivery.count; i++) {
        const struct attempt *attempt = &delivery.attempts[i];

        add_name(text, route->hosts[attempt->host].shown);
        text_format(text, "/%u %s ", attempt->address, stage_text((enum stage)attempt->stage));
    }
    text_format(text, "%s %s, %zu skips, %zu steps", verdict_text(delivery.verdict), delivery.code,
                delivery.skip_count, delivery_steps(plan, &delivery, arena).count);
}

static void add_chances(struct text *text, const struct route *route, const struct sender *sender,
                        struct arena *arena)
{
    struct simulation *simulation = simulation_new(route, sender, DELIVERIES);
    const struct simulation_result *result;

    while (!simulation_slice(simulation, DELIVERIES))
        continue;
    result = simulation_result(simulation, arena);
    text_format(text, "; %zu orders,", (size_t)result->sequences_total);
    for (size_t i = 0; i < result->first_count; i++)
        text_format(text, " %.4g", result->first[i].expected);
    text_add(text, ", tries");
    for (size_t i = 0; i < result->tries_count; i++)
        text_format(text, " %u:%.4g", result->tries[i].tries, result->tries[i].expected);
    for (size_t i = 0; i < result->ending_count; i++)
        text_format(text, ", %s %.4g", verdict_text(result->endings[i].verdict),
                    result->endings[i].share.expected);
    simulation_free(simulation);
}

/* A sender and the domain it sends to, with room for what is made of them. */
struct play {
    const struct judged *judged;
    struct sender *sender;
    struct lookup lookup;
    struct arena *arena;
};

typedef void play_add(struct text *text, struct play *play);

static const struct route *route_of(struct play *play)
{
    const struct route *route;

    JUDGED_SETTLE(play->judged, play->lookup,
                  route = route_build(&play->lookup, play->judged->facts->subject->name,
                                      play->sender, play->arena));
    return route;
}

static void add_whole(struct text *text, struct play *play)
{
    const struct route *route = route_of(play);
    struct delivery_plan *plan = delivery_plan_new(route, play->sender, 0);

    add_route(text, route);
    if (route->candidate_count) {
        add_delivery(text, plan, play->arena);
        add_chances(text, route, play->sender, play->arena);
    }
    delivery_plan_free(plan);
}

/* ---- time ---- */

static void add_events(struct text *text, const struct timeline *timeline)
{
    size_t kinds[TIMELINE_CUT + 1] = {0};

    for (size_t i = 0; i < timeline->event_count; i++)
        kinds[timeline->events[i].kind]++;
    for (size_t i = 0; i <= TIMELINE_CUT; i++)
        text_format(text, "%zu ", kinds[i]);
    for (size_t i = 0; i < timeline->event_count && i < HOSTS; i++) {
        const struct timeline_event *event = &timeline->events[i];

        text_format(text, "%d:%d:%d:%u:%lld ", (int)event->kind, event->holder, event->host,
                    event->round, (long long)event->at);
    }
    text_format(text, "%s after %lld", verdict_text(timeline->decision.verdict),
                (long long)timeline->end);
}

static void add_timeline(struct text *text, struct play *play)
{
    const struct route *route = route_of(play);
    const struct timeline *timeline;

    if (!route->candidate_count)
        return;
    timeline_assume_outage(route, play->sender);
    JUDGED_SETTLE(play->judged, play->lookup,
                  timeline = timeline_build(&play->lookup, route, play->sender, play->arena));
    add_events(text, timeline);
}

static void add_loop(struct text *text, struct play *play)
{
    for (int rule = LOOP_AS_PROFILE; rule <= LOOP_WITHOUT_RULE; rule++) {
        const struct loop *loop;

        JUDGED_SETTLE(play->judged, play->lookup,
                      loop = loop_play(&play->lookup, play->judged->facts->subject->name,
                                       play->sender, (enum loop_rule)rule, false, play->arena));
        text_format(text, "%s%s %s:", rule ? "; without the rule " : "",
                    loop->loops ? "loops" : "ends", verdict_text(loop->decision.verdict));
        for (size_t i = 0; i < loop->count; i++) {
            text_add(text, " ");
            add_name(text, loop->hops[i].from);
        }
    }
}

/* ---- many ---- */

/* Notes under the name what `add` makes of the sender. */
static void note_play(struct told *told, const char *name, const struct judged *judged,
                      struct sender *sender, play_add *add)
{
    struct play play = {
        judged, sender, {.answers = judged->answers, .wants = wants_new()}, arena_new()};
    struct text text = {0};

    add(&text, &play);
    note(told, name, &text);
    wants_free(play.lookup.wants);
    arena_free(play.arena);
}

/* By every profile: as the host (NULL: a stranger), with what is down (NULL: nothing). */
static void print_profiles(const struct judged *judged, const char *what, const char *as,
                           const char *down, play_add *add)
{
    struct said list[16];
    struct told told = {list, 0};

    printf("  %s%s%s:\n", what, as ? " " : "", as ? as : "");
    for (size_t i = 0; i < profile_count(); i++) {
        struct sender sender;

        sender_init(&sender, profile_at(i));
        sender.seed = 42;
        sender_set_as(&sender, as, NULL);
        if (down)
            sender_add_down(&sender, down, NULL);
        note_play(&told, profile_name(profile_at(i)), judged, &sender, add);
        sender_clear(&sender);
    }
    print_told(&told);
}

/* The sender with one setting changed: true when it is another value than at first and than the one
 * before. */
static bool is_set(struct sender *sender, size_t setting, const char *value, char *last)
{
    const char *name = profile_setting(sender->profile, setting)->name;
    char assignment[120], now[SETTING_TEXT_SIZE];

    snprintf(assignment, sizeof assignment, "%s=%s", name, value);
    if (settings_set(&sender->settings, assignment, NULL) != STATUS_OK ||
        settings_is_initial(&sender->settings, setting))
        return false;
    settings_print(&sender->settings, setting, now);
    if (strcmp(now, last) == 0)
        return false;
    strcpy(last, now);
    return true;
}

/* Where the best host defers the message, each setting by itself at other values than at first;
 * those that change nothing are not printed. */
static void print_settings(const struct judged *judged, const char *best,
                           const struct profile *profile)
{
    static const char *const values[] = {"yes", "no", "2", "mx2.example.com"};
    struct said list[SETTINGS_MOST * 4 + 1];
    struct told told = {list, 0};

    for (size_t i = 0; i <= profile_setting_count(profile) * 4; i++) {
        char last[SETTING_TEXT_SIZE] = "", shown[SETTING_TEXT_SIZE + 80];
        size_t setting = (i - 1) / 4;
        struct sender sender;

        sender_init(&sender, profile);
        sender.seed = 42;
        sender_put(&sender, best, (struct address){0}, STAGE_MAIL4);
        if (i == 0) {
            note_play(&told, "as it is", judged, &sender, add_whole);
        } else if (is_set(&sender, setting, values[(i - 1) % 4], last)) {
            snprintf(shown, sizeof shown, "%s=%s", profile_setting(profile, setting)->name, last);
            note_play(&told, shown, judged, &sender, add_whole);
        }
        sender_clear(&sender);
    }
    printf("  settings of %s:\n", profile_name(profile));
    free(list[0].senders);
    list[0].senders = memory_dup("most");
    print_told(&told);
}

static void print_domain(const struct judged *judged)
{
    const struct mx_list *mx = &judged->facts->mx;
    const char *best = mx->count ? mx->rows[0].record->mx.exchange : NULL;
    const char *last = mx->count > 1 ? mx->rows[mx->count - 1].record->mx.exchange : NULL;

    print_profiles(judged, "stranger", NULL, NULL, add_whole);
    if (!best)
        return;
    print_profiles(judged, "best is down", NULL, best, add_whole);
    print_profiles(judged, "as", best, NULL, add_whole);
    print_profiles(judged, "over time", NULL, NULL, add_timeline);
    if (!last)
        return;
    print_profiles(judged, "as", last, NULL, add_whole);
    print_profiles(judged, "on its way from", last, NULL, add_loop);
    for (size_t i = 0; mx->count > 2 && i < profile_count(); i++)
        print_settings(judged, best, profile_at(i));
}

static void send(const char *label, const char *zone, size_t length, const char *name,
                 void *context)
{
    struct judged judged;

    (void)context;
    if (!judged_begin(&judged, label, zone, length, name))
        return;
    print_domain(&judged);
    judged_clear(&judged);
}

int main(int argc, char **argv)
{
    judged_each(argc, argv, send, NULL);
    return EXIT_SUCCESS;
}
