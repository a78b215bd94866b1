/* The parts of the report that are sheets, as the screen shows them in its windows. */
#include "base/message.h"
#include "dns/type.h"
#include "mail/clients/srv_draw.h"
#include "mail/simulation/matrix.h"
#include "mail/timeline/loop_cases.h"
#include "report/sheet_print.h"
#include "report/text_parts.h"
#include "sheet/compare_sheet.h"
#include "sheet/delivery_sheet.h"
#include "sheet/diff_sheet.h"
#include "sheet/lessons/diagram.h"
#include "sheet/resolvers_sheet.h"
#include "sheet/rotation_sheet.h"
#include "sheet/secondary_sheet.h"
#include "sheet/servers/trace_sheet.h"
#include "sheet/services/client_sheet.h"
#include "sheet/services/directory_sheet.h"
#include "sheet/srv_sheet.h"
#include "sheet/time/timeline_sheet.h"
#include "sheet/whatif_sheet.h"
#include "sheet/words.h"
#include "survey/survey_client.h"
#include "survey/survey_edited.h"

#include <inttypes.h>
#include <string.h>

static struct sheet *print_sheet(const struct text_report *paper, struct arena *arena)
{
    struct sheet *sheet = sheet_new(arena, PRINT_WIDTH);

    sheet->plain = !paper->report->unicode;
    return sheet;
}

static void steps(struct text_report *paper, const struct route *route, const struct sender *sender,
                  struct arena *arena)
{
    struct sheet *sheet = print_sheet(paper, arena);
    struct delivery_plan *plan = delivery_plan_new(route, sender, 0);
    struct delivery delivery;
    struct steps steps;

    delivery_draw_nth(plan, 0, &delivery);
    steps = delivery_steps(plan, &delivery, arena);
    delivery_steps_draw(sheet, &steps, steps.count);
    sheet_print(sheet, paper->out);
    delivery_plan_free(plan);
}

void text_simulation(struct text_report *paper)
{
    const struct sender *sender = survey_sender(paper->report->survey);
    uint64_t deliveries = paper->report->deliveries;
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    const struct route *route = survey_edited_route(paper->report->survey, arena);
    struct simulation *simulation = simulation_new(route, sender, deliveries);
    char number[WORD_SIZE];

    text_heading(paper, "One delivery, step by step (seed %s)",
                 arena_format(arena, "%" PRIu64, sender->seed));
    steps(paper, route, sender, arena);
    while (!simulation_slice(simulation, deliveries))
        ;
    text_heading(paper, tr_plural("%s delivery (seed %s)", "%s deliveries (seed %s)", deliveries),
                 number_words(deliveries, number), arena_format(arena, "%" PRIu64, sender->seed));
    delivery_shares_draw(sheet, route, sender, simulation_result(simulation, arena), deliveries);
    sheet_print(sheet, paper->out);
    simulation_free(simulation);
    arena_free(arena);
}

static void client_columns(struct text_report *paper, struct sheet *sheet, const char *owner)
{
    struct edited_srv srv = survey_edited_srv(paper->report->survey, owner, sheet->arena);

    if (srv.set)
        client_columns_draw(sheet, srv.set, paper->facts->subject->name);
}

void text_srv_simulation(struct text_report *paper)
{
    const struct report *report = paper->report;
    uint64_t draws = report->deliveries ? report->deliveries : SRV_DRAWS_DEFAULT;
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    struct edited_srv srv = survey_edited_srv(report->survey, report->srv_owner, arena);
    struct question question = {.name = report->srv_owner, .type = TYPE_SRV};
    struct srv_draw *draw = NULL;
    struct text owner = {0};

    words_name(report->srv_owner, report->unicode, &owner);
    text_heading(paper, "A client's choice among the SRV records of %s", text_get(&owner));
    text_clear(&owner);
    if (report->whatif)
        srv_change_draw(sheet, srv.before, srv.set, report->algorithm);
    if (srv.set && srv.set->count)
        draw = srv_draw_new(srv.set, report->algorithm, survey_sender(report->survey)->seed, draws);
    while (draw && srv_draw_step(draw, draws))
        ;
    srv_shares_draw(sheet, srv.set, draw, answers_find(survey_answers(report->survey), &question));
    if (draw)
        srv_orders_draw(sheet, srv.set, draw);
    client_columns(paper, sheet, report->srv_owner);
    sheet_print(sheet, paper->out);
    srv_draw_free(draw);
    arena_free(arena);
}

