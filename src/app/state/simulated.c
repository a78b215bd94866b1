#include "app/state/simulated.h"

#include "base/memory.h"
#include "dns/name.h"
#include "sheet/delivery_sheet.h"

#include <stdio.h>
#include <string.h>

struct lookup simulated_lookup(struct ui *ui, struct visit *visit)
{
    survey_facts(visit->survey);
    sender_set_security(&ui->sender, &survey_sender(visit->survey)->security);
    return survey_edited_lookup(visit->survey);
}

const struct route *simulated_route(struct ui *ui, const struct sender *sender, struct arena *arena)
{
    struct visit *visit = ui_visit(ui);
    struct lookup lookup;

    if (!visit)
        return NULL;
    lookup = simulated_lookup(ui, visit);
    return route_build(&lookup, visit->page.name, sender, arena);
}

void simulated_changed(struct ui *ui)
{
    for (size_t i = 0; i < ui->visit_count; i++) {
        survey_set_sender(ui->visits[i]->survey, &ui->sender);
        ui->visits[i]->stale = true;
    }
    for (size_t i = 0; i < ui->compared_count; i++)
        survey_set_sender(ui->compared[i]->survey, &ui->sender);
    windows_forget(ui);
}

static const char *row_host(struct ui *ui, struct address *address)
{
    const struct row *row = ui_row(ui);
    struct visit *visit = ui_visit(ui);

    if (!row || visit->page.focus != PANE_MX)
        return NULL;
    if (row->depth && row->record)
        *address = row->record->address;
    return row->target;
}

static const char *line_host(const struct window *window, const struct sheet_line *line,
                             struct address *address)
{
    const struct route *route = window->kind->route ? window->kind->route(window) : NULL;
    int host, at;

    if (!route || !line || line->number < 0)
        return NULL;
    delivery_number_read(line->number, &host, &at);
    if (host < 0 || (size_t)host >= route->host_count)
        return NULL;
    if (at >= 0 && (size_t)at < route->hosts[host].address_count)
        *address = route->hosts[host].addresses[at].address;
    return route->hosts[host].exchange;
}

bool simulated_host(struct ui *ui, char out[NAME_TEXT], struct address *address)
{
    struct window *window = window_top(ui);
    const char *host;

    *address = (struct address){0};
    host = window ? line_host(window, window_line(window), address) : NULL;
    if (!host)
        host = row_host(ui, address);
    if (host)
        snprintf(out, NAME_TEXT, "%s", host);
    return host != NULL;
}

/* The exchange whose first label this is; NULL for none. */
static const char *exchange_called(const struct visit *visit, const char *label)
{
    const struct mx_list *mx = &visit->page.facts->mx;
    char first[NAME_TEXT];

    for (size_t i = 0; i < mx->count; i++)
        if (strcmp(name_first_label(mx->rows[i].record->mx.exchange, first), label) == 0)
            return mx->rows[i].record->mx.exchange;
    return NULL;
}

bool simulated_parse_host(struct ui *ui, const char *typed, char out[NAME_TEXT])
{
    struct visit *visit = ui_visit(ui);
    char label[NAME_TEXT];
    const char *why, *exchange = NULL;

    if (name_canonical(typed, out, &why)) {
        ui_say(ui, ROLE_ERROR, "%s: %s", typed, why);
        return false;
    }
    if (visit && name_labels(out) == 1)
        exchange = exchange_called(visit, name_first_label(out, label));
    if (exchange)
        snprintf(out, NAME_TEXT, "%s", exchange);
    return true;
}
