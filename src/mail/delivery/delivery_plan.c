#include "mail/delivery/delivery.h"
#include "mail/order/order.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Are the hosts of relays in one plan with the others? */
static bool is_appended(const struct profile *profile)
{
    return profile->fallback && profile->fallback->appended;
}

static bool is_listed(const struct delivery_plan *plan, const struct route_host *host)
{
    if (is_appended(plan->profile) ? host->relay && host->address_count == 0
                                   : host->relay != plan->relay)
        return false;
    if (plan->scans)
        return host->level == plan->route->scan_level;
    if (host->state == HOST_CANDIDATE && host->address_count > 0)
        return true;
    if (host->repeats)
        return is_listed(plan, plan->route->hosts + host->repeats - 1);
    return host->state == HOST_UNUSABLE && (plan->profile->flags & PROFILE_UNUSABLE_LISTED);
}

static const struct address *address_of(const struct delivery_plan *plan, unsigned target)
{
    const struct attempt *attempt = &plan->targets[target].attempt;

    return &plan->route->hosts[attempt->host].addresses[attempt->address].address;
}

/* Equal addresses get the same number. */
static void number_twins(struct delivery_plan *plan)
{
    for (unsigned i = 0; i < plan->target_count; i++) {
        unsigned j = 0;
        while (j < i && !address_equal(address_of(plan, i), address_of(plan, j)))
            j++;
        plan->targets[i].twin = (uint16_t)(j < i ? plan->targets[j].twin : plan->twin_count++);
    }
}

/* What comes of an attempt at a host by its stage; NULL: the message is taken. A relay is not of
 * the domain, so the domain's policy is not for it (RFC 8461 3.4). */
static const struct consequence *judge(const struct delivery_plan *plan,
                                       const struct route_host *host, enum stage stage, bool known)
{
    struct security security = plan->sender->security; /* borrows */
    struct tls_case tls = {.settings = &plan->sender->settings,
                           .security = &security,
                           .host = security_of(&security, host->exchange),
                           .exchange = host->exchange,
                           .domain = plan->route->domain,
                           .stage = stage,
                           .known = known};
    const struct consequence *of_tls;

    if ((plan->route->relay || host->relay) && !(plan->profile->flags & PROFILE_POLICY_GOES_ALONG))
        security.sts = STS_NO_POLICY;
    of_tls = plan->profile->tls ? plan->profile->tls(&tls) : NULL;
    if (of_tls || stage == STAGE_ACCEPTS || stage_is_tls(stage))
        return of_tls;
    return plan->consequences[stage];
}

static bool is_taken(const struct consequence *consequence)
{
    return !consequence || (consequence->way >= TLS_CLEAR && consequence->way <= TLS_USED);
}

static uint16_t fate_of(const struct consequence *consequence, bool strict)
{
    unsigned fate = 0;

    if (is_taken(consequence))
        return FATE_ACCEPTS;
    fate |= consequence->stops ? FATE_STOPS : 0;
    fate |= consequence->session ? FATE_SESSION : 0;
    fate |= consequence->leaves_host ? FATE_LEAVES : 0;
    fate |= consequence->lasts ? FATE_LASTS : 0;
    fate |= consequence->lifts ? FATE_LIFTS : 0;
    fate |= consequence->ending.verdict == VERDICT_DEFER ? FATE_SOFT : 0;
    fate |= consequence->way == TLS_SKIP ? FATE_SKIPS : 0;
    fate |= consequence->unseen ? FATE_UNSEEN : 0;
    fate |= strict && consequence->way >= TLS_SKIP ? FATE_STRICT : 0;
    fate |= consequence->memory == TLS_NOTED ? FATE_NOTED : 0;
    return (uint16_t)fate;
}

/* What comes of an attempt at the target, known beforehand; of the name of its host it may be known
 * that it failed in TLS. */
