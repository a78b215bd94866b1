#include "mail/timeline/loop_cases.h"
#include "report/edited.h"
#include "report/text_parts.h"
#include "sheet/words.h"

static const char *cited(struct arena *arena, const char *reference)
{
    return reference && *reference ? arena_format(arena, " [%s]", reference) : "";
}

static void hop(struct sheet *sheet, struct arena *arena, size_t number, const struct loop_hop *hop)
{
    struct text line = {0};

    text_format(&line, "%zu. ", number);
    words_name(hop->from, sheet->report->unicode, &line);
    if (hop->to) {
        text_add(&line, " to ");
        words_name(hop->to, sheet->report->unicode, &line);
        text_format(&line, "%s%s%s", *hop->address ? " " : "", hop->address,
                    hop->again ? ", which had it before" : "");
    }
    text_format(&line, ": %s%s", hop->text, cited(arena, hop->reference));
    text_paragraph(sheet, 4, 3, text_get(&line));
    text_clear(&line);
}

static void play(struct sheet *sheet, struct arena *arena, const struct loop_case *played)
{
    const struct decision *end = &played->loop->decision;

    text_paragraph(sheet, 2, 2, played->title);
    for (size_t i = 0; i < played->loop->count; i++)
        hop(sheet, arena, i + 1, &played->loop->hops[i]);
    text_paragraph(sheet, 4, 2,
                   arena_format(arena, "%s%s%s: %s%s", verdict_text(end->verdict),
                                *end->code ? " " : "", end->code, end->why,
                                cited(arena, end->reference)));
}

void text_loop(struct sheet *sheet)
{
    struct arena *arena = arena_new();
    struct lookup lookup = edited_lookup(sheet->report);
    struct loop_case cases[LOOP_CASES];
    size_t count = loop_cases(&lookup, edited_route(sheet->report, sheet->facts, arena),
                              survey_sender(sheet->report->survey), arena, cases);

    text_heading(sheet, "Hop by hop");
    for (size_t i = 0; i < count; i++)
        play(sheet, arena, &cases[i]);
    arena_free(arena);
}
