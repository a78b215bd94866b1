#include "mail/timeline/loop.h"

#include "base/array.h"
#include "base/message.h"
#include "dns/name.h"
#include "mail/delivery/delivery.h"

#include <stdlib.h>
#include <string.h>

enum { HOPS_MOST = 30 };

/* A message under way. */
struct journey {
    const struct lookup *lookup;
    const char *domain;
    const struct sender *sender; /* profile, settings, downs of all */
    enum loop_rule rule;
    bool primary_delivers;
    struct arena *arena;
    struct loop *loop;
    struct loop_hop *hops; /* owned until it is over */
    size_t hop_count, hop_capacity;
    const char *holder; /* who has it; NULL: a stranger */
};

static const char *holder_name(const struct journey *journey)
{
    return journey->holder ? journey->holder : tr("sender");
}

static void add_hop(struct journey *journey, struct loop_hop hop)
{
    hop.from = holder_name(journey);
    if (!hop.address)
        hop.address = "";
    ARRAY_PUSH(journey->hops, journey->hop_count, journey->hop_capacity, hop);
}

/* Has the host held the message before, or does it now? */
static bool had_it(const struct journey *journey, const char *host)
{
    if (journey->holder && strcmp(journey->holder, host) == 0)
        return true;
    for (size_t i = 0; i < journey->hop_count; i++)
        if (strcmp(journey->hops[i].from, host) == 0)
            return true;
    return false;
}

/* The sender of this hop: the holder, knowing or not knowing itself. */
static void be_holder(const struct journey *journey, struct sender *sender)
{
    sender_copy(sender, journey->sender);
    if (journey->hop_count > 0)
        sender->own_count = 0;
    if (journey->rule == LOOP_WITHOUT_RULE) {
        sender->own_count = 0;
        sender_set_as(sender, NULL, NULL);
    } else {
        sender_set_as(sender, journey->holder, NULL);
    }
}

static void settle(struct journey *journey, enum verdict verdict, const char *code, const char *why,
                   const char *reference)
{
    journey->loop->decision = (struct decision){verdict, code, why, reference};
}

/* It stays where it is: returned, queued, frozen. */
static void stay(struct journey *journey, const struct route *route,
                 const struct delivery *delivery)
{
    const struct rule *rule = delivery->rule;

    settle(journey, delivery->verdict, delivery->code, rule ? rule->text : route->decision.why,
           rule ? rule->reference : route->decision.reference);
    add_hop(journey, (struct loop_hop){.text = arena_format(journey->arena, tr("%s here: %s"),
                                                            verdict_word(delivery->verdict),
                                                            tr(journey->loop->decision.why)),
                                       .reference = journey->loop->decision.reference});
}

static void come_round(struct journey *journey, const struct loop_hop *hop,
                       const struct delivery *delivery)
{
    journey->loop->loops = true;
    add_hop(journey, *hop);
    if (delivery->verdict == VERDICT_BOUNCE)
        settle(journey, VERDICT_BOUNCE, delivery->code, delivery->rule->text,
               delivery->rule->reference);
    else
        settle(journey, VERDICT_LOOP, "5.4.6",
               N_("it loops until a host counts too many Received header fields and bounces it"),
               "RFC 5321 6.3");
}

/* The host takes the message. True when it goes on from there. */
static bool hand_over(struct journey *journey, const struct route *route,
                      const struct delivery *delivery)
{
    const struct attempt *attempt = delivery->attempts + delivery->count - 1;
    const struct route_host *host = route->hosts + attempt->host;
    const char *name = host->alias_of ? host->alias_of : host->exchange;
    char address[ADDRESS_TEXT];
    struct loop_hop hop = {.to = name, .reference = attempt->rule->reference};

    address_text(&host->addresses[attempt->address].address, address);
    hop.address = arena_dup(journey->arena, address);
    hop.again = had_it(journey, name);
    if (hop.again) {
        hop.text = arena_format(journey->arena, tr("%s has it again: %s"),
                                name_shown(journey->arena, name), tr(attempt->rule->text));
        come_round(journey, &hop, delivery);
        return false;
    }
    hop.text = arena_format(journey->arena, tr("relayed to %s, preference %u"),
                            name_shown(journey->arena, name), host->preference);
    add_hop(journey, hop);
    journey->holder = name;
    if (host->level > 1 || host->relay || !journey->primary_delivers)
        return true;
    settle(journey, VERDICT_DELIVER, "", N_("the most preferred MX host is the final destination"),
           "RFC 5321 5.1");
    return false;
}

static bool has_accepted(const struct delivery *delivery)
{
    return delivery->count > 0 && delivery->attempts[delivery->count - 1].taken;
}

/* One host's turn; false when the journey is over. */
static bool move(struct journey *journey)
{
    struct sender sender;
    struct delivery_plan *plan;
    struct delivery delivery;
    const struct route *route;
    bool goes_on = false;

    be_holder(journey, &sender);
    route = route_build(journey->lookup, journey->domain, &sender, journey->arena);
    journey->loop->complete = journey->loop->complete && route->complete;
    plan = delivery_plan_new(route, &sender, 0);
    delivery_draw_nth(plan, journey->hop_count, &delivery);
    if (has_accepted(&delivery))
        goes_on = hand_over(journey, route, &delivery);
    else
        stay(journey, route, &delivery);
    delivery_plan_free(plan);
    sender_clear(&sender);
    return goes_on;
}

const struct loop *loop_play(const struct lookup *lookup, const char *domain,
                             const struct sender *sender, enum loop_rule rule,
                             bool primary_delivers, struct arena *arena)
{
    struct loop *loop = arena_alloc(arena, 1, sizeof *loop);
    struct journey journey = {.lookup = lookup,
                              .domain = domain,
                              .sender = sender,
                              .rule = rule,
                              .primary_delivers = primary_delivers,
                              .arena = arena,
                              .loop = loop,
                              .holder = sender->as ? arena_dup(arena, sender->as) : NULL};

    loop->complete = true;
    while (journey.hop_count < HOPS_MOST && move(&journey))
        continue;
    loop->hops = (const struct loop_hop *)arena_dup_bytes(arena, journey.hops,
                                                          journey.hop_count * sizeof *journey.hops);
    loop->count = journey.hop_count;
    free(journey.hops);
    return loop;
}
