#include "base/utf8.h"
#include "mail/clients/srv_draw.h"
#include "mail/simulation/simulation.h"
#include "report/text_parts.h"
#include "sheet/words.h"
#include "survey/survey_edited.h"

#include <string.h>

enum { BAR_COLUMNS = 12, ORDERS_SHOWN = 10, LABEL_MOST = 42, TARGET_MOST = 34 };

static void steps(struct text_report *paper, const struct route *route, const struct sender *sender,
                  struct arena *arena)
{
    struct delivery_plan *plan = delivery_plan_new(route, sender, 0);
    struct delivery delivery;
    struct steps steps;

    delivery_draw_nth(plan, 0, &delivery);
    steps = delivery_steps(plan, &delivery, arena);
    for (size_t i = 0; i < steps.count; i++) {
        const struct step *step = &steps.steps[i];
        bool cited = step->reference && *step->reference;
        text_paragraph(paper, 2, 4,
                       arena_format(arena, "%2zu. %s%s%s%s", i + 1, step->text, cited ? " [" : "",
                                    cited ? step->reference : "", cited ? "]" : ""));
    }
    delivery_plan_free(plan);
}

static void bar(struct text_report *paper, double share)
{
    int filled = (int)(share * BAR_COLUMNS + 0.5);

    for (int i = 0; i < BAR_COLUMNS; i++)
        text_add_char(paper->out, i < filled ? '#' : '.');
}

/* On the same line, or on the next one behind a long label. */
static void to_column(struct text_report *paper, size_t line, int column)
{
    if (utf8_columns(text_get(paper->out) + line) >= column) {
        text_add_char(paper->out, '\n');
        line = paper->out->length;
    }
    text_column(paper, line, column);
}

/* " (33.3 %) -0.4": what had to be, and how many standard errors the draw is from that. */
static void expectation(struct text *out, double share, double expected, double error)
{
    char word[WORD_SIZE];

    if (expected < 0)
        return;
    text_format(out, " (%s)", words_share(expected, word));
    if (error > 0)
        text_format(out, " %+.1f", (share - expected) / error);
}

static void share_row(struct text_report *paper, const struct share *share, int column)
{
    char word[WORD_SIZE], address[ADDRESS_TEXT];
    size_t line = paper->out->length;

    text_add(paper->out, "  ");
    text_name(paper, share->exchange);
    if (share->address.family)
        text_format(paper->out, " %s", address_text(&share->address, address));
    to_column(paper, line, column);
    bar(paper, share->share);
    text_format(paper->out, " %7s", words_share(share->share, word));
    expectation(paper->out, share->share, share->expected, share->error);
    text_add_char(paper->out, '\n');
}

static bool is_shown(const struct share *share)
{
    return share->count || share->expected > 0;
}

/* Where the bars begin: behind the longest label, within reason. */
static int bar_column(const struct text_report *paper, const struct share *list, size_t count)
{
    int column = 0;

    for (size_t i = 0; i < count; i++) {
        char address[ADDRESS_TEXT] = "";
        int end = 3 + text_name_columns(paper, list[i].exchange);
        if (list[i].address.family)
            end += 1 + (int)strlen(address_text(&list[i].address, address));
        if (is_shown(&list[i]) && end > column)
            column = end;
    }
    return column < LABEL_MOST ? column : LABEL_MOST;
}

static void shares(struct text_report *paper, const struct share *list, size_t count, int column)
{
    for (size_t i = 0; i < count; i++)
        if (is_shown(&list[i]))
            share_row(paper, &list[i], column);
    if (!count)
        text_add(paper->out, "  none: no host was tried\n");
}

static void tries(struct text_report *paper, const struct simulation_result *result)
{
    char number[WORD_SIZE];

    for (size_t i = 0; i < result->tries_count; i++) {
        const struct tries_count *tries = &result->tries[i];
        text_format(paper->out, "  %3u %s %12s deliveries", tries->tries,
                    tries->tries == 1 ? "try  " : "tries", words_number(tries->deliveries, number));
        if (tries->error > 0)
            expectation(paper->out, tries->share, tries->expected, tries->error);
        text_add_char(paper->out, '\n');
    }
}