static void foresee(struct delivery_plan *plan, struct plan_target *target, bool known)
{
    const struct route_host *host = plan->route->hosts + target->attempt.host;
    const struct rule *rules = plan->profile->rules;
    const struct consequence *consequence =
        judge(plan, host, (enum stage)target->attempt.stage, known);
    bool strict = security_of(&plan->sender->security, host->exchange)->tlsa != TLSA_NONE;

    target->consequence = consequence;
    target->attempt.taken = is_taken(consequence);
    target->attempt.known = consequence && consequence->memory == TLS_KNOWN;
    target->attempt.way = consequence ? (uint8_t)consequence->way : TLS_UNTOLD;
    if (target->attempt.taken && target->meets_self)
        target->attempt.rule = rules + RULE_SELF_MET;
    else
        target->attempt.rule = consequence ? &consequence->rule : rules + RULE_ACCEPTED;
    plan->fates[target - plan->targets] = fate_of(consequence, strict);
}

static void add_target(struct delivery_plan *plan, unsigned host_index, unsigned address_index,
                       int64_t at)
{
    const struct route_host *host = plan->route->hosts + host_index;
    const struct route_address *address = host->addresses + address_index;
    struct plan_target *target = plan->targets + plan->target_count;

    target->attempt.host = (uint16_t)host_index;
    target->attempt.address = (uint16_t)address_index;
    target->attempt.target = (uint16_t)(plan->base + plan->target_count);
    target->attempt.stage =
        (uint8_t)sender_stage(plan->sender, host->exchange, host->alias_of, &address->address, at);
    target->slot = (uint16_t)plan->host_count;
    target->family = address->address.family;
    target->meets_self = address->own || (host->truly_self && plan->route->own_count == 0) ||
                         (plan->scans && host->self_by_name);
    foresee(plan, target, false);
    if (target->family == 4)
        plan->count4++;
    else
        plan->count6++;
    plan->target_count++;
}

/* The plan_host of the route's host, plus one; 0 where it is not in the plan. */
static unsigned slot_of(const struct delivery_plan *plan, unsigned host_index)
{
    unsigned slot = plan->host_count;

    while (slot > 0 && plan->hosts[slot - 1].host != host_index)
        slot--;
    return slot;
}

static void add_host(struct delivery_plan *plan, unsigned host_index, int64_t at)
{
    const struct route_host *host = plan->route->hosts + host_index;
    struct plan_host *slot = plan->hosts + plan->host_count;
    bool first_only = plan->profile->flags & PROFILE_FIRST_ADDRESS && !plan->sender->rotates;
    bool tried = host->state == HOST_CANDIDATE || host->repeats || plan->scans;
    size_t count = !tried ? 0 : first_only ? 1 : host->address_count;

    slot->repeats = (uint16_t)(host->repeats ? slot_of(plan, host->repeats - 1) : 0);
    slot->host = (uint16_t)host_index;
    slot->first = (uint16_t)plan->target_count;
    slot->count = (uint16_t)count;
    for (unsigned i = 0; i < count; i++)
        add_target(plan, host_index, i, at);
    while (slot->leading < count &&
           plan->targets[slot->first + slot->leading].family == plan->targets[slot->first].family)
        slot->leading++;
    plan->host_count++;
}

static void add_to_level(struct delivery_plan *plan)
{
    struct plan_host *slot = plan->hosts + plan->host_count - 1;
    const struct route_host *hosts = plan->route->hosts;
    struct plan_level *level = plan->levels + plan->level_count - 1;

    if (plan->host_count == 1 || hosts[slot->host].level != hosts[slot[-1].host].level) {
        level = plan->levels + plan->level_count++;
        level->first_host = (uint16_t)(plan->host_count - 1);
    }
    slot->level = (uint16_t)(plan->level_count - 1);
    level->host_count++;
}

enum { TARGETS_MOST = 2048 }; /* more than any sender tries: hosts beyond are left out */

