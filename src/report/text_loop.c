#include "mail/timeline/loop_cases.h"
#include "report/text_parts.h"
#include "sheet/words.h"
#include "survey/survey_edited.h"

static const char *cited(struct arena *arena, const char *reference)
{
    return reference && *reference ? arena_format(arena, " [%s]", reference) : "";
}

static void hop(struct text_report *paper, struct arena *arena, size_t number,
                const struct loop_hop *hop)
{
    struct text line = {0};

    text_format(&line, "%zu. ", number);
    words_name(hop->from, paper->report->unicode, &line);
    if (hop->to) {
        text_add(&line, " to ");
        words_name(hop->to, paper->report->unicode, &line);
        text_format(&line, "%s%s%s", *hop->address ? " " : "", hop->address,
                    hop->again ? ", which had it before" : "");
    }
    text_format(&line, ": %s%s", hop->text, cited(arena, hop->reference));
    text_paragraph(paper, 4, 3, text_get(&line));
    text_clear(&line);
}

static void play(struct text_report *paper, struct arena *arena, const struct loop_case *played)
{
    const struct decision *end = &played->loop->decision;

    text_paragraph(paper, 2, 2, played->title);
    for (size_t i = 0; i < played->loop->count; i++)
        hop(paper, arena, i + 1, &played->loop->hops[i]);
    text_paragraph(paper, 4, 2,
                   arena_format(arena, "%s%s%s: %s%s", verdict_text(end->verdict),
                                *end->code ? " " : "", end->code, end->why,
                                cited(arena, end->reference)));
}

void text_loop(struct text_report *paper)
{
    struct arena *arena = arena_new();
    struct lookup lookup = survey_edited_lookup(paper->report->survey);
    struct loop_case cases[LOOP_CASES];
    size_t count = loop_cases(&lookup, survey_edited_route(paper->report->survey, arena),
                              survey_sender(paper->report->survey), arena, cases);

    text_heading(paper, "Hop by hop");
    for (size_t i = 0; i < count; i++)
        play(paper, arena, &cases[i]);
    arena_free(arena);
}
