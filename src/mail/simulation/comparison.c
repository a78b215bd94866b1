#include "mail/simulation/comparison.h"

#include "base/message.h"
#include "dns/name.h"
#include "mail/sender/rules.h"
#include "mail/simulation/simulation.h"

#include <string.h>

/* One sender's delivery, its attempts kept apart from the plan. */
struct side {
    const struct route *route;
    struct delivery delivery;
    struct comparison_shares shares;
};

enum { SHARE_DRAWS = 10000 };

/* The shares of all addresses of a host in its level. */
static double share_of(const struct simulation_result *result, size_t host)
{
    double sum = 0;

    for (size_t i = 0; i < result->level_count; i++) {
        const struct share *share = &result->levels[i].share;
        if (share->host == (int)host)
            sum += share->expected >= 0 ? share->expected : share->share;
    }
    return sum;
}

/* Every host refuses, so that every level is reached. */
static struct comparison_shares shares_of(const struct route *route, const struct sender *sender,
                                          struct arena *arena)
{
    struct comparison_share *list = arena_alloc(arena, route->host_count + 1, sizeof *list);
    struct comparison_shares shares = {list, 0};
    const struct simulation_result *result;
    struct simulation *simulation;
    struct sender refused;
    const char *why;

    sender_copy(&refused, sender);
    sender_clear_downs(&refused);
    sender_add_down(&refused, "*=refused", &why);
    simulation = simulation_new(route, &refused, SHARE_DRAWS);
    while (!simulation_slice(simulation, SHARE_DRAWS))
        ;
    result = simulation_result(simulation, arena);
    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].state == HOST_CANDIDATE && route->hosts[i].address_count)
            list[shares.count++] = (struct comparison_share){route->hosts + i, share_of(result, i)};
    simulation_free(simulation);
    sender_clear(&refused);
    return shares;
}

static struct side play(const struct lookup *lookup, const char *domain,
                        const struct sender *sender, uint64_t nth, struct arena *arena)
{
    struct side side = {.route = route_build(lookup, domain, sender, arena)};
    struct delivery_plan *plan = delivery_plan_new(side.route, sender, 0);

    delivery_draw_nth(plan, nth, &side.delivery);
    side.delivery.attempts = (struct attempt *)arena_dup_bytes(
        arena, side.delivery.attempts, side.delivery.count * sizeof *side.delivery.attempts);
    delivery_plan_free(plan);
    side.shares = shares_of(side.route, sender, arena);
    return side;
}

static const char *verdict_line(const struct side *side, struct arena *arena)
{
    const struct delivery *delivery = &side->delivery;
    const char *why = delivery->rule ? delivery->rule->text : side->route->decision.why;

    return arena_format(arena, "%s%s%s: %s", verdict_word(delivery->verdict),
                        *delivery->code ? " " : "", delivery->code, tr(why));
}

/* The line of one side: an attempt, the verdict behind the last, nothing beyond. */
static const char *line_of(const struct side *side, size_t index, struct arena *arena)
{
    char address[ADDRESS_TEXT];
    const struct attempt *attempt = side->delivery.attempts + index;
    const struct route_host *host;

    if (index == side->delivery.count)
        return verdict_line(side, arena);
    if (index > side->delivery.count)
        return "";
    host = side->route->hosts + attempt->host;
    return arena_format(arena, "%.*s %s %s", name_shown_length(host->shown), host->shown,
                        address_text(&host->addresses[attempt->address].address, address),
                        stage_sentence((enum stage)attempt->stage));
}

/* The rule that leads to a side's line. */
static const char *rule_of(const struct side *side, size_t index)
{
    const struct rule *rules = side->route->profile->rules;

    if (index >= side->delivery.count)
        return side->delivery.rule ? side->delivery.rule->text : side->route->decision.why;
    return rules[side->route->kind == ROUTE_SRV ? RULE_SRV_EQUALS : RULE_EQUALS].text;
}

static const char *reason(const struct side *left, const struct side *right, size_t index,
                          struct arena *arena)
{
    const char *here = rule_of(left, index), *there = rule_of(right, index);
    const struct route_host *host = left->route->hosts;