static void fill(struct delivery_plan *plan, int64_t at)
{
    const struct route *route = plan->route;

    for (unsigned i = 0; i < route->host_count; i++) {
        if (!is_listed(plan, route->hosts + i) ||
            plan->target_count + route->hosts[i].address_count > TARGETS_MOST)
            continue;
        add_host(plan, i, at);
        add_to_level(plan);
    }
}

static enum tls_memory memory_of(const struct plan_target *target)
{
    return target->consequence ? target->consequence->memory : TLS_FORGOTTEN;
}

/* Whoever is known by one address is so by all. */
static void know_names(struct delivery_plan *plan)
{
    for (unsigned i = 0; i < plan->target_count; i++) {
        struct plan_target *target = plan->targets + i;
        unsigned named = plan->hosts[target->slot].named;
        if (plan->noted[named] && memory_of(target) != TLS_KNOWN)
            foresee(plan, target, true);
    }
}

/* Behind the targets, each as it is where the name of its host is noted. */
static void add_noted(struct delivery_plan *plan)
{
    for (unsigned i = 0; i < plan->target_count; i++) {
        struct plan_target *again = plan->targets + plan->target_count + i;
        *again = plan->targets[i];
        again->attempt.target = (uint16_t)(again->attempt.target + plan->target_count);
        foresee(plan, again, true);
    }
}

/* The first host of that name. */
static unsigned named_as(const struct delivery_plan *plan, unsigned slot)
{
    const struct route_host *hosts = plan->route->hosts;
    const char *name = hosts[plan->hosts[slot].host].exchange;
    unsigned first = 0;

    while (strcmp(hosts[plan->hosts[first].host].exchange, name) != 0)
        first++;
    return first;
}

/* Who fails in TLS is remembered by name, with some. */
static void remember_names(struct delivery_plan *plan)
{
    bool known = false;

    for (unsigned i = 0; i < plan->target_count; i++) {
        plan->notes |= memory_of(plan->targets + i) == TLS_NOTED;
        known |= memory_of(plan->targets + i) == TLS_KNOWN;
    }
    if (!plan->notes && !known)
        return;
    plan->noted = arena_alloc(plan->arena, plan->host_count + 1, sizeof *plan->noted);
    for (unsigned i = 0; i < plan->host_count; i++)
        plan->hosts[i].named = (uint16_t)named_as(plan, i);
    for (unsigned i = 0; i < plan->target_count; i++)
        if (memory_of(plan->targets + i) == TLS_KNOWN)
            plan->noted[plan->hosts[plan->targets[i].slot].named] = true;
    know_names(plan);
    if (plan->notes)
        add_noted(plan);
}

static size_t count_targets(const struct route *route)
{
    size_t count = 0;

    for (size_t i = 0; i < route->host_count; i++)
        count += route->hosts[i].address_count;
    return count;
}

static const struct order *order_of(const struct delivery_plan *plan)
{
    const struct profile *profile = plan->profile;

    if (plan->route->kind == ROUTE_SRV && plan->relay == 0)
        return profile->srv_order;
    return profile->order_by ? profile->order_by(&plan->sender->settings) : profile->order;
}

static void set_consequences(struct delivery_plan *plan)
{
    const struct profile *profile = plan->profile;

    for (int i = 0; i < STAGE_COUNT; i++)
        plan->consequences[i] = profile->consequence
                                    ? profile->consequence(&plan->sender->settings, (enum stage)i)
                                    : profile->consequences + i;
}

/* Which of the route's hosts are in a plan. */
struct part {
    unsigned relay, base; /* of that relay, behind so many targets of others */
    bool scans;           /* those of the route's scan_level, dropped or not */
};

