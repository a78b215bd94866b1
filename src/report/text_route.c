#include "base/message.h"
#include "report/text_parts.h"
#include "sheet/words.h"

static void reference(struct text *line, const char *text)
{
    if (text && *text)
        text_format(line, " [%s]", text);
}

/* The hosts that are left out or cannot be used, and why; plain candidates stand in the MX list. */
static void host(struct text_report *paper, const struct route_host *host)
{
    struct text line = {0};

    if (host->state == HOST_CANDIDATE && !*host->why)
        return;
    words_name(host->exchange, paper->report->unicode, &line);
    text_format(&line, " (%u) is %s", host->preference, host_state_word(host->state));
    if (*host->why)
        text_format(&line, ": %s", host->why);
    reference(&line, host->reference);
    text_paragraph(paper, 2, 2, text_get(&line));
    text_clear(&line);
}

void text_route(struct text_report *paper)
{
    const struct route *route = paper->facts->route;
    struct arena *arena = arena_new();
    struct text line = {0};

    text_add(&line, profile_full_title(route->profile, arena));
    arena_free(arena);
    if (route->as) {
        text_add(&line, ", being ");
        words_name(route->as, paper->report->unicode, &line);
    }
    text_heading(paper, "Decision of a sender (%s)", text_get(&line));
    text_cut(&line, 0);
    for (size_t i = 0; i < route->host_count; i++)
        host(paper, &route->hosts[i]);
    text_format(&line, "%s%s%s: %s", verdict_word(route->decision.verdict),
                *route->decision.code ? " " : "", route->decision.code, tr(route->decision.why));
    reference(&line, route->decision.reference);
    text_paragraph(paper, 2, 2, text_get(&line));
    text_clear(&line);
}