    if (index < left->delivery.count && index < right->delivery.count &&
        left->delivery.attempts[index].host == right->delivery.attempts[index].host) {
        host += left->delivery.attempts[index].host;
        if (host->address_count > 1) {
            here = left->route->profile->rules[RULE_ADDRESSES].text;
            there = right->route->profile->rules[RULE_ADDRESSES].text;
        }
    }
    return arena_format(arena, "%s: %s. %s: %s.", left->route->profile->title, tr(here),
                        right->route->profile->title, tr(there));
}

/* The same attempt at the same address, or the same verdict? */
static bool same(const struct side *left, const struct side *right, size_t index)
{
    const struct attempt *a = left->delivery.attempts + index;
    const struct attempt *b = right->delivery.attempts + index;
    bool ends = index >= left->delivery.count;

    if (ends != (index >= right->delivery.count))
        return false;
    if (ends)
        return left->delivery.verdict == right->delivery.verdict &&
               strcmp(left->delivery.code, right->delivery.code) == 0;
    return strcmp(left->route->hosts[a->host].exchange, right->route->hosts[b->host].exchange) ==
               0 &&
           address_equal(&left->route->hosts[a->host].addresses[a->address].address,
                         &right->route->hosts[b->host].addresses[b->address].address);
}

void comparison_sender(const struct sender *from, const struct profile *profile, struct sender *to)
{
    sender_copy(to, from);
    if (to->profile != profile)
        sender_set_profile(to, profile);
}

/* Each server that can has a setting of its own for it. */
bool comparison_by_srv(struct sender *sender)
{
    static const char *const settings[] = {"srv_service=smtp", "use_srv_lookup=smtp",
                                           "check_srv=smtp"};

    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (settings_set(&sender->settings, settings[i], NULL) == STATUS_OK)
            return true;
    return false;
}

const struct comparison *comparison_build(const struct lookup *lookup, const char *domain,
                                          const struct sender *left, const struct sender *right,
                                          uint64_t nth, struct arena *arena)
{
    struct comparison *comparison = arena_alloc(arena, 1, sizeof *comparison);
    struct side sides[] = {play(lookup, domain, left, nth, arena),
                           play(lookup, domain, right, nth, arena)};
    size_t most = sides[0].delivery.count;
    struct comparison_row *rows;

    if (sides[1].delivery.count > most)
        most = sides[1].delivery.count;
    rows = arena_alloc(arena, most + 1, sizeof *rows);
    for (size_t i = 0; i <= most; i++) {
        bool differs = !same(sides, sides + 1, i);
        rows[i] = (struct comparison_row){line_of(sides, i, arena), line_of(sides + 1, i, arena),
                                          differs, ""};
        if (differs && !comparison->differs)
            rows[i].why = reason(sides, sides + 1, i, arena);
        comparison->differs = comparison->differs || differs;
    }
    comparison->left_route = sides[0].route;
    comparison->right_route = sides[1].route;
    comparison->left_shares = sides[0].shares;
    comparison->right_shares = sides[1].shares;
    comparison->rows = rows;
    comparison->count = most + 1;
    comparison->complete = sides[0].route->complete && sides[1].route->complete;
    return comparison;
}

const char *comparison_title(const struct compared_senders *compared, struct arena *arena)
{
    return arena_format(arena,
                        compared->by_srv ? tr("%s compared with %s by _smtp._tcp SRV")
                                         : tr("%s and %s compared"),
                        compared->left->title, compared->right->title);
}

const char *comparison_names(const struct compared_senders *compared, struct arena *arena)
{
    return arena_format(arena, tr_in("list", "%s and %s"), compared->left->title,
                        compared->right->title);
}

const struct comparison *comparison_of(const struct lookup *lookup, const char *domain,
                                       const struct sender *sender,
                                       const struct compared_senders *compared, struct arena *arena)
{
    const struct comparison *comparison;
    struct sender left, right;

    comparison_sender(sender, compared->left, &left);
    comparison_sender(sender, compared->right, &right);
    if (compared->by_srv)
        comparison_by_srv(&right);
    comparison = comparison_build(lookup, domain, &left, &right, 0, arena);
    sender_clear(&left);
    sender_clear(&right);
    return comparison;
}
