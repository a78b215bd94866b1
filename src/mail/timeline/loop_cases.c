#include "mail/timeline/loop_cases.h"

#include "base/message.h"
#include "mail/sender/sender.h"

#include <string.h>

/* How many exchanges are preferred to the sender; all of them when it is none. */
static size_t better_hosts(const struct route *route)
{
    size_t better = 0;

    while (better < route->host_count && !route->hosts[better].truly_self)
        better++;
    while (better > 0 && better < route->host_count &&
           route->hosts[better - 1].preference == route->hosts[better].preference)
        better--;
    return better;
}

static const char *title_of(const struct sender *sender, bool may_stay, struct arena *arena)
{
    const char *title = profile_full_title(sender->profile, arena);

    return may_stay
               ? arena_format(arena, tr("With the rules of %s, unless the mail stays here"), title)
               : arena_format(arena, tr("With the rules of %s"), title);
}

/* Does the message go the same way to the same end? */
static bool is_same(const struct loop *a, const struct loop *b)
{
    if (a->count != b->count || a->decision.verdict != b->decision.verdict ||
        strcmp(a->decision.why, b->decision.why) != 0)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct loop_hop *left = &a->hops[i], *right = &b->hops[i];
        if (strcmp(left->from, right->from) != 0 || !left->to != !right->to ||
            (left->to && strcmp(left->to, right->to) != 0))
            return false;
    }
    return true;
}

/* Hosts that do not strike themselves out hand the message to their equals, which hand it back. */
static void play_outage(const struct lookup *lookup, const struct route *route,
                        const struct sender *sender, size_t better, struct arena *arena,
                        struct loop_case cases[2])
{
    struct sender without;

    sender_copy(&without, sender);
    for (size_t i = 0; i < better; i++)
        sender_put(&without, route->hosts[i].exchange, (struct address){0}, STAGE_REFUSED);
    cases[0] = (struct loop_case){
        tr("While the preferred ones are down"),
        loop_play(lookup, route->domain, &without, LOOP_AS_PROFILE, true, arena)};
    cases[1] = (struct loop_case){
        tr("The same, if no host ignored its own record"),
        loop_play(lookup, route->domain, &without, LOOP_WITHOUT_RULE, false, arena)};
    sender_clear(&without);
}

size_t loop_cases(const struct lookup *lookup, const struct route *route,
                  const struct sender *sender, struct arena *arena,
                  struct loop_case cases[LOOP_CASES])
{
    size_t better = better_hosts(route);
    bool first = better == 0;

    cases[0] = (struct loop_case){
        title_of(sender, first, arena),
        loop_play(lookup, route->domain, sender, LOOP_AS_PROFILE, !first, arena)};
    if (better == route->host_count)
        return 1;
    if (!first) {
        play_outage(lookup, route, sender, better, arena, cases + 1);
        if (!is_same(cases[0].loop, cases[1].loop))
            return 3;
        cases[1] = cases[2];
        return 2;
    }
    cases[1] = (struct loop_case){
        tr("The same, if it did not ignore its own record"),
        loop_play(lookup, route->domain, sender, LOOP_WITHOUT_RULE, false, arena)};
    return 2;
}
