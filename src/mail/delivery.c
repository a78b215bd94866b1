#include "mail/delivery.h"

#include "mail/delivery_order.h"

/* How far a round has come. */
struct progress {
    unsigned addresses, sessions, total;
    bool soft; /* something may be different later */
};

static void end(struct delivery *delivery, struct ending ending, const struct rule *rule)
{
    delivery->verdict = ending.verdict;
    delivery->code = ending.code;
    delivery->rule = rule;
}

/* While nothing was tried, the route's own decision stands. */
static void end_untried(const struct route *route, struct delivery *delivery)
{
    delivery->verdict = route->decision.verdict;
    delivery->code = route->decision.code;
    delivery->rule = NULL;
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
    const struct attempt *last = delivery->attempts + delivery->count - 1;
    struct ending ending = plan->consequences[last->stage]->ending;

    if ((plan->profile->flags & PROFILE_SOFT_WINS) && progress->soft)
        ending = (struct ending){VERDICT_DEFER, ""};
    end(delivery, ending, plan->profile->rules + RULE_EXHAUSTED);
}

static void end_cut(const struct delivery_plan *plan, enum route_rule rule,
                    const struct progress *progress, struct delivery *delivery)
{
    const struct attempt *last = delivery->attempts + delivery->count - 1;

    const struct consequence *consequence = plan->consequences[last->stage];

    if (plan->order->more && !plan->order->more(plan))
        end_exhausted(plan, progress, delivery);
    else
        end(delivery, consequence->cut.code ? consequence->cut : consequence->ending,
            plan->profile->rules + rule);
}

/* Does a limit end the round after this attempt? */
static bool limit_reached(struct delivery_plan *plan, struct progress *progress,
                          enum route_rule *rule)
{
    const struct limits *limits = &plan->limits;

    *rule = RULE_SESSIONS;
    if (limits->sessions && progress->sessions >= limits->sessions)
        return true;
    *rule = RULE_LIMIT;
    if (limits->hard && progress->total >= limits->hard)
        return true;
    if (!limits->addresses || progress->addresses < limits->addresses)
        return false;
    if (!limits->extends || !plan->order->skip_level(plan))
        return true;
    progress->addresses--;
    return false;
}

/* Tries a target; true when that was the last attempt. */
static bool attempt(struct delivery_plan *plan, const struct plan_target *target,
                    struct progress *progress, struct delivery *delivery)
{
    enum route_rule rule;

    delivery->attempts[delivery->count++] = target->attempt;
    if (target->fate & (FATE_ACCEPTS | FATE_STOPS)) {
        end_decided(plan, target, delivery);
        return true;
    }
    progress->soft = progress->soft || (target->fate & FATE_SOFT);
    progress->sessions += (target->fate & FATE_SESSION) != 0;
    progress->addresses++;
    progress->total++;
    if (!plan->limited || !limit_reached(plan, progress, &rule))
        return false;
    end_cut(plan, rule, progress, delivery);
    return true;
}

static void end_of_list(const struct delivery_plan *plan, const struct progress *progress,
                        struct delivery *delivery)
{
    if (delivery->count == 0)
        end_untried(plan->route, delivery);
    else
        end_exhausted(plan, progress, delivery);
}

void delivery_walk(struct delivery_plan *plan, struct chance *chance, unsigned most,
                   struct delivery *delivery)
{
    struct progress progress = {0};

    delivery->attempts = plan->attempts;
    delivery->count = 0;
    plan->order->begin(plan, chance);
    for (;;) {
        int index;
        plan->run = 1;
        index = plan->order->next(plan, chance);
        if (index == ORDER_END) {
            end_of_list(plan, &progress, delivery);
            return;
        }
        for (unsigned i = 0; i < plan->run; i++)
            if (attempt(plan, plan->targets + index + i, &progress, delivery) ||
                delivery->count == most)
                return;
    }
}

void delivery_draw(struct delivery_plan *plan, struct random *random, struct delivery *delivery)
{
    struct chance chance;

    delivery->random = *random;
    chance_draw(&chance, random);
    delivery_walk(plan, &chance, 0, delivery);
    *random = chance.random;
}

void delivery_draw_nth(struct delivery_plan *plan, uint64_t n, struct delivery *delivery)
{
    struct random stream = random_stream(&plan->seed, n);

    delivery_draw(plan, &stream, delivery);
}
