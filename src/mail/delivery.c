#include "mail/delivery.h"

#include "mail/delivery_order.h"

/* How far a round has come. */
struct progress {
    unsigned addresses, sessions, total;
    bool soft;                     /* something may be different later */
    const struct attempt *lasting; /* the attempt whose ending stands; NULL: the last one's */
};

static void end(struct delivery *delivery, struct ending ending, const struct rule *rule)
{
    delivery->verdict = ending.verdict;
    delivery->code = ending.code;
    delivery->rule = rule;
}

/* A host without address stood last in the list: kept for what failed before it, with the code of
 * its look-up. */
static bool end_trailing(const struct delivery_plan *plan, struct delivery *delivery)
{
    int host = plan->order->trailing ? plan->order->trailing(plan) : -1;
    const struct decision *decision;

    if (host < 0)
        return false;
    decision = plan->profile->decisions + (outcome_is_temporary(plan->route->hosts[host].outcome)
                                               ? END_HOSTS_FAILED
                                               : END_HOSTS_MIXED_LAST);
    end(delivery, (struct ending){decision->verdict, decision->code},
        plan->profile->rules + RULE_EXHAUSTED);
    return true;
}

/* While nothing was tried, the route's own decision stands; unless all were passed over. */
static void end_untried(const struct delivery_plan *plan, struct delivery *delivery)
{
    const struct decision *decision = &plan->route->decision;

    if (plan->passed_over)
        end(delivery, (struct ending){VERDICT_DEFER, ""}, &plan->profile->retry->held);
    else if (decision->verdict != VERDICT_DEFER || !end_trailing(plan, delivery))
        end(delivery, (struct ending){decision->verdict, decision->code}, NULL);
}

/* It accepts, or its refusal binds. */
static void end_decided(const struct delivery_plan *plan, const struct plan_target *target,
                        struct delivery *delivery)
{
    static const struct ending accepted = {VERDICT_DELIVER, ""};
    struct ending ending = plan->consequences[target->attempt.stage]->ending;

    if (target->fate & FATE_ACCEPTS)
        ending = target->meets_self ? plan->profile->self_met : accepted;
    end(delivery, ending, target->attempt.rule);
}

/* The last of the list has failed. */
static void end_exhausted(const struct delivery_plan *plan, const struct progress *progress,
                          struct delivery *delivery)
{
    const struct attempt *last =
        progress->lasting ? progress->lasting : delivery->attempts + delivery->count - 1;
    struct ending ending = plan->consequences[last->stage]->ending;

    if (!progress->lasting && end_trailing(plan, delivery))
        return;
    if ((plan->profile->flags & PROFILE_SOFT_WINS) && progress->soft)
        ending = (struct ending){VERDICT_DEFER, ""};
    end(delivery, ending, plan->profile->rules + RULE_EXHAUSTED);
}

/* A limit ends the round, `left` targets being in hand. */
static void end_cut(const struct delivery_plan *plan, enum route_rule rule, size_t left,
                    const struct progress *progress, struct delivery *delivery)
{
    const struct attempt *last = delivery->attempts + delivery->count - 1;
    const struct consequence *consequence = plan->consequences[last->stage];

    if (left == 0 && plan->order->more && !plan->order->more(plan))
        end_exhausted(plan, progress, delivery);
    else
        end(delivery, consequence->cut.code ? consequence->cut : consequence->ending,
            plan->profile->rules + rule);
}

/* Of the last attempt: it made the verdict, if it is the delivery's rule, too. */
static const struct rule *last_rule(const struct delivery *delivery)
{
    return delivery->attempts[delivery->count - 1].rule;
}

enum limit { LIMIT_NONE, LIMIT_SKIPS, LIMIT_ENDS };

/* What the limits say after an attempt: go on, go on with the next level, or end. */
static enum limit check_limits(struct delivery_plan *plan, struct progress *progress,
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

/* Notes the attempt; true when the message's fate is decided by it. */
static bool attempt(const struct delivery_plan *plan, const struct plan_target *target,
                    struct progress *progress, struct delivery *delivery)
{
    struct attempt *made = delivery->attempts + delivery->count++;

    *made = target->attempt;
    if (target->fate & (FATE_ACCEPTS | FATE_STOPS)) {
        end_decided(plan, target, delivery);
        return true;
    }
    progress->soft = progress->soft || (target->fate & FATE_SOFT);
    if (target->fate & FATE_LASTS)
        progress->lasting = made;
    progress->sessions += (target->fate & FATE_SESSION) != 0;
    progress->addresses++;
    progress->total++;
    return false;
}

/* Tries the targets in a row, all of one host; true when that was all of the round. */
static bool try_all(struct delivery_plan *plan, const uint16_t *targets, size_t count,
                    struct progress *progress, struct delivery *delivery)
{
    for (size_t i = 0; i < count; i++) {
        enum limit limit = LIMIT_NONE;
        enum route_rule rule;
        if (plan->targets[targets[i]].fate & FATE_PASSED)
            continue;
        if (attempt(plan, plan->targets + targets[i], progress, delivery))
            return true;
        if (plan->limited)
            limit = check_limits(plan, progress, &rule);
        if (limit == LIMIT_SKIPS || (plan->targets[targets[i]].fate & FATE_LEAVES))
            return false;
        if (limit == LIMIT_ENDS) {
            end_cut(plan, rule, count - i - 1, progress, delivery);
            return true;
        }
    }
    return false;
}

static void end_of_list(const struct delivery_plan *plan, const struct progress *progress,
                        struct delivery *delivery)
{
    if (delivery->count == 0)
        end_untried(plan, delivery);
    else
        end_exhausted(plan, progress, delivery);
}

/* Through the hosts of one plan; true when that settled the message's fate, or `most` attempts were
 * made. */
static bool walk_list(struct delivery_plan *plan, struct chance *chance, size_t most,
                      struct delivery *delivery)
{
    struct progress progress = {0};
    const uint16_t *targets;
    size_t count;

    plan->order->begin(plan, chance);
    while ((count = plan->order->next(plan, chance, &targets)) > 0) {
        bool over;
        if (count > most - delivery->count)
            count = most - delivery->count;
        over = try_all(plan, targets, count, &progress, delivery);
        if (over || delivery->count == most)
            return delivery->count == most || delivery->rule == last_rule(delivery);
    }
    end_of_list(plan, &progress, delivery);
    return false;
}

/* What is left when the domain's own hosts failed. */
static void walk_relays(struct delivery_plan *plan, struct chance *chance, size_t most,
                        struct delivery *delivery)
{
    bool always = plan->profile->fallback->unrouted;

    for (plan = plan->next; plan && (always || delivery->verdict == VERDICT_DEFER);
         plan = plan->next)
        if (plan->target_count > plan->passed_over && walk_list(plan, chance, most, delivery))
            return;
}

void delivery_walk(struct delivery_plan *plan, struct chance *chance, size_t most,
                   struct delivery *delivery)
{
    delivery->attempts = plan->attempts;
    delivery->count = 0;
    if (!walk_list(plan, chance, most, delivery) && plan->next)
        walk_relays(plan, chance, most, delivery);
}

void delivery_draw(struct delivery_plan *plan, struct random *random, struct delivery *delivery)
{
    struct chance chance;

    delivery->random = *random;
    chance_draw(&chance, random);
    delivery_walk(plan, &chance, SIZE_MAX, delivery);
    *random = chance.random;
}

void delivery_draw_nth(struct delivery_plan *plan, uint64_t n, struct delivery *delivery)
{
    struct random stream = random_stream(&plan->seed, n);

    delivery_draw(plan, &stream, delivery);
}