static void outcomes(struct text_report *paper, const struct simulation_result *result)
{
    char number[WORD_SIZE], share[WORD_SIZE];

    for (size_t i = 0; i < result->outcome_count; i++) {
        const struct outcome_count *outcome = &result->outcomes[i];
        text_format(paper->out, "  %12s  %7s  %s%s%s", words_number(outcome->share.count, number),
                    words_share(outcome->share.share, share), verdict_text(outcome->verdict),
                    *outcome->code ? " " : "", outcome->code);
        if (outcome->share.exchange && *outcome->share.exchange) {
            text_add(paper->out, outcome->verdict == VERDICT_DELIVER ? " to " : " by ");
            text_name(paper, outcome->share.exchange);
        }
        text_add(paper->out, *tls_way_sentence(outcome->way) ? " " : "");
        text_add(paper->out, tls_way_sentence(outcome->way));
        if (outcome->share.error > 0)
            expectation(paper->out, outcome->share.share, outcome->share.expected,
                        outcome->share.error);
        text_add_char(paper->out, '\n');
    }
}

static void orders(struct text_report *paper, const struct route *route,
                   const struct simulation_result *result)
{
    char share[WORD_SIZE];

    for (size_t i = 0; i < result->order_count && i < ORDERS_SHOWN; i++) {
        const struct order_count *order = &result->orders[i];
        struct text line = {0};
        text_format(&line, "%7s", words_share(order->share, share));
        expectation(&line, order->share, order->expected, order->error);
        text_add(&line, ":");
        for (size_t j = 0; j < order->try_count; j++) {
            char address[ADDRESS_TEXT];
            const struct route_host *host = &route->hosts[order->tries[j].host];
            text_format(&line, "%s %s", j ? "," : "",
                        address_text(&host->addresses[order->tries[j].address].address, address));
        }
        text_paragraph(paper, 2, 9, text_get(&line));
        text_clear(&line);
    }
    if (result->order_count > ORDERS_SHOWN)
        text_format(paper->out, "  and %llu more orders\n",
                    (unsigned long long)(result->orders_total - ORDERS_SHOWN));
}

static void tallies(struct text_report *paper, const struct route *route,
                    const struct simulation_result *result)
{
    int hosts = bar_column(paper, result->first_exchange, result->first_exchange_count);
    int addresses = bar_column(paper, result->first, result->first_count);
    int column = hosts > addresses ? hosts : addresses;

    text_heading(paper, "Tried first, by host: drawn (exact), standard errors apart");
    shares(paper, result->first_exchange, result->first_exchange_count, column);
    text_heading(paper, "Tried first, by address");
    shares(paper, result->first, result->first_count, column);
    text_heading(paper, "Addresses tried");
    tries(paper, result);
    text_heading(paper, "Orders");
    orders(paper, route, result);
    text_heading(paper, "Outcome");
    outcomes(paper, result);
}

void text_simulation(struct text_report *paper)
{
    const struct sender *sender = survey_sender(paper->report->survey);
    uint64_t deliveries = paper->report->deliveries;
    struct arena *arena = arena_new();
    const struct route *route = survey_edited_route(paper->report->survey, arena);
    struct simulation *simulation = simulation_new(route, sender, deliveries);
    char number[WORD_SIZE];

    text_heading(paper, "One delivery, step by step (seed %llu)", (unsigned long long)sender->seed);
    steps(paper, route, sender, arena);
    while (!simulation_slice(simulation, deliveries))
        ;
    text_heading(paper, "%s deliveries (seed %llu)", words_number(deliveries, number),
                 (unsigned long long)sender->seed);
    tallies(paper, route, simulation_result(simulation, arena));
    simulation_free(simulation);
    arena_free(arena);
}

