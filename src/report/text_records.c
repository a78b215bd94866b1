#include "dns/type.h"
#include "report/text_parts.h"
#include "report/words.h"

#include <string.h>

/* One word for a look-up without records, in the report's and the field's words. */
static const char *state_of(const struct reply *reply)
{
    static const char *const words[] = {
        [OUTCOME_ANSWERED] = "answered",
        [OUTCOME_NODATA] = "no such record (NODATA)",
        [OUTCOME_NXDOMAIN] = "no such name (NXDOMAIN)",
        [OUTCOME_SERVFAIL] = "the server failed (SERVFAIL)",
        [OUTCOME_REFUSED] = "the server refused (REFUSED)",
        [OUTCOME_TIMEOUT] = "no answer in time",
        [OUTCOME_MALFORMED] = "a malformed answer",
        [OUTCOME_INVALID] = "not a name",
    };

    return reply ? words[reply->outcome] : "waiting";
}

static void say_state(struct sheet *sheet, const struct reply *reply)
{
    text_format(sheet->out, "  %s", state_of(reply));
    if (reply && reply->why)
        text_format(sheet->out, ": %s", reply->why);
    text_add_char(sheet->out, '\n');
}

static void aliases(struct sheet *sheet, const struct reply *reply)
{
    for (size_t i = 0; reply && i < reply->alias_count; i++) {
        text_add(sheet->out, "  alias: ");
        text_name(sheet, reply->aliases[i]->owner);
        text_add(sheet->out, " is ");
        text_name(sheet, reply->aliases[i]->target);
        text_add(sheet->out, reply->alias_loop ? " (a loop)\n" : "\n");
    }
}

static void address(struct sheet *sheet, int indent, const struct address_row *row)
{
    char literal[ADDRESS_TEXT], ttl[WORD_SIZE];
    size_t line = sheet->out->length;
    const struct record *ptr = row->ptr && row->ptr->record_count ? row->ptr->records[0] : NULL;

    text_format(sheet->out, "%*s%s", indent, "", address_text(&row->record->address, literal));
    text_column(sheet, line, 50);
    text_format(sheet->out, "%5s", words_ttl(row->record->ttl, false, ttl));
    if (row->additional)
        text_add(sheet->out, "  additional section");
    if (ptr) {
        text_add(sheet->out, "  ");
        text_name(sheet, ptr->target);
    }
    text_add_char(sheet->out, '\n');
}

/* The host's addresses below its row, or why it has none. */
static void host(struct sheet *sheet, int indent, const struct host *host)
{
    if (!host)
        return;
    if (host->alias_of) {
        text_format(sheet->out, "%*salias of ", indent, "");
        text_name(sheet, host->alias_of);
        text_add_char(sheet->out, '\n');
    }
    for (size_t i = 0; i < host->address_count; i++)
        address(sheet, indent, &host->addresses[i]);
    if (!host->address_count && !host->waiting) {
        const struct reply *reply =
            host->a && host->a->outcome == host->outcome ? host->a : host->aaaa;
        text_format(sheet->out, "%*sno address:", indent, "");
        say_state(sheet, reply);
    }
}

static const char *group_mark(const struct mx_row *row)
{
    if (row->group_count == 1)
        return " ";
    return row->group_index == 0 ? "/" : row->group_index + 1 == row->group_count ? "\\" : "|";
}

static void mx_row(struct sheet *sheet, const struct mx_row *row)
{
    char rank[WORD_SIZE] = "", ttl[WORD_SIZE];
    size_t line = sheet->out->length;

    if (row->group_index == 0)
        words_ordinal(row->level, rank);
    text_format(sheet->out, "  %-4s %s %5u  ", rank, group_mark(row), row->record->mx.preference);
    text_name(sheet, row->record->mx.exchange);
    text_column(sheet, line, 50);
    text_format(sheet->out, "%5s", words_ttl(row->record->ttl, false, ttl));
    if (row->outside && row->host)
        text_add(sheet->out, "  outside");
    text_add_char(sheet->out, '\n');
    host(sheet, 16, row->host);
}

