#include "mail/delivery/delivery.h"

#include "mail/order/order.h"

#include <string.h>

/* How far a round has come. */
struct walk_progress {
    unsigned addresses, sessions, total;
    unsigned fates; /* of all so far: soft, and something may be different later; strict, and TLSA
                       records of a host that was left insist on TLS */
    int last;       /* the target tried last, or left out and seen to be; -1: none */
    int unseen;     /* the one left out last and not seen to be; -1: none */
    const struct consequence *lasting; /* its ending stands; NULL: that of the last one */
};

static void end(struct delivery *delivery, struct ending ending, const struct rule *rule)
{
    delivery->verdict = ending.verdict;
    delivery->code = ending.code;
    delivery->rule = rule;
}

/* A host without address stood last in the list: kept for what failed before it, with the code of
 * its lookup. Or one that is remembered: as it failed. */
static bool end_trailing(const struct delivery_plan *plan, struct delivery *delivery)
{
    struct last_listed last_listed =
        plan->order->trailing ? plan->order->trailing(plan) : (struct last_listed){.host = -1};
    const struct consequence *consequence;
    const struct decision *decision;

    if (last_listed.host < 0)
        return false;
    if (last_listed.target >= 0) {
        consequence = plan->targets[last_listed.target].consequence;
        end(delivery,
            last_listed.outlived && consequence->recalled.code ? consequence->recalled
                                                               : consequence->ending,
            plan->profile->rules + RULE_EXHAUSTED);
        return true;
    }
    decision =
        plan->profile->decisions +
        (outcome_is_temporary(plan->route->hosts[last_listed.host].outcome) ? END_HOSTS_FAILED
                                                                            : END_HOSTS_MIXED_LAST);
    end(delivery, (struct ending){decision->verdict, decision->code},
        plan->profile->rules + RULE_EXHAUSTED);
    return true;
}

/* Nothing is left to try, and what comes of that depends on who comes first in the list. */
static void end_scanned(const struct delivery_plan *plan, struct chance *chance,
                        struct delivery *delivery)
{
    struct delivery_plan *scan = plan->scan;
    const uint16_t *targets;
    const struct round_end *result;

    scan->order->begin(scan, chance);
    result = plan->scanned +
             (scan->order->next(scan, chance, &targets) > 0 && !scan->targets[*targets].meets_self);
    end(delivery, result->ending, &result->rule);
}

/* While nothing was tried, the route's own decision stands; unless all were passed over. */
static void end_untried(const struct delivery_plan *plan, struct chance *chance,
                        struct delivery *delivery)
{
    const struct decision *decision = &plan->route->decision;

    if (plan->passed_over)
        end(delivery, (struct ending){VERDICT_DEFER, ""}, &plan->profile->retry->held);
    else if (plan->scan)
        end_scanned(plan, chance, delivery);
    else if (decision->verdict != VERDICT_DEFER || !end_trailing(plan, delivery))
        end(delivery, (struct ending){decision->verdict, decision->code}, NULL);
}

/* It accepts, or its refusal binds. */
static void end_decided(const struct delivery_plan *plan, unsigned index,
                        const struct walk_progress *progress, struct delivery *delivery)
{
    static const struct ending accepted = {VERDICT_DELIVER, ""};
    const struct plan_target *target = plan->targets + index;

    if (!(plan->fates[index] & FATE_ACCEPTS)) {
        end(delivery, target->consequence->ending, target->attempt.rule);
        return;
    }
    end(delivery, target->meets_self ? plan->profile->self_met : accepted, target->attempt.rule);
    delivery->way = target->attempt.way;
    delivery->exposed = (progress->fates & FATE_STRICT) &&
                        (delivery->way == TLS_CLEAR || delivery->way == TLS_RECLEAR);
}

/* Of the last one that failed. */
static const struct consequence *last_consequence(const struct delivery_plan *plan,
                                                  const struct walk_progress *progress)
{
    return plan->targets[progress->last < 0 ? progress->unseen : progress->last].consequence;
}

/* The last of the list has failed. */
static void end_exhausted(const struct delivery_plan *plan, const struct walk_progress *progress,
                          struct delivery *delivery)
{
    const struct consequence *last =
        progress->lasting ? progress->lasting : last_consequence(plan, progress);
    struct ending ending = last->ending;