static void srv_target(struct text_report *paper, const struct srv_target *target)
{
    size_t line = paper->out->length;
    char share[WORD_SIZE];

    text_format(paper->out, "  %5u %5u  ", target->record->srv.priority,
                target->record->srv.weight);
    text_name(paper, target->record->srv.target);
    to_column(paper, line, TARGET_MOST);
    for (int a = 0; a < SRV_ALGORITHMS; a++)
        text_format(paper->out, " %8s", words_share(target->share[a].exact, share));
}

static void srv_drawn(struct text_report *paper, const struct srv_set *set,
                      const struct srv_draw *draw)
{
    char share[WORD_SIZE];

    for (size_t i = 0; i < set->count; i++) {
        double drawn = (double)srv_draw_first_of_level(draw, i) / (double)srv_draw_done(draw);
        srv_target(paper, &set->targets[i]);
        text_format(paper->out, " %8s\n", words_share(drawn, share));
    }
}

/* What DNS has, below what --whatif makes of it. */
static void srv_before(struct text_report *paper, const struct srv_set *set)
{
    text_add(paper->out, "  before the edits:\n");
    for (size_t i = 0; set && i < set->count; i++) {
        srv_target(paper, &set->targets[i]);
        text_add_char(paper->out, '\n');
    }
    if (!set || !set->count)
        text_add(paper->out, "    none\n");
}

/* "ldap1 54.5 % or 63.6 %": what RFC 2782 makes of the order in which the records come. */
static void srv_spread(struct text_report *paper, const struct srv_set *set)
{
    struct text line = {0};

    for (size_t i = 0; i < set->count; i++) {
        const struct srv_share *share = &set->targets[i].share[SRV_RFC2782];
        char low[WORD_SIZE], high[WORD_SIZE];
        if (share->high - share->low < 0.0005)
            continue;
        text_add(&line, line.length ? ", " : "By RFC 2782, as the records happen to be listed: ");
        words_name(set->targets[i].record->srv.target, paper->report->unicode, &line);
        text_format(&line, " %s or %s", words_share(share->low, low),
                    words_share(share->high, high));
    }
    if (line.length)
        text_paragraph(paper, 2, 2, text_get(&line));
    text_clear(&line);
}

/* The table of the targets and what is to be said about it. */
static void srv_choice(struct text_report *paper, const struct srv_set *set)
{
    const struct report *report = paper->report;
    uint64_t draws = report->deliveries ? report->deliveries : SRV_DRAWS_DEFAULT;
    struct srv_draw *draw =
        srv_draw_new(set, report->algorithm, survey_sender(report->survey)->seed, draws);

    while (srv_draw_step(draw, draws))
        ;
    text_format(paper->out, "  first of its priority, exact, and drawn by %s:\n",
                srv_algorithm_text(report->algorithm));
    text_format(paper->out, "%*s", TARGET_MOST, "");
    for (int a = 0; a < SRV_ALGORITHMS; a++)
        text_format(paper->out, " %8s", srv_algorithm_text((enum srv_algorithm)a));
    text_add(paper->out, "    drawn\n");
    srv_drawn(paper, set, draw);
    srv_spread(paper, set);
    srv_draw_free(draw);
}

void text_srv_simulation(struct text_report *paper)
{
    const struct report *report = paper->report;
    struct arena *arena = arena_new();
    struct edited_srv srv = survey_edited_srv(report->survey, report->srv_owner, arena);
    struct text owner = {0};

    words_name(report->srv_owner, report->unicode, &owner);
    text_heading(paper, "A client's choice among the SRV records of %s", text_get(&owner));
    text_clear(&owner);
    if (srv.set && srv.set->count)
        srv_choice(paper, srv.set);
    else
        text_add(paper->out, "  there are none\n");
    if (report->whatif)
        srv_before(paper, srv.before);
    for (int a = 0; srv.set && srv.set->count && a < SRV_ALGORITHMS; a++)
        text_paragraph(paper, 2, 2, srv_algorithm_sentence(srv.set, (enum srv_algorithm)a));
    arena_free(arena);
}
