#include "view/whatif_sheet.h"

#include "base/utf8.h"
#include "view/delivery_sheet.h"
#include "view/words.h"

#include <string.h>

enum { NUMBERS = 18 };

static const struct share *find_share(const struct whatif_side *side, const char *exchange)
{
    for (size_t i = 0; i < side->result->first_exchange_count; i++)
        if (strcmp(side->result->first_exchange[i].exchange, exchange) == 0)
            return &side->result->first_exchange[i];
    return NULL;
}

static double share_of(const struct share *share)
{
    return !share ? 0 : share->expected >= 0 ? share->expected : share->share;
}

/* "  10   50.0 %", or a dash where the record is not there. */
static void add_side(struct sheet *sheet, const struct whatif_side *side, const char *exchange,
                     int column, enum role role)
{
    int host = route_host_find(side->route, exchange);
    char text[WORD_SIZE];

    sheet_tab(sheet, column);
    if (host < 0)
        sheet_format(sheet, ROLE_STRUCK, "%5s %9s", "-", "-");
    else
        sheet_format(sheet, role, "%5u %9s", side->route->hosts[host].preference,
                     words_share(share_of(find_share(side, exchange)), text));
}

static bool same(const struct whatif_side *before, const struct whatif_side *after,
                 const char *exchange)
{
    int left = route_host_find(before->route, exchange);
    int right = route_host_find(after->route, exchange);
    double change = share_of(find_share(before, exchange)) - share_of(find_share(after, exchange));

    return left >= 0 && right >= 0 &&
           before->route->hosts[left].preference == after->route->hosts[right].preference &&
           change < 0.0005 && change > -0.0005;
}

static void add_exchange(struct sheet *sheet, const struct whatif_side *before,
                         const struct whatif_side *after, const char *exchange, int label)
{
    bool equal = same(before, after, exchange);
    struct text name = {0};

    words_name_within(exchange, after->route->domain, &name);
    sheet_line(sheet);
    sheet_add(sheet, equal ? ROLE_DIM : ROLE_WARN, equal ? "= " : "! ");
    sheet_format(sheet, ROLE_NAME, "%.*s", (int)utf8_fit(text_get(&name), label - 3),
                 text_get(&name));
    add_side(sheet, before, exchange, label, ROLE_TEXT);
    add_side(sheet, after, exchange, label + NUMBERS, equal ? ROLE_TEXT : ROLE_CHANGED);
    sheet_select(sheet, (int)sheet->count, exchange);
    text_clear(&name);
}

static void add_decision(struct sheet *sheet, const char *label, const struct route *route)
{
    sheet_line(sheet);
    sheet_format(sheet, ROLE_DIM, "%-8s", label);
    sheet_format(sheet, delivery_role(route->decision.verdict), "%s %s  ",
                 verdict_text(route->decision.verdict), route->decision.code);
    sheet_wrap(sheet, 8, ROLE_TEXT, route->decision.why);
}

void whatif_draw(struct sheet *sheet, const struct whatif_side *before,
                 const struct whatif_side *after)
{
    int label = sheet->width - 2 * NUMBERS;

    label = label > 40 ? 40 : label < 12 ? 12 : label;
    sheet_line(sheet);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, "Tried first");
    sheet_tab(sheet, label);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, "before");
    sheet_tab(sheet, label + NUMBERS);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, "after");
    for (size_t i = 0; i < after->route->host_count; i++)
        add_exchange(sheet, before, after, after->route->hosts[i].exchange, label);
    for (size_t i = 0; i < before->route->host_count; i++)
        if (route_host_find(after->route, before->route->hosts[i].exchange) < 0)
            add_exchange(sheet, before, after, before->route->hosts[i].exchange, label);
    sheet_gap(sheet);
    add_decision(sheet, "before", before->route);
    add_decision(sheet, "after", after->route);
}
