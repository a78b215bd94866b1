#include "mail/delivery/delivery.h"

#include "base/array.h"
#include "base/message.h"
#include "dns/name.h"
#include "mail/order/order.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

/* The story while it is being told. */
struct story {
    struct delivery_plan *plan;
    struct arena *arena;
    struct step *steps; /* owned until it is over */
    size_t count, capacity;
};

static void tell_step(struct story *story, enum step_kind kind, const char *reference,
                      const struct attempt *about, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static void tell_step(struct story *story, enum step_kind kind, const char *reference,
                      const struct attempt *about, const char *format, ...)
{
    struct step step = {.kind = kind, .reference = reference, .host = -1, .address = -1};
    va_list arguments;

    va_start(arguments, format);
    step.text = arena_format_list(story->arena, tr(format), arguments);
    va_end(arguments);
    if (about) {
        step.host = about->host;
        step.address = about->address;
    }
    ARRAY_PUSH(story->steps, story->count, story->capacity, step);
}

static const struct route_host *host_of(const struct story *story, const struct attempt *attempt)
{
    return story->plan->route->hosts + attempt->host;
}

static const char *address_of(const struct story *story, const struct attempt *attempt,
                              char out[ADDRESS_TEXT])
{
    return address_text(&host_of(story, attempt)->addresses[attempt->address].address, out);
}

/* All targets in the order of this draw, whatever their stages; returns how many. */
static size_t full_order(struct delivery_plan *plan, const struct random *random, unsigned *order)
{
    struct chance chance;
    size_t count = 0;
    const uint16_t *targets;
    size_t more;

    chance_draw(&chance, random);
    plan->order->begin(plan, &chance);
    while ((more = plan->order->next(plan, &chance, &targets)) > 0)
        for (size_t i = 0; i < more && count < plan->target_count; i++)
            order[count++] = targets[i];
    return count;
}

enum { NAMED_MOST = 16 };

/* The order among the equals of one level in words: hosts, or hosts with addresses where those of
 * several hosts are mixed. */
static void tell_equals(struct story *story, unsigned level, const unsigned *order, size_t count)
{
    const struct plan_level *equals = story->plan->levels + level;
    const struct profile *profile = story->plan->profile;
    const struct rule *rule =
        profile->rules + (story->plan->route->kind == ROUTE_SRV ? RULE_SRV_EQUALS : RULE_EQUALS);
    unsigned preference =
        story->plan->route->hosts[story->plan->hosts[equals->first_host].host].preference;
    struct text line = {0};
    unsigned named = 0, left_out = 0;
    int before = -1;

    for (size_t i = 0; i < count; i++) {
        const struct plan_target *target = story->plan->targets + order[i];
        const char *name =
            name_shown(story->arena, story->plan->route->hosts[target->attempt.host].exchange);
        if (story->plan->hosts[target->slot].level != level || before == (int)target->slot)
            continue;
        before = target->slot;
        if (named == NAMED_MOST) {
            left_out++;
            continue;
        }
        text_format(&line, "%s%s", named++ ? message_comma() : "", name);
    }
    if (left_out) {
        text_add_char(&line, ' ');
        text_format(&line, tr("and %u more"), left_out);
    }
    tell_step(story, STEP_SHUFFLE, rule->reference, NULL, "%s; at %u, by seed %llu: %s",
              tr(rule->text), preference, (unsigned long long)story->plan->sender->seed,
              text_get(&line));
    story->steps[story->count - 1].drawn = arena_dup(story->arena, text_get(&line));
    story->steps[story->count - 1].preference = preference;
    text_clear(&line);
}

static void name_address(const struct route_host *host, size_t address, struct text *line)
{
    char text[ADDRESS_TEXT];

    text_format(line, "%s%s", line->length ? message_comma() : "",
                address_text(&host->addresses[address].address, text));
}

/* As received; where the resolver rotates, as it was this time. */
static void tell_addresses(struct story *story, const struct attempt *attempt,
                           const unsigned *order, size_t count)
{
    const struct route_host *host = host_of(story, attempt);
    const struct rule *rule = story->plan->profile->rules + RULE_ADDRESSES;
    bool rotated = story->plan->sender->rotates && host->relay == 0;
    struct attempt about = *attempt;
    struct text line = {0};
    size_t named = 0;

    for (size_t i = 0; i < count && rotated; i++) {
        const struct attempt *listed = &story->plan->targets[order[i]].attempt;
        if (listed->host == attempt->host && named++ < NAMED_MOST)
            name_address(host, listed->address, &line);
    }
    for (size_t i = 0; i < host->address_count && i < NAMED_MOST && !named; i++)
        name_address(host, i, &line);
    tell_step(story, STEP_ADDRESSES, rule->reference, &about, "%s has %zu addresses (%s): %s",
              name_shown(story->arena, host->exchange), host->address_count, text_get(&line),
              tr(rule->text));
    story->steps[story->count - 1].address = -1;
    text_clear(&line);
}

static void tell_attempt(struct story *story, const struct attempt *attempt)
{
    const char *name = name_shown(story->arena, host_of(story, attempt)->exchange);
    char address[ADDRESS_TEXT];

    if (attempt->known)
        tell_step(story, STEP_ATTEMPT, attempt->rule->reference, attempt, "%s %s: %s", name,
                  address_of(story, attempt, address), tr(attempt->rule->text));
    else
        tell_step(story, STEP_ATTEMPT, attempt->rule->reference, attempt, "%s %s %s: %s", name,
                  address_of(story, attempt, address), stage_sentence((enum stage)attempt->stage),
                  tr(attempt->rule->text));
}

/* Those left out before attempt number `before`. */
static void tell_skips(struct story *story, const struct delivery *delivery, size_t before)
{
    for (size_t i = 0; i < delivery->skip_count; i++) {
        struct attempt skipped = delivery_plan_target(story->plan, delivery->skips[i].target);
        char address[ADDRESS_TEXT];
        if (delivery->skips[i].before == before)
            tell_step(story, STEP_SKIP, skipped.rule->reference, &skipped,
                      "%s %s is not connected to: %s",
                      name_shown(story->arena, host_of(story, &skipped)->exchange),
                      address_of(story, &skipped, address), tr(skipped.rule->text));
    }
}

static bool tried_before(const struct delivery *delivery, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (delivery->attempts[i].host == delivery->attempts[index].host)
            return true;
    return false;
}

/* Another relay's hosts come next. */
static void tell_relay(struct story *story, const struct delivery_plan *plan)
{
    const struct rule *rule = plan->profile->rules + RULE_FALLBACK;

    tell_step(story, STEP_FALLBACK, rule->reference, NULL, "No host accepted it: %s",
              tr(rule->text));
}

static void tell_attempts(struct story *story, const struct delivery *delivery,
                          const unsigned *order, size_t count)
{
    unsigned relay = 0;
    int level = -1;

    for (size_t i = 0; i < delivery->count; i++) {
        const struct attempt *attempt = delivery->attempts + i;
        const struct delivery_plan *plan = delivery_plan_of(story->plan, attempt->target);
        int of = plan->hosts[plan->targets[attempt->target - plan->base].slot].level;
        unsigned before = relay;
        relay = host_of(story, attempt)->relay;
        if (relay != before)
            tell_relay(story, plan);
        if (relay == 0 && level != of && plan->levels[of].host_count > 1)
            tell_equals(story, (unsigned)of, order, count);
        level = of;
        if (host_of(story, attempt)->address_count > 1 && !tried_before(delivery, i))
            tell_addresses(story, attempt, order, count);
        tell_skips(story, delivery, i);
        tell_attempt(story, attempt);
    }
    tell_skips(story, delivery, delivery->count);
    if (delivery->exposed)
        tell_step(
            story, STEP_CLEAR, "RFC 7672 1.3.1", NULL,
            "Anybody on the way can read it: a host that insists on TLS by its TLSA records was "
            "left, and a less preferred one took the message in clear");
}

static void tell_verdict(struct story *story, const struct delivery *delivery)
{
    static const char *const words[] = {
        [VERDICT_DELIVER] = N_("Delivered"),
        [VERDICT_LOCAL] = N_("Delivered locally"),
        [VERDICT_BOUNCE] = N_("Bounced"),
        [VERDICT_DEFER] = N_("Deferred"),
        [VERDICT_FREEZE] = N_("Frozen in the queue"),
        [VERDICT_LOOP] = N_("Loop"),
    };
    const struct decision *decision = &story->plan->route->decision;
    const char *why = delivery->rule ? delivery->rule->text : decision->why;
    const char *reference = delivery->rule ? delivery->rule->reference : decision->reference;
    const struct retry_schedule *retry = story->plan->profile->retry;

    if (*delivery->code)
        tell_step(story, STEP_VERDICT, reference, NULL, "%s (%s): %s", tr(words[delivery->verdict]),
                  delivery->code, tr(why));
    else
        tell_step(story, STEP_VERDICT, reference, NULL, "%s: %s", tr(words[delivery->verdict]),
                  tr(why));
    if (delivery->verdict == VERDICT_DEFER)
        tell_step(story, STEP_RETRY, retry->rule.reference, NULL, "Retry: %s",
                  tr(retry->rule.text));
}

/* What its cache makes of the domain's MTA-STS policy, where the settings tell of one. */
static void tell_policy(struct story *story)
{
    const struct sender *sender = story->plan->sender;
    struct sts_view view;

    if (!sts_matters(sender) || !sts_is_told(&sender->settings))
        return;
    view = sts_view(&sender->settings);
    tell_step(story, view.applies ? STEP_LOOKUP : STEP_CLEAR, view.rule.reference, NULL,
              "MTA-STS: %s", tr(view.rule.text));
}

struct steps delivery_steps(struct delivery_plan *plan, const struct delivery *delivery,
                            struct arena *arena)
{
    struct story story = {.plan = plan, .arena = arena};
    unsigned *order = arena_alloc(arena, plan->target_count + 1, sizeof *order);
    struct step *kept;
    size_t count;

    for (size_t i = 0; i < plan->route->step_count; i++)
        ARRAY_PUSH(story.steps, story.count, story.capacity, plan->route->steps[i]);
    tell_policy(&story);
    if (plan->sender->rotates && delivery->count > 0)
        tell_step(
            &story, STEP_SHUFFLE, "RFC 1794 3", NULL,
            "The resolver rotates: each RRset begins at a random record and continues from there");
    count = full_order(story.plan, &delivery->random, order);
    tell_attempts(&story, delivery, order, count);
    tell_verdict(&story, delivery);
    kept = (struct step *)arena_dup_bytes(arena, story.steps, story.count * sizeof *kept);
    free(story.steps);
    return (struct steps){kept, story.count};
}
