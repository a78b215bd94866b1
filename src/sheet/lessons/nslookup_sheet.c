#include "sheet/lessons/nslookup_sheet.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "sheet/words.h"

#include <stdio.h>
#include <string.h>

static void add_server(struct sheet *sheet, const struct reply *reply)
{
    char words[WORD_SERVER];
    const char *server = *reply->server ? words_server(reply->server, words) : "none";
    bool file = reply->transport == TRANSPORT_ZONE;

    sheet_line(sheet);
    sheet_format(sheet, ROLE_DIM, "%s", "Server:");
    sheet_tab(sheet, 10);
    sheet_format(sheet, ROLE_NAME, "%.*s", (int)strcspn(server, "#"), server);
    sheet_line(sheet);
    sheet_format(sheet, ROLE_DIM, "%s", "Address:");
    sheet_tab(sheet, 10);
    sheet_add(sheet, ROLE_ADDRESS, file ? tr("none: a zone file answers") : server);
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

static void add_records(struct sheet *sheet, const struct section *section)
{
    for (size_t i = 0; i < section->count; i++)
        add_record(sheet, &section->records[i]);
}

static void add_section(struct sheet *sheet, const char *title, const struct section *section)
{
    if (!section->count)
        return;
    sheet_heading(sheet, title, NULL);
    add_records(sheet, section);
}

/* Has the section that very record? Messages give each once. */
static bool holds(const struct section *section, const struct record *record)
{
    for (size_t i = 0; i < section->count; i++) {
        const struct record *other = &section->records[i];
        if (other->type == record->type && strcmp(other->owner, record->owner) == 0 &&
            strcmp(other->rdata, record->rdata) == 0)
            return true;
    }
    return false;
}

/* What the servers' own lookup brought and the message does not have. */
static void add_servers_addresses(struct sheet *sheet, const struct reply *reply,
                                  const struct reply *ns)
{
    for (size_t i = 0; i < ns->additional.count; i++)
        if (!holds(&reply->additional, &ns->additional.records[i]))
            add_record(sheet, &ns->additional.records[i]);
}

void nslookup_draw(struct sheet *sheet, const struct reply *reply, const struct reply *ns)
{
    bool filled = !reply->authority.count && ns && ns != reply && ns->answer.count;

    sheet->plain = true;
    add_server(sheet, reply);
    if (!reply->answer.count) {
        sheet_heading(sheet,
                      arena_format(sheet->arena, "*** Can't find %s: %s",
                                   name_shown(sheet->arena, reply->question.name),
                                   outcome_word(reply->outcome)),
                      NULL);
        return;
    }
    add_section(sheet, reply->aa ? "Answer:" : "Non-authoritative answer:", &reply->answer);
    if (filled)
        add_section(sheet, tr("Authority: name servers of the zone, by a lookup of their own"),
                    &ns->answer);
    else
        add_section(sheet, tr("Authority: name servers of the zone"), &reply->authority);
    add_section(sheet, tr("Additional: addresses that come along"), &reply->additional);
    if (filled && !reply->additional.count && ns->additional.count)
        sheet_heading(sheet, tr("Additional: addresses that come along"), NULL);
    if (filled)
        add_servers_addresses(sheet, reply, ns);
}