    if (!progress->lasting && end_trailing(plan, delivery))
        return;
    if (plan->order->ends_unusable && plan->order->ends_unusable(plan) && last->cut.code)
        ending = last->cut;
    if ((plan->profile->flags & PROFILE_SOFT_WINS) && (progress->fates & FATE_SOFT))
        ending = (struct ending){VERDICT_DEFER, ""};
    end(delivery, ending,
        delivery->count == 0 ? &last->rule : plan->profile->rules + RULE_EXHAUSTED);
}

/* A limit ends the round, `left` targets being in hand. */
static void end_cut(const struct delivery_plan *plan, enum route_rule rule, size_t left,
                    const struct walk_progress *progress, struct delivery *delivery)
{
    const struct consequence *consequence = last_consequence(plan, progress);

    if (left == 0 && plan->order->more && !plan->order->more(plan))
        end_exhausted(plan, progress, delivery);
    else
        end(delivery, consequence->cut.code ? consequence->cut : consequence->ending,
            plan->profile->rules + rule);
}

enum limit { LIMIT_NONE, LIMIT_SKIPS, LIMIT_ENDS };

/* What the limits say after an attempt: go on, go on with the next level, or end. */
static enum limit check_limits(struct delivery_plan *plan, struct walk_progress *progress,
                               enum route_rule *rule)
{
    const struct limits *limits = &plan->limits;

    *rule = RULE_SESSIONS;
    if (limits->sessions && progress->sessions >= limits->sessions)
        return LIMIT_ENDS;
    *rule = RULE_LIMIT;
    if (limits->hard && progress->total >= limits->hard)
        return LIMIT_ENDS;
    if (!limits->addresses || progress->addresses < limits->addresses)
        return LIMIT_NONE;
    if (!limits->extends || !plan->order->skip_level(plan))
        return LIMIT_ENDS;
    progress->addresses--;
    return LIMIT_SKIPS;
}

enum { FATE_SETTLES = FATE_ACCEPTS | FATE_STOPS, FATE_MARKS = FATE_LASTS | FATE_LIFTS };
enum { FATE_PLAIN = FATE_SESSION | FATE_SOFT | FATE_STRICT };

/* Notes the attempt, or that the target was left out; true when the message's fate is decided. */
static bool attempt(const struct delivery_plan *plan, unsigned target,
                    struct walk_progress *progress, struct delivery *delivery)
{
    unsigned fate = plan->fates[target];

    if (fate & FATE_SKIPS)
        delivery->skips[delivery->skip_count++] =
            (struct skip){(uint16_t)(plan->base + target), (uint16_t)delivery->count};
    else
        delivery->tried[delivery->count++] = (uint16_t)(plan->base + target);
    if (fate & FATE_SETTLES) {
        end_decided(plan, target, progress, delivery);
        return true;
    }
    if (fate & FATE_UNSEEN)
        progress->unseen = (int)target;
    else
        progress->last = (int)target;
    progress->fates |= fate;
    if (fate & FATE_MARKS)
        progress->lasting = fate & FATE_LASTS ? plan->targets[target].consequence : NULL;
    progress->sessions += (fate & FATE_SESSION) != 0;
    progress->addresses++;
    progress->total++;
    return false;
}

/* Those that fail with nothing else to it, as far as they stand in a row: noted together, where no
 * limit counts them. Returns how many. */
static size_t fail_plainly(const struct delivery_plan *plan, const uint16_t *targets, size_t count,
                           struct walk_progress *progress, struct delivery *delivery)
{
    uint16_t *tried = delivery->tried + delivery->count;
    size_t i;

    for (i = 0; i < count && !(plan->fates[targets[i]] & ~FATE_PLAIN); i++) {
        tried[i] = (uint16_t)(plan->base + targets[i]);
        progress->fates |= plan->fates[targets[i]];
    }
    if (i > 0) {
        delivery->count += i;
        progress->last = targets[i - 1];
    }
    return i;
}

/* The target, or its other self where its host's name was noted. */
static unsigned as_noted(const struct delivery_plan *plan, unsigned target)
{
    const struct plan_host *host = plan->hosts + plan->targets[target].slot;

    return plan->noted[host->named] ? target + plan->target_count : target;
}

static void note_name(const struct delivery_plan *plan, unsigned target)
{
    if (plan->fates[target] & FATE_NOTED)
        plan->noted[plan->hosts[plan->targets[target].slot].named] = true;
}

