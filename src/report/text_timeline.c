#include "mail/timeline.h"
#include "report/text_parts.h"

#include <string.h>

/* "30:30:00 text": hours, minutes, seconds end in one column, the text begins in one. */
static void event(struct sheet *sheet, struct arena *arena, const struct timeline_event *event)
{
    enum { CLOCK_END = 11 };
    bool cited = event->reference && *event->reference;
    const char *clock = arena_format(arena, "%lld:%02lld:%02lld", (long long)(event->at / 3600),
                                     (long long)(event->at / 60 % 60), (long long)(event->at % 60));
    int length = (int)strlen(clock);

    text_paragraph(sheet, CLOCK_END - length, length + 1,
                   arena_format(arena, "%s %s%s%s%s", clock, event->text, cited ? " [" : "",
                                cited ? event->reference : "", cited ? "]" : ""));
}

void text_timeline(struct sheet *sheet)
{
    struct arena *arena = arena_new();
    struct lookup lookup = survey_lookup(sheet->report->survey);
    const struct timeline *timeline =
        timeline_build(&lookup, sheet->facts->route, survey_sender(sheet->report->survey), arena);

    text_heading(sheet, "Over time (hours, minutes, seconds after it was written)");
    for (size_t i = 0; i < timeline->event_count; i++)
        event(sheet, arena, &timeline->events[i]);
    arena_free(arena);
}
