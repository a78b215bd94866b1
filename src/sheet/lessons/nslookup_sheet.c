#include "sheet/lessons/nslookup_sheet.h"

#include "dns/name.h"
#include "dns/type.h"

#include <stdio.h>
#include <string.h>

static void add_server(struct sheet *sheet, const struct reply *reply)
{
    const char *server = *reply->server ? reply->server : "none";

    sheet_line(sheet);
    sheet_format(sheet, ROLE_DIM, "%s", "Server:");
    sheet_tab(sheet, 10);
    sheet_format(sheet, ROLE_NAME, "%.*s", (int)strcspn(server, "#"), server);
    sheet_line(sheet);
    sheet_format(sheet, ROLE_DIM, "%s", "Address:");
    sheet_tab(sheet, 10);
    sheet_add(sheet, ROLE_ADDRESS, server);
}

/* "MX preference = 10, mail exchanger = mx1.example.com" */
static const char *wording(struct sheet *sheet, const struct record *record)
{
    char type[TYPE_TEXT];

    switch (record->type) {
    case TYPE_MX:
        return arena_format(sheet->arena, "MX preference = %u, mail exchanger = %s",
                            record->mx.preference, name_shown(sheet->arena, record->mx.exchange));
    case TYPE_NS:
        return arena_format(sheet->arena, "nameserver = %s",
                            name_shown(sheet->arena, record->target));
    case TYPE_A:
        return arena_format(sheet->arena, "internet address = %s", record->rdata);
    case TYPE_AAAA:
        return arena_format(sheet->arena, "AAAA IPv6 address = %s", record->rdata);
    default:
        return arena_format(sheet->arena, "%s %s", type_text(record->type, type), record->rdata);
    }
}

static void add_record(struct sheet *sheet, const struct record *record)
{
    sheet_line(sheet);
    sheet_add(sheet, ROLE_NAME, name_shown(sheet->arena, record->owner));
    sheet_tab(sheet, 18);
    sheet_wrap(sheet, 18, ROLE_TEXT, wording(sheet, record));
}

static void add_section(struct sheet *sheet, const char *title, const struct section *section)
{
    if (!section->count)
        return;
    sheet_heading(sheet, title, NULL);
    for (size_t i = 0; i < section->count; i++)
        add_record(sheet, &section->records[i]);
}

void nslookup_draw(struct sheet *sheet, const struct reply *reply)
{
    add_server(sheet, reply);
    if (!reply->answer.count) {
        sheet_heading(sheet,
                      arena_format(sheet->arena, "*** Can't find %s: %s",
                                   name_shown(sheet->arena, reply->question.name),
                                   outcome_text(reply->outcome)),
                      NULL);
        return;
    }
    add_section(sheet, reply->aa ? "Answer:" : "Non-authoritative answer:", &reply->answer);
    add_section(sheet, "Authority: name servers of the zone", &reply->authority);
    add_section(sheet, "Additional: addresses that come along", &reply->additional);
}