static void mx(struct sheet *sheet)
{
    const struct mx_list *list = &sheet->facts->mx;

    text_heading(sheet, "MX");
    aliases(sheet, list->reply);
    for (size_t i = 0; i < list->count; i++)
        mx_row(sheet, &list->rows[i]);
    if (!list->count)
        say_state(sheet, list->reply);
    if (list->null_mx)
        text_paragraph(sheet, 2, 0, "Null MX: this domain takes no mail at all (RFC 7505).");
    if (list->implicit)
        text_paragraph(sheet, 2, 0,
                       "No MX record: mail goes to the domain's own addresses, as if it had an "
                       "MX of preference 0 (implicit MX, RFC 5321 5.1).");
}

static void addresses(struct sheet *sheet)
{
    text_heading(sheet, "Addresses");
    host(sheet, 2, &sheet->facts->self);
}

static void ns(struct sheet *sheet)
{
    const struct ns_list *list = &sheet->facts->ns;
    char ttl[WORD_SIZE];

    text_heading(sheet, "NS");
    for (size_t i = 0; i < list->count; i++) {
        size_t line = sheet->out->length;
        text_add(sheet->out, "  ");
        text_name(sheet, list->rows[i].record->target);
        text_column(sheet, line, 50);
        text_format(sheet->out, "%5s\n", words_ttl(list->rows[i].record->ttl, false, ttl));
        host(sheet, 16, list->rows[i].host);
    }
    if (!list->count)
        say_state(sheet, list->reply);
}

static void srv_row(struct sheet *sheet, const struct srv_row *row)
{
    const struct record *record = row->record;
    char nominal[WORD_SIZE], algorithm[WORD_SIZE];
    size_t line = sheet->out->length;

    if (row->not_offered) {
        text_add(sheet->out, "    not offered here (target \".\", RFC 2782)\n");
        return;
    }
    text_format(sheet->out, "    %5u %5u %5u  ", record->srv.priority, record->srv.weight,
                record->srv.port);
    text_name(sheet, record->srv.target);
    text_column(sheet, line, 50);
    text_format(sheet->out, "%7s  as written %7s\n", words_share(row->nominal, nominal),
                words_share(row->rfc2782, algorithm));
    host(sheet, 23, row->host);
}

static void srv(struct sheet *sheet)
{
    const struct srv_list *list = &sheet->facts->srv;

    text_heading(sheet, "SRV (priority, weight, port, target, share its weight promises and gets)");
    for (size_t i = 0; i < list->count && list->owners[i].count; i++) {
        const struct srv_owner *owner = &list->owners[i];
        text_add(sheet->out, "  ");
        text_name(sheet, owner->owner);
        text_format(sheet->out, "%s%s\n", *owner->service ? "  " : "", owner->service);
        for (size_t j = 0; j < owner->count; j++)
            srv_row(sheet, &owner->rows[j]);
    }
    if (list->without)
        text_format(sheet->out, "  %zu services without records\n", list->without);
    if (list->failed)
        text_format(sheet->out, "  %zu services could not be looked up\n", list->failed);
    if (list->waiting)
        text_format(sheet->out, "  %zu services waiting\n", list->waiting);
}

static void ptr(struct sheet *sheet)
{
    const struct reply *reply = sheet->facts->ptr;

    text_heading(sheet, "PTR");
    for (size_t i = 0; reply && i < reply->record_count; i++) {
        text_add(sheet->out, "  ");
        text_name(sheet, reply->records[i]->target);
        text_add_char(sheet->out, '\n');
        host(sheet, 16, facts_host(sheet->facts, reply->records[i]->target));
    }
    if (!reply || !reply->record_count)
        say_state(sheet, reply);
}

void text_records(struct sheet *sheet)
{
    if (sheet->facts->subject->kind == SUBJECT_ADDRESS) {
        ptr(sheet);
        return;
    }
    mx(sheet);
    addresses(sheet);
    ns(sheet);
    srv(sheet);
}