void text_client(struct text_report *paper)
{
    const struct report *report = paper->report;
    const char *domain = paper->facts->subject->name;
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    const struct client *client = NULL;
    char site[CLIENT_SITE];
    struct client_walk *walk;

    if (client_parse(report->client, &client, site)) {
        walk = survey_client_walk(report->survey, client, site, report->srv_owner, arena);
        client_walk_draw(walk, domain, survey_sender(report->survey)->seed,
                         report->deliveries ? report->deliveries : SRV_DRAWS_DEFAULT);
        text_heading(paper, *site ? "Client: %s at the site %s" : "Client: %s%s",
                     tr(walk->client->title), site);
        client_draw_sheet(sheet, walk, domain);
        sheet_print(sheet, paper->out);
    }
    arena_free(arena);
}

void text_loop(struct text_report *paper)
{
    struct survey *survey = paper->report->survey;
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    struct lookup lookup = survey_edited_lookup(survey);
    struct loop_case cases[LOOP_CASES];
    size_t count = loop_cases(&lookup, survey_edited_route(survey, arena), survey_sender(survey),
                              arena, cases);

    text_heading(paper, "Hops");
    for (size_t i = 0; i < count; i++)
        loop_draw(sheet, cases[i].title, cases[i].loop);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_directory(struct text_report *paper)
{
    const struct directory *directory = paper->facts->directory;
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);

    text_heading(paper, "Directory: %s", directory_title(arena, directory));
    directory_draw(sheet, directory);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_timeline(struct text_report *paper)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    struct lookup lookup = survey_edited_lookup(paper->report->survey);
    struct timeline_side sides[TIMELINE_SIDES];
    size_t count = timeline_sides_build(&lookup, paper->facts->subject->name,
                                        survey_sender(paper->report->survey),
                                        &paper->report->compared, arena, sides);

    text_heading(paper, "Over time: an outage hour by hour");
    timeline_axis_draw(sheet, sides, count);
    sheet_gap(sheet);
    timeline_events_draw(sheet, sides, count);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

/* Of a client's choice where that is what is asked for, else of mail; NULL where there is neither.
 */
static const struct diagram *build_diagram(const struct text_report *paper, struct arena *arena)
{
    const struct report *report = paper->report;
    const struct sender *sender = survey_sender(report->survey);
    struct lookup lookup = survey_edited_lookup(report->survey);
    struct edited_srv srv;

    if (report->srv_owner) {
        srv = survey_edited_srv(report->survey, report->srv_owner, arena);
        return srv.set && srv.set->count
                   ? diagram_srv(srv.set, report->algorithm, sender->seed, arena)
                   : NULL;
    }
    return subject_takes_mail(paper->facts->subject)
               ? diagram_build(&lookup, survey_edited_route(report->survey, arena), sender,
                               DIAGRAM_ANY, arena)
               : NULL;
}

void text_diagram(struct text_report *paper)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    const struct diagram *diagram = build_diagram(paper, arena);

    if (!diagram) {
        arena_free(arena);
        return;
    }
    text_heading(paper, "%s", diagram->title);
    diagram_draw(sheet, diagram);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_comparison(struct text_report *paper)
{
    const struct report *report = paper->report;
    const struct sender *sender = survey_sender(report->survey);
    struct lookup lookup = survey_edited_lookup(report->survey);
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);

    text_heading(paper, "%s (same draw, seed %s)", comparison_title(&report->compared, arena),
                 arena_format(arena, "%" PRIu64, sender->seed));
    comparison_draw(sheet, comparison_of(&lookup, paper->facts->subject->name, sender,
                                         &report->compared, arena));
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_matrix(struct text_report *paper)
{
    struct survey *survey = paper->report->survey;
    const char *domain = paper->facts->subject->name;
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    struct lookup lookup = survey_edited_lookup(survey);

    text_heading(paper, "All senders compared: verdict, addresses tried, tried first");
    matrix_draw(sheet, matrix_build(&lookup, domain, survey_sender(survey), arena), domain);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

/* Records are never wrapped. */
static void records(struct text_report *paper, struct whatif *whatif)
{
    struct text text = {0};

    whatif_print(whatif, survey_answers(paper->report->survey), &text);
    for (const char *rest = text_get(&text); *rest;) {
        size_t length = strcspn(rest, "\n");
        text_format(paper->out, "%*s%.*s\n", 2 * TEXT_INDENT, "", (int)length, rest);
        rest += length + (rest[length] == '\n');
    }
    text_clear(&text);
}

void text_whatif(struct text_report *paper)
{
    struct survey *survey = paper->report->survey;
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    struct lookup lookup = survey_lookup(survey), edited = survey_edited_lookup(survey);

    text_heading(paper, "What if");
    for (size_t i = 0; i < whatif_count(paper->report->whatif); i++)
        sheet_pair(sheet, "", 0, ROLE_CHANGED, whatif_at(paper->report->whatif, i));
    whatif_draw(sheet, whatif_change_build(&lookup, &edited, paper->facts->subject->name,
                                           survey_sender(survey), arena));
    sheet_print(sheet, paper->out);
    text_say(paper, TEXT_INDENT, "%s", tr("to publish:"));
    records(paper, paper->report->whatif);
    arena_free(arena);
}

/* The records of one type: a heading, and each case played; returns how many. */
static size_t rotation(struct text_report *paper, const struct reply *reply)
{
    const struct sender *sender = survey_sender(paper->report->survey);
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    struct rotation_case cases[ROTATION_CASES];
    struct rotation_rows rows;
    char type[TYPE_TEXT];
    size_t count;

    rotation_rows_build(reply, paper->facts, sender, arena, &rows);
    count = rotation_rows_play(&rows, sender->seed, arena, cases);
    if (count)
        text_heading(paper,
                     rows.name_servers ? "First server that a resolver queries: %s, %s"
                                       : "First record by user: %s, %s",
                     type_text(reply->question.type, type), rotation_rows_users(&rows, arena));
    for (size_t i = 0; i < count; i++)
        rotation_draw(sheet, &rows, &cases[i], 0);
    sheet_print(sheet, paper->out);
    arena_free(arena);
    return count;
}

void text_rotation(struct text_report *paper)
{
    const struct facts *facts = paper->facts;
    const struct reply *replies[] = {facts->self.a, facts->self.aaaa, facts->ns.reply};
    enum { SETS = sizeof replies / sizeof *replies };
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    size_t drawn = 0;

    for (size_t i = 0; i < SETS; i++)
        drawn += rotation(paper, replies[i]);
    if (!drawn) {
        text_heading(paper, "First record by user");
        rotation_absence_draw(sheet, replies, SETS);
        sheet_print(sheet, paper->out);
    }
    arena_free(arena);
}

void text_diff(struct text_report *paper)
{
    const struct report *report = paper->report;
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);
    struct text other = {0};
    struct diff diff;

    words_name(survey_subject(report->beside)->name, report->unicode, &other);
    text_heading(paper, "Compared with: %s, from %s", text_get(&other), report->beside_title);
    text_clear(&other);
    diff_build(report->survey, report->beside, arena, &diff);
    diff_draw(sheet, &diff, NULL, NULL, false);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_resolvers(struct text_report *paper)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);

    text_heading(paper, "Resolvers");
    resolvers_draw(sheet, paper->facts->resolvers, paper->facts->subject->name);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_trace(struct text_report *paper)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = print_sheet(paper, arena);

    text_heading(paper, "%s",
                 arena_format(arena, tr("From the root to %s"),
                              name_shown(arena, paper->facts->trace->name)));
    trace_draw(sheet, paper->facts->trace);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}
