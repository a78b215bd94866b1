#include "base/message.h"
#include "report/text_parts.h"

static void reference(struct text *line, const char *text)
{
    if (text && *text)
        text_format(line, " [%s]", tr(text));
}

/* The hosts that are left out or cannot be used, and why; plain candidates stand in the MX list. */
static void host(struct text_report *paper, const struct route_host *host)
{
    struct arena *arena;
    struct text line = {0};

    if (host->state == HOST_CANDIDATE && !*host->why)
        return;
    arena = arena_new();
    text_format(&line, tr("%s (%u) is %s"), text_name_of(paper, host->exchange, arena),
                host->preference, host_state_word(host->state));
    if (*host->why)
        text_format(&line, ": %s", host->why);
    reference(&line, host->reference);
    text_paragraph(paper, 2, 2, text_get(&line));
    text_clear(&line);
    arena_free(arena);
}

static void relay(struct text_report *paper, const struct route *route)
{
    struct arena *arena = arena_new();
    struct text line = {0};

    text_format(&line, "%s: %s", text_name_of(paper, route->relay, arena), route->relay_why);
    reference(&line, route->relay_reference);
    text_paragraph(paper, 2, 2, text_get(&line));
    text_clear(&line);
    arena_free(arena);
}

void text_route(struct text_report *paper)
{
    const struct route *route = paper->facts->route;
    struct arena *arena = arena_new();
    const char *title = profile_full_title(route->profile, arena);
    struct text line = {0};

    if (route->as)
        text_heading(paper, "Decision of a sender (%s, being %s)", title,
                     text_name_of(paper, route->as, arena));
    else
        text_heading(paper, "Decision of a sender (%s)", title);
    arena_free(arena);
    if (route->relay)
        relay(paper, route);
    for (size_t i = 0; i < route->host_count; i++)
        host(paper, &route->hosts[i]);
    text_format(&line, "%s%s%s: %s", verdict_prospect(route->decision.verdict),
                *route->decision.code ? " " : "", route->decision.code, tr(route->decision.why));
    reference(&line, route->decision.reference);
    text_paragraph(paper, 2, 2, text_get(&line));
    text_clear(&line);
}
