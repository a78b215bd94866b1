#include "sheet/secondary_sheet.h"

#include "base/message.h"
#include "dns/name.h"
#include "sheet/delivery_sheet.h"

#include <string.h>

/* A host whose mark is not shown yet. */
static void add_unmarked(struct sheet *sheet, const struct route_host *host, size_t index)
{
    sheet_unit(sheet, 1);
    sheet_line(sheet);
    sheet_format(sheet, ROLE_PREFERENCE, "%5u    ", host->preference);
    sheet_add(sheet, ROLE_NAME, name_shown(sheet->arena, host->exchange));
    sheet_select(sheet, delivery_number((int)index, -1), NULL);
}

static void add_host(struct sheet *sheet, const struct route_host *host, size_t index,
                     const struct sender *sender)
{
    bool candidate = host->state == HOST_CANDIDATE;
    const char *down = candidate ? delivery_trouble(host, sender) : NULL;

    sheet_line(sheet);
    sheet_format(sheet, ROLE_PREFERENCE, "%5u  ", host->preference);
    sheet_add(sheet, candidate ? ROLE_OK : ROLE_ERROR, candidate ? "✓ " : "✗ ");
    sheet_add(sheet, candidate ? ROLE_NAME : ROLE_STRUCK, name_shown(sheet->arena, host->exchange));
    if (host->truly_self)
        sheet_format(sheet, ROLE_MX_BEST, "  %s", tr("this host"));
    if (down)
        sheet_format(sheet, ROLE_WARN, "  %s", arena_format(sheet->arena, tr("down: %s"), down));
    if (host->alias_of)
        sheet_format(sheet, ROLE_WARN, "  %s",
                     arena_format(sheet->arena, tr("alias of %s"),
                                  name_shown(sheet->arena, host->alias_of)));
    sheet_select(sheet, delivery_number((int)index, -1), NULL);
    if (!*host->why)
        return;
    sheet_line(sheet);
    sheet_wrap(sheet, 9, candidate ? ROLE_DIM : ROLE_TEXT, host->why);
    sheet_reference(sheet, host->reference);
}

static void add_decision(struct sheet *sheet, const char *verdict, const struct decision *decision)
{
    sheet_line(sheet);
    sheet_format(sheet, delivery_role(decision->verdict), "%s%s%s  ", verdict,
                 *decision->code ? " " : "", decision->code);
    sheet_wrap(sheet, 2, ROLE_TEXT, tr(decision->why));
    sheet_reference(sheet, decision->reference);
}

size_t secondary_units(const struct route *route)
{
    return route->host_count + 1;
}

void secondary_list_draw(struct sheet *sheet, const struct route *route,
                         const struct sender *sender)
{
    for (size_t i = 0; i < route->host_count; i++)
        if (sheet_unit(sheet, i + 2))
            add_host(sheet, &route->hosts[i], i, sender);
        else
            add_unmarked(sheet, &route->hosts[i], i);
    if (!sheet_unit(sheet, secondary_units(route)))
        return;
    sheet_heading(sheet, route->candidate_count ? "Hosts left to try" : "No host left to try",
                  NULL);
    if (!route->candidate_count || route->decision.verdict != VERDICT_DELIVER) {
        add_decision(sheet, verdict_prospect(route->decision.verdict), &route->decision);
        return;
    }
    sheet_line(sheet);
    for (size_t i = 0, shown = 0; i < route->host_count; i++)
        if (route->hosts[i].state == HOST_CANDIDATE)
            sheet_wrap(sheet, 2, ROLE_MX_BEST,
                       arena_format(sheet->arena, "%s%s", shown++ ? message_comma() : "",
                                    name_shown(sheet->arena, route->hosts[i].exchange)));
    if (route->as && !route->self_found) {
        sheet_line(sheet);
        sheet_wrap(sheet, 0, ROLE_WARN,
                   tr("The host does not find itself in the list, so no record is ignored."));
    }
}

void loop_draw(struct sheet *sheet, const char *title, const struct loop *loop)
{
    sheet_heading(sheet, title, NULL);
    if (sheet->shown)
        sheet_select(sheet, -1, NULL);
    for (size_t i = 0; i < loop->count; i++) {
        const struct loop_hop *hop = &loop->hops[i];
        sheet_line(sheet);
        sheet_format(sheet, ROLE_DIM, "%2zu ", i + 1);
        sheet_add(sheet, ROLE_NAME, name_shown(sheet->arena, hop->from));
        if (hop->to) {
            sheet_add(sheet, ROLE_DIM, " ► ");
            sheet_add(sheet, hop->again ? ROLE_ERROR : ROLE_MX_BEST,
                      name_shown(sheet->arena, hop->to));
            if (hop->again)
                sheet_add(sheet, ROLE_DIM, "  "), sheet_add(sheet, ROLE_ERROR, tr("↻ again"));
            if (*hop->address) {
                if (sheet_last(sheet)->end + 2 + (int)strlen(hop->address) > sheet->width)
                    sheet_line(sheet), sheet_tab(sheet, 1);
                sheet_format(sheet, ROLE_ADDRESS, "  %s", hop->address);
            }
        }
        if (hop->text && *hop->text) {
            sheet_line(sheet);
            sheet_wrap(sheet, 3, ROLE_DIM, hop->text);
            sheet_reference(sheet, hop->reference ? hop->reference : "");
        }
    }
    add_decision(sheet, verdict_word(loop->decision.verdict), &loop->decision);
}
