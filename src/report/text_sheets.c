/* The parts of the report that are sheets, as the screen shows them in its windows. */
#include "dns/type.h"
#include "mail/simulation/matrix.h"
#include "mail/timeline/loop_cases.h"
#include "report/sheet_print.h"
#include "report/text_parts.h"
#include "sheet/compare_sheet.h"
#include "sheet/rotation_sheet.h"
#include "sheet/secondary_sheet.h"
#include "sheet/timeline_sheet.h"
#include "sheet/whatif_sheet.h"
#include "sheet/words.h"
#include "survey/survey_edited.h"

#include <string.h>

void text_loop(struct text_report *paper)
{
    struct survey *survey = paper->report->survey;
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, PRINT_WIDTH);
    struct lookup lookup = survey_edited_lookup(survey);
    struct loop_case cases[LOOP_CASES];
    size_t count = loop_cases(&lookup, survey_edited_route(survey, arena), survey_sender(survey),
                              arena, cases);

    text_heading(paper, "Hop by hop");
    for (size_t i = 0; i < count; i++)
        loop_draw(sheet, cases[i].title, cases[i].loop);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_timeline(struct text_report *paper)
{
    struct survey *survey = paper->report->survey;
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, PRINT_WIDTH);
    struct lookup lookup = survey_edited_lookup(survey);
    const struct timeline *timeline =
        timeline_build(&lookup, survey_edited_route(survey, arena), survey_sender(survey), arena);

    text_heading(paper, "Over time: an outage hour by hour");
    timeline_axis_draw(sheet, timeline);
    sheet_gap(sheet);
    timeline_events_draw(sheet, timeline);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_matrix(struct text_report *paper)
{
    struct survey *survey = paper->report->survey;
    const char *domain = paper->facts->subject->name;
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, PRINT_WIDTH);
    struct lookup lookup = survey_edited_lookup(survey);

    text_heading(paper, "Who would deliver where: verdict, addresses tried, tried first");
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
    struct sheet *sheet = sheet_new(arena, PRINT_WIDTH);
    struct lookup lookup = survey_lookup(survey), edited = survey_edited_lookup(survey);

    text_heading(paper, "What if");
    for (size_t i = 0; i < whatif_count(paper->report->whatif); i++)
        sheet_pair(sheet, "", 0, ROLE_CHANGED, whatif_at(paper->report->whatif, i));
    whatif_draw(sheet, whatif_change_build(&lookup, &edited, paper->facts->subject->name,
                                           survey_sender(survey), arena));
    sheet_print(sheet, paper->out);
    text_format(paper->out, "%*sto publish:\n", TEXT_INDENT, "");
    records(paper, paper->report->whatif);
    arena_free(arena);
}

/* The records of one type: a heading, and each case played. */
static void rotation(struct text_report *paper, const struct reply *reply)
{
    const struct sender *sender = survey_sender(paper->report->survey);
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, PRINT_WIDTH);
    struct rotation_case cases[ROTATION_CASES];
    struct rotation_rows rows;
    char type[TYPE_TEXT], users[WORD_SIZE];
    size_t count;

    rotation_rows_build(reply, paper->facts, sender, arena, &rows);
    count = rotation_rows_play(&rows, sender->seed, arena, cases);
    if (count)
        text_heading(paper, "Who gets which first: %s, %s users",
                     type_text(reply->question.type, type), words_number(ROTATION_USERS, users));
    for (size_t i = 0; i < count; i++)
        rotation_draw(sheet, &rows, &cases[i], 0);
    sheet_print(sheet, paper->out);
    arena_free(arena);
}

void text_rotation(struct text_report *paper)
{
    rotation(paper, paper->facts->self.a);
    rotation(paper, paper->facts->self.aaaa);
    rotation(paper, paper->facts->ns.reply);
}
