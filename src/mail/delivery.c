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

/* Nothing was tried: the route's own decision stands. */
static void end_untried(const struct route *route, struct delivery *delivery)
{
    delivery->verdict = route->decision.verdict;
    delivery->code = route->decision.code;
    delivery->rule = NULL;
}

static void end_accepted(const struct delivery_plan *plan, const struct plan_target *target,
                         struct attempt *attempt, struct delivery *delivery)
{
    static const struct ending accepted = {VERDICT_DELIVER, ""};
    const struct rule *rules = plan->profile->rules;

    attempt->rule = rules + (target->meets_self ? RULE_SELF_MET : RULE_ACCEPTED);
    end(delivery, target->meets_self ? plan->profile->self_met : accepted, attempt->rule);
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
static bool limit_reached(struct delivery_plan *plan, const struct consequence *consequence,
                          struct progress *progress, enum route_rule *rule)
{
    const struct limits *limits = &plan->limits;

    progress->addresses++;
    progress->total++;
    progress->sessions += consequence->session;
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

static struct attempt *note(struct delivery_plan *plan, int index, struct delivery *delivery)
{
    const struct plan_target *target = plan->targets + index;
    struct attempt *attempt = delivery->attempts + delivery->count++;

    attempt->host = target->host;
    attempt->address = target->address;
    attempt->target = (uint16_t)index;
    attempt->stage = target->stage;
    return attempt;
}

/* Judges one attempt; true when it was the last. */
static bool judge(struct delivery_plan *plan, struct attempt *attempt, struct progress *progress,
                  struct delivery *delivery)
{
    const struct consequence *consequence = plan->consequences[attempt->stage];
    enum route_rule rule;

    if (attempt->stage == STAGE_ACCEPTS) {
        end_accepted(plan, plan->targets + attempt->target, attempt, delivery);
        return true;
    }
    attempt->rule = &consequence->rule;
    if (consequence->stops) {
        end(delivery, consequence->ending, attempt->rule);
        return true;
    }
    progress->soft = progress->soft || consequence->ending.verdict == VERDICT_DEFER;
    if (!limit_reached(plan, consequence, progress, &rule))
        return false;
    end_cut(plan, rule, progress, delivery);
    return true;
}

void delivery_walk(struct delivery_plan *plan, struct chance *chance, unsigned most,
                   struct delivery *delivery)
{
    struct progress progress = {0};

    delivery->attempts = plan->attempts;
    delivery->count = 0;
    plan->order->begin(plan, chance);
    do {
        int index = plan->order->next(plan, chance);
        if (index == ORDER_END && delivery->count == 0) {
            end_untried(plan->route, delivery);
            return;
        }
        if (index == ORDER_END) {
            end_exhausted(plan, &progress, delivery);
            return;
        }
        if (judge(plan, note(plan, index, delivery), &progress, delivery))
            return;
    } while (delivery->count != most);
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