static struct delivery_plan *new_plan(struct arena *arena, const struct route *route,
                                      const struct sender *sender, int64_t at, struct part part)
{
    struct delivery_plan *plan = arena_alloc(arena, 1, sizeof *plan);
    size_t targets = count_targets(route);

    plan->arena = arena;
    plan->route = route;
    plan->sender = sender;
    plan->profile = sender->profile;
    plan->relay = part.relay;
    plan->base = part.base;
    plan->scans = part.scans;
    plan->order = order_of(plan);
    plan->targets = arena_alloc(arena, 2 * targets + 1, sizeof *plan->targets);
    plan->hosts = arena_alloc(arena, route->host_count + 1, sizeof *plan->hosts);
    plan->levels = arena_alloc(arena, route->host_count + 1, sizeof *plan->levels);
    plan->skips = arena_alloc(arena, targets + 1, sizeof *plan->skips);
    plan->fates = arena_alloc(arena, 2 * targets + 1, sizeof *plan->fates);
    plan->attempts = arena_alloc(arena, targets + 1, sizeof *plan->attempts);
    plan->tried = arena_alloc(arena, targets + 1, sizeof *plan->tried);
    if (plan->profile->limits)
        plan->limits = plan->profile->limits(&sender->settings);
    plan->limited = plan->limits.addresses || plan->limits.sessions || plan->limits.hard;
    set_consequences(plan);
    random_init(&plan->seed, sender->seed);
    fill(plan, at);
    remember_names(plan);
    number_twins(plan);
    plan->order->prepare(plan);
    return plan;
}

static struct round_end round_end_of(const struct delivery_plan *plan, enum route_end end)
{
    const struct profile *profile = plan->profile;
    struct decision decision =
        profile->decide ? profile->decide(&plan->sender->settings, end) : profile->decisions[end];

    return (struct round_end){{decision.verdict, decision.code},
                              {decision.why, decision.reference}};
}

static void add_scan(struct delivery_plan *plan)
{
    plan->scan = new_plan(plan->arena, plan->route, plan->sender, 0, (struct part){.scans = true});
    plan->scanned[0] = round_end_of(plan, END_SELF_FAILED);
    plan->scanned[1] = round_end_of(plan, END_SELF_MISSING);
}

struct delivery_plan *delivery_plan_new(const struct route *route, const struct sender *sender,
                                        int64_t at)
{
    struct arena *arena = arena_new();
    struct delivery_plan *plan = new_plan(arena, route, sender, at, (struct part){0});
    struct delivery_plan *last = plan;

    assert(route->profile == sender->profile);
    for (unsigned relay = 1; relay <= route->relay_count && !is_appended(plan->profile); relay++) {
        last->next = new_plan(arena, route, sender, at,
                              (struct part){relay, last->base + last->target_count, false});
        assert(!last->notes); /* its targets stand there twice */
        last = last->next;
    }
    if (route->scan_level)
        add_scan(plan);
    return plan;
}

void delivery_plan_free(struct delivery_plan *plan)
{
    if (plan)
        arena_free(plan->arena);
}

const struct route *delivery_plan_route(const struct delivery_plan *plan)
{
    return plan->route;
}

size_t delivery_plan_targets(const struct delivery_plan *plan)
{
    while (plan->next)
        plan = plan->next;
    return plan->base + plan->target_count;
}

size_t delivery_plan_numbers(const struct delivery_plan *plan)
{
    return plan->notes ? 2 * plan->target_count : delivery_plan_targets(plan);
}

size_t delivery_plan_pair(const struct delivery_plan *plan, size_t number)
{
    return plan->notes ? number % plan->target_count : number;
}

const struct delivery_plan *delivery_plan_of(const struct delivery_plan *plan, size_t target)
{
    while (!plan->notes && target >= plan->base + plan->target_count) {
        plan = plan->next;
        assert(plan);
    }
    return plan;
}

struct attempt delivery_plan_target(const struct delivery_plan *plan, size_t target)
{
    plan = delivery_plan_of(plan, target);
    return plan->targets[target - plan->base].attempt;
}

void delivery_plan_pass_over(struct delivery_plan *plan, size_t target)
{
    while (target >= plan->base + plan->target_count) {
        plan = plan->next;
        assert(plan);
    }
    plan->fates[target - plan->base] = FATE_PASSED;
    plan->passed_over++;
}
