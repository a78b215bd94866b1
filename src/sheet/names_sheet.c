#include "sheet/names_sheet.h"

#include "base/message.h"
#include "dns/name.h"
#include "policy/setup/setup.h"
#include "sheet/words.h"

#include <string.h>

static int name_columns(const struct setup *setup, const char *domain)
{
    size_t longest = strlen(domain);

    for (size_t i = 0; i < setup->name_count; i++)
        longest = strlen(setup->names[i].name) > longest ? strlen(setup->names[i].name) : longest;
    return longest > 40 ? 42 : (int)longest + 2;
}

static void add_exchanges(struct sheet *sheet, const struct exchanges *exchanges, int column)
{
    for (size_t i = 0; i < exchanges->count; i++) {
        struct text name = {0};
        if (i) {
            sheet_line(sheet);
            sheet_tab(sheet, column);
        }
        words_name(exchanges->exchanges[i].name, false, &name);
        sheet_format(sheet, ROLE_PREFERENCE, "%5u ", exchanges->exchanges[i].preference);
        sheet_format(sheet, ROLE_NAME, "%s", text_get(&name));
        text_clear(&name);
    }
}

static void add_implicit(struct sheet *sheet, const struct exchanges *exchanges)
{
    char text[ADDRESS_TEXT];

    sheet_add(sheet, ROLE_WARN, tr("no MX, so implicit MX:"));
    for (size_t i = 0; exchanges->count && i < exchanges->exchanges[0].address_count; i++)
        sheet_format(sheet, ROLE_ADDRESS, "  %s",
                     address_text(&exchanges->exchanges[0].addresses[i], text));
}

static void add_sign(struct sheet *sheet, const struct exchanges *exchanges, bool missing,
                     const char *lacking)
{
    const struct outcome_words words = words_reply(exchanges->mx);

    if (missing)
        sheet_add(sheet, ROLE_ERROR, "✗ ");
    else if (exchanges->implicit || lacking)
        sheet_add(sheet, ROLE_WARN, "! ");
    else if (exchanges->mx && (exchanges->null_mx || exchanges->count))
        sheet_add(sheet, ROLE_OK, "✓ ");
    else
        sheet_format(sheet, words.role, "%s ", words.glyph);
}

static void add_name(struct sheet *sheet, const char *name, const struct exchanges *exchanges,
                     bool missing, const char *lacking, int column)
{
    struct text shown = {0};
    size_t first;

    words_name(name, true, &shown);
    sheet_line(sheet);
    first = sheet->count - 1;
    add_sign(sheet, exchanges, missing, lacking);
    sheet_add(sheet, ROLE_NAME, text_get(&shown));
    text_clear(&shown);
    sheet_tab(sheet, column + 2);
    if (!exchanges->mx)
        sheet_add(sheet, ROLE_WAITING, tr("waiting"));
    else if (exchanges->null_mx)
        sheet_add(sheet, ROLE_MX_NULL, tr("null MX: accepts no mail"));
    else if (missing)
        sheet_add(sheet, ROLE_ERROR, tr("no MX and no address: mail to it cannot be delivered"));
    else if (exchanges->implicit)
        add_implicit(sheet, exchanges);
    else if (!exchanges->count)
        sheet_add(sheet, words_reply(exchanges->mx).role, words_reply(exchanges->mx).word);
    else
        add_exchanges(sheet, exchanges, column + 2);
    if (lacking) {
        sheet_line(sheet);
        sheet_tab(sheet, column + 2);
        sheet_format(sheet, ROLE_WARN, tr("without %s, which a sibling has"),
                     name_shown(sheet->arena, lacking));
    }
    sheet->lines[first].selectable = true;
    sheet->lines[first].value = arena_dup(sheet->arena, name);
}

void names_draw(struct sheet *sheet, const struct facts *facts)
{
    const struct setup *setup = facts->setup;
    int column;

    if (!setup) {
        sheet_pair(sheet, "", 0, ROLE_DIM, tr("Checked for domains only."));
        return;
    }
    column = name_columns(setup, facts->subject->name);
    add_name(sheet, facts->subject->name, setup->exchanges, false,
             setup_lacking(setup, setup->exchanges), column);
    for (size_t i = 0; i < setup->name_count; i++)
        add_name(sheet, setup->names[i].name, setup->names[i].exchanges, setup->names[i].missing,
                 setup_lacking(setup, setup->names[i].exchanges), column);
    if (!setup->name_count)
        sheet_pair(sheet, "", 0, ROLE_DIM, tr(":names sub1,sub2 adds other names to compare."));
}
