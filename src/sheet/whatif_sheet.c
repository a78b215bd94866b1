#include "sheet/whatif_sheet.h"

#include "base/message.h"
#include "sheet/delivery_sheet.h"
#include "sheet/words.h"

enum { NUMBERS = 18 };

/* "  10   50.0%", or a dash where the record is not there. */
static void add_side(struct sheet *sheet, const struct route *route, int host, double share,
                     int column, enum role role)
{
    char text[WORD_SIZE];

    sheet_tab(sheet, column);
    if (host < 0)
        sheet_format(sheet, ROLE_STRUCK, "%5s %9s", "-", "-");
    else
        sheet_format(sheet, role, "%5u %9s", route->hosts[host].preference,
                     number_share(share, text));
}

static void add_exchange(struct sheet *sheet, const struct whatif_change *change,
                         const struct whatif_row *row, int label)
{
    struct text name = {0};

    words_name_within(row->exchange, change->after->domain, &name);
    sheet_line(sheet);
    sheet_add(sheet, row->same ? ROLE_DIM : ROLE_WARN, row->same ? "= " : "! ");
    sheet_add(sheet, ROLE_NAME, text_get(&name));
    sheet_select(sheet, (int)sheet->count, row->exchange);
    if (sheet_last(sheet)->end >= label)
        sheet_line(sheet);
    add_side(sheet, change->before, row->before, row->before_share, label, ROLE_TEXT);
    add_side(sheet, change->after, row->after, row->after_share, label + NUMBERS,
             row->same ? ROLE_TEXT : ROLE_CHANGED);
    text_clear(&name);
}

static void add_decision(struct sheet *sheet, const char *label, const struct route *route)
{
    sheet_line(sheet);
    sheet_cell(sheet, 0, 7, ROLE_DIM, label);
    sheet_tab(sheet, 8);
    sheet_format(sheet, delivery_role(route->decision.verdict), "%s %s  ",
                 verdict_prospect(route->decision.verdict), route->decision.code);
    sheet_wrap(sheet, 8, ROLE_TEXT, tr(route->decision.why));
}

void whatif_draw(struct sheet *sheet, const struct whatif_change *change)
{
    int label = sheet->width - 2 * NUMBERS;

    label = label > 40 ? 40 : label < 12 ? 12 : label;
    sheet_line(sheet);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, tr("Tried first"));
    sheet_tab(sheet, label);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, tr("before"));
    sheet_tab(sheet, label + NUMBERS);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, tr("after"));
    for (size_t i = 0; i < change->count; i++)
        add_exchange(sheet, change, &change->rows[i], label);
    sheet_gap(sheet);
    add_decision(sheet, tr("before"), change->before);
    add_decision(sheet, tr("after"), change->after);
}
