/* What a question offers: app/actions/play.h. */
#include "app/actions/play.h"
#include "app/state/simulated.h"

#include "base/message.h"
#include "mail/delivery/delivery.h"
#include "sheet/lessons/diagram.h"
#include "sheet/words.h"

#include <stdlib.h>
#include <string.h>

/* The delivery drawn now, and how much of it one has seen. */
struct seen {
    struct arena *arena; /* of the choices */
    const char *domain;
    const struct route *route;
    struct delivery_plan *plan;
    struct delivery delivery;
    size_t attempts; /* shown so far */
    bool shuffled;   /* the order of equal hosts was shown */
};

/* ---- what was seen ---- */

static void look(struct seen *seen, size_t shown, struct arena *arena)
{
    struct steps steps = delivery_steps(seen->plan, &seen->delivery, arena);

    for (size_t i = 0; i < steps.count && i < shown; i++) {
        seen->attempts += steps.steps[i].kind == STEP_ATTEMPT;
        seen->shuffled = seen->shuffled || steps.steps[i].kind == STEP_SHUFFLE;
    }
}

/* Was the host tried in what is shown? */
static bool is_tried(const struct seen *seen, size_t host)
{
    for (size_t i = 0; i < seen->attempts && i < seen->delivery.count; i++)
        if (seen->delivery.attempts[i].host == host)
            return true;
    return false;
}

static bool level_begun(const struct seen *seen, unsigned level)
{
    for (size_t i = 0; i < seen->route->host_count; i++)
        if (seen->route->hosts[i].level == level && is_tried(seen, i))
            return true;
    return false;
}

/* ---- choices ---- */

static void add_choice(struct asked *asked, const char *text, bool right)
{
    if (right)
        asked->right = asked->count < CHOICES_MOST ? asked->count : CHOICES_MOST - 1;
    if (asked->count < CHOICES_MOST)
        asked->choices[asked->count++] = text;
    else if (right)
        asked->choices[CHOICES_MOST - 1] = text;
}

static void add_name(const struct seen *seen, const struct route_host *host, struct text *out)
{
    words_name_within(host->exchange, seen->domain, out);
}

static bool may_follow(const struct seen *seen, size_t host)
{
    return seen->route->hosts[host].state == HOST_CANDIDATE && !is_tried(seen, host);
}

/* "mx2 or mx3": another name behind those that are there. */
static void add_or(const struct seen *seen, const struct route_host *host, bool more,
                   struct text *out)
{
    char *before = text_take(out);
    struct text name = {0};

    add_name(seen, host, &name);
    if (more)
        text_format(out, tr_in("list", "%s or %s"), before, text_get(&name));
    else
        text_add(out, text_get(&name));
    text_clear(&name);
    free(before);
}

/* "mx2 or mx3, in random order", or each by itself once the order is known. */
static void add_level(struct asked *asked, const struct seen *seen, unsigned level, int right)
{
    bool single = seen->shuffled || level_begun(seen, level), is_right = false;
    struct text text = {0};
    size_t count = 0;

    for (size_t i = 0; i < seen->route->host_count; i++) {
        if (seen->route->hosts[i].level != level || !may_follow(seen, i))
            continue;
        add_or(seen, &seen->route->hosts[i], count++ > 0, &text);
        is_right = is_right || (int)i == right;
        if (single) {
            add_choice(asked, arena_dup(seen->arena, text_get(&text)), (int)i == right);
            text_cut(&text, 0);
            count = 0;
        }
    }
    if (!single && count)
        add_choice(asked,
                   count > 1 ? arena_format(seen->arena, tr("%s, in random order"), text_get(&text))
                             : arena_dup(seen->arena, text_get(&text)),
                   is_right);
    text_clear(&text);
}

/* What is said of a message that comes to no further host. */
static const char *fate_of_none(enum verdict verdict)
{
    static const char *const fates[] = {
        [VERDICT_DELIVER] = N_("none: the message is delivered"),
        [VERDICT_LOCAL] = N_("none: the message is delivered here"),
        [VERDICT_BOUNCE] = N_("none: the message is bounced"),
        [VERDICT_DEFER] = N_("none: the message is deferred"),
        [VERDICT_FREEZE] = N_("none: the message is frozen"),
        [VERDICT_LOOP] = N_("none: the message is sent in a loop"),
    };

    return tr(fates[verdict]);
}

static void offer_hosts(struct asked *asked, const struct seen *seen, bool none)
{
    bool more = seen->attempts < seen->delivery.count;
    int right = more ? seen->delivery.attempts[seen->attempts].host : -1;

    for (unsigned level = 1; level <= seen->route->level_count; level++)
        add_level(asked, seen, level, right);
    if (none || !more || asked->count < 2)
        add_choice(asked, fate_of_none(more ? VERDICT_DEFER : seen->delivery.verdict), !more);
}

/* Those that any sender can give, and the one it gives. */
static void offer_verdicts(struct asked *asked, const struct seen *seen)
{
    static const enum verdict verdicts[] = {VERDICT_DELIVER, VERDICT_LOCAL,  VERDICT_DEFER,
                                            VERDICT_BOUNCE,  VERDICT_FREEZE, VERDICT_LOOP};

    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        enum verdict verdict = verdicts[i];
        bool right = verdict == seen->delivery.verdict;
        if (right || verdict == VERDICT_DELIVER || verdict == VERDICT_DEFER ||
            verdict == VERDICT_BOUNCE || (verdict == VERDICT_LOOP && seen->route->as))
            add_choice(asked, diagram_fate(verdict), right);
    }
}

/* Lines of the simulation that were shown; none where it is not open. */
static size_t shown_lines(const struct ui *ui)
{
    const struct window *window = window_top(ui);

    return window && window->units && strcmp(window->kind->id, "simulate") == 0 ? window->shown : 0;
}

static void offer_from_route(struct ui *ui, enum ask_kind kind, struct asked *asked,
                             struct arena *kept)
{
    struct arena *arena = arena_new();
    struct seen seen = {.arena = kept,
                        .domain = ui_visit(ui)->page.name,
                        .route = simulated_route(ui, &ui->sender, arena)};

    seen.plan = delivery_plan_new(seen.route, &ui->sender, 0);
    delivery_draw_nth(seen.plan, 0, &seen.delivery);
    if (kind == ASK_NEXT)
        look(&seen, shown_lines(ui), arena);
    if (kind == ASK_VERDICT)
        offer_verdicts(asked, &seen);
    else
        offer_hosts(asked, &seen, kind == ASK_NEXT);
    delivery_plan_free(seen.plan);
    arena_free(arena);
}

void play_offer(struct ui *ui, const struct lesson_item *item, struct asked *asked,
                struct arena *arena)
{
    if (!ui_visit(ui) || asked->answered)
        return;
    asked->count = 0;
    if (item->ask == ASK_CHOICES) {
        for (size_t i = 0; i < item->choice_count; i++)
            add_choice(asked, item->choices[i], i == item->right);
    } else if (item->ask > ASK_CHOICES) {
        offer_from_route(ui, item->ask, asked, arena);
    }
}