/* Tries the targets in a row, `most` in all: LIMIT_ENDS when a limit was the end, LIMIT_SKIPS when
 * the rest is left out; *decided when the message's fate is. */
static enum limit try_some(struct delivery_plan *plan, const uint16_t *targets, size_t count,
                           size_t most, struct walk_progress *progress, struct delivery *delivery,
                           bool *decided)
{
    bool plainly = !plan->limited && most == SIZE_MAX;
    size_t i = plainly ? fail_plainly(plan, targets, count, progress, delivery) : 0;

    for (; i < count && delivery->count < most; i++) {
        enum route_rule rule;
        enum limit limit = LIMIT_NONE;
        unsigned target = plan->notes ? as_noted(plan, targets[i]) : targets[i];
        unsigned fate = plan->fates[target];
        if (fate & FATE_PASSED)
            continue;
        *decided = attempt(plan, target, progress, delivery);
        if (plan->notes)
            note_name(plan, target);
        if (*decided)
            return LIMIT_NONE;
        if (plan->limited)
            limit = check_limits(plan, progress, &rule);
        if (limit == LIMIT_SKIPS || (fate & FATE_LEAVES))
            return LIMIT_SKIPS;
        if (limit == LIMIT_ENDS) {
            end_cut(plan, rule, count - i - 1, progress, delivery);
            return LIMIT_ENDS;
        }
    }
    return LIMIT_NONE;
}

/* Through the hosts of one plan; true when that settled the message's fate, or `most` attempts were
 * made. */
static bool walk_list(struct delivery_plan *plan, struct chance *chance, size_t most,
                      struct delivery *delivery)
{
    struct walk_progress progress = {.last = -1, .unseen = -1};
    size_t count, before = delivery->count;
    const uint16_t *targets;

    if (plan->notes)
        memset(plan->noted, 0, plan->host_count * sizeof *plan->noted);
    plan->order->begin(plan, chance);
    while ((count = plan->order->next(plan, chance, &targets)) > 0) {
        bool decided = false;
        if (try_some(plan, targets, count, most, &progress, delivery, &decided) == LIMIT_ENDS)
            return delivery->count == most;
        if (decided || delivery->count == most)
            return true;
    }
    if (progress.last >= 0 || progress.unseen >= 0)
        end_exhausted(plan, &progress, delivery);
    else if (before == 0)
        end_untried(plan, chance, delivery);
    return false;
}

/* What is left when the domain's own hosts failed. */
static void walk_relays(struct delivery_plan *plan, struct chance *chance, size_t most,
                        struct delivery *delivery)
{
    const struct round_end *relay_end = plan->route->relay_end;
    const struct fallback *fallback = plan->profile->fallback;

    for (plan = plan->next; plan && (fallback->unrouted || delivery->verdict == VERDICT_DEFER);
         plan = plan->next) {
        if (plan->target_count > plan->passed_over && walk_list(plan, chance, most, delivery))
            return;
    }
    if (relay_end)
        end(delivery, relay_end->ending, &relay_end->rule);
}

void delivery_walk(struct delivery_plan *plan, struct chance *chance, size_t most,
                   struct delivery *delivery)
{
    delivery->attempts = plan->attempts;
    delivery->tried = plan->tried;
    delivery->count = delivery->skip_count = 0;
    delivery->skips = plan->skips;
    delivery->way = TLS_UNTOLD;
    delivery->exposed = false;
    if (!walk_list(plan, chance, most, delivery) && (plan->next || plan->route->relay_end))
        walk_relays(plan, chance, most, delivery);
}

static void note_attempts(const struct delivery_plan *plan, struct delivery *delivery)
{
    for (size_t i = 0; i < delivery->count; i++)
        delivery->attempts[i] = delivery_plan_target(plan, delivery->tried[i]);
}

void delivery_draw(struct delivery_plan *plan, struct random *random, struct delivery *delivery)
{
    struct chance chance;

    delivery->random = *random;
    chance_draw(&chance, random);
    delivery_walk(plan, &chance, SIZE_MAX, delivery);
    note_attempts(plan, delivery);
    *random = chance.random;
}

void delivery_draw_nth(struct delivery_plan *plan, uint64_t n, struct delivery *delivery)
{
    struct random stream = random_stream(&plan->seed, n);

    delivery_draw(plan, &stream, delivery);
}
